"""What every description of a release says: taken once from the descriptor and the tables, so that all say the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dprk_russia.contract.schema import get_text, get_url
from dprk_russia.record.citation import describe_dataset

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from dprk_russia.contract.package import Package
    from dprk_russia.release.edition import Edition


@dataclass(frozen=True, slots=True)
class Agent:
    """Who made or published the data: a person with both names, or a body with one."""

    name: str
    given: str = ""
    family: str = ""

    @property
    def is_person(self) -> bool:
        """Tell whether both names of a person are known."""
        return bool(self.given and self.family)

    @property
    def inverted_name(self) -> str:
        """Return the name as lists sort it."""
        return f"{self.family}, {self.given}" if self.is_person else self.name


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence by its SPDX id; `url` is empty where the descriptor gives none."""

    id: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Description:
    """One version of a data set as catalogues know it.

    `identifier` names the version where no DOI does; `doi` and `homepage` are empty until the descriptor has them.
    `coverage` holds the first and the last day the tables speak of.
    """

    identifier: str
    doi: str
    homepage: str
    title: str
    text: str
    version: str
    issued: date
    creators: tuple[Agent, ...]
    publishers: tuple[Agent, ...]
    licences: tuple[Licence, ...]
    keywords: tuple[str, ...]
    coverage: tuple[date, date] | None

    @property
    def period(self) -> str:
        """Return the coverage as an interval of ISO 8601, empty if there is none."""
        return "/".join(day.isoformat() for day in self.coverage or ())


def describe(edition: Edition) -> Description:
    """Return the description of an edition."""
    package, descriptor = edition.package, edition.package.descriptor
    if package.created is None:
        raise ValueError("The package has no day of its own.")
    creators = find_creators(package)
    return Description(
        identifier=edition.stem,
        doi=describe_dataset(package).get("DOI", ""),
        homepage=get_url(descriptor, "homepage"),
        title=package.title,
        text=package.description,
        version=package.version,
        issued=package.created,
        creators=creators,
        publishers=_gather_agents(package, "publisher") or creators,
        licences=read_licences(package),
        keywords=tuple(dict.fromkeys(word for word in descriptor.get("keywords", ()) if word.strip())),
        coverage=_find_coverage(edition),
    )


def find_creators(package: Package) -> tuple[Agent, ...]:
    """Return who made a package; one that names nobody goes by its own name, since every catalogue asks for a creator."""
    return _gather_agents(package, "creator") or (Agent(package.name),)


def read_licences(package: Package) -> tuple[Licence, ...]:
    """Return the licences of a package, each once."""
    return tuple(dict.fromkeys(_read_licence(licence) for licence in package.descriptor["licenses"]))


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a description in a form of JSON, without what is empty in it."""
    text = json.dumps(drop_empty(content), ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="")


def drop_empty(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties that say something."""
    return {key: value for key, value in content.items() if value not in (None, "", [], {})}


def _gather_agents(package: Package, role: str) -> tuple[Agent, ...]:
    return tuple(dict.fromkeys(_find_agents(package.descriptor, role)))


def _find_agents(descriptor: Mapping[str, Any], role: str) -> Iterator[Agent]:
    for contributor in descriptor.get("contributors", ()):
        roles = contributor.get("roles")
        if isinstance(roles, list) and role in roles:
            given, family, title = (
                get_text(contributor, key) for key in ("givenName", "familyName", "title")
            )
            name = title or " ".join(part for part in (given, family) if part)
            if name.strip():
                yield Agent(name, given, family)


def _read_licence(licence: Mapping[str, Any]) -> Licence:
    name = get_text(licence, "name")
    return Licence(name, get_text(licence, "title") or name, get_url(licence, "path"))


def _find_coverage(edition: Edition) -> tuple[date, date] | None:
    """Return the first and the last day of all periods that claims and figures give."""
    import pandas as pd

    days = pd.concat(
        frame[column]
        for frame in edition.frames.values()
        for column in ("period_start_from", "period_end_to")
        if column in frame
    ).dropna()
    return (days.min().date(), days.max().date()) if len(days) else None
