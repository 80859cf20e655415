"""Runs chosen tests over one mutant in a process of its own, which is forked from one that has imported the libraries already."""

from __future__ import annotations

import gc
import importlib
import os
import resource
import signal
import sys
import time
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from mutants.changes import apply
from mutants.repository import PACKAGE, copy_repository, make_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import pytest

    from mutants.changes import Mutant
    from mutants.reach import Witness

# What the code and its tests import from others; to import it takes longer than most tests.
LIBRARIES = (
    "click.testing", "duckdb", "frictionless", "hypothesis", "junitparser", "numpy", "pandas", "pandera.pandas",
    "pyarrow.csv", "pyarrow.parquet", "pytest", "sqlglot", "xlsxwriter",
)  # fmt: skip
# Tests are run in portions of so many seconds: each is a new process, and most mutants do not live to the second. What a test
# would tell only after these is not asked, so that too few are called noticed rather than too many.
PORTIONS = (1.5, 15.0)
# A run of tests may take so many times as long as without the change, and so many seconds more.
PATIENCE, START = 5, 30
MAX_MEMORY = 8 << 30
_PASSED = 0
_NOTHING_RAN = 5


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant and the tests that can tell of it, in the order in which they are asked."""

    mutant: Mutant
    tests: tuple[Witness, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a test notices a mutant, and how many tests were asked."""

    mutant: Mutant
    survives: bool
    asked: int


class Chosen:
    """A plugin of pytest that runs some tests alone, in the order in which they are given."""

    def __init__(self, tests: Iterable[str]) -> None:
        self._places = {test: place for place, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        chosen = [item for item in items if item.nodeid in self._places]
        items[:] = sorted(chosen, key=lambda item: self._places[item.nodeid])


class Bench:
    """A copy of the repository in which one module at a time is exchanged for a mutant."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        copy_repository(self.folder)
        self._changed = 0
        self._sound: set[str] = set()
        for library in LIBRARIES:
            importlib.import_module(library)
        # What is compiled once need not be compiled for every mutant.
        sys.dont_write_bytecode = False
        # What is here already need not be looked through for garbage in every process.
        gc.freeze()

    def judge(self, trial: Trial) -> Verdict:
        """Run the tests of a trial, portion by portion, until one of them fails."""
        file = self.folder / PACKAGE / trial.mutant.path
        kept = file.read_bytes()
        asked = 0
        self._demand_soundness(trial)
        try:
            self._write(file, apply(trial.mutant, kept.decode()).encode())
            for portion in _divide(trial.tests, PORTIONS):
                asked += len(portion)
                if not self.passes(portion):
                    return Verdict(trial.mutant, survives=False, asked=asked)
        finally:
            self._write(file, kept)
        return Verdict(trial.mutant, survives=True, asked=asked)

    def _demand_soundness(self, trial: Trial) -> None:
        """Raise RuntimeError if the first tests of a module fail though nothing is changed."""
        path = trial.mutant.path
        if path not in self._sound:
            for portion in islice(_divide(trial.tests, PORTIONS), 1):
                if not self.passes(portion):
                    raise RuntimeError(f"tests of {path} fail though nothing is changed")
            self._sound.add(path)

    def _write(self, file: Path, content: bytes) -> None:
        """Write a module, with a time of its own, so that no compiled form of another content is taken for it."""
        file.write_bytes(content)
        self._changed += 1
        os.utime(file, (self._changed, self._changed))

    def passes(self, tests: list[Witness]) -> bool:
        """Tell whether all of some tests pass in a process of their own, in due time."""
        seconds = START + PATIENCE * sum(test.seconds for test in tests)
        child = os.fork()
        if not child:
            _run_in_child(lambda: self._run([test.id for test in tests]))
        code = _wait(child, seconds)
        if code == _NOTHING_RAN:
            raise RuntimeError(f"none of these tests was found: {', '.join(test.id for test in tests[:5])}")
        return code == _PASSED

    def _run(self, tests: list[str]) -> int:
        import pytest

        os.chdir(self.folder)
        environment = make_environment(self.folder)
        # To look for plugins of others takes longer than most tests.
        os.environ.update(environment | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"})
        sys.path[:0] = environment["PYTHONPATH"].split(os.pathsep)
        files = dict.fromkeys(test.partition("::")[0] for test in tests)
        options = ["-x", "-o", "addopts=--import-mode=importlib", "-p", "no:cacheprovider"]
        return pytest.main(
            [*options, f"--basetemp={self.folder}/.temporary", *files], plugins=[Chosen(tests)]
        )


def _divide(tests: Iterable[Witness], portions: Iterable[float]) -> Iterator[list[Witness]]:
    """Yield the tests in portions, each of which reaches to so many seconds; what lies beyond the last is left out."""
    limits = iter(portions)
    limit = next(limits)
    portion: list[Witness] = []
    seconds = 0.0
    for test in tests:
        seconds += test.seconds
        while seconds > limit and portion:
            yield portion
            portion = []
            limit = next(limits, 0)
            if not limit:
                return
        portion.append(test)
    if portion:
        yield portion


def _run_in_child(run: Callable[[], int]) -> None:
    """Run something without output, in a group of processes of its own, and end this process with what it returns."""
    code = 1
    try:
        os.setsid()
        quiet = os.open(os.devnull, os.O_RDWR)
        for descriptor in range(3):
            os.dup2(quiet, descriptor)
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        code = int(run())
    finally:
        os._exit(code)


def _wait(child: int, seconds: float) -> int:
    """Return the code with which a child ends, or -1 after ending it and all its own because it takes too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -1
