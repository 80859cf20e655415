"""CITATION.cff: the citation of a release in the Citation File Format 1.2.0."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from dprk_russia.release.metadata.description import drop_empty

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from dprk_russia.release.metadata.description import Agent, Description

# What JSON may hold as it is, and YAML not, or only as the end of a line.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def write(description: Description, release: Path) -> None:
    """Write the citation file of an edition."""
    citation = {
        "cff-version": "1.2.0",
        "message": "Please cite this data set with its version.",
        "type": "dataset",
        "title": description.package.title,
        "version": description.package.version,
        "date-released": description.issued,
        "doi": description.doi,
        "url": description.homepage,
        "authors": [_name(agent) for agent in description.creators],
        "license": [licence.id for licence in description.licences],
        "keywords": description.keywords,
        "abstract": description.package.description,
    }
    lines = _write_yaml(drop_empty(citation))
    (release / "CITATION.cff").write_text("".join(lines), encoding="utf-8", newline="")


def _name(agent: Agent) -> dict[str, str]:
    if agent.is_person:
        return {"family-names": agent.family, "given-names": agent.given}
    return {"name": agent.name}


def _write_yaml(content: Mapping[str, Any]) -> Iterator[str]:
    """Yield a mapping as YAML in blocks, whose scalars are JSON, so that no text can be taken for anything else."""
    for key, value in content.items():
        if isinstance(value, list):
            yield f"{key}:\n"
            yield from (f"  - {_quote(item)}\n" for item in value)
        else:
            yield f"{key}: {_quote(value)}\n"


def _quote(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
