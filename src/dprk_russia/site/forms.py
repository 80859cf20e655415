"""The forms of a dossier and of what a search finds: documents for a terminal, and JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dprk_russia.documents import Facts, Grid, Heading, Item, Outline, Paragraph, Row
from dprk_russia.record.wording import tell_date
from dprk_russia.site.content import find_row, is_web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dprk_russia.documents import Block, Document, Spans
    from dprk_russia.site.content import Cell, Fact, Table, Words
    from dprk_russia.site.dossier import Dossier, Section
    from dprk_russia.site.evidence import Node
    from dprk_russia.site.search import Hits

# The version of the JSON form of a dossier, which dossier.schema.json describes, and of hits, as in hits.schema.json.
DOSSIER_FORMAT = "1.0"
HITS_FORMAT = "1.0"
# Of each kind a terminal shows so many hits.
MOST_HITS = 10
_LETTERS = {1: "letter", 2: "two letters"}
_KINDS = {
    "indicator": "Questions",
    "topic": "Topics",
    "part": "Parts",
    "place": "Places",
    "actor": "Actors",
    "claim": "Claims",
    "source": "Sources",
}
# In tables the names of actors and measures stand without their ids, which would leave no room for the rest.
_WITH_ID = {"claim", "figure", "source"}


def write_document(dossier: Dossier) -> Document:
    """Return a dossier as a document, in which ids stand where a page has links."""
    return tuple(_write(dossier))


def _write(dossier: Dossier) -> Iterator[Block]:
    yield Heading(1, dossier.title.text, dossier.row_id)
    kind = f"{dossier.kind.capitalize()} {dossier.row_id}, "
    yield Paragraph((kind + _tell_state(dossier),))
    for section in dossier.sections:
        yield from _write_section(section)


def _tell_state(told: Dossier | Hits) -> str:
    """Return of which version something is told, and as known by which day."""
    known = f", as known by {tell_date(str(told.known_by))}" if told.known_by else ""
    return f"version {told.version}{known}"


def _write_section(section: Section) -> Iterator[Block]:
    rows = len(section.table.rows) if section.table else 0
    if section.title:
        yield Heading(2, f"{section.title} ({rows})" if rows > 1 else section.title, section.title)
    yield from (Paragraph((words.text,)) for words in section.sentences)
    if section.facts:
        yield Facts(tuple(pair for fact in section.facts for pair in _list_pairs(fact)))
    if section.table:
        yield _write_grid(section.table)
    if section.evidence:
        yield Paragraph((section.evidence.summary,))
        yield Outline(tuple(map(_write_node, section.evidence.origins)))


def _list_pairs(fact: Fact) -> Iterator[tuple[str, Spans]]:
    """Yield a line for each of the words of a fact, of which the first bears its name."""
    for place, words in enumerate(fact.words):
        meaning = f". {words.title}" if words.title else ""
        yield "" if place else fact.name, (f"{_name(words)}{meaning}",)


def _name(words: Words) -> str:
    """Return words with the address or the id to which they lead."""
    if is_web(words.to):
        return words.text if words.to == words.text else f"{words.text} <{words.to}>"
    return _add_id(words, words.text)


def _add_id(words: Words, beside: str) -> str:
    """Return words with the id to which they lead, unless it stands beside them."""
    row = find_row(words.to)
    return f"{words.text} ({row[1]})" if row and row[1] not in beside else words.text


def _write_grid(table: Table) -> Grid:
    return Grid(
        heads=tuple(head.name for head in table.heads),
        rows=tuple(Row(tuple((_write_cell(cell, row),) for cell in row)) for row in table.rows),
        numeric=frozenset(head.name for head in table.heads if head.form == "numeric"),
    )


def _write_cell(cell: Cell, row: tuple[Cell, ...]) -> str:
    beside = " ".join(one.text for one in row)
    return cell.between.join(
        _add_id(words, beside) if (find_row(words.to) or ("",))[0] in _WITH_ID else words.text
        for words in cell.words
    )


def _write_node(node: Node) -> Item:
    told = [f"{_name(node.title)}, {node.publisher.text}, {node.published}", node.how]
    told += [] if node.is_read else ["not read"]
    told += [": ".join(filter(None, (node.altered, node.note)))] if node.altered or node.note else []
    return Item((" · ".join(told),), tuple(map(_write_node, node.takers)))


def write_json(dossier: Dossier) -> str:
    """Return a dossier as JSON."""
    return _serialise(
        DOSSIER_FORMAT,
        dossier,
        kind=dossier.kind,
        id=dossier.row_id,
        title=_pack_words(dossier.title),
        sections=[_pack_section(section) for section in dossier.sections],
    )


def _serialise(form: str, told: Dossier | Hits, **content: object) -> str:
    """Return what is told of a version, or of a day of it, as JSON of some form."""
    head = {"format": form, "version": told.version, "known_by": told.known_by and str(told.known_by)}
    return json.dumps(head | content, ensure_ascii=False, indent=2)


def _pack_section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "sentences": [_pack_words(words) for words in section.sentences],
        "facts": [{"name": fact.name, "values": [*map(_pack_words, fact.words)]} for fact in section.facts],
        "table": section.table and _pack_table(section.table),
        "evidence": section.evidence and [_pack_node(node) for node in section.evidence.origins],
    }


def _pack_words(words: Words) -> dict[str, str]:
    """Return words with what they lead to, a row or an address, their language where it is not English, and a meaning."""
    kind, row_id = find_row(words.to) or ("", "")
    packed = {
        "text": words.text,
        "kind": kind,
        "id": row_id,
        "url": words.to if is_web(words.to) else "",
        "language": words.lang,
        "meaning": words.title,
    }
    return {key: value for key, value in packed.items() if value or key == "text"}


def _pack_table(table: Table) -> dict[str, Any]:
    return {
        "columns": [head.name for head in table.heads],
        "rows": [
            [{"value": cell.value, "words": [*map(_pack_words, cell.words)]} for cell in row]
            for row in table.rows
        ],
    }


def _pack_node(node: Node) -> dict[str, Any]:
    return {
        "source": _pack_words(node.title),
        "publisher": _pack_words(node.publisher),
        "published": node.published,
        "how": node.how,
        "altered": node.altered,
        "note": node.note,
        "locator": node.locator,
        "read": node.is_read,
        "takers": [_pack_node(taker) for taker in node.takers],
    }


def list_hits(hits: Hits) -> Document:
    """Return what a search finds as a document: of each kind the first, with the number of the rest."""
    return tuple(_list_hits(hits))


def _list_hits(hits: Hits) -> Iterator[Block]:
    cut = f" without the last {_LETTERS[hits.cut]} of each word" if hits.cut else ""
    advice = "" if hits.entries else ". Fewer words find more, and so do parts of words"
    yield Paragraph((f"{len(hits.entries):,} found{cut}{advice}; {_tell_state(hits)}",))
    for kind, title in _KINDS.items():
        found = [entry for entry in hits.entries if entry.kind == kind]
        if found:
            yield Heading(2, f"{title} ({len(found):,})", kind)
            yield Facts(tuple((entry.row_id, (entry.title,)) for entry in found[:MOST_HITS]))
        if len(found) > MOST_HITS:
            yield Paragraph((f"and {len(found) - MOST_HITS:,} more",))


def write_hits(hits: Hits) -> str:
    """Return all that a search finds as JSON."""
    return _serialise(
        HITS_FORMAT,
        hits,
        text=hits.text,
        cut=hits.cut,
        hits=[{"kind": entry.kind, "id": entry.row_id, "title": entry.title} for entry in hits.entries],
    )
