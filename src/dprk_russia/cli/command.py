"""The command `dprk-russia`: parsing, rendering and exit codes; the work is done elsewhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NoReturn

import click

from dprk_russia.cli.cite import cite
from dprk_russia.cli.describe import describe
from dprk_russia.cli.diff import diff
from dprk_russia.cli.new import new
from dprk_russia.cli.sql import sql
from dprk_russia.cli.terminal import style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dprk_russia.checks.reports import Setting
    from dprk_russia.contract.findings import Report

FINDINGS, USAGE = 1, 2

PACKAGE = click.argument("package", default=".", type=click.Path(path_type=Path))

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif", "junit"]),
    default="text",
    show_default=True,
    help="How to print the report.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dprk-russia")
def command() -> None:
    """Validate and release the dprk-russia data package."""


@command.command()
@PACKAGE
@FORMAT
@click.option("--strict", is_flag=True, help="Let warnings fail the run too.")
def validate(package: Path, form: str, *, strict: bool) -> None:
    """Check PACKAGE, a folder with a datapackage.json or a zip file of one, against every rule.

    Exit code 0 means that the package passes, 1 that it has findings, 2 that there is no package to check. The form
    github annotates a pull request and adds every finding to the summary of the workflow step.

    Example: dprk-russia validate . --format json
    """
    from dprk_russia.checks.validation import validate as check
    from dprk_russia.contract.package import find_folder
    from dprk_russia.tabular.unpacking import open_package

    setting = _setting(find_folder(package))
    with open_package(package) as folder:
        report = check(folder)
    _print_report(report, form, setting, strict=strict)


def _print_report(report: Report, form: str, setting: Setting, *, strict: bool) -> NoReturn:
    """Print a report, add it to the summary of a workflow step if there is one, and end."""
    from dprk_russia.checks.reports import FORMATS, render_summary

    click.echo(FORMATS[form](report, setting))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if form == "github" and summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(render_summary(report, setting))
    sys.exit(0 if report.passes(strict=strict) else FINDINGS)


@command.command()
@PACKAGE
@click.option(
    "--check", is_flag=True, help="Change nothing; exit with 1 if a table is not in canonical form."
)
def tidy(package: Path, *, check: bool) -> None:
    """Put the tables of PACKAGE into canonical form: order, quoting, spaces, line ends, dates and numbers.

    Only what has a single reading is rewritten; a file that cannot be taken apart without guessing is left as it is.

    Example: dprk-russia tidy . --check
    """
    from dprk_russia.contract.package import find_folder, read_package
    from dprk_russia.tabular.canon import UntidyError, tidy_table

    contract, _ = read_package(find_folder(package))
    failed = False
    for table in contract.tables:
        try:
            changed = tidy_table(table, contract.folder, write=not check)
        except UntidyError as error:
            click.echo(f"{table.path}: left as it is: {error}")
            failed = True
        else:
            if changed:
                click.echo(f"{table.path}: {'is not in canonical form' if check else 'rewritten'}")
                failed |= check
    sys.exit(FINDINGS if failed else 0)


@command.command()
@click.argument("rule", required=False)
def rules(rule: str | None) -> None:
    """List every rule, or explain RULE with an example of a breach.

    Example: dprk-russia rules enum
    """
    from dprk_russia.checks.explanation import explain_rule, list_rules

    if rule is None:
        click.echo(list_rules())
        return
    try:
        click.echo(explain_rule(rule))
    except KeyError as error:
        raise click.BadParameter(str(error.args[0]), param_hint="RULE") from None


@command.command()
@PACKAGE
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="dist",
    show_default=True,
    help="The folder of the release; an earlier release there is replaced at the end.",
)
@click.option(
    "--since",
    metavar="OLD",
    help="The earlier version: a folder, a zip file or a git revision.  [default: the last release tag]",
)
def build(package: Path, out: Path, since: str | None) -> None:
    """Build the release of PACKAGE: every format, codebook, data card, metadata, changes and checksums.

    Ids that vanished or changed meaning since the earlier version, and a version number too small for what changed, are
    refused. Nothing is written to the folder of the release before everything has been built and checked.

    Example: dprk-russia build --out dist
    """
    from dprk_russia.checks.reports import render_text
    from dprk_russia.contract.package import find_folder
    from dprk_russia.release import RefusedError, RejectedError
    from dprk_russia.release import build as make

    folder = find_folder(package)
    try:
        make(folder, out, lambda step: click.echo(step, err=True), since)
    except RefusedError as refused:
        click.echo(render_text(refused.report, _setting(folder)))
        click.echo(f"Nothing was built; {out} is as it was.", err=True)
        sys.exit(FINDINGS)
    except RejectedError as rejected:
        click.echo(f"{rejected}\nNothing was built; {out} is as it was.", err=True)
        sys.exit(FINDINGS)
    click.echo(f"Released to {out}")


@command.command()
@click.argument("release", default="dist", type=click.Path(path_type=Path))
@FORMAT
def verify(release: Path, form: str) -> None:
    """Check RELEASE, the folder of a downloaded release or its Data Package as a zip file.

    Every file must have the sum that the release gives, the Data Package must pass validation, and Parquet, SQLite and
    JSON Lines must hold the same columns and values. Exit codes are those of validate.

    Example: dprk-russia verify dist
    """
    from dprk_russia.release.publication.verification import verify as check

    _print_report(check(release), form, _setting(release, release=True), strict=False)


command.add_command(cite)
command.add_command(diff)
command.add_command(new)
command.add_command(describe)
command.add_command(sql)


def _setting(folder: Path, *, release: bool = False) -> Setting:
    """Return what the forms of a report need to know of this run: which rules were checked, those of releases too?"""
    from dprk_russia.checks.reports import Setting
    from dprk_russia.contract.findings import PACKAGE_RULES, RELEASE_RULES

    workspace = Path(os.environ.get("GITHUB_WORKSPACE", Path.cwd())).resolve()
    inside = folder.resolve().is_relative_to(workspace)
    base = folder.resolve().relative_to(workspace) if inside else Path()
    rules = (*PACKAGE_RULES, *RELEASE_RULES) if release else PACKAGE_RULES
    return Setting(rules=rules, base=PurePosixPath(base.as_posix()), style=style)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; whatever goes wrong is told in one line."""
    try:
        command(arguments)
    except Exception as error:  # noqa: BLE001
        _stop(_explain(error))


def _explain(error: Exception) -> str:
    from dprk_russia.contract.package import PackageError
    from dprk_russia.record.citation import CitationError
    from dprk_russia.release import ReleaseError

    match error:
        case CitationError() | PackageError() | ReleaseError():
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
