"""The measures told one by one: what each means, its SQL, and a row of the edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.documents import Code, Facts, Grid, Heading, Link, Listing, Paragraph, Row
from dprk_russia.documents.markdown import render_markdown
from dprk_russia.record.measures import describe_measure, read_measures
from dprk_russia.release.documents.codebook import mark_names
from dprk_russia.tabular.frames import plain_cells

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from dprk_russia.documents import Block, Document, Span
    from dprk_russia.record.measures import Measure
    from dprk_russia.release.edition import Edition


def write(edition: Edition, release: Path) -> None:
    """Write the measures of an edition as Markdown."""
    (release / "MEASURES.md").write_text(render_markdown(describe_measures(edition)), encoding="utf-8")


def describe_measures(edition: Edition) -> Document:
    """Return what is said of every measure, frames first, then steps in the order in which they are made."""
    measures = read_measures().values()
    return (
        Heading(1, "Measures", "measures"),
        *_introduce(edition),
        Heading(2, "Derived frames", "section-frames"),
        *(block for one in measures if one.is_frame for block in _describe(one, edition)),
        Heading(2, "Steps", "section-steps"),
        *(block for one in measures if not one.is_frame for block in _describe(one, edition)),
    )


def _introduce(edition: Edition) -> Iterator[Block]:
    yield Paragraph(
        mark_names(
            "What the rows of the tables imply is told in SQL, and nowhere else. A measure reads tables of the package and "
            "other measures. In the tables the first and the last day stand beside each date: `asserted_from` and "
            "`asserted_to` beside `asserted`."
        )
    )
    views = mark_names(
        "The SQLite file of a release has every measure as a view; that of a derived frame is called `NAME_view`, beside "
        "the table of its rows. `dprk-russia sql MEASURE --dialect duckdb` prints a script that makes a measure, and what "
        "it needs, on the tables of a release in another database. A release holds such scripts for SQLite, DuckDB and "
        "Spark in `sql/`. To see what another threshold would change, alter the row of "
    )
    yield Paragraph((*views, Link("thresholds", "thresholds"), "."))
    unknown = edition.views["assessments"]["first_known"].isna().sum()
    knowledge = mark_names(
        "What was known by a day is what the same measures give over the rows known by then; in Python "
        '`estimates(known_by="2025-01-31")` and the other functions do that. A date counts from the last day that it allows, '
        "so that nothing is shown as known before it surely was. Of `evidence` keep the rows whose `known_on` is no later in "
    )
    rest = mark_names(
        ", of `claims` those that have some of it, of the tables that name claims the rows all of whose claims are kept, and "
        "of the other tables all. What a later claim denied, updated or misreported then stands as it stood; statements, "
        f"notes and grades are those of this version. No carrier of {unknown} of the claims has a date: since when they are "
        "known cannot be said, and no day has them."
    )
    yield Paragraph((*knowledge, Link("carrier_days", "carrier_days"), *rest))


def _describe(measure: Measure, edition: Edition) -> Iterator[Block]:
    table = describe_measure(measure, edition.package)
    yield Heading(3, measure.name, measure.name)
    yield Paragraph((measure.description,))
    yield Paragraph(tuple(_list_needs(measure)))
    columns = (Row(((Code(field.name),), (field.description,))) for field in table.fields)
    yield Grid(("column", "meaning"), tuple(columns))
    yield Listing("sql", measure.query)
    frame = edition.views[measure.name] if measure.is_frame else edition.record.frame(measure.name)
    if not frame.empty:
        yield Paragraph(("For example:",))
        yield _show_row(frame)


def _list_needs(measure: Measure) -> Iterator[Span]:
    names = sorted(measure.needs)
    yield "It reads " if names else "It reads nothing."
    for number, name in enumerate(names, 1):
        yield Link(name, name) if name in read_measures() else Code(name)
        yield "." if number == len(names) else " and " if number == len(names) - 1 else ", "


def _show_row(frame: pd.DataFrame) -> Facts:
    """Return the first of the rows with the fewest empty cells."""
    row = frame.loc[[frame.isna().sum(axis=1).idxmin()]]
    cells = ((str(name), plain_cells(row[name])[0]) for name in row.columns)
    return Facts(tuple((name, (Code(_write(cell)),)) for name, cell in cells if cell is not None))


def _write(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    return f"{cell:g}" if isinstance(cell, float) else str(cell)
