"""Which known name or id a misspelt one most likely means."""

from __future__ import annotations

import difflib
from bisect import bisect_left
from itertools import islice
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


def find_nearest(text: str, known: Iterable[str], cutoff: float = ALIKE) -> str | None:
    """Return the one of a few names that is most like a text, if one is like it at all."""
    return next(iter(difflib.get_close_matches(text, list(known), n=1, cutoff=cutoff)), None)


def suggest(text: str, known: Iterable[str], otherwise: str) -> str:
    """Return the question whether the nearest of a few names was meant, or what to say where none is near."""
    nearest = find_nearest(text, known)
    return f"Did you mean {nearest}?" if nearest else otherwise


class IdIndex:
    """Known ids, to be searched for what a misspelt id means.

    The time a search takes does not grow with the number of ids, and few searches are allowed to be thorough.
    """

    def __init__(self, ids: Iterable[str]) -> None:
        self._known = frozenset(ids)
        self._sorted = sorted(self._known)
        self._found: dict[str, str | None] = {}

    def find_nearest(self, text: str) -> str | None:
        """Return the id most like a text."""
        if text not in self._found:
            self._found[text] = next(self._search(text, 1), None)
        return self._found[text]

    def find_alike(self, text: str, most: int) -> list[str]:
        """Return up to so many ids that are like a text, the most like first."""
        return list(islice(dict.fromkeys(self._search(text, most)), most))

    def _search(self, text: str, most: int) -> Iterator[str]:
        """Yield ids like a text; numbers that look alike are no likelier to be meant than others."""
        yield from filter(self._known.__contains__, (text.strip().upper(), text.strip().lower()))
        if text[1:].isdigit() or len(text) > LONGEST:
            return
        yield from filter(self._known.__contains__, _edit(text))
        thorough = len(self._found) < THOROUGH and len(self._sorted) <= FEW
        at = bisect_left(self._sorted, text)
        near = self._sorted if thorough else self._sorted[max(0, at - NEIGHBOURS) : at + NEIGHBOURS]
        yield from difflib.get_close_matches(text, near, n=most, cutoff=ALIKE)


def _edit(text: str) -> Iterator[str]:
    """Yield the texts that differ from this one by one letter too many, out of turn, changed or missing."""
    for at in range(len(text) + 1):
        before, after = text[:at], text[at:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in ALPHABET:
            yield before + letter + after[1:]
            yield before + letter + after
