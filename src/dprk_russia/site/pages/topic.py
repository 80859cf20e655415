"""The page of a topic: its measures with their answers, its events, its disagreements, its claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dprk_russia.site.content import Page, Table, Words, address
from dprk_russia.site.history import History
from dprk_russia.site.pages.indicator import Answer, find_topic, list_answers, name_question
from dprk_russia.site.tables import (
    list_admissions,
    list_claims,
    list_denials,
    list_disagreements,
    list_events,
    sort_newest,
)

if TYPE_CHECKING:
    from dprk_russia.site.history import Knowledge
    from dprk_russia.site.library import Library, Row


@dataclass(frozen=True, slots=True)
class Question:
    """An indicator, with each side's newest answer and how contested it is."""

    words: Words
    topic_id: str
    answers: tuple[Answer, ...]
    summary: str
    sides: int
    conflicts: int
    points: tuple[Row, ...]

    @property
    def weight(self) -> tuple[int, int, int]:
        """Return how contested it is: by sides, pairs that exclude each other, and figures."""
        return self.sides, self.conflicts, len(self.points)


@dataclass(frozen=True, slots=True)
class Topic:
    """What the page of a topic tells."""

    topic_id: str
    definition: str
    questions: tuple[Question, ...]
    tables: tuple[Table, ...]


def ask(library: Library, knowledge: Knowledge) -> tuple[Question, ...]:
    """Return every indicator that has figures, by name."""
    figures = library.group("estimates", "indicator_id")
    rows = [row for row in library.rows("indicators") if row["indicator_id"] in figures]
    return tuple(
        _ask(library, knowledge, row) for row in sorted(rows, key=lambda row: row["name"].casefold())
    )


def _ask(library: Library, knowledge: Knowledge, indicator: Row) -> Question:
    indicator_id = indicator["indicator_id"]
    rows = library.group("estimates", "indicator_id")[indicator_id]
    now = History(knowledge, indicator_id).recall("")
    topic = find_topic(library, rows)
    return Question(
        words=Words(name_question(indicator), address("indicator", indicator_id), title=indicator["name"]),
        topic_id=topic.to if topic else "",
        answers=list_answers(library, now),
        summary=now.summary,
        sides=len({row["side"] for row in rows if row["scope"] is None and row["assumption"] is None}),
        conflicts=now.conflicts,
        points=tuple(rows),
    )


def write(library: Library, topic_id: str, questions: tuple[Question, ...]) -> Page:
    """Return the page of a topic."""
    topic = library.row("topics", topic_id)
    claims = library.group("claims", "topic_id").get(topic_id, [])
    pairs = sort_newest(library.group("disagreements", "topic_id").get(topic_id, []))
    denials = [row for row in pairs if row["how"] == "denies"]
    others = [row for row in pairs if row["how"] != "denies"]
    tables = (
        list_denials(library, denials, "What is denied"),
        list_admissions(library, claims, "What was admitted"),
        list_disagreements(library, others, "What cannot both stand"),
        list_events(library, library.group("timeline", "topic_id").get(topic_id, [])[::-1], "Events"),
        list_claims(library, claims, "Claims"),
    )
    content = Topic(
        topic_id=topic_id,
        definition=topic["definition"],
        questions=tuple(one for one in questions if one.topic_id == address("topic", topic_id)),
        tables=tuple(table for table in tables if table.rows),
    )
    return Page(address("topic", topic_id), "topic.html", topic["name"], topic["definition"], content)
