"""What changed between two versions of a package: rows and cells as published, the contract, and the version they need.

Rows are identified by their primary key, cells are compared as text.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

from dprk_russia.contract.findings import Consequence, Skipped
from dprk_russia.contract.package import VERSION
from dprk_russia.contract.schema import join_key, shorten
from dprk_russia.tabular.frames import number_rows
from dprk_russia.tabular.loading import read_sound_text
from dprk_russia.tabular.reading import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pandas as pd

    from dprk_russia.contract.package import Package
    from dprk_russia.contract.schema import Field, Table
    from dprk_russia.tabular.reading import TextTable
    from dprk_russia.tabular.relations import RowNumbers

RETIRED = "retired_ids"
# Rules that a file breaks which holds more columns than were read.
_SURPLUS = {"extra-column", "duplicate-column"}

Kind = Literal["added", "removed", "changed"]
KINDS: tuple[Kind, ...] = ("added", "removed", "changed")


class Step(IntEnum):
    """Which number of a version a change raises; see README, Versions."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


class Version(NamedTuple):
    """A version of three numbers; versions sort as they follow each other."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def rise(self, step: Step) -> Version:
        """Return the smallest version after this one that a step allows.

        Before 1.0.0 a major step raises the second number and every other the third.
        """
        if not step:
            return self
        place = Step.MAJOR - step
        if not self.major:
            place = min(place + 1, 2)
        return Version(*(*self[:place], self[place] + 1, 0, 0)[:3])


def parse_version(text: str) -> Version:
    """Return the version that a text of the form MAJOR.MINOR.PATCH writes.

    Raises
    ------
    ValueError
        If the text is of another form.
    """
    if not VERSION.fullmatch(text):
        raise ValueError(text)
    major, minor, patch = map(int, text.split("."))
    return Version(major, minor, patch)


@dataclass(frozen=True, slots=True)
class Change:
    """A row added or removed, or a cell changed.

    `row_id` joins the cells of the primary key by "/". `old` and `new` are the cell as published, empty if it is; of a
    row, which has no `column`, they are a JSON object of its filled cells.
    """

    table: str
    row_id: str
    column: str | None
    kind: Kind
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class ContractChange:
    """A table, column or code added or removed, or a property of one changed.

    `part` is "table", "column", "code", or the name of the property. `old` and `new` are the values of the property; of
    a code, what it means.
    """

    table: str
    column: str | None
    code: str | None
    part: str
    kind: Kind
    old: str | None = None
    new: str | None = None

    @property
    def step(self) -> Step:
        """Which number of the version this raises."""
        if self.part == "label":
            return Step.PATCH
        # Another type or key breaks what reads a table, as a removal does; a constraint says what values to expect.
        breaks = self.kind == "removed" or self.part in {"type", "primary key", "foreign key"}
        return Step.MAJOR if breaks else Step.MINOR


@dataclass(frozen=True)
class Comparison:
    """All that changed from the package `old` to the package `new`.

    `contract` and `rows` stand in the order of the tables, rows in that of their keys, cells in that of the columns.
    `before` and `after` hold the rows that were compared, by table, as text. `skipped` says what was not compared; of
    that nothing is known to have stayed.
    """

    old: Package
    new: Package
    contract: tuple[ContractChange, ...]
    rows: tuple[Change, ...]
    before: Mapping[str, pd.DataFrame]
    after: Mapping[str, pd.DataFrame]
    skipped: tuple[Skipped, ...]

    @property
    def changed(self) -> bool:
        """Tell whether anything changed, or may have changed where nothing was compared."""
        return bool(self.contract or self.rows or self.skipped)

    def table(self, name: str) -> Table:
        """Return the contract of a table that was compared: that of the new package, if it has the table."""
        return self.new.table(name) if name in self.after else self.old.table(name)

    @property
    def step(self) -> Step:
        """Which number of the version the gravest change raises."""
        steps = {Step.NONE, *(change.step for change in self.contract)}
        for table, kind in {(change.table, change.kind) for change in self.rows}:
            breaks = kind == "removed" and has_ids(self.table(table))
            steps.add(Step.PATCH if kind == "changed" else Step.MAJOR if breaks else Step.MINOR)
        return max(steps)

    @property
    def smallest(self) -> Version | None:
        """The smallest version the new package may have; none if that of the old one cannot be read."""
        version = read_version(self.old)
        return version and version.rise(self.step)

    @property
    def suffices(self) -> bool:
        """Tell whether the version of the new package is not too small."""
        version = read_version(self.new)
        return self.smallest is None or version is None or version >= self.smallest

    def count(self) -> dict[str, dict[Kind, int]]:
        """Return how many rows were added, removed and changed, by table, where there are any."""
        rows = Counter((table, kind) for table, _, kind in {(c.table, c.row_id, c.kind) for c in self.rows})
        return {
            table: {kind: rows[table, kind] for kind in KINDS}
            for table in dict.fromkeys(change.table for change in self.rows)
        }

    @property
    def retired(self) -> tuple[tuple[tuple[str, str], str], ...]:
        """The ids that were retired since the old version, each as table and id, and what replaces it, if anything."""
        before = set(list_retired(self.before))
        return tuple(item for item in list_retired(self.after).items() if item[0] not in before)


def list_retired(tables: Mapping[str, pd.DataFrame]) -> dict[tuple[str, str], str]:
    """Return what replaces each retired id, which is given as table and id; an empty text if nothing does."""
    frame = tables.get(RETIRED)
    columns = ["table", "old_id", "replaced_by"]
    if frame is None or not set(columns) <= set(frame.columns):
        return {}
    cells = frame[columns].fillna("").to_numpy(dtype=object).tolist()
    return {(table, old_id): successor for table, old_id, successor in cells}


def read_version(package: Package) -> Version | None:
    """Return the version of a package, or none if it is not of the form MAJOR.MINOR.PATCH."""
    return parse_version(package.version) if VERSION.fullmatch(package.version) else None


def has_ids(table: Table) -> bool:
    """Tell whether each row of a table has an id of its own, that can be cited and retired."""
    return len(table.primary_key) == 1


def compare(old: Package, new: Package) -> Comparison:
    """Compare two packages as `read_for_comparison` reads them, whose folders have to exist for the while."""
    skipped = list(_find_unversioned(old, new))
    texts = [_read_tables(package, skipped) for package in (old, new)]
    unread = {skip.what for skip in skipped}
    names = [name for name in dict.fromkeys([*new.declared, *old.declared]) if name not in unread]
    before, after = _select_rows(names, texts, skipped)
    contract: list[ContractChange] = []
    rows: list[Change] = []
    for name in names:
        was, now = (side[name].table if name in side else None for side in texts)
        contract += _compare_contracts(name, was, now)
        if was and now and set(now.primary_key) <= set(before[name].columns):
            rows += _compare_rows(now, before[name], after[name])
        else:
            rows += _list_rows(was, before[name], "removed") if was else []
            rows += _list_rows(now, after[name], "added") if now else []
    return Comparison(old, new, tuple(contract), tuple(rows), before, after, tuple(dict.fromkeys(skipped)))


def _find_unversioned(old: Package, new: Package) -> Iterator[Skipped]:
    """Find versions without which nothing can be said of the version that the changes need."""
    for side, package in (("old", old), ("new", new)):
        if read_version(package) is None:
            why = f"that of the {side} package is {shorten(package.version) or 'not given'}"
            yield Skipped("the version", why, Consequence.NOT_COMPARED)


def _read_tables(package: Package, skipped: list[Skipped]) -> dict[str, TextTable]:
    texts = {table.name: _read_text(table, package.folder) for table in package.tables}
    for name in package.declared:
        text = texts.get(name)
        if text is None or not text.readable or text.absent.intersection(text.table.primary_key):
            why = f"in version {shorten(package.version)} the table could not be read"
            skipped.append(Skipped(name, why, Consequence.NOT_COMPARED))
        elif text.absent:
            columns = ", ".join(sorted(text.absent))
            why = f"the file of version {shorten(package.version)} lacks them"
            skipped.append(Skipped(f"{name}, {columns}", why, Consequence.NOT_COMPARED))
        elif any(finding.rule in _SURPLUS for finding in text.findings):
            why = f"the header of version {shorten(package.version)} repeats a column or has one the schema lacks"
            skipped.append(Skipped(f"{name}, other columns", why, Consequence.NOT_COMPARED))
    return texts


def _read_text(table: Table, folder: Path) -> TextTable:
    """Return a table as text; without pyarrow only a file without faults can be read."""
    try:
        return read_text(table, folder)
    except ModuleNotFoundError:
        return read_sound_text(table, folder)


def _select_rows(
    names: list[str], texts: list[dict[str, TextTable]], skipped: list[Skipped]
) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """Return the rows of both versions that can be compared; a row that is malformed in one is left out of both."""
    before: dict[str, pd.DataFrame] = {}
    after: dict[str, pd.DataFrame] = {}
    for name in names:
        sides = [side[name] for side in texts if name in side]
        malformed = {row_id for text in sides for row_id in _list_malformed(text)}
        if any(text.spoiled for text in sides):
            why = "some lines are malformed; dprk-russia validate lists them"
            skipped.append(Skipped(f"rows of {name}", why, Consequence.NOT_COMPARED))
        for rows, side in zip((before, after), texts, strict=True):
            if name in side:
                rows[name] = _select(side[name], malformed)
    return before, after


def _list_malformed(text: TextTable) -> list[str]:
    """Return the ids of the rows whose lines are malformed."""
    ids = text.frame[text.table.primary_key[0]]
    return ids[ids.index.isin(text.spoiled)].dropna().tolist()


def _select(text: TextTable, malformed: set[str]) -> pd.DataFrame:
    """Return the rows of a table that can be compared, with empty texts for empty cells."""
    frame = text.frame.drop(columns=list(text.absent), index=list(text.spoiled), errors="ignore").fillna("")
    return frame[~frame[text.table.primary_key[0]].isin(malformed)] if malformed else frame


def _compare_rows(table: Table, before: pd.DataFrame, after: pd.DataFrame) -> list[Change]:
    """Return the changes of a table whose key both versions have."""
    import numpy as np
    import pandas as pd

    key = list(table.primary_key)
    old_ids, new_ids = _rank(before, after, key)
    place = pd.Index(old_ids).get_indexer(pd.Index(new_ids))
    kept, gone = place >= 0, ~np.isin(old_ids, new_ids)
    changes = _list_rows(table, before[gone], "removed") + _list_rows(table, after[~kept], "added")
    order = [old_ids[gone], new_ids[~kept]]
    one, other, shared_ids = before.iloc[place[kept]], after[kept], new_ids[kept]
    row_ids = _join_keys(other, key)
    for column in after.columns:
        if column in before.columns and column not in key:
            was, now = one[column].array, other[column].array
            differs = np.flatnonzero(np.asarray(was != now, dtype=bool))
            cells = zip(differs.tolist(), was[differs].tolist(), now[differs].tolist(), strict=True)
            changes += [Change(table.name, row_ids[row], column, "changed", a, b) for row, a, b in cells]
            order.append(shared_ids[differs])
    # Columns were compared in their order, which a stable sort keeps within each row.
    return [changes[index] for index in np.argsort(np.concatenate(order), kind="stable").tolist()]


def _rank(before: pd.DataFrame, after: pd.DataFrame, key: list[str]) -> tuple[RowNumbers, RowNumbers]:
    """Return a number for each row, old and new: rows of equal key share it, and it grows with the key.

    Rows that repeat a key within one version differ by how many stand above them.
    """
    import numpy as np
    import pandas as pd

    keys = pd.concat([before[key], after[key]], ignore_index=True)
    numbers = number_rows(keys, tuple(key))
    _, first = np.unique(numbers, return_index=True)
    sorted_keys = keys.iloc[first].reset_index(drop=True).sort_values(key)
    ranks = np.empty(len(first), dtype="int64")
    ranks[sorted_keys.index] = np.arange(len(first))
    sides = [pd.Series(side) for side in np.split(ranks[numbers], [len(before)])]
    repeats = [side.groupby(side).cumcount() for side in sides]
    most = max(int(repeat.max()) + 1 if len(repeat) else 1 for repeat in repeats)
    one, other = ((side * most + repeat).to_numpy() for side, repeat in zip(sides, repeats, strict=True))
    return one, other


def _list_rows(table: Table, frame: pd.DataFrame, kind: Kind) -> list[Change]:
    """Return the change that each row of a frame is, when it is added or removed, in the order of the frame."""
    columns = list(frame.columns)
    cells = frame.to_numpy(dtype=object).tolist()
    changes = []
    for row_id, row in zip(_join_keys(frame, list(table.primary_key)), cells, strict=True):
        text = json.dumps({c: cell for c, cell in zip(columns, row, strict=True) if cell}, ensure_ascii=False)
        old, new = (None, text) if kind == "added" else (text, None)
        changes.append(Change(table.name, row_id, None, kind, old, new))
    return changes


def _join_keys(frame: pd.DataFrame, key: list[str]) -> list[str]:
    return [join_key(cells) for cells in frame[key].to_numpy(dtype=object).tolist()]


def _compare_contracts(name: str, old: Table | None, new: Table | None) -> Iterator[ContractChange]:
    if old is None or new is None:
        yield ContractChange(name, None, None, "table", "added" if old is None else "removed")
        return
    yield from _compare_properties(name, None, _describe_table(old, new), _describe_table(new, old))
    for column in dict.fromkeys([*new.columns, *old.columns]):
        if column not in old.columns:
            yield ContractChange(name, column, None, "column", "added")
        elif column not in new.columns:
            yield ContractChange(name, column, None, "column", "removed")
        else:
            before, after = old.field(column), new.field(column)
            described = _describe_field(before, old), _describe_field(after, new)
            yield from _compare_properties(name, column, *described)
            yield from _compare_codes(name, before, after)


def _compare_properties(
    name: str, column: str | None, old: Mapping[str, str | None], new: Mapping[str, str | None]
) -> Iterator[ContractChange]:
    for part, value in new.items():
        if value != old[part]:
            yield ContractChange(name, column, None, part, "changed", old[part], value)


def _describe_table(table: Table, other: Table) -> dict[str, str | None]:
    """Return the properties of a table; the order of its columns is that of the ones the other has too."""
    return {
        "primary key": ", ".join(table.primary_key),
        "unique keys": "; ".join(", ".join(key) for key in table.unique_keys) or None,
        "column order": ", ".join(column for column in table.columns if column in other.columns),
    }


def _describe_field(field: Field, table: Table) -> dict[str, str | None]:
    key = table.references.get(field.name)
    limits = {"minimum": field.minimum, "maximum": field.maximum, "length": field.max_length}
    return {
        "type": field.form.replace("_", " "),
        "foreign key": key.table if key else None,
        "required": "yes" if field.required else None,
        "pattern": field.pattern,
        **{part: None if limit is None else str(limit) for part, limit in limits.items()},
    }


def _compare_codes(name: str, old: Field, new: Field) -> Iterator[ContractChange]:
    before, after = ({str(c.value): c.label for c in field.categories} for field in (old, new))
    for code in dict.fromkeys([*after, *before]):
        was, now = before.get(code), after.get(code)
        if was is None or now is None:
            yield ContractChange(
                name, new.name, code, "code", "added" if was is None else "removed", was, now
            )
        elif was != now:
            yield ContractChange(name, new.name, code, "label", "changed", was, now)
    orders = [
        ", ".join(code for code in codes if code in before and code in after) for codes in (before, after)
    ]
    if (old.ordered or new.ordered) and (old.ordered, orders[0]) != (new.ordered, orders[1]):
        yield ContractChange(name, new.name, None, "order of codes", "changed", *orders)
