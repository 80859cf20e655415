"""Where everything on a chart stands, before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from dprk_russia.charts.lettering import Box, Label, measure, place_labels
from dprk_russia.charts.scales import fit, fit_days
from dprk_russia.record.wording import tell_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dprk_russia.charts.points import Point

ARROW = 20
REACH = 5
_TOP, _BOTTOM = 24, 26
_LANE = 38
_GRAIN = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a chart in pixels, and how many labels and days it has room for."""

    width: int
    height: int
    labels: int
    days: int


WIDE = Frame(760, 330, labels=7, days=8)
NARROW = Frame(360, 340, labels=4, days=4)


@dataclass(frozen=True, slots=True)
class Placed:
    """A point and where it stands: `ends` are the heights of the lowest and the highest number that was said.

    `centre` is the height of the single number that was said, and none for a range without one. In the lane of words
    all are its middle.
    """

    point: Point
    x: float
    ends: tuple[float, float]
    centre: float | None
    in_lane: bool

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Return what the mark covers: its body and its arrow."""
        bottom, top = self.ends
        body = Box(self.x - REACH, top - REACH, self.x + REACH, bottom + REACH)
        if self.in_lane or self.point.bound not in {"at_least", "at_most"}:
            return (body,)
        rise = (-ARROW, 0) if self.point.bound == "at_least" else (0, ARROW)
        return body, Box(self.x - REACH, bottom + rise[0], self.x + REACH, top + rise[1])

    @property
    def box(self) -> Box:
        """Return the box of the body."""
        return self.boxes[0]


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, what is written there, and where the middle of the words is, which keep inside the chart."""

    place: float
    words: str
    middle: float


@dataclass(frozen=True, slots=True)
class Panel:
    """One series of a chart: its room, its axes, its marks, its labels, and the lines that join one speaker's figures."""

    frame: Frame
    unit: str
    room: Box
    lane: Box | None
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    marks: tuple[Placed, ...]
    labels: tuple[Label, ...]
    joins: tuple[tuple[int, ...], ...]


def arrange(points: Sequence[Point], unit: str, frame: Frame) -> Panel:
    """Return the panel of some points, at least one."""
    numbers = [number for point in points for number in point.numbers]
    scale = fit(numbers)
    days = fit_days([point.day for point in points], frame.days)
    has_lane = any(not point.numbers for point in points)
    if not numbers:
        frame = replace(frame, height=_TOP + REACH + _LANE + _BOTTOM)
    named = [tell_number(tick) for tick in scale.ticks] if numbers else []
    left = max((measure(words) for words in named), default=0) + 10
    floor = frame.height - _BOTTOM - (_LANE + REACH if has_lane else 0)
    room = Box(left, _TOP, frame.width - 20, floor if numbers else _TOP)
    lane = Box(left, frame.height - _BOTTOM - _LANE, room.right, frame.height - _BOTTOM) if has_lane else None

    def rise(number: float) -> float:
        # Arrows point beyond the number: there is room for one above the highest.
        return room.bottom - scale.place(number) * (room.bottom - room.top - ARROW * 0.5)

    xs = [room.left + 8 + days.place(point.day) * (room.right - room.left - 16) for point in points]
    marks = tuple(_place(point, x, rise, lane) for point, x in zip(points, xs, strict=True))
    joins = tuple(_join(marks))
    columns = (
        _mark_day(room.left + 8 + days.place(day) * (room.right - room.left - 16), words, frame)
        for day, words in days.ticks
    )
    return Panel(
        frame=frame,
        unit=unit,
        room=room,
        lane=lane,
        rows=tuple(
            Tick(rise(tick), words, rise(tick)) for tick, words in zip(scale.ticks, named, strict=False)
        ),
        columns=tuple(columns),
        marks=marks,
        labels=tuple(_label(marks, joins, room, lane, frame)),
        joins=joins,
    )


def _mark_day(place: float, words: str, frame: Frame) -> Tick:
    half = measure(words) / 2
    return Tick(place, words, min(max(place, half), frame.width - half))


def _place(point: Point, x: float, rise: Callable[[float], float], lane: Box | None) -> Placed:
    if not point.numbers and lane is not None:
        middle = (lane.top + lane.bottom) / 2
        return Placed(point, x, (middle, middle), middle, in_lane=True)
    heights = [rise(number) for number in point.numbers]
    centre = rise(point.value) if point.value is not None else None
    if len(heights) == 1:
        centre = heights[0]
    return Placed(point, x, (max(heights), min(heights)), centre, in_lane=False)


def _label(
    marks: Sequence[Placed], joins: Sequence[Sequence[int]], room: Box, lane: Box | None, frame: Frame
) -> Iterator[Label]:
    """Yield labels: of the newest figure of each side first, then of the other figures that stand, the newest first."""
    covered = [box.grow(1) for mark in marks for box in mark.boxes]
    edge = Box(room.left, 2, frame.width - 2, room.bottom)
    order = _weigh(marks)
    lines = [box for numbers in joins for box in _cover([marks[number] for number in numbers])]
    in_room = (
        (number, _name(marks[number].point), marks[number].box)
        for number in order
        if not marks[number].in_lane
    )
    yield from place_labels(in_room, covered, lines, edge, frame.labels)
    if lane is not None:
        words = (
            (number, _name(marks[number].point), marks[number].box)
            for number in order
            if marks[number].in_lane
        )
        yield from place_labels(words, covered, (), Box(lane.left, lane.top, frame.width - 2, lane.bottom), 3)


def _cover(marks: Sequence[Placed]) -> Iterator[Box]:
    """Yield small boxes along the line that joins some marks, up to the next mark, which covers its end itself."""
    for one, other in pairwise(marks):
        run, fall = other.x - one.x, (other.centre or 0) - (one.centre or 0)
        steps = int(max(abs(run), abs(fall)) / _GRAIN)
        for step in range(steps):
            x, y = one.x + run * step / steps, (one.centre or 0) + fall * step / steps
            yield Box(x - 1, y - 1, x + 1, y + 1)


def _name(point: Point) -> str:
    """Return what is written beside a mark: a number never without its speaker."""
    return f"{point.said} · {point.speaker}" if point.numbers else point.said


def _weigh(marks: Sequence[Placed]) -> list[int]:
    """Return the marks to be labelled by their weight: the newest of each side, then what stands, then what was replaced."""
    newest_first = sorted(range(len(marks)), key=lambda number: marks[number].point.day, reverse=True)
    sides: set[str] = set()
    words: set[str] = set()
    weighed: list[tuple[int, int]] = []
    for number in newest_first:
        point = marks[number].point
        if (said := _name(point)) not in words:
            words.add(said)
            weight = 2 if not point.is_current else int(point.side in sides)
            weighed.append((weight, number))
            sides |= {point.side} if point.is_current else set()
    return [number for _, number in sorted(weighed, key=lambda item: item[0])]


def _join(marks: Sequence[Placed]) -> Iterator[tuple[int, ...]]:
    """Yield the marks of each speaker that has several with one number, by day."""
    found: dict[str, list[int]] = {}
    for number, mark in enumerate(marks):
        if mark.centre is not None and not mark.in_lane:
            found.setdefault(mark.point.speaker_id, []).append(number)
    for numbers in found.values():
        if len(numbers) > 1:
            yield tuple(sorted(numbers, key=lambda number: marks[number].x))
