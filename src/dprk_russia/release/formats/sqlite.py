"""One SQLite file: the tables with their primary and foreign keys, and the derived frames as tables of their own.

The measures that derive them are views: that of a frame, which its table is equal to, and each step on the way.

SQLite has no comments on tables and columns: they stand in the text that `.schema` shows, and in the tables `_package`,
`_columns` and `_codes`, whose names no table of a package can have.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from dprk_russia.record.dialects import create_views
from dprk_russia.release.metadata.description import state_facts
from dprk_russia.tabular.frames import list_columns, plain_cells

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from dprk_russia.contract.package import Package
    from dprk_russia.contract.schema import Field, Table
    from dprk_russia.release.edition import Edition

CACHE_KIB = 100_000
AFFINITIES = {"boolean": "INTEGER", "integer": "INTEGER", "number": "REAL"}


def write(edition: Edition, release: Path) -> None:
    """Write the database; the same package gives the same bytes."""
    connection = sqlite3.connect(release / edition.database, isolation_level=None)
    try:
        # A file that is not finished is thrown away, so nothing has to survive a fault.
        for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{CACHE_KIB}"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("BEGIN")
        contents = edition.list_contents()
        for table, frame in contents:
            connection.execute(_create_table(table))
            cells = (plain_cells(frame[column]) for column in frame.columns)
            _insert(connection, table.name, frame.columns, zip(*cells, strict=True))
            _index(connection, table)
        for _, statement in create_views("sqlite"):
            connection.execute(statement)
        _describe(connection, edition.package, [table for table, _ in contents])
        connection.execute("COMMIT")
    finally:
        connection.close()


def _create_table(table: Table) -> str:
    parts = [_define(column) for column in list_columns(table)]
    parts += [f"PRIMARY KEY ({_names(table.primary_key)})"] if table.primary_key else []
    parts += [f"UNIQUE ({_names(key)})" for key in table.unique_keys]
    parts += [
        f'FOREIGN KEY ("{key.column}") REFERENCES "{key.table}" ("{key.reference}")'
        for key in table.foreign_keys
    ]
    about = " ".join(table.description.split())
    return f'CREATE TABLE "{table.name}" (\n  -- {about}\n  ' + ",\n  ".join(parts) + "\n) STRICT"


def _define(field: Field) -> str:
    definition = f'-- {field.description}\n  "{field.name}" {AFFINITIES.get(field.form, "TEXT")}'
    if field.required:
        definition += " NOT NULL"
    if field.form == "code":
        codes = ", ".join("'" + code.replace("'", "''") + "'" for code in field.codes)
        definition += f' CHECK ("{field.name}" IN ({codes}))'
    return definition


def _index(connection: sqlite3.Connection, table: Table) -> None:
    """Index each foreign key that no other index begins with, once the rows are there."""
    leading = {key[0] for key in (table.primary_key, *table.unique_keys) if key}
    for key in table.foreign_keys:
        if key.column not in leading:
            name = f"{table.name}_by_{key.column}"
            connection.execute(f'CREATE INDEX "_{name}" ON "{table.name}" ("{key.column}")')


def _describe(connection: sqlite3.Connection, package: Package, tables: Iterable[Table]) -> None:
    """Write the facts of the package, and a row for each column and each code."""
    facts = state_facts(package)
    columns, codes = [], []
    for table in tables:
        for column in list_columns(table):
            key = table.references.get(column.name)
            about = (column.title, column.description, column.form, key and key.table)
            columns.append((table.name, column.name, *about))
            codes += [(table.name, column.name, str(code.value), code.label) for code in column.categories]
    for name, header, rows in (
        ("_package", tuple(facts), [tuple(facts.values())]),
        ("_columns", ("table", "column", "title", "description", "type", "references"), columns),
        ("_codes", ("table", "column", "code", "label"), codes),
    ):
        definitions = ", ".join(f'"{column}" TEXT' for column in header)
        connection.execute(f'CREATE TABLE "{name}" ({definitions}) STRICT')
        _insert(connection, name, header, rows)


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _insert(
    connection: sqlite3.Connection, table: str, columns: Collection[str], rows: Iterable[tuple[object, ...]]
) -> None:
    marks = ", ".join("?" * len(columns))
    connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)  # noqa: S608
