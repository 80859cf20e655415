"""Rules that one row breaks by itself, beyond what a Table Schema can say.

Each works on the typed frame of a whole table at once and returns True for the rows that keep it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.findings import Rule
from dprk_russia.provenance import FIGURES
from dprk_russia.rules.kinds import RowRule

if TYPE_CHECKING:
    import pandas as pd

OPINIONS = ("assessment", "forecast", "position")
BOUNDED = ("value_low", "value", "value_high")
# For each bound, which of value_low, value and value_high hold a number; None leaves the choice.
BOUND_SHAPES: dict[str, tuple[bool | None, bool | None, bool | None]] = {
    "exact": (False, True, False),
    "about": (False, True, False),
    "at_least": (True, False, False),
    "at_most": (False, False, True),
    "range": (True, None, True),
    "vague": (None, None, None),
}


def _value_order(frame: pd.DataFrame) -> pd.Series:
    low, value, high = (frame[column].astype("float64") for column in BOUNDED)
    return ~((low > value) | (value > high) | (low > high))


def _has_number(frame: pd.DataFrame) -> pd.Series:
    return frame[list(BOUNDED)].notna().any(axis=1)


def _bound_values(frame: pd.DataFrame) -> pd.Series:
    given = frame[list(BOUNDED)].notna()
    keeps = ~_has_number(frame) | frame["bound"].isna()
    for bound, shape in BOUND_SHAPES.items():
        fits = frame["bound"] == bound
        for column, wanted in zip(BOUNDED, shape, strict=True):
            if wanted is not None:
                fits &= given[column] == wanted
        keeps |= fits
    return keeps


def _figure_without_number(frame: pd.DataFrame) -> pd.Series:
    return _has_number(frame) | frame["bound"].isin(["vague"]) | frame["bound"].isna()


def _period_order(frame: pd.DataFrame) -> pd.Series:
    return ~(frame["period_start_from"] > frame["period_end_to"])


def _was_read(frame: pd.DataFrame) -> pd.Series:
    return frame["read"].isin(["full", "part"])


def _read_needs_day(frame: pd.DataFrame) -> pd.Series:
    dated = frame["read_on"].notna()
    return (
        frame["read"].isna()
        | (_was_read(frame) & dated)
        | (~_was_read(frame) & ~dated & frame["read_at"].isna())
    )


def _not_public_needs_no_url(frame: pd.DataFrame) -> pd.Series:
    return (frame["access"] != "not_public") | frame["url"].isna()


def _source_basis(frame: pd.DataFrame) -> pd.Series:
    graded = frame["reliability"].notna() & frame["reliability_basis"].notna()
    empty = frame["reliability"].isna() & frame["reliability_basis"].isna()
    return frame["read"].isna() | (_was_read(frame) & graded) | (~_was_read(frame) & empty)


def _claim_basis(frame: pd.DataFrame) -> pd.Series:
    return frame["credibility"].notna() == frame["credibility_basis"].notna()


def _credibility_not_for_opinion(frame: pd.DataFrame) -> pd.Series:
    return ~(frame["kind"].isin(OPINIONS) & frame["credibility"].notna())


def _self_link(frame: pd.DataFrame) -> pd.Series:
    return ~(frame["claim_id"] == frame["other_id"])


def _converted_needs_original(frame: pd.DataFrame) -> pd.Series:
    return (frame["method"] != "converted") | frame["note"].notna()


BASIS_REQUIRED = Rule(
    "basis-required",
    "row",
    "A read source has a reliability with its basis and an unread one has neither; a claim's credibility and its "
    "basis stand together.",
    "Give the grade and say why, or leave both empty.",
)

RULES = (
    RowRule(
        Rule(
            "value-order",
            "row",
            "The lower bound is at most the value, and the value at most the upper bound.",
            "Put the smaller number into value_low.",
        ),
        FIGURES,
        BOUNDED,
        "value_low",
        "The lower bound, value and upper bound are not in order.",
        _value_order,
    ),
    RowRule(
        Rule(
            "bound-values",
            "row",
            "The bound decides which numbers are given: exact and about the value only, at_least the lower bound only, "
            "at_most the upper bound only, range both bounds and perhaps a value.",
            "Move the number to the column of its bound, or correct the bound.",
        ),
        FIGURES,
        ("bound", *BOUNDED),
        "bound",
        "The numbers given do not fit the bound.",
        _bound_values,
    ),
    RowRule(
        Rule(
            "figure-without-number",
            "row",
            "A figure has a number unless its bound is vague.",
            "Enter the number, or make the bound vague.",
        ),
        FIGURES,
        ("bound", *BOUNDED),
        "value",
        "The figure has no number.",
        _figure_without_number,
    ),
    RowRule(
        Rule(
            "period-order", "row", "A period does not end before it starts.", "Correct one of the two dates."
        ),
        ("claims", *FIGURES),
        ("period_start", "period_end"),
        "period_end",
        "The period ends before it starts.",
        _period_order,
    ),
    RowRule(
        Rule(
            "read-needs-day",
            "row",
            "A read source has the day on which it was read; an unread one has neither day nor copy.",
            "Enter read_on, or correct read.",
        ),
        ("sources",),
        ("read", "read_on", "read_at"),
        "read_on",
        "The columns read, read_on and read_at do not fit each other.",
        _read_needs_day,
    ),
    RowRule(
        Rule(
            "not-public-needs-no-url",
            "row",
            "A source that is not public has no address.",
            "Correct the access, or remove the address.",
        ),
        ("sources",),
        ("access", "url"),
        "url",
        "The source is not public and has an address.",
        _not_public_needs_no_url,
    ),
    RowRule(
        BASIS_REQUIRED,
        ("sources",),
        ("read", "reliability", "reliability_basis"),
        "reliability",
        "Whether the source was read, its reliability and the basis do not fit each other.",
        _source_basis,
    ),
    RowRule(
        BASIS_REQUIRED,
        ("claims",),
        ("credibility", "credibility_basis"),
        "credibility_basis",
        "Of credibility and its basis one is missing.",
        _claim_basis,
    ),
    RowRule(
        Rule(
            "credibility-not-for-opinion",
            "row",
            "Assessments, forecasts and positions have no credibility.",
            "Empty credibility and its basis, or correct the kind.",
        ),
        ("claims",),
        ("kind", "credibility"),
        "credibility",
        "An opinion has a credibility.",
        _credibility_not_for_opinion,
    ),
    RowRule(
        Rule("self-link", "row", "A claim is not linked to itself.", "Correct other_id."),
        ("claim_links",),
        ("claim_id", "other_id"),
        "other_id",
        "The claim is linked to itself.",
        _self_link,
    ),
    RowRule(
        Rule(
            "converted-needs-original",
            "row",
            "A converted figure names the original amount in its note.",
            "Write the amount and unit before conversion into the note.",
        ),
        FIGURES,
        ("method", "note"),
        "note",
        "The figure was converted and its note is empty.",
        _converted_needs_original,
    ),
)
