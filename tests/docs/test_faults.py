"""The table of faults tells of every fault there is."""

from __future__ import annotations

from pathlib import Path

from dprk_russia.checks.faults import FAULTS

TABLE = (Path(__file__).parents[2] / "docs" / "faults.md").read_text(encoding="utf-8")


def test_the_table_of_faults_names_every_fault() -> None:
    named = [line.split(" | ")[1:3] for line in TABLE.splitlines() if line.startswith("| ")]
    assert [[fault.rule, fault.name] for fault in FAULTS if [fault.rule, fault.name] not in named] == []


def test_this_validator_finds_every_fault_at_its_place() -> None:
    assert f"| dprk-russia | {len(FAULTS)} | {len(FAULTS)} |" in TABLE
