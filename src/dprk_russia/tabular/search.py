"""Rows that hold words, in any order and any script, in some form that the words have."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Respell = Callable[[str], str | None]

Key = TypeVar("Key")
# Words of Russian and Ukrainian change their endings: where nothing holds them they are tried less so many letters.
MOST_CUT = 2
_SHORTEST_CUT = 5
_CYRILLIC = re.compile("[\u0400-\u04ff]")


class Place(NamedTuple):
    """Where a row holds some words: the last column that is needed, and how many of them in another spelling."""

    column: int
    alike: int


class Found(NamedTuple, Generic[Key]):
    """The rows that hold some words, with the place of each, and how many letters were cut off the ends of the words."""

    places: Mapping[Key, Place]
    cut: int


def normalise(text: str) -> str:
    """Return text as it is searched: of one form, in small letters."""
    return unicodedata.normalize("NFKC", text).lower()


def search(rows: Mapping[Key, Sequence[str]], text: str, respell: Respell = lambda _: None) -> Found[Key]:
    """Return the rows that hold every word of a text, or another spelling of it; none hold a text without words.

    The cells of the rows are normalised; words are looked for within words.
    """
    words = normalise(text).split()
    for cut in range(MOST_CUT + 1 if _CYRILLIC.search(text) else 1):
        spellings = [(short, respell(short)) for short in (_cut(word, cut) for word in words)]
        places = {key: place for key, cells in rows.items() if (place := _find_words(spellings, cells))}
        if words and places:
            return Found(places, cut)
    return Found({}, 0)


def _cut(word: str, letters: int) -> str:
    return word[: len(word) - letters] if len(word) >= _SHORTEST_CUT else word


def _find_words(spellings: Sequence[tuple[str, str | None]], cells: Sequence[str]) -> Place | None:
    """Return where the cells of a row hold every word, or its other spelling, and none if they do not."""
    columns, alike = [0], 0
    for word, other in spellings:
        held = [column for column, cell in enumerate(cells) if word in cell]
        if not held and other:
            alike += 1
            held = [column for column, cell in enumerate(cells) if other in cell]
        if not held:
            return None
        columns.append(held[0])
    return Place(max(columns), alike)
