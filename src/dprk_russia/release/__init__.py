"""A release: every artefact written to a temporary folder, checked, and moved into place at the end."""

from __future__ import annotations

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from dprk_russia.checks.rules.releases import CHECKSUMS
from dprk_russia.release.errors import RefusedError, RejectedError, ReleaseError
from dprk_russia.release.publication import place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from dprk_russia.contract.findings import Report
    from dprk_russia.contract.package import Package
    from dprk_russia.release.edition import Edition
    from dprk_russia.versions.changes import Comparison

    Writer = Callable[[Edition, Path], None]

__all__ = ["RefusedError", "RejectedError", "ReleaseError", "build"]


def build(
    folder: Path,
    out: Path,
    progress: Callable[[str], None],
    since: str | None = None,
    include: Sequence[Path] = (),
    further: Mapping[str, Writer] | None = None,
) -> None:
    """Build the release of the package in `folder` and put it at `out`, in place of an earlier release.

    It tells what changed `since` an earlier version: a folder, a zip file or a git revision; the last release if none
    is given. It holds the files to `include` too, and what `further` artefacts write, by title.

    Raises
    ------
    dprk_russia.contract.package.PackageError
        If there is no data package in `folder`, no such earlier version, or a file beside the descriptor cannot be read.
    RefusedError
        If the package has findings, or breaks a rule between it and the earlier version.
    ReleaseError
        If `out` holds something other than a release or cannot be written, another build is at work on it, or a file to
        include has a name that it cannot have.
    VersionTakenError
        If the version was released with other tables.
    RejectedError
        If frictionless rejects the archive.
    """
    from dprk_russia.checks.validation import validate
    from dprk_russia.contract.package import read_package
    from dprk_russia.release import companions
    from dprk_russia.release.artefacts import ARTEFACTS
    from dprk_russia.release.publication import checksums
    from dprk_russia.versions.releases import check_version

    with place.reserve(out) as release:
        progress("Validating the package")
        report = validate(folder)
        if not report.passes():
            raise RefusedError(report)
        package = read_package(folder)
        _check_rests(package, report)
        check_version(package)
        artefacts = ARTEFACTS | dict(further or {})
        _write(folder, _compare(package, since, progress), release, artefacts, progress)
        companions.include(include, release)
        checksums.write(release, CHECKSUMS)
        place.put(release, out)


def _check_rests(package: Package, report: Report) -> None:
    """Refuse a package whose schemas lack what an artefact rests on."""
    from dprk_russia.checks.rests import find_lacking
    from dprk_russia.release.artefacts import RESTS

    lacking = tuple(finding for _, finding in find_lacking(RESTS.items(), package))
    if lacking:
        raise RefusedError(replace(report, findings=lacking))


def _compare(package: Package, since: str | None, progress: Callable[[str], None]) -> Comparison | None:
    """Return what changed since the earlier version, if there is one."""
    from dprk_russia.checks.validation import validate_change
    from dprk_russia.contract.package import read_for_comparison
    from dprk_russia.versions.changes import compare
    from dprk_russia.versions.history import open_package, previous_version

    earlier = since or previous_version(package)
    if earlier is None:
        return None
    progress(f"Comparing with {earlier.removeprefix('refs/tags/')}")
    with open_package(earlier, package.folder) as former:
        comparison = compare(read_for_comparison(former), package)
    report = validate_change(comparison)
    if not report.passes():
        raise RefusedError(report)
    return comparison


def _write(
    folder: Path,
    comparison: Comparison | None,
    release: Path,
    artefacts: Mapping[str, Writer],
    progress: Callable[[str], None],
) -> None:
    from dprk_russia.release.artefacts import DESCRIPTIONS
    from dprk_russia.release.edition import read_edition
    from dprk_russia.release.metadata.description import describe

    progress("Reading tables and deriving views")
    edition = read_edition(folder, comparison)
    _write_each({title: partial(write, edition, release) for title, write in artefacts.items()}, progress)
    description = describe(edition, release)
    _write_each(
        {title: partial(write, description, release) for title, write in DESCRIPTIONS.items()}, progress
    )


def _write_each(writers: Mapping[str, Callable[[], None]], progress: Callable[[str], None]) -> None:
    """Write some artefacts, as many at once as there are processors."""
    # Threads that import the same modules at once can block each other.
    import frictionless  # noqa: F401
    import pyarrow.parquet  # noqa: F401

    def write(title: str) -> None:
        progress(f"Writing {title}")
        try:
            writers[title]()
        except (OSError, sqlite3.OperationalError) as error:
            reason = getattr(error, "strerror", None) or error
            raise ReleaseError(f"{title[0].upper()}{title[1:]} cannot be written: {reason}.") from error

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(write, writers))
