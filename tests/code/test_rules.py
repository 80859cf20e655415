"""Each rule is broken by single edits, and each edit yields that finding and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dprk_russia.explanation import find_breaches
from dprk_russia.faults import FAULTS, VERSION_FAULTS, Fault, VersionFault
from dprk_russia.rules import VERSION_RULES
from dprk_russia.validation import ALL_RULES, RULES, validate

if TYPE_CHECKING:
    from dprk_russia.faults import Specimen


def test_the_specimen_keeps_every_rule(specimen: Specimen) -> None:
    assert validate(specimen.folder).findings == ()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_one_defect_yields_one_finding_at_its_place(specimen: Specimen, fault: Fault) -> None:
    fault.edit(specimen)
    findings = validate(specimen.folder).findings
    found = [(f.rule, f.path.removeprefix("data/").removesuffix(".csv"), f.line, f.column) for f in findings]
    assert found == [(fault.rule, fault.table, fault.line, fault.column)], findings


@pytest.mark.parametrize("fault", VERSION_FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_a_faulty_next_version_is_sound_but_for_one_finding(specimen: Specimen, fault: VersionFault) -> None:
    fault.edit(specimen)
    assert validate(specimen.folder).findings == ()
    findings = find_breaches(fault, specimen)
    found = [(f.rule, f.path.removeprefix("data/").removesuffix(".csv"), f.line, f.column) for f in findings]
    assert found == [(fault.rule, fault.table, fault.line, fault.column)], findings


@pytest.mark.parametrize("fault", VERSION_FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_the_same_step_without_the_fault_keeps_every_rule(specimen: Specimen, fault: VersionFault) -> None:
    fault.advance(specimen)
    assert validate(specimen.folder).findings == ()
    assert find_breaches(fault, specimen) == ()


def test_every_rule_has_a_fault_that_breaks_it() -> None:
    assert {fault.rule for fault in FAULTS} == {rule.id for rule in RULES}
    assert {fault.rule for fault in VERSION_FAULTS} == {rule.rule.id for rule in VERSION_RULES}


def test_rule_ids_are_unique() -> None:
    ids = [rule.id for rule in ALL_RULES]
    assert len(ids) == len(set(ids))
