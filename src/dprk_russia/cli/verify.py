"""The command `dprk-russia verify`."""

from __future__ import annotations

from pathlib import Path

import click

from dprk_russia.cli.reporting import choose_format, make_setting, print_report


@click.command()
@click.argument("release", default="dist", type=click.Path(path_type=Path))
@choose_format("dprk_russia.checks.reports", "How to print the report.")
def verify(release: Path, form: str) -> None:
    """Check RELEASE, the folder of a downloaded release or its Data Package as a zip file.

    Every file must have the sum that the release gives, the Data Package must pass validation, and Parquet, SQLite and
    JSON Lines must hold the same columns and values. Exit codes are those of validate.

    Example: dprk-russia verify dist
    """
    from dprk_russia.contract.findings import PACKAGE_RULES, RELEASE_RULES
    from dprk_russia.release.publication.verification import verify as check

    print_report(check(release), form, make_setting(release, (*PACKAGE_RULES, *RELEASE_RULES)))
