"""Numbers in powers of ten thousand, whose parts are not apart: 1만2천, 57억1천만, 三千余."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dprk_russia.checks.numerals.lexicon import join_words, read_lexicons
from dprk_russia.checks.numerals.number import Number, parse_digits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dprk_russia.checks.numerals.lexicon import Lexicon

# From this on a word multiplies all that stands in front of it.
MYRIAD = 10_000
DIGITS = r"\d+(?:[.,]\d+)*"


@cache
def _myriad_patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds numbers, and what finds their parts.

    A number in letters is one only where a counter follows, since the same letters stand for much else.
    """
    lexicon = read_lexicons()[language]
    scale, inside, number, digit, counter, vague, fraction = (
        f"(?:{join_words(lexicon.words(role))})"
        for role in ("scale", "inside", "number", "digit", "counter", "vague", "fraction")
    )
    multiplied = f"(?:{inside}?{scale})+"
    letters = f"(?:{number}|{digit}|{scale})*(?:{number}|{scale}){digit}*"
    numbers = re.compile(
        rf"{vague} ?{scale}+"
        rf"|(?P<digits>(?:(?<![가-힣]){scale})?(?:{DIGITS})(?:{multiplied}(?:[ ,]?(?:{DIGITS})?{multiplied})*(?:[ ,]?(?:{DIGITS}))?)?){inside}?"
        rf"|(?<![가-힣])(?P<letters>{letters})(?={inside}? ?{counter}){inside}?"
        rf"|(?P<fraction>{fraction})"
    )
    return numbers, re.compile(f"(?P<digits>{DIGITS})|(?P<scale>{scale})|(?P<number>{number}|{digit})")


def read_myriads(text: str, lexicon: Lexicon) -> Iterator[Number]:
    """Yield the numbers of a text in small letters."""
    numbers, parts = _myriad_patterns(lexicon.language)
    for match in numbers.finditer(text):
        if share := match["fraction"]:
            value = float(lexicon.words("fraction")[share])
            yield Number(*match.span(), share, value, is_share=True)
        elif written := match["digits"] or match["letters"]:
            value, scale = _count(parts.finditer(written), lexicon)
            is_about = any(word in match[0] for word in lexicon.words("inside"))
            yield Number(*match.span(), match[0], value, scale, is_about=is_about)


def _count(parts: Iterator[re.Match[str]], lexicon: Lexicon) -> tuple[float, float]:
    """Return what the parts of a number come to, and the last power they are multiplied by."""
    values = {**lexicon.words("digit"), **lexicon.words("number")}
    total = section = 0.0
    current: float | None = None
    scale = 1.0
    for part in parts:
        if part["digits"]:
            current = parse_digits(part["digits"], lexicon, is_scaled=False)
        elif part["number"]:
            value = float(values[part["number"]])
            current = value if current is None else current + value if current >= 10 else current * 10 + value
        else:
            scale = float(lexicon.words("scale")[part["scale"]])
            if scale < MYRIAD:
                section += (1 if current is None else current) * scale
            else:
                total += ((section + (current or 0)) or 1) * scale
                section = 0
            current = None
    return round(total + section + (current or 0), 6), scale if current is None else 1
