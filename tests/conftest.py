from __future__ import annotations

import fcntl
import gc
import io
import os
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import settings

from dprk_russia import release
from dprk_russia.checks import rules, validation
from dprk_russia.checks.faults import Specimen
from dprk_russia.checks.faults.specimen import DATA as SPECIMEN
from dprk_russia.checks.rules import ROW_RULES
from dprk_russia.cli.command import main
from dprk_russia.contract.package import installed_package
from dprk_russia.release import artefacts
from dprk_russia.release.edition import Edition, read_edition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor
    from pathlib import Path

    from dprk_russia.checks.inspection import Inspection
    from dprk_russia.contract.package import Package
    from dprk_russia.contract.schema import Table

    Run = Callable[..., "Outcome"]


# What tests leave behind is looked for seldom: looking for it at every turn takes longer than many of them.
gc.set_threshold(100_000, 50, 50)

# How long an example takes says more of the machine than of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

FEW = {"the Data Package", "SQLite", "the citation file", "Zenodo metadata"}


class Outcome(NamedTuple):
    """The exit code of a command and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def output(self) -> str:
        return self.out + self.err


class Terminal(io.StringIO):
    """Answers typed at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="session", autouse=True)
def untouched_tables() -> Iterator[None]:
    """Inspect the tables of the specimen once in each process: a test pays for those that it changes."""
    inspect_each = validation._inspect_each
    known: dict[str, Inspection] = {}

    def inspect_touched(contract: Package, workers: Executor) -> dict[str, Inspection]:
        if not known:
            known.update(inspect_each(replace(installed_package(), folder=SPECIMEN.parent), workers))
        touched = tuple(table for table in contract.tables if not is_untouched(table, contract.folder))
        inspected = inspect_each(replace(contract, tables=touched), workers) if touched else {}
        return {
            table.name: inspected.get(table.name) or replace(known[table.name], findings=[], wrong=set())
            for table in contract.tables
        }

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(validation, "_inspect_each", inspect_touched)
        yield


def is_untouched(table: Table, folder: Path) -> bool:
    """Tell whether a table, its contract and its rules are those of the specimen."""
    file, original = folder / table.path, SPECIMEN / f"{table.name}.csv"
    if table not in installed_package().tables or rules.ROW_RULES is not ROW_RULES or not original.is_file():
        return False
    try:
        # A table may have been put where nothing can be read to its end.
        return (
            file.is_file()
            and file.stat().st_size == original.stat().st_size
            and file.read_bytes() == original.read_bytes()
        )
    except OSError:
        return False


@pytest.fixture
def specimen(tmp_path: Path) -> Specimen:
    return Specimen(tmp_path / "package")


def build_once(source: Callable[[], Path], out: Path) -> Path:
    """Build a release where no other process of this run of tests has built it."""
    with out.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            release.build(source(), out, lambda _: None)
    return out


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run of tests share, for what is not changed once it is written."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    return folder


@pytest.fixture(scope="session")
def specimen_release(shared: Path) -> Path:
    """The release of the specimen, in a folder beside its package."""
    folder = shared / "specimen"
    folder.mkdir(exist_ok=True)
    return build_once(lambda: Specimen(folder / "package").folder, folder / "dist")


@pytest.fixture(scope="session")
def echoing_release(shared: Path) -> Path:
    """The release of the specimen with an echo, so that every derived frame has rows, in a folder beside its package."""
    folder = shared / "echoing"
    folder.mkdir(exist_ok=True)

    def make_package() -> Path:
        specimen = Specimen(folder / "package")
        relayed = {"relays_id": "gazette-2024-12-16", "attribution": "named"}
        specimen.add("evidence", claim_id="C00001", source_id="bureau-2024-12-19", **relayed)
        return specimen.folder

    return build_once(make_package, folder / "dist")


@pytest.fixture(scope="session")
def real_release(shared: Path) -> Path:
    """The release of the data."""
    return build_once(lambda: installed_package().folder, shared / "dist")


@pytest.fixture
def left_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let builds write the Data Package, SQLite and metadata alone, and return the titles of what they leave out."""
    titles = sorted({*artefacts.ARTEFACTS} - FEW)
    for title in titles:
        monkeypatch.delitem(artefacts.ARTEFACTS, title)
    return titles


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The edition of the data."""
    return read_edition(installed_package().folder)


@pytest.fixture(scope="session", params=["specimen", pytest.param("real package", marks=pytest.mark.slow)])
def released(request: pytest.FixtureRequest) -> tuple[Edition, Path]:
    """The edition of the specimen, with an echo, or of the data, and its release."""
    if request.param == "specimen":
        out: Path = request.getfixturevalue("echoing_release")
        return read_edition(out.parent / "package"), out
    return request.getfixturevalue("edition"), request.getfixturevalue("real_release")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in this process; with `answers`, at a terminal that gives one to each prompt."""

    def run_command(*arguments: object, answers: Iterable[str] | None = None) -> Outcome:
        if answers is not None:
            monkeypatch.setattr("sys.stdin", Terminal("".join(f"{answer}\n" for answer in answers)))
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main([str(argument) for argument in arguments])
        return Outcome(int(str(stopped.value.code or 0)), *capsys.readouterr())

    return run_command
