"""Reads small tables written as text, asks one rule about them, and tells where it speaks.

A table is its name and some of its columns, then a row on each line. Cells are apart by two spaces or more, and an empty one
is a hyphen. Other columns are empty, and other tables have no rows. Behind or below a row that breaks the rule stands an
exclamation mark, perhaps with column and message; behind any other may stand, after a number sign, why it does not:

    sources   source_id  published
              early      2024-12-15
              late       2024-12-17
    evidence  claim_id   source_id  relays_id
              C00001     late       early      # as it should be
              C00001     early      late       ! relays_id: early was published before late, which it relays.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from dprk_russia.checks.inspection import Inspection
from dprk_russia.checks.loaded import LoadedTables
from dprk_russia.checks.rules import ROW_RULES, TABLE_RULES, VERSION_RULES
from dprk_russia.checks.schemas import is_unique
from dprk_russia.contract.package import Package, installed_package
from dprk_russia.tabular.frames import type_frame
from dprk_russia.versions.changes import compare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from dprk_russia.contract.findings import Finding

_GAP = re.compile(r"\s{2,}")
_FIRST_LINE = 2


class Row(NamedTuple):
    """A row as written: its line in the table, its filled cells, and what the rule is to say of it, if it is to speak."""

    line: int
    cells: dict[str, str]
    said: str | None


class Place(NamedTuple):
    """Where a rule speaks, and the column and message; a case may leave the latter open by an empty text."""

    table: str
    line: int
    said: str


@dataclass(frozen=True)
class Case:
    """Some tables and where one rule speaks.

    `unknown` counts the cells of columns that are wrong, `strays` are the ids of rows that could not be taken apart, `unread`
    tables that could not be read, `created` is the day of the package. `skipped` is what the rule says it could not check.
    """

    rule: str
    says: str
    tables: str
    unknown: Mapping[str, int] = field(default_factory=dict)
    strays: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    created: date | None = date(2025, 1, 31)
    skipped: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.rule}: {self.says}"

    @property
    def is_silent(self) -> bool:
        """Tell whether it has a row of which the rule is said to be silent."""
        return " #" in self.tables

    def expected(self) -> list[Place]:
        return [
            Place(table, row.line, row.said)
            for table, rows in sorted(read_tables(self.tables).items())
            for row in rows
            if row.said is not None
        ]

    def load(self) -> LoadedTables:
        """Return the tables as validation holds them."""
        written = read_tables(self.tables)
        package = replace(installed_package(), created=self.created)
        inspected = {}
        for table in package.tables:
            name = table.name
            frame = _type_rows(name, written[name]) if name in written else _type_nothing(name)
            inspected[name] = Inspection(
                table,
                frame,
                is_unique(frame, table.primary_key).to_numpy(),
                readable=name not in self.unread,
                strays=self.strays.get(name, frozenset()),
            )
        return LoadedTables(package, inspected, Counter(self.unknown))

    def find(self, tables: LoadedTables) -> list[Place]:
        """Return where the rule speaks."""
        found = [*_check_rows(self.rule, tables), *_check_tables(self.rule, tables)]
        return sorted(found)


def _check_rows(name: str, tables: LoadedTables) -> Iterator[Place]:
    for rule in ROW_RULES:
        for table in rule.tables if rule.id == name else ():
            holds = rule.holds(tables.rows[table])
            for line in holds.index[~holds.to_numpy(dtype=bool)]:
                yield Place(table, line, f"{rule.at}: {rule.message}")


def _check_tables(name: str, tables: LoadedTables) -> Iterator[Place]:
    for rule in TABLE_RULES:
        for finding in rule.check(tables) if rule.id == name else ():
            yield Place(str(finding.table), finding.line or 0, f"{finding.column}: {finding.message}")


def agrees(found: list[Place], expected: list[Place]) -> bool:
    """Tell whether a rule speaks where it should, and in the words that are given."""
    return len(found) == len(expected) and all(
        one[:2] == other[:2] and other.said in {"", one.said}
        for one, other in zip(found, expected, strict=True)
    )


@dataclass(frozen=True)
class VersionCase:
    """Some tables of two versions and what a rule between them says, apart from `message` of the marked rows.

    Of a row that went it speaks without a line, and the row is marked in the earlier version. `unread` are tables of the later
    one that cannot be read.
    """

    rule: str
    says: str
    before: str
    after: str
    versions: tuple[str, str] = ("1.0.0", "2.0.0")
    message: str | None = None
    unread: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.rule}: {self.says}"

    @property
    def is_silent(self) -> bool:
        """Tell whether it has a row of which the rule is said to be silent."""
        return " #" in self.before and not self.message

    def expected(self) -> list[str]:
        told = [self.message] if self.message else []
        for text, has_lines in ((self.before, False), (self.after, True)):
            for table, rows in read_tables(text).items():
                key = installed_package().table(table).primary_key
                told += [
                    f"{table} {row.line if has_lines else None} {'/'.join(row.cells[k] for k in key)} {row.said}"
                    for row in rows
                    if row.said is not None
                ]
        return sorted(told)

    def found(self) -> list[str]:
        """Return the place and the words of each finding."""
        (rule,) = (rule for rule in VERSION_RULES if rule.id == self.rule)
        with TemporaryDirectory() as folder:
            old, new = (
                _write_package(Path(folder, side), version, text)
                for side, version, text in zip(
                    ("old", "new"), self.versions, (self.before, self.after), strict=True
                )
            )
            for table in self.unread:
                (new.folder / new.table(table).path).unlink()
            return sorted(self._tell(finding) for finding in rule.check(compare(old, new)))

    def _tell(self, finding: Finding) -> str:
        if finding.table is None:
            return f"{finding.message} {finding.hint}"
        if finding.line:
            row = read_tables(self.after)[finding.table][finding.line - _FIRST_LINE]
            assert finding.value == row.cells[str(finding.column)]
        return f"{finding.table} {finding.line} {finding.row_id} {finding.column}: {finding.message}"


def _write_package(folder: Path, version: str, text: str) -> Package:
    """Return a package that has the written tables alone, in a new folder."""
    written = read_tables(text)
    package = installed_package()
    tables = tuple(table for table in package.tables if table.name in written)
    (folder / "data").mkdir(parents=True)
    for table in tables:
        with (folder / table.path).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table.columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(row.cells for row in written[table.name])
    return replace(package, folder=folder, version=version, tables=tables, declared=tuple(written))


@cache
def read_tables(text: str) -> dict[str, list[Row]]:
    """Return the rows of each table that is written."""
    tables: dict[str, list[Row]] = {}
    columns: list[str] = []
    rows: list[Row] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        first, *cells = _GAP.split(line)
        if first.startswith("!"):
            rows[-1] = rows[-1]._replace(said=line[1:].strip())
        elif first in installed_package().declared:
            columns, rows = cells, tables.setdefault(first, [])
        else:
            rows.append(_read_row(columns, [first, *cells], _FIRST_LINE + len(rows)))
    return tables


def _read_row(columns: list[str], parts: list[str], line: int) -> Row:
    cells = dict(zip(columns, parts, strict=False))
    said = None
    if rest := "  ".join(parts[len(columns) :]):
        sign, said = rest[0], rest[1:].strip()
        if sign not in "!#":
            raise ValueError(rest)
        said = said if sign == "!" else None
    if len(parts) < len(columns) or any(part.endswith((" #", " !")) for part in parts):
        raise ValueError(parts)
    return Row(line, {name: cell for name, cell in cells.items() if cell != "-"}, said)


def _type_rows(table: str, rows: list[Row]) -> pd.DataFrame:
    """Return rows as validation types them."""
    import pandas as pd

    contract, empty = installed_package().table(table), _type_nothing(table)
    written = {name for row in rows for name in row.cells}
    if unknown := written - set(contract.columns):
        raise KeyError(f"{table} has no {', '.join(unknown)}")
    lines = pd.Index([row.line for row in rows], dtype="int64")
    texts = {
        name: pd.Series([row.cells.get(name) for row in rows], index=lines, dtype="str") for name in written
    }
    # To type what is empty anew, in every case, takes most of the time.
    fields = tuple(field for field in contract.fields if field.name in written)
    typed = type_frame(pd.DataFrame(texts, index=lines), replace(contract, fields=fields))
    return empty.reindex(lines).assign(**typed)


@cache
def _type_nothing(table: str) -> pd.DataFrame:
    import pandas as pd

    contract = installed_package().table(table)
    return type_frame(pd.DataFrame(columns=contract.columns, dtype="str"), contract)
