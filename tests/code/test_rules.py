"""Each rule is broken by single edits, and each edit yields that finding and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dprk_russia.faults import FAULTS, Fault
from dprk_russia.validation import RULES, validate

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


def test_every_rule_has_a_fault_that_breaks_it() -> None:
    assert {fault.rule for fault in FAULTS} == {rule.id for rule in RULES}


def test_rule_ids_are_unique() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))
