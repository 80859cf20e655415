"""One workbook for spreadsheets: what the release is, a sheet for each derived frame and table, and the codebook.

What most readers come for stands first: the estimates. Every sheet prints on pages of its width under its head.

Text is written as text, whatever it looks like, so that no cell is ever a formula. The same edition gives the same bytes.
"""

from __future__ import annotations

import textwrap
from datetime import date, datetime
from html import escape
from io import BytesIO
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from dprk_russia.record.citation import describe_dataset, render_text
from dprk_russia.release.documents.codebook import TYPES
from dprk_russia.release.errors import ReleaseError
from dprk_russia.release.metadata.description import state_facts
from dprk_russia.tabular.frames import NUMERIC, list_columns, plain_cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    import pandas as pd
    from xlsxwriter import Workbook

    from dprk_russia.contract.schema import Field, ForeignKey, Table
    from dprk_russia.release.edition import Edition

README, CODEBOOK = "README", "codebook"
FIRST = "estimates"
# Excel keeps this name for itself.
_RESERVED = "history"
# What a worksheet holds at most, below its header.
MAX_ROWS = 1_048_575
MAX_LINKS = 65_530
MAX_NAME = 31
MAX_CHARACTERS = 32_767

# Excel counts days from here; before March 1900 its calendar has a day that never was.
_DAY_ZERO = date(1899, 12, 30)
_FIRST_DAY = 61
_OPTIONS = {"in_memory": True, "use_zip64": True}
_FORMATS = {
    "head": {"bold": True, "text_wrap": True, "valign": "top"},
    "title": {"bold": True, "font_size": 14},
    "label": {"bold": True, "valign": "top"},
    "prose": {"text_wrap": True, "valign": "top"},
    "top": {"valign": "top"},
    "link": {"hyperlink": True, "valign": "top"},
    "day": {"num_format": "yyyy-mm-dd", "align": "left"},
}
_A4 = 9
_NARROWEST, _WIDEST = 8, 50
# In points; a row is at most 409 points high.
_LINE_HEIGHT, _MOST_LINES = 15, 27
# A head needs room for the button of its filter.
_BUTTON = 3
_README_WIDTHS = (24, 110, 10)
_CODEBOOK = "What every column is and what its codes mean: a row for each column, followed by one for each of its codes."
_CODEBOOK_WIDTHS: dict[str, int] = {
    "table": 18,
    "column": 24,
    "type": 28,
    "title": 28,
    "description": 80,
    "code": 24,
    "label": 60,
}
_NOTES = {
    "Dates": "A date is text, as precise as the page it is from: year, month or day. The columns NAME_from and NAME_to "
    "beside it, and those that estimates and other frames call days, hold days that a spreadsheet can sort and calculate "
    "with; a day before March 1900, which spreadsheets do not agree on, is text.",
    "Empty cells": "An empty cell means not recorded, never none or zero.",
    "Numbers": "Money and counts are in plain units. A number with more digits than a spreadsheet keeps is text.",
    "Links": f"An id leads to the row it means, as far as Excel allows: {MAX_LINKS:,} links in a sheet.",
}


def write(edition: Edition, release: Path) -> None:
    """Write the workbook of an edition.

    A table with more rows than a worksheet holds is left out, and the first sheet says so.

    Raises
    ------
    ReleaseError
        If a cell holds more text than a spreadsheet does.
    """
    from xlsxwriter import Workbook

    content = BytesIO()
    workbook = Workbook(content, _OPTIONS)
    workbook.set_properties({"created": datetime.fromisoformat(str(edition.package.created))})
    book = _Book(workbook, edition)
    book.write()
    workbook.close()
    (release / edition.name("xlsx")).write_bytes(content.getvalue())


def name_sheets(tables: Iterable[str]) -> dict[str, str]:
    """Return the name of the sheet of each table: its own, cut to what Excel allows, and numbered where it is taken."""
    sheets: dict[str, str] = {}
    for table in tables:
        taken = {README.lower(), CODEBOOK, _RESERVED, *sheets.values()}
        suffixes = chain([""], (f"_{number}" for number in count(2)))
        names = (table[: MAX_NAME - len(suffix)] + suffix for suffix in suffixes)
        sheets[table] = next(name for name in names if name not in taken)
    return sheets


class _Sheet:
    """A worksheet that takes text as it stands, and links until Excel takes no more.

    `locate` says in words which cell of the sheet a row and a column mean.
    """

    def __init__(self, worksheet: Any, formats: dict[str, Any]) -> None:
        from xlsxwriter.utility import xl_rowcol_to_cell

        self.worksheet = worksheet
        self.locate: Callable[[int, int], str] = xl_rowcol_to_cell
        self._formats = formats
        self._links = 0
        self._lines: dict[int, int] = {}

    def write_text(self, row: int, column: int, text: str, style: str = "", target: str = "") -> None:
        """Write text, with a link to `target` within the workbook if there is one."""
        # XlsxWriter takes text between these tags for XML of its own, so it gets the XML that means the text.
        if text.startswith("<r>") and text.endswith("</r>"):
            text = f"<r><t>{escape(text, quote=False)}</t></r>"
        if target and self._links < MAX_LINKS:
            # What is too long is found where the link leads, in a cell without one.
            self._links += 1
            self.worksheet.write_url(row, column, f"internal:{target}", self._formats["link"], text)
        elif self.worksheet.write_string(row, column, text, self._formats.get(style)):
            place = f"{self.worksheet.name}, {self.locate(row, column)}"
            raise ReleaseError(f"{place}: a spreadsheet cannot hold more than {MAX_CHARACTERS:,} characters.")

    def write_prose(self, row: int, column: int, text: str, width: int) -> None:
        """Write text that wraps in a column of `width` characters, in a row high enough for it.

        Not every program fits the heights of rows by itself.
        """
        self.write_text(row, column, text, "prose")
        lines = min(len(textwrap.wrap(text, width)), _MOST_LINES)
        if lines > self._lines.get(row, 1):
            self._lines[row] = lines
            self.worksheet.set_row(row, lines * _LINE_HEIGHT)

    def write_number(self, row: int, column: int, number: float, style: str = "") -> None:
        """Write a number, as text if it has more digits than XlsxWriter gives it."""
        if float(f"{number:.16G}") == number:
            self.worksheet.write_number(row, column, number, self._formats.get(style))
        else:
            self.write_text(row, column, repr(number))

    def write_boolean(self, row: int, column: int, cell: bool) -> None:  # noqa: FBT001
        """Write true or false as spreadsheets have them."""
        self.worksheet.write_boolean(row, column, cell)

    def write_day(self, row: int, column: int, day: str) -> None:
        """Write a day in ISO 8601 as what a spreadsheet takes for one, or as text if it may take it for another."""
        serial = (date.fromisoformat(day) - _DAY_ZERO).days
        if serial < _FIRST_DAY:
            self.write_text(row, column, day)
        else:
            self.write_number(row, column, serial, "day")

    def write_head(self, widths: Mapping[str, float], rows: int) -> None:
        """Write the names of columns, which stay in sight and filter the rows below."""
        for column, (name, width) in enumerate(widths.items()):
            self.write_text(0, column, name, "head")
            self.worksheet.set_column(column, column, width)
        self.worksheet.freeze_panes(1, 0)
        self.worksheet.repeat_rows(0)
        self.worksheet.autofilter(0, 0, rows, len(widths) - 1)


class _Book:
    """The workbook of an edition; `sheets` names the sheets of the tables and frames that fit into one."""

    def __init__(self, workbook: Workbook, edition: Edition) -> None:
        self._workbook = workbook
        self._package = edition.package
        contents = sorted(edition.list_contents(), key=_place)
        self._tables = [table for table, _ in contents]
        self._rows = {table.name: rows for table, rows in contents}
        self.sheets = name_sheets(name for name, rows in self._rows.items() if len(rows) <= MAX_ROWS)
        self._formats = {name: workbook.add_format(format_) for name, format_ in _FORMATS.items()}
        self._targets: dict[tuple[str, str], dict[object, str]] = {}

    def write(self) -> None:
        """Write every sheet."""
        self._write_readme()
        for table in self._tables:
            if table.name in self.sheets:
                self._write_table(table)
        self._write_codebook()

    def _write_readme(self) -> None:
        """Write what the release is, what each sheet holds, and how cells read."""
        package = self._package
        sheet = self._add_sheet(README)
        for column, width in enumerate(_README_WIDTHS):
            sheet.worksheet.set_column(column, column, width)
        facts = state_facts(package)
        sheet.write_text(0, 0, facts.pop("title"), "title")
        facts["cite as"] = " ".join(render_text([describe_dataset(package)]).split())
        row = self._write_labelled(sheet, 2, facts)
        for column, head in enumerate(("Sheet", "What it holds", "Rows")):
            sheet.write_text(row, column, head, "head")
        for table in self._tables:
            row += 1
            self._introduce(sheet, row, table)
        sheet.write_text(row + 1, 0, CODEBOOK, target=_point(CODEBOOK))
        sheet.write_prose(row + 1, 1, _CODEBOOK, _README_WIDTHS[1])
        self._write_labelled(sheet, row + 3, _NOTES)

    def _write_labelled(self, sheet: _Sheet, row: int, texts: Mapping[str, str]) -> int:
        """Write texts with their labels from a row on, and return the row after the empty one that follows."""
        for label, text in texts.items():
            sheet.write_text(row, 0, label.replace("_", " ").capitalize(), "label")
            sheet.write_prose(row, 1, text, _README_WIDTHS[1])
            row += 1
        return row + 1

    def _introduce(self, sheet: _Sheet, row: int, table: Table) -> None:
        about = " ".join(f"{table.title}. {table.description}".split())
        if table.name in self.sheets:
            name = self.sheets[table.name]
            sheet.write_text(row, 0, name, target=_point(name))
        else:
            sheet.write_text(row, 0, table.name, "top")
            about = (
                f"Left out, since it has more rows than a sheet holds: take it from another format. {about}"
            )
        sheet.write_prose(row, 1, about, _README_WIDTHS[1])
        sheet.write_number(row, 2, len(self._rows[table.name]), "top")

    def _write_codebook(self) -> None:
        """Write a row for each column of a table, followed by one for each of its codes."""
        sheet = self._add_sheet(CODEBOOK)
        row = 0
        for table in self._tables:
            for column in list_columns(table):
                row += 1
                key = table.references.get(column.name)
                kind = f"id in {key.table}" if key else TYPES[column.form]
                target = self._find_head(key.table, key.reference) if key else ""
                sheet.write_text(row, 0, table.name, "top")
                sheet.write_text(row, 1, column.name, "top", self._find_head(table.name, column.name))
                sheet.write_text(row, 2, kind, "top", target)
                sheet.write_prose(row, 3, column.title, _CODEBOOK_WIDTHS["title"])
                sheet.write_prose(row, 4, column.description, _CODEBOOK_WIDTHS["description"])
                for category in column.categories:
                    row += 1
                    sheet.write_text(row, 0, table.name, "top")
                    sheet.write_text(row, 1, column.name, "top")
                    sheet.write_text(row, 5, str(category.value), "top")
                    sheet.write_prose(row, 6, category.label, _CODEBOOK_WIDTHS["label"])
        sheet.write_head(_CODEBOOK_WIDTHS, row)

    def _write_table(self, table: Table) -> None:
        """Write the cells of a table or frame in their types, ids with links to the rows they mean."""
        frame = self._rows[table.name]

        def locate(row: int, column: int) -> str:
            key = [frame[name].iloc[row - 1] for name in table.primary_key] or [f"row {row}"]
            return f"{'/'.join(map(str, key))}, {frame.columns[column]}"

        sheet = self._add_sheet(self.sheets[table.name])
        sheet.locate = locate
        sheet.worksheet.ignore_errors({"number_stored_as_text": f"A2:XFD{MAX_ROWS + 1}"})
        widths = {}
        for number, column in enumerate(list_columns(table)):
            cells: list[Any] = plain_cells(frame[column.name])
            widths[column.name] = _measure(column.name, cells)
            reference = table.references.get(column.name)
            targets = self._find_targets(reference) if reference else {}
            write = _choose_writer(sheet, column, frame[column.name], targets)
            for row, cell in enumerate(cells, 1):
                if cell is not None:
                    write(row, number, cell)
        sheet.write_head(widths, len(frame))

    def _find_targets(self, reference: ForeignKey) -> dict[object, str]:
        """Return where the row of each id is that a foreign key may hold; nothing if its table has no sheet."""
        place = reference.table, reference.reference
        if place not in self._targets and reference.table in self.sheets:
            name, frame = self.sheets[reference.table], self._rows[reference.table]
            column = list(frame.columns).index(reference.reference)
            cells = enumerate(plain_cells(frame[reference.reference]), 1)
            self._targets[place] = {cell: _point(name, row, column) for row, cell in cells}
        return self._targets.get(place, {})

    def _find_head(self, table: str, column: str) -> str:
        """Return where a column of a table begins; nothing if the table has no sheet."""
        if table not in self.sheets:
            return ""
        return _point(self.sheets[table], 0, list(self._rows[table].columns).index(column))

    def _add_sheet(self, name: str) -> _Sheet:
        worksheet = self._workbook.add_worksheet(name)
        worksheet.set_landscape()
        worksheet.set_paper(_A4)
        worksheet.fit_to_pages(1, 0)
        return _Sheet(worksheet, self._formats)


def _place(content: tuple[Table, pd.DataFrame]) -> tuple[bool, bool]:
    """Return what sheets are sorted by: the estimates, the other frames, the tables."""
    table, _ = content
    return table.name != FIRST, bool(table.path)


def _choose_writer(
    sheet: _Sheet, column: Field, cells: pd.Series, targets: Mapping[object, str]
) -> Callable[[int, int, Any], None]:
    """Return what writes the cells of a column that are not empty."""
    import pandas as pd

    if pd.api.types.is_datetime64_dtype(cells):
        return sheet.write_day
    if column.form == "boolean":
        return sheet.write_boolean
    if column.form in NUMERIC:
        return sheet.write_number
    return lambda row, number, cell: sheet.write_text(row, number, cell, target=targets.get(cell, ""))


def _point(sheet: str, row: int = 0, column: int = 0) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return f"'{sheet}'!{xl_rowcol_to_cell(row, column)}"


def _measure(head: str, cells: list[object]) -> int:
    """Return the width of a column in characters."""
    longest = max((len(str(cell)) for cell in cells if cell is not None), default=0)
    return min(max(_NARROWEST, len(head) + _BUTTON, longest + 1), _WIDEST)
