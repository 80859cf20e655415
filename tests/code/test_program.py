"""The program is the command in a process that ends with it."""

from __future__ import annotations

import gc
import runpy
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dprk_russia import __main__ as program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Run


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    gc.unfreeze()
    threshold = gc.get_threshold()
    yield
    gc.set_threshold(*threshold)
    gc.unfreeze()


def test_the_program_ends_with_the_code_of_the_command_and_leaves_no_garbage_to_look_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.argv", ["dprk-russia", "rules", "no-such-rule"])
    with pytest.raises(SystemExit) as ended:
        program.run()
    assert ended.value.code == 2
    assert gc.get_freeze_count() > 0
    assert gc.get_threshold()[0] == program.OBJECTS


def test_the_command_leaves_the_process_as_it_found_it(run: Run) -> None:
    threshold = gc.get_threshold()
    run("rules")
    assert gc.get_freeze_count() == 0
    assert gc.get_threshold() == threshold


@pytest.mark.parametrize(("name", "runs"), [("__main__", 1), ("dprk_russia.__main__", 0)])
def test_the_command_is_run_when_the_module_is_and_not_when_it_is_imported(
    monkeypatch: pytest.MonkeyPatch, name: str, runs: int
) -> None:
    made: list[None] = []
    monkeypatch.setattr("dprk_russia.cli.command.main", lambda: made.append(None))
    runpy.run_path(program.__file__, run_name=name)
    assert len(made) == runs


def test_the_program_is_a_module_that_can_be_run() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "dprk_russia", "--version"], capture_output=True, text=True, check=True
    )
    assert ended.stdout.startswith("dprk-russia ")
