"""The page of a part of what is measured, or of an assumption: what it means, and which figures name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dprk_russia.site.content import Fact, Page, Table, Words, address, tell
from dprk_russia.site.tables import list_stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dprk_russia.site.library import Library, Row


@dataclass(frozen=True, slots=True)
class Part:
    """What the page of a part tells."""

    part_id: str
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]


def write(library: Library, part_id: str) -> Page:
    """Return the page of a part."""
    row = library.row("parts", part_id)
    table = list_stated(library, list_naming(library, part_id), "Figures")
    part = Part(part_id, tuple(_list_facts(library, row)), (table,) if table.rows else ())
    return Page(address("part", part_id), "part.html", row["name"], row["definition"], part)


def list_naming(library: Library, part_id: str) -> list[Row]:
    """Return the figures that name a part as their scope or as their assumption, by measure, the newest first."""
    rows = [
        row
        for column in ("scope", "assumption")
        for row in library.group("stated_figures", column).get(part_id, [])
    ]
    newest = sorted(rows, key=lambda row: (row["as_of"], row["figure_id"]), reverse=True)
    return sorted(newest, key=lambda row: str(row["indicator_id"]))


def _name(library: Library, part_id: str) -> Words:
    return Words(library.row("parts", part_id)["name"], address("part", part_id))


def _list_facts(library: Library, row: Row) -> Iterator[Fact]:
    meaning = library.labels["parts", "role"][row["role"]]
    yield Fact("Role", (Words(row["role"], title=meaning),))
    yield Fact("Meaning", tell(row["definition"]))
    if row["part_of"]:
        yield Fact("Part of", (_name(library, row["part_of"]),))
    if parts := library.group("parts", "part_of").get(row["part_id"]):
        yield Fact("Its parts", tuple(_name(library, one["part_id"]) for one in parts))
