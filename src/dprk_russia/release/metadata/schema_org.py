"""dataset.jsonld: a release as a Dataset of schema.org, the form that search engines for data sets read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dprk_russia.release.metadata.description import write_json
from dprk_russia.tabular.frames import as_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from dprk_russia.release.metadata.description import Agent, Description, Distribution

_COLUMNS = ("indicator_id", "name", "definition", "unit", "per")
RESTS = tuple(f"indicators.{column}" for column in _COLUMNS)


def write(description: Description, release: Path) -> None:
    """Write the Dataset of an edition; its context names the terms of schema.org without a file to be fetched."""
    dataset = {
        "@context": {"@vocab": "https://schema.org/"},
        "@type": "Dataset",
        **describe_dataset(description),
        "isAccessibleForFree": True,
        "temporalCoverage": "/".join(description.coverage),
        "variableMeasured": list(_list_variables(description.edition.frames["indicators"])),
        "distribution": [
            {"@type": "DataDownload", **describe_file(file)} for file in description.distributions
        ],
    }
    write_json(release / "dataset.jsonld", dataset)


def describe_dataset(description: Description) -> dict[str, Any]:
    """Return the properties of schema.org that say who made which data set when and under which terms."""
    return {
        "name": description.package.title,
        "description": description.package.description,
        "identifier": description.identifier,
        "url": description.homepage,
        "version": description.package.version,
        "datePublished": description.issued,
        "creator": [_describe_agent(agent) for agent in description.creators],
        "publisher": [_describe_agent(agent) for agent in description.publishers],
        "license": [licence.url or licence.title for licence in description.licences],
        "keywords": description.keywords,
    }


def _describe_agent(agent: Agent) -> dict[str, str]:
    return {"@type": "Person" if agent.is_person else "Organization", "name": agent.name, **agent.names}


def _list_variables(indicators: pd.DataFrame) -> Iterator[dict[str, Any]]:
    cells = as_text(indicators[list(_COLUMNS)])
    for indicator_id, name, definition, unit, per in cells.itertuples(index=False):
        yield {
            "@type": "PropertyValue",
            "propertyID": indicator_id,
            "name": name,
            "description": definition,
            "unitText": f"{unit} per {per}" if per else unit,
        }


def describe_file(distribution: Distribution) -> dict[str, str]:
    """Return the properties of schema.org that say where a file is and how to check it."""
    return {
        "name": distribution.path,
        "contentUrl": distribution.path,
        "encodingFormat": distribution.media_type,
        "contentSize": f"{distribution.size} B",
        "sha256": distribution.sha256,
    }
