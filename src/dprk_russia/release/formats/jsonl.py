"""One JSON Lines file for each table and derived frame: an object for each row with every column in order, a missing cell as null."""

from __future__ import annotations

from json import JSONEncoder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    import pyarrow as pa

    from dprk_russia.release.edition import Edition

ROWS_AT_ONCE = 65_536
_encode = JSONEncoder(ensure_ascii=False).encode


def write(edition: Edition, release: Path) -> None:
    """Write every table and derived frame of an edition."""
    folder = release / "jsonl"
    folder.mkdir()
    for table, frame in edition.list_contents():
        with (folder / f"{table.name}.jsonl").open("wb") as file:
            for start in range(0, len(frame), ROWS_AT_ONCE):
                file.write(_encode_rows(frame.iloc[start : start + ROWS_AT_ONCE]))


def _encode_rows(frame: pd.DataFrame) -> pa.Buffer:
    """Return rows as lines of UTF-8; the cells of all columns are joined at once."""
    import pyarrow as pa
    import pyarrow.compute as pc

    parts: list[pa.Array | pa.Scalar] = []
    for name in frame.columns:
        opening = ", " if parts else "{"
        key = f"{opening}{_encode(name)}: "
        parts += [pa.scalar(key, pa.large_string()), _encode_cells(frame[name])]
    ends = [pa.scalar(text, pa.large_string()) for text in ("}\n", "")]
    return pc.binary_join_element_wise(*parts, *ends).buffers()[2]


def _encode_cells(column: pd.Series) -> pa.Array:
    """Return the cells as JSON; each distinct one is encoded once."""
    import pandas as pd
    import pyarrow as pa

    if pd.api.types.is_datetime64_dtype(column):
        column = column.dt.strftime("%Y-%m-%d")
    codes, cells = pd.factorize(column)
    texts = pa.array([*map(_encode, cells.tolist()), "null"], pa.large_string())
    # A missing cell has the number -1, which means the last text.
    return texts.take(pa.array(codes % len(texts)))
