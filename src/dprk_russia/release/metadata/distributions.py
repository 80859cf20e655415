"""The files of a release that hold the data or derive more from it, as catalogues list them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dprk_russia.release.publication.checksums import digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# As registered with IANA.
MEDIA_TYPES = {
    ".jsonl": "application/jsonl",  # registered nowhere yet
    ".parquet": "application/vnd.apache.parquet",
    ".sql": "application/sql",
    ".sqlite": "application/vnd.sqlite3",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Distribution:
    """One file: its path within the release, its media type, its size in bytes and its SHA-256 sum in hexadecimal."""

    path: str
    media_type: str
    size: int
    sha256: str


Distributions = tuple[Distribution, ...]


def find_distributions(release: Path) -> Distributions:
    """Return the files for catalogues that were written to a release so far, by path."""
    return tuple(sorted(_measure_files(release), key=lambda distribution: distribution.path))


def _measure_files(release: Path) -> Iterator[Distribution]:
    for file in release.rglob("*"):
        if file.suffix in MEDIA_TYPES:
            path = file.relative_to(release).as_posix()
            yield Distribution(path, MEDIA_TYPES[file.suffix], file.stat().st_size, digest(file))
