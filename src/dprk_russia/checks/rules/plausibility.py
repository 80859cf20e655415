"""Warnings: rows that keep every rule and still deserve a second look."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dprk_russia.checks.rests import name_columns
from dprk_russia.checks.rules.kinds import SearchRule, TableRule
from dprk_russia.checks.rules.references import CATALOGUES
from dprk_russia.checks.rules.rows import BOUNDED
from dprk_russia.checks.rules.words import names_bound
from dprk_russia.contract.findings import Skipped
from dprk_russia.contract.package import FIGURES
from dprk_russia.tabular.relations import is_among

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from dprk_russia.checks.loaded import LoadedTables
    from dprk_russia.checks.rules.kinds import AcrossRule
    from dprk_russia.contract.findings import Finding, Rule
    from dprk_russia.tabular.relations import Mask

# A number from this on with no more than two digits before its zeros is round.
ROUND_FROM = 100
OFFICIAL_METHODS = ("official_statistics", "mirror_statistics", "negotiated", "counted")
SERIES = ("claim_id", "indicator_id", "scope", "assumption", "period_start", "period_end", *BOUNDED, "bound")


def _find_figures(tables: LoadedTables, table: str, step: str) -> pd.Index:
    """Return the lines of the figures of a step of the record."""
    ids = tables.frames[table]["figure_id"]
    return ids.index[is_among(ids, tables.read_measure(step)["figure_id"])]


def _find_round_numbers(tables: LoadedTables, table: str) -> pd.Index:
    figures = tables.frames[table]
    unofficial = ~figures["method"].isin(OFFICIAL_METHODS)
    suspects = figures["as_stated"][
        figures["bound"].eq("exact") & _is_round(figures["value"]) & unofficial
    ].fillna("")
    languages = tables.relations.look_up(table, "source_id", "language")[suspects.index].fillna("")
    # Where words name a bound, another rule tells which one it is.
    bounded = [names_bound(*pair) for pair in zip(suspects, languages, strict=True)]
    return suspects.index[[not is_bounded for is_bounded in bounded]]


def _is_round(values: pd.Series) -> Mask:
    """Tell which numbers have at most two digits before their zeros."""
    import numpy as np

    numbers = values.astype("float64").to_numpy()
    large = numbers >= ROUND_FROM
    last_digit = 10.0 ** (np.floor(np.log10(numbers, where=large, out=np.ones_like(numbers))) - 1)
    is_round: Mask = large & (numbers % last_digit == 0)
    return is_round


def _check_unused(rule: Rule, tables: LoadedTables, table: str) -> Iterator[Finding]:
    import numpy as np

    unread = sorted(name for name in tables.package.declared if not tables.is_whole(name))
    if unread:
        tables.skipped.append(Skipped.rule(rule, f"{', '.join(unread)} could not be read", table))
        return
    references = [
        (child.name, key.column)
        for child in tables.package.tables
        for key in child.foreign_keys
        if key.table == table
    ]
    frame, column = tables.frames[table], tables.package.table(table).primary_key[0]
    used = np.zeros(len(frame), dtype=bool)
    for child, name in references:
        used |= tables.relations.is_referred(table, child, name)
    lacking = frame.index[frame[column].notna() & ~used]
    if tables.is_absence(rule, table, len(lacking), map(".".join, references)):
        yield from tables.find(rule, table, lacking, f"No row refers to {{{column}}}.", column)


def _list_rules(table: str) -> Iterator[TableRule]:
    """Yield the rules on one table of figures."""
    yield TableRule(
        "cumulative-decrease",
        (*name_columns([table], SERIES), "claims.asserted_by>actors", "falling_totals"),
        at=f"{table}.period_end",
        message="The same speaker gave a higher total of {indicator_id} for an earlier day.",
        find_lines=partial(_find_figures, step="falling_totals"),
    )
    yield TableRule(
        "exact-round-number",
        (
            *name_columns([table], ("bound:exact", "value", "as_stated", "source_id>sources")),
            *(f"{table}.method:{method}" for method in OFFICIAL_METHODS),
            "sources.language",
        ),
        at=f"{table}.bound",
        message="{as_stated} is round, and its bound is exact.",
        find_lines=_find_round_numbers,
    )
    yield TableRule(
        "parts-and-total",
        (*name_columns([table], SERIES), "claims.asserted_by>actors", "oversized_parts"),
        at=f"{table}.scope",
        message="The part {scope} is larger than the total of the same claim.",
        find_lines=partial(_find_figures, step="oversized_parts"),
    )


TABLE_RULES: tuple[AcrossRule, ...] = (
    *(rule for table in FIGURES for rule in _list_rules(table)),
    *(SearchRule("unused-row", (table,), partial(_check_unused, table=table)) for table in CATALOGUES),
)
