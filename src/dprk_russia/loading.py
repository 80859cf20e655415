"""Typed tables straight from the CSV files, without validating them again; needs pandas alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.frames import type_frame

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from dprk_russia.contract import Table
    from dprk_russia.package import Package


def read_frame(table: Table, folder: Path) -> pd.DataFrame:
    """Return one table of a valid package as a typed frame."""
    import pandas as pd

    text = pd.read_csv(
        folder / table.path, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8"
    )
    return type_frame(text, table)


def read_frames(package: Package) -> dict[str, pd.DataFrame]:
    """Return all tables of a valid package as typed frames."""
    return {table.name: read_frame(table, package.folder) for table in package.tables}
