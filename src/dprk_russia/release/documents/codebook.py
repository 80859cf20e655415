"""The codebook: what every table, column, code, derived frame, measure and rule means, and what the edition holds of it.

It is a document, to which the renderers of `dprk_russia.documents` give the form of a file or a terminal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from dprk_russia.checks.rests import name_columns
from dprk_russia.contract.errors import NotFoundError
from dprk_russia.contract.findings import RULES
from dprk_russia.contract.package import FIGURES
from dprk_russia.documents import Code, Facts, Grid, Heading, Link, Paragraph, Row
from dprk_russia.documents.html import render_html
from dprk_russia.documents.markdown import render_markdown
from dprk_russia.record.measures import describe_frames, find_place, read_measures
from dprk_russia.tabular.frames import as_text, list_columns
from dprk_russia.tabular.lookup import list_searched, look_up
from dprk_russia.tabular.nearness import suggest

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping
    from pathlib import Path

    import pandas as pd

    from dprk_russia.contract.package import Package
    from dprk_russia.contract.schema import Field, Table
    from dprk_russia.documents import Block, Document, Span, Spans
    from dprk_russia.release.edition import Edition

TYPES = {
    "text": "text",
    "code": "code",
    "url": "address",
    "day": "day",
    "partial_date": "date",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
}
RESTS = (
    *name_columns(
        ["indicators"],
        ("indicator_id", "unit", "per", "accumulation", "definition", "includes", "excludes"),
    ),
    *name_columns(["parts"], ("part_id", "name", "role", "definition", "part_of")),
    *name_columns(FIGURES, ("scope", "assumption")),
)
_HEADS = ("column", "type", "filled", "meaning", "limits", "example")
# The heads that are shown where there is little room.
_BRIEF_HEADS = _HEADS[:4]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table or derived frame, with its cells in the edition."""

    table: Table
    field: Field
    cells: pd.Series

    @property
    def anchor(self) -> str:
        """Return TABLE.COLUMN."""
        return f"{self.table.name}.{self.field.name}"

    @property
    def origin(self) -> str:
        """Return the TABLE.COLUMN that a derived frame has the column from, empty if there is none."""
        measure = read_measures().get(self.table.name)
        return find_place(measure.column(self.field.name)) if measure else ""

    @property
    def filled(self) -> int:
        """Return the number of cells that are not empty."""
        return int(self.cells.notna().sum())

    @property
    def filled_share(self) -> str:
        """Return the share of cells that are not empty, in percent; empty if there are no cells."""
        return write_share(self.filled, len(self.cells))


@dataclass(frozen=True, slots=True)
class Entry:
    """A table or derived frame, with its rows in the edition."""

    table: Table
    frame: pd.DataFrame

    @property
    def columns(self) -> list[Column]:
        """Return the columns in order."""
        return [Column(self.table, field, self.frame[field.name]) for field in list_columns(self.table)]


def write(edition: Edition, release: Path) -> None:
    """Write the codebook of an edition as Markdown and as a page."""
    document = write_codebook(edition)
    (release / "CODEBOOK.md").write_text(render_markdown(document), encoding="utf-8")
    (release / "codebook.html").write_text(render_html(document), encoding="utf-8")


def write_codebook(edition: Edition) -> Document:
    """Return the whole codebook."""
    tables, views = _list_tables(edition), _list_views(edition)
    return (
        Heading(1, f"{edition.package.title}: codebook", "codebook"),
        *_write_introduction(edition.package),
        Heading(2, "Tables", "section-tables"),
        _list(tables),
        *(block for entry in tables for block in _write_section(entry)),
        Heading(2, "Derived frames", "section-derived"),
        Paragraph(("They follow from the tables and are stored in none; a release holds them ready made.",)),
        _list(views),
        *(block for entry in views for block in _write_section(entry)),
        Heading(2, "What is measured", "section-indicators"),
        _list_indicators(edition.frames),
        Heading(2, "Scopes and assumptions", "section-parts"),
        _list_parts(edition.frames),
        Heading(2, "Rules", "section-rules"),
        Paragraph(
            ("What every release has been checked against. A release has no errors; it may have warnings.",)
        ),
        _list_rules(),
    )


def write_overview(edition: Edition) -> Document:
    """Return the tables and derived frames there are."""
    return (
        Heading(1, edition.package.title, "codebook"),
        *_write_introduction(edition.package),
        Heading(2, "Tables", "section-tables"),
        _list(_list_tables(edition)),
        Heading(2, "Derived frames", "section-derived"),
        _list(_list_views(edition)),
    )


def write_part(edition: Edition, name: str) -> Document:
    """Return what is said of TABLE, but for limits, examples and codes of its columns, or all of TABLE.COLUMN, ID or CODE.

    Raises
    ------
    NotFoundError
        If there is nothing of that name; the message names the nearest.
    """
    known: dict[str, Entry | Column] = {}
    for entry in (*_list_tables(edition), *_list_views(edition)):
        known |= {entry.table.name: entry, **{column.anchor: column for column in entry.columns}}
    match known.get(name):
        case Entry() as found:
            return (Heading(1, name, name), *_introduce(found), _list_columns(found, _BRIEF_HEADS))
        case Column() as found:
            return _write_column(found)
    if said := look_up(name, edition.package, edition.frames):
        return Heading(1, name, name), Facts(tuple((place, (text,)) for place, text in said))
    searched = {*known, *list_searched(edition.package, edition.frames)}
    hint = suggest(name, searched, "dprk-russia describe lists what there is.")
    raise NotFoundError(f"There is no frame, column, id or code {name}. {hint}")


def _list_tables(edition: Edition) -> list[Entry]:
    return [Entry(table, edition.frames[table.name]) for table in edition.package.tables]


def _list_views(edition: Edition) -> list[Entry]:
    return [Entry(view, edition.views[view.name]) for view in describe_frames(edition.package)]


def _write_column(column: Column) -> Document:
    field, share = column.field, f" ({column.filled_share})" if column.filled_share else ""
    facts: list[tuple[str, Spans]] = [
        ("type", _write_type(column)),
        ("limits", _write_limits(column)),
        ("filled", (f"{column.filled:,} of {len(column.cells):,} rows{share}",)),
        ("example", (Code(str(field.example)),)),
    ]
    return (
        Heading(1, column.anchor, column.anchor),
        Paragraph((f"{field.title}: {field.description}",)),
        Facts(tuple((name, spans) for name, spans in facts if spans)),
        *_write_codes(column),
    )


def _write_introduction(package: Package) -> Iterator[Block]:
    yield Paragraph((f"Version {package.version}, {package.created}. {package.description}",))
    yield Paragraph(
        mark_names(
            "An empty cell means not recorded. A date is as precise as the page it is from: year, month or day; the "
            "loaders, Parquet and SQLite put two days beside it, `NAME_from` and `NAME_to`, the first and the last it "
            "covers. Money and counts are in plain units."
        )
    )


def mark_names(text: str) -> Spans:
    """Return a text of the project's own as spans, in which names of data stand between backticks."""
    return tuple(Code(part) if number % 2 else part for number, part in enumerate(text.split("`")))


def _list(entries: list[Entry]) -> Grid:
    rows = (
        Row(((Link(table.name, table.name),), (f"{len(frame):,}",), (table.description,)))
        for table, frame in ((entry.table, entry.frame) for entry in entries)
    )
    return Grid(("name", "rows", "what it holds"), tuple(rows), numeric={"rows"})


def _write_section(entry: Entry) -> Iterator[Block]:
    yield Heading(3, entry.table.name, entry.table.name)
    yield from _introduce(entry)
    yield _list_columns(entry, _HEADS)
    for column in entry.columns:
        if not column.origin:
            yield from _write_codes(column)


def _introduce(entry: Entry) -> Iterator[Block]:
    table = entry.table
    yield Paragraph((f"{table.title}. {table.description}",))
    keys: list[Span] = [f"{len(entry.frame):,} rows"]
    if table.primary_key:
        keys += [", one for each ", *_join(table.primary_key)]
    for unique in table.unique_keys:
        keys += ["; no two alike in ", *_join(unique)]
    yield Paragraph((*keys, "."))


def _join(columns: tuple[str, ...]) -> Iterator[Span]:
    for number, column in enumerate(columns):
        if number:
            yield " and "
        yield Code(column)


def _list_columns(entry: Entry, heads: tuple[str, ...]) -> Grid:
    rows = (Row(_list_facts(column)[: len(heads)], anchor=column.anchor) for column in entry.columns)
    return Grid(heads, tuple(rows), numeric={"filled"})


def _list_facts(column: Column) -> tuple[Spans, ...]:
    return (
        (Code(column.field.name),),
        _write_type(column),
        (column.filled_share,),
        (column.field.description,),
        _write_limits(column),
        (Code(str(column.field.example)),),
    )


def _write_type(column: Column) -> Spans:
    kind, origin = TYPES[column.field.form], column.origin
    if key := column.table.references.get(column.field.name):
        target = f"{key.table}.{key.reference}"
        return ("id in ", Link(target, target))
    return (f"{kind}, as ", Link(origin, origin)) if origin else (kind,)


def _write_limits(column: Column) -> Spans:
    """Return what a cell must keep to; the limits of a column taken over from a table stand there."""
    field = column.field
    limits = ["never empty"] if field.required else []
    if column.origin:
        return tuple(limits)
    bounds = {
        "from {:,}": field.minimum,
        "to {:,}": field.maximum,
        "at most {:,} characters": field.max_length,
    }
    limits += [words.format(bound) for words, bound in bounds.items() if bound is not None]
    spans: list[Span] = [", ".join(limits)] if limits else []
    if field.pattern is not None:
        spans += [*(", " for _ in spans), "of the form ", Code(field.pattern)]
    return tuple(spans)


def _write_codes(column: Column) -> Iterator[Grid]:
    field = column.field
    if field.categories:
        counts = as_text(column.cells).value_counts()
        rows = (
            Row(((Code(code),), (f"{counts.get(code, 0):,}",), (category.label,)))
            for code, category in zip(field.codes, field.categories, strict=True)
        )
        caption = f"Codes of {field.name}{', in order' if field.ordered else ''}"
        yield Grid(("code", "rows", "meaning"), tuple(rows), numeric={"rows"}, caption=caption)


def _list_indicators(frames: Mapping[str, pd.DataFrame]) -> Grid:
    import pandas as pd

    counts = pd.concat([frames[table]["indicator_id"] for table in FIGURES]).value_counts()
    indicators = as_text(frames["indicators"]).to_dict("records")
    rows = (_describe_indicator(one, counts.get(one["indicator_id"], 0)) for one in indicators)
    heads = ("indicator", "figures", "unit", "definition", "with", "without")
    return Grid(heads, tuple(rows), numeric={"figures"})


def _describe_indicator(one: Mapping[Hashable, str], figures: int) -> Row:
    unit = f"{one['unit']} per {one['per'].replace('_', ' and ')}" if one["per"] else one["unit"]
    texts = (f"{unit}, {one['accumulation']}", one["definition"], one["includes"], one["excludes"])
    cells = ((text,) if text else () for text in texts)
    # Names of tables have no hyphen, so that no indicator takes the anchor of one.
    anchor = f"indicator-{quote(one['indicator_id'], safe='')}"
    return Row(((Code(one["indicator_id"]),), (f"{figures:,}",), *cells), anchor)


def _list_parts(frames: Mapping[str, pd.DataFrame]) -> Grid:
    import pandas as pd

    named = [frames[table][column] for table in FIGURES for column in ("scope", "assumption")]
    counts = pd.concat(named).value_counts()
    rows = (
        _describe_part(one, counts.get(one["part_id"], 0))
        for one in as_text(frames["parts"]).to_dict("records")
    )
    return Grid(("part", "role", "figures", "name", "meaning", "part of"), tuple(rows), numeric={"figures"})


def _describe_part(one: Mapping[Hashable, str], figures: int) -> Row:
    whole: Spans = (Link(one["part_of"], _anchor_part(one["part_of"])),) if one["part_of"] else ()
    cells = ((one["role"],), (f"{figures:,}",), (one["name"],), (one["definition"],), whole)
    return Row(((Code(one["part_id"]),), *cells), _anchor_part(one["part_id"]))


def _anchor_part(part_id: str) -> str:
    return f"part-{quote(part_id, safe='')}"


def _list_rules() -> Grid:
    rows = (
        Row(
            ((Code(rule.id),), (rule.group,), (rule.severity,), (rule.sentence,), (rule.hint,)),
            anchor=f"rule-{rule.id}",
        )
        for rule in RULES.values()
    )
    return Grid(("rule", "concerns", "severity", "demand", "what to do"), tuple(rows))


def write_share(part: int, whole: int) -> str:
    """Return a share in percent; what is not quite nothing or all is never said to be."""
    if not whole:
        return ""
    percent = f"{part / whole:.0%}"
    if part and percent == "0%":
        return "under 1%"
    return "over 99%" if part < whole and percent == "100%" else percent
