"""Queries of measures put into the words of other databases.

This module alone needs sqlglot, so it is imported where something is translated. What sqlglot cannot know is done here to
the tree of a query before it is written out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp

from dprk_russia.record.dialects import DATASET, STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def translate(query: str, dialect: str) -> str:
    """Return a query of a measure in the SQL of a database that is not SQLite."""
    tree = sqlglot.parse_one(query, read="sqlite")
    for change in (_count_days, _keep_doubles, _divide_plainly, *_CHANGES.get(dialect, ())):
        change(tree)
    return tree.sql(dialect, pretty=True)


def _count_days(tree: exp.Expr) -> None:
    """Count days from a day that every database can name: only their differences are used."""
    for call in list(tree.find_all(exp.Anonymous)):
        if call.name.lower() == "julianday":
            day, first = call.expressions[0], exp.Literal.string("1970-01-01")
            call.replace(
                exp.DateDiff(
                    this=exp.cast(day.copy(), "date"), expression=exp.cast(first, "date"), unit=exp.var("DAY")
                )
            )


def _keep_doubles(tree: exp.Expr) -> None:
    """Say of numbers with a point that they are no decimals."""
    for literal in list(tree.find_all(exp.Literal)):
        if not literal.is_string and "." in literal.name:
            literal.replace(exp.cast(literal.copy(), "double"))


def _divide_plainly(tree: exp.Expr) -> None:
    """Let divisions stand as they are: SQLite alone has an answer where zero divides, but in no measure it does."""
    for division in tree.find_all(exp.Div):
        division.set("safe", None)


def _spell_out_windows(tree: exp.Expr) -> None:
    """Put the partitions of named windows where the names stand: Spark adds no order to a named window."""
    for select in tree.find_all(exp.Select):
        named = {window.name: window for window in select.args.get("windows") or ()}
        for window in select.find_all(exp.Window):
            if window.alias in named:
                partitions = named[window.alias].args["partition_by"]
                window.set("partition_by", [partition.copy() for partition in partitions])
                window.set("alias", None)
        select.set("windows", None)


def _collect_lists(tree: exp.Expr) -> None:
    """Join lists that are collected in the order of the window: Spark has no group_concat over one."""
    for window in list(tree.find_all(exp.Window)):
        if isinstance(window.this, exp.GroupConcat):
            item, separator = window.this.this, window.this.args["separator"]
            window.set("this", exp.Anonymous(this="collect_list", expressions=[item]))
            window.replace(exp.Anonymous(this="array_join", expressions=[window.copy(), separator]))


def _write_out_steps(tree: exp.Expr) -> None:
    """Replace each recursion that drops repeated rows by its first steps, each of which reads the step before."""
    for clause in tree.find_all(exp.With):
        clause.set("expressions", [step for table in clause.expressions for step in _find_steps(table)])
        clause.set("recursive", any(_find_itself(table) for table in clause.expressions))


def _find_steps(table: exp.CTE) -> Iterator[exp.CTE]:
    union = table.this
    if not (isinstance(union, exp.Union) and union.args["distinct"] and _find_itself(table)):
        yield table
        return
    start, before = union.this, f"{table.alias}_0"
    yield exp.CTE(this=start.copy(), alias=exp.TableAlias(this=exp.to_identifier(before)))
    for number in range(1, STEPS + 1):
        step = table.copy()
        for itself in _find_itself(step):
            itself.replace(exp.to_table(before, alias=table.alias))
        before = table.alias if number == STEPS else f"{table.alias}_{number}"
        step.set("alias", exp.TableAlias(this=exp.to_identifier(before)))
        yield step


def _find_itself(table: exp.CTE) -> list[exp.Table]:
    return [other for other in table.this.find_all(exp.Table) if other.name == table.alias]


def _name_dataset(tree: exp.Expr) -> None:
    """Say where each table lies: a view of BigQuery knows no default."""
    common = {table.alias for table in tree.find_all(exp.CTE)}
    for table in tree.find_all(exp.Table):
        if table.name not in common:
            table.set("db", exp.to_identifier(DATASET))


_CHANGES: dict[str, tuple[Callable[[exp.Expr], None], ...]] = {
    "bigquery": (_write_out_steps, _name_dataset),
    "spark": (_write_out_steps, _spell_out_windows, _collect_lists),
}
