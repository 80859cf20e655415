"""A release: every artefact written to a temporary folder, checked, and moved into place at the end."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from dprk_russia.release import place
from dprk_russia.release.place import CHECKSUMS, ReleaseError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dprk_russia.findings import Report

__all__ = ["RefusedError", "RejectedError", "ReleaseError", "build"]


class RefusedError(Exception):
    """The package has findings, so nothing is built from it."""

    def __init__(self, report: Report) -> None:
        super().__init__("The package does not pass validation.")
        self.report = report


class RejectedError(Exception):
    """What was written does not pass the last check; the message says why."""


def build(folder: Path, out: Path, progress: Callable[[str], None]) -> None:
    """Build the release of the package in `folder` and put it at `out`, in place of an earlier release.

    Raises
    ------
    dprk_russia.package.PackageError
        If there is no data package in `folder`.
    RefusedError
        If the package has findings.
    ReleaseError
        If `out` holds something other than a release or cannot be written, or another build is at work on it.
    RejectedError
        If frictionless rejects the archive.
    """
    from dprk_russia.validation import validate

    with place.reserve(out) as release:
        progress("Validating the package")
        report = validate(folder)
        if not report.passes():
            raise RefusedError(report)
        _write(folder, release, progress)
        place.put(release, out)


def _write(folder: Path, release: Path, progress: Callable[[str], None]) -> None:
    from dprk_russia.release import archive, checksums, codebook, jsonl, parquet, sqlite
    from dprk_russia.release.edition import read_edition

    progress("Reading tables and deriving views")
    edition = read_edition(folder)
    artefacts = {
        "the Data Package": archive.write,
        "Parquet": parquet.write,
        "SQLite": sqlite.write,
        "JSON Lines": jsonl.write,
        "the codebook": codebook.write,
    }
    for title, write in artefacts.items():
        progress(f"Writing {title}")
        try:
            write(edition, release)
        except (OSError, sqlite3.OperationalError) as error:
            reason = getattr(error, "strerror", None) or error
            raise ReleaseError(f"{title[0].upper()}{title[1:]} cannot be written: {reason}.") from error
    progress("Checking the Data Package with frictionless")
    faults = archive.check(release / edition.name("zip"))
    if faults:
        raise RejectedError("frictionless rejects the Data Package:\n" + "\n".join(faults))
    checksums.write(release, CHECKSUMS)
