"""Independent defects: however many there are, each is found once, and none hides or makes another."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dprk_russia.checks.faults import FAULTS, Fault, Specimen
from dprk_russia.checks.validation import validate
from dprk_russia.contract.findings import RULES
from dprk_russia.contract.package import installed_package

pytestmark = pytest.mark.slow

GROUPS = {rule.id: rule.group for rule in RULES.values()}
# Faults of single cells that no other row depends on, so that any of them can stand together.
ALONE = [
    fault
    for fault in FAULTS
    if GROUPS[fault.rule] in {"cell", "row"}
    and fault.column
    and fault.rule not in {"future-date", "figure-id-letter"}
]


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from(ALONE), min_size=2, max_size=8, unique_by=lambda fault: (fault.table, fault.line)
    )
)
def test_independent_defects_are_each_found_once(faults: list[Fault]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        specimen = Specimen(Path(folder) / "package")
        for fault in faults:
            fault.edit(specimen)
        findings = validate(specimen.folder).findings
    found = sorted((f.rule, str(f.table), f.line or 0, str(f.column)) for f in findings)
    assert found == sorted((f.rule, f.table, f.line or 0, str(f.column)) for f in faults)


TEXT_COLUMNS = [
    (table.name, field.name)
    for table in installed_package().tables
    for field in table.fields
    if field.name in {"note", "description", "locator", "definition", "credibility_basis", "title"}
]


@settings(max_examples=8)
@given(st.data())
def test_defects_strewn_over_the_real_package_are_each_found_at_their_line(data: st.DataObject) -> None:
    """Spaces at the edge of free text, in cells drawn at random."""
    with tempfile.TemporaryDirectory() as folder:
        specimen = Specimen(Path(folder) / "package", installed_package().folder / "data")
        expected = set()
        for _ in range(data.draw(st.integers(1, 30))):
            table, column = data.draw(st.sampled_from(TEXT_COLUMNS))
            rows = specimen.rows(table)
            filled = [n for n, row in enumerate(rows[1:], 1) if row[rows[0].index(column)].strip()]
            if filled:
                number = data.draw(st.sampled_from(filled))
                at = rows[0].index(column)
                rows[number][at] = rows[number][at].strip() + " "
                specimen.save(table, rows)
                expected.add((table, number + 1, column))
        findings = validate(specimen.folder).findings
    assert {finding.rule for finding in findings} <= {"edge-space"}
    assert sorted((str(f.table), f.line or 0, str(f.column)) for f in findings) == sorted(expected)
