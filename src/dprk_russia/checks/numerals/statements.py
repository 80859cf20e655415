"""What a text states: each number with its bound, and two numbers as a range."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from dprk_russia.checks.numerals.lexicon import LETTER, WORD, find_lexicon, join_words, read_lexicons
from dprk_russia.checks.numerals.reading import normalise, read_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dprk_russia.checks.numerals.lexicon import Lexicon
    from dprk_russia.checks.numerals.number import Number

# The bound of a number whose words name none.
PLAIN = "plain"
# How many words may stand between the first number of a range and its "to".
_NEAR, _FAR = 2, 5
# What may stand between a word and the number it belongs to.
_SIGNS = r"\s$€£₩¥%"
_CURRENCIES = tuple("$€£₩¥")
_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_WORD = re.compile(WORD)


@dataclass(frozen=True, slots=True)
class Statement:
    """A number or a range that a text states, and the words that state it.

    `bound` is that of the words, or `plain` where they name none; `named` is the word that names it.
    """

    text: str
    bound: str
    low: float
    high: float
    is_share: bool = False
    named: str | None = None


@dataclass(frozen=True, slots=True)
class _Bounded:
    """A number, the words that name its bounds, and the text between it and the number in front of it.

    `start` and `end` are those of number and words together.
    """

    number: Number
    start: int
    end: int
    named: Mapping[str, str]
    lead: str


@lru_cache(maxsize=100_000)
def read_statements(text: str, language: str, unit: str | None = None) -> tuple[Statement, ...]:
    """Return what a text states, in the order of its words; nothing where its language is not known.

    `language` is the BCP 47 tag of its page, `unit` that of the indicator. Text between brackets is read by itself.
    """
    lexicon = find_lexicon(text, language)
    if lexicon is None:
        return ()
    text = normalise(text)
    texts = (_BRACKETS.sub(" ", text), *_BRACKETS.findall(text)) if _BRACKETS.search(text) else (text,)
    return tuple(statement for part in texts for statement in _read(part, lexicon, unit))


def drop_numbers(text: str, language: str) -> str:
    """Return the words of a text, in small letters, without the numbers that it states and the words for their bounds."""
    rest = normalise(text)
    for statement in read_statements(text, language):
        rest = rest.replace(statement.text, " ")
    return " ".join(_WORD.findall(rest))


def _read(text: str, lexicon: Lexicon, unit: str | None) -> Iterator[Statement]:
    found = list(_bound(text, read_numbers(text, lexicon, unit), lexicon))
    in_range: set[int] = set()
    for n, (one, other) in enumerate(pairwise(found)):
        nearness = _find_nearness(one, other, lexicon)
        low, high = _share_scale(one.number, other.number)
        if nearness and low.value < high.value:
            words = text[min(one.start, other.start) : max(one.end, other.end)]
            named = {**one.named, **other.named}
            yield from _state_range(words, low, high, lexicon.drop_links(named))
            in_range |= {n, n + 1} if nearness == _NEAR else set()
    for n, item in enumerate(found):
        if n not in in_range:
            yield from _state(text[item.start : item.end], item.number, item.named)


def _state(words: str, number: Number, named: Mapping[str, str]) -> Iterator[Statement]:
    for bound in named or [PLAIN]:
        yield Statement(words, bound, number.value, number.value, number.is_share, named.get(bound))


def _state_range(words: str, low: Number, high: Number, named: Mapping[str, str]) -> Iterator[Statement]:
    """Yield a range, and the one end that a bound leaves, as in "from 630 million to over a billion"."""
    yield Statement(words, "range", low.value, high.value, low.is_share)
    if "at_least" in named:
        yield Statement(words, "at_least", low.value, low.value, low.is_share, named["at_least"])
    if "at_most" in named:
        yield Statement(words, "at_most", high.value, high.value, high.is_share, named["at_most"])


def _bound(text: str, numbers: list[Number], lexicon: Lexicon) -> Iterator[_Bounded]:
    """Yield each number with the words for bounds in front of it and behind it."""
    starts = [number.start for number in numbers]
    ends = [number.end for number in numbers]
    for number, left, right in zip(numbers, [0, *ends], [*starts[1:], len(text)], strict=False):
        before = [*lexicon.before.finditer(text, left, number.start)][-1:]
        after = [*lexicon.after.finditer(text, number.end, right)][:1]
        named = {lexicon.find_bound(match[0], "before"): match[0] for match in before}
        named |= {lexicon.find_bound(match[0], "after"): match[0] for match in after}
        if number.is_about:
            named.setdefault("about", number.text)
        named.pop(PLAIN, None)
        # What is about and at least a number, as 약 3천 명 이상, is at least that.
        if len(named) > 1:
            named.pop("about", None)
        start = min([number.start, *(match.start() for match in before)])
        end = max([number.end, *(match.end() for match in after)])
        yield _Bounded(number, start, end, named, text[left : number.start])


def _find_nearness(one: _Bounded, other: _Bounded, lexicon: Lexicon) -> int:
    """Return within how many words two numbers are the ends of a range, or 0 if they are none.

    Numbers after "from" may be two states of one thing; they are never so near that they are not read alone too.
    """
    if _is_money(other.lead) and not _is_money(one.lead):
        return 0
    links = _link_pattern(lexicon.language, is_pair=lexicon.pairing.search(one.lead) is not None)
    # The word that joins them may name a bound itself, as "bis zu" does.
    match = links.fullmatch(other.lead) or links.fullmatch(other.lead[: other.start - one.number.end])
    if match is None:
        return 0
    if match["dash"]:
        return _NEAR
    is_change = lexicon.changing.search(one.lead) is not None
    between = len(_WORD.findall(match["between"]))
    return _NEAR if between <= _NEAR and not is_change else _FAR if between <= _FAR else 0


def _is_money(lead: str) -> bool:
    return lead.rstrip().endswith(_CURRENCIES)


@cache
def _link_pattern(language: str, *, is_pair: bool) -> re.Pattern[str]:
    """Return what a text between the ends of a range looks like; `is_pair` lets "and" join them."""
    lexicon = read_lexicons()[language]
    links = join_words([*lexicon.words("to"), *(lexicon.words("and") if is_pair else ())])
    edge = "" if lexicon.is_myriad else rf"(?<!{LETTER})"
    return re.compile(
        rf"[{_SIGNS}]*(?P<dash>[-–~∼〜～])[{_SIGNS}]*"
        rf"|(?P<between>.*?){edge}(?:{links})[{_SIGNS}]*"
    )


def _share_scale(low: Number, high: Number) -> tuple[Number, Number]:
    """Return the ends of a range, of which one may have the word that scales both: "4 to 6 million"."""
    if low.scale == 1 and low.value <= high.value / high.scale:
        return replace(low, value=low.value * high.scale, is_share=high.is_share), high
    if high.scale == 1 and low.value / low.scale <= high.value < low.value:
        return low, replace(high, value=high.value * low.scale)
    return low, high
