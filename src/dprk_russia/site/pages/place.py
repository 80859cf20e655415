"""The page of a place: the claims that concern it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dprk_russia.site.content import Fact, Page, Table, Words, address, tell
from dprk_russia.site.tables import list_claims

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dprk_russia.site.library import Library, Row


@dataclass(frozen=True, slots=True)
class Spot:
    """What the page of a place tells."""

    place_id: str
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]


def write(library: Library, place_id: str) -> Page:
    """Return the page of a place."""
    place = library.row("places", place_id)
    claims = library.group("claims", "place_id").get(place_id, [])
    spot = Spot(place_id, tuple(_list_facts(place)), (list_claims(library, claims, "Claims"),))
    return Page(
        address("place", place_id), "place.html", place["name"], f"Claims about {place['name']}.", spot
    )


def _list_facts(place: Row) -> Iterator[Fact]:
    for column, name in (("native_name", "Own name"), ("country", "Country")):
        if place[column]:
            yield Fact(name, tell(place[column]))
    if place["latitude"] is not None and place["longitude"] is not None:
        yield Fact("Coordinates", tell(f"{place['latitude']:.4f}, {place['longitude']:.4f}"))
    if place["geonames_id"] is not None:
        number = place["geonames_id"]
        yield Fact("GeoNames", (Words(str(number), f"https://www.geonames.org/{number}"),))
