"""The command `dprk-russia diff`: what changed between two versions."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dprk_russia.cli.reporting import FINDINGS, choose_format, style


@click.command()
@click.argument("old")
@click.argument("new", default=".")
@choose_format("dprk_russia.versions.reports", "How to print the changes; all forms but text list every one.")
def diff(old: str, new: str, form: str) -> None:
    """List what changed from OLD to NEW, row by row and cell by cell, and which version that needs.

    Both are a folder with a datapackage.json, a zip file of one, or a git revision, such as v0.2.0, of the repository
    that NEW or the current folder lies in; what exists as a file is no revision. The exit code is 0 whether or not
    anything changed, 1 if something could not be compared, and 2 if a version cannot be opened. In the form csv an
    apostrophe stands before a cell that a spreadsheet would execute.

    Example: dprk-russia diff v0.2.0 . --format markdown
    """
    from dprk_russia.contract.package import read_for_comparison
    from dprk_russia.versions.changes import compare
    from dprk_russia.versions.history import open_package
    from dprk_russia.versions.reports import FORMATS

    beside = Path(new) if Path(new).is_dir() else Path()
    with open_package(old, beside) as before, open_package(new, beside) as after:
        comparison = compare(read_for_comparison(before), read_for_comparison(after))
    click.echo(FORMATS[form](comparison, style), nl=False)
    if comparison.skipped:
        click.echo("Not everything could be compared.", err=True)
        sys.exit(FINDINGS)
