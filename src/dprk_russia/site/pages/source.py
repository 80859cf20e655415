"""The page of a source: whether it was read, what it carries and from whom, what it altered, and who took it from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dprk_russia.record.wording import tell_date
from dprk_russia.site.content import (
    Cell,
    Fact,
    Page,
    Table,
    Words,
    address,
    is_web,
    name_heads,
    name_title,
    plain,
    read_language,
    tell,
)
from dprk_russia.site.figures import name_publication, name_speaker
from dprk_russia.site.tables import claim_cell, id_cell, speaker_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dprk_russia.site.library import Library, Row


@dataclass(frozen=True, slots=True)
class Publication:
    """What the page of a source tells."""

    source_id: str
    title: Words
    facts: tuple[Fact, ...]
    reading: tuple[Fact, ...]
    tables: tuple[Table, ...]
    citation: str


def write(library: Library, source_id: str, citation: str) -> Page:
    """Return the page of a source, with what cites it."""
    source = library.row("sources", source_id)
    publication = Publication(
        source_id=source_id,
        title=name_title(source),
        facts=tuple(_list_facts(library, source)),
        reading=tuple(_list_reading(library, source)),
        tables=tuple(filter(None, (_list_carried(library, source_id), _list_taken(library, source_id)))),
        citation=citation,
    )
    publisher = library.row("actors", source["publisher_id"])["name"]
    return Page(
        address("source", source_id),
        "source.html",
        source["title"],
        f"{publisher}, {tell_date(source['published'])}: which claims it carries, from whom, and what it altered.",
        publication,
    )


def _list_facts(library: Library, source: Row) -> Iterator[Fact]:
    if source["title_en"]:
        yield Fact("In English", tell(source["title_en"]))
    yield Fact("Publisher", (name_speaker(library, source["publisher_id"]),))
    if source["author"]:
        yield Fact("Author", tell(source["author"]))
    yield Fact("Published", tell(tell_date(source["published"])))
    yield Fact("Kind", (_label(library, source, "kind"),))
    if read_language(source["language"]):
        yield Fact("Language", tell(source["language"]))
    for column, name in (("url", "Address"), ("read_at", "Read at")):
        if source[column]:
            yield Fact(name, (Words(source[column], source[column] if is_web(source[column]) else ""),))
    if source["access"]:
        yield Fact("Access", (_label(library, source, "access"),))
    if source["note"]:
        yield Fact("Note", tell(source["note"]))


def _list_reading(library: Library, source: Row) -> Iterator[Fact]:
    yield Fact("Read", (Words(library.labels["sources", "read"][source["read"]]),))
    if source["read_on"]:
        yield Fact("Read on", tell(tell_date(source["read_on"])))
    if source["reliability"]:
        meaning = library.labels["sources", "reliability"][source["reliability"]]
        yield Fact("Record of the outlet", tell(f"{source['reliability']}. {meaning}"))
    if source["reliability_basis"]:
        yield Fact("Reason", tell(source["reliability_basis"]))


def _label(library: Library, source: Row, column: str) -> Words:
    return Words(source[column].replace("_", " "), title=library.labels["sources", column][source[column]])


def _list_carried(library: Library, source_id: str) -> Table:
    heads = name_heads("Claim", "Speaker", "From whom", "Altered", "Note", "Id")
    rows = library.group("evidence", "source_id").get(source_id, [])
    cells = tuple(
        (
            claim_cell(library, row["claim_id"]),
            speaker_cell(library, library.row("claims", row["claim_id"])["asserted_by"]),
            _name_relayed(library, row),
            plain((row["rendering"] or "").replace("_", " ")),
            plain(row["note"]),
            id_cell(row["claim_id"]),
        )
        for row in rows
    )
    return Table("What it carries", heads, cells, name="carries")


def _name_relayed(library: Library, row: Row) -> Cell:
    if row["relays_id"] is None:
        return plain("heard the speaker" if row["attribution"] == "heard" else "the speaker's own")
    return Cell((name_publication(library, row["relays_id"]),), row["relays_id"])


def _list_taken(library: Library, source_id: str) -> Table | None:
    rows = library.group("evidence", "relays_id").get(source_id, [])
    if not rows:
        return None
    heads = name_heads("Publication", "Publisher", "Published", "Altered", "Claim", dates={"Published"})
    sources = library.index("sources")
    cells = tuple(
        (
            Cell((name_title(sources[row["source_id"]]),), row["source_id"]),
            speaker_cell(library, sources[row["source_id"]]["publisher_id"]),
            Cell(
                tell(tell_date(sources[row["source_id"]]["published"])),
                sources[row["source_id"]]["published"] or "",
            ),
            plain((row["rendering"] or "").replace("_", " ")),
            claim_cell(library, row["claim_id"]),
        )
        for row in rows
    )
    return Table("Who took it from here", heads, cells, name="taken")
