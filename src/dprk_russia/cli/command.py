"""The command `dprk-russia`: its subcommands, and how errors are reported."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from dprk_russia.cli.build import build
from dprk_russia.cli.cite import cite
from dprk_russia.cli.describe import describe
from dprk_russia.cli.diff import diff
from dprk_russia.cli.new import new
from dprk_russia.cli.reporting import USAGE
from dprk_russia.cli.rules import rules
from dprk_russia.cli.sql import sql
from dprk_russia.cli.tidy import tidy
from dprk_russia.cli.validate import validate
from dprk_russia.cli.verify import verify

if TYPE_CHECKING:
    from collections.abc import Sequence


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
    help="Show the versions of the tool and of the data installed with it, and exit.",
)
def command() -> None:
    """Validate and release the dprk-russia data package."""


for subcommand in (build, cite, describe, diff, new, rules, sql, tidy, validate, verify):
    command.add_command(subcommand)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; whatever goes wrong is said in one line."""
    try:
        command(arguments)
    except Exception as error:  # noqa: BLE001
        click.echo(f"dprk-russia: {_explain(error)}", err=True)
        sys.exit(USAGE)


def _explain(error: Exception) -> str:
    from dprk_russia.contract.errors import DprkRussiaError, explain_missing

    match error:
        case DprkRussiaError():
            return str(error)
        case ModuleNotFoundError():
            return explain_missing(error)
        case OSError():
            return f"{error.filename}: {error.strerror}" if error.filename else str(error)
        case _:
            return f"This is a fault of dprk-russia, not of your data; please report it: {error!r}"
