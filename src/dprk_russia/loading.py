"""Typed tables straight from the CSV files, without validating them again; needs pandas alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dprk_russia.frames import type_frame

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from dprk_russia.contract import Table
    from dprk_russia.package import Package


def read_frame(table: Table, folder: Path) -> pd.DataFrame:
    """Return one table of a valid package as a typed frame."""
    import pandas as pd

    text = pd.read_csv(
        folder / table.path,
        dtype="str",
        keep_default_na=False,
        na_values=[""],
        encoding="utf-8",
    )
    return type_frame(text, table)


def read_frames(package: Package) -> dict[str, pd.DataFrame]:
    """Return all tables of a valid package as typed frames."""
    return dict(Tables(package))


class Tables(Mapping[str, "pd.DataFrame"]):
    """The tables of a valid package as typed frames by name, each read when it is first asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._frames: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._frames:
            self._frames[name] = read_frame(self._package.table(name), self._package.folder)
        return self._frames[name]

    def __iter__(self) -> Iterator[str]:
        return (table.name for table in self._package.tables)

    def __len__(self) -> int:
        return len(self._package.tables)
