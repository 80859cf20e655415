"""The command `dprk-russia`: parsing, rendering and exit codes; the work is done elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

FINDINGS, USAGE = 1, 2

PACKAGE = click.argument("package", default=".", type=click.Path(path_type=Path))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dprk-russia")
def command() -> None:
    """Validate and release the dprk-russia data package."""


@command.command()
@PACKAGE
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the report.",
)
@click.option("--strict", is_flag=True, help="Let warnings fail the run too.")
def validate(package: Path, form: str, *, strict: bool) -> None:
    """Check PACKAGE, a folder with a datapackage.json, against every rule.

    Exit code 0 means that the package passes, 1 that it has findings, 2 that there is no package to check.

    Example: dprk-russia validate . --format json
    """
    from dprk_russia.reports import FORMATS
    from dprk_russia.validation import validate as check

    report = check(_folder(package))
    click.echo(FORMATS[form](report))
    sys.exit(0 if report.passes(strict=strict) else FINDINGS)


@command.command()
@PACKAGE
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="dist",
    show_default=True,
    help="The folder of the release; an earlier release there is replaced at the end.",
)
def build(package: Path, out: Path) -> None:
    """Build the release of PACKAGE: a Data Package as zip, Parquet, SQLite, codebook and checksums.

    Nothing is written to the folder of the release before everything has been built and checked.

    Example: dprk-russia build --out dist
    """
    from dprk_russia.release import RefusedError
    from dprk_russia.release import build as make
    from dprk_russia.reports import render_text

    try:
        make(_folder(package), out, lambda step: click.echo(step, err=True))
    except RefusedError as refused:
        click.echo(render_text(refused.report))
        click.echo(f"Nothing was built; {out} is as it was.", err=True)
        sys.exit(FINDINGS)
    click.echo(f"Released to {out}")


def _folder(package: Path) -> Path:
    from dprk_russia.package import DESCRIPTOR

    return package.parent if package.name == DESCRIPTOR else package


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; whatever goes wrong is told in one line."""
    try:
        command(arguments)
    except Exception as error:  # noqa: BLE001
        _stop(_explain(error))


def _explain(error: Exception) -> str:
    from dprk_russia.package import PackageError
    from dprk_russia.release import ReleaseError

    match error:
        case PackageError() | ReleaseError():
            return str(error)
        case ModuleNotFoundError():
            return f"{error.name} is not installed; run: pip install 'dprk-russia[build]'"
        case OSError():
            return f"{error.filename}: {error.strerror}" if error.filename else str(error)
        case _:
            return f"This is a fault of dprk-russia, not of your data; please report it: {error!r}"


def _stop(message: str) -> None:
    click.echo(f"dprk-russia: {message}", err=True)
    sys.exit(USAGE)
