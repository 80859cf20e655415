"""Measures run over the tables of one package: steps in the order of what they need, typed frames at the end."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dprk_russia.frames import DATE_UNIT, type_column
from dprk_russia.record.engines import DuckdbEngine, Engine, SqliteEngine
from dprk_russia.record.measures import describe_measure, find_needed, read_measures

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from dprk_russia.contract import Field, Table
    from dprk_russia.package import Package

# Every figure is compared with every other of its series; beyond this many pairs that is too much for a machine.
MAX_PAIRS = 50_000_000
# From this many rows of evidence on DuckDB, where it is installed, is quicker than SQLite.
LARGE = 50_000


class TooManyPairsError(Exception):
    """So many figures measure the same that they cannot be compared one by one."""

    def __init__(self, pairs: int) -> None:
        super().__init__(
            f"{pairs:,} pairs of figures would have to be compared; at most {MAX_PAIRS:,} are. "
            "Tell the figures apart by scope or assumption."
        )


class Record:
    """What the rows of one package imply, each measure made when it is first asked for.

    `tables` holds the typed tables by name; they are read when a measure first needs them.
    """

    def __init__(
        self, tables: Mapping[str, pd.DataFrame], package: Package, engine: Engine | None = None
    ) -> None:
        self.tables = tables
        self.package = package
        self._engine = engine
        self._made: set[str] = set()

    def frame(self, name: str) -> pd.DataFrame:
        """Return the rows of a measure as a typed frame.

        Text and ids are `str`, codes categoricals in the order of the schema, whole numbers `Int64`, other numbers
        `Float64`, days datetime64[us]; what is missing is missing.

        Raises
        ------
        KeyError
            If there is no such measure.
        TooManyPairsError
            If it rests on the comparison of more than `MAX_PAIRS` pairs of figures.
        """
        measure = read_measures()[name]
        for needed in find_needed(measure.needs):
            self._make(needed.name)
        self._load(measure.needs)
        rows = self._get_engine().read(measure.query)
        return type_measure(rows, describe_measure(measure, self.package))

    def _make(self, name: str) -> None:
        if name in self._made:
            return
        measure = read_measures()[name]
        self._load(measure.needs)
        self._get_engine().make(name, measure.query)
        self._made.add(name)
        if name == "pair_count":
            self._refuse_too_many()

    def _load(self, names: frozenset[str]) -> None:
        """Give the engine the tables of the package among some names, with the columns that measures speak of."""
        for name in sorted(names - read_measures().keys() - self._made):
            frame = self.tables[name]
            self._get_engine().load(name, frame[[c for c in frame.columns if c in list_words()]])
            self._made.add(name)

    def _get_engine(self) -> Engine:
        if self._engine is None:
            self._engine = choose_engine(len(self.tables["evidence"]))
        return self._engine

    def _refuse_too_many(self) -> None:
        pairs = int(self._get_engine().read("SELECT pairs FROM pair_count")["pairs"].iloc[0])
        if pairs > MAX_PAIRS:
            raise TooManyPairsError(pairs)


def choose_engine(rows: int) -> Engine:
    """Return the engine for a package with so many rows of evidence."""
    if rows >= LARGE:
        try:
            return DuckdbEngine()
        except ModuleNotFoundError:
            pass
    return SqliteEngine()


@cache
def list_words() -> frozenset[str]:
    """Return the words of all queries, the columns of tables that they speak of among them."""
    return frozenset(
        word for measure in read_measures().values() for word in re.findall(r"\w+", measure.query)
    )


def type_measure(rows: pd.DataFrame, measure: Table) -> pd.DataFrame:
    """Return rows as an engine gives them with the types that their columns are described to have."""
    import pandas as pd

    return pd.DataFrame({field.name: _type_column(rows[field.name], field) for field in measure.fields})


def _type_column(column: pd.Series, field: Field) -> pd.Series:
    import pandas as pd

    if field.form == "boolean":
        return column.astype(bool)
    if field.form == "day":
        return pd.to_datetime(column).dt.as_unit(DATE_UNIT)
    return type_column(column, field)
