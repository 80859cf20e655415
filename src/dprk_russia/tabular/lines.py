"""The lines of a file, and which of them are well-formed records.

The bytes of line feeds, commas and quotes alone show where cells begin and end, so no line has to be looked at by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from dprk_russia.contract.findings import MAX_ALIKE, RULES, Finding
from dprk_russia.contract.package import MAX_FILE_BYTES, MAX_LINES, explain_closed_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    import pyarrow as pa

    from dprk_russia.contract.schema import Table
    from dprk_russia.tabular.relations import Mask

    Offsets = np.ndarray[tuple[int], np.dtype[np.int64]]
    Bytes = np.ndarray[tuple[int], np.dtype[np.uint8]]

MAX_LINE_BYTES = 100_000
# What is looked at in one go, so that the offsets of commas and quotes stay in the processor's cache.
BLOCK_BYTES = 1 << 20
LINE_FEED, COMMA, QUOTE = b'\n,"'
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class UnreadableError(Exception):
    """The file cannot be taken apart; the finding that says so has been reported."""


@dataclass(slots=True)
class Faults:
    """What is wrong with the file of one table.

    `spoiled` holds the lines whose cells cannot be told apart. `unlisted` counts the findings that are too many to list.
    """

    table: Table
    findings: list[Finding] = field(default_factory=list)
    spoiled: set[int] = field(default_factory=set)
    unlisted: int = 0

    def report(
        self, rule: str, line: int | None, message: str, column: str | None = None, row: str | None = None
    ) -> None:
        """Add the finding that the rule of that id is broken, or count it if there are too many."""
        if len(self.findings) >= MAX_ALIKE:
            self.unlisted += 1
            return
        table = self.table
        finding = RULES[rule].found(
            message, path=table.path, table=table.name, line=line, column=column, row_id=row
        )
        self.findings.append(finding)

    def refuse(self, rule: str, line: int | None, message: str) -> NoReturn:
        """Report the one fault that leaves nothing else to say of the file, and raise UnreadableError."""
        self.findings.clear()
        self.spoiled.clear()
        self.unlisted = 0
        self.report(rule, line, message)
        raise UnreadableError


@dataclass(frozen=True, slots=True)
class Lines:
    """A file in UTF-8 with a line feed after each line; lines are counted from 1.

    `starts` holds the offset of the first byte of each line and, last, the number of bytes. `ended` tells whether the
    last line ended in the file too.
    """

    data: bytes
    starts: Offsets
    ended: bool

    def __len__(self) -> int:
        return len(self.starts) - 1

    def size(self, line: int) -> int:
        """Return the number of bytes of a line without its line feed."""
        return int(self.starts[line] - self.starts[line - 1]) - 1

    def text(self, line: int, limit: int = MAX_LINE_BYTES) -> str:
        """Return the first `limit` bytes of a line without its line feed; empty after the last line."""
        if line > len(self):
            return ""
        start = int(self.starts[line - 1])
        return self.data[start : start + min(self.size(line), limit)].decode("utf-8", errors="ignore")


def read_lines(file: Path, faults: Faults) -> Lines:
    """Read a file as lines, after repairing and reporting what is wrong with its bytes.

    Raises
    ------
    UnreadableError
        If the file is empty, too large or cannot be read.
    """
    content = _read_bytes(file, faults)
    ended = content.endswith((b"\n", b"\r"))
    data = _unify_line_ends(content, faults)
    starts = _find_starts(data, faults)
    if not _is_utf8(data):
        data = _replace_bad_bytes(data, faults, torn_at=None if ended else len(starts) - 1)
        starts = _find_starts(data, faults)
    return Lines(data, starts, ended)


def _read_bytes(file: Path, faults: Faults) -> bytes:
    try:
        size = file.stat().st_size
        if size > MAX_FILE_BYTES:
            faults.refuse("file-too-large", None, f"The file has {size:,} bytes.")
        with file.open("rb") as content:
            data = content.read(size)
    except OSError as error:
        faults.refuse("missing-file", None, explain_closed_file(error))
    if data.startswith(BYTE_ORDER_MARK):
        faults.report("byte-order-mark", 1, "The file begins with a byte order mark.")
        data = data.removeprefix(BYTE_ORDER_MARK)
    if not data or data.isspace():
        faults.report("empty-file", None, "The file is empty.")
        raise UnreadableError
    return data


def _unify_line_ends(data: bytes, faults: Faults) -> bytes:
    """Return the content with a line feed, and nothing else, after each line."""
    if b"\r" in data:
        first = data[: data.index(b"\r")].count(b"\n") + 1
        number = data.count(b"\r")
        faults.report("line-ending", first, f"The file has {number:,} carriage returns; the first is here.")
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data if data.endswith(b"\n") else data + b"\n"


def _find_starts(data: bytes, faults: Faults) -> Offsets:
    """Return `Lines.starts`; a file of so many lines that these alone would fill the memory is refused."""
    import numpy as np

    starts, number = [np.zeros(1, dtype="int64")], 0
    content = np.frombuffer(data, dtype="uint8")
    for at in range(0, len(content), BLOCK_BYTES):
        ends = np.flatnonzero(content[at : at + BLOCK_BYTES] == LINE_FEED)
        starts.append(ends + (at + 1))
        number += len(ends)
        if number > MAX_LINES:
            faults.refuse("file-too-large", None, f"The file has more than {MAX_LINES:,} lines.")
    return np.concatenate(starts)


def _is_utf8(data: bytes) -> bool:
    """Tell whether the content is UTF-8, without a decoded copy of it."""
    import numpy as np
    import pyarrow as pa

    offsets = pa.py_buffer(np.array([0, len(data)], dtype="int64"))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(data)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _replace_bad_bytes(data: bytes, faults: Faults, torn_at: int | None) -> bytes:
    """Return the content with a sign of its own for every byte that is not UTF-8.

    Of the line `torn_at` it is not reported that the last letter lacks bytes: the file may break off there.
    """
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            byte = line[error.start]
            if number != torn_at or error.reason != "unexpected end of data":
                faults.report(
                    "not-utf8", number, f"Byte {byte:#04x} at position {error.start + 1} is not UTF-8."
                )
            faults.spoiled.add(number)
    return data.decode("utf-8", errors="replace").encode()


def find_records(lines: Lines, width: int) -> Mask:
    """Tell for each line whether it is one well-formed record of `width` cells, not empty and not too long."""
    import numpy as np

    well_formed = np.diff(lines.starts) - 1 <= MAX_LINE_BYTES
    for rows, block, ends in _group_lines(lines):
        well_formed[rows] &= _is_record(block, ends, width)
    return well_formed


def _group_lines(lines: Lines) -> Iterator[tuple[slice, Bytes, Offsets]]:
    """Yield the lines in groups: which they are, their bytes, and the offset of the line feed of each in those.

    A group ends with the line that makes it longer than a block, so that it has one line at least.
    """
    import numpy as np

    starts = lines.starts
    content = np.frombuffer(lines.data, dtype="uint8")
    first = 0
    while first < len(lines):
        end = min(int(np.searchsorted(starts, starts[first] + BLOCK_BYTES, side="right")), len(lines))
        start = starts[first]
        yield slice(first, end), content[start : starts[end]], starts[first + 1 : end + 1] - 1 - start
        first = end


def _is_record(block: Bytes, ends: Offsets, width: int) -> Mask:
    """Tell for each line, whose line feeds stand at `ends`, whether it is one well-formed record of `width` cells.

    Quotes open and close by turns. One that opens follows the start of a cell, or the quote with which it is one quote
    written twice; one that closes stands before the end of a cell or such a quote. Commas between them separate nothing.
    """
    import numpy as np

    commas, quotes = np.flatnonzero(block == COMMA), np.flatnonzero(block == QUOTE)
    line = np.searchsorted(ends, quotes)
    numbers = np.bincount(line, minlength=len(ends))
    opens = (np.arange(len(quotes)) - (np.cumsum(numbers) - numbers)[line]) % 2 == 0
    before = np.where(quotes > 0, block[quotes - 1], LINE_FEED)
    beside = np.where(opens, before, block[quotes + 1])
    well_formed: Mask = (numbers % 2 == 0) & (np.diff(ends, prepend=-1) > 1)
    well_formed[line[(beside != COMMA) & (beside != LINE_FEED) & (beside != QUOTE)]] = False
    paired = well_formed[line]
    opening, closing = quotes[paired & opens], quotes[paired & ~opens]
    separators = np.diff(np.searchsorted(commas, ends), prepend=0)
    between = np.searchsorted(commas, closing) - np.searchsorted(commas, opening)
    np.subtract.at(separators, line[paired & opens], between)
    well_formed &= separators == width - 1
    return well_formed


def select(lines: Lines, wanted: Mask) -> pa.Buffer:
    """Return the content of some lines."""
    import pyarrow as pa

    data = pa.py_buffer(lines.data)
    if wanted.all():
        return data
    texts = pa.Array.from_buffers(pa.large_binary(), len(lines), [None, pa.py_buffer(lines.starts), data])
    return texts.filter(pa.array(wanted)).buffers()[2]
