"""An edition: all that the artefacts of a release are made from, read and derived once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dprk_russia.contract.package import read_package
from dprk_russia.record.measures import describe_measure, list_frames, read_measures
from dprk_russia.record.run import Record
from dprk_russia.tabular.loading import read_frames

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from dprk_russia.contract.package import Package
    from dprk_russia.contract.schema import Table
    from dprk_russia.versions.changes import Comparison


@dataclass(frozen=True, slots=True, repr=False)
class Edition:
    """One version of a package.

    `frames` holds the typed tables and `views` the frames derived from them, by name; `record` derives whatever else
    is asked for. `changes` is what changed since the earlier version, if there is one.
    """

    package: Package
    frames: Mapping[str, pd.DataFrame]
    views: Mapping[str, pd.DataFrame]
    record: Record
    changes: Comparison | None = None

    def __repr__(self) -> str:
        return f"<Edition of {self.package!r}>"

    def list_contents(self) -> tuple[tuple[Table, pd.DataFrame], ...]:
        """Return what every format holds, each with its rows: the tables, then the derived frames."""
        measures = read_measures()
        return (
            *((table, self.frames[table.name]) for table in self.package.tables),
            *((describe_measure(measures[name], self.package), rows) for name, rows in self.views.items()),
        )

    @property
    def stem(self) -> str:
        """Return the name of this version of the package."""
        return f"{self.package.name}-{self.package.version}"

    @property
    def database(self) -> str:
        """Return the name of the SQLite file: without the version, since Datasette takes the address of its pages from it."""
        return f"{self.package.name}.sqlite"

    def name(self, suffix: str) -> str:
        """Return the name of an artefact that is a single file."""
        return f"{self.stem}.{suffix}"


def read_edition(folder: Path, changes: Comparison | None = None) -> Edition:
    """Return the edition of the valid package in `folder`."""
    package = read_package(folder)
    frames = read_frames(package)
    record = Record(frames, package)
    views = {measure.name: record.frame(measure.name) for measure in list_frames()}
    return Edition(package, frames, views, record, changes)
