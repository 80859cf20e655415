"""One Parquet file for each table, with the types that `dprk_russia.load` gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from dprk_russia.release.edition import Edition


def write(edition: Edition, release: Path) -> None:
    """Write every table of an edition."""
    import pyarrow as pa
    import pyarrow.parquet

    folder = release / "parquet"
    folder.mkdir()
    for name, frame in edition.frames.items():
        table = pa.Table.from_pandas(frame, preserve_index=False)
        pyarrow.parquet.write_table(table, folder / f"{name}.parquet", compression="zstd")
