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


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dprk-russia")
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
    from dprk_russia.contract.package import PackageError
    from dprk_russia.record.citation import CitationError
    from dprk_russia.record.run import TooManyPairsError
    from dprk_russia.release import ReleaseError

    match error:
        case CitationError() | PackageError() | ReleaseError() | TooManyPairsError():
            return str(error)
        case ModuleNotFoundError():
            return f"{error.name} is not installed; run: pip install 'dprk-russia[build]'"
        case OSError():
            return f"{error.filename}: {error.strerror}" if error.filename else str(error)
        case _:
            return f"This is a fault of dprk-russia, not of your data; please report it: {error!r}"
