"""The page of an actor: what it claims, its figures, whom it contradicts, and who relays it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dprk_russia.site.content import (
    Fact,
    Head,
    Page,
    Table,
    Words,
    address,
    count,
    tell,
)
from dprk_russia.site.figures import name_speaker
from dprk_russia.site.tables import (
    drop_column,
    list_claims,
    list_disagreements,
    list_sources,
    list_stated,
    sort_newest,
    speaker_cell,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dprk_russia.site.library import Library, Row

_RELAYERS = 10


@dataclass(frozen=True, slots=True)
class Party:
    """What the page of an actor tells."""

    actor_id: str
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]


def write(library: Library, actor_id: str) -> Page:
    """Return the page of an actor."""
    actor = library.row("actors", actor_id)
    tables = (
        _list_figures(library, actor_id),
        _list_conflicts(library, actor_id),
        _list_spoken(library, actor_id),
        _list_relayers(library, actor_id),
        _list_published(library, actor_id),
    )
    party = Party(
        actor_id, tuple(_list_facts(library, actor)), tuple(table for table in tables if table.rows)
    )
    return Page(
        address("actor", actor_id),
        "actor.html",
        actor["name"],
        f"{actor['name']}: what it claims about North Korea's alliance with Russia, and who carries it.",
        party,
    )


def _list_facts(library: Library, actor: Row) -> Iterator[Fact]:
    meaning = library.labels["actors", "kind"][actor["kind"]]
    yield Fact("Kind", (Words(actor["kind"].replace("_", " "), title=meaning),))
    if actor["native_name"]:
        yield Fact("Own name", tell(actor["native_name"]))
    if actor["aliases"]:
        yield Fact("Also called", tell("; ".join(actor["aliases"].split(";"))))
    if actor["parent_id"]:
        yield Fact("Belongs to", (name_speaker(library, actor["parent_id"]),))
    side = library.sides[actor["actor_id"]]
    known = side in library.index("actors")
    yield Fact("Side", (Words(library.name_side(side), address("actor", side) if known else ""),))
    if actor["country"]:
        yield Fact("Country", tell(actor["country"]))
    if actor["description"]:
        yield Fact("Description", tell(actor["description"]))
    bodies = library.group("actors", "parent_id").get(actor["actor_id"], [])
    if bodies:
        yield Fact("Belong to it", tuple(name_speaker(library, row["actor_id"]) for row in bodies))


def _list_spoken(library: Library, actor_id: str) -> Table:
    claims = library.group("claims", "asserted_by").get(actor_id, [])
    return list_claims(library, claims, "Claims", speaker=False)


def _list_figures(library: Library, actor_id: str) -> Table:
    rows = library.group("estimates", "speaker_id").get(actor_id, [])
    return drop_column(list_stated(library, rows, "Figures"), "Speaker")


def _list_conflicts(library: Library, actor_id: str) -> Table:
    rows = {
        id(row): row
        for column in ("speaker_id", "other_speaker_id")
        for row in library.group("disagreements", column).get(actor_id, [])
    }
    return list_disagreements(
        library, sort_newest(rows.values()), "Whom it contradicts, and who contradicts it"
    )


def _list_relayers(library: Library, actor_id: str) -> Table:
    """Return the publishers that carry most of the claims of an actor, its own publications left out."""
    sources = library.index("sources")
    carried = Counter(
        sources[row["source_id"]]["publisher_id"]
        for claim in library.group("claims", "asserted_by").get(actor_id, [])
        for row in library.group("evidence", "claim_id").get(claim["claim_id"], [])
    )
    carried.pop(actor_id, None)
    most = sorted(carried.items(), key=lambda item: (-item[1], item[0]))[:_RELAYERS]
    cells = tuple((speaker_cell(library, publisher), count(number)) for publisher, number in most)
    return Table("Who relays it most", (Head("Publisher"), Head("Times", "numeric")), cells, name="relayers")


def _list_published(library: Library, actor_id: str) -> Table:
    rows = library.group("sources", "publisher_id").get(actor_id, [])
    newest = sorted(rows, key=lambda row: (row["published"] or "", row["source_id"]), reverse=True)
    return list_sources(library, newest, "Publications")
