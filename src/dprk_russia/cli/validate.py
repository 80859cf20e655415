"""The command `dprk-russia validate`."""

from __future__ import annotations

from pathlib import Path

import click

from dprk_russia.cli.reporting import choose_format, make_setting, print_report


@click.command()
@click.argument("package", default=".")
@choose_format("dprk_russia.checks.reports", "How to print the report.")
@click.option("--strict", is_flag=True, help="Let warnings fail the run too.")
def validate(package: str, form: str, *, strict: bool) -> None:
    """Check PACKAGE against every rule: a folder with a datapackage.json, a zip file of one, or a git revision.

    Exit code 0 means that the package passes, 1 that it has errors or could not be checked whole, 2 that there is no
    package to check. The form github annotates a pull request and adds every finding to the summary of the workflow step.

    Example: dprk-russia validate . --format json
    """
    from dprk_russia.checks.validation import validate as check
    from dprk_russia.contract.findings import PACKAGE_RULES
    from dprk_russia.versions.history import open_package

    setting = make_setting(Path(package), PACKAGE_RULES)
    with open_package(package) as folder:
        report = check(folder)
    print_report(report, form, setting, strict=strict)
