"""Rules that one row breaks by itself, beyond what a Table Schema can say.

Each works on the typed frame of a whole table at once and returns True for the rows that keep it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.checks.rules.kinds import RowRule
from dprk_russia.contract.package import FIGURES

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
    return frame["read"].isin(("full", "part"))


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


ROW_RULES = (
    RowRule(
        "value-order",
        FIGURES,
        BOUNDED,
        "value_low",
        "The lower bound, value and upper bound are not in order.",
        _value_order,
    ),
    RowRule(
        "bound-values",
        FIGURES,
        (*(f"bound:{bound}" for bound in BOUND_SHAPES), *BOUNDED),
        "bound",
        "The numbers given do not fit the bound.",
        _bound_values,
    ),
    RowRule(
        "figure-without-number",
        FIGURES,
        ("bound:vague", *BOUNDED),
        "value",
        "The figure has no number.",
        _figure_without_number,
    ),
    RowRule(
        "period-order",
        ("claims", *FIGURES),
        ("period_start", "period_start_from", "period_end", "period_end_to"),
        "period_end",
        "The period ends before it starts.",
        _period_order,
    ),
    RowRule(
        "read-needs-day",
        ("sources",),
        ("read:full", "read:part", "read_on", "read_at"),
        "read_on",
        "The columns read, read_on and read_at do not fit each other.",
        _read_needs_day,
    ),
    RowRule(
        "not-public-needs-no-url",
        ("sources",),
        ("access:not_public", "url"),
        "url",
        "The source is not public and has an address.",
        _not_public_needs_no_url,
    ),
    RowRule(
        "basis-required",
        ("sources",),
        ("read:full", "read:part", "reliability", "reliability_basis"),
        "reliability",
        "Whether the source was read, its reliability and the basis do not fit each other.",
        _source_basis,
    ),
    RowRule(
        "basis-required",
        ("claims",),
        ("credibility", "credibility_basis"),
        "credibility_basis",
        "Of credibility and its basis one is missing.",
        _claim_basis,
    ),
    RowRule(
        "credibility-not-for-opinion",
        ("claims",),
        (*(f"kind:{kind}" for kind in OPINIONS), "credibility"),
        "credibility",
        "An opinion has a credibility.",
        _credibility_not_for_opinion,
    ),
    RowRule(
        "self-link",
        ("claim_links",),
        ("claim_id", "other_id"),
        "other_id",
        "The claim is linked to itself.",
        _self_link,
    ),
    RowRule(
        "converted-needs-original",
        FIGURES,
        ("method:converted", "note"),
        "note",
        "The figure was converted and its note is empty.",
        _converted_needs_original,
    ),
)
