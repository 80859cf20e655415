"""The command `dprk-russia chart`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dprk_russia.cli.reporting import KNOWN_BY

if TYPE_CHECKING:
    from datetime import date


@click.command()
@click.argument("indicator")
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file to write; its name ends with .svg, .png or .pdf.",
)
@KNOWN_BY
def chart(indicator: str, out: Path, known_by: date | None) -> None:
    """Draw the figures of INDICATOR over time: who said what, with which bound.

    PNG and PDF need the extra `charts`.

    Example: dprk-russia chart kpa-casualties -o casualties.svg
    """
    import dprk_russia
    from dprk_russia.contract.errors import NotFoundError
    from dprk_russia.tabular.nearness import suggest

    known = set(dprk_russia.load("indicators")["indicator_id"])
    if indicator not in known:
        hint = suggest(indicator, known, "dprk-russia search finds ids by words.")
        raise NotFoundError(f"There is no indicator {indicator}. {hint}")
    dprk_russia.chart(indicator, known_by=known_by).save(out)
    click.echo(f"Wrote {out}")
