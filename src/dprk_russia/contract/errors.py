"""What this package raises on purpose: one base, and a message that is a sentence to be shown as it is."""

from __future__ import annotations

# The extra that installs a library which is imported only where it is needed.
EXTRAS = {
    "duckdb": "validate",
    "pandera": "validate",
    "pyarrow": "validate",
    "sqlglot": "sql",
    "typst": "charts",
    "jinja2": "site",
    "markupsafe": "site",
    "frictionless": "build",
    "xlsxwriter": "build",
}


class DprkRussiaError(Exception):
    """What was asked for cannot be done; the message says why, and what can be."""

    def __str__(self) -> str:
        # That of KeyError would put the sentence between quotes.
        return Exception.__str__(self)


class NotFoundError(DprkRussiaError, KeyError):
    """There is nothing of that name or id; the message names the nearest, or what there is."""


class UnknownFormatError(DprkRussiaError, ValueError):
    """There is no format of that name; the message names those there are."""


class InvalidDateError(DprkRussiaError, ValueError):
    """What was given is no date; the message says how dates are written."""


class MissingExtraError(DprkRussiaError, ImportError):
    """A library is missing that is not part of every installation; the message says how to install it."""


def explain_missing(error: ModuleNotFoundError) -> str:
    """Return how to install the library that could not be imported."""
    name = (error.name or "").partition(".")[0]
    extra = EXTRAS.get(name.lower())
    target = f"'dprk-russia[{extra}]'" if extra else name
    return f"{name} is not installed; run: pip install {target}"
