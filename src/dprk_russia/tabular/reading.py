"""From a CSV file to a frame of text, one row per record, indexed by physical line.

Every line that is one well-formed record of the header's width is parsed by pyarrow; the few that are not are
looked at one by one, reported, and kept in the frame as spoiled rows, so that their ids are still known. Which lines
are well-formed is told from the places of line feeds, commas and quotes alone.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from dprk_russia.contract.findings import MAX_ALIKE, RULES, Finding, Rule
from dprk_russia.contract.package import FILE_TOO_LARGE, MAX_FILE_BYTES, MAX_LINES
from dprk_russia.tabular.nearness import find_nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    import numpy as np
    import pandas as pd
    import pyarrow as pa

    from dprk_russia.contract.schema import Table

    Offsets = np.ndarray[tuple[int], np.dtype[np.int64]]
    Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]
    Bytes = np.ndarray[tuple[int], np.dtype[np.uint8]]
    Sieve = Callable[[pa.Array], pa.Array]

MAX_LINE_BYTES = 100_000
MAX_RECORD_LINES = 100
MAX_COLUMNS = 500
# What is looked at in one go, so that the places of commas and quotes stay in the processor's cache.
BLOCK_BYTES = 1 << 20
# What is parsed in one go; smaller pieces cost more in calls, larger ones leave the cache.
PARSED_BYTES = 1 << 23
LINE_FEED, CARRIAGE_RETURN, COMMA, QUOTE = b'\n\r,"'
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

EMPTY_FILE = RULES["empty-file"]
NOT_UTF8 = RULES["not-utf8"]
BOM = RULES["byte-order-mark"]
LINE_ENDING = RULES["line-ending"]
BLANK_LINE = RULES["blank-line"]
DELIMITER = RULES["wrong-delimiter"]
UNCLOSED_QUOTE = RULES["unclosed-quote"]
RAGGED_ROW = RULES["ragged-row"]
NEWLINE_IN_CELL = RULES["newline-in-cell"]
CELL_TOO_LARGE = RULES["cell-too-large"]
MISSING_COLUMN = RULES["missing-column"]
EXTRA_COLUMN = RULES["extra-column"]
DUPLICATE_COLUMN = RULES["duplicate-column"]
COLUMN_ORDER = RULES["column-order"]


_CELL = r'(?:[^",]*|"(?:[^"]|"")*")'
_RECORD = re.compile(rf"{_CELL}(?:,{_CELL})*")
_OPEN_RECORD = re.compile(rf'(?:{_CELL},)*"(?:[^"]|"")*')


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table as text.

    `frame` has the schema's columns as strings, missing cells as NaN, and the physical line as index.
    `spoiled` holds the lines whose cells cannot be told apart: only their ids are to be used.
    `absent` names the columns that the file lacks. `unlisted` counts the findings that are too many to list.
    """

    table: Table
    frame: pd.DataFrame
    findings: list[Finding]
    spoiled: frozenset[int] = frozenset()
    absent: frozenset[str] = frozenset()
    unlisted: int = 0
    readable: bool = True


@dataclass(slots=True)
class _Lines:
    """The lines of a file, and what was found on the way to them.

    `data` is the text in UTF-8 with a line feed after each line; `starts` holds the first byte of each line and, last,
    the number of bytes.
    """

    table: Table
    data: pa.Buffer
    starts: Offsets
    findings: list[Finding] = field(default_factory=list)
    spoiled: set[int] = field(default_factory=set)
    absent: frozenset[str] = frozenset()
    unlisted: int = 0

    def __len__(self) -> int:
        return len(self.starts) - 1

    def text(self, line: int, limit: int = MAX_LINE_BYTES) -> str:
        """Return the first `limit` bytes of a line without its line feed, or an empty text after the last line.

        Lines are counted from 1.
        """
        if line > len(self):
            return ""
        start, end = int(self.starts[line - 1]), int(self.starts[line]) - 1
        return bytes(self.data[start : min(end, start + limit)]).decode("utf-8", errors="ignore")

    def fault(
        self, rule: Rule, line: int | None, message: str, column: str | None = None, row: str | None = None
    ) -> None:
        if len(self.findings) >= MAX_ALIKE:
            self.unlisted += 1
            return
        self.findings.append(
            rule.found(
                message, path=self.table.path, table=self.table.name, line=line, column=column, row_id=row
            )
        )


def read_text(table: Table, folder: Path, sieves: Mapping[str, Sieve] = MappingProxyType({})) -> TextTable:
    """Read one table as text; never raises for what a file may hold.

    A sieve takes some of the cells of its column and returns what of them the frame shall hold, so that what is not
    looked at again is not kept. Cells of a file that has to be read with care are kept as they are.
    """
    frame = _read_sound_file(table, folder / table.path, sieves)
    return _read_with_care(table, folder) if frame is None else TextTable(table, frame, [])


def _read_sound_file(table: Table, file: Path, sieves: Mapping[str, Sieve]) -> pd.DataFrame | None:
    """Read a file that has the columns of its table and well-formed records alone, or return none.

    Nearly every file is one; it is never in memory as a whole before its cells are.
    """
    import pandas as pd
    import pyarrow as pa

    try:
        number = _count_sound_lines(file, ",".join(table.columns).encode())
        if not number:
            return None
        with pa.OSFile(str(file)) as content:
            frame = _parse(content, list(table.columns), sieves)
    except (OSError, pa.ArrowInvalid):
        return None
    if len(frame) != number - 1:
        return None
    frame.index = pd.RangeIndex(2, number + 1, name="line")
    return frame


def _count_sound_lines(file: Path, header: bytes) -> int:
    """Return the number of lines of a file that begins with a header, or 0 if one of them is at fault by itself.

    Whether each has as many cells as the header is left to the parser.
    """
    number = 0
    with file.open("rb") as content:
        if file.stat().st_size > MAX_FILE_BYTES or content.readline(MAX_LINE_BYTES) != header + b"\n":
            return 0
        while block := content.read(BLOCK_BYTES):
            found = _count_sound_records(block + content.readline(MAX_LINE_BYTES + 1))
            number += found
            if not found or number > MAX_LINES:
                return 0
    return number + 1


def _count_sound_records(block: bytes) -> int:
    """Return the number of lines in a block, or 0 if one is empty, too long or torn, or has a stray quote or byte."""
    import numpy as np
    import pyarrow as pa

    if not block.endswith(b"\n") or b"\r" in block or not _is_utf8(pa.py_buffer(block)):
        return 0
    content = np.frombuffer(block, dtype="uint8")
    ends = np.flatnonzero(content == LINE_FEED)
    lengths = np.diff(ends, prepend=-1) - 1
    right = lengths.min() > 0 and lengths.max() <= MAX_LINE_BYTES and _pair_quotes(content, ends)[0].all()
    return len(ends) if right else 0


def _read_with_care(table: Table, folder: Path) -> TextTable:
    """Read one table line by line, and report every line that is not a well-formed record."""
    import numpy as np
    import pyarrow as pa

    lines = _Lines(table, pa.py_buffer(b""), np.zeros(1, dtype="int64"))
    try:
        header = _read_header(lines, _read_bytes(lines, folder))
    except _UnreadableError:
        return TextTable(table, _no_rows(table), lines.findings, readable=False)
    return _read_rows(lines, header)


class _UnreadableError(Exception):
    """The file cannot be taken apart; the finding that says so has been made."""


def _read_bytes(lines: _Lines, folder: Path) -> pa.Buffer:
    """Return the content of the file."""
    import numpy as np
    import pyarrow as pa

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
        # numpy takes its memory in large pages, which the system clears faster.
        return pa.py_buffer(np.fromfile(file, dtype="uint8", count=size))
    except OSError as error:
        lines.fault(NOT_UTF8, None, f"The file cannot be read: {error.strerror}.")
        raise _UnreadableError from error


def _read_header(lines: _Lines, data: pa.Buffer) -> list[str]:
    """Find the lines of the file and return the names in its header."""
    if bytes(data[: len(BYTE_ORDER_MARK)]) == BYTE_ORDER_MARK:
        lines.fault(BOM, 1, "The file begins with a byte order mark.")
        data = data[len(BYTE_ORDER_MARK) :]
    if all(bytes(block).isspace() for block in _cut(data)):
        lines.fault(EMPTY_FILE, None, "The file is empty.")
        raise _UnreadableError
    lines.data = _unify_line_ends(lines, data)
    lines.starts = _find_starts(lines)
    if not _is_utf8(lines.data):
        lines.data = _replace_bad_bytes(lines)
        lines.starts = _find_starts(lines)
    _check_first_line(lines, lines.text(1, MAX_LINE_BYTES + 1))
    names = next(csv.reader([lines.text(1)]))
    first_row = next(csv.reader([lines.text(2)]), [])
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
    if len(text.encode()) > MAX_LINE_BYTES:
        refuse(CELL_TOO_LARGE, f"The line has {int(lines.starts[1]) - 1:,} bytes.")
    if not text.strip():
        refuse(EMPTY_FILE, "The first line is empty.")
    names = next(csv.reader([text]))
    if not _RECORD.fullmatch(text):
        message = "A quote is opened and not closed, or stands alone in a name."
        if names != list(lines.table.columns):
            refuse(UNCLOSED_QUOTE, message)
        lines.fault(UNCLOSED_QUOTE, 1, message)
    if len(names) > MAX_COLUMNS:
        refuse(
            EXTRA_COLUMN, f"The header has {len(names):,} columns; the schema has {len(lines.table.columns)}."
        )
    if not set(names) & set(lines.table.columns):
        refuse(MISSING_COLUMN, "The first line is not the header: it names no column of the schema.")


def _cut(data: pa.Buffer) -> Iterator[Bytes]:
    """Yield the content in blocks."""
    import numpy as np

    content = np.frombuffer(data, dtype="uint8")
    for start in range(0, len(content), BLOCK_BYTES):
        yield content[start : start + BLOCK_BYTES]


def _unify_line_ends(lines: _Lines, data: pa.Buffer) -> pa.Buffer:
    """Return the content with a line feed, and nothing else, after each line."""
    import pyarrow as pa

    content = b""
    if any((block == CARRIAGE_RETURN).any() for block in _cut(data)):
        content = bytes(data)
        first = content.count(b"\n", 0, content.index(b"\r")) + 1
        number = content.count(b"\r")
        lines.fault(LINE_ENDING, first, f"The file has {number:,} carriage returns; the first is here.")
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    elif data[data.size - 1] != LINE_FEED:
        content = bytes(data)
        lines.fault(LINE_ENDING, content.count(b"\n") + 1, "The last line does not end with a line feed.")
    if content:
        return pa.py_buffer(content if content.endswith(b"\n") else content + b"\n")
    return data


def _replace_bad_bytes(lines: _Lines) -> pa.Buffer:
    """Return the content with a sign of its own for every byte that is not UTF-8."""
    import pyarrow as pa

    content = bytes(lines.data)
    for number, line in enumerate(content.split(b"\n"), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            byte = line[error.start]
            lines.fault(NOT_UTF8, number, f"Byte {byte:#04x} at position {error.start + 1} is not UTF-8.")
            lines.spoiled.add(number)
    return pa.py_buffer(content.decode("utf-8", errors="replace").encode())


def _is_utf8(data: pa.Buffer) -> bool:
    import numpy as np
    import pyarrow as pa

    offsets = pa.py_buffer(np.array([0, data.size], dtype="int64"))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, data]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _find_starts(lines: _Lines) -> Offsets:
    """Return the position of the first byte of each line and, last, the number of bytes.

    A file of so many lines that their places alone would fill the memory is refused.
    """
    import numpy as np

    starts, number = [np.zeros(1, dtype="int64")], 0
    for at, block in enumerate(_cut(lines.data)):
        ends = np.flatnonzero(block == LINE_FEED)
        starts.append(ends + (at * BLOCK_BYTES + 1))
        number += len(ends)
        if number > MAX_LINES:
            lines.findings.clear()
            lines.fault(FILE_TOO_LARGE, None, f"The file has more than {MAX_LINES:,} lines.")
            raise _UnreadableError
    return np.concatenate(starts)


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
    return find_nearest(plain, absent, cutoff=0.8)


def _read_rows(lines: _Lines, header: list[str]) -> TextTable:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    sound = _find_sound(lines, len(header))
    # The header keeps its place, so that the parser takes no byte order mark out of the first cell.
    sound[0] = True
    odd = dict(_read_odd_lines(lines, header, sound))
    frame = _parse(pa.BufferReader(_filter(lines, sound)), header, {})
    frame.index = pd.Index(np.flatnonzero(sound)[1:] + 1, name="line")
    if odd:
        rows = pd.DataFrame.from_dict(odd, orient="index", columns=header, dtype=frame.dtypes.iloc[0])
        frame = pd.concat([frame, rows]).sort_index()
        frame.index.name = "line"
    frame = frame.loc[:, ~frame.columns.duplicated()].reindex(columns=list(lines.table.columns))
    return TextTable(
        lines.table,
        _as_text(frame),
        lines.findings,
        frozenset(lines.spoiled),
        frozenset(lines.absent),
        lines.unlisted,
    )


def _find_sound(lines: _Lines, width: int) -> Mask:
    """Tell for each line whether it is one well-formed record of `width` cells, not empty and not too long."""
    import numpy as np

    sound = np.diff(lines.starts) - 1 <= MAX_LINE_BYTES
    for rows, block, ends in _group_lines(lines):
        sound[rows] &= _is_record(block, ends, width)
    return sound


def _group_lines(lines: _Lines) -> Iterator[tuple[slice, Bytes, Offsets]]:
    """Yield the lines in groups: which they are, their bytes, and the place of the line feed of each in those."""
    import numpy as np

    starts = lines.starts
    content = np.frombuffer(lines.data, dtype="uint8")
    first = 0
    while first < len(lines):
        end = int(np.searchsorted(starts, starts[first] + BLOCK_BYTES, side="right")) - 1
        end = min(max(end, first + 1), len(lines))
        start = starts[first]
        yield slice(first, end), content[start : starts[end]], starts[first + 1 : end + 1] - 1 - start
        first = end


def _is_record(block: Bytes, ends: Offsets, width: int) -> Mask:
    """Tell for each line that ends at some places whether it is one well-formed record of `width` cells.

    Commas between quotes separate nothing.
    """
    import numpy as np

    commas = np.flatnonzero(block == COMMA)
    counts = np.diff(np.searchsorted(commas, ends), prepend=0)
    sound, line, opening, closing = _pair_quotes(block, ends)
    between = np.searchsorted(commas, closing) - np.searchsorted(commas, opening)
    np.subtract.at(counts, line, between)
    sound &= (np.diff(ends, prepend=-1) > 1) & (counts == width - 1)
    return sound


def _pair_quotes(block: Bytes, ends: Offsets) -> tuple[Mask, Offsets, Offsets, Offsets]:
    """Tell for each line whether its quotes stand well, and of each pair in those lines the line and both places.

    Quotes open and close by turns. One that opens follows the start of a cell, or the quote with which it is one quote
    written twice; one that closes stands before the end of a cell or such a quote.
    """
    import numpy as np

    quotes = np.flatnonzero(block == QUOTE)
    line = np.searchsorted(ends, quotes)
    numbers = np.bincount(line, minlength=len(ends))
    opens = (np.arange(len(quotes)) - (np.cumsum(numbers) - numbers)[line]) % 2 == 0
    before = np.where(quotes > 0, block[quotes - 1], LINE_FEED)
    beside = np.where(opens, before, block[quotes + 1])
    sound: Mask = numbers % 2 == 0
    sound[line[(beside != COMMA) & (beside != LINE_FEED) & (beside != QUOTE)]] = False
    paired = sound[line]
    return sound, line[paired & opens], quotes[paired & opens], quotes[paired & ~opens]


def _filter(lines: _Lines, sound: Mask) -> pa.Buffer:
    """Return the content of some lines."""
    import pyarrow as pa

    if sound.all():
        return lines.data
    offsets = pa.py_buffer(lines.starts)
    texts = pa.Array.from_buffers(pa.large_binary(), len(lines), [None, offsets, lines.data])
    return texts.filter(pa.array(sound)).buffers()[2]


def _parse(content: pa.NativeFile, header: list[str], sieves: Mapping[str, Sieve]) -> pd.DataFrame:
    """Parse a header and the lines below it, which are well-formed records, and put the cells through sieves.

    Raises
    ------
    pyarrow.ArrowInvalid
        If a line has not as many cells as there are names in `header`.
    """
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    import pyarrow.csv

    positions = [f"{number}" for number in range(len(header))]
    reader = pyarrow.csv.open_csv(
        content,
        read_options=pyarrow.csv.ReadOptions(column_names=positions, skip_rows=1, block_size=PARSED_BYTES),
        parse_options=pyarrow.csv.ParseOptions(ignore_empty_lines=False),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(positions, pa.large_string()),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            check_utf8=False,
        ),
    )
    pick = [sieves.get(name, _keep) for name in header]
    batches = [
        pa.record_batch([sieve(cells) for sieve, cells in zip(pick, batch.columns, strict=True)], positions)
        for batch in reader
    ]
    parsed = pa.Table.from_batches(batches, reader.schema)
    text = pd.StringDtype("pyarrow", na_value=np.nan)
    frame: pd.DataFrame = parsed.to_pandas(types_mapper={pa.large_string(): text}.get)
    frame.columns = pd.Index(header)
    return frame


def _keep(cells: pa.Array) -> pa.Array:
    return cells


def _read_odd_lines(lines: _Lines, header: list[str], sound: Mask) -> Iterator[tuple[int, list[str | None]]]:
    """Yield a row for every record that is not well-formed, after reporting it.

    Lines that turn out to continue a record are taken out of `sound`.
    """
    import numpy as np

    starts = lines.starts
    past = 0
    for line in (np.flatnonzero(~sound) + 1).tolist():
        if line < past:
            continue
        text = lines.text(line)
        size = int(starts[line] - starts[line - 1]) - 1
        past = line + 1
        if size > MAX_LINE_BYTES:
            lines.fault(CELL_TOO_LARGE, line, f"The line has {size:,} bytes.")
        elif not text:
            while past <= len(lines) and starts[past] - starts[past - 1] == 1:
                past += 1
            number = past - line
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
        elif cells := _join((lines.text(at) for at in range(line, line + MAX_RECORD_LINES)), len(header)):
            past = line + sum(cell.count("\n") for cell in cells) + 1
            sound[line - 1 : past - 1] = False
            broken = next(name for name, cell in zip(header, cells, strict=True) if "\n" in cell)
            lines.fault(NEWLINE_IN_CELL, line, "The cell holds a line break.", broken, cells[0] or None)
        else:
            lines.fault(UNCLOSED_QUOTE, line, "A quote is opened and not closed, or stands alone in a cell.")
        lines.spoiled.add(line)
        yield line, _recover_id(text, len(header))


def _join(texts: Iterator[str], width: int) -> list[str]:
    """Return the cells of the record that the first text opens and a later one closes, or none."""
    joined = next(texts)
    for text in texts:
        if not _OPEN_RECORD.fullmatch(joined):
            return []
        joined = f"{joined}\n{text}"
        if len(joined) > MAX_LINE_BYTES:
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
