"""Rules on ids: references that lead nowhere, retired ids in use, families without a head, dates to come."""

from __future__ import annotations

import difflib
from dataclasses import replace
from typing import TYPE_CHECKING

from dprk_russia.cells import FUTURE_DATE
from dprk_russia.findings import Finding, Rule
from dprk_russia.rules.kinds import TableRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dprk_russia.contract import ForeignKey, Table
    from dprk_russia.corpus import Corpus

TOLERANCE_DAYS = 1
DATES_PAST = (("claims", "asserted"), ("sources", "published"), ("sources", "read_on"))


def _check_foreign_keys(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    for table in corpus.package.tables:
        if corpus.has(table.name):
            for key in table.foreign_keys:
                if key.table in corpus.ids:
                    yield from _check_foreign_key(rule, corpus, table, key)


def _check_foreign_key(rule: Rule, corpus: Corpus, table: Table, key: ForeignKey) -> Iterator[Finding]:
    import pyarrow as pa
    import pyarrow.compute as pc

    values = corpus.rows[table.name][key.column].dropna()
    cells = pa.array(values)
    known = pa.array(corpus.ids[key.table], cells.type)
    dangling = values[~pc.is_in(cells, value_set=known).to_numpy(zero_copy_only=False)]
    if dangling.empty:
        return
    # An id that is badly written in its own table would leave all its references dangling.
    surely = corpus.is_absence(rule, dangling.nunique(), (key.table, key.reference))
    corpus.note_unknown(table.name, key.column, len(dangling))
    if not surely:
        return
    ids = known.to_pylist()
    for finding in corpus.find(
        rule, table.name, dangling.index, f"{key.table} has no row {{{key.column}}}.", key.column
    ):
        nearest = _find_nearest(str(finding.value), ids)
        yield replace(finding, hint=f"Did you mean {nearest}?") if nearest else finding


def _find_nearest(value: str, ids: list[str]) -> str | None:
    """Return the id most like a value; numbers that look alike are no likelier to be meant than others."""
    nearest = [] if value[1:].isdigit() else difflib.get_close_matches(value, ids, n=1, cutoff=0.6)
    return nearest[0] if nearest else None


def _check_retired(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    retired = corpus.frames["retired_ids"]
    for name in retired["table"].dropna().unique():
        if not corpus.has(name):
            continue
        frame = corpus.rows[name]
        column = corpus.package.table(name).primary_key[0]
        old = set(retired.loc[retired["table"] == name, "old_id"].dropna())
        lines = frame.index[frame[column].isin(old)]
        yield from corpus.find(rule, name, lines, f"{{{column}}} was retired.", column)


def _check_actor_cycles(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    from dprk_russia.provenance import actor_parents, find_cycles

    actors = corpus.frames["actors"]
    for cycle in find_cycles(actor_parents(actors)):
        members = ", ".join(actors["actor_id"].iloc[cycle])
        if len(cycle) == 1:
            message = f"{members} is its own parent."
        else:
            message = f"These actors are each other's parents: {members}."
        yield from corpus.find(
            rule,
            "actors",
            [actors.index[cycle[0]]],
            message,
            "parent_id",
        )


def _check_future_dates(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    import pandas as pd

    created = corpus.package.created
    if created is None:
        return
    last = pd.Timestamp(created) + pd.Timedelta(days=TOLERANCE_DAYS)
    for table, column in DATES_PAST:
        if corpus.has(table):
            frame = corpus.frames[table]
            lines = frame.index[frame[f"{column}_from"] > last]
            yield from corpus.find(
                rule, table, lines, f"{{{column}}} is later than the package of {created}.", column
            )


FOREIGN_KEY = Rule(
    "foreign-key",
    "key",
    "A reference to a row of another table names a row that exists.",
    "Add the row, or correct the id.",
)

RULES = (
    TableRule(FOREIGN_KEY, (), (), _check_foreign_keys),
    TableRule(
        Rule(
            "retired-id-reused",
            "key",
            "An id that was retired is not used again.",
            "Give the row the next free id.",
        ),
        ("retired_ids",),
        (),
        _check_retired,
    ),
    TableRule(
        Rule(
            "actor-cycle",
            "across tables",
            "No actor is its own parent, directly or through others.",
            "Correct parent_id: it names the state or body the actor belongs to.",
        ),
        ("actors",),
        ("actor_id", "parent_id"),
        _check_actor_cycles,
    ),
    TableRule(FUTURE_DATE, (), (), _check_future_dates),
)
