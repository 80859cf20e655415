"""The command `dprk-russia cite`."""

from __future__ import annotations

import click

from dprk_russia.cli.reporting import PACKAGE, choose_format


@click.command()
@click.argument("ids", metavar="[ID]...", nargs=-1)
@choose_format(
    "dprk_russia.record.citation", "How to write the citations; bibtex serves biblatex too, csl is CSL-JSON."
)
@PACKAGE
def cite(ids: tuple[str, ...], form: str, package: str | None) -> None:
    """Cite the data set at its version, or the claims, figures and sources with the given IDs.

    A claim gives the data set with the claim named, then the sources that carry it, origins first; a figure the data
    set with the figure named, then the page that shows it.

    Example: dprk-russia cite C00132 --format bibtex
    """
    from dprk_russia.contract.package import installed_package
    from dprk_russia.record.citation import FORMATS, gather_items, read_citable_package, read_record
    from dprk_russia.versions.history import open_package

    with open_package(package or installed_package().folder) as folder:
        items = gather_items(read_record(read_citable_package(folder, ids)), ids)
    click.echo(FORMATS[form](items), nl=False)
