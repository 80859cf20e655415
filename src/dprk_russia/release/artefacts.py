"""The artefacts of a release, in the order in which they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.release import (
    archive,
    bibliography,
    changes,
    citation_file,
    codebook,
    croissant,
    datacard,
    datacite,
    dcat,
    jsonl,
    parquet,
    schema_org,
    sqlite,
    xlsx,
    zenodo,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dprk_russia.release.edition import Edition

ARTEFACTS: dict[str, Callable[[Edition, Path], None]] = {
    "the Data Package": archive.write,
    "Parquet": parquet.write,
    "SQLite": sqlite.write,
    "JSON Lines": jsonl.write,
    "the workbook": xlsx.write,
    "the codebook": codebook.write,
    "the data card": datacard.write,
    "the bibliography": bibliography.write,
    "what changed": changes.write,
    # These name files above with their sizes and sums.
    "Croissant metadata": croissant.write,
    "schema.org metadata": schema_org.write,
    "DataCite metadata": datacite.write,
    "DCAT metadata": dcat.write,
    "the citation file": citation_file.write,
    "Zenodo metadata": zenodo.write,
}
