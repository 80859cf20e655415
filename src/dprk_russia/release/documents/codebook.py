"""The codebook: what every table, column, code, derived frame, measure and rule means, and what the edition holds of it.

`make_codebook` gathers what is to be said, `write_*` puts it into the words of a document, and the renderers of
`dprk_russia.documents` give it the form of a file or a terminal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from dprk_russia.contract.findings import RULES
from dprk_russia.contract.package import FIGURES
from dprk_russia.documents import Code, Facts, Grid, Heading, Link, Paragraph, Row
from dprk_russia.documents.html import render_html
from dprk_russia.documents.markdown import render_markdown
from dprk_russia.record.measures import describe_frames, find_place, read_measures
from dprk_russia.tabular.nearness import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pandas as pd

    from dprk_russia.contract.package import Package
    from dprk_russia.contract.schema import Field, ForeignKey, Table
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
# Of the heads of columns so many are shown where there is little room.
BRIEF = 4
RESTS = tuple(
    f"indicators.{column}"
    for column in ("indicator_id", "unit", "per", "accumulation", "definition", "includes", "excludes")
)
_HEADS = ("column", "type", "filled", "meaning", "limits", "example")


@dataclass(frozen=True, slots=True)
class DescribedColumn:
    """A column of a table or derived frame, and how many of its cells are filled.

    `counts` holds the rows of each code, `place` the TABLE.COLUMN that a derived frame has it from.
    """

    table: str
    field: Field
    in_key: bool
    reference: ForeignKey | None
    place: str
    rows: int
    filled: int
    counts: Mapping[str, int]

    @property
    def anchor(self) -> str:
        """Return TABLE.COLUMN."""
        return f"{self.table}.{self.field.name}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A table or derived frame with its columns."""

    table: Table
    rows: int
    columns: tuple[DescribedColumn, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured, in which unit, and the number of figures that measure it."""

    id: str
    figures: int
    unit: str
    definition: str
    includes: str
    excludes: str


@dataclass(frozen=True, slots=True)
class Codebook:
    """What is said of a package."""

    package: Package
    tables: tuple[Entry, ...]
    views: tuple[Entry, ...]
    indicators: tuple[Indicator, ...]

    def find(self, name: str) -> Entry | DescribedColumn:
        """Return what is said of TABLE or TABLE.COLUMN.

        Raises
        ------
        KeyError
            If there is neither; the message names the nearest.
        """
        known: dict[str, Entry | DescribedColumn] = {}
        for entry in (*self.tables, *self.views):
            known[entry.table.name] = entry
            known |= {column.anchor: column for column in entry.columns}
        if name in known:
            return known[name]
        hint = suggest(name, known, "dprk-russia describe lists what there is.")
        raise KeyError(f"There is no table or column {name}. {hint}")


def write(edition: Edition, release: Path) -> None:
    """Write the codebook of an edition as Markdown and as a page."""
    document = write_codebook(make_codebook(edition))
    (release / "CODEBOOK.md").write_text(render_markdown(document), encoding="utf-8")
    (release / "codebook.html").write_text(render_html(document), encoding="utf-8")


def make_codebook(edition: Edition) -> Codebook:
    """Return what is said of an edition."""
    return Codebook(
        package=edition.package,
        tables=tuple(_make_entry(table, edition.frames[table.name]) for table in edition.package.tables),
        views=tuple(_make_entry(view, edition.views[view.name]) for view in describe_frames(edition.package)),
        indicators=tuple(_make_indicators(edition.frames)),
    )


def _make_entry(table: Table, frame: pd.DataFrame) -> Entry:
    return Entry(table, len(frame), tuple(_make_column(table, field, frame) for field in table.fields))


def _make_column(table: Table, field: Field, frame: pd.DataFrame) -> DescribedColumn:
    cells = frame[field.name]
    counts = cells.astype("str").value_counts().to_dict() if field.categories else {}
    return DescribedColumn(
        table=table.name,
        field=field,
        in_key=field.name in table.primary_key,
        reference=table.references.get(field.name),
        place=_find_place(table.name, field.name),
        rows=len(frame),
        filled=int(cells.notna().sum()),
        counts={code: counts.get(code, 0) for code in field.codes},
    )


def _find_place(table: str, column: str) -> str:
    measure = read_measures().get(table)
    return find_place(measure.column(column)) if measure else ""


def _make_indicators(frames: Mapping[str, pd.DataFrame]) -> Iterator[Indicator]:
    import pandas as pd

    counts = pd.concat([frames[table]["indicator_id"] for table in FIGURES]).value_counts().to_dict()
    for row in frames["indicators"].astype("str").fillna("").to_dict("records"):
        unit = f"{row['unit']} per {row['per'].replace('_', ' and ')}" if row["per"] else row["unit"]
        yield Indicator(
            id=row["indicator_id"],
            figures=counts.get(row["indicator_id"], 0),
            unit=f"{unit}, {row['accumulation']}",
            definition=row["definition"],
            includes=row["includes"],
            excludes=row["excludes"],
        )


def write_codebook(book: Codebook) -> Document:
    """Return the whole codebook."""
    return (
        Heading(1, f"{book.package.title}: codebook", "codebook"),
        *_write_introduction(book.package),
        Heading(2, "Tables", "section-tables"),
        _list(book.tables),
        *(block for entry in book.tables for block in _write_section(entry)),
        Heading(2, "Derived frames", "section-derived"),
        Paragraph(("They follow from the tables and are stored in none; a release holds them ready made.",)),
        _list(book.views),
        *(block for entry in book.views for block in _write_section(entry)),
        Heading(2, "What is measured", "section-indicators"),
        _list_indicators(book.indicators),
        Heading(2, "Rules", "section-rules"),
        Paragraph(
            ("What every release has been checked against. A release has no errors; it may have warnings.",)
        ),
        _list_rules(),
    )


def write_overview(book: Codebook) -> Document:
    """Return the tables and derived frames there are."""
    return (
        Heading(1, book.package.title, "codebook"),
        *_write_introduction(book.package),
        Heading(2, "Tables", "section-tables"),
        _list(book.tables),
        Heading(2, "Derived frames", "section-derived"),
        _list(book.views),
    )


def write_entry(entry: Entry) -> Document:
    """Return what is said of one table or derived frame; limits, examples and codes are told of each column."""
    columns = _list_columns(entry)
    brief = replace(
        columns,
        heads=columns.heads[:BRIEF],
        rows=tuple(replace(row, cells=row.cells[:BRIEF]) for row in columns.rows),
    )
    return (Heading(1, entry.table.name, entry.table.name), *_introduce(entry), brief)


def write_column(column: DescribedColumn) -> Document:
    """Return all that is said of one column."""
    field = column.field
    facts: list[tuple[str, Spans]] = [
        ("type", _write_type(column)),
        ("limits", _write_limits(column)),
        ("filled", (f"{column.filled:,} of {column.rows:,} rows{_in_brackets(column)}",)),
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
    dates = (
        "An empty cell means not recorded. A date is as precise as the page it is from: year, month or day; the "
        "loaders, Parquet and SQLite put two days beside it, "
    )
    limits = ", the first and the last it covers. Money and counts are in plain units."
    yield Paragraph((dates, Code("NAME_from"), " and ", Code("NAME_to"), limits))


def _list(entries: tuple[Entry, ...]) -> Grid:
    rows = (
        Row(((Link(entry.table.name, entry.table.name),), (f"{entry.rows:,}",), (entry.table.description,)))
        for entry in entries
    )
    return Grid(("name", "rows", "what it holds"), tuple(rows), numeric={"rows"})


def _write_section(entry: Entry) -> Iterator[Block]:
    yield Heading(3, entry.table.name, entry.table.name)
    yield from _introduce(entry)
    yield _list_columns(entry)
    for column in entry.columns:
        if not column.place:
            yield from _write_codes(column)


def _introduce(entry: Entry) -> Iterator[Block]:
    table = entry.table
    yield Paragraph((f"{table.title}. {table.description}",))
    keys: list[Span] = [f"{entry.rows:,} rows"]
    if table.primary_key:
        keys += [", one for each ", *_join([Code(column) for column in table.primary_key], " and ")]
    for unique in table.unique_keys:
        keys += ["; no two alike in ", *_join([Code(column) for column in unique], " and ")]
    yield Paragraph((*keys, "."))


def _join(spans: list[Code], separator: str) -> Iterator[Span]:
    for number, span in enumerate(spans):
        if number:
            yield separator
        yield span


def _list_columns(entry: Entry) -> Grid:
    return Grid(_HEADS, tuple(map(_list_facts, entry.columns)), numeric={"filled"})


def _list_facts(column: DescribedColumn) -> Row:
    cells = (
        (Code(column.field.name),),
        _write_type(column),
        (write_share(column.filled, column.rows),),
        (column.field.description,),
        _write_limits(column),
        (Code(str(column.field.example)),),
    )
    return Row(cells, anchor=column.anchor)


def _write_type(column: DescribedColumn) -> Spans:
    kind = TYPES[column.field.form]
    if column.reference:
        target = f"{column.reference.table}.{column.reference.reference}"
        return ("id in ", Link(target, target))
    return (f"{kind}, as ", Link(column.place, column.place)) if column.place else (kind,)


def _write_limits(column: DescribedColumn) -> Spans:
    """Return what a cell must keep to; the limits of a column taken over from a table stand there."""
    field = column.field
    limits: list[Span] = ["never empty"] if field.required else []
    if column.place:
        return tuple(limits)
    if field.minimum is not None:
        limits.append(f"from {field.minimum:,}")
    if field.maximum is not None:
        limits.append(f"to {field.maximum:,}")
    if field.max_length is not None:
        limits.append(f"at most {field.max_length:,} characters")
    spans: list[Span] = [", ".join(str(limit) for limit in limits)] if limits else []
    if field.pattern is not None:
        spans += [*(", " for _ in spans), "of the form ", Code(field.pattern)]
    return tuple(spans)


def _in_brackets(column: DescribedColumn) -> str:
    share = write_share(column.filled, column.rows)
    return f" ({share})" if share else ""


def _write_codes(column: DescribedColumn) -> Iterator[Grid]:
    if column.field.categories:
        order = ", in order" if column.field.ordered else ""
        rows = (
            Row(((Code(code),), (f"{column.counts[code]:,}",), (category.label,)))
            for code, category in zip(column.field.codes, column.field.categories, strict=True)
        )
        caption = f"Codes of {column.field.name}{order}"
        yield Grid(("code", "rows", "meaning"), tuple(rows), numeric={"rows"}, caption=caption)


def _list_indicators(indicators: tuple[Indicator, ...]) -> Grid:
    heads = ("indicator", "figures", "unit", "definition", "with", "without")
    return Grid(heads, tuple(map(_describe_indicator, indicators)), numeric={"figures"})


def _describe_indicator(one: Indicator) -> Row:
    texts = (f"{one.figures:,}", one.unit, one.definition, one.includes, one.excludes)
    cells = ((text,) if text else () for text in texts)
    # Names of tables have no hyphen, so that no indicator takes the anchor of one.
    return Row(((Code(one.id),), *cells), anchor=f"indicator-{quote(one.id, safe='')}")


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
