"""The section of the README on other tools, and the tour in them: each snippet runs in a release and answers what it asks."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pandas as pd
import polars as pl
import pytest

import dprk_russia
from dprk_russia import release
from dprk_russia.checks.faults import Specimen
from dprk_russia.contract.package import read_package
from dprk_russia.record.questions import read_questions
from dprk_russia.record.run import Record
from dprk_russia.release.formats import archive
from dprk_russia.tabular.loading import read_frames

if TYPE_CHECKING:
    from collections.abc import Callable

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SECTION = README.split("\n## Loading elsewhere\n")[1].split("\n## ")[0]
SNIPPET = re.compile(
    r"^\*\*(?P<tool>.+?)\*\*.*?^```(?P<language>\w+)\n(?P<code>.*?)^```", re.DOTALL | re.MULTILINE
)
SNIPPETS = {found["tool"]: (found["language"], found["code"]) for found in SNIPPET.finditer(SECTION)}
TOUR = (Path(__file__).parents[2] / "docs" / "tour-elsewhere.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(python|r)\n(.*?)^```", re.DOTALL | re.MULTILINE)
ODD_TEXT = "=1+1 'a' \"b\", c\\n # null\n true "
PROGRAMS = {"SQLite": "sqlite3", "R": "Rscript"}  # What a package of Python cannot bring along.
PACKAGES = {"sqlite3": "sqlite3", "Rscript": "r-base-core"}


@pytest.fixture(scope="module")
def downloaded(real_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(real_release, tmp_path_factory.mktemp("snippets") / "dist")
    (archive,) = folder.glob("*.zip")
    shutil.unpack_archive(archive, folder)
    return folder


def run(tool: str, folder: Path, more: str = "") -> str:
    """Return what the snippet of a tool, and `more` of its language, prints in a folder."""
    require(PROGRAMS.get(tool))
    language, code = SNIPPETS[tool]
    return execute(language, code + more, folder)


def require(program: str | None) -> None:
    """Leave a test out where a program is not installed."""
    if program and not shutil.which(program):
        pytest.skip(
            f"{program} is not installed, so that its snippet is not tried (Debian: {PACKAGES[program]})"
        )


def execute(language: str, code: str, folder: Path) -> str:
    """Return what code prints in a folder."""
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
        [*commands[language], code],
        cwd=folder,
        # A locale that knows no UTF-8 shows whether R is told the encoding.
        env={**os.environ, "PATH": path, "LC_ALL": "C", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout


def expect_two_tables() -> list[list[str]]:
    evidence = dprk_russia.load("evidence")
    rows = evidence[evidence["claim_id"] == "C00132"].astype(object)
    publishers = dprk_russia.load("sources").set_index("source_id")["publisher_id"]
    return [
        [publishers[row["source_id"]], "null" if pd.isna(row["relays_id"]) else row["relays_id"]]
        for row in rows.to_dict("records")
    ]


def expect_killed() -> list[list[str]]:
    (question,) = (question for question in read_questions() if question.name == "killed")
    rows = dprk_russia.estimates(current=True)
    rows = rows[rows["indicator_id"].isin(question.indicators) & rows["scope"].isna()].astype(object)
    return [
        [str(row["as_of"].date()), row["speaker_id"], row["bound"], f"{row['number']:.0f}", row["claim_id"]]
        for row in rows.to_dict("records")
    ]


def expect_pyarrow() -> list[list[str]]:
    counts = dprk_russia.load("claims")["credibility"].value_counts(dropna=False).sort_index()
    rows = [(str(grade).replace("<NA>", "None"), str(count)) for grade, count in counts.items()]
    return [[cell for grade, count in rows for cell in ("credibility", grade, "count_all", count)]]


def expect_datasette() -> list[list[str]]:
    rows = dprk_russia.disagreements()
    rows = rows[rows["topic_id"] == "casualties"]
    return [[claim, other] for claim, other in zip(rows["claim_id"], rows["other_id"], strict=True)]


EXPECTATIONS: dict[str, Callable[[], list[list[str]]]] = {
    **dict.fromkeys(["pandas", "polars", "DuckDB", "SQLite", "R"], expect_killed),
    "Two tables": expect_two_tables,
    "pyarrow": expect_pyarrow,
    "Datasette": expect_datasette,
}


def test_every_snippet_is_tried() -> None:
    assert list(SNIPPETS) == [*EXPECTATIONS, "No guesses"]
    assert SECTION.count("```") == 2 * len(SNIPPETS)


@pytest.mark.parametrize("tool", EXPECTATIONS)
def test_a_snippet_prints_the_rows_that_answer_its_question(downloaded: Path, tool: str) -> None:
    assert_shows(run(tool, downloaded), EXPECTATIONS[tool]())


def assert_shows(text: str, expected: list[list[str]]) -> None:
    """Fail unless a text has a line for each row, with its cells in their order, and no line of another row."""
    # Tools differ in whether they write the point of a whole number.
    written = re.sub(r"\.0\b", "", text)
    printed = [re.findall(r"""[^\s│┆"',:{}]+""", line) for line in written.splitlines()]
    assert expected
    for cells in expected:
        places = [place for place, words in enumerate(printed) if holds_in_order(words, cells)]
        assert places, f"No line of {printed} shows {cells}."
        del printed[places[0]]
    # What is left is a header, no further row.
    assert not [words for words in printed if holds_in_order(words, expected[0][:1])]
    assert len(printed) <= 8


def expect_standing() -> list[list[str]]:
    rows = dprk_russia.estimates("kpa-casualties", current=True)
    return list_cells(rows[rows["scope"].isna()], "as_of", "speaker_id", "bound", "number", "claim_id")


def expect_known() -> list[list[str]]:
    rows = dprk_russia.answer("kpa-casualties", known_by="2024-12-31")
    return list_cells(rows, "side", "as_of", "speaker_id", "bound", "number")


def expect_echoes() -> list[list[str]]:
    rows = dprk_russia.echoes().head(5)
    return list_cells(rows, "claim_id", "speaker_id", "carriers_read", "departures")


def expect_changes() -> list[list[str]]:
    claims = dprk_russia.estimates("kpa-casualties")["claim_id"]
    rows = dprk_russia.distortions()
    changes = rows.loc[rows["claim_id"].isin(claims), "rendering"].astype(object).fillna("misreported")
    return [[str(change), str(count)] for change, count in changes.value_counts().items()]


def list_cells(rows: pd.DataFrame, *columns: str) -> list[list[str]]:
    """Return some columns as every tool writes them, without what is missing."""
    days = rows[list(columns)].astype(object)
    return [
        [
            str(cell.date()) if isinstance(cell, datetime) else f"{cell:.0f}" if isinstance(cell, float) else str(cell)
            for cell in row
            if not pd.isna(cell)
        ]
        for row in days.itertuples(index=False)
    ]  # fmt: skip


STEPS = {
    "Load": expect_standing,
    "What was known on 31 December 2024": expect_known,
    "The loudest echoes": expect_echoes,
    "What carriers changed": expect_changes,
}


@pytest.mark.parametrize(("language", "mark"), [("python", 'print("---")\n'), ("r", 'writeLines("---")\n')])
def test_the_tour_elsewhere_shows_what_the_data_show(downloaded: Path, language: str, mark: str) -> None:
    require("Rscript" if language == "r" else None)
    sections = {part.partition("\n")[0]: part for part in TOUR.split("\n## ")[1:]}
    blocks = {
        title: code
        for title, part in sections.items()
        for spoken, code in BLOCK.findall(part)
        if spoken == language
    }
    assert set(STEPS) <= set(blocks)
    shown = execute(language, "".join(code + mark for code in blocks.values()), downloaded).split("---\n")
    for title, text in zip(blocks, shown, strict=False):
        if title in STEPS:
            assert_shows(text, STEPS[title]())
        else:
            assert (downloaded / "casualties.pdf").read_bytes().startswith(b"%PDF")


def test_every_snippet_of_the_tour_elsewhere_is_tried() -> None:
    assert TOUR.count("```") == 2 * len(BLOCK.findall(TOUR))
    assert len(BLOCK.findall(TOUR)) == 2 * len(STEPS) + 1


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
    record = Record(read_frames(package), package)
    views = {name: record.frame(name) for name in ("estimates", "sides")}
    archive.write_archive(package, tmp_path / f"{package.name}-{package.version}.zip", views)
    return tmp_path


@pytest.mark.parametrize("folder", ["downloaded", "odd"])
def test_r_reads_every_cell_of_every_table_as_text(request: pytest.FixtureRequest, folder: str) -> None:
    place: Path = request.getfixturevalue(folder)
    (path,) = place.glob("*.zip")
    with zipfile.ZipFile(path) as package:
        files = [name for name in package.namelist() if name.endswith(".csv")]
        expected = [
            cell.encode().hex()
            for name in files
            for cells in zip(*read_csv(package.read(name)), strict=True)
            for cell in cells
        ]
    paths = ", ".join(f'"{name}"' for name in files)
    # A line for each cell: its bytes, or nothing if it is missing.
    more = f"""
writeLines("---")
for (path in c({paths})) for (cells in read(path)) for (cell in cells)
  writeLines(if (is.na(cell)) "" else paste(charToRaw(enc2utf8(cell)), collapse = ""))
"""
    printed = run("R", place, more).split("---\n")[-1]
    assert printed.split("\n")[:-1] == expected


@pytest.fixture(scope="module", params=["real data", "no rows"])
def unpacked(
    request: pytest.FixtureRequest, downloaded: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A folder with all files of a release; under `no rows` one table has none."""
    if request.param == "real data":
        return downloaded
    specimen = Specimen(tmp_path_factory.mktemp("empty") / "package")
    specimen.save("retired_ids", specimen.rows("retired_ids")[:1])
    out = specimen.folder.parent / "dist"
    release.build(specimen.folder, out, lambda _: None)
    (archive_path,) = out.glob("*.zip")
    shutil.unpack_archive(archive_path, out)
    return out


GUESSLESS = re.findall(r"^(?:pl|duckdb)\..*$", SNIPPETS["No guesses"][1], re.MULTILINE)


@pytest.mark.parametrize("line", GUESSLESS)
def test_polars_and_duckdb_read_every_file_by_the_line_of_the_section(
    unpacked: Path, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(unpacked)
    for path in sorted(unpacked.glob("jsonl/*.jsonl")):
        (file,) = unpacked.glob(f"d*/{path.stem}.csv")
        own = line.replace("data/claims.csv", str(file.relative_to(unpacked))).replace("claims", path.stem)
        read = eval(own, {"pl": pl, "duckdb": duckdb})  # noqa: S307
        found = read.rows() if isinstance(read, pl.DataFrame) else read.fetchall()
        if "csv" in line:
            expected = [tuple(cell or None for cell in row) for row in read_csv(file.read_bytes())]
            assert found == expected, path.stem
        else:
            table = pl.read_parquet(unpacked / "parquet" / f"{path.stem}.parquet").rows()
            assert list(map(write_row, found)) == list(map(write_row, table)), path.stem


def write_row(row: tuple[object, ...]) -> list[str]:
    """Return cells as text; a day is that of its first moment."""
    return [
        str(cell.date() if isinstance(cell, datetime) else float(cell) if isinstance(cell, int) else cell)
        for cell in row
    ]


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
