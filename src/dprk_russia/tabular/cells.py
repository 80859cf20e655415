"""How a cell may be written: a vectorised test that tells sound cells from the rest, and the reason for each of the rest.

The test only says which cells are wrong; `explain` then names the one rule a wrong cell breaks, so that one
defect yields one finding.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

from dprk_russia.contract.findings import RULES, Rule
from dprk_russia.contract.schema import shorten
from dprk_russia.tabular.nearness import find_nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    import pyarrow as pa

    from dprk_russia.contract.schema import Field
    from dprk_russia.tabular.relations import Mask, Positions

CONTROL_CHARACTER = RULES["control-character"]
BIDI_CHARACTER = RULES["bidi-character"]
EDGE_SPACE = RULES["edge-space"]
NOT_NFC = RULES["not-nfc"]
FORMULA_CELL = RULES["formula-cell"]
REQUIRED = RULES["required"]
TYPE = RULES["type"]
ENUM = RULES["enum"]
PATTERN = RULES["pattern"]
LENGTH = RULES["length"]
URL_FORM = RULES["url-form"]
MINIMUM = RULES["minimum"]
MAXIMUM = RULES["maximum"]
FUTURE_DATE = RULES["future-date"]


_CONTROLS = "\x00-\x1f\x7f-\x9f\u2028\u2029"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
_SPACES = "\\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_FORMULA = "=+\\-@"
_SUSPECT = f"[{_CONTROLS}{_INVISIBLE}\ufffd]|^[{_SPACES}]|[{_SPACES}]$"
_EDGES = b" =+-@"
# Printable ASCII without those, and letters beyond ASCII that no normalisation changes, whatever stands beside them:
# Latin, Cyrillic, Japanese, Chinese and Korean ones with their punctuation.
_BEGINNING = "!-*,./-<>?A-~"
_FOREIGN = (
    "\u00a1-\u00ac\u00ae-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e"
    "\u3001-\u3029\u3041-\u3096\u30a1-\u30fc\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e"
)
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


def accepts(field: Field, column: pd.Series[str]) -> Mask:
    """Tell for each cell whether it is empty or written as its field demands."""
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = pa.array(column, pa.large_string())
    if field.codes:
        return _as_mask(pc.is_in(cells, value_set=pa.array([*field.codes, None], cells.type)))
    if field.is_date:
        existing = [text for text in pc.unique(cells).to_pylist() if text is None or _is_date(field, text)]
        return _as_mask(pc.is_in(cells, value_set=pa.array(existing, cells.type)))
    return _by_chunk(partial(_is_sound, field), cells)


def blank_sound(field: Field, cells: pa.Array) -> pa.Array:
    """Return cells of free text without their letters if all are empty or sound, so that only which are empty is kept.

    Otherwise they are returned as they are.
    """
    import pyarrow as pa

    if not _is_sound(field, cells).all():
        return cells
    return pa.Array.from_buffers(
        cells.type,
        len(cells),
        [cells.buffers()[0], _zeros((len(cells) + 1).bit_length()), pa.py_buffer(b"")],
    )


@lru_cache(maxsize=8)
def _zeros(bits: int) -> pa.Buffer:
    """Return the places of letters of cells that have none, for so many that their number needs some bits.

    All pieces of all columns share them.
    """
    import numpy as np
    import pyarrow as pa

    return pa.py_buffer(np.zeros(2**bits, dtype="int64"))


def _is_sound(field: Field, cells: pa.Array) -> Mask:
    """Tell which cells are empty or text that is written well and not too long."""
    import numpy as np

    bounds = _find_bounds(cells)
    if bounds[0] == bounds[-1]:
        return np.ones(len(cells), dtype=bool)
    if field.form in _LEXICAL or field.pattern:
        sound = _is_lexical(_lexical_pattern(field), cells)
    else:
        sound = _is_clean(field, cells)
    return sound & _fits(cells, field.max_length) if field.max_length else sound


def _is_date(field: Field, text: str) -> bool:
    return bool(re.fullmatch(_LEXICAL[field.form], text)) and parse_date(text) is not None


def _by_chunk(test: Callable[[pa.Array], Mask], cells: pa.Array | pa.ChunkedArray) -> Mask:
    """Put every chunk of a column to a test, each small enough to stay in the processor's cache."""
    import numpy as np
    import pyarrow as pa

    chunks = cells.chunks if isinstance(cells, pa.ChunkedArray) else [cells]
    return np.concatenate([np.zeros(0, dtype=bool), *map(test, chunks)])


def _is_lexical(pattern: str, cells: pa.Array) -> Mask:
    """Tell which cells are empty or match a pattern and are normal."""
    import numpy as np
    import pyarrow.compute as pc

    if _match_at_once(pattern, cells):
        return np.ones(len(cells), dtype=bool)
    return _as_mask(pc.match_substring_regex(cells, _anchored(pattern))) & _is_normal(cells)


def _match_at_once(pattern: str, cells: pa.Array) -> bool:
    """Tell whether all cells are surely empty or of ASCII and match a pattern.

    They are matched as the lines of one text, which saves a call for each, so neither they nor what the pattern
    matches may hold a line feed.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if _MAY_BREAK_LINE.search(pattern):
        return False
    filled = pa.Array.from_buffers(cells.type, len(cells), [None, *cells.buffers()[1:]], offset=cells.offset)
    lines = pc.binary_join(
        pa.LargeListArray.from_arrays(pa.array([0, len(cells)], pa.int64()), filled),
        pa.scalar("\n", cells.type),
    )
    matches = pc.match_substring_regex(lines, rf"^(?:(?:{pattern})?(?:\n|$))*$")
    letters = np.frombuffer(lines.buffers()[2], dtype="uint8")
    one_each = np.count_nonzero(letters == ord("\n")) == len(cells) - 1
    return bool(one_each and pc.and_(matches, pc.string_is_ascii(lines))[0].as_py())


def _is_clean(field: Field, cells: pa.Array) -> Mask:
    """Tell which cells of free text hold nothing that cannot be seen, no space at an edge and no formula."""
    import numpy as np
    import pyarrow as pa

    plain = _is_plain(cells)
    for looks_clean in (_is_ordinary, partial(_is_unsuspicious, field)):
        rest = np.flatnonzero(~plain)
        if len(rest):
            plain[rest] = looks_clean(cells.take(pa.array(rest)))
    return plain


def _is_ordinary(cells: pa.Array) -> Mask:
    """Tell which cells hold only letters that are always normal, as most of the text that is not ASCII is."""
    import pyarrow.compute as pc

    pattern = f"^[{_BEGINNING}{_FOREIGN}](?:[ -~{_FOREIGN}]*[!-~{_FOREIGN}])?$"
    return _as_mask(pc.match_substring_regex(cells, pattern))


def _is_unsuspicious(field: Field, cells: pa.Array) -> Mask:
    import pyarrow.compute as pc

    suspect = pc.match_substring_regex(cells, f"{_SUSPECT}|{_formula(field)}")
    return _as_mask(pc.invert(suspect)) & _is_normal(cells)


def _is_plain(cells: pa.Array) -> Mask:
    """Tell which cells are empty, or letters of ASCII from the first sign to the last, as most text is.

    Bytes are compared all at once; what is not plain has to be looked at more closely.
    """
    import numpy as np

    bounds = _find_bounds(cells)
    letters = np.frombuffer(cells.buffers()[2], dtype="uint8")[bounds[0] : bounds[-1]]
    begins, ends = bounds[:-1] - bounds[0], bounds[1:] - bounds[0]
    # Below zero, unsigned numbers begin again from the top: this is true outside of space to tilde.
    strange = letters - np.uint8(ord(" ")) > ord("~") - ord(" ")
    # Of strange letters in a row the first is enough: a cell that begins with one is told by its beginning.
    onsets = np.flatnonzero(strange[1:] > strange[:-1]) + 1
    filled = np.flatnonzero(ends > begins)
    plain = np.ones(len(cells), dtype=bool)
    plain[filled] = _may_begin()[letters[begins[filled]]] & (letters[ends[filled] - 1] != ord(" "))
    plain[np.searchsorted(ends, onsets, side="right")] = False
    return plain


def _find_bounds(cells: pa.Array) -> Positions:
    """Return where each cell begins in the letters of all and, last, where the last one ends."""
    import numpy as np

    if not len(cells):
        return np.zeros(1, dtype="int64")
    return np.frombuffer(cells.buffers()[1], dtype="int64")[cells.offset : cells.offset + len(cells) + 1]


@cache
def _may_begin() -> Mask:
    """Tell of each byte whether plain text may begin with it."""
    import numpy as np

    begins = np.zeros(256, dtype=bool)
    begins[ord(" ") : ord("~") + 1] = True
    begins[list(_EDGES)] = False
    return begins


def _fits(cells: pa.Array, limit: int) -> Mask:
    """Tell which cells have at most `limit` characters; those of few bytes need not be counted."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    fits = _as_mask(pc.less_equal(pc.binary_length(cells), limit))
    rest = np.flatnonzero(~fits)
    if not len(rest):
        return fits
    fits[rest] = _as_mask(pc.less_equal(pc.utf8_length(cells.take(pa.array(rest))), limit))
    return fits


def _is_normal(cells: pa.Array) -> Mask:
    """Tell which cells are empty or in Unicode normalisation form C."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    normal = _as_mask(pc.string_is_ascii(cells))
    rest = np.flatnonzero(~normal)
    if not len(rest):
        return normal
    others = cells.take(pa.array(rest))
    normal[rest] = _as_mask(pc.equal(others, pc.utf8_normalize(others, form="NFC")))
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
    year, *rest = (int(part) for part in text.split("-"))
    month, day = (*rest, None, None)[:2]
    try:
        first = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if month is None:
        return first, date(year, 12, 31)
    return first, first if day else date(year, month, monthrange(year, month)[1])


def explain(field: Field, text: str) -> tuple[Rule, str, str | None]:
    """Return the rule that a wrong cell breaks, what is wrong in a sentence, and a hint of its own if there is one."""
    for rule, pattern, message in (
        (CONTROL_CHARACTER, f"[{_CONTROLS}\ufffd]", "The cell holds a character that cannot be printed"),
        (BIDI_CHARACTER, f"[{_INVISIBLE}]", "The cell holds an invisible character"),
    ):
        if found := re.search(pattern, text):
            code = f"U+{ord(found[0]):04X}"
            return rule, f"{message}: {code} at position {found.start() + 1}.", None
    if re.search(f"^[{_SPACES}]|[{_SPACES}]$", text):
        return EDGE_SPACE, "The cell begins or ends with a space.", f'Write "{shorten(text.strip())}".'
    if not unicodedata.is_normalized("NFC", text):
        return NOT_NFC, "The cell is not in normalisation form C.", None
    return _explain_form(field, text)


def _explain_form(field: Field, text: str) -> tuple[Rule, str, str | None]:
    if field.codes and (field.form == "code" or re.fullmatch(_LEXICAL[field.form], text)):
        message = f'"{shorten(text)}" is not a code of {field.name}.{_foreign_letter(text)}'
        return ENUM, message, _nearest_code(field, text)
    if field.form == "url":
        if re.fullmatch(_LEXICAL["url"], text):
            return _explain_length(field, text)
        return URL_FORM, f'"{shorten(text)}" is not a web address.', None
    if field.form in _CANONICAL:
        canonical = _CANONICAL[field.form]
        return TYPE, f'"{shorten(text)}" is not {canonical}.', _canonical_hint(field, text)
    if field.pattern and not _matches(field.pattern, text):
        message = f'"{shorten(text)}" is not of the form {field.pattern}.{_foreign_letter(text)}'
        return PATTERN, message, f"Write it like {field.example}."
    if not field.pattern and re.match(_formula(field), text):
        return FORMULA_CELL, f'The cell begins with "{text[0]}".', None
    return _explain_length(field, text)


def _explain_length(field: Field, text: str) -> tuple[Rule, str, str | None]:
    return LENGTH, f"The cell has {len(text)} characters; at most {field.max_length} are allowed.", None


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


def _nearest_code(field: Field, text: str) -> str:
    by_label = {code.casefold(): code for code in field.codes if len(code) <= MAX_COMPARED}
    meant = text.casefold().replace(" ", "_") if len(text) <= MAX_COMPARED else ""
    if nearest := find_nearest(meant, by_label, cutoff=0.5):
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


def _lexical_pattern(field: Field) -> str:
    return _LEXICAL.get(field.form) or str(field.pattern)


def _anchored(pattern: str) -> str:
    return f"^(?:{pattern})$"
