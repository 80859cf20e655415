"""What a search looks through: every row that has a page, as lines of text; and what it finds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dprk_russia.record.knowledge import rewind
from dprk_russia.record.wording import tell_amount
from dprk_russia.site.library import open_library
from dprk_russia.tabular.search import normalise, search

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dprk_russia.record.run import Record
    from dprk_russia.site.library import Library

# The kinds of pages that are found, in the order in which the entries of a site name them by number.
FOUND = ("indicator", "topic", "part", "place", "actor", "claim", "source")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as it is searched: what it is, its id, what is shown of it, and more text."""

    kind: str
    row_id: str
    title: str
    more: str

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the texts that are searched, the most telling first."""
        return tuple(map(normalise, (self.row_id, self.title, self.more)))


@dataclass(frozen=True, slots=True)
class Hits:
    """The entries that hold every word of a text, by kind, those first whose title holds them.

    From the ends of the words `cut` letters were cut off. `known_by` is the day by whose end the entries were known.
    """

    text: str
    entries: tuple[Entry, ...]
    cut: int
    version: str
    known_by: date | None = None


def find_entries(record: Record, text: str, known_by: date | None = None) -> Hits:
    """Return what holds every word of a text, as far as it was known by the end of a day."""
    library = open_library(record if known_by is None else rewind(record, known_by))
    entries = [
        entry for entry in _list_entries(library)
        if known_by is None or library.is_known(entry.kind, entry.row_id)
    ]  # fmt: skip
    places, cut = search({entry: entry.cells for entry in entries}, text)
    ordered = sorted(places, key=lambda entry: (FOUND.index(entry.kind), places[entry].column))
    return Hits(text, tuple(ordered), cut, record.package.version, known_by)


def write_index(library: Library) -> str:
    """Return the script that gives a page what it searches: of each entry its kind, its id, what is shown, and more text."""
    entries = [
        [FOUND.index(entry.kind), entry.row_id, entry.title, entry.more] for entry in _list_entries(library)
    ]
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"window.entries={text};\n"


def _list_entries(library: Library) -> Iterator[Entry]:
    """Yield every entry by kind, what most is recorded of first."""
    yield from _list_questions(library)
    for row in library.rows("topics"):
        yield Entry("topic", row["topic_id"], row["name"], row["definition"])
    for row in library.rows("parts"):
        yield Entry("part", row["part_id"], row["name"], row["definition"])
    for row in library.rows("places"):
        yield Entry("place", row["place_id"], row["name"], row["native_name"] or "")
    for row in library.rows("actors"):
        yield Entry("actor", row["actor_id"], row["name"], _join(row["native_name"], row["aliases"]))
    yield from _list_claims(library)
    yield from _list_sources(library)


def _list_questions(library: Library) -> Iterator[Entry]:
    """Yield the indicators, which the published words of their figures find too, in every language."""
    figures = library.group("estimates", "indicator_id")
    told = {row["indicator_id"]: figures.get(row["indicator_id"], []) for row in library.rows("indicators")}
    for row in sorted(library.rows("indicators"), key=lambda row: -len(told[row["indicator_id"]])):
        title = row.get("question") or row["name"]
        words = dict.fromkeys(figure["as_stated"] for figure in told[row["indicator_id"]])
        yield Entry("indicator", row["indicator_id"], title, _join(row["name"], row["definition"], *words))


def _list_claims(library: Library) -> Iterator[Entry]:
    figures = library.group("stated_figures", "claim_id")
    for row in sorted(
        library.rows("claims"), key=lambda row: -library.assessments[row["claim_id"]]["carriers"]
    ):
        speaker = library.row("actors", row["asserted_by"])["name"]
        topic = library.row("topics", row["topic_id"])["name"]
        said = (
            f"{figure['figure_id']} {tell_amount(figure)} {figure['as_stated']}"
            for figure in figures.get(row["claim_id"], ())
        )
        more = _join(speaker, row["asserted"], row["kind"], topic, *said)
        yield Entry("claim", row["claim_id"], row["statement"], more)


def _list_sources(library: Library) -> Iterator[Entry]:
    """Yield the sources, which what they changed finds too."""
    carried = library.group("evidence", "source_id")
    for row in library.rows("sources"):
        publisher = library.row("actors", row["publisher_id"])["name"]
        changes = (
            _join(evidence["rendering"].replace("_", " "), evidence["note"])
            for evidence in carried.get(row["source_id"], ())
            if evidence["rendering"]
        )
        more = _join(row["title_en"], publisher, row["author"], row["published"], row["url"], *changes)
        yield Entry("source", row["source_id"], row["title"], more)


def _join(*texts: str | None) -> str:
    return " ".join(filter(None, texts))
