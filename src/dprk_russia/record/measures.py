"""The measures: each file of SQL taken apart into its head, which says what the rows mean, and its query.

The head is a block of comments: the title, the description, and after an empty line the columns in order. A column is
computed, and never empty if it says `always`:

    -- origins: integer, always. Number of ends of the chains of evidence. Example: 1

or it is taken over and means what it means in the table or measure that is named. `of` tells whose it is where it is not
the row's own, `maybe` that it can be empty here. Several columns that keep their names stand together:

    -- speaker: as actors.name of the speaker
    -- claim_id, source_id: as evidence

`key` names the columns that identify a row. An indented line goes on with the line before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, cast

from dprk_russia.contract.schema import Field, ForeignKey, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dprk_russia.contract.package import Package
    from dprk_russia.contract.schema import Form

FOLDER = Path(__file__).parent
_ITEM = re.compile(r"([a-z_]+(?:, [a-z_]+)*): (.+)")
_COPIED = re.compile(r"as ([a-z_]+)(?:\.([a-z_]+))?(?: of (.+?))?(, maybe)?")
_COMPUTED = re.compile(
    r"(text|url|day|partial_date|integer|number|boolean)(, always)?\. (.+\.) Example: (\S+)"
)
_RELATION = re.compile(r"\b(?:FROM|JOIN)\s+([a-z_]+)")
_COMMON_TABLE = re.compile(r"\b([a-z_]+) AS \(")


class MeasureError(Exception):
    """A file of SQL is not of the form that measures have; the message says where."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A column taken over from `column` of a table or measure; `of` tells whose it is where it is not the row's own."""

    name: str
    table: str
    column: str
    of: str
    maybe: bool


# What a measure computes is described in full; what it copies is described where it comes from.
Column = Field | Copied


@dataclass(frozen=True, slots=True, repr=False)
class Measure:
    """One measure: what a row means, the columns that identify it, its columns in order, and the query that makes it.

    `text` is the whole file. `needs` names the tables and measures that the query reads, `words` has all its names.
    `is_frame` tells derived frames from the steps they are made from.
    """

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    query: str
    text: str
    needs: frozenset[str]
    words: frozenset[str]
    is_frame: bool

    def __repr__(self) -> str:
        kind = "derived frame" if self.is_frame else "step"
        return f"<Measure {self.name}: {kind} of {len(self.columns)} columns>"

    def column(self, name: str) -> Column:
        """Return the column of that name; raise KeyError if there is none."""
        return {column.name: column for column in self.columns}[name]


@cache
def read_measures() -> dict[str, Measure]:
    """Return every measure by name, each after those it needs."""
    found = {path.stem: read_measure(path) for path in sorted(FOLDER.glob("*/*.sql"))}
    needs = {name: sorted(measure.needs & found.keys()) for name, measure in found.items()}
    return {name: found[name] for name in TopologicalSorter(needs).static_order()}


def list_frames() -> tuple[Measure, ...]:
    """Return the derived frames, by name."""
    return tuple(measure for _, measure in sorted(read_measures().items()) if measure.is_frame)


def find_needed(names: Iterable[str]) -> Iterator[Measure]:
    """Yield those of some names that are measures, and all measures they need, each after what it needs itself."""
    measures = read_measures()
    wanted = set(names)
    for name in reversed(measures):
        if name in wanted:
            wanted |= measures[name].needs
    return (measure for name, measure in measures.items() if name in wanted)


def read_measure(path: Path) -> Measure:
    """Return the measure in a file.

    Raises
    ------
    MeasureError
        If its head is not of the form that this module describes.
    """
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    head = [line[3:] for line in lines if line.startswith("--")]
    query = "\n".join(lines[len(head) :])
    if "" not in head:
        raise MeasureError(f"{path.name}: no empty line divides the description from the columns.")
    title, *description = head[: head.index("")]
    items = dict(_read_items(path.name, head[head.index("") + 1 :]))
    key = items.pop("key", "")
    return Measure(
        name=path.stem,
        title=title,
        description=" ".join(description),
        key=tuple(key.split(", ")) if key else (),
        columns=tuple(
            column for names, content in items.items() for column in _read_columns(path.name, names, content)
        ),
        query=query,
        text=text,
        needs=frozenset(_RELATION.findall(query)) - frozenset(_COMMON_TABLE.findall(query)),
        words=frozenset(re.findall(r"[a-z_]+", query)),
        is_frame=path.parent.name == "frames",
    )


def _read_items(file: str, lines: list[str]) -> Iterator[tuple[str, str]]:
    for item in "\n".join(lines).replace("\n  ", " ").splitlines():
        match = _ITEM.fullmatch(item)
        if match is None:
            raise MeasureError(f"{file}: this tells of no column: {item}")
        yield match[1], match[2]


def _read_columns(file: str, names: str, content: str) -> Iterator[Column]:
    copied, computed = _COPIED.fullmatch(content), _COMPUTED.fullmatch(content)
    if copied and (not copied[2] or ", " not in names):
        table, column, of, maybe = copied.groups()
        for name in names.split(", "):
            yield Copied(name, table, column or name, of or "", bool(maybe))
    elif computed and ", " not in names:
        form, always, description, example = computed.groups()
        title = names.replace("_", " ").capitalize()
        yield Field(names, title, description, cast("Form", form), example, required=bool(always))
    else:
        raise MeasureError(f"{file}: it is not clear what {names} holds: {content}")


def describe_frames(package: Package) -> tuple[Table, ...]:
    """Return what each derived frame of a package holds; see `describe_measure`."""
    return tuple(describe_measure(measure, package) for measure in list_frames())


def describe_measure(measure: Measure, package: Package) -> Table:
    """Return what a measure of a package holds, in the form in which tables are described.

    It lies in no file: `path` and `schema_path` are empty. Dates have no further columns beside them.

    Raises
    ------
    KeyError
        If the package lacks a table or column that the measure takes over.
    """
    return Table(
        name=measure.name,
        title=measure.title,
        description=measure.description,
        path="",
        schema_path="",
        fields=tuple(_describe_column(column, package) for column in measure.columns),
        primary_key=measure.key,
        unique_keys=(),
        foreign_keys=tuple(_find_references(measure, package)),
    )


def _describe_column(column: Column, package: Package) -> Field:
    if isinstance(column, Field):
        return column
    measure = read_measures().get(column.table)
    if measure is None:
        field = package.table(column.table).field(column.column)
    else:
        field = _describe_column(measure.column(column.column), package)
    title = f"{field.title} of {column.of}" if column.of else field.title
    return replace(
        field,
        name=column.name,
        title=title,
        description=f"{title}. {field.description}" if column.of else field.description,
        required=field.required and not column.maybe,
    )


def find_place(column: Column) -> str:
    """Return the TABLE.COLUMN of the package that a column is taken over from in the end; nothing if it is computed."""
    if isinstance(column, Field):
        return ""
    measure = read_measures().get(column.table)
    return find_place(measure.column(column.column)) if measure else f"{column.table}.{column.column}"


def _find_references(measure: Measure, package: Package) -> Iterator[ForeignKey]:
    """Yield the columns that hold ids: those that are foreign keys where they come from, and the keys of tables."""
    for column in measure.columns:
        place = find_place(column)
        if not place:
            continue
        table_name, _, name = place.partition(".")
        table = package.table(table_name)
        if table.primary_key == (name,) and not table.name.endswith("_figures"):
            yield ForeignKey(column.name, table.name, name)
        yield from (replace(key, column=column.name) for key in table.foreign_keys if key.column == name)
