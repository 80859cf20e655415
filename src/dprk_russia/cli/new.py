"""The commands `dprk-russia new KIND`: options made from the contract, prompts, and what became of the row."""

from __future__ import annotations

import shlex
import sys
import textwrap
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dprk_russia.contract.package import Package
    from dprk_russia.contract.schema import Field, Table
    from dprk_russia.drafts.catalogue import Catalogue
    from dprk_russia.drafts.drafts import Draft, Outcome

EVIDENCE = ("source_id", "relays_id", "attribution", "rendering", "locator")
# A catalogue of at most so many rows is listed before it is asked for.
FEW = 20
INDENT = "  "
EXAMPLES = {
    "claim": "--topic-id arms --kind event … --source kcna-2024-06-19",
    "source": "--publisher-id kcna --published 2024-06-19 …",
    "actor": "--name 'The Gazette' --kind media",
    "figure": "--indicator-id kpa-killed --claim-id C00132 …",
}

Cells = dict[str, str]


@click.group()
def new() -> None:
    """Add a claim, source, actor or figure with the next free id.

    Every column is an option. On a terminal the columns are asked for, unless the options fill all that are required.
    Nothing is written if the row breaks a rule; what is still to be added to it is listed.

    Example: dprk-russia new claim
    """


class _Command(click.Command):
    """Adds a row of one kind; its options are the columns in the package that its arguments name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        from dprk_russia.drafts.drafts import TABLES

        kind = str(self.name)
        contract = _read_contract(_find_argument(args), TABLES[kind])
        table = contract.table(TABLES[kind][0])
        options = [_make_option(field, table) for field in table.fields]
        text = [f"Add a row to {' or '.join(TABLES[kind])} of PACKAGE. {table.description}"]
        if kind == "claim":
            evidence = contract.table("evidence")
            options += [_make_option(evidence.field(column), evidence) for column in EVIDENCE]
            text.append(
                "--source and the options after it give the rows of evidence; of each the nth belongs to the nth --source."
            )
        text.append(f"Example: dprk-russia new {kind} {EXAMPLES[kind]}")
        self.help = "\n\n".join(text)
        self.params = [click.Argument(["package"], default=".", type=click.Path(path_type=Path)), *options]
        return super().parse_args(ctx, args)


def _find_argument(arguments: list[str]) -> Path:
    """Return the package among arguments that are not parsed yet; every option but --help takes a value."""
    rest = iter(arguments)
    for argument in rest:
        if not argument.startswith("-"):
            return Path(argument)
        if argument not in {"-h", "--help", "--"} and "=" not in argument:
            next(rest, None)
    return Path()


def _read_contract(path: Path, tables: tuple[str, ...]) -> Package:
    """Return the package at a path, or the installed one if there is none whose tables can be used."""
    from dprk_russia.contract.package import PackageError, installed_package, read_package

    try:
        package = read_package(path)
    except PackageError:
        return installed_package()
    usable = {table.name for table in package.tables}
    return package if usable.issuperset({*tables, "evidence"}) else installed_package()


def _make_option(field: Field, table: Table) -> click.Option:
    """Return the option that gives a column; those of evidence may be repeated."""
    of_evidence = table.name == "evidence"
    needed = field.required and field.name not in table.primary_key
    key = table.references.get(field.name)
    form = key.reference if key else field.form
    owner, note = (" of the evidence", "") if of_evidence else ("", " [required]" if needed else "")
    return click.Option(
        [_name_option(field.name, table), f"evidence_{field.name}" if of_evidence else field.name],
        multiple=of_evidence,
        metavar=f"[{'|'.join(field.codes)}]" if field.codes else form.upper(),
        help=f"{field.title}{owner}: {field.description}{note}",
    )


def _name_option(column: str, table: Table) -> str:
    name = column.removesuffix("_id") if table.name == "evidence" else column
    return f"--{name.replace('_', '-')}"


@dataclass(slots=True)
class _Entry:
    """What was given for a row: its cells by column, those of its evidence, whether they were asked for, and its id."""

    table: Table
    cells: Cells
    evidence: list[Cells]
    asked: bool = False
    row_id: str = ""


def _add(kind: str, /, package: Path, **options: Any) -> None:
    from dprk_russia.contract.package import read_package
    from dprk_russia.drafts.catalogue import Catalogue, CatalogueError
    from dprk_russia.drafts.drafts import add

    catalogue = Catalogue(read_package(package))
    try:
        entry = _enter(catalogue, kind, options)
        outcome = add(catalogue.package, _draft(catalogue, entry))
    except CatalogueError as error:
        raise click.ClickException(str(error)) from None
    for line in _describe(outcome):
        click.echo(_plain(line))
    if outcome.refusals:
        if entry.asked:
            click.echo(f"To correct it, edit and run:\n{_write_command(kind, package, entry, catalogue)}")
        raise click.ClickException("Nothing was written.")


def _enter(catalogue: Catalogue, kind: str, options: dict[str, Any]) -> _Entry:
    """Return the cells that the options give, and ask for the others if required ones are missing."""
    from dprk_russia.drafts.drafts import TABLES, choose_table, order_fields

    table = catalogue.table(TABLES[kind][0])
    *fields, key = order_fields(table)
    entry = _Entry(table, _canonise(table, options), _read_evidence(catalogue, options))
    missing = [field for field in fields if field.name not in entry.cells]
    entry.asked = _is_terminal() and any(field.required for field in missing)
    checked = [field for field in fields if field not in missing or not entry.asked]
    _refuse_faults(
        [*_find_faults(catalogue, table, checked, entry.cells), *_check_evidence(catalogue, entry)]
    )
    if entry.asked:
        _ask_missing(catalogue, entry, missing)
    entry.table = choose_table(catalogue, kind, entry.cells)
    entry.row_id = _settle_id(catalogue, key, entry)
    return entry


def _ask_missing(catalogue: Catalogue, entry: _Entry, missing: list[Field]) -> None:
    with suppress(ImportError):
        # Lets the arrow keys edit an answer.
        import readline  # noqa: F401
    click.echo("Enter leaves a cell empty; Ctrl-C ends, and nothing is written.")
    for field in missing:
        read_now = field.name == "read_on" and entry.cells.get("read") in {"full", "part"}
        today = datetime.now(UTC).date().isoformat() if read_now else ""
        entry.cells[field.name] = _ask(catalogue, entry.table, field, today)
    if entry.table.name == "claims" and not entry.evidence:
        entry.evidence = _ask_evidence(catalogue)


def _canonise(table: Table, given: dict[str, Any]) -> Cells:
    """Return the cells of the columns that are given, in canonical form."""
    from dprk_russia.tabular.canon import canonise_cell

    texts = ((field, given.get(field.name)) for field in table.fields)
    return {field.name: canonise_cell(field, text) for field, text in texts if text is not None}


def _read_evidence(catalogue: Catalogue, options: dict[str, Any]) -> list[Cells]:
    """Return the rows of evidence that the options give: the nth of each belongs to the nth source."""
    columns = [options.get(f"evidence_{column}", ()) for column in EVIDENCE]
    rows = [dict(zip(EVIDENCE, row, strict=True)) for row in zip_longest(*columns, fillvalue="")]
    return [_canonise(catalogue.table("evidence"), row) for row in rows]


def _find_faults(catalogue: Catalogue, table: Table, fields: Iterable[Field], cells: Cells) -> Iterator[str]:
    """Yield what is wrong with cells, under the name of the option that gives them."""
    from dprk_russia.drafts.drafts import find_fault

    for field in fields:
        if fault := find_fault(catalogue, table, field, cells.get(field.name, "")):
            yield f"{_name_option(field.name, table)}: {fault}"


def _check_evidence(catalogue: Catalogue, entry: _Entry) -> Iterator[str]:
    for row in entry.evidence:
        table = catalogue.table("evidence")
        yield from _find_faults(catalogue, table, map(table.field, EVIDENCE), row)


def _refuse_faults(faults: list[str]) -> None:
    if faults:
        text = "\n".join(["The row cannot be added like this.", *faults])
        raise click.UsageError(_plain(text.replace("\n", "\n  ")))


def _settle_id(catalogue: Catalogue, key: Field, entry: _Entry) -> str:
    """Return a free id: refuse one that is not free, or ask for another; one made of an actor's name is always asked for."""
    table = entry.table
    confirms = table.name == "actors" and key.name not in entry.cells
    row_id = entry.cells.get(key.name) or catalogue.propose_id(table, entry.cells)
    faults = list(_find_faults(catalogue, table, [key], {key.name: row_id}))
    if not row_id:
        option = _name_option(key.name, table)
        faults = [f"{option}: The name has no letters for an id; give one, such as {key.example}."]
    if entry.asked and (faults or confirms):
        for fault in faults:
            click.echo(_plain(f"\n{fault}"))
        row_id = entry.cells[key.name] = _ask(catalogue, table, key, "" if faults else row_id)
    else:
        _refuse_faults(faults)
    return row_id


def _draft(catalogue: Catalogue, entry: _Entry) -> list[Draft]:
    from dprk_russia.drafts.drafts import Draft

    row = Draft(entry.table, entry.cells | {entry.table.primary_key[0]: entry.row_id})
    evidence = [
        Draft(catalogue.table("evidence"), {"claim_id": entry.row_id} | cells) for cells in entry.evidence
    ]
    return [row, *evidence]


def _describe(outcome: Outcome) -> Iterator[str]:
    from dprk_russia.contract.schema import join_key

    written = not outcome.refusals
    if written:
        for draft, line in outcome.placed:
            yield f"{draft.table.path}:{line}: {join_key(draft.key)}"
    for finding in outcome.findings:
        where = ", ".join(filter(None, (finding.row_id, finding.column)))
        is_task = written and finding in outcome.tasks
        head = "still to do" if is_task else f"{finding.severity} {finding.rule}"
        yield f"{head}: [{where}] {finding.message} {finding.hint}"


def _write_command(kind: str, package: Path, entry: _Entry, catalogue: Catalogue) -> str:
    """Return the command whose options give what was entered."""
    words = ["dprk-russia", "new", kind, str(package)]
    given = [(entry.table, column, [cell]) for column, cell in entry.cells.items()]
    if entry.evidence:
        evidence = catalogue.table("evidence")
        given += [(evidence, column, [row[column] for row in entry.evidence]) for column in EVIDENCE]
    for table, column, cells in given:
        if any(cells):
            words += [word for cell in cells for word in (_name_option(column, table), cell)]
    return shlex.join(words)


def _is_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _ask(catalogue: Catalogue, table: Table, field: Field, default: str = "") -> str:
    """Return a cell without fault: shows what the column holds, and explains every wrong answer."""
    from dprk_russia.drafts.drafts import find_fault
    from dprk_russia.tabular.canon import canonise_cell

    def check(text: str) -> str:
        cell = canonise_cell(field, text)
        if fault := find_fault(catalogue, table, field, cell):
            raise click.BadParameter(_plain(fault))
        return cell

    _introduce(catalogue, table, field)
    text = field.name if field.required else f"{field.name} (optional)"
    cell: str = click.prompt(text, default=default, show_default=bool(default), value_proc=check)
    if cell and (key := table.references.get(field.name)):
        click.echo(_plain(f"  {catalogue.label(key.table, cell)}"))
    return cell


def _introduce(catalogue: Catalogue, table: Table, field: Field) -> None:
    """Show what a column holds, and what there is to choose from."""
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
        example = f"An id of {reference.table}, such as {field.example}; a word from its row finds it."
    known = Facts(tuple((code, (label,)) for code, label in choices)) if choices else Paragraph((example,))
    click.echo(f"\n{click.style(_plain(field.title), bold=True)}")
    for block in (Paragraph((f"{sentence}.",)), known):
        text = render_terminal([block], click.HelpFormatter().width - len(INDENT))
        click.echo(textwrap.indent(text, INDENT))


def _ask_evidence(catalogue: Catalogue) -> list[Cells]:
    """Return the rows of evidence that are entered until none is left to name."""
    table = catalogue.table("evidence")
    source, *others = (table.field(column) for column in EVIDENCE)
    click.echo("\nWhich publications carry the claim? Each is a row of evidence; Enter ends the list.")
    rows: list[Cells] = []
    while True:
        carriers = {row["source_id"] for row in rows}
        relayed = next((row["relays_id"] for row in rows if row["relays_id"] not in {"", *carriers}), "")
        source_id = _ask(catalogue, table, replace(source, required=False), relayed)
        if not source_id:
            return rows
        rows.append(
            {"source_id": source_id} | {field.name: _ask(catalogue, table, field) for field in others}
        )


def _plain(text: str) -> str:
    """Return text that does nothing to a terminal."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "\ufffd" for sign in text)


for _kind in EXAMPLES:
    new.add_command(_Command(_kind, callback=partial(_add, _kind), short_help=f"Add one {_kind}."))
