"""The command `dprk-russia`: its subcommands, and how errors are reported."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from dprk_russia.cli.build import build
from dprk_russia.cli.chart import chart
from dprk_russia.cli.cite import cite
from dprk_russia.cli.describe import describe
from dprk_russia.cli.diff import diff
from dprk_russia.cli.new import new
from dprk_russia.cli.reporting import FAULT, USAGE
from dprk_russia.cli.rules import rules
from dprk_russia.cli.search import search
from dprk_russia.cli.show import show
from dprk_russia.cli.site import site
from dprk_russia.cli.sql import sql
from dprk_russia.cli.tidy import tidy
from dprk_russia.cli.validate import validate
from dprk_russia.cli.verify import verify

if TYPE_CHECKING:
    from collections.abc import Sequence


class Settings:
    """What holds for every command: whether an error is shown with its traceback."""

    def __init__(self) -> None:
        self.traceback = False


def _print_versions(context: click.Context, _: click.Parameter, wanted: object) -> None:
    if not wanted or context.resilient_parsing:
        return
    from dprk_russia.contract.package import installed_package
    from dprk_russia.contract.tool import TOOL_VERSION

    click.echo(f"dprk-russia {TOOL_VERSION}, data {installed_package().version}")
    context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_versions,
    help="Show the versions of the tool and of the data installed with it.",
)
@click.option(
    "--traceback",
    is_flag=True,
    envvar="DPRK_RUSSIA_TRACEBACK",
    show_envvar=True,
    help="Show where in the code an error arose.",
)
@click.make_pass_decorator(Settings, ensure=True)
def command(settings: Settings, /, *, traceback: bool) -> None:
    """Validate and release the dprk-russia data package.

    Exit codes: 0 all is well, 1 there are findings, 2 it could not be run as asked, 3 dprk-russia itself has a fault.
    """
    settings.traceback = traceback


for subcommand in (
    build,
    chart,
    cite,
    describe,
    diff,
    new,
    rules,
    search,
    show,
    site,
    sql,
    tidy,
    validate,
    verify,
):
    command.add_command(subcommand)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; whatever goes wrong is said in one line."""
    settings = Settings()
    try:
        command(arguments, obj=settings)
    except Exception as error:  # noqa: BLE001
        if settings.traceback:
            import traceback

            traceback.print_exception(error)
        told = _explain(error)
        click.echo(f"dprk-russia: {told or _admit(error)}", err=True)
        sys.exit(USAGE if told else FAULT)


def _admit(error: Exception) -> str:
    """Say that the tool has a fault, and how to find it."""
    from dprk_russia.contract.schema import shorten
    from dprk_russia.documents.text import make_printable

    return make_printable(
        f"This is a fault of dprk-russia, not of your data: {shorten(repr(error))}. Please report it, with what"
        " dprk-russia --traceback and the same command, or the same with DPRK_RUSSIA_TRACEBACK=1, shows."
    )


def _explain(error: Exception) -> str:
    """Return what is wrong with what was asked for or given, or nothing if the error is of no kind that is expected."""
    from dprk_russia.contract.errors import DprkRussiaError, explain_missing

    match error:
        case DprkRussiaError():
            return str(error)
        case ModuleNotFoundError():
            return explain_missing(error)
        case OSError():
            return f"{error.filename}: {error.strerror}" if error.filename else str(error)
        case _:
            return ""
