"""Which known id a misspelt one most likely means."""

from __future__ import annotations

import difflib
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789-"
# Ids compared one by one; of more, only neighbours in alphabetical order are.
FEW = 2_000
NEIGHBOURS = 30
ALIKE = 0.6


class IdIndex:
    """Known ids, to be searched for what a misspelt id means."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._known = frozenset(ids)
        self._sorted = sorted(self._known)
        self.find_nearest = lru_cache(maxsize=None)(self._find_nearest)

    def _find_nearest(self, value: str) -> str | None:
        """Return the id most like a value; numbers that look alike are no likelier to be meant than others."""
        if value[1:].isdigit():
            return None
        if len(self._sorted) > FEW:
            one_edit = next((text for text in _edit(value) if text in self._known), None)
            if one_edit:
                return one_edit
        nearest = difflib.get_close_matches(value, self._neighbours(value), n=1, cutoff=ALIKE)
        return nearest[0] if nearest else None

    def _neighbours(self, value: str) -> list[str]:
        if len(self._sorted) <= FEW:
            return self._sorted
        place = bisect_left(self._sorted, value)
        return self._sorted[max(0, place - NEIGHBOURS) : place + NEIGHBOURS]


def _edit(text: str) -> Iterator[str]:
    """Yield the texts that differ from this one by one letter left out, too many, exchanged or changed."""
    for at in range(len(text) + 1):
        before, after = text[:at], text[at:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in ALPHABET:
            yield before + letter + after[1:]
            yield before + letter + after
