"""The workbook of a release as openpyxl reads it: every cell of every table, and links that lead to the right row."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import range_boundaries

from dprk_russia.release.edition import Edition, read_edition
from dprk_russia.release.formats import xlsx
from dprk_russia.tabular.frames import list_columns, plain_cells

if TYPE_CHECKING:
    from pathlib import Path

    from dprk_russia.checks.faults import Specimen
    from dprk_russia.contract.schema import Table


@pytest.fixture(scope="module")
def opened(released: tuple[Edition, Path]) -> tuple[Edition, Any]:
    edition, folder = released
    return edition, openpyxl.load_workbook(folder / edition.name("xlsx"))


def read_column(sheet: Any, number: int) -> list[object]:
    return [sheet.cell(row, number).value for row in range(2, sheet.max_row + 1)]


def test_every_cell_is_there_in_its_type(opened: tuple[Edition, Any]) -> None:
    edition, book = opened
    for table, frame in edition.list_contents():
        sheet = book[table.name]
        assert sheet.max_row == len(frame) + 1
        for number, column in enumerate(list_columns(table), 1):
            assert sheet.cell(1, number).value == column.name
            found, expected = read_column(sheet, number), plain_cells(frame[column.name])
            if pd.api.types.is_datetime64_dtype(frame[column.name]):
                assert all(isinstance(cell, datetime | None) for cell in found)
                found = [cell.date().isoformat() if isinstance(cell, datetime) else None for cell in found]
            assert found == expected
            kinds = {"integer": int | float, "number": int | float, "boolean": bool}.get(column.form, str)
            assert all(isinstance(cell, kinds | None) for cell in found)


def test_no_cell_is_a_formula_and_heads_stay_and_filter(opened: tuple[Edition, Any]) -> None:
    _, book = opened
    for sheet in book:
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "b"}
        if sheet.title != "README":
            assert sheet.freeze_panes == "A2"
            assert range_boundaries(sheet.auto_filter.ref) == (1, 1, sheet.max_column, sheet.max_row)


def test_an_id_leads_to_its_row(opened: tuple[Edition, Any]) -> None:
    edition, book = opened
    for table, frame in edition.list_contents():
        sheet, columns = book[table.name], list(frame.columns)
        numbers = {columns.index(key.column) + 1: key.table for key in table.foreign_keys}
        for cell in (cell for row in sheet.iter_rows(min_row=2) for cell in row):
            if cell.column in numbers and cell.value is not None:
                name, _, place = cell.hyperlink.location.partition("!")
                assert name == f"'{numbers[cell.column]}'"
                assert book[numbers[cell.column]][place].value == cell.value
            else:
                assert cell.hyperlink is None


def in_order_of_sheets(edition: Edition) -> list[Table]:
    contents = {table.name: table for table, _ in edition.list_contents()}
    return [contents[name] for name in dict.fromkeys(["estimates", *edition.views, *edition.frames])]


def test_the_codebook_holds_every_column_and_code(opened: tuple[Edition, Any]) -> None:
    edition, book = opened
    rows = list(book["codebook"].iter_rows(min_row=2, values_only=True))
    columns = [(table, name, about) for table, name, kind, _, about, *_ in rows if kind]
    codes = [(table, name, code, label) for table, name, *_, code, label in rows if code]
    assert columns == [
        (table.name, column.name, column.description)
        for table in in_order_of_sheets(edition)
        for column in list_columns(table)
    ]
    assert codes == [
        (table.name, field.name, str(category.value), category.label)
        for table in in_order_of_sheets(edition)
        for field in table.fields
        for category in field.categories
    ]
    assert len(rows) == len(columns) + len(codes)
    for row in book["codebook"].iter_rows(min_row=2, max_col=3):
        if row[1].hyperlink:
            name, _, place = row[1].hyperlink.location.partition("!")
            assert (name, book[row[0].value][place].value) == (f"'{row[0].value}'", row[1].value)


def test_the_readme_leads_to_every_sheet(opened: tuple[Edition, Any]) -> None:
    edition, book = opened
    links = [(cell.value, cell.hyperlink.location) for cell in book["README"]["A"] if cell.hyperlink]
    assert links == [(name, f"'{name}'!A1") for name in book.sheetnames[1:]]
    rows = {row[0]: row[2] for row in book["README"].iter_rows(values_only=True)}
    sizes = {table.name: len(frame) for table, frame in edition.list_contents()}
    assert {name: rows[name] for name in sizes} == sizes


def with_column(edition: Edition, table: str, column: str, cells: list[object]) -> Edition:
    frame = edition.frames[table]
    series = pd.Series(cells, dtype=frame[column].dtype)
    frame = frame.iloc[[0] * len(cells)].reset_index(drop=True).assign(**{column: series})
    return replace(edition, frames={**edition.frames, table: frame})


def test_odd_cells_come_back_equal(specimen: Specimen, tmp_path: Path) -> None:
    edition = read_edition(specimen.folder)
    texts: list[object] = [
        "=1+1", "007", "1e5", "TRUE", "2024", "2024-12", "http://example.org/", "mailto:a@example.org", "internal:x",
        "external:x", "file://x", "🚀", "북한", "_x0041_", "_x000D_x", "#N/A", "'x", "<r><t>x</t></r>", "<r></r>", "&lt;",
        "two\nlines", " space ", "x" * 32_767,
    ]  # fmt: skip
    numbers: list[object] = [1e15, 0.1, 0.1 + 0.2, 123_456.12345678912, -1e-9, 30.0, None]
    days: list[object] = [
        pd.Timestamp(day)
        for day in ("1899-12-31", "1900-02-28", "1900-03-01", "1950-06-25", "2024-02-29", "9999-12-31")
    ]
    edition = with_column(edition, "claims", "statement", texts)
    edition = with_column(edition, "military_figures", "value_low", numbers)
    edition = with_column(edition, "sources", "published_from", days)
    xlsx.write(edition, tmp_path)
    book = openpyxl.load_workbook(tmp_path / edition.name("xlsx"))

    def read(table: str, column: str) -> list[object]:
        return read_column(book[table], list(edition.frames[table].columns).index(column) + 1)

    assert read("claims", "statement") == texts
    assert read("military_figures", "value_low") == [
        1e15, 0.1, "0.30000000000000004", "123456.12345678912", -1e-9, 30, None
    ]  # fmt: skip
    assert read("sources", "published_from") == [
        "1899-12-31",
        "1900-02-28",
        *map(datetime.fromisoformat, map(str, days[2:])),
    ]
