"""What works with click and pandas alone, and which extra is named for what does not."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from dprk_russia.checks.faults import Specimen
from dprk_russia.contract.errors import EXTRAS, explain_missing
from dprk_russia.contract.package import installed_package
from dprk_russia.tabular.loading import read_frame, read_sound_text
from dprk_russia.tabular.reading import read_text

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[2] / "pyproject.toml"
COMES_WITH = {"markupsafe": "jinja2"}

HIDING = """
import sys
hidden, *arguments = sys.argv[1:]
class Hider:
    def find_spec(self, name, *_):
        if name in hidden.split(","):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Hider())
from dprk_russia.cli.command import main
main(arguments)
"""


def run(*arguments: object, hidden: str = ",".join(EXTRAS)) -> subprocess.CompletedProcess[str]:
    """Run the command where some libraries cannot be imported."""
    command = [sys.executable, "-c", HIDING, hidden, *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["describe"], "assessments"),
        (["describe", "claims.kind"], "Rejects an earlier assertion."),
        (["describe", "kpa-killed"], "KPA killed"),
        (["cite", "C00132"], "C00132"),
        (["show", "C00132"], "Where it comes from"),
        (["show", "kpa-killed", "--json"], '"kind": "indicator"'),
        (["search", "국가정보원"], "National Intelligence Service"),
        (["rules"], "foreign-key"),
        (["rules", "enum"], "  What is found cannot be shown: pyarrow is not installed"),
        (["rules", "id-vanished"], "  found  "),
        (["sql", "estimates"], "CREATE"),
        (["--version"], "data "),
    ],
)
def test_what_reads_the_installed_data_needs_no_extra(arguments: list[str], told: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert told in done.stdout


def test_a_chart_as_svg_needs_no_extra(tmp_path: Path) -> None:
    done = run("chart", "kpa-killed", "--out", tmp_path / "killed.svg")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "killed.svg").read_text(encoding="utf-8").startswith("<svg")


def test_changes_are_the_same_without_pyarrow(specimen: Specimen, tmp_path: Path) -> None:
    later = Specimen(tmp_path / "later")
    later.set("claims", "C00001", note='A "note", another.')
    later.set("actors", "gazette", description="")
    later.remove("claims", "C00009")
    arguments = ["diff", specimen.folder, later.folder, "--format", "json"]
    plain, full = run(*arguments), run(*arguments, hidden="antigravity")
    assert (plain.returncode, plain.stdout) == (full.returncode, full.stdout)
    assert len(json.loads(plain.stdout)["changes"]) >= 3


def test_a_file_with_a_fault_is_not_compared_without_pyarrow(specimen: Specimen, tmp_path: Path) -> None:
    later = Specimen(tmp_path / "later")
    with (later.folder / "data" / "topics.csv").open("a", encoding="utf-8") as file:
        file.write("one cell\n")
    done = run("diff", specimen.folder, later.folder)
    assert "not compared: topics" in done.stdout
    assert done.returncode == run("diff", specimen.folder, later.folder, hidden="antigravity").returncode


def test_both_readers_give_the_same_text_of_a_sound_file(specimen: Specimen) -> None:
    from dprk_russia.contract.package import read_package

    package = read_package(specimen.folder)
    for table in package.tables:
        plain, full = read_sound_text(table, package.folder), read_text(table, package.folder)
        assert (plain.readable, plain.absent) == (full.readable, full.absent) == (True, frozenset())
        assert plain.frame.astype(object).equals(full.frame.astype(object))
        assert list(plain.frame.index) == list(full.frame.index)


def test_words_that_pandas_takes_for_missing_cells_are_text(specimen: Specimen) -> None:
    specimen.set("actors", "gazette", country="NA", description="null")
    frame = read_frame(installed_package().table("actors"), specimen.folder)
    (row,) = frame[frame["actor_id"] == "gazette"].to_dict("records")
    assert (row["country"], row["description"]) == ("NA", "null")


@pytest.mark.parametrize(("beyond", "readable"), [(0, True), (1, False)])
def test_a_file_beyond_the_limit_is_not_readable(
    specimen: Specimen, monkeypatch: pytest.MonkeyPatch, *, beyond: int, readable: bool
) -> None:
    limit = specimen.path("topics").stat().st_size - beyond
    monkeypatch.setattr("dprk_russia.tabular.loading.MAX_FILE_BYTES", limit)
    assert read_sound_text(installed_package().table("topics"), specimen.folder).readable == readable


@pytest.mark.parametrize(
    ("arguments", "hidden", "extra"),
    [
        (["validate"], "pyarrow", "validate"),
        (["validate"], "pandera", "validate"),
        (["sql", "--dialect", "duckdb"], "sqlglot", "sql"),
        (["site"], "jinja2", "site"),
        (["chart", "kpa-killed", "--out", "killed.png"], "typst", "charts"),
    ],
)
def test_what_is_missing_is_told_with_the_extra_that_installs_it(
    specimen: Specimen, arguments: list[str], hidden: str, extra: str
) -> None:
    place = [specimen.folder] if arguments == ["validate"] else []
    done = run(*arguments, *place, hidden=hidden)
    assert done.returncode == 2
    assert done.stderr == f"dprk-russia: {hidden} is not installed; run: pip install 'dprk-russia[{extra}]'\n"


@pytest.mark.parametrize("library", EXTRAS)
def test_the_extra_that_is_named_installs_the_library(library: str) -> None:
    extras = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    command = explain_missing(ModuleNotFoundError(name=f"{library}.part"))
    extra = command.partition("dprk-russia[")[2].removesuffix("]'")
    installed = {re.split(r"\W", requirement)[0].lower() for requirement in extras[extra]}
    assert COMES_WITH.get(library, library) in installed


def test_validation_needs_neither_frictionless_nor_what_only_a_build_needs(specimen: Specimen) -> None:
    hidden = ",".join(name for name, extra in EXTRAS.items() if extra != "validate")
    done = run("validate", specimen.folder, hidden=hidden)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_library_that_no_extra_has_is_named_itself() -> None:
    assert (
        explain_missing(ModuleNotFoundError(name="click.core"))
        == "click is not installed; run: pip install click"
    )
