from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

import pytest

from dprk_russia.checks.faults import Specimen
from dprk_russia.cli.command import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    Run = Callable[..., "Outcome"]


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


@pytest.fixture
def specimen(tmp_path: Path) -> Specimen:
    return Specimen(tmp_path / "package")


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
