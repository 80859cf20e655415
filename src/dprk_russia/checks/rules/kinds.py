"""The kinds of rules that Python code checks. What a rule rests on is named as `dprk_russia.checks.rests` says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

from dprk_russia.checks.rests import find_retyped, find_tables, name_measure, read_rest
from dprk_russia.contract.findings import RULES
from dprk_russia.record.measures import find_needed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pandas as pd

    from dprk_russia.checks.loaded import LoadedTables
    from dprk_russia.contract.findings import Finding, Rule
    from dprk_russia.contract.schema import Table

Checked = TypeVar("Checked")


@dataclass(frozen=True)
class _CheckedRule:
    """What code checks for the rule of some id, and what it rests on."""

    id: str
    rests: tuple[str, ...]

    @property
    def rule(self) -> Rule:
        """Return the rule."""
        return RULES[self.id]

    @property
    def name(self) -> str:
        """Return what findings call it."""
        return f"The rule {self.id}"

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """Return the tables it reads; it is checked when all of them could be read."""
        return find_tables(self.rests)

    @property
    def users(self) -> frozenset[str]:
        """Return the names of it and of the measures it needs; it is not checked if one of them lacks something."""
        measures = find_needed(read_rest(rest).table for rest in self.rests)
        return frozenset({self.name, *(name_measure(measure.name) for measure in measures)})

    def find_retyped(self, tables: Iterable[Table]) -> list[Finding]:
        """Find the columns it reads that are of another type than it was written for."""
        return list(find_retyped({name: self.list_columns(name) for name in self.tables}, tables))

    def list_columns(self, table: str) -> frozenset[str]:
        """Return the columns of a table it reads; a row in which one is wrong in itself is not reported again."""
        rests = map(read_rest, self.rests)
        return frozenset(rest.column for rest in rests if rest.table == table and rest.column)


@dataclass(frozen=True)
class RowRule(_CheckedRule):
    """A rule that one row of each of its tables breaks by itself.

    `holds` takes the typed frame of a whole table and returns True for the rows that keep the rule. Findings point to the
    column `at`.
    """

    at: str
    message: str
    holds: Callable[[pd.DataFrame], pd.Series]


@dataclass(frozen=True)
class TableRule(_CheckedRule):
    """A rule that rows of a table break together with other rows.

    `find_lines` takes the tables and the name of this one, and returns the lines of the rows that break the rule. Findings
    point to the column `at`, a TABLE.COLUMN, or to the primary key of a TABLE; {names} in the message are filled from the
    row. Rows that lack something are reported if they are more than the unknown cells of the columns `unless`, which could
    supply it.
    """

    at: str
    message: str
    find_lines: Callable[[LoadedTables, str], pd.Index]
    unless: tuple[str, ...] = ()

    def check(self, tables: LoadedTables) -> Iterator[Finding]:
        """Yield the breaches of the rule."""
        table, _, column = self.at.partition(".")
        lines = list(self.find_lines(tables, table))
        if tables.is_absence(self.rule, len(lines), self.unless):
            column = column or tables.package.table(table).primary_key[0]
            yield from tables.find(self.rule, table, lines, self.message, column)


@dataclass(frozen=True)
class SearchRule(_CheckedRule, Generic[Checked]):
    """A rule on the tables of a package, or on two versions of it, each breach of which has words of its own."""

    search: Callable[[Rule, Checked], Iterator[Finding]]

    def check(self, checked: Checked) -> Iterator[Finding]:
        """Yield the breaches of the rule."""
        yield from self.search(self.rule, checked)


if TYPE_CHECKING:
    AcrossRule = TableRule | SearchRule[LoadedTables]
