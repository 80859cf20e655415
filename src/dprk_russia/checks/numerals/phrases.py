"""Numbers whose words stand apart, in digits, in letters, or in both: "7 млн 407 тыс.", "one and a half million"."""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from dprk_russia.checks.numerals.lexicon import WORD
from dprk_russia.checks.numerals.number import DIGITS, Number, parse_digits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dprk_russia.checks.numerals.lexicon import Lexicon

_RUN = re.compile(f"({DIGITS})|{WORD}")
# What may stand between the parts of a number.
_SEAMS = ("", " ", "-", "\u00a0", "\u2011")
# From this on a word multiplies all that stands in front of it, and what follows is less.
THOUSAND = 1000
# Parts that join numbers and are none.
_JOINTS = ("and", "fold", "point", "vague")


class Part(NamedTuple):
    """One word or one run of digits: where it stands, what it is to a number, and its value."""

    start: int
    end: int
    role: str
    value: float


def read_phrases(text: str, lexicon: Lexicon, *, is_length: bool) -> Iterator[Number]:
    """Yield the numbers of a text in small letters; `is_length` tells that "m" is metres, not millions."""
    parts = list(_read_parts(text, lexicon, is_length=is_length))
    ends = [
        n
        for n, (one, other) in enumerate(pairwise(parts), 1)
        if text[one.end : other.start].strip(".") not in _SEAMS
    ]
    for start, end in pairwise([0, *ends, len(parts)]):
        yield from _read_phrase(text, parts[start:end])


def _read_parts(text: str, lexicon: Lexicon, *, is_length: bool) -> Iterator[Part]:
    runs = list(_RUN.finditer(text))
    for run, following in zip_longest(runs, runs[1:]):
        if run[1]:
            is_scaled = following is not None and lexicon.scales(following[0])
            yield Part(run.start(), run.end(), "digits", parse_digits(run[1], lexicon, is_scaled=is_scaled))
        elif text[: run.start()][-1:].isdigit() and (
            suffix := lexicon.find_suffix(run[0], is_length=is_length)
        ):
            yield Part(run.start(), run.end(), "scale", suffix)
        else:
            start = run.start()
            for word, meaning in lexicon.split(run[0]):
                yield Part(start, start + len(word), *meaning)
                start += len(word)


def _read_phrase(text: str, parts: Sequence[Part]) -> Iterator[Number]:
    """Yield the numbers of parts that stand side by side."""
    phrase = _Phrase()
    for n, part in enumerate(parts):
        following = parts[n + 1].role if n + 1 < len(parts) else ""
        if not phrase.takes(part, following):
            yield from phrase.finish(text)
            phrase = _Phrase()
            phrase.takes(part, following)
    yield from phrase.finish(text)


class _Phrase:
    """A number that grows part by part.

    `total` is what its thousands, millions and so on come to, `current` what stands behind the last of them, `limit` that
    last one, and `decimal` what a digit behind the decimal point counts.
    """

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.total = 0.0
        self.current: float | None = None
        self.limit = float("inf")
        self.decimal = 0.0
        self.is_share = False

    def finish(self, text: str) -> Iterator[Number]:
        """Yield the number, if the parts make one; an article alone is none."""
        counted = [part for part in self.parts if part.role not in _JOINTS]
        is_number = any(part.role != "article" for part in counted)
        if is_number and (self.total or self.current is not None):
            start, end = counted[0].start, counted[-1].end
            value = round(self.total + (self.current or 0), 6)
            scale = 1 if self.limit == float("inf") else self.limit
            yield Number(start, end, text[start:end], value, scale, self.is_share)

    def takes(self, part: Part, following: str) -> bool:
        """Take a part in and return True, or return False if it begins another number.

        `following` is the role of the part behind it.
        """
        match part.role:
            case "digits":
                taken = self._take_digits(part.value)
            case "number" | "times":
                taken = self._take_number(part.value)
            case "article":
                taken = self._take_article(following)
            case "scale" | "single":
                taken = self._take_scale(part)
            case "fraction":
                taken = self._take_fraction(part.value)
            case joint:
                taken = self._take_joint(joint, following)
        if taken:
            self.parts.append(part)
        return taken

    def _take_joint(self, role: str, following: str) -> bool:
        if role == "vague":
            return not self.parts
        if role == "point":
            self.decimal = 0.1
        joins = role != "and" or following in {"number", "article", "fraction"}
        return self._is_open and joins

    @property
    def _is_open(self) -> bool:
        return self.current is not None or bool(self.total)

    @property
    def _last(self) -> str:
        return self.parts[-1].role if self.parts else ""

    def _take_digits(self, value: float) -> bool:
        if self.decimal:
            return self._take_decimal(value)
        if self.current is not None or value >= self.limit:
            return False
        self.current = value
        return True

    def _take_decimal(self, value: float) -> bool:
        if value >= 10:
            return False
        self.current = (self.current or 0) + value * self.decimal
        self.decimal /= 10
        return True

    def _take_number(self, value: float) -> bool:
        if self.decimal:
            return self._take_decimal(value)
        current = self.current or 0
        if self._last == "number" and current % 100 == 4 and value == 20:
            # French has eighty as four twenties.
            self.current = current - 4 + 80
            return True
        if value >= self.limit or (self.current is not None and not self._fits(current, value)):
            return False
        self.current = current + value
        return True

    def _fits(self, current: float, value: float) -> bool:
        """Tell whether a number goes on with another: twenty with seven, a hundred with twenty, fünf with zwanzig."""
        if self._last == "digits" or not current:
            return False
        if self._last == "and" and 0 < current % 100 < 10 <= value < 100:
            return value % 10 == 0
        # French counts on from sixty and from eighty, up to nineteen.
        if current % 100 in {60, 80} and value < 20:
            return True
        return current > value and current % 10 ** len(f"{value:.0f}") == 0

    def _take_article(self, following: str) -> bool:
        if self.is_share or (self._last == "and" and following == "fraction"):
            return True
        if self._last == "and":
            return self._take_number(1)
        if self._is_open:
            return False
        self.current = 1
        return True

    def _take_scale(self, part: Part) -> bool:
        if (
            self.current is None
            and part.role == "single"
            and self._last != "vague"
            and part.value < self.limit
        ):
            self.current = 1
        if not self._is_open:
            return not self.parts or self._last == "vague"
        if self.current is None:
            self.total *= part.value
        elif part.value < THOUSAND:
            self.current *= part.value
        else:
            self.total += self.current * part.value
            self.current = None
        if part.value >= THOUSAND:
            self.limit = part.value
        self.is_share = False
        return True

    def _take_fraction(self, value: float) -> bool:
        is_joined = any(part.role == "and" for part in self.parts[-2:])
        if is_joined and self.current is not None:
            self.current += value
        elif is_joined and self.total:
            self.total += value * self.limit
        else:
            self.current = (1 if self.current is None else self.current) * value
            self.is_share = True
        return True
