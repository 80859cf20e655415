"""The command `dprk-russia describe`: the codebook on a terminal."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dprk_russia.documents import Document
    from dprk_russia.release.documents.codebook import Codebook

NARROWEST, WIDEST = 40, 120


@click.command()
@click.argument("name", metavar="[TABLE[.COLUMN]]", required=False)
@click.option(
    "--package",
    type=click.Path(path_type=Path),
    help="A folder with a datapackage.json or a zip file of one; the installed data if left out.",
)
def describe(name: str | None, package: Path | None) -> None:
    """Tell what there is: all tables and derived frames, or what TABLE or TABLE.COLUMN means and holds.

    Example: dprk-russia describe claims.kind
    """
    from dprk_russia.documents.terminal import render_terminal

    document = _choose(_read(package), name)
    width = min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)
    click.echo(render_terminal(document, width))


def _read(place: Path | None) -> Codebook:
    from dprk_russia.contract.package import find_package
    from dprk_russia.release.documents.codebook import make_codebook
    from dprk_russia.release.edition import read_edition
    from dprk_russia.tabular.unpacking import open_package

    if place is None:
        return make_codebook(read_edition(find_package()))
    with open_package(place) as folder:
        _refuse_findings(place, folder)
        return make_codebook(read_edition(folder))


def _refuse_findings(place: Path, folder: Path) -> None:
    """Stop at a package that has errors: what cannot be relied on cannot be counted."""
    from dprk_russia.checks.validation import validate

    if not validate(folder).passes():
        click.echo(f"{place} has errors; run dprk-russia validate {place}", err=True)
        sys.exit(1)


def _choose(book: Codebook, name: str | None) -> Document:
    from dprk_russia.release.documents.codebook import (
        DescribedColumn,
        write_column,
        write_entry,
        write_overview,
    )

    if name is None:
        return write_overview(book)
    try:
        found = book.find(name)
    except KeyError as error:
        raise click.BadParameter(str(error.args[0]), param_hint="TABLE") from None
    return write_column(found) if isinstance(found, DescribedColumn) else write_entry(found)
