"""The command `dprk-russia search`: ids by words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dprk_russia.cli.reporting import AS_JSON, KNOWN_BY, measure_terminal

if TYPE_CHECKING:
    from datetime import date


@click.command()
@click.argument("words", nargs=-1, required=True)
@KNOWN_BY
@AS_JSON
def search(words: tuple[str, ...], known_by: date | None, *, as_json: bool) -> None:
    """Search claims, sources, actors, measures, topics and places for WORDS, and list their ids.

    WORDS, in any order and script, may be parts of words: of statements, titles, names, figures and addresses. If nothing
    holds them, Russian and Ukrainian words are tried without their last one and two letters. JSON holds all that is
    found, a terminal the first of each kind.

    Example: dprk-russia search zelensky kursk 3,000
    """
    from dprk_russia.contract.package import installed_package
    from dprk_russia.documents.terminal import render_terminal
    from dprk_russia.record.citation import read_record
    from dprk_russia.site.forms import list_hits, write_hits
    from dprk_russia.site.search import find_entries

    hits = find_entries(read_record(installed_package()), " ".join(words), known_by)
    click.echo(write_hits(hits) if as_json else render_terminal(list_hits(hits), measure_terminal()))
