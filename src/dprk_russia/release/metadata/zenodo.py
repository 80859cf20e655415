""".zenodo.json: what Zenodo asks of whoever deposits a release."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from dprk_russia.release.metadata.description import write_json

if TYPE_CHECKING:
    from pathlib import Path

    from dprk_russia.release.metadata.description import Description


def write(description: Description, release: Path) -> None:
    """Write the deposit metadata of an edition.

    Zenodo takes one licence, by its SPDX id in small letters, and a description in HTML. A DOI is Zenodo's to give.
    """
    deposit = {
        "upload_type": "dataset",
        "access_right": "open",
        "title": description.package.title,
        "description": html.escape(description.package.description, quote=False),
        "creators": [{"name": agent.inverted_name} for agent in description.creators],
        "license": description.licences[0].id.lower(),
        "version": description.package.version,
        "publication_date": description.issued,
        "keywords": description.keywords,
    }
    write_json(release / ".zenodo.json", deposit)
