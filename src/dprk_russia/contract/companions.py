"""Files that may lie beside the descriptor of a package, by name: what they say is not part of the tables."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dprk_russia.contract.package import PackageError

if TYPE_CHECKING:
    from pathlib import Path

# Those that go along with the data wherever they go.
TEXTS = ("README.md", "LICENSE", "LICENSE-DATA")
CHANGELOG = "CHANGELOG.md"
RELEASES = "releases.csv"
MAX_BYTES = 1_000_000


def read_companion(folder: Path, name: str) -> bytes | None:
    """Return the content of a file beside the descriptor, or none if there is no such file.

    Raises
    ------
    PackageError
        If it is no regular file, or has more than `MAX_BYTES` bytes.
    """
    file = folder / name
    if not os.path.lexists(file):
        return None
    if file.is_symlink() or not file.is_file():
        raise PackageError(f"{name} is not a regular file; put one in its place, or remove it.")
    with file.open("rb") as opened:
        content = opened.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise PackageError(f"{name} has more than {MAX_BYTES:,} bytes; shorten it.")
    return content


def read_companion_text(folder: Path, name: str) -> str:
    """Return the text of a file beside the descriptor, empty if there is no such file.

    Raises
    ------
    PackageError
        If it is no regular file, too long, or not in UTF-8.
    """
    try:
        return (read_companion(folder, name) or b"").decode("utf-8")
    except UnicodeDecodeError:
        raise PackageError(f"{name} is not in UTF-8; save it as UTF-8.") from None
