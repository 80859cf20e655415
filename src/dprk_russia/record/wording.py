"""Figures in words: the amount as its bound has it, the time it speaks of, and an answer as one sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

    Row = Mapping[Any, Any]

# A number with more digits is not told as so many millions.
MOST_DIGITS = 6
NO_ANSWER = "There is no figure for the whole."
_BOUNDS = {"about": "about ", "at_least": "at least ", "at_most": "up to "}
# The bounds of what is told as a fall: who says "at most -50 percent" speaks of a fall by no less than 50.
_FALLS = {"about": "about ", "at_least": "at most ", "at_most": "at least "}
# What a number of each unit is called, one and many; of items and ratios the indicator says what they are.
_NOUNS = {
    "person": ("person", "people"),
    "container": ("container", "containers"),
    "barrel": ("barrel", "barrels"),
    "tonne": ("tonne", "tonnes"),
    "hectare": ("hectare", "hectares"),
    "metre": ("metre", "metres"),
    "day": ("day", "days"),
    "percent": ("percent", "percent"),
}
_RATES = {"person_month": "per person and month", "person_year": "per person and year"}
# What is not said of what was, but ahead.
_AHEAD = {"forecast": "expected", "intention": "planned", "norm": "laid down"}
_SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
_DAYS = {4: "{0:%Y}", 7: "{0:%B %Y}", 10: "{0.day} {0:%B %Y}"}
_LETTERS = {"year": 4, "month": 7, "day": 10}
# Marks around words that are themselves within quotation marks.
_INNER_QUOTES = str.maketrans("“”", "\u2018\u2019")


def tell_answer(rows: pd.DataFrame) -> str:
    """Return rows of the frame `answer` for one indicator as one sentence, in their order."""
    if rows.empty:
        return NO_ANSWER
    return f"The newest figure of each side: {'; '.join(map(tell_figure, rows.to_dict('records')))}."


def tell_figure(row: Row) -> str:
    """Return who gives which amount, and the time it speaks of: `the Kremlin, about 100 people (2 May 2025)`."""
    speaker: str = row["speaker"] if pd.isna(row["prose_name"]) else row["prose_name"]
    ahead = f"{_AHEAD[row['kind']]}, " if row["kind"] in _AHEAD else ""
    return f"{speaker}, {tell_amount(row)} ({ahead}{tell_time(row)})"


def tell_amount(row: Row, *, bare: bool = False) -> str:
    """Return the amount of a figure with its bound and unit; where no number was said, the published words.

    It is `bare` of its unit where an axis or a head names that.
    """
    if row["bound"] == "vague":
        return f"“{row['as_stated'].translate(_INNER_QUOTES)}”"
    count = _count_bare if bare else _count
    if row["bound"] != "range":
        return _tell_fall(row) if _is_fall(row) and not bare else _bind(row) + count(row, row["number"])
    ends = count(row, row["value_low"], row["value_high"])
    return ends if pd.isna(row["value"]) else f"{count(row, row['value'])}, within {ends}"


def tell_time(row: Row) -> str:
    """Return the day that a figure speaks of, or the period up to it, as precisely as it is stated."""
    end = str(row["as_of"])[: _LETTERS[row["as_of_precision"]]]
    return tell_date(end) if pd.isna(row["period_start"]) else tell_period(row["period_start"], end)


def tell_period(start: str, end: str) -> str:
    """Return the time between two dates of any precision in words: January to September 2020; 2023, up to November 2023."""
    if start.startswith(end):
        return tell_date(end) if start == end else f"{tell_date(end)}, from {tell_date(start)}"
    if end.startswith(start):
        return f"{tell_date(start)}, up to {tell_date(end)}"
    began = tell_date(start).removesuffix(f" {tell_date(end[:7])}").removesuffix(f" {end[:4]}")
    return f"{began} to {tell_date(end)}"


def tell_date(text: str | None) -> str:
    """Return a date of any precision in words: 23 December 2024, December 2024 or 2024; none is undated."""
    if not text:
        return "undated"
    return _DAYS[len(text)].format(date.fromisoformat(f"{text}-01-01"[:10]))


def tell_unit(unit: str, per: str | None, currency: str | None) -> str:
    """Return what an axis counts; nothing for bare numbers, of which the indicator says what they are."""
    words = [currency or _NOUNS.get(unit, ("", ""))[1]]
    if per:
        words.append(_RATES.get(per, f"per {per}"))
    return " ".join(filter(None, words))


def _is_fall(row: Row) -> bool:
    """Tell whether a number is that of a fall: of what is told in percent, a change alone can be below nought."""
    return bool(row["unit"] == "percent" and row["number"] < 0)


def _tell_fall(row: Row) -> str:
    return f"down by {_FALLS.get(row['bound'], '')}{_count(row, -row['number'])}"


def _bind(row: Row) -> str:
    """Return the words of a bound: who says "up to" speaks of a number above nought."""
    if row["bound"] == "at_most" and row["number"] < 0:
        return "at most "
    return _BOUNDS.get(row["bound"], "")


def _count(row: Row, *numbers: float) -> str:
    """Return a number, or two ends, with the unit and, for a rate, what it is reckoned for."""
    words = [" to ".join(map(tell_number, numbers))]
    if row["unit"] == "money":
        words.insert(0, row["currency"])
    elif row["unit"] in _NOUNS:
        words.append(_NOUNS[row["unit"]][numbers[-1] != 1])
    if not pd.isna(row["per"]):
        words.append(_RATES.get(row["per"], f"per {row['per']}"))
    return " ".join(words)


def _count_bare(row: Row, *numbers: float) -> str:
    """Return a number, or two ends; a share keeps its sign."""
    return " to ".join(map(tell_number, numbers)) + ("%" if row["unit"] == "percent" else "")


def tell_number(number: float) -> str:
    """Return a number without loss: from a million on by its scale, where six digits are enough for that."""
    exact = Decimal(repr(number)).normalize()
    scale, name = next((scale for scale in _SCALES if abs(exact) >= scale[0]), (Decimal(1), ""))
    if name and len(exact.as_tuple().digits) <= MOST_DIGITS:
        return f"{exact / scale:,f} {name}"
    return f"{exact:,f}"
