"""Each rule speaks where a case marks a row, and nowhere else."""

from __future__ import annotations

import pytest

from dprk_russia.contract.findings import RULES
from rules import across, evidence, figures, links, rows, versions
from rules.bench import Case, VersionCase, agrees

CASES: list[Case] = [*rows.CASES, *across.CASES, *evidence.CASES, *figures.CASES, *links.CASES]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_speaks_of_the_marked_rows_alone(case: Case) -> None:
    tables = case.load()
    found, expected = case.find(tables), case.expected()
    assert agrees(found, expected), found
    assert tables.skipped == case.skipped


@pytest.mark.parametrize("case", versions.CASES, ids=str)
def test_a_rule_between_versions_speaks_of_the_marked_rows_alone(case: VersionCase) -> None:
    assert case.found() == case.expected()


def test_every_rule_has_a_case_in_which_it_speaks_and_one_in_which_it_is_silent() -> None:
    wanted = {
        rule.id for rule in RULES.values() if rule.group in {"row", "across tables", "between versions"}
    }
    cases: list[Case | VersionCase] = [*CASES, *versions.CASES]
    assert {case.rule for case in cases if case.expected()} >= wanted
    assert {case.rule for case in cases if case.is_silent} >= wanted
