"""The versions that were released, each with the sum of its tables, so that no other tables ever bear its number.

`releases.csv` beside the descriptor has a line for each, the oldest first. In a package whose tables lie in data/ the sum
is what `sha256sum data/*.csv | sha256sum` prints in the C locale.
"""

from __future__ import annotations

import csv
import hashlib
import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from dprk_russia.contract.companions import RELEASES, read_companion_text
from dprk_russia.contract.errors import DprkRussiaError
from dprk_russia.contract.package import VERSION, PackageError
from dprk_russia.versions.changes import parse_version

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dprk_russia.contract.package import Package
    from dprk_russia.versions.changes import Version

HEADER = ["version", "date", "sha256"]
_SUM = re.compile("[0-9a-f]{64}")


class VersionTakenError(DprkRussiaError):
    """The version of a package was released with other tables."""


class Release(NamedTuple):
    """A version that was released, its day, and the sum of its tables."""

    version: Version
    day: date
    sha256: str


def read_releases(folder: Path) -> list[Release]:
    """Return the versions that the list beside a descriptor names, the oldest first; none if there is no list.

    Raises
    ------
    PackageError
        If the list cannot be read; the message names the line.
    """
    text = read_companion_text(folder, RELEASES)
    return sorted(_read_lines(text.splitlines())) if text else []


def _read_lines(lines: list[str]) -> Iterator[Release]:
    for number, cells in enumerate(csv.reader(lines), 1):
        if number == 1 and cells == HEADER:
            continue
        if number == 1 or not _is_release(cells):
            demand = f"the line must be {','.join(HEADER)}" if number == 1 else "the line names no release"
            raise PackageError(f"{RELEASES}:{number}: {demand}.")
        version, day, sha256 = cells
        yield Release(parse_version(version), date.fromisoformat(day), sha256)


def _is_release(cells: list[str]) -> bool:
    if len(cells) != len(HEADER) or not VERSION.fullmatch(cells[0]) or not _SUM.fullmatch(cells[2]):
        return False
    try:
        return date.fromisoformat(cells[1]).isoformat() == cells[1]
    except ValueError:
        return False


def sum_tables(package: Package) -> str:
    """Return one SHA-256 sum, in hexadecimal, over the files of all tables and their paths."""
    lines = []
    for path in sorted(table.path for table in package.tables):
        with (package.folder / path).open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path}\n")
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def check_version(package: Package) -> None:
    """Refuse a package whose version was released with other tables.

    Raises
    ------
    VersionTakenError
        If it was.
    PackageError
        If the list of releases cannot be read.
    """
    for release in read_releases(package.folder):
        if str(release.version) == package.version and release.sha256 != sum_tables(package):
            raise VersionTakenError(
                f"{package.version} was released on {release.day} with other tables. Raise the version in "
                "datapackage.json; dprk-russia diff tells the smallest that is enough."
            )


def record_release(package: Package) -> None:
    """Add the version of a package to the list beside its descriptor, with its day and the sum of its tables, once.

    Raises
    ------
    VersionTakenError
        If it was released with other tables.
    PackageError
        If the list of releases cannot be read.
    """
    check_version(package)
    releases = read_releases(package.folder)
    if package.version not in {str(release.version) for release in releases}:
        new = [package.version, str(package.created), sum_tables(package)]
        lines = [HEADER, *([str(r.version), str(r.day), r.sha256] for r in releases), new]
        text = "".join(f"{','.join(cells)}\n" for cells in lines)
        (package.folder / RELEASES).write_text(text, encoding="utf-8", newline="")
