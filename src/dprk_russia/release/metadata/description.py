"""What every description of a release says: taken once from the descriptor, the tables and the files written so far."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dprk_russia.contract.schema import get_text, get_url
from dprk_russia.record.citation import describe_dataset
from dprk_russia.release.publication.checksums import digest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dprk_russia.contract.package import Package
    from dprk_russia.release.edition import Edition

# As registered with IANA.
MEDIA_TYPES = {
    ".jsonl": "application/jsonl",  # registered nowhere yet
    ".parquet": "application/vnd.apache.parquet",
    ".sql": "application/sql",
    ".sqlite": "application/vnd.sqlite3",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
_EMPTY: tuple[object, ...] = (None, "", (), [], {})


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
    def names(self) -> dict[str, str]:
        """Return the names of a person as schema.org and DataCite call them, nothing of a body."""
        return {"givenName": self.given, "familyName": self.family} if self.is_person else {}

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
class Distribution:
    """One file: its path within the release, its media type, its size in bytes and its SHA-256 sum in hexadecimal."""

    path: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Description:
    """What catalogues ask of an edition beyond its package.

    `doi` and `homepage` are empty until the descriptor has them; `issued` is a day in ISO 8601. `coverage` holds the
    first and the last day the tables speak of, and nothing if they speak of none.
    """

    edition: Edition
    distributions: tuple[Distribution, ...]
    doi: str
    homepage: str
    issued: str
    creators: tuple[Agent, ...]
    publishers: tuple[Agent, ...]
    licences: tuple[Licence, ...]
    keywords: tuple[str, ...]
    coverage: tuple[str, ...]

    @property
    def package(self) -> Package:
        """Return the package that is described."""
        return self.edition.package

    @property
    def identifier(self) -> str:
        """Return what identifies the version: the address of its DOI, or its name where there is none."""
        return f"https://doi.org/{self.doi}" if self.doi else self.edition.stem


def describe(edition: Edition, release: Path) -> Description:
    """Return the description of an edition and of its files in a release."""
    package, descriptor = edition.package, edition.package.descriptor
    creators = _find_creators(package)
    return Description(
        edition=edition,
        distributions=_find_distributions(release),
        doi=describe_dataset(package).get("DOI", ""),
        homepage=get_url(descriptor, "homepage"),
        issued=str(package.created),
        creators=creators,
        publishers=_find_agents(package, "publisher") or creators,
        licences=_read_licences(package),
        keywords=tuple(dict.fromkeys(word for word in descriptor.get("keywords", ()) if word.strip())),
        coverage=_find_coverage(edition),
    )


def state_facts(package: Package) -> dict[str, str]:
    """Return what a citation and a licence notice need, as the descriptor gives it."""
    licences = _read_licences(package)
    return {
        "name": package.name,
        "title": package.title,
        "description": package.description,
        "version": package.version,
        "created": str(package.created),
        "creators": "; ".join(creator.name for creator in _find_creators(package)),
        "licence": "; ".join(licence.id for licence in licences),
        "licence_url": "; ".join(licence.url for licence in licences if licence.url),
    }


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a description in a form of JSON, without what is empty in it."""
    text = json.dumps(drop_empty(content), ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="")


def drop_empty(content: Any) -> Any:
    """Return content of JSON without empty properties, at any depth."""
    if isinstance(content, dict):
        return {key: drop_empty(value) for key, value in content.items() if value not in _EMPTY}
    return [drop_empty(item) for item in content] if isinstance(content, list | tuple) else content


def _find_creators(package: Package) -> tuple[Agent, ...]:
    """Return who made a package; one that names nobody goes by its own name, since every catalogue asks for a creator."""
    return _find_agents(package, "creator") or (Agent(package.name),)


def _find_agents(package: Package, role: str) -> tuple[Agent, ...]:
    """Return those who have a role, each once."""
    agents: dict[Agent, None] = {}
    for contributor in package.descriptor.get("contributors", ()):
        roles = contributor.get("roles")
        given, family, title = (get_text(contributor, key) for key in ("givenName", "familyName", "title"))
        name = title or " ".join(filter(None, (given, family)))
        if isinstance(roles, list) and role in roles and name.strip():
            agents[Agent(name, given, family)] = None
    return tuple(agents)


def _read_licences(package: Package) -> tuple[Licence, ...]:
    """Return the licences of a package, each once."""
    keys = (("name", get_text), ("title", get_text), ("path", get_url))
    texts = ([get(licence, key) for key, get in keys] for licence in package.descriptor["licenses"])
    return tuple(dict.fromkeys(Licence(name, title or name, url) for name, title, url in texts))


def _find_distributions(release: Path) -> tuple[Distribution, ...]:
    """Return the files for catalogues that were written to a release so far, by path."""
    files = {file.relative_to(release).as_posix(): file for file in release.rglob("*")}
    return tuple(
        Distribution(path, MEDIA_TYPES[file.suffix], file.stat().st_size, digest(file))
        for path, file in sorted(files.items())
        if file.suffix in MEDIA_TYPES
    )


def _find_coverage(edition: Edition) -> tuple[str, ...]:
    """Return the first and the last day of all periods that claims and figures give."""
    import pandas as pd

    days = pd.concat(
        frame[column]
        for frame in edition.frames.values()
        for column in ("period_start_from", "period_end_to")
        if column in frame
    ).dropna()
    return tuple(day.date().isoformat() for day in (days.min(), days.max())) if len(days) else ()
