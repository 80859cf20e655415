"""The files of a release that hold the data or derive more from it, as catalogues list them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dprk_russia.release.publication.checksums import digest

if TYPE_CHECKING:
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


def find_distributions(release: Path) -> tuple[Distribution, ...]:
    """Return the files for catalogues that were written to a release so far, by path."""
    files = {file.relative_to(release).as_posix(): file for file in release.rglob("*")}
    return tuple(
        Distribution(path, MEDIA_TYPES[file.suffix], file.stat().st_size, digest(file))
        for path, file in sorted(files.items())
        if file.suffix in MEDIA_TYPES
    )
