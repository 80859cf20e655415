"""SHA-256 sums of a release, in the form `sha256sum --check` reads."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write(release: Path, name: str) -> None:
    """Write the sums of all files below `release` to the file `name` in it."""
    lines = []
    for file in sorted(path for path in release.rglob("*") if path.is_file()):
        with file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        lines.append(f"{digest}  {file.relative_to(release).as_posix()}\n")
    (release / name).write_text("".join(lines), encoding="utf-8")
