"""One table by itself: where its findings stand, and of which rows nothing more is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dprk_russia.checks.inspection import check_order, inspect
from dprk_russia.contract.package import installed_package

if TYPE_CHECKING:
    from dprk_russia.checks.faults import Specimen

TOPICS = installed_package().table("topics")


def test_a_row_out_of_order_is_found_where_it_stands(specimen: Specimen) -> None:
    header, *rows = specimen.rows("topics")
    specimen.save("topics", [header, *rows[1:], rows[0]])
    (finding,) = check_order(inspect(TOPICS, specimen.folder))
    assert (finding.line, finding.column, finding.row_id) == (len(rows) + 1, "topic_id", rows[0][0])


@pytest.mark.parametrize(
    ("line", "columns", "is_wrong"),
    [
        (2, {"topic_id"}, True),
        (2, {"topic_id", "name"}, True),
        (2, {"name", "definition"}, False),
        (3, {"topic_id", "name"}, False),
    ],
)
def test_a_row_is_wrong_for_whoever_reads_one_wrong_cell_of_it(
    specimen: Specimen,
    line: int,
    columns: set[str],
    is_wrong: bool,  # noqa: FBT001
) -> None:
    specimen.set("topics", "arms", topic_id="Arms")
    assert inspect(TOPICS, specimen.folder).is_wrong(line, columns) is is_wrong


@pytest.mark.parametrize(("column", "has_keys"), [("topic_id", False), ("name", True)])
def test_a_table_without_the_column_of_its_key_has_no_keys(
    specimen: Specimen, column: str, *, has_keys: bool
) -> None:
    header, *rows = specimen.rows("topics")
    at = header.index(column)
    specimen.save("topics", [[*row[:at], *row[at + 1 :]] for row in (header, *rows)])
    assert inspect(TOPICS, specimen.folder).has_keys is has_keys
