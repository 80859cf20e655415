"""What a release holds beside its artefacts: the texts that lie beside the descriptor, and files it is given."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from dprk_russia.checks.rules.releases import CHECKSUMS
from dprk_russia.contract.companions import TEXTS, read_companion
from dprk_russia.release.errors import ReleaseError
from dprk_russia.release.metadata.description import MEDIA_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dprk_russia.contract.package import Package
    from dprk_russia.release.edition import Edition

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,199}")


def read_texts(package: Package) -> Iterator[tuple[str, bytes]]:
    """Yield the texts that lie beside the descriptor of a package and belong to its data, each with its name."""
    for name in TEXTS:
        content = read_companion(package.folder, name)
        if content is not None:
            yield name, content


def write(edition: Edition, release: Path) -> None:
    """Write the texts that lie beside the descriptor."""
    for name, content in read_texts(edition.package):
        (release / name).write_bytes(content)


def include(files: Iterable[Path], release: Path) -> None:
    """Copy files into a release.

    Raises
    ------
    ReleaseError
        If a file has a name that an artefact has, or one that a release cannot have.
    """
    taken = {CHECKSUMS.lower(), *(path.name.lower() for path in release.iterdir())}
    for file in files:
        if file.name.lower() in taken:
            raise ReleaseError(f"{file} is not included: the release has a file of this name already.")
        if not _NAME.fullmatch(file.name) or file.suffix.lower() in MEDIA_TYPES:
            raise ReleaseError(
                f"{file} is not included: its name must be of letters, digits, points, hyphens, underscores and plus "
                f"signs, and not end with {', '.join(MEDIA_TYPES)}."
            )
        shutil.copyfile(file, release / file.name)
        taken.add(file.name.lower())
