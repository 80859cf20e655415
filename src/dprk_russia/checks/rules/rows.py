"""Rules that one row breaks by itself, beyond what a Table Schema can say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.checks.rests import name_columns
from dprk_russia.checks.rules.kinds import RowRule
from dprk_russia.contract.package import FIGURES

if TYPE_CHECKING:
    import pandas as pd

OPINIONS = ("assessment", "forecast", "position")
BOUNDED = ("value_low", "value", "value_high")
# For each bound, the numbers that may be given together.
BOUND_SHAPES: dict[str, tuple[set[str], ...]] = {
    "exact": ({"value"},),
    "about": ({"value"},),
    "at_least": ({"value_low"},),
    "at_most": ({"value_high"},),
    "range": ({"value_low", "value_high"}, set(BOUNDED)),
}


def is_ordered(frame: pd.DataFrame) -> pd.Series:
    """Tell of which figures the numbers do not fall from the lower bound to the upper one."""
    low, value, high = (frame[column].astype("float64") for column in BOUNDED)
    return ~((low > value) | (value > high) | (low > high))


def _has_number(frame: pd.DataFrame) -> pd.Series:
    return frame[list(BOUNDED)].notna().any(axis=1)


def fits_bound(frame: pd.DataFrame) -> pd.Series:
    """Tell which figures have the numbers that their bound asks for."""
    given: pd.Series = frame[list(BOUNDED)].notna().dot([_number_shape({name}) for name in BOUNDED])
    fits = (given == 0) | frame["bound"].isin(["vague"]) | frame["bound"].isna()
    for bound, shapes in BOUND_SHAPES.items():
        fits |= (frame["bound"] == bound) & given.isin(map(_number_shape, shapes))
    return fits


def _number_shape(names: set[str]) -> int:
    """Return a number for which of the three numbers are given."""
    return sum(1 << place for place, name in enumerate(BOUNDED) if name in names)


def _was_read(frame: pd.DataFrame) -> pd.Series:
    return frame["read"].isin(("full", "part"))


def _read_needs_day(frame: pd.DataFrame) -> pd.Series:
    dated = frame["read_on"].notna()
    unread = ~_was_read(frame) & ~dated & frame["read_at"].isna()
    return frame["read"].isna() | (_was_read(frame) & dated) | unread


def _source_basis(frame: pd.DataFrame) -> pd.Series:
    graded = frame["reliability"].notna() & frame["reliability_basis"].notna()
    empty = frame["reliability"].isna() & frame["reliability_basis"].isna()
    return frame["read"].isna() | (_was_read(frame) & graded) | (~_was_read(frame) & empty)


ROW_RULES = (
    RowRule(
        "value-order",
        name_columns(FIGURES, BOUNDED),
        at="value_low",
        message="The lower bound, value and upper bound are not in order.",
        holds=is_ordered,
    ),
    RowRule(
        "bound-values",
        name_columns(FIGURES, (*(f"bound:{bound}" for bound in BOUND_SHAPES), "bound:vague", *BOUNDED)),
        at="bound",
        message="The numbers given do not fit the bound.",
        holds=fits_bound,
    ),
    RowRule(
        "figure-without-number",
        name_columns(FIGURES, ("bound:vague", *BOUNDED)),
        at="value",
        message="The figure has no number.",
        holds=lambda rows: _has_number(rows) | rows["bound"].isin(["vague"]) | rows["bound"].isna(),
    ),
    RowRule(
        "period-order",
        name_columns(
            ("claims", *FIGURES), ("period_start", "period_start_from", "period_end", "period_end_to")
        ),
        at="period_end",
        message="The period ends before it starts.",
        holds=lambda rows: ~(rows["period_start_from"] > rows["period_end_to"]),
    ),
    RowRule(
        "read-needs-day",
        ("sources.read:full", "sources.read:part", "sources.read_on", "sources.read_at"),
        at="read_on",
        message="The columns read, read_on and read_at do not fit each other.",
        holds=_read_needs_day,
    ),
    RowRule(
        "not-public-needs-no-url",
        ("sources.access:not_public", "sources.url"),
        at="url",
        message="The source is not public and has an address.",
        holds=lambda rows: (rows["access"] != "not_public") | rows["url"].isna(),
    ),
    RowRule(
        "basis-required",
        ("sources.read:full", "sources.read:part", "sources.reliability", "sources.reliability_basis"),
        at="reliability",
        message="Whether the source was read, its reliability and the basis do not fit each other.",
        holds=_source_basis,
    ),
    RowRule(
        "basis-required",
        ("claims.credibility", "claims.credibility_basis"),
        at="credibility_basis",
        message="Of credibility and its basis one is missing.",
        holds=lambda rows: rows["credibility"].notna() == rows["credibility_basis"].notna(),
    ),
    RowRule(
        "credibility-not-for-opinion",
        (*(f"claims.kind:{kind}" for kind in OPINIONS), "claims.credibility"),
        at="credibility",
        message="An opinion has a credibility.",
        holds=lambda rows: ~(rows["kind"].isin(OPINIONS) & rows["credibility"].notna()),
    ),
    RowRule(
        "self-link",
        ("claim_links.claim_id", "claim_links.other_id"),
        at="other_id",
        message="The claim is linked to itself.",
        holds=lambda rows: ~(rows["claim_id"] == rows["other_id"]),
    ),
    RowRule(
        "converted-needs-original",
        name_columns(FIGURES, ("method:converted", "note")),
        at="note",
        message="The figure was converted and its note is empty.",
        holds=lambda rows: (rows["method"] != "converted") | rows["note"].notna(),
    ),
)
