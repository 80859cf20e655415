"""Figures as rows of a table: what was said, by whom, when and where, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dprk_russia.charts.colours import name_class
from dprk_russia.charts.scales import fit
from dprk_russia.documents.text import count_noun
from dprk_russia.record.wording import tell_amount, tell_date, tell_time
from dprk_russia.site.content import Words, address, is_web, name_title, read_language
from dprk_russia.site.evidence import Tree, grow
from dprk_russia.site.history import LOOKING_AHEAD, NEVER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dprk_russia.charts.scales import Scale
    from dprk_russia.site.library import Library, Row

# What later claims did to the claim of a figure, and how it is told.
_REACTIONS = {
    "denied_by": "denied by",
    "doubted_by": "doubted by",
    "contradicted_by": "contradicted by",
    "retracted_by": "withdrawn by",
    "misreported_by": "misreported by",
}
# How figures bear on each other, and how it is told.
_COMPARISONS = {"conflicts_with": "cannot stand beside", "agrees_with": "agrees with"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure on a scale from 0 to 100, as its row shows it; no number stands nowhere."""

    shape: str
    low: float | None
    value: float | None
    high: float | None
    side: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What became of a figure, the claim or the figures that made it so, and the day since which that claim is known."""

    text: str
    words: tuple[Words, ...]
    since: str = ""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure, as a page shows it."""

    figure_id: str
    known: str
    replaced: str
    said: str
    number: str
    as_of: str
    as_of_day: str
    speaker: Words
    side: str
    side_name: str
    stated: Words
    page: Words
    publication: Words
    claim: Words
    kind: str
    method: str
    parts: tuple[Words, ...]
    note: str
    looks_ahead: bool
    remarks: tuple[Remark, ...]
    mark: Mark
    tree: Tree


def list_figures(library: Library, rows: Sequence[Row], replaced: Mapping[str, str]) -> tuple[FigureRow, ...]:
    """Return some rows of `estimates` on one scale, the newest first, with the day since which each is known to be replaced."""
    ends = (row[column] for row in rows for column in ("value_low", "value", "value_high"))
    scale = fit([number for number in ends if number is not None])
    newest = sorted(rows, key=lambda row: (row["as_of"], row["asserted_on"], row["figure_id"]), reverse=True)
    return tuple(_make_row(library, row, scale, replaced.get(row["figure_id"], "")) for row in newest)


def _make_row(library: Library, row: Row, scale: Scale, replaced: str) -> FigureRow:
    claim = library.row("claims", row["claim_id"])
    return FigureRow(
        figure_id=row["figure_id"],
        known=row["first_known"] or "",
        replaced=replaced,
        said=tell_amount(row),
        number="" if row["number"] is None else f"{row['number']:.15g}",
        as_of=tell_time(row),
        as_of_day=row["as_of"],
        speaker=name_speaker(library, row["speaker_id"]),
        side=name_class(row["side"]),
        side_name=library.name_side(row["side"]),
        stated=quote(library, row),
        page=name_title(library.row("sources", row["source_id"])),
        publication=name_publication(library, row["source_id"]),
        claim=Words(row["claim_id"], address("claim", row["claim_id"])),
        kind=claim["kind"],
        method=(row["method"] or "").replace("_", " "),
        parts=name_parts(library, row),
        note=row["note"] or "",
        looks_ahead=claim["kind"] in LOOKING_AHEAD,
        remarks=tuple(_remark(library, row)),
        mark=_mark(row, scale),
        tree=grow(library, row["claim_id"]),
    )


def name_part(row: Row) -> str:
    """Return which part of the whole a figure measures, and under which assumption, in words."""
    return "; ".join(filter(None, (row["scope_name"], row["assumption_name"])))


def name_parts(library: Library, row: Row) -> tuple[Words, ...]:
    """Return the part of the whole that a figure measures, and what it assumes, which lead to their pages."""
    ids = (row[column] for column in ("scope", "assumption") if row[column])
    return tuple(Words(library.row("parts", part_id)["name"], address("part", part_id)) for part_id in ids)


def quote(library: Library, row: Row) -> Words:
    """Return the published words of a figure, in their language, which lead to where they were published."""
    lang = read_language(library.row("sources", row["source_id"])["language"])
    return Words(row["as_stated"], row["url"] if is_web(row["url"]) else "", "" if lang == "en" else lang)


def name_publication(library: Library, source_id: str) -> Words:
    """Return the publisher and the date of a source, which lead to its page."""
    source = library.row("sources", source_id)
    publisher = library.short_names[source["publisher_id"]]
    return Words(f"{publisher}, {tell_date(source['published'])}", address("source", source_id))


def name_speaker(library: Library, actor_id: str) -> Words:
    """Return the name of an actor, which leads to its page."""
    return Words(library.row("actors", actor_id)["name"], address("actor", actor_id))


def _remark(library: Library, row: Row) -> Iterator[Remark]:
    if row["superseded_by"]:
        yield _tell_claim(library, f"replaced on {tell_date(row['superseded_on'])} by", row["superseded_by"])
    for column, text in _REACTIONS.items():
        for claim_id in filter(None, (row[column] or "").split(";")):
            yield _tell_claim(library, text, claim_id)
    for column, text in _COMPARISONS.items():
        yield from _tell_figures(library, text, (row[column] or "").split(";"))


def _tell_claim(library: Library, text: str, claim_id: str) -> Remark:
    known = library.assessments[claim_id]["first_known"] or NEVER
    return Remark(text, (Words(claim_id, address("claim", claim_id)),), known)


def _tell_figures(library: Library, text: str, ids: Sequence[str]) -> Iterator[Remark]:
    """Yield a remark of the figures that have rows beside, and one of each whose claim misreports another."""
    if listed := [figure_id for figure_id in ids if figure_id in library.listed]:
        yield Remark(text, tuple(Words(figure_id, f"#{figure_id}") for figure_id in listed))
    for figure_id in ids:
        if figure_id in library.figures and figure_id not in library.listed:
            claim = _tell_claim(library, text, library.figures[figure_id]["claim_id"])
            yield replace(claim, words=(replace(claim.words[0], text=figure_id),))


def _mark(row: Row, scale: Scale) -> Mark:
    ends = (row["value_low"], row["value"], row["value_high"])
    low, value, high = (None if number is None else round(100 * scale.place(number), 2) for number in ends)
    shape = str(row["bound"]) if row["number"] is not None else "range"
    if low is not None and high is not None:
        shape = "range"
    elif low is None and value is None and high is None:
        shape = "words"
    return Mark(shape, low, value, high, name_class(row["side"]))


def summarise_conflicts(number: int) -> str:
    """Return how many pairs of figures exclude each other, in words."""
    return f" · {count_noun(number, 'pair')} of figures cannot both stand" if number else ""
