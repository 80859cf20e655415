"""One mistake in a header, or the loss of rows, is one finding at its place."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dprk_russia.checks import validation
from dprk_russia.checks.faults import Specimen
from dprk_russia.checks.inspection import check_order, check_rows, inspect
from dprk_russia.checks.loaded import LoadedTables
from dprk_russia.contract.package import installed_package
from dprk_russia.tabular.reading import read_text
from dprk_russia.tabular.workers import start_workers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dprk_russia.checks.inspection import Inspection
    from dprk_russia.contract.findings import Finding
    from dprk_russia.contract.schema import Table

pytestmark = pytest.mark.slow

PACKAGE = installed_package()
TABLES = [table.name for table in PACKAGE.tables]
# No row of another table needs one of these, so a package without some of them is sound.
UNNEEDED = {"retired_ids"}


def place(finding: Finding) -> tuple[str, str | None, int | None, str | None]:
    return finding.rule, finding.table, finding.line, finding.column


def edit_header(specimen: Specimen, table: str, edit: Callable[[list[str]], None]) -> None:
    rows = specimen.rows(table)
    edit(rows[0])
    specimen.save(table, rows)


def inspect_alone(specimen: Specimen, table: str) -> Inspection:
    inspection = inspect(PACKAGE.table(table), specimen.folder)
    check_rows(inspection)
    inspection.findings += check_order(inspection)
    return inspection


@pytest.mark.parametrize("table", TABLES)
def test_two_names_exchanged_are_one_finding(specimen: Specimen, table: str) -> None:
    at = len(PACKAGE.table(table).columns) // 2 - 1

    def exchange(names: list[str]) -> None:
        names[at : at + 2] = reversed(names[at : at + 2])

    edit_header(specimen, table, exchange)
    found = inspect_alone(specimen, table)
    column = PACKAGE.table(table).columns[at + 1]
    assert list(map(place, found.findings)) == [("column-order", table, 1, column)]


@pytest.mark.parametrize("table", TABLES)
def test_the_first_and_the_last_name_exchanged_are_one_finding(specimen: Specimen, table: str) -> None:
    columns = PACKAGE.table(table).columns

    def exchange(names: list[str]) -> None:
        names[0], names[-1] = names[-1], names[0]

    edit_header(specimen, table, exchange)
    found = inspect_alone(specimen, table)
    assert list(map(place, found.findings)) == [("column-order", table, 1, columns[-1])]


@pytest.mark.parametrize("table", TABLES)
def test_two_whole_columns_exchanged_are_one_finding(specimen: Specimen, table: str) -> None:
    rows = specimen.rows(table)
    at = len(rows[0]) // 2 - 1
    for row in rows:
        row[at : at + 2] = reversed(row[at : at + 2])
    specimen.save(table, rows)
    found = inspect_alone(specimen, table)
    assert list(map(place, found.findings)) == [("column-order", table, 1, rows[0][at])]


@pytest.mark.parametrize("table", TABLES)
def test_a_name_in_the_place_of_its_neighbour_is_one_finding(specimen: Specimen, table: str) -> None:
    at = len(PACKAGE.table(table).columns) // 2

    def repeat(names: list[str]) -> None:
        names[at] = names[at - 1]

    edit_header(specimen, table, repeat)
    found = inspect_alone(specimen, table)
    column = PACKAGE.table(table).columns[at - 1]
    assert list(map(place, found.findings)) == [("duplicate-column", table, 1, column)]
    assert not found.absent


@pytest.mark.parametrize("table", TABLES)
def test_a_name_too_many_or_too_few_is_one_finding(specimen: Specimen, table: str) -> None:
    columns = PACKAGE.table(table).columns
    edit_header(specimen, table, lambda names: names.insert(1, names[0]))
    found = inspect_alone(specimen, table)
    assert list(map(place, found.findings)) == [("duplicate-column", table, 1, columns[0])]
    edit_header(specimen, table, lambda names: names.__delitem__(slice(0, 2)))
    found = inspect_alone(specimen, table)
    assert list(map(place, found.findings)) == [("missing-column", table, 1, columns[0])]


def test_columns_in_another_order_are_one_finding_at_the_first_that_moved(specimen: Specimen) -> None:
    specimen.save("topics", [[second, first, *rest] for first, second, *rest in specimen.rows("topics")])
    (found,) = inspect_alone(specimen, "topics").findings
    assert (found.rule, found.line, found.column) == ("column-order", 1, "name")
    assert found.message == 'The column "name" stands out of order.'


def test_a_finding_keeps_the_first_200_characters_of_a_wrong_cell(specimen: Specimen) -> None:
    text = "".join(map(str, range(100_000, 100_050)))
    specimen.set("actors", "gazette", name=text)
    (found,) = inspect_alone(specimen, "actors").findings
    assert (found.rule, found.value) == ("length", text[:200])


def test_cells_below_exchanged_names_are_read_by_their_place(specimen: Specimen) -> None:
    specimen.edit("claims", "topic_id,kind", "kind,topic_id")
    specimen.set("claims", "C00008", certainty="sure")
    text = read_text(PACKAGE.table("claims"), specimen.folder)
    assert text.frame["kind"].loc[9] == "assessment"
    assert list(map(place, inspect_alone(specimen, "claims").findings)) == [
        ("column-order", "claims", 1, "kind"),
        ("enum", "claims", 9, "certainty"),
    ]


def test_columns_that_fit_under_either_name_are_left_out_of_further_rules(specimen: Specimen) -> None:
    specimen.edit("economic_figures", "value_low,value,", "value,value_low,")
    found = inspect_alone(specimen, "economic_figures")
    assert found.absent == {"value", "value_low"}
    assert [finding.rule for finding in found.findings] == ["column-order"]


def cut_inside(table: Table, folder: Path) -> int:
    """Break the file of a table off inside the row in its middle, and return its line."""
    path = folder / table.path
    lines = path.read_bytes().splitlines(keepends=True)
    last = len(lines) // 2
    path.write_bytes(b"".join(lines[:last]) + lines[last][: len(lines[last]) // 4])
    return last + 1


@pytest.mark.parametrize("table", TABLES)
def test_a_file_that_breaks_off_inside_a_row_is_one_finding(specimen: Specimen, table: str) -> None:
    line = cut_inside(PACKAGE.table(table), specimen.folder)
    text = read_text(PACKAGE.table(table), specimen.folder)
    assert list(map(place, text.findings)) == [("table-cut", table, line, None)]
    assert text.torn


def test_a_file_that_breaks_off_inside_a_letter_is_one_finding(specimen: Specimen) -> None:
    path = specimen.path("actors")
    content = path.read_bytes()
    path.write_bytes(content[: content.index("국".encode()) + 2])
    text = read_text(PACKAGE.table("actors"), specimen.folder)
    assert list(map(place, text.findings)) == [("table-cut", "actors", 6, None)]


def test_a_file_that_breaks_off_inside_its_last_code_is_one_finding(specimen: Specimen) -> None:
    path = specimen.path("claim_actors")
    path.write_bytes(path.read_bytes()[:-3])
    text = read_text(PACKAGE.table("claim_actors"), specimen.folder)
    assert [finding.rule for finding in text.findings] == ["table-cut"]


def test_a_bad_byte_hides_nothing_else_in_its_table(specimen: Specimen) -> None:
    specimen.edit("actors", "Q212", "Q212,x")
    specimen.edit("actors", "Newspaper", 'News\udce4\udce4"paper')
    text = read_text(PACKAGE.table("actors"), specimen.folder)
    assert [(finding.rule, finding.line) for finding in text.findings] == [
        ("not-utf8", 3),
        ("ragged-row", 11),
    ]


def inspect_all(folder: Path) -> dict[str, Inspection]:
    found = {table.name: inspect(table, folder) for table in PACKAGE.tables}
    for inspection in found.values():
        check_rows(inspection)
    return found


@pytest.fixture(scope="module")
def inspected() -> dict[str, Inspection]:
    """Every table of the data, inspected."""
    return inspect_all(PACKAGE.folder)


@pytest.fixture(scope="module")
def inspected_specimen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Inspection]:
    """Every table of the specimen, inspected."""
    return inspect_all(Specimen(tmp_path_factory.mktemp("sound") / "package").folder)


def find_with(inspected: dict[str, Inspection], edited: Inspection) -> list[Finding]:
    """Return what is found in a package with one table exchanged for an edited one."""
    check_rows(edited)
    fresh = {name: replace(inspection, wrong=set(), findings=[]) for name, inspection in inspected.items()}
    tables = LoadedTables(PACKAGE, {**fresh, edited.table.name: edited})
    return [*validation._check_tables(tables, set(), start_workers(0)), *edited.findings]


def write_rows(table: Table, folder: Path, share: float) -> int:
    """Write the first rows of a table of the data, and return the last line."""
    content = (PACKAGE.folder / table.path).read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(content, newline="")))
    kept = rows[: 1 + int((len(rows) - 1) * share)]
    (folder / table.path).parent.mkdir(exist_ok=True)
    with (folder / table.path).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(kept)
    return len(kept)


@pytest.mark.parametrize(
    ("name", "share"), [*((name, 0.5) for name in TABLES if name not in UNNEEDED), ("claim_actors", 0)]
)
def test_a_table_that_lost_rows_is_one_finding(
    inspected: dict[str, Inspection], tmp_path: Path, name: str, share: float
) -> None:
    table = PACKAGE.table(name)
    line = write_rows(table, tmp_path, share)
    found = find_with(inspected, inspect(table, tmp_path))
    assert list(map(place, found)) == [("table-cut", name, line, None)]


@pytest.mark.parametrize(("end", "rules"), [("\r\n", {"line-ending", "table-cut"}), ("", {"table-cut"})])
def test_a_missing_line_feed_is_no_finding_beside_lost_rows_but_carriage_returns_are(
    inspected: dict[str, Inspection], tmp_path: Path, end: str, rules: set[str]
) -> None:
    table = PACKAGE.table("claims")
    line = write_rows(table, tmp_path, 0.5)
    content = (tmp_path / table.path).read_text(encoding="utf-8")
    (tmp_path / table.path).write_text(content.removesuffix("\n") + end, encoding="utf-8", newline="")
    found = find_with(inspected, inspect(table, tmp_path))
    assert {place(finding) for finding in found} == {(rule, "claims", line, None) for rule in rules}


@pytest.mark.parametrize(
    "name", [name for name in TABLES if name not in {*UNNEEDED, "claim_actors", "parts"}]
)
def test_a_table_that_lost_all_rows_is_one_finding(
    inspected_specimen: dict[str, Inspection], specimen: Specimen, name: str
) -> None:
    specimen.save(name, specimen.rows(name)[:1])
    found = find_with(inspected_specimen, inspect(PACKAGE.table(name), specimen.folder))
    assert list(map(place, found)) == [("table-cut", name, 1, None)]


def test_one_reference_alone_into_a_table_without_rows_may_be_a_slip(
    inspected_specimen: dict[str, Inspection], specimen: Specimen
) -> None:
    specimen.save("parts", specimen.rows("parts")[:1])
    found = find_with(inspected_specimen, inspect(PACKAGE.table("parts"), specimen.folder))
    assert list(map(place, found)) == [("foreign-key", "military_figures", 5, "scope")]


@pytest.mark.parametrize("name", ["actors", "evidence"])
def test_what_follows_from_a_file_that_breaks_off_is_not_told(
    inspected: dict[str, Inspection], tmp_path: Path, name: str
) -> None:
    table = PACKAGE.table(name)
    write_rows(table, tmp_path, 1)
    line = cut_inside(table, tmp_path)
    found = find_with(inspected, inspect(table, tmp_path))
    assert list(map(place, found)) == [("table-cut", name, line, None)]


def test_the_finding_on_lost_rows_counts_what_is_missing(
    inspected: dict[str, Inspection], tmp_path: Path
) -> None:
    table = PACKAGE.table("topics")
    write_rows(table, tmp_path, 0)
    (found,) = find_with(inspected, inspect(table, tmp_path))
    topics, claims = len(inspected["topics"].frame), len(inspected["claims"].frame)
    assert f"{topics} at least" in found.message
    assert f"{claims:,} references" in found.message


def test_two_mistyped_ids_are_two_findings_although_they_sort_last(specimen: Specimen) -> None:
    specimen.set("claims", "C00001", topic_id="zeal")
    specimen.set("claims", "C00008", topic_id="casulties")
    found = [finding.rule for finding in validation.validate(specimen.folder).findings]
    assert found == ["foreign-key", "foreign-key"]


@pytest.mark.parametrize("parent", ["south-korea ", "South-Korea", "nobody", "nis"])
def test_who_supports_a_claim_is_left_open_where_a_party_is_not_known(
    inspected_specimen: dict[str, Inspection], specimen: Specimen, parent: str
) -> None:
    """A space, a capital, an unknown id, and an actor that is its own parent."""
    specimen.set("actors", "nis", parent_id=parent)
    found = find_with(inspected_specimen, inspect(PACKAGE.table("actors"), specimen.folder))
    assert [(finding.line, finding.column) for finding in found] == [(6, "parent_id")]


def test_an_id_with_a_capital_is_one_finding_although_a_family_hangs_on_it(
    inspected: dict[str, Inspection], tmp_path: Path
) -> None:
    table = PACKAGE.table("actors")
    write_rows(table, tmp_path, 1)
    text = (tmp_path / table.path).read_text(encoding="utf-8")
    line = text[: text.index("\nnorth-korea,")].count("\n") + 2
    (tmp_path / table.path).write_text(text.replace("\nnorth-korea,", "\nNorth-Korea,"), encoding="utf-8")
    found = find_with(inspected, inspect(table, tmp_path))
    assert list(map(place, found)) == [("pattern", "actors", line, "actor_id")]
