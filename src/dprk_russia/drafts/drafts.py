"""Drafts of new rows: what is wrong with their cells, and how they come into the tables without harm to the rest."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dprk_russia.checks.validation import validate
from dprk_russia.contract.package import DESCRIPTOR, FIGURES
from dprk_russia.drafts.catalogue import CatalogueError, describe_untidy
from dprk_russia.tabular.canon import UntidyError, insert_row, replace_files
from dprk_russia.tabular.cells import accepts, explain
from dprk_russia.tabular.frames import text_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dprk_russia.contract.findings import Finding
    from dprk_russia.contract.package import Package
    from dprk_russia.contract.schema import Field, Table
    from dprk_russia.drafts.catalogue import Catalogue

# Where a draft of each kind may go; the tables of one kind have the same columns.
TABLES: dict[str, tuple[str, ...]] = {
    "claim": ("claims",),
    "source": ("sources",),
    "actor": ("actors",),
    "figure": FIGURES,
}
# What a row breaks only until the rows that belong to it are there.
INCOMPLETE = {
    "claim-without-evidence",
    "claim-without-read-evidence",
    "quantity-without-figure",
    "denial-without-link",
    "unused-row",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A row to be added to a table: its filled cells by column, the key among them."""

    table: Table
    cells: Mapping[str, str]

    @property
    def key(self) -> tuple[str, ...]:
        """Return the values of the primary key."""
        return tuple(self.cells[column] for column in self.table.primary_key)


Placed = tuple[Draft, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of drafts: each with its line, and the findings that the package did not have before."""

    placed: tuple[Placed, ...]
    findings: tuple[Finding, ...]

    @property
    def refusals(self) -> list[Finding]:
        """Return the errors for which nothing was written."""
        return [x for x in self.findings if x.severity == "error" and not _is_task(x)]

    @property
    def tasks(self) -> list[Finding]:
        """Return what is still to be added."""
        return [finding for finding in self.findings if _is_task(finding)]


def _is_task(finding: Finding) -> bool:
    """Tell whether further rows mend a finding, or the date of the package, which today is past."""
    today = datetime.now(UTC).date().isoformat()
    return finding.rule in INCOMPLETE or (finding.rule == "future-date" and str(finding.value) <= today)


def order_fields(table: Table) -> list[Field]:
    """Return the columns in the order to ask for them.

    The indicator, which decides the table of a figure, comes first, and the id, which follows from the rest, last.
    """
    rank = {"indicator_id": 0, table.primary_key[0]: 2}
    return sorted(table.fields, key=lambda field: rank.get(field.name, 1))


def choose_table(catalogue: Catalogue, kind: str, cells: Mapping[str, str]) -> Table:
    """Return the table a draft of some kind goes to; the domain of its indicator decides that of a figure."""
    if kind != "figure":
        return catalogue.table(TABLES[kind][0])
    domain = catalogue.rows("indicators")[cells["indicator_id"]].get("domain", "")
    if f"{domain}_figures" not in FIGURES:
        raise CatalogueError(
            f'The domain of {cells["indicator_id"]} is "{domain}"; correct the indicator first.'
        )
    return catalogue.table(f"{domain}_figures")


def draft_figures(catalogue: Catalogue, rows: Iterable[Mapping[str, str]]) -> Iterator[Draft]:
    """Yield drafts of figures, each with the next free id of the table that its indicator decides."""
    numbers: dict[str, Iterator[str]] = {}
    for cells in rows:
        table = choose_table(catalogue, "figure", cells)
        ids = numbers.setdefault(table.name, catalogue.list_free_ids(table.name, ""))
        yield Draft(table, {**cells, table.primary_key[0]: next(ids)})


def find_fault(catalogue: Catalogue, table: Table, field: Field, text: str) -> str | None:
    """Return what is wrong with a cell in canonical form, and what to do, or none.

    A new key must be free, and a reference must name a row that exists.
    """
    import pandas as pd

    if not text:
        return "This is required." if field.required else None
    # What a shell passes on in another encoding cannot be written.
    if text.encode(errors="replace").decode() != text:
        return "This is not text in UTF-8."
    # Before the form of an id, so that a name leads to the ids it may mean.
    key = table.references.get(field.name)
    if key and text not in catalogue.rows(key.table):
        return _describe_unknown(catalogue, key.table, text)
    if not accepts(field, pd.Series([text], dtype=text_type())).all():
        rule, message, hint = explain(field, text)
        return f"{message} {hint or rule.hint}"
    return _find_claimant(catalogue, table, text) if table.primary_key == (field.name,) else None


def _find_claimant(catalogue: Catalogue, table: Table, row_id: str) -> str | None:
    """Return whose an id is, and one that is free, if it is not free itself."""
    suggestion = f"{catalogue.find_free_id(table.name, row_id)} is free."
    if row_id in catalogue.retired(table.name):
        return f"{row_id} was retired; {suggestion}"
    if row_id in catalogue.rows(table.name):
        return f"{row_id} is taken by “{catalogue.label(table.name, row_id)}”; {suggestion}"
    return None


def _describe_unknown(catalogue: Catalogue, table: str, text: str) -> str:
    lines = [f'{table} has no row "{text}".']
    if suggestions := catalogue.suggest(table, text):
        lines += ["Did you mean one of these?"]
        lines += [f"  {row_id}  {catalogue.label(table, row_id)}" for row_id in suggestions]
    kind = next((kind for kind, tables in TABLES.items() if table in tables), None)
    add_first = f"; dprk-russia new {kind} adds what is missing" if kind else ", or add it first"
    return "\n".join([*lines, f"To search, give words of its row, in any order{add_first}."])


def add(package: Package, drafts: Sequence[Draft]) -> Outcome:
    """Add rows to their tables, unless that gives the package errors that no further row can mend.

    The package is validated with and without the rows in a temporary copy, so that what is wrong with it already
    does not count. Lines that stand in the tables are not changed.

    Raises
    ------
    CatalogueError
        If the file of a table is such that no row can be put into it.
    """
    contents: dict[str, bytes] = {}
    placed = []
    # In order of their keys, so that no later row moves an earlier one.
    for draft in sorted(drafts, key=lambda draft: draft.key):
        path = draft.table.path
        before = contents.get(path) or (package.folder / path).read_bytes()
        try:
            contents[path], line = insert_row(draft.table, before, draft.cells)
        except UntidyError as error:
            raise CatalogueError(describe_untidy(draft.table, error)) from None
        placed.append((draft, line))
    outcome = Outcome(tuple(placed), tuple(_find_new(package, contents, placed)))
    if not outcome.refusals:
        replace_files({package.folder / path: content for path, content in contents.items()})
    return outcome


def _find_new(package: Package, contents: Mapping[str, bytes], placed: list[Placed]) -> list[Finding]:
    """Return the findings that the package has with the new contents and not without them."""
    with tempfile.TemporaryDirectory(prefix="dprk-russia-") as name:
        copy = Path(name)
        _copy(package, copy)
        for path, content in contents.items():
            (copy / path).write_bytes(content)
        after = validate(copy).findings
        if not after:
            return []
        for path in contents:
            shutil.copyfile(package.folder / path, copy / path)
        before = Counter(_identify(finding, ()) for finding in validate(copy).findings)
    new = []
    for finding in after:
        old = _identify(finding, placed)
        before[old] -= 1
        new += [finding] if before[old] < 0 else []
    return new


def _copy(package: Package, folder: Path) -> None:
    """Copy what validation reads: the descriptor, and files and schemas of the tables that are sound."""
    paths = {path for table in package.tables for path in (table.path, table.schema_path)}
    for path in (DESCRIPTOR, *paths):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package.folder / path, folder / path)


def _identify(finding: Finding, placed: Iterable[Placed]) -> Finding:
    """Return a finding as it would be without the new rows: on its old line, and without words that name lines."""
    added = [line for draft, line in placed if draft.table.path == finding.path]
    line = finding.line
    if line is not None:
        line = -line if line in added else line - sum(new < line for new in added)
    return replace(finding, line=line, message="", hint="")
