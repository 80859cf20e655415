"""Rules on ids: references that lead nowhere, retired ids in use, families without a head, dates to come."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from dprk_russia.checks.rules.kinds import SearchRule, TableRule
from dprk_russia.contract.package import FIGURES
from dprk_russia.tabular.nearness import IdIndex
from dprk_russia.tabular.relations import find_cycles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from dprk_russia.checks.loaded import LoadedTables
    from dprk_russia.checks.rules.kinds import AcrossRule
    from dprk_russia.contract.findings import Finding, Rule
    from dprk_russia.contract.schema import ForeignKey, Table
    from dprk_russia.tabular.relations import RowNumbers

TOLERANCE_DAYS = 1
DATES_PAST = (("claims", "asserted"), ("sources", "published"), ("sources", "read_on"))
CATALOGUES = ("actors", "indicators", "parts", "places", "sources", "topics")
# The ids of these tables can be retired.
RETIRABLE = ("claims", *FIGURES, *CATALOGUES)


def _check_foreign_keys(rule: Rule, tables: LoadedTables) -> Iterator[Finding]:
    for table in tables.package.tables:
        for key in table.foreign_keys:
            if tables.has(table.name, key.table) and key.table not in tables.cut:
                yield from _check_foreign_key(rule, tables, table, key)


def _check_foreign_key(rule: Rule, tables: LoadedTables, table: Table, key: ForeignKey) -> Iterator[Finding]:
    values = tables.find_dangling(table.name, key)
    if values.empty:
        return
    # An id that is badly written in its own table would leave all its references dangling.
    surely = tables.is_absence(rule, table.name, values.nunique(), [f"{key.table}.{key.reference}"])
    tables.unknown[f"{table.name}.{key.column}"] += len(values)
    if not surely:
        return
    known = IdIndex([*tables.rows[key.table][key.reference].dropna(), *tables.inspected[key.table].strays])
    for finding in tables.find(
        rule, table.name, values.index, f"{key.table} has no row {{{key.column}}}.", key.column
    ):
        nearest = known.find_nearest(str(finding.value))
        yield replace(finding, hint=f"Did you mean {nearest}?") if nearest else finding


def _find_retired(tables: LoadedTables, table: str) -> pd.Index:
    retired = tables.frames["retired_ids"]
    rows = tables.rows[table]
    old = retired.loc[retired["table"] == table, "old_id"].dropna()
    return rows.index[rows[tables.package.table(table).primary_key[0]].isin(old)]


def find_cycles_of(
    rule: Rule,
    tables: LoadedTables,
    table: str,
    follow: Callable[[LoadedTables], RowNumbers],
    member: str,
    at: str,
    alone: str,
    several: str,
) -> Iterator[Finding]:
    """Yield a finding for each cycle, at its first row; `follow` gives the row that each row of a table leads to."""
    frame = tables.frames[table]
    for cycle in find_cycles(follow(tables)):
        members = ", ".join(frame[member].iloc[cycle])
        message = (alone if len(cycle) == 1 else several).format(members)
        yield from tables.find(rule, table, [frame.index[cycle[0]]], message, at)


def check_own_cycles(
    rule: Rule, tables: LoadedTables, table: str, at: str, alone: str, several: str
) -> Iterator[Finding]:
    """Yield a finding for each cycle of rows that refer to each other in the column `at` of their own table."""
    for finding in find_cycles_of(
        rule,
        tables,
        table=table,
        follow=lambda tables: tables.relations.row_numbers(table, at),
        member=tables.package.table(table).primary_key[0],
        at=at,
        alone=alone,
        several=several,
    ):
        # One of the references is wrong, and which row it should name is not known.
        tables.unknown[f"{finding.table}.{finding.column}"] += 1
        yield finding


def _find_future(tables: LoadedTables, table: str, column: str) -> pd.Index:
    import pandas as pd

    frame, created = tables.frames[table], tables.package.created
    if created is None:
        return frame.index[:0]
    last = pd.Timestamp(created) + pd.Timedelta(days=TOLERANCE_DAYS)
    return frame.index[frame[f"{column}_from"] > last]


TABLE_RULES: tuple[AcrossRule, ...] = (
    SearchRule("foreign-key", (), _check_foreign_keys),
    *(
        TableRule(
            "retired-id-reused",
            (table, "retired_ids.old_id", f"retired_ids.table:{table}"),
            at=table,
            message="{id} was retired.",
            find_lines=_find_retired,
        )
        for table in RETIRABLE
    ),
    SearchRule(
        "actor-cycle",
        ("actors.actor_id", "actors.parent_id>actors"),
        partial(
            check_own_cycles,
            table="actors",
            at="parent_id",
            alone="{} is its own parent.",
            several="These actors are each other's parents: {}.",
        ),
    ),
    *(
        TableRule(
            "future-date",
            (f"{table}.{column}", f"{table}.{column}_from"),
            at=f"{table}.{column}",
            message=f"{{{column}}} is later than the package of {{created}}.",
            find_lines=partial(_find_future, column=column),
        )
        for table, column in DATES_PAST
    ),
)
