"""Claims, speakers, evidence and figures on North Korea's alliance with Russia, as validated tables."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dprk_russia.dataset import (
        assessments,
        cite,
        describe,
        disagreements,
        echoes,
        estimates,
        figures,
        load,
        schema,
        sides,
        tables,
        timeline,
    )

    __version__: str

__all__ = [
    "__version__",
    "assessments",
    "cite",
    "describe",
    "disagreements",
    "echoes",
    "estimates",
    "figures",
    "load",
    "schema",
    "sides",
    "tables",
    "timeline",
]


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: the command shows its help without it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from dprk_russia import dataset
    from dprk_russia.contract.package import installed_package

    return installed_package().version if name == "__version__" else getattr(dataset, name)


def __dir__() -> list[str]:
    return __all__
