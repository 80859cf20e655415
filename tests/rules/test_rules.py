"""Each rule speaks where a case marks a row, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dprk_russia.checks.rests import read_rest
from dprk_russia.checks.rules import ROW_RULES, TABLE_RULES, VERSION_RULES
from dprk_russia.contract.findings import RULES
from dprk_russia.contract.package import installed_package
from dprk_russia.record.measures import read_measures
from rules import across, dates, doubles, evidence, figures, links, parts, rows, versions, words
from rules.bench import Case, VersionCase, agrees

if TYPE_CHECKING:
    from dprk_russia.checks.rules.kinds import AcrossRule, RowRule, SearchRule
    from dprk_russia.versions.changes import Comparison

CASES: list[Case] = [
    *rows.CASES, *across.CASES, *dates.CASES, *doubles.CASES, *evidence.CASES, *figures.CASES, *parts.CASES,
    *links.CASES, *words.CASES,
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_speaks_of_the_marked_rows_alone(case: Case) -> None:
    tables = case.load()
    found, expected = case.find(tables), case.expected()
    assert agrees(found, expected), found
    assert {skipped.what: skipped.why for skipped in tables.skipped} == case.skipped


@pytest.mark.parametrize("case", versions.CASES, ids=str)
def test_a_rule_between_versions_speaks_of_the_marked_rows_alone(case: VersionCase) -> None:
    assert case.found() == case.expected()


@pytest.mark.parametrize("rule", [*ROW_RULES, *TABLE_RULES, *VERSION_RULES], ids=lambda rule: rule.id)
def test_all_that_a_rule_rests_on_is_in_the_schemas(
    rule: RowRule | AcrossRule | SearchRule[Comparison],
) -> None:
    for rest in map(read_rest, rule.rests):
        if rest.table not in read_measures():
            assert rest.stands_in(installed_package().table(rest.table)), rest.text


def test_of_a_cycle_one_reference_is_not_known() -> None:
    case = Case(
        "actor-cycle",
        "two actors are each the other's parent",
        """
        actors  actor_id  parent_id
                one       other      !
                other     one
        """,
    )
    tables = case.load()
    assert len(case.find(tables)) == 1
    assert tables.unknown["actors.parent_id"] == 1


def test_every_rule_has_a_case_in_which_it_speaks_and_one_in_which_it_is_silent() -> None:
    wanted = {
        rule.id for rule in RULES.values() if rule.group in {"row", "across tables", "between versions"}
    }
    cases: list[Case | VersionCase] = [*CASES, *versions.CASES]
    assert {case.rule for case in cases if case.expected()} >= wanted
    assert {case.rule for case in cases if case.is_silent} >= wanted


@pytest.mark.parametrize(
    ("name", "table", "columns"),
    [
        ("claim-without-read-evidence", "claims", {"claim_id"}),
        ("claim-without-read-evidence", "evidence", {"claim_id", "source_id"}),
        ("claim-without-read-evidence", "sources", {"read"}),
        ("claim-without-read-evidence", "topics", set()),
        ("retired-id-reused", "claims", set()),
        ("retired-id-reused", "retired_ids", {"old_id", "table"}),
    ],
)
def test_a_rule_reads_the_columns_of_a_table_that_it_rests_on(
    name: str, table: str, columns: set[str]
) -> None:
    rule = next(rule for rule in TABLE_RULES if rule.id == name)
    assert rule.list_columns(table) == columns
