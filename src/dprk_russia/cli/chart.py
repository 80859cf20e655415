"""The command `dprk-russia chart`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("indicator")
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file to write; its name ends with .svg, .png or .pdf.",
)
@click.option("--known-by", metavar="DAY", help="What was known by the end of a day, as 2025-01-31.")
def chart(indicator: str, out: Path, known_by: str | None) -> None:
    """Draw the figures of INDICATOR over time: who said what, with which bound.

    PNG and PDF need the extra `charts`.

    Example: dprk-russia chart kpa-casualties -o casualties.svg
    """
    import dprk_russia

    dprk_russia.chart(indicator, known_by=known_by).save(out)
    click.echo(f"Wrote {out}")
