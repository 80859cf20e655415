"""The artefacts of a release: what holds or explains the data, and then what describes the files written so far.

Each is written by the function `write` of a module of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.release import companions
from dprk_russia.release.documents import bibliography, changes, codebook, datacard, measures, questions
from dprk_russia.release.formats import archive, jsonl, parquet, scripts, sqlite, xlsx
from dprk_russia.release.metadata import (
    citation_file,
    croissant,
    datacite,
    datasette,
    dcat,
    schema_org,
    zenodo,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dprk_russia.release.edition import Edition
    from dprk_russia.release.metadata.description import Description

# They are written as many at once as there are processors, those that take longest first.
ARTEFACTS: dict[str, Callable[[Edition, Path], None]] = {
    "the workbook": xlsx.write,
    "the Data Package": archive.write,
    "SQLite": sqlite.write,
    "the bibliography": bibliography.write,
    "JSON Lines": jsonl.write,
    "the codebook": codebook.write,
    "the data card": datacard.write,
    "the measures": measures.write,
    "the questions": questions.write,
    "Parquet": parquet.write,
    "the SQL scripts": scripts.write,
    "what changed": changes.write,
    "README and licences": companions.write,
}
# What the texts above count or quote of the tables.
RESTS = {
    "The codebook": codebook.RESTS,
    "The data card": datacard.RESTS,
    "The schema.org metadata": schema_org.RESTS,
}
# What catalogues read; most of it names the files above with their sizes and sums.
DESCRIPTIONS: dict[str, Callable[[Description, Path], None]] = {
    "Croissant metadata": croissant.write,
    "schema.org metadata": schema_org.write,
    "DataCite metadata": datacite.write,
    "DCAT metadata": dcat.write,
    "Datasette metadata": datasette.write,
    "the citation file": citation_file.write,
    "Zenodo metadata": zenodo.write,
}
