"""The databases that run measures: SQLite, which Python brings, and DuckDB, which is quicker where tables are large."""

from __future__ import annotations

import sqlite3
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal, Protocol

from dprk_russia.contract.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Collection

    import duckdb
    import pandas as pd

    from dprk_russia.tabular.frames import Tables


Kind = Literal["TABLE", "VIEW"]
# What DuckDB may take beyond the tables that pandas holds; the rest goes to disk. At 1,001,420 claims 800 MB took a fifth
# more time, and without a limit it took 1.3 GB more memory and up to a fifth less time.
MEMORY = "1GB"


class Engine(Protocol):
    """A database in memory that holds the tables of one package, and the measures made from them so far."""

    def load(self, tables: Tables, name: str, columns: Collection[str]) -> None:
        """Take in columns of a table, in place of those it had."""

    def read(self, query: str) -> pd.DataFrame:
        """Return the rows of a query: numbers, text, days as ISO text or timestamps, what is missing as none."""

    def execute(self, query: str) -> Any:
        """Run a query; raise MissingColumnError if it names a column that the tables do not have."""

    def make(self, kind: Kind, name: str, query: str) -> None:
        """Give a query a name: its rows are kept in a table, or found anew by a view."""
        self.execute(f'CREATE {kind} "{name}" AS {query}')


class MissingColumnError(NotFoundError):
    """A query names a column that the tables do not have; the message says which."""


class SqliteEngine(Engine):
    """SQLite in memory; days are ISO text."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._connection.execute("BEGIN")

    def load(self, tables: Tables, name: str, columns: Collection[str]) -> None:
        cells = tables.read_cells(name, columns)
        names = ", ".join(f'"{column}"' for column in cells)
        marks = ", ".join("?" * len(cells))
        self._connection.execute(f'DROP TABLE IF EXISTS "{name}"')
        self._connection.execute(f'CREATE TABLE "{name}" ({names})')
        rows = zip(*cells.values(), strict=True)
        self._connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)  # noqa: S608

    def read(self, query: str) -> pd.DataFrame:
        import pandas as pd

        rows = self.execute(query)
        names = [column[0] for column in rows.description]
        return pd.DataFrame(rows.fetchall(), columns=names, dtype=object)

    def execute(self, query: str) -> sqlite3.Cursor:
        try:
            return self._connection.execute(query)
        except sqlite3.OperationalError as error:
            if "no such column" in str(error):
                raise MissingColumnError(str(error)) from error
            raise


class DuckdbEngine(Engine):
    """DuckDB in memory, which takes tables from pandas by pyarrow; days are timestamps."""

    def __init__(self) -> None:
        import duckdb
        import pyarrow as pa  # noqa: F401

        self._scratch = TemporaryDirectory()
        self._connection: duckdb.DuckDBPyConnection = duckdb.connect(
            config={
                "default_null_order": "nulls_first",  # as SQLite has it
                "preserve_insertion_order": False,
                "arrow_large_buffer_size": True,
                "memory_limit": MEMORY,
                "temp_directory": self._scratch.name,
            }
        )
        # SQLite counts days from noon to noon, so that one begins half way through the day before.
        self._connection.execute("CREATE MACRO julianday(day) AS julian(day) - 1")

    def load(self, tables: Tables, name: str, columns: Collection[str]) -> None:
        import pyarrow as pa

        frame = tables[name]
        chosen = frame[[column for column in frame.columns if column in columns]]
        self._connection.register(name, pa.Table.from_pandas(chosen, preserve_index=False))

    def read(self, query: str) -> pd.DataFrame:
        rows: pd.DataFrame = self.execute(query).to_arrow_table().to_pandas()
        return rows

    def execute(self, query: str) -> duckdb.DuckDBPyRelation:
        import duckdb

        try:
            return self._connection.sql(query)
        except duckdb.BinderException as error:
            raise MissingColumnError(str(error)) from error
