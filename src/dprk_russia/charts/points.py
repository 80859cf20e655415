"""What is plotted: the figures of one series, each at the day it speaks of, never later than the day it was known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dprk_russia.record.wording import tell_amount

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Point:
    """One figure. `low`, `value` and `high` hold what was said and nothing else; all are none for words without a number."""

    figure_id: str
    day: date
    low: float | None
    value: float | None
    high: float | None
    bound: str
    said: str
    speaker: str
    speaker_id: str
    side: str
    is_current: bool
    told: str

    @property
    def numbers(self) -> tuple[float, ...]:
        """Return the numbers that were said."""
        return tuple(number for number in (self.low, self.value, self.high) if number is not None)


@dataclass(frozen=True, slots=True)
class Series:
    """Figures that can stand on one axis: of one part of the whole, under one assumption, in one currency."""

    scope: str
    assumption: str
    currency: str
    rows: tuple[Row, ...]

    @property
    def is_whole(self) -> bool:
        """Tell whether they measure the whole of what the indicator defines."""
        return not self.scope and not self.assumption


def divide(rows: Iterable[Row]) -> tuple[Series, ...]:
    """Return the series of an indicator: the whole first, then those with most figures."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        key = (row["scope"] or "", row["assumption"] or "", row["currency"] or "")
        found.setdefault(key, []).append(row)
    every = (Series(*key, tuple(members)) for key, members in found.items())
    return tuple(sorted(every, key=lambda series: (not series.is_whole, -len(series.rows), series.scope)))


def choose_plotted(series: tuple[Series, ...]) -> tuple[Series, ...]:
    """Return the series that a chart shows: the whole in each currency, or the largest part where none is whole."""
    return tuple(one for one in series if one.is_whole) or series[:1]


def read_points(rows: Iterable[Row], names: Mapping[str, str]) -> tuple[Point, ...]:
    """Return the points of some rows of `estimates`, with the short names of speakers by their id."""
    return tuple(_read_point(row, names) for row in rows)


def _read_point(row: Row, names: Mapping[str, str]) -> Point:
    speaker = names.get(row["speaker_id"], row["speaker"])
    said = tell_amount(row, bare=True)
    return Point(
        figure_id=row["figure_id"],
        day=date.fromisoformat(min(filter(None, (row["as_of"], row["first_known"])))),
        low=row["value_low"],
        value=row["value"],
        high=row["value_high"],
        bound=str(row["bound"]),
        said=said,
        speaker=speaker,
        speaker_id=row["speaker_id"],
        side=row["side"],
        is_current=bool(row["is_current"]),
        told=f"{speaker}: {said}",
    )
