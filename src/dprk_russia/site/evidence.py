"""The publications that carry a claim as trees: who had it first, who took it from whom, and what each altered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dprk_russia.documents.text import count_noun
from dprk_russia.record.wording import tell_date
from dprk_russia.site.content import SiteError, Words, address, name_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dprk_russia.site.library import Library, Row

# A chain that is longer than this could not be drawn; none is.
MOST_LEVELS = 50


@dataclass(frozen=True, slots=True)
class Node:
    """A publication that carries a claim: its title, publisher and date, how it has the claim, and who took it from there."""

    title: Words
    publisher: Words
    published: str
    how: str
    altered: str
    note: str
    locator: str
    is_read: bool
    takers: tuple[Node, ...]

    def walk(self) -> Iterator[Node]:
        """Yield the node and all below it."""
        yield self
        for taker in self.takers:
            yield from taker.walk()


@dataclass(frozen=True, slots=True)
class Tree:
    """All publications that carry a claim, by the ends of their chains."""

    origins: tuple[Node, ...]

    @property
    def nodes(self) -> list[Node]:
        """Return every publication."""
        return [node for origin in self.origins for node in origin.walk()]

    @property
    def is_bare(self) -> bool:
        """Tell whether one publication alone carries it, with nothing to be said of it."""
        return [bool(node.altered or node.note) for node in self.nodes] == [False]

    @property
    def summary(self) -> str:
        """Return the number of origins, publications and alterations in words."""
        nodes = self.nodes
        altered = sum(1 for node in nodes if node.altered)
        parts = [count_noun(len(self.origins), "origin"), count_noun(len(nodes), "publication")]
        return f"{parts[0]} → {parts[1]}" + (f", {altered} altered" if altered else "")


def grow(library: Library, claim_id: str) -> Tree:
    """Return the trees of the publications that carry a claim.

    Raises
    ------
    SiteError
        If a chain has more than `MOST_LEVELS` publications.
    """
    rows = library.group("evidence", "claim_id").get(claim_id, [])
    takers: dict[str | None, list[Row]] = {}
    for row in rows:
        takers.setdefault(row["relays_id"], []).append(row)
    return Tree(_grow(library, takers, None, MOST_LEVELS))


def _grow(
    library: Library, takers: dict[str | None, list[Row]], relays_id: str | None, levels: int
) -> tuple[Node, ...]:
    if levels == 0 and takers.get(relays_id):
        claim_id = takers[relays_id][0]["claim_id"]
        raise SiteError(
            f"{claim_id} went from hand to hand more than {MOST_LEVELS} times, which cannot be drawn."
        )
    return tuple(
        _make_node(library, row, _grow(library, takers, row["source_id"], levels - 1))
        for row in sorted(
            takers.get(relays_id, []),
            key=lambda row: (library.row("sources", row["source_id"])["published"] or "9", row["source_id"]),
        )
    )


def _make_node(library: Library, row: Row, takers: tuple[Node, ...]) -> Node:
    source = library.row("sources", row["source_id"])
    publisher = library.row("actors", source["publisher_id"])
    return Node(
        title=name_title(source),
        publisher=Words(publisher["name"], address("actor", publisher["actor_id"])),
        published=tell_date(source["published"]),
        how=_explain(row),
        altered=(row["rendering"] or "").replace("_", " "),
        note=row["note"] or "",
        locator=row["locator"] or "",
        is_read=source["read"] != "no",
        takers=takers,
    )


def _explain(row: Row) -> str:
    """Return how a publication has a claim."""
    if row["relays_id"] is None:
        return "heard the speaker" if row["attribution"] == "heard" else "the speaker's own"
    return "names whom it follows" if row["attribution"] == "named" else "same wording or number"
