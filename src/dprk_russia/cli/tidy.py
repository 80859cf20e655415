"""The command `dprk-russia tidy`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from dprk_russia.cli.reporting import FINDINGS, FOLDER

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@FOLDER
@click.option(
    "--check", is_flag=True, help="Change nothing; exit with 1 if a table is not in canonical form."
)
def tidy(package: Path, *, check: bool) -> None:
    """Put the tables of PACKAGE into canonical form: order, quoting, spaces, line ends, dates and numbers.

    Only what has a single reading is rewritten; a file that cannot be parsed without guessing is left as it is, and so is
    a table whose schema has a fault. The exit code is 1 if anything is left.

    Example: dprk-russia tidy . --check
    """
    from dprk_russia.contract.package import inspect_package
    from dprk_russia.documents.text import make_printable
    from dprk_russia.tabular.canon import UntidyError, tidy_table

    contract, findings = inspect_package(package)
    for finding in findings:
        click.echo(make_printable(f"{finding.path}: {finding.message} {finding.hint}"))
    failed = bool(findings)
    for table in contract.tables:
        try:
            changed = tidy_table(table, contract.folder, write=not check)
        except UntidyError as error:
            click.echo(f"{table.path}: left as it is: {error}")
            failed = True
        else:
            if changed:
                click.echo(f"{table.path}: {'is not in canonical form' if check else 'rewritten'}")
                failed |= check
    sys.exit(FINDINGS if failed else 0)
