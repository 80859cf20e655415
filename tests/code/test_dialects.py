"""Scripts of measures: complete, sound in the SQL of their database, and equal in their rows to the derived frames."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import chdir, closing
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import duckdb
import pandas as pd
import pytest
import sqlglot
from sqlglot import exp

from dprk_russia.record.dialects import DIALECTS, STEPS, create_views, write_script
from dprk_russia.record.measures import describe_measure, list_frames, read_measures
from dprk_russia.record.run import type_measure
from dprk_russia.record.translation import translate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dprk_russia.release.edition import Edition

pytestmark = pytest.mark.slow

FRAMES = [measure.name for measure in list_frames()]
MEASURES = list(read_measures())


@cache
def whole_script(dialect: str) -> str:
    return write_script(dialect)


def parse(script: str, dialect: str) -> list[exp.Create]:
    """Return the statements of a script that make views."""
    statements = sqlglot.parse(script, read=dialect)
    assert all(isinstance(statement, (exp.Create, exp.Drop)) for statement in statements)
    return [statement for statement in statements if isinstance(statement, exp.Create)]


def name_of(statement: exp.Create) -> str:
    return str(statement.this.name)


def find_needs(name: str) -> set[str]:
    """Return the tables and measures that a measure rests on, itself among them."""
    measure = read_measures().get(name)
    return {name}.union(*(find_needs(need) for need in measure.needs)) if measure else {name}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_script_makes_every_measure_as_a_view_after_those_it_needs(dialect: str) -> None:
    made: list[str] = []
    statements = parse(whole_script(dialect), dialect)
    for statement in statements:
        assert statement.kind == "VIEW"
        name = name_of(statement).removesuffix("_view")
        if name in MEASURES:
            assert read_measures()[name].needs & set(MEASURES) <= set(made)
        made.append(name)
    assert set(made) >= set(MEASURES)
    assert len(made) == len(set(made))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_script_tells_what_each_measure_means(dialect: str) -> None:
    script = whole_script(dialect)
    assert script.startswith("-- Views for ")
    for measure in read_measures().values():
        assert f"AS\n-- {measure.title}\n-- " in script


@pytest.mark.parametrize("name", MEASURES)
def test_the_script_of_one_measure_brings_what_it_needs_and_nothing_else(name: str) -> None:
    made = [name_of(statement) for statement in parse(write_script("duckdb", [name]), "duckdb")]
    assert sorted(made) == sorted(find_needs(name))
    views = [view.removesuffix("_view") for view, _ in create_views("sqlite", [name])]
    assert sorted(views) == sorted(find_needs(name) & set(MEASURES))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_semicolon_ends_a_line_where_it_ends_a_statement_only(dialect: str) -> None:
    script = whole_script(dialect)
    parts = script.split(";\n")
    assert parts.pop() == ""
    assert len(parts) == len(sqlglot.parse(script, read=dialect))
    assert all(len(sqlglot.parse(part, read=dialect)) == 1 for part in parts)


@pytest.mark.parametrize("frame", FRAMES)
def test_the_views_of_a_released_sqlite_file_give_the_rows_of_its_tables_in_order(
    released: tuple[Edition, Path], frame: str
) -> None:
    edition, folder = released
    with closing(sqlite3.connect(folder / edition.database)) as connection:
        view = connection.execute(f"SELECT * FROM {frame}_view")  # noqa: S608
        names = [column[0] for column in view.description]
        rows = view.fetchall()
        assert names == [column.name for column in read_measures()[frame].columns]
        assert rows == connection.execute(f"SELECT * FROM {frame}").fetchall()  # noqa: S608
        assert rows


def test_the_script_for_sqlite_makes_the_views_that_a_released_file_has(
    released: tuple[Edition, Path],
) -> None:
    edition, folder = released
    query = "SELECT name, sql FROM sqlite_schema WHERE type = 'view' ORDER BY name"
    with (
        closing(sqlite3.connect(folder / edition.database)) as file,
        closing(sqlite3.connect(":memory:")) as copy,
    ):
        file.backup(copy)
        views = copy.execute(query).fetchall()
        assert len(views) == len(MEASURES)
        for name, _ in views:
            copy.execute(f"DROP VIEW {name}")
        for _ in range(2):
            copy.executescript((folder / "sql" / "measures-sqlite.sql").read_text(encoding="utf-8"))
            assert copy.execute(query).fetchall() == views


@pytest.fixture(scope="module")
def database(released: tuple[Edition, Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    _, folder = released
    with chdir(folder), closing(duckdb.connect()) as connection:
        connection.execute((folder / "sql" / "measures-duckdb.sql").read_text(encoding="utf-8"))
        yield connection


@pytest.mark.parametrize("frame", FRAMES)
def test_the_script_for_duckdb_gives_the_derived_frames(
    released: tuple[Edition, Path], database: duckdb.DuckDBPyConnection, frame: str
) -> None:
    edition, _ = released
    found = database.execute(f"SELECT * FROM {frame}").df()  # noqa: S608
    assert list(found.columns) == list(edition.views[frame].columns)
    description = describe_measure(read_measures()[frame], edition.package)
    pd.testing.assert_frame_equal(
        type_measure(found, description), edition.record.frame(frame), check_exact=True
    )


def test_no_number_becomes_a_decimal(database: duckdb.DuckDBPyConnection) -> None:
    query = (
        "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name IN ('thresholds', 'intervals')"
    )
    types = dict(database.execute(query).fetchall())
    assert {types[name] for name in ("about", "open_factor", "low", "closed_high")} == {"DOUBLE"}
    assert not [name for name, kind in types.items() if "DECIMAL" in kind]


def make_events(number: int) -> sqlite3.Connection:
    """Return a database with so many events in a line, each linked to itself and to the next alone."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE event_links (claim_id, other_id)")
    ids = [f"C{place:05}" for place in range(number)]
    pairs = [*zip(ids, ids, strict=True), *pairwise(ids), *pairwise(reversed(ids))]
    connection.executemany("INSERT INTO event_links VALUES (?, ?)", pairs)
    return connection


@pytest.mark.parametrize("dialect", ["spark", "bigquery"])
def test_a_recursion_that_drops_repeated_rows_is_written_out_to_a_number_of_steps(dialect: str) -> None:
    query = dict(create_views(dialect, ["event_groups"]))["event_groups"].split(" AS\n", 1)[1]
    query = query.replace("UNION DISTINCT", "UNION").replace("dprk_russia.", "")
    assert "RECURSIVE" not in query
    # The first link stands before the first step.
    with closing(make_events(STEPS + 2)) as connection:
        assert {event for _, event in connection.execute(query)} == {"C00000"}
    with closing(make_events(STEPS + 3)) as connection:
        assert {event for _, event in connection.execute(query)} == {"C00000", "C00001"}


def test_spark_is_given_no_recursion_and_no_window_that_it_does_not_know() -> None:
    script = whole_script("spark")
    for statement in parse(script, "spark"):
        for table in statement.find_all(exp.CTE):
            recurs = any(other.name == table.alias for other in table.this.find_all(exp.Table))
            assert not (recurs and table.this.args["distinct"])
        assert not [window for window in statement.find_all(exp.Window) if window.alias]
    assert "GROUP_CONCAT" not in script
    assert "LISTAGG" not in script
    lists = sum(measure.query.count("group_concat(") for measure in read_measures().values())
    assert "".join(script.split()).count("ARRAY_JOIN(COLLECT_LIST(") == lists


def test_bigquery_is_told_the_dataset_of_a_table_and_of_no_step_of_the_query() -> None:
    query = translate("WITH known AS (SELECT a FROM claims) SELECT a FROM known", "bigquery")
    assert " ".join(query.split()) == "WITH known AS ( SELECT a FROM dprk_russia.claims ) SELECT a FROM known"


def test_a_table_of_values_is_no_recursion() -> None:
    written = translate("WITH days AS (VALUES (1), (2)) SELECT * FROM days", "spark")
    assert (
        " ".join(written.split())
        == "WITH days AS ( SELECT * FROM VALUES (1), (2) AS _values ) SELECT * FROM days"
    )


@pytest.mark.parametrize(("dialect", "unit"), [("duckdb", "'DAY'"), ("spark", "DAY"), ("bigquery", "DAY")])
def test_days_are_counted_in_days(dialect: str, unit: str) -> None:
    written = translate("SELECT julianday(a) FROM b", dialect)
    assert unit in written.replace("(", " ").replace(")", " ").replace(",", " ").split()


def test_bigquery_is_told_the_dataset_of_every_table() -> None:
    for statement in parse(whole_script("bigquery"), "bigquery"):
        common = {table.alias for table in statement.find_all(exp.CTE)}
        for table in statement.find_all(exp.Table):
            assert table.db == ("" if table.name in common else "dprk_russia")


def test_days_are_counted_in_the_words_of_each_database() -> None:
    for dialect in DIALECTS.keys() - {"sqlite"}:
        assert "julianday" not in whole_script(dialect).lower()


def test_sqlite_needs_no_other_library(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = whole_script("sqlite")
    monkeypatch.setitem(sys.modules, "sqlglot", None)
    monkeypatch.delitem(sys.modules, "dprk_russia.record.translation", raising=False)
    assert write_script("sqlite") == expected
    with pytest.raises(ModuleNotFoundError, match="sqlglot"):
        write_script("duckdb")
