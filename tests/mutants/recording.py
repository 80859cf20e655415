"""A plugin of pytest that writes for each test that passes how long it takes and which blocks it reaches."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import _probe  # type: ignore[import-not-found]
import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

# What a fixture took to be made, which a test that is run alone would have to wait for, and what it reached.
_fixtures: dict[str, tuple[float, set[str]]] = {}


def pytest_collection_finish() -> None:
    """Note what was reached while modules were imported, which belongs to no test."""
    line = json.dumps({"id": "", "seconds": 0, "blocks": sorted(_probe.blocks)})
    Path(os.environ["REACHED"], f"{os.getpid()}-imported.jsonl").write_text(f"{line}\n", encoding="utf-8")


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
    if fixturedef.scope == "function":
        return (yield)
    began, before = time.perf_counter(), set(_probe.blocks)
    _probe.blocks.clear()
    made = yield
    _fixtures[fixturedef.argname] = (time.perf_counter() - began, set(_probe.blocks))
    _probe.blocks.update(before)
    return made


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    folder = Path(os.environ["REACHED"], f"{os.getpid()}")
    folder.mkdir(exist_ok=True)
    os.environ[_probe.FOLDER] = str(folder)
    _probe.blocks.clear()
    began = time.perf_counter()
    outcome = yield
    seconds = time.perf_counter() - began
    blocks = set(_probe.blocks)
    for name in getattr(item, "fixturenames", ()):
        taken, reached = _fixtures.get(name, (0, set()))
        seconds, blocks = max(seconds, taken), blocks | reached
    for file in folder.iterdir():
        blocks.update(file.read_text(encoding="utf-8").splitlines())
        file.unlink()
    if item.stash.get(_PASSED, True):
        line = json.dumps({"id": item.nodeid, "seconds": seconds, "blocks": sorted(blocks)})
        with folder.with_suffix(".jsonl").open("a", encoding="utf-8") as lines:
            lines.write(f"{line}\n")
    return outcome


_PASSED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[_PASSED] = item.stash.get(_PASSED, True) and report.passed
    return report
