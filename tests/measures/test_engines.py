"""SQLite and DuckDB give the same typed frames, to the last digit and dtype."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from dprk_russia.contract.package import read_package
from dprk_russia.record.engines import DuckdbEngine, SqliteEngine
from dprk_russia.record.measures import list_frames, read_measures
from dprk_russia.record.run import Record
from dprk_russia.tabular.frames import Frames
from dprk_russia.tabular.loading import read_frames
from measures.bench import package
from measures.packages import packages

if TYPE_CHECKING:
    from dprk_russia.checks.faults import Specimen
    from dprk_russia.contract.package import Package
    from dprk_russia.tabular.frames import Tables

Pair = tuple[Record, Record]
# All that rests on every other measure, and the two steps whose numbers no frame shows.
TOLD = ("intervals", "rivals", *(measure.name for measure in list_frames()))


def pair(tables: Tables, contract: Package) -> Pair:
    return Record(tables, contract, SqliteEngine()), Record(tables, contract, DuckdbEngine())


@pytest.fixture(scope="module")
def real() -> Pair:
    return pair(read_frames(package()), package())


def frame(record: Record, name: str) -> pd.DataFrame:
    """Return a measure; a step in the order of its key, since nothing else puts it in order."""
    measure = read_measures()[name]
    rows = record.frame(name)
    if measure.is_frame or not measure.key:
        return rows
    return rows.sort_values(list(measure.key), ignore_index=True)


def assert_equal(records: Pair, name: str) -> None:
    one, other = (frame(record, name) for record in records)
    pd.testing.assert_frame_equal(one, other, check_exact=True)


@pytest.mark.parametrize("name", read_measures())
def test_both_engines_tell_the_same_of_the_package(real: Pair, name: str) -> None:
    assert_equal(real, name)


def test_both_engines_tell_the_same_of_the_specimen(specimen: Specimen) -> None:
    contract = read_package(specimen.folder)
    records = pair(read_frames(contract), contract)
    for name in read_measures():
        assert_equal(records, name)


def test_both_engines_tell_the_same_of_empty_tables(real: Pair) -> None:
    tables = Frames({name: table.head(0) for name, table in real[0].tables.items()})
    records = pair(tables, package())
    for name in read_measures():
        assert_equal(records, name)


@pytest.mark.slow
@settings(max_examples=20, derandomize=True, suppress_health_check=list(HealthCheck))
@given(tables=packages())
def test_both_engines_tell_the_same_of_any_package(tables: Frames) -> None:
    records = pair(tables, package())
    for name in TOLD:
        assert_equal(records, name)


def test_sqlite_answers_in_whichever_thread_it_is_asked() -> None:
    engine = SqliteEngine()
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(engine.read, "SELECT 7 AS number").result()["number"].tolist() == [7]
