"""The ten questions: the line that the page gives for each format, and the query of Datasette, answer with the same rows."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir, closing
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import duckdb
import openpyxl
import pandas as pd
import pytest
from datasette.app import Datasette  # type: ignore[import-untyped]

import dprk_russia
from dprk_russia.record.questions import read_questions
from dprk_russia.release.edition import read_edition
from dprk_russia.release.metadata import datasette
from dprk_russia.release.metadata.description import describe
from dprk_russia.tabular.frames import plain_cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dprk_russia.checks.faults import Specimen

PAGE = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r'^## <a id="(\w+)"></a>(.*?)(?=^## |\Z)', PAGE, re.DOTALL | re.MULTILINE)
LINES = {name: dict(re.findall(r"^- (\w+): `(.*)`$", text, re.MULTILINE)) for name, text in SECTIONS}
Rows = list[dict[str, str]]


def write(cell: object) -> str:
    """Return a cell as every format would write it."""
    if isinstance(cell, float):
        return f"{cell:.9f}".rstrip("0").rstrip(".")
    if isinstance(cell, bool | int):
        return str(cell).lower()
    return "" if cell is None else str(cell).removesuffix(" 00:00:00")


def write_rows(names: Iterable[str], rows: Iterable[Iterable[object]]) -> Rows:
    heads = list(names)
    written = [dict(zip(heads, map(write, row), strict=True)) for row in rows]
    return sorted(written, key=lambda row: row["figure_id"])


def write_frame(frame: pd.DataFrame) -> Rows:
    return write_rows(frame.columns, zip(*(plain_cells(frame[name]) for name in frame.columns), strict=True))


@cache
def read_sheet(path: Path) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path, read_only=True)["estimates"].iter_rows(values_only=True))


def from_workbook(release: Path, filters: str) -> Rows:
    (path,) = release.glob("*.xlsx")
    head, *rows = read_sheet(path)
    for test in filters.split("; "):
        column, _, wanted = test.partition(": ")
        blanks: dict[str, list[object]] = {"TRUE": [True], "(blank)": [None]}
        admitted = blanks.get(wanted, [*wanted.split(" or ")])
        rows = [row for row in rows if row[head.index(column)] in admitted]
    return write_rows(head, rows)


def from_csv(release: Path, line: str) -> Rows:
    del release
    return write_frame(eval(line, {"pd": pd, "ZipFile": ZipFile}))  # noqa: S307


def from_parquet(release: Path, line: str) -> Rows:
    del release
    found = eval(line, {"duckdb": duckdb})  # noqa: S307
    return write_rows(found.columns, found.fetchall())


def from_sqlite(release: Path, line: str) -> Rows:
    with closing(sqlite3.connect(release / "dprk-russia.sqlite")) as connection:
        found = connection.execute(line)
        return write_booleans(write_rows([column[0] for column in found.description], found))


def write_booleans(rows: Rows) -> Rows:
    """Return rows from SQLite, which has no booleans, as the others write them."""
    flags = dprk_russia.describe("estimates").query("type == 'boolean'").index
    words = {"0": "false", "1": "true"}
    return [row | {name: words.get(row[name], row[name]) for name in flags} for row in rows]


def from_python(release: Path, line: str) -> Rows:
    del release
    return write_frame(eval(line, {"dprk_russia": dprk_russia}))  # noqa: S307


READERS: dict[str, Callable[[Path, str], Rows]] = {
    "workbook": from_workbook,
    "CSV": from_csv,
    "Parquet": from_parquet,
    "SQLite": from_sqlite,
    "Python": from_python,
}


def expect(name: str) -> Rows:
    """Return the estimates that answer a question, by way of the other frame of figures."""
    (question,) = (question for question in read_questions() if question.name == name)
    figures = dprk_russia.figures()
    whole = figures["scope"].isna() & figures["assumption"].isna()
    answers = figures[
        figures["indicator_id"].isin(question.indicators)
        & figures["is_current"]
        & ~figures["misreports"]
        & (whole | question.parts)
    ]
    estimates = dprk_russia.estimates()
    return write_frame(estimates[estimates["figure_id"].isin(answers["figure_id"])])


def test_the_page_has_each_question_with_a_line_for_each_format() -> None:
    assert list(LINES) == [question.name for question in read_questions()]
    assert len(LINES) == 10
    assert {tuple(lines) for lines in LINES.values()} == {tuple(READERS)}


@pytest.mark.parametrize("name", LINES)
def test_every_format_answers_a_question_with_the_same_rows(real_release: Path, name: str) -> None:
    expected = expect(name)
    assert expected
    with chdir(real_release):
        for title, read in READERS.items():
            assert read(real_release, LINES[name][title]) == expected, title


def test_currencies_stand_apart_and_an_answer_grows_older_upwards(real_release: Path) -> None:
    with closing(sqlite3.connect(real_release / "dprk-russia.sqlite")) as connection:
        connection.row_factory = sqlite3.Row
        rows = connection.execute(LINES["arms"]["SQLite"]).fetchall()
    places = [(row["currency"], row["as_of"]) for row in rows]
    assert len({currency for currency, _ in places}) > 1
    assert places == sorted(places)


@pytest.fixture(scope="module")
def get(real_release: Path) -> Callable[[str], Any]:
    """Return what Datasette answers on a path, from the files of a release alone."""
    metadata = json.loads((real_release / "datasette.json").read_text(encoding="utf-8"))
    return partial(ask, Datasette([str(real_release / "dprk-russia.sqlite")], metadata=metadata))


def ask(served: Datasette, path: str) -> Any:
    # In a thread of its own, since tests with a browser leave a loop of events running in this one.
    with ThreadPoolExecutor(1) as pool:
        response = pool.submit(lambda: asyncio.run(served.client.get(path))).result()
    assert response.status_code == 200, path
    return response.json() if ".json" in path else response.text


def test_datasette_says_which_version_it_shows(specimen: Specimen, tmp_path: Path) -> None:
    specimen.change_descriptor(version="1.2.3", created="2025-06-01T00:00:00Z")
    datasette.write(describe(read_edition(specimen.folder), tmp_path), tmp_path)
    served = Datasette([], metadata=json.loads((tmp_path / "datasette.json").read_text(encoding="utf-8")))
    assert "About: version 1.2.3, 2025-06-01" in " ".join(ask(served, "/").split())


@pytest.mark.parametrize("name", LINES)
def test_datasette_has_each_question_as_a_query(get: Callable[[str], Any], name: str) -> None:
    rows = get(f"/dprk-russia/{name}.json?_shape=array&_size=max")
    found = [{column: write(cell) for column, cell in row.items()} for row in rows]
    assert write_booleans(sorted(found, key=lambda row: row["figure_id"])) == expect(name)


def test_datasette_tells_what_each_query_asks_and_its_unit(get: Callable[[str], Any]) -> None:
    page = get("/dprk-russia")
    for question in read_questions():
        assert question.text in page
    assert "Unit: barrel." in get("/dprk-russia/oil")


def test_datasette_leads_from_an_estimate_to_its_claim_and_its_page(get: Callable[[str], Any]) -> None:
    row = dprk_russia.estimates("kpa-killed", current=True).iloc[0]
    page = get(f"/dprk-russia/estimates?figure_id={row['figure_id']}")
    for table, column in (("claims", "claim_id"), ("sources", "source_id"), ("actors", "speaker_id")):
        assert f'<a href="/dprk-russia/{table}/{row[column]}">' in page
        get(f"/dprk-russia/{table}/{row[column]}")
    assert f'<a href="{row["url"]}"' in page.replace("&amp;", "&")


def test_datasette_shows_titles_licence_meanings_and_facets(
    real_release: Path, get: Callable[[str], Any]
) -> None:
    package = json.loads((real_release / "datasette.json").read_text(encoding="utf-8"))
    tables = package["databases"]["dprk-russia"]["tables"]
    for name in dprk_russia.describe().index:
        told = tables[name]
        frame = dprk_russia.describe(name)
        assert told["columns"] == frame["description"].to_dict()
        assert set(told.get("facets", ())) <= set(told["sortable_columns"]) <= set(frame.index)
        assert dprk_russia.describe().loc[name, "title"] == told["title"]
    assert {"indicator_id", "bound", "is_current"} <= set(tables["estimates"]["facets"])
    assert "url" not in tables["estimates"]["sortable_columns"]
    page = get("/dprk-russia/estimates")
    assert "Creative Commons Attribution 4.0 International" in page
    found = get("/dprk-russia/estimates.json?_size=0")
    assert set(found["facet_results"]) >= set(tables["estimates"]["facets"])
    hidden = [table["name"] for table in get("/dprk-russia.json")["tables"] if table["hidden"]]
    assert sorted(hidden) == ["_codes", "_columns", "_package"]
