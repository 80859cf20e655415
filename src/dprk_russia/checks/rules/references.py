"""Rules on ids: references that lead nowhere, retired ids in use, families without a head, dates to come."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dprk_russia.checks.rules.kinds import TableRule
from dprk_russia.tabular.nearness import IdIndex
from dprk_russia.tabular.relations import find_cycles, find_positions

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from dprk_russia.checks.corpus import Corpus
    from dprk_russia.contract.findings import Finding, Rule
    from dprk_russia.contract.schema import ForeignKey, Table

TOLERANCE_DAYS = 1
DATES_PAST = (("claims", "asserted"), ("sources", "published"), ("sources", "read_on"))


def _check_foreign_keys(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    corpus.relations.resolve()
    for table in corpus.package.tables:
        if corpus.has(table.name):
            for key in table.foreign_keys:
                if corpus.has(key.table):
                    yield from _check_foreign_key(rule, corpus, table, key)


def _check_foreign_key(rule: Rule, corpus: Corpus, table: Table, key: ForeignKey) -> Iterator[Finding]:
    values = _find_dangling(corpus, table.name, key)
    if values.empty:
        return
    # An id that is badly written in its own table would leave all its references dangling.
    surely = corpus.is_absence(rule, values.nunique(), (key.table, key.reference))
    corpus.note_unknown(table.name, key.column, len(values))
    if not surely:
        return
    known = IdIndex([*corpus.rows[key.table][key.reference].dropna(), *corpus.strays[key.table]])
    for finding in corpus.find(
        rule, table.name, values.index, f"{key.table} has no row {{{key.column}}}.", key.column
    ):
        nearest = known.find_nearest(str(finding.value))
        yield replace(finding, hint=f"Did you mean {nearest}?") if nearest else finding


def _find_dangling(corpus: Corpus, table: str, key: ForeignKey) -> pd.Series:
    """Return the cells of a foreign key that hold an id which stands nowhere."""
    cells = corpus.rows[table][key.column]
    if corpus.unique[table].all():
        positions = corpus.relations.positions(table, key.column)
    else:
        (positions,) = find_positions([cells], corpus.frames[key.table][key.reference])
    lost = cells[positions < 0].dropna()
    return lost[~lost.isin(corpus.strays[key.table])]


def _check_retired(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    retired = corpus.frames["retired_ids"]
    for name in retired["table"].dropna().unique():
        if not corpus.has(name):
            continue
        frame = corpus.rows[name]
        column = corpus.package.table(name).primary_key[0]
        old = retired.loc[retired["table"] == name, "old_id"].dropna()
        lines = frame.index[frame[column].isin(old)]
        yield from corpus.find(rule, name, lines, f"{{{column}}} was retired.", column)


def _check_actor_cycles(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    actors = corpus.frames["actors"]
    for cycle in find_cycles(corpus.relations.positions("actors", "parent_id")):
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


TABLE_RULES = (
    TableRule("foreign-key", (), (), _check_foreign_keys),
    TableRule(
        "retired-id-reused",
        ("retired_ids",),
        (),
        _check_retired,
    ),
    TableRule(
        "actor-cycle",
        ("actors",),
        ("actor_id", "parent_id"),
        _check_actor_cycles,
    ),
    TableRule("future-date", (), (), _check_future_dates),
)
