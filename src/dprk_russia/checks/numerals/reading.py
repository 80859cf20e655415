"""Numbers in a text, in digits, in letters, or in both."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dprk_russia.checks.numerals.lexicon import LETTER, join_words
from dprk_russia.checks.numerals.myriads import read_myriads
from dprk_russia.checks.numerals.phrases import read_phrases

if TYPE_CHECKING:
    from dprk_russia.checks.numerals.lexicon import Lexicon
    from dprk_russia.checks.numerals.number import Number

LENGTH = "metre"
_YEARS = range(1945, 2036)
# Digits behind these are part of a name, as in KN-23, or in front of them, the size of a gun or a place in an order.
_NAME = re.compile(r"[A-Za-z]-?$")
_SIZE = re.compile(r"[ -]?(?:(?:mm|мм|millimet\w+|st|nd|rd|th)(?![a-zа-я])|㎜|毫米|ミリ|밀리)")
# In data that a page holds, a key names the scale of its number.
_KEYED = re.compile(r'"\w*_(thousand|million|billion)_\w*": (-?[\d.]+)')
# A printed slip: a space behind the decimal point.
_APART = re.compile(r"(\d)\. (\d)")


def normalise(text: str) -> str:
    """Return a text in small letters, without what a machine or a slip put into its numbers."""
    return _APART.sub(r"\1.\2", _KEYED.sub(r'"": \2 \1', text)).casefold()


def read_numbers(text: str, lexicon: Lexicon, unit: str | None) -> list[Number]:
    """Return the numbers of a normalised text in their order.

    Where the unit is that of lengths, they are in metres.
    """
    is_length = unit == LENGTH
    if lexicon.is_myriad:
        found = read_myriads(text, lexicon)
    else:
        found = read_phrases(text, lexicon, is_length=is_length)
    numbers = [number for number in found if not _is_name(text, number, lexicon)]
    return [_measure(text, number, lexicon) for number in numbers] if is_length else numbers


def _is_name(text: str, number: Number, lexicon: Lexicon) -> bool:
    """Tell whether digits name something, such as a missile, a gun or a year."""
    if not text[number.start].isdigit():
        return False
    return bool(
        _NAME.search(text[: number.start]) or _SIZE.match(text, number.end) or _is_date(text, number, lexicon)
    )


def _is_date(text: str, number: Number, lexicon: Lexicon) -> bool:
    words = tuple(lexicon.words("date"))
    if lexicon.is_myriad:
        return text[number.end :].lstrip().startswith(words)
    before, after = text[: number.start].split()[-1:], text[number.end :].split()[:1]
    is_year = number.text.isdigit() and int(number.text) in _YEARS
    is_headed = text.startswith((":", '":'), number.end)
    return is_year and (is_headed or any(word.strip(".,;:") in words for word in (*before, *after)))


def _measure(text: str, number: Number, lexicon: Lexicon) -> Number:
    """Return a length in metres."""
    measures = lexicon.words("metre")
    match = re.compile(rf"[ -]?({join_words(measures)})(?!{LETTER})").match(text, number.end)
    if match is None:
        return number
    scale = float(measures[match[1]])
    return replace(number, value=number.value * scale, scale=number.scale * scale)
