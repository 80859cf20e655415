"""The command `dprk-russia describe`: the codebook on a terminal."""

from __future__ import annotations

import sys

import click

from dprk_russia.cli.reporting import FINDINGS, PACKAGE, measure_terminal


@click.command()
@click.argument("name", metavar="[NAME]", required=False)
@PACKAGE
def describe(name: str | None, package: str | None) -> None:
    """List all tables and derived frames, or say what NAME means and holds: TABLE, TABLE.COLUMN, an id or a code.

    Example: dprk-russia describe claims.kind
    """
    from dprk_russia.checks.validation import validate
    from dprk_russia.contract.errors import NotFoundError
    from dprk_russia.contract.package import installed_package
    from dprk_russia.documents.terminal import render_terminal
    from dprk_russia.release.documents.codebook import write_overview, write_part
    from dprk_russia.release.edition import read_edition
    from dprk_russia.versions.history import open_package

    with open_package(package or installed_package().folder) as folder:
        # What cannot be relied on cannot be counted.
        if package and not validate(folder).passes():
            click.echo(f"{package} has errors; run dprk-russia validate {package}", err=True)
            sys.exit(FINDINGS)
        edition = read_edition(folder)
    try:
        document = write_part(edition, name) if name else write_overview(edition)
    except NotFoundError as error:
        raise click.BadParameter(str(error), param_hint="NAME") from None
    click.echo(render_terminal(document, measure_terminal()))
