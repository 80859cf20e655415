"""The command `dprk-russia build`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from dprk_russia.cli.reporting import FINDINGS, FOLDER, REPOSITORY, make_setting


@click.command()
@FOLDER
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
@click.option(
    "--include",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file to add to the release, such as a wheel; may be given several times.",
)
@click.option(
    "--record",
    is_flag=True,
    help="Add the version to releases.csv beside the descriptor, so that no other tables ever bear it.",
)
@REPOSITORY
def build(
    package: Path,
    out: Path,
    since: str | None,
    include: tuple[Path, ...],
    repository: str,
    *,
    record: bool,
) -> None:
    """Build the release of PACKAGE: every format, codebook, data card, metadata, changes and checksums.

    Ids that vanished or changed meaning since the earlier version, and a version number too small for what changed or
    released with other tables, are refused. README.md, LICENSE and LICENSE-DATA beside the descriptor go along. Nothing
    is written to the folder of the release before everything has been built and checked.

    Example: dprk-russia build --out dist
    """
    from dprk_russia.checks.reports import render_text
    from dprk_russia.contract.findings import PACKAGE_RULES
    from dprk_russia.contract.package import find_folder, read_package
    from dprk_russia.release import RefusedError, RejectedError
    from dprk_russia.release import build as make
    from dprk_russia.site.building import Options, write_archive
    from dprk_russia.versions.releases import VersionTakenError, record_release

    folder = find_folder(package)
    try:
        make(
            folder,
            out,
            lambda step: click.echo(step, err=True),
            since,
            include,
            {"the site": partial(write_archive, options=Options(repository=repository))},
        )
    except RefusedError as refused:
        click.echo(render_text(refused.report, make_setting(folder, PACKAGE_RULES)))
        click.echo(f"Nothing was built; {out} is as it was.", err=True)
        sys.exit(FINDINGS)
    except (RejectedError, VersionTakenError) as rejected:
        click.echo(f"{rejected}\nNothing was built; {out} is as it was.", err=True)
        sys.exit(FINDINGS)
    if record:
        record_release(read_package(folder))
    click.echo(f"Released to {out}")
