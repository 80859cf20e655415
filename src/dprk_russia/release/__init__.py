"""A release: every artefact written to a temporary folder, checked, and moved into place at the end."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from dprk_russia.findings import Report

CHECKSUMS = "SHA256SUMS"


class RefusedError(Exception):
    """The package has findings, so nothing is built from it."""

    def __init__(self, report: Report) -> None:
        super().__init__("The package does not pass validation.")
        self.report = report


class ReleaseError(Exception):
    """There is no place to write the release to; the message says why."""


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
        If `out` holds something other than a release.
    RejectedError
        If frictionless rejects the archive.
    """
    from dprk_russia.validation import validate

    _check_target(out)
    progress("Validating the package")
    report = validate(folder)
    if not report.passes():
        raise RefusedError(report)
    out.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        release = workshop / "release"
        release.mkdir()
        _write(folder, release, progress)
        _replace(out, release, workshop)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _check_target(out: Path) -> None:
    """Refuse a place that holds anything but a release, so that nothing else is ever replaced."""
    if out.is_symlink() or (out.exists() and not _is_release(out)):
        raise ReleaseError(f"{out} exists and is not a release; nothing was written. Choose another --out.")


def _is_release(out: Path) -> bool:
    """Tell whether a folder is empty or holds nothing but what its own checksums name."""
    if not out.is_dir():
        return False
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if not path.is_dir()}
    if not files:
        return True
    if CHECKSUMS not in files:
        return False
    lines = (out / CHECKSUMS).read_text(encoding="utf-8", errors="replace").splitlines()
    return files <= {CHECKSUMS, *(line.partition("  ")[2] for line in lines)}


def _write(folder: Path, release: Path, progress: Callable[[str], None]) -> None:
    from dprk_russia.release import archive, checksums, codebook, datacard, parquet, sqlite
    from dprk_russia.release.edition import read_edition

    progress("Reading tables and deriving views")
    edition = read_edition(folder)
    artefacts = {
        "the Data Package": archive.write,
        "Parquet": parquet.write,
        "SQLite": sqlite.write,
        "the codebook": codebook.write,
        "the data card": datacard.write,
    }
    for title, write in artefacts.items():
        progress(f"Writing {title}")
        write(edition, release)
    progress("Checking the Data Package with frictionless")
    faults = archive.check(release / edition.name("zip"))
    if faults:
        raise RejectedError("frictionless rejects the Data Package:\n" + "\n".join(faults))
    checksums.write(release, CHECKSUMS)


def _replace(out: Path, release: Path, workshop: Path) -> None:
    """Move the release into place; should that fail, the earlier one is put back."""
    former = workshop / "former"
    if out.exists():
        out.rename(former)
    try:
        release.rename(out)
    except OSError:
        if former.exists():
            former.rename(out)
        raise
