"""The section of the README on other tools: each snippet runs in a release and answers what it asks."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import dprk_russia
from dprk_russia.contract.package import read_package
from dprk_russia.release.formats import archive

if TYPE_CHECKING:
    from collections.abc import Callable

    from dprk_russia.checks.faults import Specimen

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SECTION = README.split("\n## Loading elsewhere\n")[1].split("\n## ")[0]
SNIPPET = re.compile(
    r"^\*\*(?P<tool>.+?)\*\*.*?^```(?P<language>\w+)\n(?P<code>.*?)^```", re.DOTALL | re.MULTILINE
)
SNIPPETS = {found["tool"]: (found["language"], found["code"]) for found in SNIPPET.finditer(SECTION)}
ODD_TEXT = "=1+1 'a' \"b\", c\\n # null\n true "
PROGRAMS = {"SQLite": "sqlite3", "R": "Rscript"}  # What a package of Python cannot bring along.


@pytest.fixture(scope="module")
def downloaded(real_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(real_release, tmp_path_factory.mktemp("snippets") / "dist")


def run(tool: str, folder: Path, more: str = "") -> str:
    """Return what the snippet of a tool, and `more` of its language, prints in a folder."""
    program = PROGRAMS.get(tool)
    if program and not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    language, code = SNIPPETS[tool]
    commands = {
        "python": [sys.executable, "-c"],
        "sh": ["sh", "-ec"],
        "console": ["sh", "-ec"],
        "r": ["Rscript", "--vanilla", "-e"],
    }
    if language == "console":
        code = re.sub(r"^\$ ", "", code, flags=re.MULTILINE)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    outcome = subprocess.run(
        [*commands[language], code + more],
        cwd=folder,
        # A locale that knows no UTF-8 shows whether R is told the encoding.
        env={**os.environ, "PATH": path, "LC_ALL": "C", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout


def expect_pandas() -> list[list[str]]:
    claims, actors = dprk_russia.load("claims"), dprk_russia.load("actors")
    countries = claims["asserted_by"].map(actors.set_index("actor_id")["country"])
    counts = countries.fillna("NaN").value_counts()[:5]
    return [[str(country), str(number)] for country, number in counts.items()]


def expect_polars() -> list[list[str]]:
    evidence = dprk_russia.load("evidence")
    rows = evidence[evidence["claim_id"] == "C00132"].astype(object)
    publishers = dprk_russia.load("sources").set_index("source_id")["publisher_id"]
    return [
        [publishers[row["source_id"]], "null" if pd.isna(row["relays_id"]) else row["relays_id"]]
        for row in rows.to_dict("records")
    ]


def expect_duckdb() -> list[list[str]]:
    claims, links = dprk_russia.load("claims"), dprk_russia.load("claim_links")
    denied = claims["claim_id"].isin(links.loc[links["relation"] == "denies", "other_id"])
    topics = denied.groupby(claims["topic_id"]).agg(["size", "sum"]).reset_index()
    topics = topics.sort_values(["sum", "topic_id"], ascending=[False, True]).head()
    return [[str(cell) for cell in row] for row in topics.itertuples(index=False)]


def expect_sqlite() -> list[list[str]]:
    rows = dprk_russia.estimates("kpa-killed")
    rows = rows[rows["scope"].isna()]
    return [[str(day.date()), claim] for day, claim in zip(rows["as_of"], rows["claim_id"], strict=True)]


def expect_pyarrow() -> list[list[str]]:
    counts = dprk_russia.load("claims")["credibility"].value_counts(dropna=False).sort_index()
    rows = [(str(grade).replace("<NA>", "None"), str(count)) for grade, count in counts.items()]
    return [[cell for grade, count in rows for cell in ("credibility", grade, "count_all", count)]]


def expect_datasette() -> list[list[str]]:
    rows = dprk_russia.disagreements()
    rows = rows[rows["topic_id"] == "casualties"]
    return [[claim, other] for claim, other in zip(rows["claim_id"], rows["other_id"], strict=True)]


def expect_r() -> list[list[str]]:
    figures = dprk_russia.load("military_figures").merge(dprk_russia.load("claims"), on="claim_id")
    rows = figures[figures["indicator_id"] == "kpa-killed"].astype(object)
    return [
        [
            row["asserted"],
            row["asserted_by"],
            *("NA" if pd.isna(row[x]) else f"{row[x]:.0f}" for x in ("value_low", "value", "value_high")),
        ]
        for row in rows.to_dict("records")
    ]


EXPECTATIONS: dict[str, Callable[[], list[list[str]]]] = {
    "pandas": expect_pandas,
    "polars": expect_polars,
    "DuckDB": expect_duckdb,
    "SQLite": expect_sqlite,
    "pyarrow": expect_pyarrow,
    "Datasette": expect_datasette,
    "R": expect_r,
}


def test_every_snippet_is_tried() -> None:
    assert list(SNIPPETS) == list(EXPECTATIONS)
    assert SECTION.count("```") == 2 * len(SNIPPETS)


@pytest.mark.parametrize("tool", EXPECTATIONS)
def test_a_snippet_prints_the_rows_that_answer_its_question(downloaded: Path, tool: str) -> None:
    printed = [re.findall(r"""[^\s│┆"',:{}]+""", line) for line in run(tool, downloaded).splitlines()]
    expected = EXPECTATIONS[tool]()
    assert expected
    for cells in expected:
        places = [place for place, words in enumerate(printed) if holds_in_order(words, cells)]
        assert places, f"No line of {printed} shows {cells}."
        del printed[places[0]]
    # What is left is a header, no further row.
    assert not [words for words in printed if holds_in_order(words, expected[0][:1])]
    assert len(printed) <= 8


def holds_in_order(words: list[str], cells: list[str]) -> bool:
    remaining = iter(words)
    return all(cell in remaining for cell in cells)


@pytest.fixture
def odd(specimen: Specimen, tmp_path: Path) -> Path:
    """A folder with the archive of a package whose cells a reader could take for something else."""
    specimen.set(
        "actors", "gazette", country="NA", native_name="북한 🚀", aliases="007; 1e5", description=ODD_TEXT
    )
    package = read_package(specimen.folder)
    archive.write_archive(package, tmp_path / f"{package.name}-{package.version}.zip")
    return tmp_path


@pytest.mark.parametrize("folder", ["downloaded", "odd"])
def test_r_reads_every_cell_of_every_table_as_text(request: pytest.FixtureRequest, folder: str) -> None:
    place: Path = request.getfixturevalue(folder)
    tables = ", ".join(f'"{table}"' for table in dprk_russia.tables())
    # A line for each cell: its bytes, or nothing if it is missing.
    more = f"""
writeLines("---")
for (table in c({tables})) for (cells in read(table)) for (cell in cells)
  writeLines(if (is.na(cell)) "" else paste(charToRaw(enc2utf8(cell)), collapse = ""))
"""
    (path,) = place.glob("*.zip")
    with zipfile.ZipFile(path) as package:
        expected = [
            cell.encode().hex()
            for table in dprk_russia.tables()
            for cells in zip(*read_csv(package.read(f"data/{table}.csv")), strict=True)
            for cell in cells
        ]
    printed = run("R", place, more).split("---\n")[-1]
    assert printed.split("\n")[:-1] == expected


def test_pandas_told_as_in_the_section_reads_csv_cells_as_text(odd: Path) -> None:
    (options,) = re.findall(r"`read_csv\(path, (.*?)\)`", SECTION)
    (path,) = odd.glob("*.zip")
    with zipfile.ZipFile(path) as package, package.open("data/actors.csv") as file:
        actors = eval(f"pd.read_csv(file, {options})", {"pd": pd, "file": file}).set_index("actor_id")  # noqa: S307
    assert actors.loc["gazette", "country"] == "NA"
    assert actors.loc["gazette", "description"] == ODD_TEXT
    assert pd.isna(actors.loc["gazette", "wikidata_id"])


def read_csv(content: bytes) -> list[list[str]]:
    return [*csv.reader(io.StringIO(content.decode(), newline=""))][1:]
