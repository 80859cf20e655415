"""The page of an indicator: the question, each side's newest answer, every figure over time, and how each is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dprk_russia.charts.chart import Chart, make_chart
from dprk_russia.charts.colours import name_class
from dprk_russia.charts.points import divide
from dprk_russia.record.wording import tell_amount, tell_time
from dprk_russia.site.content import Fact, Page, Words, address, tell
from dprk_russia.site.figures import FigureRow, list_figures, name_part, summarise_conflicts
from dprk_russia.site.history import LOOKING_AHEAD, History, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dprk_russia.charts.points import Series
    from dprk_russia.site.history import Knowledge
    from dprk_russia.site.library import Library, Row


@dataclass(frozen=True, slots=True)
class Answer:
    """The newest figure of a side."""

    side: str
    side_name: str
    speaker: Words
    said: Words
    as_of: str
    looks_ahead: bool


@dataclass(frozen=True, slots=True)
class Body:
    """The figures of one series: the whole, a part of it, or a scenario."""

    name: str
    title: str
    parts: tuple[Words, ...]
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """What the page of an indicator tells."""

    indicator: Row
    question: str
    answers: tuple[Answer, ...]
    summary: str
    conflicts: str
    undated: int
    chart: Chart | None
    bodies: tuple[Body, ...]
    sides: tuple[tuple[str, str], ...]
    shapes: frozenset[str]
    definition: tuple[Fact, ...]
    topic: Words | None
    history: dict[str, Any]


def write(library: Library, knowledge: Knowledge, indicator_id: str) -> Page:
    """Return the page of an indicator."""
    measure = tell_measure(library, knowledge, indicator_id)
    return Page(
        address("indicator", indicator_id),
        "indicator.html",
        measure.question,
        f"{measure.indicator['definition']} {measure.summary}",
        measure,
    )


def tell_measure(library: Library, knowledge: Knowledge, indicator_id: str) -> Measure:
    """Return what is told of an indicator."""
    indicator = library.row("indicators", indicator_id)
    rows = library.group("estimates", "indicator_id").get(indicator_id, [])
    history = History(knowledge, indicator_id)
    now = history.recall("")
    question = name_question(indicator)
    bodies = tuple(_make_body(library, series, history) for series in divide(rows))
    return Measure(
        indicator=indicator,
        question=question,
        answers=list_answers(library, now),
        summary=now.summary,
        conflicts=summarise_conflicts(now.conflicts),
        undated=sum(1 for row in rows if row["first_known"] is None),
        chart=make_chart(question, rows, library.short_names) if rows else None,
        bodies=bodies,
        sides=tuple(_list_sides(library, rows)),
        shapes=frozenset(row.mark.shape for body in bodies for row in body.rows),
        definition=tuple(_define(indicator)),
        topic=find_topic(library, rows),
        history=write_history(history),
    )


def name_question(indicator: Row) -> str:
    """Return what an indicator asks, or its name where it has no question."""
    return str(indicator.get("question") or indicator["name"])


def list_answers(library: Library, state: State) -> tuple[Answer, ...]:
    """Return the newest figure of each side, the newest first."""
    claims = library.index("claims")
    rows = (library.figures[figure_id] for figure_id in state.answer)
    return tuple(
        Answer(
            side=name_class(row["side"]),
            side_name=library.name_side(row["side"]),
            speaker=Words(
                library.short_names[row["speaker_id"]],
                address("actor", row["speaker_id"]),
                title=row["speaker"],
            ),
            said=Words(tell_amount(row), f"{address('indicator', row['indicator_id'])}#{row['figure_id']}"),
            as_of=tell_time(row),
            looks_ahead=claims[row["claim_id"]]["kind"] in LOOKING_AHEAD,
        )
        for row in rows
    )


def _make_body(library: Library, series: Series, history: History) -> Body:
    name = "-".join(filter(None, ("series", series.scope, series.assumption, series.currency.lower())))
    parts = tuple(
        Words(library.row("parts", part_id)["definition"], address("part", part_id))
        for part_id in (series.scope, series.assumption)
        if part_id
    )
    return Body(name, _entitle(series), parts, list_figures(library, series.rows, history.replaced))


def _entitle(series: Series) -> str:
    """Return which part of the whole a series measures, or under which assumption, and in which currency."""
    title = "All figures for the whole"
    if not series.is_whole:
        title = f"{'Scenario' if series.assumption else 'Part of the whole'}: {name_part(series.rows[0])}"
    return f"{title}, in {series.currency}" if series.currency else title


def _list_sides(library: Library, rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Yield the classes of colour that stand on the page, with the sides that bear each."""
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(name_class(row["side"]), set()).add(library.name_side(row["side"]))
    for name in sorted(found, key=lambda name: (name == name_class(""), name)):
        yield name, ", ".join(sorted(found[name]))


def _define(indicator: Row) -> Iterator[Fact]:
    names = {
        "definition": "What is counted",
        "includes": "Includes",
        "excludes": "Not included",
        "accumulation": "Kind of number",
    }
    for column, name in names.items():
        if indicator[column]:
            yield Fact(name, tell(str(indicator[column])))


def find_topic(library: Library, rows: Sequence[Row]) -> Words | None:
    """Return the topic of most claims with a figure, none where there is no figure."""
    topics = [library.row("claims", row["claim_id"])["topic_id"] for row in rows]
    if not topics:
        return None
    topic_id = max(sorted(set(topics)), key=topics.count)
    return Words(library.row("topics", topic_id)["name"], address("topic", topic_id))


def write_history(history: History) -> dict[str, Any]:
    """Return the states of all days as plain lists, for the script of the page.

    `states` has for each of `days`, and at the end for all that is recorded, the figures that answer, how many exclude each
    other, and the summary. The rows of the page tell since when each figure is known, and since when replaced.
    """
    days = history.list_days()
    states = [history.recall(day) for day in (*days, "")]
    return {
        "days": days,
        "states": [
            [list(state.answer), summarise_conflicts(state.conflicts), state.summary] for state in states
        ],
    }
