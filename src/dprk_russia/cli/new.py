"""The commands `dprk-russia new KIND`: options made from the contract, prompts, and what became of the row."""

from __future__ import annotations

import re
import shlex
import sys
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dprk_russia.cli.prompts import ask, ask_rows, make_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dprk_russia.contract.package import Package
    from dprk_russia.contract.schema import Field, Table
    from dprk_russia.drafts.catalogue import Catalogue
    from dprk_russia.drafts.drafts import Draft, Outcome

EXAMPLES = {
    "claim": "--topic-id arms --kind event … --source kcna-2024-06-19 --source tass-2024-06-19,relays=kcna-2024-06-19",
    "source": "--publisher-id kcna --published 2024-06-19 …",
    "actor": "--name 'The Gazette' --kind media",
    "figure": "--indicator-id kpa-killed --claim-id C00132 …",
}
# What the rows that a claim brings with it are asked for, by the option that gives one.
QUESTIONS = {
    "source": "Which publications carry the claim? Each is a row of evidence; Enter ends the list.",
    "figure": "Which quantities does the claim assert? Each is a figure; Enter ends the list.",
}
# Columns of such a row that follow from the claim, or are written by hand.
LEFT_OUT = {"claim_id", "note"}

# One wrong cell may break a rule in many rows; so many of them are told.
MOST = 5

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

        kind, tables = str(self.name), TABLES[str(self.name)]
        parts = _list_parts(kind)
        contract = _read_contract(_find_argument(args), {*tables, *parts.values()})
        table = contract.table(tables[0])
        rows = {option: contract.table(name) for option, name in parts.items()}
        text = [f"Add a row to {' or '.join(tables)} of PACKAGE."]
        text += [f"{name}: {contract.table(name).description}" for name in tables]
        self.help = "\n\n".join([*text, f"Example: dprk-russia new {kind} {EXAMPLES[kind]}"])
        self.params = [
            click.Argument(["package"], default=".", type=click.Path(path_type=Path)),
            *(_make_option(column, table) for column in table.fields),
            *(_make_row_option(option, table) for option, table in rows.items()),
        ]
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            raise click.UsageError(_explain_option(error, rows), ctx) from None


def _explain_option(error: click.NoSuchOption, rows: Mapping[str, Table]) -> str:
    """Return what is wrong with an option, and how to give what is a column of a row that comes with a claim."""
    name = error.option_name.removeprefix("--").replace("-", "_")
    owners = [o for o, table in rows.items() if name in {_shorten(c.name) for c in _list_columns(table)}]
    mend = f" Give it with its row: --{owners[0]} ID,{name}=VALUE" if owners else ""
    return f"{error.format_message()}{mend}"


def _list_parts(kind: str) -> dict[str, str]:
    """Return the options that give rows which come with a row of some kind, with a table that has their columns."""
    from dprk_russia.contract.package import FIGURES

    return {"source": "evidence", "figure": FIGURES[0]} if kind == "claim" else {}


def _list_columns(table: Table) -> list[Field]:
    """Return the columns that are given for a row that comes with a claim, the one that names it first."""
    from dprk_russia.drafts.drafts import order_fields

    *fields, _ = order_fields(table)
    return [column for column in fields if column.name not in LEFT_OUT]


def _find_argument(arguments: list[str]) -> Path:
    """Return the package among arguments that are not parsed yet; every option but --help takes a value."""
    rest = iter(arguments)
    for argument in rest:
        if not argument.startswith("-"):
            return Path(argument)
        if argument not in {"-h", "--help", "--"} and "=" not in argument:
            next(rest, None)
    return Path()


def _read_contract(path: Path, tables: set[str]) -> Package:
    """Return the package at a path, or the installed one if there is none whose tables can be used."""
    from dprk_russia.contract.package import PackageError, installed_package, read_package

    try:
        package = read_package(path)
    except PackageError:
        return installed_package()
    usable = {table.name for table in package.tables}
    return package if usable.issuperset(tables) else installed_package()


def _make_option(column: Field, table: Table) -> click.Option:
    """Return the option that gives a column."""
    needed = column.required and column.name not in table.primary_key
    return click.Option(
        [_name_option(column.name), column.name],
        metavar=_describe_values(column, table),
        help=f"{column.title}: {column.description}{' [required]' if needed else ''}",
    )


def _make_row_option(option: str, table: Table) -> click.Option:
    """Return the option that gives a row which comes with a claim; it may be repeated."""
    first, *others = _list_columns(table)
    columns = "; ".join(f"{_shorten(column.name)}={_describe_values(column, table)}" for column in others)
    what = "The figure's indicator" if option == "figure" else "A publication that carries the claim"
    return click.Option(
        [f"--{option}", option],
        multiple=True,
        metavar=f"{first.name.upper()}[,COLUMN=VALUE]...",
        help=f"{what}, and other columns of its row: {columns}. May be repeated.",
    )


def _describe_values(column: Field, table: Table) -> str:
    key = table.references.get(column.name)
    return f"[{'|'.join(column.codes)}]" if column.codes else (key.reference if key else column.form).upper()


def _name_option(column: str) -> str:
    return f"--{column.replace('_', '-')}"


def _shorten(column: str) -> str:
    """Return the name of a column within an option that gives a row."""
    return column.removesuffix("_id")


class _Entry:
    """What was given for a row: its cells by column, the rows that come with it by option, whether it was asked for, its id."""

    def __init__(self, table: Table, cells: Cells, parts: dict[str, list[Cells]]) -> None:
        self.table = table
        self.cells = cells
        self.parts = parts
        self.asked = False
        self.row_id = ""


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
        click.echo(make_plain(line))
    if outcome.refusals:
        if entry.asked:
            click.echo(f"To correct it, edit and run:\n{_write_command(kind, package, entry)}")
        raise click.ClickException("Nothing was written.")


def _enter(catalogue: Catalogue, kind: str, options: dict[str, Any]) -> _Entry:
    """Return the cells that the options give, and ask for the others if required ones are missing."""
    from dprk_russia.drafts.drafts import TABLES, choose_table, order_fields

    table = catalogue.table(TABLES[kind][0])
    *fields, key = order_fields(table)
    parts = {option: catalogue.table(name) for option, name in _list_parts(kind).items()}
    entry = _Entry(table, _canonise(table, options), _read_parts(parts, options))
    for row in entry.parts.get("figure", []):
        row.setdefault("source_id", _propose_source(entry).get("source_id", ""))
    missing = [column for column in fields if column.name not in entry.cells]
    entry.asked = _is_terminal() and any(column.required for column in missing)
    checked = [column for column in fields if column not in missing or not entry.asked]
    _refuse_faults(
        [*_find_faults(catalogue, table, checked, entry.cells), *_check_parts(catalogue, parts, entry)]
    )
    if entry.asked:
        _ask_missing(catalogue, entry, missing)
        _ask_parts(catalogue, parts, entry)
    entry.table = choose_table(catalogue, kind, entry.cells)
    entry.row_id = _settle_id(catalogue, key, entry)
    return entry


def _ask_missing(catalogue: Catalogue, entry: _Entry, missing: list[Field]) -> None:
    with suppress(ImportError):
        # Lets the arrow keys edit an answer.
        import readline  # noqa: F401
    click.echo("Enter leaves a cell empty; Ctrl-C ends, and nothing is written.")
    for column in missing:
        read_now = column.name == "read_on" and entry.cells.get("read") in {"full", "part"}
        today = datetime.now(UTC).date().isoformat() if read_now else ""
        entry.cells[column.name] = ask(catalogue, entry.table, column, today)


def _ask_parts(catalogue: Catalogue, parts: Mapping[str, Table], entry: _Entry) -> None:
    """Ask for the evidence of a claim, and for the figures of one that states a quantity, unless options gave them."""
    for option, table in parts.items():
        if entry.parts[option] or (option == "figure" and entry.cells.get("kind") != "quantity"):
            continue
        click.echo(f"\n{QUESTIONS[option]}")
        # A figure stands on a page of the evidence; evidence leads on to the page that it follows.
        propose = (lambda _: _propose_source(entry)) if option == "figure" else _propose_relayed
        entry.parts[option] = ask_rows(catalogue, table, _list_columns(table), propose)


def _propose_relayed(rows: Sequence[Cells]) -> Cells:
    carriers = {row["source_id"] for row in rows}
    return {"source_id": next((r["relays_id"] for r in rows if r["relays_id"] not in {"", *carriers}), "")}


def _propose_source(entry: _Entry) -> Cells:
    sources = [row["source_id"] for row in entry.parts["source"]]
    return {"source_id": sources[0]} if len(sources) == 1 else {}


def _canonise(table: Table, given: Mapping[str, str | None]) -> Cells:
    """Return the cells of the columns that are given, in canonical form."""
    from dprk_russia.tabular.canon import canonise_cell

    texts = ((column, given.get(column.name)) for column in table.fields)
    return {column.name: canonise_cell(column, text) for column, text in texts if text is not None}


def _read_parts(parts: Mapping[str, Table], options: Mapping[str, Sequence[str]]) -> dict[str, list[Cells]]:
    """Return the rows that come with a claim, by the option that gives them."""
    return {
        option: [_canonise(table, _split_row(option, table, text)) for text in options[option]]
        for option, table in parts.items()
    }


def _split_row(option: str, table: Table, text: str) -> Cells:
    """Return the cells of a row that is written as its first cell, and COLUMN=VALUE after commas."""
    columns = {_shorten(column.name): column.name for column in _list_columns(table)}
    first = next(iter(columns))
    named = text if "=" in text.partition(",")[0] else f"{first}={text}"
    pairs = [piece.partition("=") for piece in re.split(r",\s*(?=[A-Za-z_-]+=)", named)]
    cells: Cells = {}
    for name, _, value in pairs:
        column = columns.get(_shorten(name.replace("-", "_")))
        if column is None or column in cells:
            fault = f"is none of {', '.join(columns)}" if column is None else "is given twice"
            raise click.UsageError(make_plain(f"--{option} {text}: {name} {fault}."))
        cells[column] = value
    return cells


def _find_faults(catalogue: Catalogue, table: Table, fields: Iterable[Field], cells: Cells) -> Iterator[str]:
    """Yield what is wrong with cells, under the name of the option that gives them."""
    from dprk_russia.drafts.drafts import find_fault

    for column in fields:
        if fault := find_fault(catalogue, table, column, cells.get(column.name, "")):
            yield f"{_name_option(column.name)}: {fault}"


def _check_parts(catalogue: Catalogue, parts: Mapping[str, Table], entry: _Entry) -> Iterator[str]:
    """Yield what is wrong with the rows that come with a claim, under the option that gives each and the column."""
    for option, table in parts.items():
        first, *_ = columns = _list_columns(table)
        for row in entry.parts[option]:
            for fault in _find_faults(catalogue, table, columns, row):
                yield f"--{option} {row[first.name]}: {fault.removeprefix('--')}"


def _refuse_faults(faults: list[str]) -> None:
    if faults:
        text = "\n".join(["The row cannot be added like this.", *faults])
        raise click.UsageError(make_plain(text.replace("\n", "\n  ")))


def _settle_id(catalogue: Catalogue, key: Field, entry: _Entry) -> str:
    """Return a free id: refuse one that is not free, or ask for another; one made of an actor's name is always asked for."""
    table = entry.table
    confirms = table.name == "actors" and key.name not in entry.cells
    row_id = entry.cells.get(key.name) or catalogue.propose_id(table, entry.cells)
    faults = list(_find_faults(catalogue, table, [key], {key.name: row_id}))
    if not row_id:
        option = _name_option(key.name)
        faults = [f"{option}: The name has no letters for an id; give one, such as {key.example}."]
    if entry.asked and (faults or confirms):
        for fault in faults:
            click.echo(make_plain(f"\n{fault}"))
        row_id = entry.cells[key.name] = ask(catalogue, table, key, "" if faults else row_id)
    else:
        _refuse_faults(faults)
    return row_id


def _draft(catalogue: Catalogue, entry: _Entry) -> list[Draft]:
    from dprk_russia.drafts.drafts import Draft, draft_figures

    claim = {"claim_id": entry.row_id}
    figures = [claim | cells for cells in entry.parts.get("figure", [])]
    return [
        Draft(entry.table, entry.cells | {entry.table.primary_key[0]: entry.row_id}),
        *(Draft(catalogue.table("evidence"), claim | cells) for cells in entry.parts.get("source", [])),
        *draft_figures(catalogue, figures),
    ]


def _describe(outcome: Outcome) -> Iterator[str]:
    from dprk_russia.contract.schema import join_key

    written = not outcome.refusals
    if written:
        for draft, line in outcome.placed:
            yield f"{draft.table.path}:{line}: {join_key(draft.key)}"
    told: Counter[str] = Counter()
    for finding in outcome.findings:
        told[finding.rule] += 1
        if told[finding.rule] > MOST:
            continue
        where = ", ".join(filter(None, (finding.row_id, finding.column)))
        is_task = written and finding in outcome.tasks
        head = "still to do" if is_task else f"{finding.severity} {finding.rule}"
        yield f"{head}: [{where}] {finding.message} {finding.hint}"
    for rule, number in told.items():
        if number > MOST:
            yield f"… and {number - MOST:,} more of {rule}"


def _write_command(kind: str, package: Path, entry: _Entry) -> str:
    """Return the command whose options give what was entered."""
    words = ["dprk-russia", "new", kind, str(package)]
    for column, cell in entry.cells.items():
        words += [_name_option(column), cell] if cell else []
    for option, rows in entry.parts.items():
        for row in rows:
            (_, first), *others = row.items()
            words += [
                f"--{option}",
                ",".join([first, *(f"{_shorten(c)}={cell}" for c, cell in others if cell)]),
            ]
    return shlex.join(words)


def _is_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


for _kind in EXAMPLES:
    new.add_command(_Command(_kind, callback=partial(_add, _kind), short_help=f"Add one {_kind}."))
