"""The canonical form of a table: one way to write the same rows.

Only what has a single reading is rewritten. A file that cannot be read without guessing is left as it is.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
import unicodedata
from contextlib import ExitStack
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from dprk_russia.contract.package import explain_closed_file
from dprk_russia.tabular.cells import rewrite
from dprk_russia.tabular.lines import BYTE_ORDER_MARK, MAX_LINE_BYTES

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Iterator, Mapping

    from dprk_russia.contract.schema import Field, Table


class UntidyError(ValueError):
    """The file has no single reading; the message says where."""


def tidy_table(table: Table, folder: Path, *, write: bool) -> bool:
    """Put the file of a table into canonical form and tell whether it was not; write it only if `write`.

    Raises
    ------
    UntidyError
        If the file cannot be opened, not be read without guessing, or has not the columns of the schema. It is left
        as it is.
    """
    path = folder / table.path
    try:
        before = path.read_bytes()
    except OSError as error:
        raise UntidyError(explain_closed_file(error)) from error
    after = canonise(table, before)
    if not after.startswith(_write_rows([list(table.columns)])):
        raise UntidyError("its columns are not those of the schema")
    if write and after != before:
        replace_files({path: after})
    return after != before


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Write to temporary files beside the paths and move them into place, so that no half file is ever seen.

    No path is touched before all of the content has been written.
    """
    with ExitStack() as stack:
        temporaries = {path: _write_beside(path, content, stack) for path, content in contents.items()}
        for path, temporary in temporaries.items():
            temporary.replace(path)


def _write_beside(path: Path, content: bytes, stack: ExitStack) -> Path:
    """Write a temporary file with the mode of the path; what the stack still finds there is removed."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    temporary = Path(name)
    stack.callback(temporary.unlink, missing_ok=True)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    temporary.chmod(path.stat().st_mode)
    return temporary


def insert_row(table: Table, content: bytes, row: Mapping[str, str]) -> tuple[bytes, int]:
    """Return a table's file with a row at the place of its key, and the line it stands at; all other lines stay.

    Raises
    ------
    UntidyError
        If the file cannot be read without guessing, or its header or line ends are not those of the canonical form.
    """
    header, records = read_rows(content)
    if header != list(table.columns):
        raise UntidyError("the header is not that of the schema")
    if content.startswith(BYTE_ORDER_MARK) or b"\r" in content or not content.endswith(b"\n"):
        raise UntidyError("the file has a byte order mark, or lines that do not end with a line feed alone")
    cells = [row.get(column, "") for column in table.columns]
    key = itemgetter(*map(table.columns.index, table.primary_key))
    lines = content.splitlines(keepends=True)
    below = (line for line, record in records.items() if key(record) > key(cells))
    line = next(below, len(lines) + 1)
    lines.insert(line - 1, _write_rows([cells]))
    return b"".join(lines), line


def canonise(table: Table, content: bytes) -> bytes:
    """Return the canonical form of a table's file.

    Raises
    ------
    UntidyError
        If the content is not a table in UTF-8 whose rows are as wide as its header.
    """
    header, records = read_rows(content)
    fields = {field.name: field for field in table.fields}
    names = [*(name for name in fields if name in header), *(name for name in header if name not in fields)]
    order = [header.index(name) for name in names]
    cells = [
        [canonise_cell(fields.get(name), row[index]) for name, index in zip(names, order, strict=True)]
        for row in records.values()
    ]
    key = [names.index(name) for name in table.primary_key if name in names]
    cells.sort(key=lambda row: [row[index] for index in key])
    return _write_rows([names, *cells])


def _write_rows(rows: list[list[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode()


def read_rows(content: bytes) -> tuple[list[str], dict[int, list[str]]]:
    """Return the header of a file and the cells of its rows by the line where each begins, without blank lines.

    Raises
    ------
    UntidyError
        If the content is not a table in UTF-8 whose rows are as wide as its header.
    """
    try:
        text = content.removeprefix(BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UntidyError(f"line {line} is not in UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records = _number_records(reader)
    rows: dict[int, list[str]] = {}
    try:
        header = [name.strip() for name in next(records, (0, []))[1]]
        _check_header(header)
        for begin, row in records:
            if len(row) != len(header):
                raise UntidyError(
                    f"line {reader.line_num} has {len(row)} cells; the header has {len(header)}"
                )
            if len(",".join(row).encode()) > MAX_LINE_BYTES:
                raise UntidyError(f"line {reader.line_num} is longer than {MAX_LINE_BYTES:,} bytes")
            rows[begin] = row
    except csv.Error as error:
        raise UntidyError(f"line {reader.line_num}: {error}") from None
    return header, rows


def _number_records(reader: Reader) -> Iterator[tuple[int, list[str]]]:
    """Yield the records that are not blank, each with the line where it begins."""
    begin = 1
    for record in reader:
        if record:
            yield begin, record
        begin = reader.line_num + 1


def _check_header(header: list[str]) -> None:
    if not header:
        raise UntidyError("the file is empty")
    if len(set(header)) != len(header):
        raise UntidyError("a column stands twice in the header")
    if not all(header):
        raise UntidyError("a column of the header has no name")
    if not all(map(str.isprintable, header)):
        raise UntidyError("a column of the header holds a character that cannot be printed")


def canonise_cell(field: Field | None, text: str) -> str:
    """Return the canonical form of a cell; without a field, that of any text."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    if field is None or not plain:
        return plain
    return rewrite(field, plain)
