"""SHA-256 sums of a release, in the form `sha256sum --check` reads."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write(release: Path, name: str) -> None:
    """Write the sums of all files below `release` to the file `name` in it."""
    files = sorted(path for path in release.rglob("*") if path.is_file())
    lines = [f"{digest(file)}  {file.relative_to(release).as_posix()}\n" for file in files]
    (release / name).write_text("".join(lines), encoding="utf-8")


def digest(file: Path) -> str:
    """Return the sum of a file in hexadecimal."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
