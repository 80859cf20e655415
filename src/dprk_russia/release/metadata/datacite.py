"""datacite.json: a release in the metadata schema of DataCite 4.5, ready for a DOI to be registered with it.

Until the descriptor has a DOI there is none here either, and no event that would register one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.release.metadata.description import write_json

if TYPE_CHECKING:
    from pathlib import Path

    from dprk_russia.release.metadata.description import Description


def write(description: Description, release: Path) -> None:
    """Write the DataCite metadata of an edition."""
    package = description.package
    dates = [{"date": description.issued, "dateType": "Issued"}]
    if period := "/".join(description.coverage):
        # The type "Coverage" came with version 4.6.
        about = "The period that the data speak of"
        dates.append({"date": period, "dateType": "Other", "dateInformation": about})
    metadata = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceTypeGeneral": "Dataset"},
        "doi": description.doi,
        "url": description.homepage,
        "alternateIdentifiers": [
            {"alternateIdentifier": description.edition.stem, "alternateIdentifierType": "Data Package"}
        ],
        "titles": [{"title": package.title}],
        "creators": [
            {
                "name": agent.inverted_name,
                "nameType": "Personal" if agent.is_person else "Organizational",
                **agent.names,
            }
            for agent in description.creators
        ],
        "publisher": {"name": "; ".join(agent.name for agent in description.publishers)},
        "publicationYear": description.issued[:4],
        "dates": dates,
        "version": package.version,
        "rightsList": [
            {
                "rights": licence.title,
                "rightsUri": licence.url,
                "rightsIdentifier": licence.id,
                "rightsIdentifierScheme": "SPDX",
                "schemeUri": "https://spdx.org/licenses/",
            }
            for licence in description.licences
        ],
        "descriptions": [{"description": package.description, "descriptionType": "Abstract"}],
        "subjects": [{"subject": keyword} for keyword in description.keywords],
        "formats": sorted({distribution.media_type for distribution in description.distributions}),
        "sizes": [f"{sum(distribution.size for distribution in description.distributions)} bytes"],
    }
    write_json(release / "datacite.json", metadata)
