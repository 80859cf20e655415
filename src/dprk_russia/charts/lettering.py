"""Labels: how wide words are, and where they fit without covering anything."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Widths in thousandths of the size of the letters, of a wide plain face, so that no other runs beyond its box.
_WIDTHS = {
    **dict.fromkeys("ijl'|.,:;!", 320),
    **dict.fromkeys("ftrI()[]/- ", 410),
    **dict.fromkeys("mwMW%@", 950),
    **dict.fromkeys("ABCDEFGHKNOPQRUVXYZ&", 740),
}
_NARROW, _WIDE, _SIGN = 620, 1000, 640
SIZE = 12
HEIGHT = 15


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle: its left, top, right and bottom edge, in pixels from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether two boxes have a point in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Tell whether another box lies wholly within this one."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def grow(self, by: float) -> Box:
        """Return the box with a margin around it."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


@dataclass(frozen=True, slots=True)
class Label:
    """Words beside a mark: the place of their left end on the base line, and the box they fill."""

    mark: int
    words: str
    x: float
    y: float
    box: Box


def measure(words: str) -> float:
    """Return the width of words, in pixels, at the size that labels have."""
    return sum(_measure_sign(sign) for sign in words) * SIZE / 1000


def _measure_sign(sign: str) -> int:
    if unicodedata.east_asian_width(sign) in "WF":
        return _WIDE
    return _WIDTHS.get(sign, _NARROW if sign.isascii() else _SIGN)


def place_labels(
    wanted: Iterable[tuple[int, str, Box]],
    taken: Sequence[Box],
    lines: Sequence[Box],
    room: Box,
    most: int,
) -> Iterator[Label]:
    """Yield labels for marks, at most so many: where one would cover a box, another label or the edge, it is left out.

    Each that is wanted is the number of a mark, its words and the box of the mark, in the order of their weight. What `lines`
    cover is avoided where there is another place.
    """
    covered = list(taken)
    for mark, words, anchor in wanted:
        if most == 0:
            return
        free = [box for box in _list_places(words, anchor, room) if _is_free(box, covered, room)]
        clear = (box for box in free if _is_free(box, lines, room))
        if box := next(clear, next(iter(free), None)):
            covered.append(box)
            most -= 1
            yield Label(mark, words, box.left, box.bottom - HEIGHT * 0.25, box)


def _is_free(box: Box, covered: Sequence[Box], room: Box) -> bool:
    return room.holds(box) and not any(box.meets(other) for other in covered)


def _list_places(words: str, anchor: Box, room: Box) -> Iterator[Box]:
    """Yield where words can stand around a mark, the best place first; above and below it they keep from the edges."""
    width, gap = measure(words), 3
    middle = (anchor.top + anchor.bottom - HEIGHT) / 2
    centre = min(max((anchor.left + anchor.right - width) / 2, room.left), room.right - width)
    right, left = anchor.right + gap, anchor.left - gap - width
    above, below = anchor.top - HEIGHT - 1, anchor.bottom + 1
    for far in (0, HEIGHT * 0.6, HEIGHT * 1.2):
        for x, y in (
            (right, middle - far), (right, middle + far), (left, middle - far), (left, middle + far),
            (centre, above - far), (centre, below + far),
            (right, above - far), (left, above - far), (right, below + far), (left, below + far),
        ):  # fmt: skip
            yield Box(x, y, x + width, y + HEIGHT)
