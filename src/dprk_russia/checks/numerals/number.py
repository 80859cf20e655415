"""A number in a text, and digits with either mark for thousands and decimals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dprk_russia.checks.numerals.lexicon import POINT_IS_DECIMAL

if TYPE_CHECKING:
    from dprk_russia.checks.numerals.lexicon import Lexicon

# 1,234 or 1.5, and 42 400 with spaces of any width.
DIGITS = r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*"
# Groups of three behind the same mark.
_GROUPS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*")


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where its text stands.

    `scale` is what its last word multiplies by, which a number beside it may share. `is_share` tells a part of a whole, such
    as a half, and `is_about` a number that holds its bound within, as 1천여만 does.
    """

    start: int
    end: int
    text: str
    value: float
    scale: float = 1
    is_share: bool = False
    is_about: bool = False


def parse_digits(text: str, lexicon: Lexicon, *, is_scaled: bool) -> float:
    """Return the number that digits mean.

    One group of three behind the decimal mark of the language is decimals in English ("1.250"), and elsewhere only where a
    word such as million follows (`is_scaled`); any other group of three is thousands.
    """
    if text.isdigit():
        return float(text)
    digits = re.sub(r"\s", "", text)
    decimal = "." if lexicon.language in POINT_IS_DECIMAL else ","
    groups = _GROUPS.fullmatch(digits)
    if groups and (groups[1] != decimal or digits.count(decimal) > 1 or (decimal == "," and not is_scaled)):
        return float(re.sub("[.,]", "", digits))
    # The last mark that is no group of three is a decimal one, whichever it is.
    whole, mark, decimals = digits.rpartition(decimal)
    if not mark:
        whole, mark, decimals = digits.rpartition("," if decimal == "." else ".")
    if mark and (mark == decimal or len(decimals) != 3):
        return float(f"{re.sub('[.,]', '', whole) or 0}.{decimals}")
    return float(re.sub("[.,]", "", digits))
