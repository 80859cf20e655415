"""What several commands share: the package they take, colours, and how a report of findings is printed."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NoReturn

import click

from dprk_russia.checks.reports import FORMATS, Setting, render_summary
from dprk_russia.contract.package import find_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dprk_russia.contract.findings import Report, Rule

FINDINGS, USAGE = 1, 2
COLOURS = {
    "error": "red",
    "warning": "yellow",
    "pass": "green",
    "removed": "red",
    "changed": "yellow",
    "added": "green",
}

FOLDER = click.argument("package", default=".", type=click.Path(path_type=Path))


def choose_format(formats: Iterable[str], help_text: str) -> Callable[[Any], Any]:
    """Return the option that chooses among formats, the first of them if it is left out."""
    choices = list(formats)
    return click.option(
        "--format", "form", type=click.Choice(choices), default=choices[0], show_default=True, help=help_text
    )


def style(text: str, role: str) -> str:
    """Colour text on a terminal; click takes the colours out where the output is none."""
    if os.environ.get("NO_COLOR"):
        return text
    return click.style(text, fg=COLOURS.get(role), bold=role == "rule")


def make_setting(place: Path, rules: tuple[Rule, ...]) -> Setting:
    """Return what the forms of a report need to know of a run that checked some rules on a package."""
    workspace = Path(os.environ.get("GITHUB_WORKSPACE", Path.cwd())).resolve()
    folder = find_folder(place).resolve()
    base = folder.relative_to(workspace) if folder.is_relative_to(workspace) else Path()
    return Setting(rules=rules, base=PurePosixPath(base.as_posix()), style=style)


def print_report(report: Report, form: str, setting: Setting, *, strict: bool = False) -> NoReturn:
    """Print a report, add it to the summary of a workflow step if there is one, and end."""
    click.echo(FORMATS[form](report, setting))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if form == "github" and summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(render_summary(report, setting))
    sys.exit(0 if report.passes(strict=strict) else FINDINGS)
