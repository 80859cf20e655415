"""Claims, speakers, evidence and figures on North Korea's alliance with Russia, as validated tables."""

from dprk_russia.dataset import (
    assessments,
    cite,
    describe,
    disagreements,
    echoes,
    estimates,
    load,
    schema,
    tables,
    timeline,
)

__all__ = [
    "__version__",
    "assessments",
    "cite",
    "describe",
    "disagreements",
    "echoes",
    "estimates",
    "load",
    "schema",
    "tables",
    "timeline",
]

__version__: str


def __getattr__(name: str) -> object:
    """Return the version, for which the descriptor is read when it is asked for."""
    if name == "__version__":
        from dprk_russia.contract.package import installed_package

        return installed_package().version
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
