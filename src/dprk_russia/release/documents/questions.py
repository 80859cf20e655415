"""The questions that most readers come with, and the line that answers each from each format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.contract.package import locate_derived
from dprk_russia.documents import Code, Facts, Grid, Heading, Link, Paragraph, Row
from dprk_russia.documents.markdown import render_markdown
from dprk_russia.record.questions import FRAME, ORDER, read_questions
from dprk_russia.release.documents.codebook import mark_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dprk_russia.documents import Block, Document, Span
    from dprk_russia.record.questions import Question
    from dprk_russia.release.edition import Edition

_INTRODUCTION = """\
Each of these questions is answered by rows of `estimates`, the same rows from every format. `is_current` leaves out what was \
superseded or withdrawn, and the frame has no figures of claims that misreport another. A scope names a part of what an \
indicator measures, and an assumption a condition: where both are empty, the number is that of the whole, on no condition. Oil \
is told by its parts, since nearly every estimate is of one supplier.

Rows are rivals. Do not add them up, and do not take their mean: look at `speaker`, `bound`, `as_of` and `as_stated`, at \
`conflicts_with` and `agrees_with`. Amounts keep their `currency`: compare within one. Without `is_current` the rows show how \
an estimate grew.

The lines run in the folder of a release: that of CSV with pandas, that of Parquet with DuckDB, that of SQLite on the file \
`{database}`, that of Python with this package. In the workbook, filter the sheet `estimates`. Datasette shows the answers as \
ready queries: `datasette {database} --metadata datasette.json`."""


def write(edition: Edition, release: Path) -> None:
    """Write the questions as Markdown."""
    (release / "QUESTIONS.md").write_text(render_markdown(describe_questions(edition)), encoding="utf-8")


def describe_questions(edition: Edition) -> Document:
    """Return what is said of every question: the filter, and the line for each format."""
    questions, introduction = read_questions(), _INTRODUCTION.format(database=edition.database)
    rows = (
        Row(((Link(question.text, question.name),), _list_codes(question.indicators), _tell_parts(question)))
        for question in questions
    )
    return (
        Heading(1, "Questions", "questions"),
        *(Paragraph(mark_names(text)) for text in introduction.split("\n\n")),
        Grid(("question", "indicator", "scope and assumption"), tuple(rows)),
        *(block for question in questions for block in _describe(question, edition)),
    )


def _list_codes(texts: tuple[str, ...]) -> tuple[Span, ...]:
    return tuple(span for text in texts for span in (", ", Code(text)))[1:]


def _tell_parts(question: Question) -> tuple[Span, ...]:
    return ("empty",) if question.empty else ("any",)


def _describe(question: Question, edition: Edition) -> Iterator[Block]:
    yield Heading(2, question.text, question.name)
    yield Facts(tuple((name, (Code(line),)) for name, line in write_lines(question, edition).items()))


def write_lines(question: Question, edition: Edition) -> dict[str, str]:
    """Return what answers a question from each format: a line of a program, and for the workbook a filter of each column."""
    order = ", ".join(ORDER)
    archive = f'ZipFile("{edition.name("zip")}").open("{locate_derived(FRAME)}")'
    read = f'pd.read_csv({archive}, dtype="str", keep_default_na=False, na_values="")'
    python = f"dprk_russia.{FRAME}(current=True)"
    return {
        "workbook": _write_filter(question),
        "CSV": f'{read}.loc[lambda rows: rows.is_current.eq("true") & {_select(question)}]',
        "Parquet": f"duckdb.sql(\"FROM 'parquet/{FRAME}.parquet' WHERE {question.condition} ORDER BY {order}\")",
        "SQLite": write_query(question),
        "Python": f"{python}.loc[lambda rows: {_select(question)}]",
    }


def write_query(question: Question) -> str:
    """Return the query that answers a question from the SQLite file."""
    return f"SELECT * FROM {FRAME} WHERE {question.condition} ORDER BY {', '.join(ORDER)}"  # noqa: S608


def _select(question: Question) -> str:
    """Return the condition on rows of pandas that are current."""
    codes = [f'"{indicator}"' for indicator in question.indicators]
    measured = f"eq({codes[0]})" if len(codes) == 1 else f"isin([{', '.join(codes)}])"
    return " & ".join(
        [f"rows.indicator_id.{measured}", *(f"rows.{column}.isna()" for column in question.empty)]
    )


def _write_filter(question: Question) -> str:
    tests = {"is_current": "TRUE", "indicator_id": " or ".join(question.indicators)}
    tests |= dict.fromkeys(question.empty, "(blank)")
    return "; ".join(f"{column}: {wanted}" for column, wanted in tests.items())
