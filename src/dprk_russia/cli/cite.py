"""The command `dprk-russia cite`."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

# The forms of dprk_russia.record.citation, which is imported when it is used.
FORMATS = ("text", "bibtex", "ris", "csl")


@click.command()
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How to write the citations; bibtex serves biblatex too, csl is CSL-JSON.",
)
@click.option(
    "--package",
    type=click.Path(path_type=Path),
    show_default="the installed data",
    help="A folder with a datapackage.json, or a zip file of one.",
)
def cite(ids: tuple[str, ...], form: str, package: Path | None) -> None:
    """Cite the data set at its version, or the claims, figures and sources with the given IDs.

    A claim gives the data set with the claim named, then the sources that carry it, origins first; a figure the data
    set with the figure named, then the page that shows it.

    Example: dprk-russia cite C00132 --format bibtex
    """
    from dprk_russia.contract.package import find_package
    from dprk_russia.record.citation import FORMATS as RENDERERS
    from dprk_russia.record.citation import gather_items, read_sound_package
    from dprk_russia.tabular.unpacking import open_package

    with nullcontext(find_package()) if package is None else open_package(package) as folder:
        items = gather_items(read_sound_package(folder), ids)
    click.echo(RENDERERS[form](items), nl=False)
