"""Claims, speakers, evidence and figures on North Korea's alliance with Russia, as validated tables."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dprk_russia.charts.chart import Chart, ChartError
    from dprk_russia.contract.errors import (
        DprkRussiaError,
        InvalidDateError,
        MissingExtraError,
        NotFoundError,
        UnknownFormatError,
    )
    from dprk_russia.contract.package import PackageError
    from dprk_russia.contract.tool import TOOL_VERSION
    from dprk_russia.dataset import (
        answer,
        answer_sentence,
        assessments,
        chart,
        cite,
        describe,
        disagreements,
        distortions,
        echoes,
        estimates,
        figures,
        load,
        schema,
        sides,
        silent,
        tables,
        timeline,
    )
    from dprk_russia.record.citation import CitationError
    from dprk_russia.record.run import TooManyPairsError

    __version__: str

__all__ = [
    "TOOL_VERSION",
    "Chart",
    "ChartError",
    "CitationError",
    "DprkRussiaError",
    "InvalidDateError",
    "MissingExtraError",
    "NotFoundError",
    "PackageError",
    "TooManyPairsError",
    "UnknownFormatError",
    "__version__",
    "answer",
    "answer_sentence",
    "assessments",
    "chart",
    "cite",
    "describe",
    "disagreements",
    "distortions",
    "echoes",
    "estimates",
    "figures",
    "load",
    "schema",
    "sides",
    "silent",
    "tables",
    "timeline",
]
# Where what is not a function of the data set is defined.
_HOMES = {
    "TOOL_VERSION": "contract.tool",
    "Chart": "charts.chart",
    "ChartError": "charts.chart",
    "CitationError": "record.citation",
    "DprkRussiaError": "contract.errors",
    "InvalidDateError": "contract.errors",
    "MissingExtraError": "contract.errors",
    "NotFoundError": "contract.errors",
    "PackageError": "contract.package",
    "TooManyPairsError": "record.run",
    "UnknownFormatError": "contract.errors",
}


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: the command shows its help without it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    if name == "__version__":
        from dprk_russia.contract.package import installed_package

        return installed_package().version
    return getattr(import_module(f"dprk_russia.{_HOMES.get(name, 'dataset')}"), name)


def __dir__() -> list[str]:
    return __all__
