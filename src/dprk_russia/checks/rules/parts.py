"""Rules on parts: what the scope and the assumption of a figure name, and how parts lie within each other."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from dprk_russia.checks.numerals.statements import drop_numbers
from dprk_russia.checks.rests import name_columns
from dprk_russia.checks.rules.kinds import SearchRule, TableRule
from dprk_russia.checks.rules.references import check_own_cycles
from dprk_russia.checks.rules.rows import BOUNDED
from dprk_russia.contract.package import FIGURES
from dprk_russia.tabular.frames import as_text, number_rows, text_type
from dprk_russia.tabular.relations import follow, through

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from dprk_russia.checks.loaded import LoadedTables
    from dprk_russia.checks.rules.kinds import AcrossRule
    from dprk_russia.contract.findings import Finding, Rule

# The columns in which figures name a part, called as its role is.
ROLES = ("scope", "assumption")
SERIES = ("indicator", *ROLES)
# What one speaker says with one number.
NUMBER = ("speaker", "unit", "currency", "bound", *BOUNDED)


def _find_misnamed(tables: LoadedTables, table: str, role: str) -> pd.Index:
    """Return the figures that name as `role` a part which has the other role."""
    roles = tables.relations.look_up(table, role, "role")
    return roles.index[roles.notna() & (roles != role)]


def _find_mixed(tables: LoadedTables, table: str) -> pd.Index:
    """Return the parts that lie within one of the other role."""
    roles, wholes = tables.frames[table]["role"], tables.relations.look_up(table, "part_of", "role")
    return roles.index[roles.notna() & wholes.notna() & (roles != wholes)]


def _find_wholes(tables: LoadedTables, table: str) -> pd.Index:
    """Return the figures of indicators without a figure of the whole whose scope holds all other scopes."""
    import pandas as pd

    relations, lines = tables.relations, tables.frames[table].index
    scopes = relations.row_numbers(table, "scope")
    ends = through(scopes, follow(relations.row_numbers("parts", "part_of")))
    rows = pd.DataFrame(
        {"indicator": relations.row_numbers(table, "indicator_id"), "scope": scopes, "end": ends}, index=lines
    )
    rows = rows[rows["indicator"] >= 0]
    groups = rows.groupby("indicator")
    least, most = groups.transform("min"), groups.transform("max")
    is_parted = (least["scope"] >= 0) & (least["scope"] < most["scope"]) & (least["end"] == most["end"])
    return rows.index[is_parted & (rows["scope"] == rows["end"])]


def _check_series(rule: Rule, tables: LoadedTables, table: str) -> Iterator[Finding]:
    import pandas as pd

    rows = _list_numbers(tables, table)
    # The words of few figures need to be read: of those whose number stands in several series.
    numbers = number_rows(rows, NUMBER)
    several = pd.Series(number_rows(rows, SERIES)).groupby(numbers).transform("nunique").to_numpy() > 1
    rows = rows[several]
    words = [drop_numbers(*pair) or None for pair in zip(rows["as_stated"], rows["language"], strict=True)]
    rows = rows.assign(words=pd.Series(words, index=rows.index, dtype=text_type()))
    on_one_day = _name_first(rows, (*NUMBER, "indicator", "asserted"))
    found = on_one_day.combine_first(_name_first(rows, (*NUMBER, "words"))).dropna()
    message = "{other} has this number of the same speaker, from another page, in another series."
    yield from tables.find(rule, table, found.index, message, "figure_id", other=found)


def _list_numbers(tables: LoadedTables, table: str) -> pd.DataFrame:
    """Return the figures that have a number and known parts, with their speakers, their pages and what is counted."""
    figures, relations = tables.frames[table], tables.relations
    claims = relations.row_numbers(table, "claim_id")
    rows = figures[["figure_id", "as_stated", "bound", "currency", *ROLES, *BOUNDED]].assign(
        speaker=through(claims, relations.row_numbers("claims", "asserted_by")),
        page=relations.row_numbers(table, "source_id"),
        indicator=relations.row_numbers(table, "indicator_id"),
        unit=relations.look_up(table, "indicator_id", "unit"),
        asserted=relations.look_up(table, "claim_id", "asserted"),
        language=relations.look_up(table, "source_id", "language").fillna(""),
        **{name: figures[name].astype("float64").fillna(math.inf) for name in BOUNDED},
    )
    is_known = (rows[["speaker", "page", "indicator"]] >= 0).all(axis=1)
    is_lost = tables.is_lost(table, "scope") | tables.is_lost(table, "assumption")
    has_number = rows[list(BOUNDED)].lt(math.inf).any(axis=1) & rows["as_stated"].notna()
    rows = rows[is_known & ~is_lost & has_number]
    return rows.assign(**as_text(rows[["currency", *ROLES]]))


def _name_first(rows: pd.DataFrame, key: tuple[str, ...]) -> pd.Series:
    """Return the first figure of each key, where it is of another series and from another page; missing elsewhere."""
    import numpy as np

    groups, series, pages = number_rows(rows, key), number_rows(rows, SERIES), rows["page"].to_numpy()
    _, starts, places = np.unique(groups, return_index=True, return_inverse=True)
    first = starts[places]
    differs = (groups >= 0) & (series != series[first]) & (pages != pages[first])
    return rows["figure_id"].iloc[first].set_axis(rows.index).where(differs)


def _list_rules(table: str) -> Iterator[AcrossRule]:
    """Yield the rules on the parts that figures of one table name."""
    measures, parts = f"{table}.indicator_id>indicators", f"{table}.scope>parts"
    for role in ROLES:
        yield TableRule(
            "part-role",
            (f"{table}.{role}>parts", f"parts.role:{role}"),
            at=f"{table}.{role}",
            message=f"{{{role}}} is a part that has not the role {role}.",
            find_lines=partial(_find_misnamed, role=role),
        )
    yield TableRule(
        "scope-of-whole",
        (measures, parts, "parts.part_of>parts"),
        at=f"{table}.scope",
        message="{scope} holds every other scope of {indicator_id}, so it is the whole.",
        find_lines=_find_wholes,
    )
    yield SearchRule(
        "number-in-two-series",
        (
            *(
                measures,
                parts,
                f"{table}.assumption>parts",
                f"{table}.claim_id>claims",
                f"{table}.source_id>sources",
            ),
            *name_columns([table], ("figure_id", "as_stated", "bound", "currency", *BOUNDED)),
            *("claims.asserted_by>actors", "claims.asserted", "indicators.unit", "sources.language"),
        ),
        partial(_check_series, table=table),
    )


TABLE_RULES: tuple[AcrossRule, ...] = (
    *(rule for table in FIGURES for rule in _list_rules(table)),
    TableRule(
        "part-role",
        ("parts.role", "parts.part_of>parts"),
        at="parts.part_of",
        message="{part_id} is part of {part_of}, which has another role.",
        find_lines=_find_mixed,
    ),
    SearchRule(
        "part-cycle",
        ("parts.part_id", "parts.part_of>parts"),
        partial(
            check_own_cycles,
            table="parts",
            at="part_of",
            alone="{} is a part of itself.",
            several="These parts lie within each other: {}.",
        ),
    ),
)
