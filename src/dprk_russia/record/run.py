"""Measures run over the tables of one package: steps in the order of what they need, typed frames at the end."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from dprk_russia.contract.errors import DprkRussiaError
from dprk_russia.record.engines import DuckdbEngine, Engine, SqliteEngine
from dprk_russia.record.measures import describe_measure, find_needed, read_measures
from dprk_russia.tabular.frames import DATE_UNIT, parse_days, type_column

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from dprk_russia.contract.package import Package
    from dprk_russia.contract.schema import Field, Table
    from dprk_russia.record.measures import Measure
    from dprk_russia.tabular.frames import Tables

# Every figure is compared with every other of its series; beyond this many pairs that is too much for a machine.
MAX_PAIRS = 50_000_000
# The steps that pair figures of the same series.
PAIRING = {"rivals", "falling_totals"}
# From this many claims on DuckDB, where it is installed, is much the quicker, its import counted.
LARGE = 5_000


class TooManyPairsError(DprkRussiaError):
    """So many figures measure the same that they cannot be compared one by one."""

    def __init__(self, pairs: int) -> None:
        super().__init__(
            f"{pairs:,} pairs of figures would have to be compared; at most {MAX_PAIRS:,} are. "
            "Tell the figures apart by scope or assumption."
        )


class Record:
    """What the rows of one package imply, each measure made when it is first asked for.

    Tables are read when a measure first needs them.
    """

    def __init__(self, tables: Tables, package: Package, engine: Engine | None = None) -> None:
        self.tables = tables
        self.package = package
        self._engine = engine
        self._loaded: dict[str, frozenset[str]] = {}
        self._made: set[str] = set()
        self._lock = Lock()

    def __repr__(self) -> str:
        return f"<Record of {self.package!r}>"

    def frame(self, name: str) -> pd.DataFrame:
        """Return the rows of a measure as a typed frame.

        Text and ids are `str`, codes categoricals in the order of the schema, whole numbers `Int64`, other numbers
        `Float64`, days datetime64[us]; what is missing is missing.

        Raises
        ------
        KeyError
            If there is no such measure, or the tables lack a column that it reads.
        TooManyPairsError
            If it rests on the comparison of more than `MAX_PAIRS` pairs of figures.
        """
        measure = read_measures()[name]
        steps = list(find_needed(measure.needs))
        with self._lock:
            self._load([*steps, measure])
            for step in steps:
                self._make(step)
            self._refuse_too_many_pairs(measure)
            rows = self._get_engine().read(measure.query)
        return type_measure(rows, describe_measure(measure, self.package))

    def _load(self, measures: Sequence[Measure]) -> None:
        """Give the engine the tables that some measures read, with the columns that their readers may speak of."""
        needs = frozenset[str]().union(*(measure.needs for measure in measures))
        for name in sorted(needs - read_measures().keys()):
            known = {column for field in self.package.table(name).fields for column in field.loaded_columns}
            words = frozenset[str]().union(*(measure.words for measure in measures if name in measure.needs))
            loaded = self._loaded.get(name, frozenset())
            if not known & words <= loaded:
                self._loaded[name] = loaded | (known & words)
                self._get_engine().load(self.tables, name, self._loaded[name])

    def _make(self, step: Measure) -> None:
        if step.name in self._made:
            return
        self._refuse_too_many_pairs(step)
        self._get_engine().make("TABLE" if is_kept(step.name) else "VIEW", step.name, step.query)
        self._made.add(step.name)

    def _get_engine(self) -> Engine:
        if self._engine is None:
            self._engine = SqliteEngine()
            if self.tables.count_rows("claims") >= LARGE:
                with suppress(ModuleNotFoundError):
                    self._engine = DuckdbEngine()
        return self._engine

    def _refuse_too_many_pairs(self, measure: Measure) -> None:
        if measure.name not in PAIRING:
            return
        pairs = int(self._get_engine().read(read_measures()["pair_count"].query)["pairs"].iloc[0])
        if pairs > MAX_PAIRS:
            raise TooManyPairsError(pairs)


@cache
def is_kept(name: str) -> bool:
    """Tell whether the rows of a measure are kept, as they are unless the only one that reads them reads nothing else."""
    readers = [measure for measure in read_measures().values() if name in measure.needs]
    return len(readers) > 1 or any(reader.needs > {name} or "RECURSIVE" in reader.query for reader in readers)


def type_measure(rows: pd.DataFrame, measure: Table) -> pd.DataFrame:
    """Return rows as an engine gives them with the types that their columns are described to have."""
    import pandas as pd

    return pd.DataFrame({field.name: _type_column(rows[field.name], field) for field in measure.fields})


def _type_column(column: pd.Series, field: Field) -> pd.Series:
    import pandas as pd

    if field.form == "boolean":
        return column.astype(bool if field.required else "boolean")
    if field.form == "day":
        if pd.api.types.is_datetime64_dtype(column):
            days: pd.Series = column.dt.as_unit(DATE_UNIT)
            return days
        return pd.Series(parse_days(column.where(column.notna(), None)), index=column.index)
    return type_column(column, field)
