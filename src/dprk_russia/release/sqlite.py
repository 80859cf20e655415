"""One SQLite file: the tables with their primary and foreign keys, and the derived views as tables of their own."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from dprk_russia.frames import plain_cells

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from dprk_russia.contract import Field, Table
    from dprk_russia.release.edition import Edition

AFFINITIES = {"integer": "INTEGER", "number": "REAL"}


def write(edition: Edition, release: Path) -> None:
    """Write the database; the same package gives the same bytes."""
    connection = sqlite3.connect(release / edition.name("sqlite"), isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("BEGIN")
        for table in edition.package.tables:
            connection.execute(_create_table(table))
            _insert(connection, table.name, edition.frames[table.name])
        for name, view in edition.views.items():
            connection.execute(_create_view(name, view))
            _insert(connection, name, view)
        connection.execute("COMMIT")
        connection.execute("VACUUM")
    finally:
        connection.close()


def _create_table(table: Table) -> str:
    parts = [part for field in table.fields for part in _define(field)]
    parts.append(f"PRIMARY KEY ({_names(table.primary_key)})")
    parts += [f"UNIQUE ({_names(key)})" for key in table.unique_keys]
    parts += [
        f'FOREIGN KEY ("{key.column}") REFERENCES "{key.table}" ("{key.reference}")'
        for key in table.foreign_keys
    ]
    return f'CREATE TABLE "{table.name}" (\n  ' + ",\n  ".join(parts) + "\n) STRICT"


def _define(field: Field) -> Iterator[str]:
    definition = f'"{field.name}" {AFFINITIES.get(field.form, "TEXT")}'
    if field.required:
        definition += " NOT NULL"
    if field.form == "code":
        codes = ", ".join("'" + code.replace("'", "''") + "'" for code in field.codes)
        definition += f' CHECK ("{field.name}" IN ({codes}))'
    yield definition
    if field.is_date:
        yield f'"{field.name}_from" TEXT'
        yield f'"{field.name}_to" TEXT'


def _create_view(name: str, view: pd.DataFrame) -> str:
    columns = ",\n  ".join(f'"{column}" {_affinity(view[column])}' for column in view.columns)
    return f'CREATE TABLE "{name}" (\n  {columns}\n) STRICT'


def _affinity(column: pd.Series) -> str:
    import pandas as pd

    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_integer_dtype(column):
        return "INTEGER"
    return "REAL" if pd.api.types.is_float_dtype(column) else "TEXT"


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _insert(connection: sqlite3.Connection, name: str, frame: pd.DataFrame) -> None:
    marks = ", ".join("?" * len(frame.columns))
    columns = [plain_cells(frame[column]) for column in frame.columns]
    connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', zip(*columns, strict=True))  # noqa: S608
