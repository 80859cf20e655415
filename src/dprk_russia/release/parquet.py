"""One Parquet file for each table, with the types that `dprk_russia.load` gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd


def write_parquet(frames: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write every frame to `folder`, named for its table."""
    import pyarrow as pa
    import pyarrow.parquet

    folder.mkdir()
    for name, frame in frames.items():
        table = pa.Table.from_pandas(frame, preserve_index=False)
        pyarrow.parquet.write_table(table, folder / f"{name}.parquet", compression="zstd")
