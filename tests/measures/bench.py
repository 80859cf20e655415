"""Runs one measure alone, over a few rows of the relations it reads, in a new database of either engine."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Literal

from dprk_russia.contract.package import Package, installed_package
from dprk_russia.record.measures import describe_measure, read_measures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import duckdb

EngineName = Literal["sqlite", "duckdb"]
ENGINES: tuple[EngineName, ...] = ("sqlite", "duckdb")
Cell = str | float | bool | None
Row = dict[str, Cell]
Rows = list[tuple[Cell, ...]]
Tables = dict[str, list[Row]]

_TYPES = {"day": "TIMESTAMP", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}
# A day in Python's count, plus this, is the day in that of astronomers, who begin theirs at noon.
_JULIAN = 1_721_424


@dataclass(frozen=True, slots=True)
class Case:
    """What a measure gives for a few rows: the rows expected, in some of its columns.

    The order of the rows counts where the query sorts them.
    """

    measure: str
    says: str
    tables: Tables
    columns: tuple[str, ...]
    rows: Rows

    def __str__(self) -> str:
        return f"{self.measure}: {self.says}"

    def found(self, engine: EngineName) -> Rows:
        """Return the rows that the measure gives, in the columns of the case."""
        return self.pick(run(self.measure, self.tables, engine))

    def pick(self, rows: list[Row]) -> Rows:
        """Return the columns of the case, sorted where the query does not sort its rows."""
        return self._arrange([tuple(row[column] for column in self.columns) for row in rows])

    def expected(self) -> Rows:
        return self._arrange(self.rows)

    def _arrange(self, rows: Rows) -> Rows:
        return rows if is_sorted(self.measure) else sorted(rows, key=repr)


@cache
def is_sorted(measure: str) -> bool:
    """Tell whether a query puts its rows in order."""
    return re.search(r"^ORDER BY", read_measures()[measure].query, re.MULTILINE) is not None


def run(measure: str, tables: Tables, engine: EngineName) -> list[Row]:
    """Return the rows of a measure over rows of the relations it reads; see `complete`."""
    wanted = complete(measure, tables)
    if engine == "duckdb":
        connection = load_duckdb(wanted)
        result = connection.execute(read_measures()[measure].query)
        return _name(measure, [column[0] for column in result.description or ()], result.fetchall())
    with closing(load_sqlite(wanted)) as lite:
        return run_sqlite(measure, lite, read_measures()[measure].query)


def complete(measure: str, tables: Tables) -> Tables:
    """Return the rows of every relation that a measure reads.

    What no row is given for is empty; `thresholds` are the real ones unless rows are given.
    """
    needs = read_measures()[measure].needs
    if unread := tables.keys() - needs:
        raise KeyError(f"{measure} does not read {', '.join(unread)}")
    wanted = {name: tables.get(name, []) for name in sorted(needs)}
    if "thresholds" in needs and "thresholds" not in tables:
        wanted["thresholds"] = run("thresholds", {}, "sqlite")
    return wanted


def run_sqlite(measure: str, connection: sqlite3.Connection, query: str) -> list[Row]:
    """Return the rows that a query gives in the place of a measure."""
    cursor = connection.execute(query)
    return _name(measure, [column[0] for column in cursor.description], cursor.fetchall())


def run_all(measures: Iterable[str], tables: Tables, engine: EngineName) -> list[Row]:
    """Run measures one after the other, each over the rows of those before; return the rows of the last."""
    known: Tables = dict(tables)
    rows: list[Row] = []
    for measure in measures:
        rows = run(
            measure, {name: known[name] for name in read_measures()[measure].needs & known.keys()}, engine
        )
        known[measure] = rows
    return rows


@cache
def package() -> Package:
    return installed_package()


@cache
def columns_of(relation: str) -> Mapping[str, str]:
    """Return the columns of a table of the package, with the days beside dates, or of a measure: name and type."""
    if relation in read_measures():
        fields = describe_measure(read_measures()[relation], package()).fields
        return {field.name: _TYPES.get(field.form, "VARCHAR") for field in fields}
    columns: dict[str, str] = {}
    for field in package().table(relation).fields:
        columns[field.name] = "VARCHAR" if field.is_date else _TYPES.get(field.form, "VARCHAR")
        if field.is_date:
            columns |= {f"{field.name}_from": "TIMESTAMP", f"{field.name}_to": "TIMESTAMP"}
    return columns


def codes_of(table: str, column: str) -> tuple[str, ...]:
    return package().table(table).field(column).codes


def fill(relation: str, **cells: Cell) -> Row:
    """Return a row in which every column has a value found nowhere else, other than the cells that are given.

    Text tells the relation and the column.
    """
    row: Row = {}
    for place, (name, kind) in enumerate(columns_of(relation).items()):
        number = 100 * sorted([*read_measures(), *package().declared]).index(relation) + place
        values: dict[str, Cell] = {
            "VARCHAR": f"{relation}.{name}",
            "TIMESTAMP": date.fromordinal(738_000 + number).isoformat(),
            "BOOLEAN": True,
        }
        row[name] = values.get(kind, number)
    return check_columns(relation, row | cells)


def check_columns(relation: str, row: Row) -> Row:
    if unknown := row.keys() - columns_of(relation).keys():
        raise KeyError(f"{relation} has no {', '.join(unknown)}")
    return row


def count_day(day: str) -> int:
    """Return a day as measures count it."""
    return date.fromisoformat(day).toordinal() + _JULIAN


def load_sqlite(tables: Tables) -> sqlite3.Connection:
    """Return a database that holds some rows."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    # A query that never ends is cut off.
    connection.set_progress_handler(lambda: 1, 500_000)
    for name, rows in tables.items():
        columns = columns_of(name)
        connection.execute(f'CREATE TABLE "{name}" ({", ".join(columns)})')
        marks = ", ".join("?" * len(columns))
        connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', _arrange(name, rows))  # noqa: S608
    return connection


@cache
def _connect_duckdb() -> duckdb.DuckDBPyConnection:
    from dprk_russia.record.engines import DuckdbEngine

    return DuckdbEngine()._connection


@cache
def _create_in_duckdb(relation: str) -> None:
    columns = ", ".join(f'"{column}" {kind}' for column, kind in columns_of(relation).items())
    _connect_duckdb().execute(f'CREATE TABLE "{relation}" ({columns})')


def load_duckdb(tables: Tables) -> duckdb.DuckDBPyConnection:
    """Return a database that holds some rows."""
    # To connect, or to make the tables anew, takes longer than to empty them.
    connection = _connect_duckdb()
    for name, rows in tables.items():
        _create_in_duckdb(name)
        connection.execute(f'DELETE FROM "{name}"')  # noqa: S608
        if rows:
            marks = f"({', '.join('?' * len(columns_of(name)))})"
            cells = [cell for row in _arrange(name, rows) for cell in row]
            connection.execute(f'INSERT INTO "{name}" VALUES {", ".join([marks] * len(rows))}', cells)  # noqa: S608
    return connection


def _name(measure: str, names: Sequence[str], rows: Iterable[Sequence[object]]) -> list[Row]:
    """Return rows with the names of their columns, the cells as both engines mean them."""
    forms = _forms_of(measure)
    return [
        {name: _plain(cell, forms.get(name, "text")) for name, cell in zip(names, row, strict=True)}
        for row in rows
    ]


@cache
def _forms_of(measure: str) -> Mapping[str, str]:
    fields = describe_measure(read_measures()[measure], package()).fields
    return {field.name: field.form for field in fields}


def _arrange(relation: str, rows: Iterable[Row]) -> Iterator[list[Cell]]:
    """Yield the cells of rows in the order of the columns of a relation."""
    return ([check_columns(relation, row).get(column) for column in columns_of(relation)] for row in rows)


def _plain(cell: object, form: str) -> Cell:
    """Return a cell as both engines mean it: days as ISO text, whole and other numbers, true and false."""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if form == "boolean" and cell is not None:
        return bool(cell)
    if isinstance(cell, Decimal):
        return float(cell)
    if cell is None or isinstance(cell, str | int | float):
        return cell
    raise TypeError(f"{cell!r} is no cell")
