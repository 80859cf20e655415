"""The databases that run measures: SQLite, which Python brings, and DuckDB, which is quicker where tables are large."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Protocol

from dprk_russia.frames import plain_cells

if TYPE_CHECKING:
    import duckdb
    import pandas as pd


class Engine(Protocol):
    """A database in memory that holds the tables of one package, and the measures made from them so far."""

    def load(self, name: str, frame: pd.DataFrame) -> None:
        """Take in columns of a table."""
        ...

    def make(self, name: str, query: str) -> None:
        """Keep the rows of a query as a table of its own."""
        ...

    def read(self, query: str) -> pd.DataFrame:
        """Return the rows of a query: numbers, text, days as ISO text or as dates, what is missing as none."""
        ...


class SqliteEngine:
    """SQLite in memory; days are ISO text."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._connection.execute("BEGIN")

    def load(self, name: str, frame: pd.DataFrame) -> None:
        """Take in columns of a table."""
        columns = ", ".join(f'"{column}"' for column in frame.columns)
        marks = ", ".join("?" * len(frame.columns))
        self._connection.execute(f'CREATE TABLE "{name}" ({columns})')
        cells = [plain_cells(frame[column]) for column in frame.columns]
        self._connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', zip(*cells, strict=True))  # noqa: S608

    def make(self, name: str, query: str) -> None:
        """Keep the rows of a query as a table of its own."""
        self._connection.execute(f'CREATE TABLE "{name}" AS {query}')

    def read(self, query: str) -> pd.DataFrame:
        """Return the rows of a query: numbers, text, days as ISO text, what is missing as none."""
        import pandas as pd

        rows = self._connection.execute(query)
        names = [column[0] for column in rows.description]
        return pd.DataFrame(rows.fetchall(), columns=names, dtype=object)


class DuckdbEngine:
    """DuckDB in memory; tables are read where pandas holds them, days are timestamps."""

    def __init__(self) -> None:
        import duckdb

        self._connection: duckdb.DuckDBPyConnection = duckdb.connect()
        # What SQLite does of itself.
        self._connection.execute("SET default_null_order = 'nulls_first'")
        self._connection.execute("CREATE MACRO julianday(day) AS julian(day)")

    def load(self, name: str, frame: pd.DataFrame) -> None:
        """Take in columns of a table."""
        import pyarrow as pa

        self._connection.register(name, pa.Table.from_pandas(frame, preserve_index=False))

    def make(self, name: str, query: str) -> None:
        """Keep the rows of a query as a table of its own."""
        self._connection.execute(f'CREATE TABLE "{name}" AS {query}')

    def read(self, query: str) -> pd.DataFrame:
        """Return the rows of a query: numbers, text, days as timestamps."""
        return self._connection.execute(query).df()
