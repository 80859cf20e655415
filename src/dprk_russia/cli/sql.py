"""The command `dprk-russia sql`."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

# Those of dprk_russia.record.dialects, which is imported when it is used.
DIALECTS = ("sqlite", "duckdb", "spark", "bigquery", "postgres")


@click.command()
@click.argument("measure", required=False)
@click.option(
    "--dialect",
    type=click.Choice(DIALECTS),
    default="sqlite",
    show_default=True,
    help="The database that is to run the script.",
)
def sql(measure: str | None, dialect: str) -> None:
    """Print how the derived frames follow from the tables: a script of SQL that makes views on a release.

    It makes all of them and the steps between, or MEASURE, one of these, with the steps that it needs. Its first lines
    say what it runs on, the lines above each query what it gives.

    Example: dprk-russia sql assessments --dialect duckdb
    """
    from dprk_russia.record.dialects import write_script
    from dprk_russia.record.measures import read_measures

    if measure is not None and measure not in read_measures():
        raise click.BadParameter(_refuse(measure, read_measures()), param_hint="MEASURE")
    click.echo(write_script(dialect, None if measure is None else [measure]), nl=False)


def _refuse(name: str, known: Iterable[str]) -> str:
    nearest = difflib.get_close_matches(name, known, n=1)
    hint = f"Did you mean {nearest[0]}?" if nearest else f"The measures are {', '.join(sorted(known))}."
    return f"There is no measure {name}. {hint}"
