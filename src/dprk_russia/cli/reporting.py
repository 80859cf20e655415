"""What several commands share: the package they take, colours, and how a report of findings is printed."""

from __future__ import annotations

import os
import sys
from functools import cached_property
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from click.shell_completion import CompletionItem

    from dprk_russia.checks.reports import Setting
    from dprk_russia.contract.findings import Report, Rule

FINDINGS, USAGE, FAULT = 1, 2, 3
COLOURS = {
    "error": "red",
    "warning": "yellow",
    "pass": "green",
    "removed": "red",
    "changed": "yellow",
    "added": "green",
}

NARROWEST, WIDEST = 40, 120

FOLDER = click.argument("package", default=".", type=click.Path(path_type=Path))


PACKAGE = click.option(
    "--package",
    show_default="the installed data",
    help="A folder with a datapackage.json, a zip file of one, or a git revision.",
)

REPOSITORY = click.option(
    "--repository",
    metavar="URL",
    default="",
    envvar="DPRK_RUSSIA_REPOSITORY",
    show_envvar=True,
    help="The repository whose form takes the corrections that pages propose.  [default: the homepage, if it is one]",
)


class Choices(click.ParamType):  # type: ignore[type-arg]
    """The keys of a mapping in a module that is imported only when they are needed, so that the help stays quick."""

    name = "choice"

    def __init__(self, module: str, mapping: str) -> None:
        self._source = module, mapping

    @cached_property
    def _choice(self) -> click.Choice[str]:
        module, mapping = self._source
        return click.Choice(tuple(getattr(import_module(module), mapping)))

    def get_metavar(self, *arguments: Any, **named: Any) -> str | None:
        return self._choice.get_metavar(*arguments, **named)

    def convert(self, *arguments: Any) -> str:
        return self._choice.convert(*arguments)

    def shell_complete(self, *arguments: Any) -> list[CompletionItem]:
        return self._choice.shell_complete(*arguments)


class Day(click.ParamType):  # type: ignore[type-arg]
    """The last day that a date allows: a year, a month or a day."""

    name = "day"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from dprk_russia.contract.errors import InvalidDateError
        from dprk_russia.record.knowledge import read_day

        try:
            return read_day(value)
        except InvalidDateError as error:
            self.fail(str(error), param, ctx)


KNOWN_BY = click.option(
    "--known-by", type=Day(), metavar="DAY", help="What was known by the end of a day, as 2025-01-31."
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def choose_format(module: str, help_text: str) -> Callable[[Any], Any]:
    """Return the option that chooses among the FORMATS of a module."""
    choices = Choices(module, "FORMATS")
    return click.option("--format", "form", type=choices, default="text", show_default=True, help=help_text)


def style(text: str, role: str) -> str:
    """Colour text on a terminal; click takes the colours out where the output is none."""
    if os.environ.get("NO_COLOR"):
        return text
    return click.style(text, fg=COLOURS.get(role), bold=role == "rule")


def measure_terminal() -> int:
    """Return how many columns of a terminal text is to fill."""
    import shutil

    return min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)


def make_setting(place: Path, rules: tuple[Rule, ...]) -> Setting:
    """Return what the forms of a report need to know of a run that checked some rules on a package."""
    from dprk_russia.checks.reports import Setting
    from dprk_russia.contract.package import find_folder

    workspace = Path(os.environ.get("GITHUB_WORKSPACE", Path.cwd())).resolve()
    folder = find_folder(place).resolve()
    base = folder.relative_to(workspace) if folder.is_relative_to(workspace) else Path()
    return Setting(rules=rules, base=PurePosixPath(base.as_posix()), style=style)


def print_report(report: Report, form: str, setting: Setting, *, strict: bool = False) -> NoReturn:
    """Print a report, add it to the summary of a workflow step if there is one, and end."""
    from dprk_russia.checks.reports import FORMATS, render_summary

    click.echo(FORMATS[form](report, setting))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if form == "github" and summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(render_summary(report, setting))
    sys.exit(0 if report.passes(strict=strict) else FINDINGS)
