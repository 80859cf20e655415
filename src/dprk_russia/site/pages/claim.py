"""The page of a claim: what was said and by whom, where it comes from, and what stands for and against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dprk_russia.documents.text import count_noun
from dprk_russia.record.citation import describe_part, render_text
from dprk_russia.record.wording import tell_amount, tell_date, tell_period, tell_time
from dprk_russia.site.content import (
    Cell,
    Fact,
    Page,
    Table,
    Words,
    address,
    is_web,
    leading,
    name_heads,
    plain,
    tell,
)
from dprk_russia.site.evidence import Tree, grow
from dprk_russia.site.figures import name_part, name_speaker, quote
from dprk_russia.site.tables import claim_words, find_figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dprk_russia.site.library import Library, Row

_REACTIONS = {
    "denied_by": "Denied by",
    "doubted_by": "Doubted by",
    "contradicted_by": "Contradicted by",
    "conflicts_with": "Its figures exclude those of",
    "agrees_with": "Its figures agree with those of",
    "updated_by": "Updated by",
    "retracted_by": "Withdrawn by",
    "misreported_by": "Misreported by",
    "derived_from": "Derived from",
}
# What a claim does to others, by relation of its links.
_DOINGS = {
    "denies": "Denies",
    "doubts": "Doubts",
    "updates": "Updates",
    "retracts": "Withdraws",
    "misreports": "Misreports",
    "corroborates": "Said by others too",
}
_UNJUDGED = {"assessment", "forecast", "position"}


@dataclass(frozen=True, slots=True)
class Bearing:
    """How other claims bear on one, and which."""

    name: str
    claims: tuple[tuple[Words, Words], ...]


@dataclass(frozen=True, slots=True)
class Assertion:
    """What the page of a claim tells."""

    claim_id: str
    statement: str
    facts: tuple[Fact, ...]
    judgement: tuple[Fact, ...]
    support: tuple[Fact, ...]
    figures: Table | None
    figure_ids: tuple[str, ...]
    tree: Tree
    bearings: tuple[Bearing, ...]
    unknown: tuple[str, ...]
    citation: str


def write(library: Library, claim_id: str) -> Page:
    """Return the page of a claim."""
    claim = library.row("claims", claim_id)
    assertion = tell_claim(library, claim)
    return Page(
        address("claim", claim_id),
        "claim.html",
        f"{claim_id}: {claim['statement']}",
        claim["statement"],
        assertion,
        linked_data=describe(library, claim),
    )


def tell_claim(library: Library, claim: Row) -> Assertion:
    """Return what is told of a claim."""
    claim_id = claim["claim_id"]
    tree = grow(library, claim_id)
    item = describe_part(library.package, claim_id, f"Claim {claim_id}")
    return Assertion(
        claim_id=claim_id,
        statement=claim["statement"],
        facts=tuple(_list_facts(library, claim)),
        judgement=tuple(_judge(library, claim)),
        support=tuple(_list_support(library, claim, tree)),
        figures=_list_figures(library, claim_id),
        figure_ids=tuple(
            row["figure_id"] for row in library.group("stated_figures", "claim_id").get(claim_id, [])
        ),
        tree=tree,
        bearings=tuple(_list_bearings(library, claim_id)),
        unknown=tuple(_list_unknown(library, claim, tree)),
        citation=render_text([item]).strip(),
    )


def _list_facts(library: Library, claim: Row) -> Iterator[Fact]:
    labels = library.labels
    yield Fact("Speaker", (name_speaker(library, claim["asserted_by"]),))
    for row in library.group("claim_actors", "claim_id").get(claim["claim_id"], []):
        yield Fact(row["role"].replace("_", " ").capitalize(), (name_speaker(library, row["actor_id"]),))
    yield Fact("Said", tell(tell_date(claim["asserted"])))
    yield Fact("Kind", (Words(claim["kind"], title=labels["claims", "kind"][claim["kind"]]),))
    if claim["certainty"]:
        meaning = labels["claims", "certainty"][claim["certainty"]]
        yield Fact("Certainty", (Words(claim["certainty"].replace("_", " "), title=meaning),))
    topic = library.row("topics", claim["topic_id"])
    yield Fact("Topic", (Words(topic["name"], address("topic", topic["topic_id"])),))
    for column, name in (("subject_id", "About"), ("object_id", "Towards")):
        if claim[column]:
            yield Fact(name, (name_speaker(library, claim[column]),))
    if claim["place_id"]:
        place = library.row("places", claim["place_id"])
        yield Fact("Place", (Words(place["name"], address("place", place["place_id"])),))
    if claim["period_start"] or claim["period_end"]:
        yield Fact("When", tell(write_period(claim["period_start"], claim["period_end"])))
    if claim["note"]:
        yield Fact("Note", tell(claim["note"]))


def write_period(start: str | None, end: str | None) -> str:
    """Return a period in words."""
    if start and end:
        return tell_period(start, end)
    return f"from {tell_date(start)}" if start else f"until {tell_date(end)}"


def _judge(library: Library, claim: Row) -> Iterator[Fact]:
    """Yield the compilers' judgement and its reason."""
    if claim["credibility"] is None:
        return
    meaning = library.labels["claims", "credibility"][str(claim["credibility"])]
    yield Fact("Credibility", tell(f"{claim['credibility']} of 6. {meaning}"))
    if claim["credibility_basis"]:
        yield Fact("Reason", tell(claim["credibility_basis"]))


def _list_support(library: Library, claim: Row, tree: Tree) -> Iterator[Fact]:
    implied = library.assessments[claim["claim_id"]]
    yield Fact("First known", tell(tell_date(implied["first_known"])))
    yield Fact("Evidence", tell(tree.summary))
    for column, name in (("parties", "Parties that assert it"), ("admitted_by", "Admitted by")):
        if implied[column]:
            yield Fact(name, tuple(name_speaker(library, actor) for actor in implied[column].split(";")))


def _list_figures(library: Library, claim_id: str) -> Table | None:
    rows = library.group("stated_figures", "claim_id").get(claim_id, [])
    if not rows:
        return None
    heads = name_heads("Measure", "Figure", "As published", "When", "Rivals", "Id", dates={"When"})
    cells = tuple(_write_figure(library, row) for row in rows)
    return Table("Figures", heads, cells, name="figures")


def _write_figure(library: Library, row: Row) -> tuple[Cell, ...]:
    indicator = library.row("indicators", row["indicator_id"])
    part = name_part(row)
    page = address("indicator", row["indicator_id"])
    rivals = (("conflicts_with", "cannot stand beside"), ("agrees_with", "agrees with"))
    found = tuple(
        Words(f"{told} {figure_id}", f"{page}#{figure_id}")
        for column, told in rivals
        for figure_id in (row[column] or "").split(";")
        if figure_id in library.listed
    )
    return (
        leading(f"{indicator['name']} ({part})" if part else indicator["name"], page),
        plain(tell_amount(row)),
        Cell((quote(library, row),), row["as_stated"]),
        Cell(tell(tell_time(row)), row["as_of"]),
        Cell(found, "; ".join(words.text for words in found)),
        leading(row["figure_id"], find_figure(library, row)),
    )


def _list_bearings(library: Library, claim_id: str) -> Iterator[Bearing]:
    implied = library.assessments[claim_id]
    for column, name in _REACTIONS.items():
        if implied[column]:
            yield Bearing(name, tuple(_name(library, other) for other in implied[column].split(";")))
    links = library.group("claim_links", "claim_id").get(claim_id, [])
    for relation, name in _DOINGS.items():
        others = [row["other_id"] for row in links if row["relation"] == relation]
        if relation == "corroborates":
            back = library.group("claim_links", "other_id").get(claim_id, [])
            others += [row["claim_id"] for row in back if row["relation"] == relation]
        if others:
            yield Bearing(name, tuple(_name(library, other) for other in sorted(others)))


def _name(library: Library, claim_id: str) -> tuple[Words, Words]:
    return name_speaker(library, library.row("claims", claim_id)["asserted_by"]), claim_words(
        library, claim_id
    )


def _list_unknown(library: Library, claim: Row, tree: Tree) -> Iterator[str]:
    """Yield what the record does not know of a claim."""
    implied = library.assessments[claim["claim_id"]]
    nodes = tree.nodes
    unread = sum(1 for node in nodes if not node.is_read)
    undated = sum(1 for node in nodes if node.published == tell_date(None))
    if not implied["origin_read"]:
        yield "No publication at the end of its chains of evidence was read; what was first said is known through others."
    elif unread:
        yield f"{count_noun(unread, 'publication')} of {len(nodes)} that carry it {'was' if unread == 1 else 'were'} not read."
    if implied["first_known"] is None:
        yield "No publication that carries it has a date, so it is not known when it became known."
    elif undated:
        yield f"{count_noun(undated, 'publication')} of {len(nodes)} {'has' if undated == 1 else 'have'} no date."
    if claim["credibility"] is None and claim["kind"] not in _UNJUDGED:
        yield "Its credibility was not judged."


def describe(library: Library, claim: Row) -> dict[str, Any]:
    """Return a claim in the terms of schema.org. The data set gives no verdicts, so it is no review."""
    speaker = library.row("actors", claim["asserted_by"])
    return {
        "@context": "https://schema.org",
        "@type": "Claim",
        "identifier": claim["claim_id"],
        "text": claim["statement"],
        "author": {
            "@type": "Person" if speaker["kind"] == "person" else "Organization",
            "name": speaker["name"],
        },
        "datePublished": claim["asserted"],
        "appearance": [
            {"@type": "CreativeWork", "name": source["title"], "url": source["url"]}
            for row in library.group("evidence", "claim_id").get(claim["claim_id"], [])
            if is_web((source := library.row("sources", row["source_id"]))["url"])
        ],
        "isPartOf": {"@type": "Dataset", "name": library.package.title, "version": library.package.version},
    }


def collect(library: Library, claim_id: str) -> dict[str, Any]:
    """Return the rows of a claim as plain data: the claim, its actors, evidence, links, figures and what they imply."""
    parts = ("claim_actors", "evidence", "claim_links")
    return {
        "version": library.package.version,
        "claim": library.row("claims", claim_id),
        **{name: library.group(name, "claim_id").get(claim_id, []) for name in parts},
        "figures": library.group("stated_figures", "claim_id").get(claim_id, []),
        "assessment": library.assessments[claim_id],
    }
