"""Which known id a misspelt one most likely means."""

from __future__ import annotations

import difflib
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789-"
LONGEST = 100
ALIKE = 0.6
# So many ids are compared with all others, if those are few; the rest only with their neighbours in the alphabet.
THOROUGH = 20
FEW = 5_000
NEIGHBOURS = 30


class IdIndex:
    """Known ids, to be searched for what a misspelt id means.

    The time a search takes does not grow with the number of ids, and few searches are allowed to be thorough.
    """

    def __init__(self, ids: Iterable[str]) -> None:
        self._known = frozenset(ids)
        self._sorted = sorted(self._known)
        self._found: dict[str, str | None] = {}

    def find_nearest(self, text: str) -> str | None:
        """Return the id most like a text; numbers that look alike are no likelier to be meant than others."""
        if text not in self._found:
            self._found[text] = None if text[1:].isdigit() or len(text) > LONGEST else self._search(text)
        return self._found[text]

    def _search(self, text: str) -> str | None:
        for edited in _edit(text):
            if edited in self._known:
                return edited
        thorough = len(self._found) < THOROUGH and len(self._sorted) <= FEW
        place = bisect_left(self._sorted, text)
        near = self._sorted if thorough else self._sorted[max(0, place - NEIGHBOURS) : place + NEIGHBOURS]
        nearest = difflib.get_close_matches(text, near, n=1, cutoff=ALIKE)
        return nearest[0] if nearest else None


def _edit(text: str) -> Iterator[str]:
    """Yield the texts that differ from this one by one letter too many, out of turn, changed or missing."""
    for at in range(len(text) + 1):
        before, after = text[:at], text[at:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in ALPHABET:
            yield before + letter + after[1:]
            yield before + letter + after
