"""The words for numbers and bounds of each language, from `words.csv`."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Languages that write numbers without spaces between their parts, in powers of ten thousand.
MYRIAD = ("ja", "ko", "zh")
# Languages whose decimal mark is a point, and in which commas set thousands apart.
POINT_IS_DECIMAL = ("en", *MYRIAD)
# What a text of a script is read as if it is not the script of its page; the first script found decides.
SCRIPTS = (
    ("ko", re.compile("[가-힣]")),
    ("ja", re.compile("[ぁ-ヿ]")),
    ("zh", re.compile("[一-鿿]")),
    ("uk", re.compile("[іїєґІЇЄҐ]")),
    ("ru", re.compile("[а-яА-ЯёЁ]")),
)
_SCRIPT_CODES = frozenset(dict(SCRIPTS))
# Languages that need not show letters of their own.
_WRITTEN_AS = {"uk": "ru", "ja": "zh"}
_NUMERAL_ROLES = (
    "article", "number", "times", "scale", "single", "fraction", "fold", "and", "point", "vague",
)  # fmt: skip
LETTER = r"[^\W\d_]"
WORD = rf"{LETTER}+(?:['’]{LETTER}+)*"
# Words that words are made of have as many letters.
_MIN_PART = 3


class Meaning(NamedTuple):
    """What a word is to a number, and its value."""

    role: str
    value: float


@dataclass(frozen=True)
class Lexicon:
    """The words of one language by role: for numbers with their values, for bounds with the bound they name."""

    language: str
    roles: Mapping[str, Mapping[str, str]]

    @property
    def is_myriad(self) -> bool:
        """Tell whether parts of a number are not apart."""
        return self.language in MYRIAD

    def words(self, role: str) -> Mapping[str, str]:
        """Return the words of a role, with their values."""
        return self.roles.get(role, {})

    @cached_property
    def meanings(self) -> Mapping[str, Meaning]:
        """What each word is to a number; a word whose end varies ends in an asterisk."""
        return {
            word: Meaning(role, float(value or 0))
            for role in reversed(_NUMERAL_ROLES)
            for word, value in self.words(role).items()
        }

    def mean(self, word: str) -> Meaning | None:
        """Return what a whole word is to a number."""
        known = self.meanings.get(word)
        return known or next((meaning for stem, meaning in self._stems if word.startswith(stem)), None)

    def split(self, word: str) -> tuple[tuple[str, Meaning], ...]:
        """Return the words for numbers that a word is made of, as zwölftausend is of two; none if it has other parts."""
        if meaning := self.mean(word):
            return ((word, meaning),)
        if word[:_MIN_PART] not in self._openings:
            return ()
        for end in range(len(word) - 1, _MIN_PART - 1, -1):
            first = self.meanings.get(word[:end])
            if first and (rest := self.split(word[end:])):
                return (word[:end], first), *rest
        return ()

    def scales(self, word: str) -> bool:
        """Tell whether a word is one such as million."""
        meaning = self.mean(word)
        return meaning is not None and meaning.role in {"scale", "single"}

    def find_suffix(self, word: str, *, is_length: bool) -> float | None:
        """Return what letters behind digits multiply them by; in a length "m" is metres, not millions."""
        if is_length and word in self.words("metre"):
            return None
        value = self.words("suffix").get(word)
        return float(value) if value else None

    @cached_property
    def _stems(self) -> tuple[tuple[str, Meaning], ...]:
        return tuple((word[:-1], meaning) for word, meaning in self.meanings.items() if word.endswith("*"))

    @cached_property
    def _openings(self) -> frozenset[str]:
        return frozenset(word[:_MIN_PART] for word in self.meanings if len(word) >= _MIN_PART)

    @cached_property
    def before(self) -> re.Pattern[str]:
        """A word that names the bound of the number behind it."""
        return self.compile(self.words("before"))

    @cached_property
    def after(self) -> re.Pattern[str]:
        """A word that names the bound of the number in front of it."""
        return self.compile(self.words("after"))

    @cached_property
    def pairing(self) -> re.Pattern[str]:
        """A word such as between, after which "and" joins the ends of a range."""
        return self.compile(self.words("between"))

    @cached_property
    def changing(self) -> re.Pattern[str]:
        """A word such as from, after which two numbers may be two states of one thing."""
        return self.compile(self.words("from"))

    def find_bound(self, word: str, role: str) -> str:
        """Return the bound that a word names."""
        words = self.words(role)
        return words.get(word) or next(
            bound for stem, bound in words.items() if stem.endswith("*") and word.startswith(stem[:-1])
        )

    def drop_links(self, named: Mapping[str, str]) -> Mapping[str, str]:
        """Return bounds by their words without those whose words join the ends of a range, as от and до do."""
        links = self.words("between").keys() | self.words("to").keys()
        return {bound: word for bound, word in named.items() if word not in links}

    def compile(self, words: Iterable[str]) -> re.Pattern[str]:
        """Return what finds the longest of some words, as whole words where words are apart."""
        anyone = join_words(words)
        return re.compile(anyone if self.is_myriad else rf"(?<!{LETTER})(?:{anyone})(?!{LETTER})")


def join_words(words: Iterable[str]) -> str:
    """Return a pattern of any of some words, the longest first; one of none matches nothing."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\*", rf"{LETTER}*") for word in longest_first) or "(?!)"


@cache
def read_lexicons() -> Mapping[str, Lexicon]:
    """Return the words of each language by its code."""
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    with (Path(__file__).parent / "words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words = found[row["language"]][row["role"]]
            words.update(dict.fromkeys(row["words"].split("|"), row["value"]))
    return {language: Lexicon(language, roles) for language, roles in found.items()}


def find_lexicon(text: str, language: str) -> Lexicon | None:
    """Return the words of a text's language, or None where they are not known.

    `language` is the BCP 47 tag of its page; its script decides where the two differ, as where a page quotes another.
    """
    page = language.partition("-")[0]
    written = None if text.isascii() else next((code for code, seen in SCRIPTS if seen.search(text)), None)
    if written is None and page in _SCRIPT_CODES:
        written = "en"
    is_of_page = written in {None, _WRITTEN_AS.get(page)}
    return read_lexicons().get(page if is_of_page else str(written))
