"""One Parquet file for each table and derived frame, with the types that `dprk_russia.load` gives.

The facts of the package and the description of the table stand in the metadata of the file, that of a column in its own.
A table without rows keeps its columns but not their lists of codes, since Parquet stores those with the rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.release.metadata.description import state_facts
from dprk_russia.tabular.frames import list_columns

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from dprk_russia.contract.schema import Table
    from dprk_russia.release.edition import Edition


def write(edition: Edition, release: Path) -> None:
    """Write every table and derived frame of an edition."""
    import pyarrow as pa
    import pyarrow.parquet

    folder = release / "parquet"
    folder.mkdir()
    facts = state_facts(edition.package)
    for table, frame in edition.list_contents():
        content = pa.Table.from_pandas(frame, preserve_index=False)
        content = content.cast(_describe(content.schema, table, facts))
        pyarrow.parquet.write_table(content, folder / f"{table.name}.parquet", compression="zstd")


def _describe(schema: pa.Schema, table: Table, facts: dict[str, str]) -> pa.Schema:
    """Return the schema with all descriptions, and with the metadata that pandas restores a frame from."""
    import pyarrow as pa

    fields = [
        field.with_metadata({"title": column.title, "description": column.description})
        for field, column in zip(schema, list_columns(table), strict=True)
    ]
    metadata = {f"package_{key}": value for key, value in facts.items()}
    own = {"table": table.name, "title": table.title, "description": table.description}
    return pa.schema(fields, {**schema.metadata, **metadata, **own})
