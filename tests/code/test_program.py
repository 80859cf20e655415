"""The program is the command in a process that ends with it."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from dprk_russia import __main__ as program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Run


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_the_program_ends_with_the_code_of_the_command_and_leaves_no_garbage_to_look_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.argv", ["dprk-russia", "rules", "no-such-rule"])
    with pytest.raises(SystemExit) as ended:
        program.run()
    assert ended.value.code == 2
    assert gc.get_freeze_count() > 0


def test_the_command_leaves_the_process_as_it_found_it(run: Run) -> None:
    run("rules")
    assert gc.get_freeze_count() == 0
