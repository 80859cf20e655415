"""dcat.jsonld: a release in the Data Catalog Vocabulary 3, by the application profile of European data portals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dprk_russia.release.metadata.description import write_json

if TYPE_CHECKING:
    from pathlib import Path

    from dprk_russia.release.metadata.description import Agent, Description, Distribution

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
MEDIA_TYPE = "http://www.iana.org/assignments/media-types/"


def write(description: Description, release: Path) -> None:
    """Write the Dataset and its Distributions; they are named relative to where the file stands."""
    package = description.package
    coverage = [_type("date", day) for day in description.coverage]
    licences = [
        {
            "@id": licence.url,
            "@type": "dct:LicenseDocument",
            "dct:title": licence.title,
            "dct:identifier": licence.id,
        }
        for licence in description.licences
    ]
    dataset = {
        "@context": CONTEXT,
        "@id": f"#{description.edition.stem}",
        "@type": "dcat:Dataset",
        "dct:title": package.title,
        "dct:description": package.description,
        "dct:identifier": description.identifier,
        "dcat:landingPage": description.homepage and {"@id": description.homepage, "@type": "foaf:Document"},
        "dcat:version": package.version,
        "dct:issued": _type("date", description.issued),
        "dct:creator": [_describe_agent(agent) for agent in description.creators],
        "dct:publisher": _describe_agent(description.publishers[0]),
        "dct:license": licences,
        "dct:accessRights": {"@id": PUBLIC, "@type": "dct:RightsStatement"},
        "dcat:keyword": description.keywords,
        "dct:temporal": coverage
        and {"@type": "dct:PeriodOfTime", "dcat:startDate": coverage[0], "dcat:endDate": coverage[1]},
        "dcat:distribution": [
            {**_describe_file(file), "dct:license": licences} for file in description.distributions
        ],
    }
    write_json(release / "dcat.jsonld", dataset)


def _type(kind: str, value: str) -> dict[str, str]:
    return {"@type": f"xsd:{kind}", "@value": value}


def _describe_agent(agent: Agent) -> dict[str, Any]:
    kind = "foaf:Person" if agent.is_person else "foaf:Organization"
    return {"@type": ["foaf:Agent", kind], "foaf:name": agent.name}


def _describe_file(distribution: Distribution) -> dict[str, Any]:
    place = {"@id": distribution.path, "@type": "rdfs:Resource"}
    return {
        "@type": "dcat:Distribution",
        "dct:title": distribution.path,
        "dcat:accessURL": place,
        "dcat:downloadURL": place,
        "dcat:mediaType": {"@id": f"{MEDIA_TYPE}{distribution.media_type}", "@type": "dct:MediaType"},
        "dcat:byteSize": _type("nonNegativeInteger", str(distribution.size)),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256", "@type": "spdx:ChecksumAlgorithm"},
            "spdx:checksumValue": _type("hexBinary", distribution.sha256),
        },
    }
