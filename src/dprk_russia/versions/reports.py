"""What changed, rendered for people and for programs; every form is made from the same comparison."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import asdict
from itertools import chain, groupby, repeat
from typing import TYPE_CHECKING

from dprk_russia.contract.schema import shorten
from dprk_russia.documents import Code, Grid, Row, markdown
from dprk_russia.documents.markdown import escape_markdown
from dprk_russia.documents.text import count_noun, make_printable
from dprk_russia.versions.changes import KINDS, Step
from dprk_russia.versions.labels import label_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dprk_russia.documents import Span
    from dprk_russia.versions.changes import Change, Comparison, ContractChange, Kind

    Style = Callable[[str, str], str]

# So many rows of a table, and so many changes of the contract, are listed as text.
TEXT_CAP = 20
EMPTY = "(empty)"
# That of `changes.schema.json`.
JSON_FORMAT = "1.0"
GRAVEST: tuple[Kind, ...] = ("removed", "changed", "added")
SIGNS = {"added": "+", "removed": "-", "changed": "~"}
ROW_HEADS = {
    "added": ["row", "about"],
    "removed": ["row", "about"],
    "changed": ["row", "about", "column", "old", "new"],
}
CSV_HEADER = ("table", "row_id", "column", "code", "part", "kind", "old", "new")
_CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f]")
# What a spreadsheet would execute: not a number below zero.
_FORMULA = re.compile(r"\s*([=@]|[+-](?![0-9.]+$))")


def render_text(comparison: Comparison, style: Style) -> str:
    """Return the changes by table, twenty rows of each, the gravest first; how many more there are is said."""
    return "\n".join(_text_lines(comparison, style)) + "\n"


def _text_lines(comparison: Comparison, style: Style) -> Iterator[str]:
    if comparison.contract:
        yield f"{style('contract', 'rule')}: {count_noun(len(comparison.contract), 'change')}"
        lines = [(change.kind, _describe_contract(change)) for change in comparison.contract]
        yield from _list_text(lines[:TEXT_CAP], len(lines), style)
    counts = comparison.count()
    for table, rows in _group_rows(comparison).items():
        yield f"{style(make_printable(table), 'rule')}: {_write_counts(counts[table])}"
        shown = rows[:TEXT_CAP]
        labels = label_rows(comparison, [row[0] for row in shown])
        lines = [line for row, label in zip(shown, labels, strict=True) for line in _describe(row, label)]
        yield from _list_text(lines, len(rows), style)
    for skipped in comparison.skipped:
        yield make_printable(f"{skipped.consequence}: {shorten(skipped.what)}: {skipped.why}")
    yield make_printable(_conclude(comparison))


def _list_text(lines: list[tuple[Kind, str]], number: int, style: Style) -> Iterator[str]:
    """Yield the lines that are shown, and of how many entries the rest is left out."""
    for kind, text in lines:
        yield f"  {style(SIGNS[kind], kind)} {make_printable(text)}"
    if number > TEXT_CAP:
        yield f"  … and {number - TEXT_CAP:,} more; use --format csv"


def _group_rows(comparison: Comparison) -> dict[str, list[list[Change]]]:
    """Return the changes by table and row."""
    grouped: dict[str, list[list[Change]]] = {}
    for (table, _, _), changes in groupby(comparison.rows, lambda c: (c.table, c.row_id, c.column is None)):
        # A row is added or removed by one change; rows of equal key can follow each other.
        row = list(changes)
        grouped.setdefault(table, []).extend([row] if row[0].column else [[change] for change in row])
    # What may break the work of a reader comes first, so that no list is cut before it.
    return {name: sorted(rows, key=lambda row: GRAVEST.index(row[0].kind)) for name, rows in grouped.items()}


def _write_counts(counts: Mapping[Kind, int]) -> str:
    return ", ".join(f"{number:,} {kind}" for kind, number in counts.items() if number)


def _describe(row: list[Change], label: str) -> Iterator[tuple[Kind, str]]:
    """Yield each change of a row; what the row is about stands at the first."""
    row_id = shorten(row[0].row_id)
    if not row[0].column:
        yield row[0].kind, f"{row_id} {label}".rstrip()
        return
    heads = chain([f"{row_id} ({label})" if label else row_id], repeat(row_id))
    for head, change in zip(heads, row, strict=False):
        yield change.kind, f"{head} {change.column}: {_write_values(change)}"


def _describe_contract(change: ContractChange) -> str:
    place = ".".join(filter(None, (change.table, change.column)))
    if change.part == "code":
        return f"{place}: code {change.code}: {shorten(change.old or change.new or '')}"
    if change.kind == "changed":
        code = f"{change.code}, " if change.code else ""
        return f"{place}: {code}{change.part}: {_write_values(change)}"
    return f"{change.part} {place}"


def _write_values(change: Change | ContractChange) -> str:
    return f"{shorten(change.old or EMPTY)} → {shorten(change.new or EMPTY)}"


def render_markdown(comparison: Comparison, cap: int | None = None) -> str:
    """Return the changes as a Markdown document; of each list the first `cap` entries, the rest being in changes.csv."""
    return "\n".join(_markdown_lines(comparison, cap)) + "\n"


def _markdown_lines(comparison: Comparison, cap: int | None) -> Iterator[str]:
    old, new, counts = comparison.old, comparison.new, comparison.count()
    yield "# " + escape_markdown(f"{new.title}: changes from {old.version} to {new.version}")
    yield from ("", escape_markdown(_conclude(comparison)))
    numbers = [_row(_code(table), *(f"{n:,}" for n in kinds.values())) for table, kinds in counts.items()]
    yield from _table("", ["table", *(f"rows {kind}" for kind in KINDS)], numbers)
    changes = [_row(change.kind, _code(_describe_contract(change))) for change in comparison.contract]
    yield from _table("## Contract", ["", "what"], changes, cap)
    retired = [_row(*map(_code, (*old_id, successor))) for old_id, successor in comparison.retired]
    yield from _table("## Retired ids", ["table", "id", "replaced by"], retired, cap)
    for table, rows in _group_rows(comparison).items():
        yield from ("", f"## {escape_markdown(table)}", "", f"{_write_counts(counts[table])}.")
        yield from _row_tables(comparison, rows, cap)
    skipped = [_row(_code(skipped.what), _code(skipped.why)) for skipped in comparison.skipped]
    yield from _table("## Not compared", ["", "why"], skipped)


def _row_tables(comparison: Comparison, rows: list[list[Change]], cap: int | None) -> Iterator[str]:
    """Yield a Markdown table for each kind of change among the rows of a table."""
    for kind in KINDS:
        chosen = [row for row in rows if row[0].kind == kind]
        shown = chosen[:cap]
        labels = label_rows(comparison, [row[0] for row in shown])
        lines = [line for row, label in zip(shown, labels, strict=True) for line in _tabulate(row, label)]
        yield from _table(f"### {kind}", ROW_HEADS[kind], lines)
        yield from _tell_hidden(len(chosen), cap)


def _tabulate(row: list[Change], label: str) -> Iterator[Row]:
    """Yield a line for each change of a row; its id, and what it is about, stand at the first."""
    heads = chain([(row[0].row_id, label)], repeat(("", "")))
    for head, change in zip(heads, row, strict=False):
        cells = (change.column, change.old or "", change.new or "") if change.column else ()
        yield _row(*map(_code, (*head, *cells)))


def _row(*cells: Span) -> Row:
    return Row(tuple((cell,) for cell in cells))


def _code(text: str) -> Code:
    """Return what stands in the data as code, since a forge links names and addresses in all other text."""
    return Code(make_printable(" ".join(text.split())))


def _table(title: str, heads: list[str], rows: list[Row], cap: int | None = None) -> Iterator[str]:
    """Yield a Markdown table under a title, nothing if it has no rows."""
    if not rows:
        return
    yield from ("", title, "") if title else ("",)
    yield markdown.render_markdown([Grid(tuple(heads), tuple(rows[:cap]))]).rstrip()
    yield from _tell_hidden(len(rows), cap)


def _tell_hidden(number: int, cap: int | None) -> Iterator[str]:
    if cap is not None and number > cap:
        yield from ("", f"… and {number - cap:,} more, all in `changes.csv`.")


def render_json(comparison: Comparison) -> str:
    """Return the comparison as one JSON object, which `changes.schema.json` describes.

    Rows that were added or removed are objects of their filled cells.
    """
    old, new = comparison.old, comparison.new
    content = {
        "format": JSON_FORMAT,
        "old": {"package": old.name, "version": old.version},
        "new": {"package": new.name, "version": new.version},
        "step": comparison.step.name.lower(),
        "smallest": None if comparison.smallest is None else str(comparison.smallest),
        "suffices": comparison.suffices,
        "counts": comparison.count(),
        "contract": [asdict(change) for change in comparison.contract],
        "changes": [_to_object(change) for change in comparison.rows],
        "skipped": [asdict(skipped) for skipped in comparison.skipped],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _to_object(change: Change) -> dict[str, object]:
    if change.column:
        return asdict(change)
    return asdict(change) | {"old": json.loads(change.old or "null"), "new": json.loads(change.new or "null")}


def render_csv(comparison: Comparison) -> str:
    """Return every change as a line of CSV.

    A cell that a spreadsheet would execute has an apostrophe before it; control characters are written as escapes.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(CSV_HEADER)
    for c in comparison.contract:
        writer.writerow(map(_guard, (c.table, None, c.column, c.code, c.part, c.kind, c.old, c.new)))
    for r in comparison.rows:
        part = "cell" if r.column else "row"
        writer.writerow(map(_guard, (r.table, r.row_id, r.column, None, part, r.kind, r.old, r.new)))
    return buffer.getvalue()


def _guard(cell: str | None) -> str:
    text = _CONTROL.sub(lambda sign: sign[0].encode("unicode_escape").decode(), cell or "")
    return f"'{text}" if _FORMULA.match(cell or "") else text


def _conclude(comparison: Comparison) -> str:
    """Return what the changes mean for the version, in a sentence."""
    old, new = (shorten(package.version) for package in (comparison.old, comparison.new))
    if comparison.smallest is None:
        return f"Which version these changes need is unknown: the old one is {old or 'not given'}."
    kind, smallest = comparison.step.name.lower(), comparison.smallest
    if comparison.skipped and comparison.step is Step.NONE:
        return f"What was compared has not changed since {old}; which version is needed is unknown."
    if comparison.skipped:
        return f"What was compared has {kind} changes: after {old} the version is {smallest} or a higher one."
    verdict = "will do" if comparison.suffices else "is too small"
    if comparison.step is Step.NONE:
        return f"Nothing changed since {old}; {new} {verdict}."
    return f"These changes are {kind}: after {old} the smallest version is {smallest}; {new} {verdict}."


# Each form ends with a line feed; only text has colours.
FORMATS: Mapping[str, Callable[[Comparison, Style], str]] = {
    "text": render_text,
    "markdown": lambda comparison, _: render_markdown(comparison),
    "json": lambda comparison, _: render_json(comparison),
    "csv": lambda comparison, _: render_csv(comparison),
}
