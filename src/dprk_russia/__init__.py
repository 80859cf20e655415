"""Claims, speakers, evidence and figures on North Korea's alliance with Russia, as validated tables."""

from dprk_russia.dataset import (
    assessments,
    describe,
    disagreements,
    echoes,
    estimates,
    installed_package,
    load,
    schema,
    tables,
    timeline,
)

__all__ = [
    "__version__",
    "assessments",
    "describe",
    "disagreements",
    "echoes",
    "estimates",
    "load",
    "schema",
    "tables",
    "timeline",
]


def __getattr__(name: str) -> str:
    if name == "__version__":
        return installed_package().version
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
