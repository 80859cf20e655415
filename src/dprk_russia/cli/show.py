"""The command `dprk-russia show`: the page of a row on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dprk_russia.cli.reporting import AS_JSON, KNOWN_BY, measure_terminal

if TYPE_CHECKING:
    from datetime import date


@click.command()
@click.argument("name", metavar="ID")
@KNOWN_BY
@AS_JSON
def show(name: str, known_by: date | None, *, as_json: bool) -> None:
    """Show the page of ID: a claim, figure, source, actor, indicator, part, topic or place.

    Of a claim it tells who said it, where it comes from and what stands against it, of an indicator every figure beside
    its rivals. dprk-russia search finds ids; part/ID is a part that has the id of something else.

    Example: dprk-russia show C00132
    """
    from dprk_russia.contract.errors import NotFoundError
    from dprk_russia.contract.package import installed_package
    from dprk_russia.documents.terminal import render_terminal
    from dprk_russia.record.citation import read_record
    from dprk_russia.site.dossier import tell_dossier
    from dprk_russia.site.forms import write_document, write_json

    try:
        dossier = tell_dossier(read_record(installed_package()), name, known_by)
    except NotFoundError as error:
        raise click.BadParameter(str(error), param_hint="ID") from None
    click.echo(
        write_json(dossier) if as_json else render_terminal(write_document(dossier), measure_terminal())
    )
