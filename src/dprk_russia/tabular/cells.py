"""How a cell may be written: a vectorised test that tells sound cells from the rest, and the reason for each of the rest.

The test only says which cells are wrong; `explain` then names the one rule a wrong cell breaks, so that one
defect yields one finding.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from calendar import monthrange
from datetime import date
from decimal import Decimal
from functools import lru_cache
from heapq import nlargest
from typing import TYPE_CHECKING

from dprk_russia.contract.findings import RULES, Rule
from dprk_russia.contract.schema import shorten
from dprk_russia.tabular.nearness import find_nearest

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from dprk_russia.contract.schema import Field
    from dprk_russia.tabular.relations import Mask


_CONTROLS = "\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029"  # but the line feed
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
_SPACES = " \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_FORMULA = "=+\\-@"
_SUSPECT = f"[{_CONTROLS}{_INVISIBLE}\ufffd]|^[{_SPACES}]|[{_SPACES}]$"
_DATE = "[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_LEXICAL = {
    "url": r"https?://[^\s/?#@<>\"'`(){}|\\^]+(?:[/?#][^\s<>\"`]*)?",
    "day": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "partial_date": _DATE,
    "integer": "-?(?:0|[1-9][0-9]{0,17})",
    "number": "-?(?:0|[1-9][0-9]{0,14})(?:[.][0-9]{1,9})?",
}
_CANONICAL = {
    "day": "a day that exists, as YYYY-MM-DD",
    "partial_date": "a year, month or day that exists, as YYYY, YYYY-MM or YYYY-MM-DD",
    "integer": "a whole number in digits alone",
    "number": "a number in digits, with a point for decimals and no thousands separator",
}
# Numbers with groups of thousands, in scientific notation, or with a sign.
_GROUPED = re.compile(
    r"([+-]?)(\d{1,3}(?:[ _'\u00a0\u202f]\d{3})+|\d{1,3}(?:,\d{3}){2,}|\d+)(\.\d+)?([eE][+-]?\d{1,2})?",
    re.ASCII,
)
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
# One comma, which may group thousands or be a decimal comma.
_AMBIGUOUS = re.compile(r"-?[1-9]\d{0,2},\d{3}", re.ASCII)
# What may match a line feed: an escape, a class of all but some signs, a control character.
_MAY_BREAK_LINE = re.compile(r"\\|\[\^|[\x00-\x1f]")
# Authors may go by a handle, which is not yet a formula.
_HANDLE_COLUMNS = {"author"}
_HANDLE_FORMULA = "^[=+\\-]|^@.*[(!]"
# Longer texts are not compared with codes: the time it takes grows with the square of the length.
MAX_COMPARED = 100
# Of a long list, the codes that share most letters with a text are compared with it letter by letter.
MAX_CANDIDATES = 5


def accepts(field: Field, column: pd.Series[str]) -> Mask:
    """Tell for each cell whether it is empty or written as its field demands."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = pa.array(column, pa.large_string())
    if field.codes:
        return _as_mask(pc.is_in(cells, value_set=pa.array([*field.codes, None], cells.type)))
    if field.is_date:
        form = re.compile(_LEXICAL[field.form])
        dates = [text for text in pc.unique(cells).drop_null().to_pylist() if form.fullmatch(text)]
        existing = [*filter(parse_date, dates), None]
        return _as_mask(pc.is_in(cells, value_set=pa.array(existing, cells.type)))
    # Each chunk is small enough to stay in the processor's cache.
    chunks = cells.chunks if isinstance(cells, pa.ChunkedArray) else [cells]
    return np.concatenate([np.zeros(0, dtype=bool), *(_is_sound(field, chunk) for chunk in chunks)])


def _is_sound(field: Field, cells: pa.Array) -> Mask:
    import pyarrow.compute as pc

    pattern = _LEXICAL.get(field.form) or field.pattern
    sound = _is_lexical(pattern, cells) if pattern else _is_clean(field, cells)
    if not field.max_length:
        return sound
    return sound & _as_mask(pc.less_equal(pc.utf8_length(cells), field.max_length))


def _is_lexical(pattern: str, cells: pa.Array) -> Mask:
    import numpy as np
    import pyarrow.compute as pc

    if not _MAY_BREAK_LINE.search(pattern):
        text = _join(cells)
        matches = pc.match_substring_regex(text, rf"^(?:(?:{pattern})?(?:\n|$))*$")
        if _has_lines(text, len(cells)) and pc.and_(matches, pc.string_is_ascii(text)).as_py():
            return np.ones(len(cells), dtype=bool)
    return _as_mask(pc.match_substring_regex(cells, _anchored(pattern))) & _is_normal(cells)


def _is_clean(field: Field, cells: pa.Array) -> Mask:
    """Tell which cells of free text hold nothing that cannot be seen, no space at an edge and no formula."""
    import pyarrow.compute as pc

    text = _join(cells)
    suspect = f"{_SUSPECT}|{_formula(field)}"
    if _has_lines(text, len(cells)) and not pc.match_substring_regex(text, f"(?m){suspect}").as_py():
        return _is_normal(cells)
    return _as_mask(pc.invert(pc.match_substring_regex(cells, f"\n|{suspect}"))) & _is_normal(cells)


def _join(cells: pa.Array) -> pa.Scalar:
    """Return cells as the lines of one text: to match it at once saves a call for each cell."""
    import pyarrow as pa
    import pyarrow.compute as pc

    filled = pa.Array.from_buffers(cells.type, len(cells), [None, *cells.buffers()[1:]], offset=cells.offset)
    bounds = pa.array([0, len(cells)], pa.int64())
    return pc.binary_join(pa.LargeListArray.from_arrays(bounds, filled), pa.scalar("\n", cells.type))[0]


def _has_lines(text: pa.Scalar, number: int) -> bool:
    """Tell whether a text of joined cells has a line for each, so that no cell holds a line feed."""
    import numpy as np

    letters = np.frombuffer(text.as_buffer(), dtype="uint8")
    return bool(np.count_nonzero(letters == ord("\n")) == number - 1)


def _is_normal(cells: pa.Array) -> Mask:
    """Tell which cells are empty or in Unicode normalisation form C."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    normal = _as_mask(pc.string_is_ascii(cells))
    rest = np.flatnonzero(~normal)
    if not len(rest):
        return normal
    # `utf8_normalize` of pyarrow composes no letters before its version 26.
    others = cells.take(pa.array(rest)).to_pylist()
    normal[rest] = [text is None or unicodedata.is_normalized("NFC", text) for text in others]
    return normal


def _as_mask(sound: pa.Array | pa.ChunkedArray) -> Mask:
    """Return the outcome of a test as an array; an empty cell passes every test."""
    import numpy as np
    import pyarrow.compute as pc

    return np.array(pc.fill_null(sound, fill_value=True), dtype=bool)


def parse_date(text: str) -> tuple[date, date] | None:
    """Return the first and the last day that a date of reduced precision covers, or none if it is no date."""
    if not re.fullmatch(_DATE, text):
        return None
    try:
        first = date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return None
    month = first.replace(month=12) if len(text) == 4 else first
    return first, first if len(text) == 10 else month.replace(day=monthrange(month.year, month.month)[1])


def explain(field: Field, text: str) -> tuple[Rule, str, str | None]:
    """Return the rule that a wrong cell breaks, what is wrong in a sentence, and a hint of its own if there is one."""
    for rule, pattern, message in (
        (
            RULES["control-character"],
            f"[\n{_CONTROLS}\ufffd]",
            "The cell holds a character that cannot be printed",
        ),
        (RULES["bidi-character"], f"[{_INVISIBLE}]", "The cell holds an invisible character"),
    ):
        if found := re.search(pattern, text):
            code = f"U+{ord(found[0]):04X}"
            return rule, f"{message}: {code} at position {found.start() + 1}.", None
    if re.search(f"^[{_SPACES}]|[{_SPACES}]$", text):
        return (
            RULES["edge-space"],
            "The cell begins or ends with a space.",
            f'Write "{shorten(text.strip())}".',
        )
    if not unicodedata.is_normalized("NFC", text):
        return RULES["not-nfc"], "The cell is not in normalisation form C.", None
    return _explain_form(field, text)


def _explain_form(field: Field, text: str) -> tuple[Rule, str, str | None]:
    if field.codes and (field.form == "code" or re.fullmatch(_LEXICAL[field.form], text)):
        message = f'"{shorten(text)}" is not a code of {field.name}.{_foreign_letter(text)}'
        return RULES["enum"], message, _nearest_code(field, text)
    if field.form in _CANONICAL:
        canonical = _CANONICAL[field.form]
        return RULES["type"], f'"{shorten(text)}" is not {canonical}.', _canonical_hint(field, text)
    length = f"The cell has {len(text)} characters; at most {field.max_length} are allowed."
    return _explain_spelling(field, text) or (RULES["length"], length, None)


def _explain_spelling(field: Field, text: str) -> tuple[Rule, str, str | None] | None:
    """Return what is wrong with an address, a text of some pattern or free text, if it is not the length."""
    if field.form == "url":
        if not re.fullmatch(_LEXICAL["url"], text):
            return RULES["url-form"], f'"{shorten(text)}" is not a web address.', None
    elif field.pattern:
        if not _matches(field.pattern, text):
            message = f'"{shorten(text)}" is not of the form {field.pattern}.{_foreign_letter(text)}'
            return RULES["pattern"], message, f"Write it like {field.example}."
    elif re.match(_formula(field), text):
        return RULES["formula-cell"], f'The cell begins with "{text[0]}".', None
    return None


def _matches(pattern: str, text: str) -> bool:
    """Tell whether text matches a pattern of a stranger, in linear time, which Python's own engine does not promise."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return bool(pc.match_substring_regex(pa.scalar(text), _anchored(pattern)).as_py())


def _foreign_letter(text: str) -> str:
    """Name the first character beyond ASCII, which may look like one within."""
    for position, sign in enumerate(text, 1):
        if not sign.isascii():
            return f" Character {position} is {unicodedata.name(sign, 'unknown')} (U+{ord(sign):04X})."
    return ""


@lru_cache(maxsize=1_000)
def _nearest_code(field: Field, text: str) -> str:
    by_label = {code.casefold(): code for code in field.codes if len(code) <= MAX_COMPARED}
    meant = text.casefold().replace(" ", "_") if len(text) <= MAX_COMPARED else ""
    matcher: difflib.SequenceMatcher[str] = difflib.SequenceMatcher()
    matcher.set_seq2(meant)

    def share_letters(label: str) -> float:
        matcher.set_seq1(label)
        return matcher.quick_ratio()

    likely = nlargest(MAX_CANDIDATES, by_label, key=share_letters)
    if nearest := find_nearest(meant, likely, cutoff=0.5):
        return f"Did you mean {by_label[nearest]}?"
    return f"Choose one of {shorten(', '.join(field.codes))}."


def _canonical_hint(field: Field, text: str) -> str | None:
    written = rewrite(field, text)
    if written != text:
        return f"Write {written}."
    if _AMBIGUOUS.fullmatch(text) and not field.is_date:
        return f"Write {text.replace(',', '')} or {text.replace(',', '.')}, whichever the page means."
    return None


def rewrite(field: Field, text: str) -> str:
    """Return the canonical form of a date or number that has a single reading; any other text as it stands."""
    if field.is_date:
        return _rewrite_date(text)
    return _rewrite_number(text) if field.form in {"integer", "number"} else text


def _rewrite_date(text: str) -> str:
    """Return a date that begins with its year with two digits for month and day; any other as it stands."""
    parts = _DAY.fullmatch(text)
    if not parts:
        return text
    written = f"{parts[1]}-{int(parts[2]):02}-{int(parts[3]):02}"
    return written if parse_date(written) else text


def _rewrite_number(text: str) -> str:
    """Return a number in plain digits; one with a single comma, which may be a decimal comma, as it stands."""
    parts = _GROUPED.fullmatch(text)
    if not parts:
        return text
    sign, whole, fraction, exponent = (part or "" for part in parts.groups())
    number = Decimal(f"{sign}{re.sub(r'[^0-9]', '', whole)}{fraction}{exponent}")
    plain = f"{number.copy_abs():f}"  # `abs` would round it
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return f"-{plain}" if number < 0 else plain


def _formula(field: Field) -> str:
    return _HANDLE_FORMULA if field.name in _HANDLE_COLUMNS else f"^[{_FORMULA}]"


def _anchored(pattern: str) -> str:
    return f"^(?:{pattern})$"
