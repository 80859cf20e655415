"""Each rule is broken by single edits, and each edit yields that finding and no other."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from dprk_russia.checks.explanation import find_breaches
from dprk_russia.checks.faults import FAULTS, VERSION_FAULTS, Fault
from dprk_russia.checks.rules import VERSION_RULES
from dprk_russia.checks.validation import validate
from dprk_russia.contract import findings
from dprk_russia.contract.findings import PACKAGE_RULES, RELEASE_RULES, RULES
from dprk_russia.contract.package import MAX_FILE_BYTES, MAX_JSON_BYTES, MAX_LINES
from dprk_russia.tabular.lines import MAX_LINE_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dprk_russia.checks.faults import Specimen
    from dprk_russia.contract.findings import Finding


SOURCE = Path(findings.__file__).parents[1]

pytestmark = pytest.mark.slow


def place(finding: Finding) -> tuple[str, str, int | None, str | None]:
    return (
        finding.rule,
        finding.path.removeprefix("data/").removesuffix(".csv"),
        finding.line,
        finding.column,
    )


def expect(fault: Fault, findings: Sequence[Finding]) -> None:
    """Compare what was found with the one finding that a fault yields."""
    assert list(map(place, findings)) == [(fault.rule, fault.table, fault.line, fault.column)]
    assert fault.message in {None, findings[0].message}


def test_a_version_and_a_release_have_rules_of_their_own() -> None:
    groups = [{rule.group for rule in rules} for rules in (PACKAGE_RULES, RELEASE_RULES)]
    assert groups == [
        {"package", "file", "header", "cell", "key", "row", "across tables"},
        {"release"},
    ]


def test_the_specimen_keeps_every_rule(specimen: Specimen) -> None:
    assert validate(specimen.folder).findings == ()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_one_defect_yields_one_finding_at_its_place(specimen: Specimen, fault: Fault) -> None:
    fault.edit(specimen)
    expect(fault, validate(specimen.folder).findings)


@pytest.mark.parametrize("fault", VERSION_FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_a_faulty_next_version_is_sound_but_for_one_finding(specimen: Specimen, fault: Fault) -> None:
    fault.edit(specimen)
    assert validate(specimen.folder).findings == ()
    expect(fault, find_breaches(fault, specimen))


@pytest.mark.parametrize("fault", VERSION_FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_the_same_step_without_the_fault_keeps_every_rule(specimen: Specimen, fault: Fault) -> None:
    fault.advance(specimen)
    assert validate(specimen.folder).findings == ()
    assert find_breaches(fault, specimen) == ()


def test_every_rule_has_a_fault_that_breaks_it() -> None:
    assert {fault.rule for fault in FAULTS} == {rule.id for rule in PACKAGE_RULES}
    assert {fault.rule for fault in VERSION_FAULTS} == {rule.rule.id for rule in VERSION_RULES}


def test_the_code_names_rules_that_exist() -> None:
    named: set[object] = set()
    for module in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            match node:
                case ast.Subscript(value=ast.Name(id="RULES"), slice=ast.Constant(value=rule)):
                    named.add(rule)
                case ast.Call(
                    func=ast.Attribute(attr="report" | "refuse"), args=[ast.Constant(value=rule), *_]
                ):
                    named.add(rule)
    assert {"ragged-row", "enum", "unsafe-path"} <= named <= RULES.keys()


def test_every_rule_is_named_once_and_told_in_sentences() -> None:
    lines = (Path(findings.__file__).parent / "rules.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) - 1 == len(RULES)
    for rule in RULES.values():
        assert rule.sentence.endswith(".")
        assert rule.hint.endswith(".")
        assert rule.group in get_args(findings.Group)
        assert rule.severity in get_args(findings.Severity)


def test_the_limits_that_rules_tell_are_those_that_are_kept() -> None:
    limits = (MAX_FILE_BYTES, MAX_LINES, MAX_JSON_BYTES)
    assert [f"{limit:,}" in RULES["file-too-large"].sentence for limit in limits] == [True] * 3
    assert f"{MAX_LINE_BYTES:,}" in RULES["cell-too-large"].sentence
