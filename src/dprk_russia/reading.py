"""From a CSV file to a frame of text, one row per record, indexed by physical line.

Every line that is one well-formed record of the header's width is parsed by pyarrow; the few that are not are
looked at one by one, reported, and kept in the frame as spoiled rows, so that their ids are still known.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dprk_russia.findings import Finding, Rule
from dprk_russia.package import FILE_TOO_LARGE, MAX_FILE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    import pandas as pd
    import pyarrow as pa

    from dprk_russia.contract import Table

MAX_LINE_CHARACTERS = 100_000
MAX_RECORD_LINES = 100
MAX_COLUMNS = 500
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

EMPTY_FILE = Rule(
    "empty-file", "file", "A table has at least its header line.", "Write the header line of the schema."
)
NOT_UTF8 = Rule(
    "not-utf8", "file", "A table is a text file in UTF-8.", "Save the file as CSV with the encoding UTF-8."
)
BOM = Rule(
    "byte-order-mark",
    "file",
    "A table does not begin with a byte order mark.",
    'Save the file as "UTF-8" instead of "UTF-8 with BOM".',
)
LINE_ENDING = Rule(
    "line-ending",
    "file",
    "Every line, the last one too, ends with a line feed alone.",
    "Save the file with Unix line ends and end the last line.",
)
BLANK_LINE = Rule("blank-line", "file", "No line is empty.", "Delete the empty lines.")
DELIMITER = Rule(
    "wrong-delimiter",
    "file",
    "Cells are separated by commas.",
    "Save the file as CSV with commas, not semicolons or tabs.",
)
UNCLOSED_QUOTE = Rule(
    "unclosed-quote",
    "file",
    'A cell with a comma or a quote stands between quotes, and a quote within it is written twice ("").',
    "Close the quote, or write every quote within the cell twice.",
)
RAGGED_ROW = Rule(
    "ragged-row",
    "file",
    "Every row has as many cells as the header.",
    "Add the missing commas, or put quotes around a cell that holds a comma.",
)
NEWLINE_IN_CELL = Rule(
    "newline-in-cell", "file", "No cell holds a line break.", "Write the cell on one line."
)
CELL_TOO_LARGE = Rule(
    "cell-too-large",
    "package",
    f"No line is longer than {MAX_LINE_CHARACTERS:,} characters.",
    "Shorten the cell; long text belongs to the source, not to the table.",
)
MISSING_COLUMN = Rule(
    "missing-column", "header", "The header has every column of the schema.", "Add the column to the header."
)
EXTRA_COLUMN = Rule(
    "extra-column",
    "header",
    "The header has no column that the schema lacks.",
    "Remove or rename the column.",
)
DUPLICATE_COLUMN = Rule(
    "duplicate-column", "header", "No column stands twice in the header.", "Remove one of the two."
)
COLUMN_ORDER = Rule(
    "column-order",
    "header",
    "The columns stand in the order of the schema.",
    "Put the columns into the order of the schema.",
)

RULES = (
    EMPTY_FILE,
    NOT_UTF8,
    BOM,
    LINE_ENDING,
    DELIMITER,
    BLANK_LINE,
    UNCLOSED_QUOTE,
    RAGGED_ROW,
    NEWLINE_IN_CELL,
    CELL_TOO_LARGE,
    MISSING_COLUMN,
    EXTRA_COLUMN,
    DUPLICATE_COLUMN,
    COLUMN_ORDER,
)

_CELL = r'(?:[^",]*|"(?:[^"]|"")*")'
_RECORD = re.compile(rf"{_CELL}(?:,{_CELL})*")
_OPEN_RECORD = re.compile(rf'(?:{_CELL},)*"(?:[^"]|"")*')


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table as text.

    `frame` has the schema's columns as strings, missing cells as NaN, and the physical line as index.
    `spoiled` holds the lines whose cells cannot be told apart: only their ids are to be used.
    `absent` names the columns that the file lacks.
    """

    table: Table
    frame: pd.DataFrame
    findings: list[Finding]
    spoiled: frozenset[int] = frozenset()
    absent: frozenset[str] = frozenset()
    readable: bool = True


@dataclass(slots=True)
class _Lines:
    """The lines of a file, and what was found on the way to them."""

    table: Table
    texts: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    spoiled: set[int] = field(default_factory=set)
    absent: frozenset[str] = frozenset()

    def fault(
        self, rule: Rule, line: int | None, message: str, column: str | None = None, row: str | None = None
    ) -> None:
        self.findings.append(
            rule.found(
                message, path=self.table.path, table=self.table.name, line=line, column=column, row_id=row
            )
        )


def read_text(table: Table, folder: Path) -> TextTable:
    """Read one table as text; never raises for what a file may hold."""
    lines = _Lines(table)
    try:
        header = _read_header(lines, _read_bytes(lines, folder))
    except _UnreadableError:
        return TextTable(table, _no_rows(table), lines.findings, readable=False)
    return _read_rows(lines, header)


class _UnreadableError(Exception):
    """The file cannot be taken apart; the finding that says so has been made."""


def _read_bytes(lines: _Lines, folder: Path) -> bytes:
    file = folder / lines.table.path
    try:
        size = file.stat().st_size
        if size > MAX_FILE_BYTES:
            lines.findings.append(
                FILE_TOO_LARGE.found(
                    f"The file has {size:,} bytes.", path=lines.table.path, table=lines.table.name
                )
            )
            raise _UnreadableError
        return file.read_bytes()
    except OSError as error:
        lines.fault(NOT_UTF8, None, f"The file cannot be read: {error.strerror}.")
        raise _UnreadableError from error


def _read_header(lines: _Lines, data: bytes) -> list[str]:
    """Split the file into lines and return the names in its header."""
    if data.startswith(BYTE_ORDER_MARK):
        lines.fault(BOM, 1, "The file begins with a byte order mark.")
        data = data.removeprefix(BYTE_ORDER_MARK)
    if not data.strip():
        lines.fault(EMPTY_FILE, None, "The file is empty.")
        raise _UnreadableError
    lines.texts = _decode(lines, _unify_line_ends(lines, data)).split("\n")
    _check_first_line(lines, lines.texts[0])
    names = next(csv.reader([lines.texts[0]]))
    first_row = next(csv.reader([text[:MAX_LINE_CHARACTERS] for text in lines.texts[1:2]]), [])
    if names[-1] == "" and len(first_row) == len(names) - 1:
        lines.fault(EXTRA_COLUMN, 1, "The header ends with a comma.")
        names.pop()
    _check_header(lines, names)
    return names


def _check_first_line(lines: _Lines, text: str) -> None:
    """Refuse a file whose first line cannot be a header."""

    def refuse(rule: Rule, message: str) -> None:
        lines.findings.clear()
        lines.fault(rule, 1, message)
        raise _UnreadableError

    if "\ufffd" in text or "\0" in text:
        refuse(NOT_UTF8, "This is not a text file in UTF-8.")
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if sign in text and "," not in text:
            refuse(DELIMITER, f"The header is separated by {name}.")
    if odd := next((sign for sign in text if not sign.isprintable()), None):
        refuse(NOT_UTF8, f"The header holds U+{ord(odd):04X}, which cannot be printed.")
    if len(text) > MAX_LINE_CHARACTERS:
        refuse(CELL_TOO_LARGE, f"The line has {len(text):,} characters.")
    if not text.strip():
        refuse(EMPTY_FILE, "The first line is empty.")
    names = next(csv.reader([text]))
    if len(names) > MAX_COLUMNS:
        refuse(
            EXTRA_COLUMN, f"The header has {len(names):,} columns; the schema has {len(lines.table.columns)}."
        )
    if not set(names) & set(lines.table.columns):
        refuse(MISSING_COLUMN, "The first line is not the header: it names no column of the schema.")


def _unify_line_ends(lines: _Lines, data: bytes) -> bytes:
    if b"\r" in data:
        first = data.split(b"\r", 1)[0].count(b"\n") + 1
        number = data.count(b"\r")
        lines.fault(LINE_ENDING, first, f"The file has {number:,} carriage returns; the first is here.")
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    elif not data.endswith(b"\n"):
        lines.fault(LINE_ENDING, data.count(b"\n") + 1, "The last line does not end with a line feed.")
    return data.removesuffix(b"\n")


def _decode(lines: _Lines, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        for number, line in enumerate(data.split(b"\n"), 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                byte = line[error.start]
                lines.fault(NOT_UTF8, number, f"Byte {byte:#04x} at position {error.start + 1} is not UTF-8.")
                lines.spoiled.add(number)
        return data.decode("utf-8", errors="replace")


def _check_header(lines: _Lines, names: list[str]) -> None:
    expected = lines.table.columns
    lines.absent = frozenset(expected) - set(names)
    misspelt = {name: _find_meant(name, lines.absent) for name in names if name not in expected}
    for name in expected:
        if name in lines.absent and name not in misspelt.values():
            lines.fault(MISSING_COLUMN, 1, f'The column "{name}" is missing.', name)
    for name in dict.fromkeys(names):
        if meant := misspelt.get(name):
            lines.fault(MISSING_COLUMN, 1, f'The column "{name}" is misspelt; write "{meant}".', meant)
        elif name not in expected:
            lines.fault(EXTRA_COLUMN, 1, f'The column "{name}" is not in the schema.', name)
        elif names.count(name) > 1:
            lines.fault(DUPLICATE_COLUMN, 1, f'The column "{name}" stands {names.count(name)} times.', name)
    known = list(dict.fromkeys(name for name in names if name in expected))
    ordered = [name for name in expected if name in known]
    if known != ordered:
        first = next(found for found, wanted in zip(known, ordered, strict=True) if found != wanted)
        lines.fault(COLUMN_ORDER, 1, f'The column "{first}" stands out of order.', first)


def _find_meant(name: str, absent: frozenset[str]) -> str | None:
    plain = name.strip().casefold().replace(" ", "_")
    nearest = difflib.get_close_matches(plain, absent, n=1, cutoff=0.8)
    return nearest[0] if nearest else None


def _read_rows(lines: _Lines, header: list[str]) -> TextTable:
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = pa.array(lines.texts[1:], pa.large_string())
    width = len(header)
    sound = pc.match_substring_regex(texts, rf"^{_CELL}(?:,{_CELL}){{{width - 1}}}$")
    sound = pc.and_(sound, pc.less_equal(pc.utf8_length(texts), MAX_LINE_CHARACTERS))
    sound = pc.and_(sound, pc.not_equal(texts, ""))
    mask = sound.to_numpy(zero_copy_only=False)
    odd = {} if mask.all() else dict(_read_odd_lines(lines, header, mask))
    numbers = np.flatnonzero(mask) + 2
    frame = _parse(texts.filter(pa.array(mask)), header)
    frame.index = pd.Index(numbers, name="line")
    if odd:
        rows = pd.DataFrame.from_dict(odd, orient="index", columns=header, dtype=frame.dtypes.iloc[0])
        frame = pd.concat([frame, rows]).sort_index()
        frame.index.name = "line"
    frame = frame.loc[:, ~frame.columns.duplicated()].reindex(columns=list(lines.table.columns))
    return TextTable(
        lines.table, _as_text(frame), lines.findings, frozenset(lines.spoiled), frozenset(lines.absent)
    )


def _parse(texts: pa.Array, header: list[str]) -> pd.DataFrame:
    """Parse lines that are known to be well-formed records of one width."""
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    import pyarrow.csv

    if not len(texts):
        return _as_text(pd.DataFrame(columns=header, index=pd.RangeIndex(0)))
    positions = [f"{number}" for number in range(len(header))]
    parsed = pyarrow.csv.read_csv(
        # With a header of its own, the reader takes no byte order mark out of the first cell.
        io.BytesIO("\n".join([",".join(positions), *texts.to_pylist()]).encode()),
        parse_options=pyarrow.csv.ParseOptions(ignore_empty_lines=False),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(positions, pa.large_string()),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            check_utf8=False,
        ),
    )
    text = pd.StringDtype("pyarrow", na_value=np.nan)
    frame: pd.DataFrame = parsed.to_pandas(types_mapper={pa.large_string(): text}.get)
    frame.columns = pd.Index(header)
    return frame


def _read_odd_lines(
    lines: _Lines, header: list[str], mask: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> Iterator[tuple[int, list[str | None]]]:
    """Yield a row for every record that is not well-formed, after reporting it.

    Lines that turn out to continue a record are taken out of `mask`.
    """
    position = 0
    while position < len(mask):
        if mask[position]:
            position += 1
            continue
        line, text = position + 2, lines.texts[position + 1]
        taken = 1
        if len(text) > MAX_LINE_CHARACTERS:
            lines.fault(CELL_TOO_LARGE, line, f"The line has {len(text):,} characters.")
        elif not text:
            while position < len(mask) and not lines.texts[position + 1]:
                position += 1
            number = position + 2 - line
            lines.fault(
                BLANK_LINE, line, "The line is empty." if number == 1 else f"{number:,} lines are empty."
            )
            continue
        elif _RECORD.fullmatch(text):
            cells = next(csv.reader([text]))
            lines.fault(
                RAGGED_ROW,
                line,
                f"The row has {len(cells)} cells; the header has {len(header)}.",
                row=cells[0] or None,
            )
        elif cells := _join(lines.texts[position + 1 : position + 1 + MAX_RECORD_LINES], len(header)):
            taken = sum(cell.count("\n") for cell in cells) + 1
            mask[position : position + taken] = False
            broken = next(name for name, cell in zip(header, cells, strict=True) if "\n" in cell)
            lines.fault(NEWLINE_IN_CELL, line, "The cell holds a line break.", broken, cells[0] or None)
        else:
            lines.fault(UNCLOSED_QUOTE, line, "A quote is opened and not closed, or stands alone in a cell.")
        lines.spoiled.add(line)
        yield line, _recover_id(text, len(header))
        position += taken


def _join(texts: list[str], width: int) -> list[str]:
    """Return the cells of the record that the first text opens and a later one closes, or none."""
    joined = texts[0]
    for text in texts[1:]:
        if not _OPEN_RECORD.fullmatch(joined):
            return []
        joined = f"{joined}\n{text}"
        if len(joined) > MAX_LINE_CHARACTERS:
            return []
        if _RECORD.fullmatch(joined):
            cells = next(csv.reader(io.StringIO(joined, newline="")))
            return cells if len(cells) == width else []
    return []


def _recover_id(text: str, width: int) -> list[str | None]:
    """Return a row that holds the first cell of a text and nothing else."""
    first = text.split(",", 1)[0].strip('"')[:200]
    return [first or None, *[None] * (width - 1)]


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Give every column, absent ones too, the same string type."""
    import numpy as np
    import pandas as pd

    return frame.astype(pd.StringDtype("pyarrow", na_value=np.nan))


def _no_rows(table: Table) -> pd.DataFrame:
    import pandas as pd

    return _as_text(pd.DataFrame(columns=list(table.columns), index=pd.Index([], name="line", dtype="int64")))
