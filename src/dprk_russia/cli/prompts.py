"""Questions for the cells of a row: what a column holds, what there is to choose from, and why an answer will not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dprk_russia.contract.schema import Field, Table
    from dprk_russia.drafts.catalogue import Catalogue

    Cells = dict[str, str]

# A catalogue of at most so many rows is listed before it is asked for.
FEW = 20
INDENT = "  "


def ask(catalogue: Catalogue, table: Table, field: Field, default: str = "") -> str:
    """Return a cell without fault: shows what the column holds, and explains every wrong answer."""
    from dprk_russia.drafts.drafts import find_fault
    from dprk_russia.tabular.canon import canonise_cell

    def check(text: str) -> str:
        cell = canonise_cell(field, text)
        if fault := find_fault(catalogue, table, field, cell):
            raise click.BadParameter(make_plain(fault))
        return cell

    _introduce(catalogue, table, field)
    text = field.name if field.required else f"{field.name} (optional)"
    cell: str = click.prompt(text, default=default, show_default=bool(default), value_proc=check)
    if cell and (key := table.references.get(field.name)):
        click.echo(make_plain(f"  {catalogue.label(key.table, cell)}"))
    return cell


def ask_rows(
    catalogue: Catalogue,
    table: Table,
    fields: Sequence[Field],
    propose: Callable[[Sequence[Cells]], Mapping[str, str]],
) -> list[Cells]:
    """Return the rows that are entered until the first cell of one is left empty; `propose` gives the next one's defaults."""
    from dataclasses import replace

    first, *others = fields
    rows: list[Cells] = []
    while True:
        defaults = propose(rows)
        lead = ask(catalogue, table, replace(first, required=False), defaults.get(first.name, ""))
        if not lead:
            return rows
        cells = {field.name: ask(catalogue, table, field, defaults.get(field.name, "")) for field in others}
        rows.append({first.name: lead} | cells)


def _introduce(catalogue: Catalogue, table: Table, field: Field) -> None:
    """Show what a column holds, and what there is to choose from."""
    import textwrap

    from dprk_russia.documents import Facts, Paragraph
    from dprk_russia.documents.terminal import render_terminal

    sentence = field.description.split(". ")[0].removesuffix(".")
    choices = [(str(category.value), category.label) for category in field.categories]
    reference = table.references.get(field.name)
    if reference and len(catalogue.rows(reference.table)) <= FEW:
        choices = [
            (row_id, catalogue.label(reference.table, row_id)) for row_id in catalogue.rows(reference.table)
        ]
    example = f"Such as: {field.example}"
    if reference:
        example = f"An id of {reference.table}, such as {field.example}; words from its row find it."
    known = Facts(tuple((code, (label,)) for code, label in choices)) if choices else Paragraph((example,))
    click.echo(f"\n{click.style(make_plain(field.title), bold=True)}")
    for block in (Paragraph((f"{sentence}.",)), known):
        text = render_terminal([block], click.HelpFormatter().width - len(INDENT))
        click.echo(textwrap.indent(text, INDENT))


def make_plain(text: str) -> str:
    """Return text of several lines that does nothing to a terminal."""
    from dprk_russia.documents.text import make_lines_printable

    return make_lines_printable(text)
