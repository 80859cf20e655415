"""The command `dprk-russia sql`."""

from __future__ import annotations

import click

from dprk_russia.cli.reporting import Choices


@click.command()
@click.argument("measure", required=False)
@click.option(
    "--dialect",
    type=Choices("dprk_russia.record.dialects", "DIALECTS"),
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
    from dprk_russia.tabular.nearness import suggest

    known = sorted(read_measures())
    if measure is not None and measure not in known:
        hint = suggest(measure, known, f"The measures are {', '.join(known)}.")
        raise click.BadParameter(f"There is no measure {measure}. {hint}", param_hint="MEASURE")
    click.echo(write_script(dialect, None if measure is None else [measure]), nl=False)
