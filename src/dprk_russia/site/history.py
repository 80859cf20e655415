"""What was known of an indicator on each day that brought news, so that a page can show any day without computing.

The rows known by a day, and what replaced them, follow the rule of `dprk_russia.record.knowledge`; tests compare the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dprk_russia.documents.text import count_noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dprk_russia.site.library import Library, Row

# Kinds of claims that say nothing of what was.
LOOKING_AHEAD = {"forecast", "intention", "norm"}
# The day of what is known on none.
NEVER = "9999-12-31"
_NO_SIDES = {"media", "unnamed", "independent"}


@dataclass(frozen=True, slots=True)
class State:
    """What was known by the end of a day, or all that is recorded where `day` is empty.

    `answer` has the newest figure of each side, the newest first; `replaced` the figures that no longer stood.
    """

    day: str
    known: frozenset[str]
    replaced: frozenset[str]
    answer: tuple[str, ...]
    conflicts: int
    summary: str


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure, since when it is known, and since when it is known to be replaced or withdrawn."""

    row: Row
    kind: str
    known: str
    replaced: str


class Knowledge:
    """Since when the rows of a library are known, and what is known to have replaced them."""

    def __init__(self, library: Library) -> None:
        self.library = library

    @cached_property
    def claims(self) -> Mapping[str, str]:
        """Since when each claim is known."""
        return {claim: row["first_known"] or NEVER for claim, row in self.library.assessments.items()}

    @cached_property
    def carriers(self) -> Mapping[str, list[tuple[str, str]]]:
        """The publications that carry each claim, and since when each is known to."""
        return {
            claim: [(row["source_id"], row["known_on"] or NEVER) for row in rows]
            for claim, rows in self.library.group("carrier_days", "claim_id").items()
        }

    @cached_property
    def origins(self) -> Mapping[str, set[str]]:
        """The publications at the ends of the chains of each claim."""
        return {
            claim: {row["source_id"] for row in rows if row["relays_id"] is None}
            for claim, rows in self.library.group("evidence", "claim_id").items()
        }

    @cached_property
    def ends(self) -> Mapping[str, str]:
        """Since when each figure is known to be replaced or withdrawn."""
        figures = self.library.group("all_figures", "claim_id")
        ends: dict[str, str] = {}
        for link in self.library.rows("claim_links"):
            if link["relation"] not in {"updates", "retracts"}:
                continue
            day = max(self.claims[link["claim_id"]], self.claims[link["other_id"]])
            measured = {_measure(row) for row in figures.get(link["claim_id"], ())}
            for row in figures.get(link["other_id"], ()):
                if link["relation"] == "retracts" or _measure(row) in measured:
                    ends[row["figure_id"]] = min(day, ends.get(row["figure_id"], NEVER))
        return ends


def _measure(row: Row) -> tuple[str, ...]:
    """Return what a figure measures."""
    return tuple(row[column] or "" for column in ("indicator_id", "scope", "assumption", "currency"))


class History:
    """The states of one indicator, by day."""

    def __init__(self, knowledge: Knowledge, indicator_id: str) -> None:
        self._knowledge = knowledge
        self._library = library = knowledge.library
        claims = library.index("claims")
        self._figures = [
            _Figure(
                row,
                claims[row["claim_id"]]["kind"],
                row["first_known"] or NEVER,
                knowledge.ends.get(row["figure_id"], NEVER),
            )
            for row in library.group("estimates", "indicator_id").get(indicator_id, [])
        ]
        told = library.group("all_figures", "indicator_id").get(indicator_id, [])
        self._claims = sorted({row["claim_id"] for row in told})

    @property
    def replaced(self) -> Mapping[str, str]:
        """Return since when each figure that no longer stands is known to be replaced; those of no known day come last."""
        return {
            figure.row["figure_id"]: figure.replaced
            for figure in self._figures
            if not figure.row["is_current"]
        }

    def list_days(self) -> list[str]:
        """Return the days that brought news: a figure, what replaced it, or a publication that carries one."""
        days = {day for figure in self._figures for day in (figure.known, figure.replaced)}
        carriers = self._knowledge.carriers
        days |= {day for claim_id in self._claims for _, day in carriers.get(claim_id, ())}
        return sorted(days - {NEVER})

    def recall(self, day: str) -> State:
        """Return what was known by the end of a day; all that is recorded if it is empty."""
        by = day or NEVER
        known = [figure for figure in self._figures if figure.known <= by]
        replaced = frozenset(
            figure.row["figure_id"]
            for figure in known
            if figure.replaced <= by and not figure.row["is_current"]
        )
        ids = frozenset(figure.row["figure_id"] for figure in known)
        return State(
            day=day,
            known=ids,
            replaced=replaced,
            answer=tuple(_answer(figure for figure in known if figure.row["figure_id"] not in replaced)),
            conflicts=_count_conflicts([figure.row for figure in known], ids),
            summary=self._summarise([figure.row for figure in known], by),
        )

    def _summarise(self, rows: Sequence[Row], by: str) -> str:
        """Return how many figures there were, of how many speakers and sides, and how many publications carried them."""
        if not rows:
            return "No figure was known."
        claims = {row["claim_id"] for row in rows}
        carriers, ends = self._knowledge.carriers, self._knowledge.origins
        sources = {source for claim in claims for source, day in carriers.get(claim, ()) if day <= by}
        origins = sources & {end for claim in claims for end in ends.get(claim, ())}
        counts = (
            count_noun(len(rows), "figure"),
            count_noun(len({row["speaker_id"] for row in rows}), "speaker"),
            count_noun(len({row["side"] for row in rows}), "side"),
            count_noun(len(origins), "origin"),
            count_noun(len(sources), "publication"),
        )
        silent = ", ".join(self._find_silent(by))
        return " · ".join(counts) + (f" · no figure from {silent}" if silent else "")

    def _find_silent(self, by: str) -> list[str]:
        """Return the sides whom the figures known by a day concern, and of whom none is theirs, as `silent.sql` does."""
        library = self._library
        claims = [claim for claim in self._claims if self._knowledge.claims[claim] <= by]
        told = {library.sides[library.row("claims", claim)["asserted_by"]] for claim in claims}
        concerned = library.group("concerned", "claim_id")
        sides = {row["side"] for claim in claims for row in concerned.get(claim, ())}
        return sorted(library.name_side(side) for side in sides - told - _NO_SIDES)


def _answer(standing: Iterable[_Figure]) -> list[str]:
    """Return the newest figure of each side for the whole, as `answer.sql` chooses it."""
    newest: dict[str, tuple[tuple[bool, str, str, str], _Figure]] = {}
    for figure in standing:
        row = figure.row
        if row["scope"] is None and row["assumption"] is None:
            rank = (figure.kind not in LOOKING_AHEAD, row["as_of"], row["asserted_on"], row["figure_id"])
            if row["side"] not in newest or rank > newest[row["side"]][0]:
                newest[row["side"]] = rank, figure
    rows = [figure.row for _, figure in newest.values()]
    rows.sort(key=lambda row: row["figure_id"])
    rows.sort(key=lambda row: (row["as_of"], row["asserted_on"]), reverse=True)
    return [row["figure_id"] for row in rows]


def _count_conflicts(rows: Iterable[Row], known: frozenset[str]) -> int:
    """Return the number of pairs of figures that exclude each other."""
    ends = sum(len(known.intersection((row["conflicts_with"] or "").split(";"))) for row in rows)
    return ends // 2
