"""dataset.jsonld: a release as a Dataset of schema.org, the form that search engines for data sets read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dprk_russia.release.metadata.description import describe, drop_empty, write_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from dprk_russia.release.edition import Edition
    from dprk_russia.release.metadata.description import Agent, Description
    from dprk_russia.release.metadata.distributions import Distribution, Distributions

_COLUMNS = ("indicator_id", "name", "definition", "unit", "per")
RESTS = tuple(f"indicators.{column}" for column in _COLUMNS)


def write(edition: Edition, release: Path, distributions: Distributions) -> None:
    """Write the Dataset of an edition; its context names the terms of schema.org without a file to be fetched."""
    description = describe(edition)
    dataset = {
        "@context": {"@vocab": "https://schema.org/"},
        "@type": "Dataset",
        **describe_dataset(description),
        "isAccessibleForFree": True,
        "temporalCoverage": description.period,
        "variableMeasured": list(_list_variables(edition.frames["indicators"])),
        "distribution": [_describe_file(distribution) for distribution in distributions],
    }
    write_json(release / "dataset.jsonld", dataset)


def describe_dataset(description: Description) -> dict[str, Any]:
    """Return the properties of schema.org that say who made which data set when and under which terms."""
    return {
        "name": description.title,
        "description": description.text,
        "identifier": f"https://doi.org/{description.doi}" if description.doi else description.identifier,
        "url": description.homepage,
        "version": description.version,
        "datePublished": description.issued.isoformat(),
        "creator": [_describe_agent(agent) for agent in description.creators],
        "publisher": [_describe_agent(agent) for agent in description.publishers],
        "license": [licence.url or licence.title for licence in description.licences],
        "keywords": list(description.keywords),
    }


def _describe_agent(agent: Agent) -> dict[str, str]:
    names = {"givenName": agent.given, "familyName": agent.family} if agent.is_person else {}
    return {"@type": "Person" if agent.is_person else "Organization", "name": agent.name, **names}


def _list_variables(indicators: pd.DataFrame) -> Iterator[dict[str, Any]]:
    cells = (indicators[column].astype("str").fillna("").tolist() for column in _COLUMNS)
    for indicator_id, name, definition, unit, per in zip(*cells, strict=True):
        yield drop_empty(
            {
                "@type": "PropertyValue",
                "propertyID": indicator_id,
                "name": name,
                "description": definition,
                "unitText": f"{unit} per {per}" if per else unit,
            }
        )


def _describe_file(distribution: Distribution) -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "name": distribution.path,
        "contentUrl": distribution.path,
        "encodingFormat": distribution.media_type,
        "contentSize": f"{distribution.size} B",
        "sha256": distribution.sha256,
    }
