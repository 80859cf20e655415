"""The canonical form of a table: one way to write the same rows.

Only what has a single reading is rewritten. A file that cannot be taken apart without guessing is left as it is.
"""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from dprk_russia.cells import parse_date
from dprk_russia.reading import BYTE_ORDER_MARK, MAX_LINE_CHARACTERS

if TYPE_CHECKING:
    from dprk_russia.contract import Field, Table

_GROUPED = re.compile(
    r"([+-]?)(\d{1,3}(?:[ _'\u00a0\u202f]\d{3})+|\d{1,3}(?:,\d{3}){2,}|\d+)(\.\d+)?([eE][+-]?\d{1,2})?",
    re.ASCII,
)
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)


class UntidyError(Exception):
    """The file has no single reading; the message says where."""


def tidy_table(table: Table, folder: Path, *, write: bool) -> bool:
    """Put the file of a table into canonical form and tell whether it was not; write it only if `write`.

    Raises
    ------
    UntidyError
        If the file cannot be taken apart without guessing. It is left as it is.
    """
    path = folder / table.path
    before = path.read_bytes()
    after = canonise(table, before)
    if write and after != before:
        _replace(path, after)
    return after != before


def _replace(path: Path, content: bytes) -> None:
    """Write to a temporary file beside the path and move it into place, so that no half file is ever seen."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        temporary.chmod(path.stat().st_mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def canonise(table: Table, content: bytes) -> bytes:
    """Return the canonical form of a table's file.

    Raises
    ------
    UntidyError
        If the content is not a table in UTF-8 whose rows are as wide as its header.
    """
    header, rows = _take_apart(content)
    fields = {field.name: field for field in table.fields}
    order = sorted(
        range(len(header)),
        key=lambda index: table.columns.index(header[index]) if header[index] in fields else len(fields),
    )
    names = [header[index] for index in order]
    cells = [
        [_canonise_cell(fields.get(name), row[index]) for name, index in zip(names, order, strict=True)]
        for row in rows
    ]
    key = [names.index(name) for name in table.primary_key if name in names]
    cells.sort(key=lambda row: [row[index] for index in key])
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows([names, *cells])
    return buffer.getvalue().encode()


def _take_apart(content: bytes) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of a file, without blank lines."""
    try:
        text = content.removeprefix(BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UntidyError(f"line {line} is not in UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    header: list[str] = []
    try:
        for row in reader:
            if not header:
                header = [name.strip() for name in row]
                _check_header(header)
            elif row and len(row) != len(header):
                raise UntidyError(
                    f"line {reader.line_num} has {len(row)} cells; the header has {len(header)}"
                )
            elif sum(map(len, row)) > MAX_LINE_CHARACTERS:
                raise UntidyError(f"line {reader.line_num} is longer than {MAX_LINE_CHARACTERS:,} characters")
            elif row:
                rows.append(row)
    except csv.Error as error:
        raise UntidyError(f"line {reader.line_num}: {error}") from None
    if not header:
        raise UntidyError("the file is empty")
    return header, rows


def _check_header(header: list[str]) -> None:
    if len(set(header)) != len(header):
        raise UntidyError("a column stands twice in the header")
    if not all(header):
        raise UntidyError("a column of the header has no name")
    if not all(map(str.isprintable, header)):
        raise UntidyError("a column of the header holds a character that cannot be printed")


def _canonise_cell(field: Field | None, text: str) -> str:
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    if field is None or not plain:
        return plain
    if field.is_date:
        return _canonise_date(plain)
    if field.form in {"integer", "number"}:
        return _canonise_number(plain)
    return plain


def _canonise_date(text: str) -> str:
    """Return a date that begins with its year with two digits for month and day; any other as it stands."""
    parts = _DAY.fullmatch(text)
    if not parts:
        return text
    written = f"{parts[1]}-{int(parts[2]):02}-{int(parts[3]):02}"
    return written if parse_date(written) else text


def _canonise_number(text: str) -> str:
    """Return a number in plain digits; one with a single comma, which may be a decimal comma, as it stands."""
    parts = _GROUPED.fullmatch(text)
    if not parts:
        return text
    sign, whole, fraction, exponent = (part or "" for part in parts.groups())
    number = Decimal(f"{sign}{re.sub(r'[^0-9]', '', whole)}{fraction}{exponent}")
    plain = f"{number.copy_abs():f}"  # `abs` would round it
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return f"-{plain}" if number < 0 else plain
