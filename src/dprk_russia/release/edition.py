"""An edition: all that the artefacts of a release are made from, read and derived once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dprk_russia.frames import type_frame
from dprk_russia.package import read_package
from dprk_russia.provenance import Provenance
from dprk_russia.reading import read_text
from dprk_russia.relations import Relations
from dprk_russia.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from dprk_russia.changes import Comparison
    from dprk_russia.contract import Table
    from dprk_russia.package import Package


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a package.

    `frames` holds the typed tables and `views` what is derived from them, by name. `changes` is what changed since
    the earlier version, if there is one.
    """

    package: Package
    frames: Mapping[str, pd.DataFrame]
    views: Mapping[str, pd.DataFrame]
    changes: Comparison | None = None

    @property
    def stem(self) -> str:
        """Return the name of this version of the package."""
        return f"{self.package.name}-{self.package.version}"

    def name(self, suffix: str) -> str:
        """Return the name of an artefact that is a single file."""
        return f"{self.stem}.{suffix}"


def read_edition(folder: Path, changes: Comparison | None = None) -> Edition:
    """Return the edition of the valid package in `folder`."""
    package, _ = read_package(folder)
    frames = {table.name: _read_frame(table, folder) for table in package.tables}
    record = Provenance(Relations(frames, package))
    return Edition(package, frames, {name: derive(record) for name, derive in VIEWS.items()}, changes)


def _read_frame(table: Table, folder: Path) -> pd.DataFrame:
    return type_frame(read_text(table, folder).frame.reset_index(drop=True), table)
