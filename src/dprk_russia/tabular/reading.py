"""From a CSV file to a frame of text, one row per record, indexed by physical line.

Every line that is one well-formed record of the header's width is parsed by pyarrow. The few malformed lines are looked
at one by one, reported, and kept in the frame as spoiled rows, so that their ids are still known.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dprk_russia.tabular.cells import accepts
from dprk_russia.tabular.frames import find_descents, text_type
from dprk_russia.tabular.lines import (
    MAX_LINE_BYTES,
    Faults,
    Lines,
    UnreadableError,
    find_records,
    read_lines,
    select,
)
from dprk_russia.tabular.nearness import find_nearest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd
    import pyarrow as pa

    from dprk_russia.contract.schema import Table
    from dprk_russia.tabular.relations import Mask

MAX_RECORD_LINES = 100
MAX_COLUMNS = 500
# What is parsed in one go; smaller pieces cost more in calls, larger ones leave the cache.
PARSED_BYTES = 1 << 23


_CELL = r'(?:[^",]*|"(?:[^"]|"")*")'
_RECORD = re.compile(rf"{_CELL}(?:,{_CELL})*")
_OPEN_RECORD = re.compile(rf'(?:{_CELL},)*"(?:[^"]|"")*')


@dataclass(slots=True)
class TextTable(Faults):
    """A table as text, with what is wrong with its file; of the rows that are `spoiled` only the ids are to be used.

    `frame` has the schema's columns as strings, missing cells as NaN, and the physical line as index.
    `absent` names the columns that the file lacks, and `doubtful` those that may stand under each other's names. `ended`
    tells whether the last line ends with a line feed, and `torn` whether the file breaks off inside it.
    """

    frame: pd.DataFrame = field(init=False)
    absent: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    readable: bool = True
    ended: bool = True
    torn: bool = False


def read_text(table: Table, folder: Path) -> TextTable:
    """Read one table as text; never raises for what a file may hold."""
    text = TextTable(table)
    try:
        lines = read_lines(folder / table.path, text)
        header = _read_header(lines, text)
        text.ended = lines.ended
        text.absent = frozenset(table.columns) - set(header)
        text.frame = _read_rows(lines, header, text)
        _check_end(lines, header[-1], text)
        _check_order(header, text)
    except UnreadableError:
        text.readable, text.frame = False, _no_rows(table)
    return text


def _read_header(lines: Lines, faults: Faults) -> list[str]:
    """Return the name of each cell of a row, after reporting which names in the first line are not as the schema has them."""
    text = lines.text(1)
    _check_separators(text, lines.size(1), faults)
    names = next(csv.reader([text]))
    if len(lines) == 1 and not lines.ended and _is_torn(names, faults.table):
        faults.refuse("table-cut", 1, "The file breaks off inside its header.")
    _check_first_line(text, names, faults)
    if names[-1] == "" and _count_records(lines, len(names) - 1) > _count_records(lines, len(names)):
        faults.report("extra-column", 1, "The header ends with a comma.")
        names.pop()
    if replaced := _find_replaced(names, faults.table):
        twice, lacking = replaced
        message = f'The column "{twice}" stands twice, once in the place of "{lacking}".'
        faults.report("duplicate-column", 1, message, twice)
        return list(faults.table.columns)
    _check_names(names, faults)
    return list(faults.table.columns) if _is_alone_wrong(names, lines, faults.table) else names


def _is_torn(names: list[str], table: Table) -> bool:
    """Tell whether the names are the first of a table's columns, the last of them cut short."""
    *whole, last = names
    expected = list(table.columns)
    if names == expected or len(names) > len(expected):
        return False
    return whole == expected[: len(whole)] and expected[len(whole)].startswith(last)


def _find_replaced(names: list[str], table: Table) -> tuple[str, str] | None:
    """Return the name that stands in the place of another one too, and that other, if nothing else is wrong."""
    wrong = [pair for pair in zip(names, table.columns, strict=False) if pair[0] != pair[1]]
    if len(names) != len(table.columns) or len(wrong) != 1 or wrong[0][0] not in table.columns:
        return None
    return wrong[0]


def _is_alone_wrong(names: list[str], lines: Lines, table: Table) -> bool:
    """Tell whether rows have a cell for each column of the schema, but the header has a name too few or too many."""
    expected = table.columns
    if len(names) == len(expected):
        return False
    known = [name for name in dict.fromkeys(names) if name in expected]
    in_order = known == sorted(known, key=expected.index)
    return in_order and _count_records(lines, len(expected)) > _count_records(lines, len(names))


def _count_records(lines: Lines, width: int) -> int:
    """Return how many lines below the header are well-formed records of a width."""
    return int(find_records(lines, width)[1:].sum())


def _check_separators(text: str, size: int, faults: Faults) -> None:
    """Refuse a file whose first line, of `size` bytes, cannot be a header separated by commas."""
    if {"\ufffd", "\0"} & set(text):
        faults.refuse("not-utf8", 1, "This is not a text file in UTF-8.")
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if sign in text and "," not in text:
            faults.refuse("wrong-delimiter", 1, f"The header is separated by {name}.")
    if hidden := next((sign for sign in text if not sign.isprintable()), None):
        faults.refuse("not-utf8", 1, f"The header holds U+{ord(hidden):04X}, which cannot be printed.")
    if size > MAX_LINE_BYTES:
        faults.refuse("cell-too-large", 1, f"The line has {size:,} bytes.")
    if not text.strip():
        faults.refuse("empty-file", 1, "The first line is empty.")


def _check_first_line(text: str, names: list[str], faults: Faults) -> None:
    """Refuse a file whose first line is torn, too wide or no header at all."""
    expected = faults.table.columns
    if not _RECORD.fullmatch(text):
        message = "A quote is opened and not closed, or stands alone in a name."
        if names != list(expected):
            faults.refuse("unclosed-quote", 1, message)
        faults.report("unclosed-quote", 1, message)
    if len(names) > MAX_COLUMNS:
        message = f"The header has {len(names):,} columns; the schema has {len(expected)}."
        faults.refuse("extra-column", 1, message)
    if not set(names) & set(expected):
        message = "The first line is not the header: it names no column of the schema."
        faults.refuse("missing-column", 1, message)


def _check_names(names: list[str], faults: Faults) -> None:
    expected = faults.table.columns
    absent = set(expected) - set(names)
    misspelt = {name: _find_meant(name, absent) for name in names if name not in expected}
    for name in expected:
        if name in absent and name not in misspelt.values():
            faults.report("missing-column", 1, f'The column "{name}" is missing.', name)
    for name in dict.fromkeys(names):
        if meant := misspelt.get(name):
            faults.report("missing-column", 1, f'The column "{name}" is misspelt; write "{meant}".', meant)
        elif name in misspelt:
            faults.report("extra-column", 1, f'The column "{name}" is not in the schema.', name)
        elif names.count(name) > 1:
            message = f'The column "{name}" stands {names.count(name)} times.'
            faults.report("duplicate-column", 1, message, name)


def _find_meant(name: str, absent: set[str]) -> str | None:
    plain = name.strip().casefold().replace(" ", "_")
    return find_nearest(plain, absent, cutoff=0.8)


def _check_order(names: list[str], text: TextTable) -> None:
    """Report names that stand out of order.

    If the cells fit the schema better in its own order, the names alone were moved, and the cells are read by place. If
    they fit both equally, the columns are doubtful.
    """
    expected = list(text.table.columns)
    known = list(dict.fromkeys(name for name in names if name in expected))
    moved = [
        found
        for found, wanted in zip(known, sorted(known, key=expected.index), strict=True)
        if found != wanted
    ]
    if not moved:
        return
    message = f'The column "{moved[0]}" stands out of order.'
    if len(names) == len(known) == len(expected):
        by_place = text.frame[names].set_axis(expected, axis="columns")
        excess = _count_misfits(text, by_place, moved) - _count_misfits(text, text.frame, moved)
        text.doubtful = frozenset(moved if excess == 0 else ())
        if excess < 0:
            text.frame = by_place
            message = f"The names {_join_names(moved)} stand in another order than the cells below, which fit the schema."
    text.report("column-order", 1, message, moved[0])


def _join_names(names: list[str]) -> str:
    *others, last = (f'"{name}"' for name in names)
    return f"{', '.join(others)} and {last}"


def _count_misfits(text: TextTable, frame: pd.DataFrame, columns: list[str]) -> int:
    """Return how many cells of some columns are badly written, lacking, or keys that sort before that of the row above."""
    frame = frame.drop(index=sorted(text.spoiled), errors="ignore")
    number = 0
    for name in columns:
        contract, column = text.table.field(name), frame[name]
        number += int((~accepts(contract, column)).sum())
        number += int(column.isna().sum()) if contract.required else 0
    if set(columns) & set(text.table.primary_key):
        number += int(find_descents(frame, text.table.primary_key, strictly=False).sum())
    return number


def _check_end(lines: Lines, last: str, text: TextTable) -> None:
    """Report that the last line does not end, or that the file breaks off inside it.

    The cell in which a line breaks off, in the column `last`, may be short of what its column demands.
    """
    line = len(lines)
    if lines.ended or line == 1:
        _check_line_feed(lines, text)
        return
    if last in text.table.columns and line in text.frame.index and line not in text.spoiled:
        contract, cell = text.table.field(last), text.frame.loc[[line], last]
        if not accepts(contract, cell).all() or (contract.required and cell.isna().any()):
            text.spoiled.add(line)
    text.torn = line in text.spoiled and all(finding.line != line for finding in text.findings)
    if text.torn:
        text.report("table-cut", line, "The file breaks off inside this row.")
    else:
        _check_line_feed(lines, text)


def _check_line_feed(lines: Lines, text: TextTable) -> None:
    if not lines.ended and all(finding.rule != "line-ending" for finding in text.findings):
        text.report("line-ending", len(lines), "The last line does not end with a line feed.")


def _read_rows(lines: Lines, header: list[str], faults: Faults) -> pd.DataFrame:
    """Parse the well-formed lines and add a row for each malformed one."""
    import numpy as np
    import pandas as pd

    well_formed = find_records(lines, len(header))
    # The header stays, so that the parser takes no byte order mark out of the first cell.
    well_formed[0] = True
    malformed = _read_malformed(lines, header, well_formed, faults)
    frame = _parse(select(lines, well_formed), header)
    frame.index = pd.Index(np.flatnonzero(well_formed)[1:] + 1, name="line")
    if malformed:
        rows = pd.DataFrame.from_dict(malformed, orient="index", columns=header, dtype=frame.dtypes.iloc[0])
        frame = pd.concat([frame, rows]).sort_index()
        frame.index.name = "line"
    frame = frame.loc[:, ~frame.columns.duplicated()].reindex(columns=list(faults.table.columns))
    return frame.astype(text_type("pyarrow"))


def _parse(content: pa.Buffer, header: list[str]) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.csv

    # Names may repeat.
    numbers = [f"{number}" for number in range(len(header))]
    parsed = pyarrow.csv.read_csv(
        pa.BufferReader(content),
        read_options=pyarrow.csv.ReadOptions(
            column_names=numbers, skip_rows=1, block_size=PARSED_BYTES, use_threads=False
        ),
        parse_options=pyarrow.csv.ParseOptions(ignore_empty_lines=False),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(numbers, pa.large_string()),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            check_utf8=False,
        ),
    )
    frame: pd.DataFrame = parsed.to_pandas(types_mapper={pa.large_string(): text_type("pyarrow")}.get)
    frame.columns = pd.Index(header)
    return frame


def _read_malformed(
    lines: Lines, header: list[str], well_formed: Mask, faults: Faults
) -> dict[int, list[str | None]]:
    """Return a row by line for every record that is malformed, after reporting it.

    Lines that turn out to continue a record are taken out of `well_formed`.
    """
    import numpy as np

    rows: dict[int, list[str | None]] = {}
    past = 0
    for line in (np.flatnonzero(~well_formed) + 1).tolist():
        if line < past:
            continue
        if not lines.size(line):
            past = line + _report_blank(lines, line, faults)
            continue
        if line in faults.spoiled or _is_cut_short(lines, line, len(header)):
            past = line + 1
        else:
            past = line + _report_malformed(lines, line, header, faults)
        well_formed[line - 1 : past - 1] = False
        faults.spoiled.add(line)
        rows[line] = _recover_id(lines.text(line), len(header))
    return rows


def _is_cut_short(lines: Lines, line: int, width: int) -> bool:
    """Tell whether a malformed line is the last one, does not end, and has less than a row needs."""
    if line < len(lines) or lines.ended or lines.size(line) > MAX_LINE_BYTES:
        return False
    text = lines.text(line)
    return not _RECORD.fullmatch(text) or len(next(csv.reader([text]))) < width


def _report_blank(lines: Lines, line: int, faults: Faults) -> int:
    """Report the empty lines from `line` on, and return their number."""
    number = 1
    while line + number <= len(lines) and not lines.size(line + number):
        number += 1
    message = "The line is empty." if number == 1 else f"{number:,} lines are empty."
    faults.report("blank-line", line, message)
    return number


def _report_malformed(lines: Lines, line: int, header: list[str], faults: Faults) -> int:
    """Report why the record that begins in `line` is malformed, and return the number of its lines."""
    text, size = lines.text(line), lines.size(line)
    if size > MAX_LINE_BYTES:
        faults.report("cell-too-large", line, f"The line has {size:,} bytes.")
        return 1
    if _RECORD.fullmatch(text):
        cells = next(csv.reader([text]))
        message = f"The row has {len(cells)} cells; the header has {len(header)}."
        faults.report("ragged-row", line, message, row=cells[0] or None)
        return 1
    cells = _join((lines.text(at) for at in range(line, line + MAX_RECORD_LINES)), len(header))
    if not cells:
        message = "A quote is opened and not closed, or stands alone in a cell."
        faults.report("unclosed-quote", line, message)
        return 1
    broken = next(name for name, cell in zip(header, cells, strict=True) if "\n" in cell)
    faults.report("newline-in-cell", line, "The cell holds a line break.", broken, cells[0] or None)
    return 1 + sum(cell.count("\n") for cell in cells)


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


def _no_rows(table: Table) -> pd.DataFrame:
    import pandas as pd

    index = pd.Index([], name="line", dtype="int64")
    return pd.DataFrame(columns=list(table.columns), index=index, dtype=text_type("pyarrow"))
