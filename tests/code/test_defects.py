"""Independent defects: however many there are, each is found once, and none hides or makes another."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dprk_russia.checks.faults import FAULTS, Fault, Specimen
from dprk_russia.checks.rules import TABLE_RULES
from dprk_russia.checks.validation import validate
from dprk_russia.contract.findings import RULES
from dprk_russia.contract.package import installed_package

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dprk_russia.contract.findings import Finding

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
# Of these, those that are found whatever became of other tables.
LOCAL = [fault for fault in ALONE if fault.rule not in {rule.id for rule in TABLE_RULES}]
# Faults of whole files and headers, of which each table has one at most.
WHOLE = [fault for fault in FAULTS if fault.rule in {"table-cut", "duplicate-column", "column-order"}]


@settings(max_examples=10)
@given(
    st.lists(st.sampled_from(WHOLE), min_size=1, max_size=3, unique_by=lambda fault: fault.table),
    st.lists(st.sampled_from(LOCAL), max_size=5, unique_by=lambda fault: (fault.table, fault.line)),
)
def test_faults_of_whole_files_and_of_cells_in_others_are_each_found_once(
    whole: list[Fault], cells: list[Fault]
) -> None:
    faults = [*whole, *(fault for fault in cells if fault.table not in {fault.table for fault in whole})]
    assert find_places(faults) == list_places(faults)


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from(ALONE), min_size=2, max_size=8, unique_by=lambda fault: (fault.table, fault.line)
    )
)
def test_independent_defects_are_each_found_once(faults: list[Fault]) -> None:
    assert find_places(faults) == list_places(faults)


def find_places(faults: list[Fault]) -> list[tuple[str, str, int, str]]:
    """Return the places of what is found in a specimen with some faults."""
    with tempfile.TemporaryDirectory() as folder:
        specimen = Specimen(Path(folder) / "package")
        for fault in faults:
            fault.edit(specimen)
        return list_places(validate(specimen.folder).findings)


def list_places(found: Iterable[Fault | Finding]) -> list[tuple[str, str, int, str]]:
    return sorted((each.rule, str(each.table), each.line or 0, str(each.column)) for each in found)


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
