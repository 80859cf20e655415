"""A row as a dossier: what its page tells, section by section, to be read on a terminal or by a program."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from dprk_russia.contract.errors import NotFoundError
from dprk_russia.contract.schema import shorten
from dprk_russia.record.citation import gather_items, render_text
from dprk_russia.record.knowledge import rewind
from dprk_russia.record.wording import NO_ANSWER, tell_date
from dprk_russia.site.content import (
    KINDS,
    Cell,
    Fact,
    Table,
    Words,
    address,
    leading,
    name_heads,
    plain,
    tell,
)
from dprk_russia.site.figures import list_figures
from dprk_russia.site.history import History, Knowledge
from dprk_russia.site.library import open_library
from dprk_russia.site.pages import actor, claim, indicator, part, place, source, topic
from dprk_russia.site.tables import claim_words
from dprk_russia.tabular.nearness import IdIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from dprk_russia.record.run import Record
    from dprk_russia.site.content import Page
    from dprk_russia.site.evidence import Tree
    from dprk_russia.site.figures import FigureRow
    from dprk_russia.site.library import Library, Row
    from dprk_russia.site.pages.indicator import Answer

FIGURE, PART = "figure", "part"
# The table of each kind of row that has a page.
TABLES = {kind: table for table, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a dossier under a title: sentences, facts, a table, and the publications that carry a claim, where it has any."""

    title: str
    sentences: tuple[Words, ...] = ()
    facts: tuple[Fact, ...] = ()
    table: Table | None = None
    evidence: Tree | None = None

    def __bool__(self) -> bool:
        return bool(self.sentences or self.facts or (self.table and self.table.rows) or self.evidence)


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the page of a row tells. `known_by` is the day by whose end it was known, none for all that is recorded."""

    kind: str
    row_id: str
    title: Words
    sections: tuple[Section, ...]
    version: str
    known_by: date | None = None


def tell_dossier(record: Record, name: str, known_by: date | None = None) -> Dossier:
    """Return the dossier of a claim, figure, source, actor, indicator, part, topic or place, as far as it was known by a day.

    `name` is its id; where an actor and a place share one, what it is comes before: `place/egypt`. A part that shares its id
    is always named so: `part/russia`.

    Raises
    ------
    NotFoundError
        If there is none of that id, there are two, or it was not known by the day.
    """
    library = whole = open_library(record)
    kind, row_id = _find(whole, name)
    if known_by is not None:
        library = open_library(rewind(record, known_by))
        if not library.is_known(kind, row_id):
            raise NotFoundError(_date(whole, kind, row_id, known_by))
    title, sections = _COMPOSERS[kind](library, row_id)
    return Dossier(
        kind, row_id, title, tuple(filter(Section.__bool__, sections)), record.package.version, known_by
    )


def _find(library: Library, name: str) -> tuple[str, str]:
    """Return what a name is an id of, and the id."""
    wanted, _, row_id = name.rpartition("/")
    kinds = [kind for kind in _COMPOSERS if wanted in {"", kind} and _has(library, kind, row_id)]
    if not wanted and len(kinds) > 1:
        # Many parts have the id of the actor, place or topic for which they are named.
        kinds = [kind for kind in kinds if kind != PART]
    match kinds:
        case [kind]:
            return kind, row_id
        case []:
            raise NotFoundError(_explain(library, name))
        case _:
            told = " or ".join(f"{kind}/{row_id}" for kind in kinds)
            raise NotFoundError(f"{row_id} is an id of more than one kind: say {told}.")


def _has(library: Library, kind: str, row_id: str) -> bool:
    return row_id in (library.figures if kind == FIGURE else library.index(TABLES[kind]))


def _explain(library: Library, name: str) -> str:
    """Return why there is no dossier of a name, and what there is."""
    told = shorten(name)
    for row in library.rows("retired_ids"):
        if row["old_id"] == name:
            successor = f"see {row['replaced_by']}" if row["replaced_by"] else "nothing replaces it"
            return f"{told} was retired in version {row['retired_in']} ({row['reason']}); {successor}."
    known = chain(library.figures, *(library.index(table) for table in KINDS))
    nearest = IdIndex(known).find_nearest(name)
    hint = f"Did you mean {nearest}?" if nearest else "dprk-russia search finds ids by words."
    return f"There is no claim, figure, source, actor, indicator, part, topic or place {told}. {hint}"


def _date(library: Library, kind: str, row_id: str, day: date) -> str:
    """Return since when a row is known that was not by a day."""
    rows = {"claim": library.assessments, "figure": library.figures, "source": library.index("sources")}
    since = rows[kind][row_id]["published" if kind == "source" else "first_known"]
    told = f"it is known since {tell_date(since)}" if since else "no publication that carries it has a date"
    return f"{row_id} was not known by {tell_date(str(day))}; {told}."


def _compose_claim(library: Library, row_id: str) -> tuple[Words, Iterable[Section]]:
    told = claim.tell_claim(library, library.row("claims", row_id))
    bearings = tuple(
        Fact(
            one.name,
            tuple(replace(said, text=f"{speaker.text}: {said.text}") for speaker, said in one.claims),
        )
        for one in told.bearings
    )
    return Words(told.statement), (
        Section("", facts=told.facts + told.judgement + told.support),
        *_list_tables(*filter(None, (told.figures,))),
        Section("Where it comes from", evidence=told.tree),
        Section("Beside other claims", facts=bearings),
        Section("What is not known", sentences=tell(*told.unknown)),
        Section("Cite", sentences=tell(told.citation)),
    )


def _compose_figure(library: Library, row_id: str) -> tuple[Words, Iterable[Section]]:
    row = library.figures[row_id]
    replaced = History(Knowledge(library), row["indicator_id"]).replaced
    (figure,) = list_figures(library, [row], replaced)
    beside = list_figures(library, _list_rivals(library, row), replaced)
    measure = library.row("indicators", row["indicator_id"])
    facts = [
        Fact(
            "Measure", (Words(indicator.name_question(measure), address("indicator", row["indicator_id"])),)
        ),
        Fact("Part", figure.parts),
        Fact("Figure", tell(figure.said)),
        Fact("When", tell(figure.as_of)),
        Fact("As published", (replace(figure.stated, to=""),)),
        Fact("Page", (figure.page,)),
        Fact("Address", tell(figure.stated.to)),
        Fact("Speaker", (figure.speaker,)),
        Fact("Side", tell(figure.side_name)),
        Fact("Claim", (claim_words(library, row["claim_id"]),)),
        Fact("Kind", tell(figure.kind)),
        Fact("Method", tell(figure.method)),
        Fact("Note", tell(figure.note)),
        *(Fact(remark.text[0].upper() + remark.text[1:], remark.words) for remark in figure.remarks),
    ]
    return Words(f"{figure.said}: {indicator.name_question(measure)}"), (
        Section("", facts=tuple(fact for fact in facts if fact.words)),
        Section("Figures beside it", table=_tabulate(beside, "Figures beside it")),
        Section("Where it comes from", evidence=figure.tree),
    )


def _compose_indicator(library: Library, row_id: str) -> tuple[Words, Iterable[Section]]:
    told = indicator.tell_measure(library, Knowledge(library), row_id)
    topics = (Fact("Topic", (told.topic,)),) if told.topic else ()
    return Words(told.question), (
        _list_answers(told.answers),
        Section("", sentences=tell(told.summary + told.conflicts)),
        *(Section(body.title, table=_tabulate(body.rows, body.title)) for body in told.bodies),
        Section("What is measured", facts=told.definition + topics),
    )


def _compose_source(library: Library, row_id: str) -> tuple[Words, Iterable[Section]]:
    citation = render_text(gather_items(library.edition.record, [row_id])).strip()
    told: source.Publication = source.write(library, row_id, citation).content
    return told.title, (
        Section("", facts=told.facts + told.reading),
        *_list_tables(*told.tables),
        Section("Cite", sentences=tell(told.citation)),
    )


def _compose_topic(library: Library, row_id: str) -> tuple[Words, Iterable[Section]]:
    page = topic.write(library, row_id, topic.ask(library, Knowledge(library)))
    told: topic.Topic = page.content
    rows = tuple((Cell((one.words,), one.words.text), _join_answers(one.answers)) for one in told.questions)
    questions = Table("Questions", name_heads("Question", "The newest figure of each side"), rows)
    return Words(page.title), (
        Section("", sentences=tell(told.definition)),
        *_list_tables(questions, *told.tables),
    )


def _compose_page(page: Page) -> tuple[Words, Iterable[Section]]:
    """Return a page of facts and tables."""
    return Words(page.title), (Section("", facts=page.content.facts), *_list_tables(*page.content.tables))


_COMPOSERS: Mapping[str, Callable[[Library, str], tuple[Words, Iterable[Section]]]] = {
    "claim": _compose_claim,
    FIGURE: _compose_figure,
    "indicator": _compose_indicator,
    PART: lambda library, row_id: _compose_page(part.write(library, row_id)),
    "source": _compose_source,
    "actor": lambda library, row_id: _compose_page(actor.write(library, row_id)),
    "topic": _compose_topic,
    "place": lambda library, row_id: _compose_page(place.write(library, row_id)),
}


def _list_tables(*tables: Table) -> Iterator[Section]:
    """Yield a section for each table."""
    yield from (Section(table.caption, table=table) for table in tables)


def _list_rivals(library: Library, row: Row) -> list[Row]:
    """Return the figures that cannot stand beside one, and those that agree with it."""
    ids = ";".join(row[column] or "" for column in ("conflicts_with", "agrees_with")).split(";")
    return [library.figures[figure_id] for figure_id in ids if figure_id]


def _tabulate(rows: Iterable[FigureRow], caption: str) -> Table:
    """Return figures as a table."""
    heads = name_heads(
        "When", "Figure", "Speaker", "As published", "Standing", "Evidence", "Id", dates={"When"}
    )
    cells = tuple(
        (
            plain(row.as_of, row.as_of_day),
            plain(row.said, row.number),
            Cell((row.speaker,), row.speaker.text),
            Cell((row.stated,), row.stated.text),
            _join_remarks(row),
            plain(row.tree.summary),
            leading(row.figure_id, f"#{row.figure_id}"),
        )
        for row in rows
    )
    return Table(caption, heads, cells)


def _join_remarks(row: FigureRow) -> Cell:
    words = tuple(
        one if place else replace(one, text=f"{remark.text} {one.text}")
        for remark in row.remarks
        for place, one in enumerate(remark.words)
    )
    return Cell(words, ", ".join(one.text for one in words), ", ")


def _list_answers(answers: Iterable[Answer]) -> Section:
    """Return the newest figure of each side."""
    title = "The newest figure of each side"
    rows = tuple(
        (
            plain(one.as_of),
            Cell((one.said, *tell("looking ahead" if one.looks_ahead else "")), one.said.text, ", "),
            plain(one.side_name),
            Cell((one.speaker,), one.speaker.text),
        )
        for one in answers
    )
    heads = name_heads("When", "Figure", "Side", "Speaker", dates={"When"})
    return Section(title, table=Table(title, heads, rows)) if rows else Section("", sentences=tell(NO_ANSWER))


def _join_answers(answers: Iterable[Answer]) -> Cell:
    words = tuple(
        replace(one.said, text=f"{one.speaker.text}, {one.said.text} ({one.as_of})") for one in answers
    )
    return Cell(words, "; ".join(one.text for one in words))
