"""Typed tables straight from the CSV files, without validating them again; needs pandas alone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dprk_russia.contract.package import MAX_FILE_BYTES
from dprk_russia.tabular.canon import UntidyError, read_rows
from dprk_russia.tabular.cells import parse_date
from dprk_russia.tabular.frames import Frames, Tables, text_type, type_frame
from dprk_russia.tabular.reading import TextTable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    import pandas as pd

    from dprk_russia.contract.package import Package
    from dprk_russia.contract.schema import Field, Table


def read_frame(table: Table, folder: Path) -> pd.DataFrame:
    """Return one table of a valid package as a typed frame."""
    import pandas as pd

    text = pd.read_csv(
        folder / table.path, dtype=text_type(), keep_default_na=False, na_values=[""], encoding="utf-8"
    )
    return type_frame(text, table)


def read_sound_text(table: Table, folder: Path) -> TextTable:
    """Return one table as text, as `reading.read_text` does for a file without faults; any other is not readable."""
    import pandas as pd

    text, file = TextTable(table), folder / table.path
    header, rows = list(table.columns), dict[int, list[str]]()
    text.readable = file.stat().st_size <= MAX_FILE_BYTES
    if text.readable:
        try:
            header, rows = read_rows(file.read_bytes())
        except UntidyError:
            text.readable = False
    index = pd.Index(rows.keys(), name="line", dtype="int64")
    frame = pd.DataFrame(list(rows.values()), index=index, columns=header, dtype=text_type())
    text.absent = frozenset(table.columns) - set(header)
    text.frame = frame.where(frame != "").reindex(columns=list(table.columns))
    return text


def read_frames(package: Package) -> Frames:
    """Return all tables of a valid package as typed frames."""
    return Frames({table.name: read_frame(table, package.folder) for table in package.tables})


class CsvTables(Tables):
    """The tables of a package as typed frames by name, each read when it is first asked for.

    The package need not have been validated: a table whose rows cannot be told raises ValueError.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._frames: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._frames:
            self._read_rows(name)
            self._frames[name] = read_frame(self._package.table(name), self._package.folder)
        return self._frames[name]

    def __iter__(self) -> Iterator[str]:
        return (table.name for table in self._package.tables)

    def __len__(self) -> int:
        return len(self._package.tables)

    def count_rows(self, name: str) -> int:
        """Return the number of rows of a table."""
        return (self._package.folder / self._package.table(name).path).read_bytes().count(b"\n") - 1

    def read_cells(self, name: str, columns: Collection[str]) -> dict[str, list[object]]:
        """Return columns of a table as lists of plain cells, without making a frame, which takes three times as long."""
        table = self._package.table(name)
        rows = self._read_rows(name)
        texts = dict(zip(table.columns, zip(*rows, strict=True), strict=True)) if rows else {}
        readers = {
            column: (field.name, read)
            for field in table.fields
            for column, read in zip(field.loaded_columns, _choose_readers(field), strict=True)
        }
        return {
            column: [read(text) if text else None for text in texts.get(name, ())]
            for column, (name, read) in readers.items()
            if column in columns
        }

    def _read_rows(self, name: str) -> list[list[str]]:
        """Return the cells of a table by row.

        Raises
        ------
        UntidyError
            If the file is torn or lacks a column; other readers take such a file and leave cells empty.
        """
        table = self._package.table(name)
        header, rows = read_rows((self._package.folder / table.path).read_bytes())
        if tuple(header) != table.columns:
            raise UntidyError(f"the header of {table.path} is not that of the schema")
        return list(rows.values())


def _choose_readers(field: Field) -> tuple[Callable[[str], object], ...]:
    """Return what makes a cell from its text for each column that a field gives."""
    if field.is_date:
        return str, lambda text: _find_days(text)[0], lambda text: _find_days(text)[1]
    return ({"integer": int, "number": float}.get(field.form, str),)


@cache
def _find_days(text: str) -> tuple[str, str]:
    first, last = parse_date(text) or ("", "")
    return str(first), str(last)
