"""Scales: where a number or a day stands on an axis, and which round ones are named there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Beyond this ratio of the largest to the smallest number the small ones could not be told apart on a linear scale.
LINEAR_SPREAD = 100
_STEPS = (1, 2, 2.5, 5, 10)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear scale between two round numbers."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def place(self, number: float) -> float:
        """Return where a number stands, between 0 and 1."""
        return (number - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Logarithmic:
    """A logarithmic scale between two powers of ten, for numbers above nought."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def place(self, number: float) -> float:
        """Return where a number stands, between 0 and 1."""
        return math.log(number / self.low) / math.log(self.high / self.low)


# A scale of numbers, from 0 at its lower end to 1 at its upper one.
Scale = Linear | Logarithmic


def fit(numbers: Sequence[float], wanted_ticks: int = 5) -> Scale:
    """Return the scale for some numbers: from nought, and logarithmic only where they spread beyond `LINEAR_SPREAD`."""
    lowest, highest = min(numbers, default=0), max(numbers, default=0)
    if lowest > 0 and highest / lowest > LINEAR_SPREAD:
        return _fit_logarithmic(lowest, highest)
    return _fit_linear(min(lowest, 0), max(highest, 0), wanted_ticks)


def _fit_linear(lowest: float, highest: float, wanted_ticks: int) -> Linear:
    if lowest == highest:
        highest = lowest + 1
    step = find_step((highest - lowest) / wanted_ticks)
    first, last = math.floor(lowest / step), math.ceil(highest / step)
    return Linear(first * step, last * step, tuple(step * count for count in range(first, last + 1)))


def _fit_logarithmic(lowest: float, highest: float) -> Logarithmic:
    first, last = math.floor(math.log10(lowest)), math.ceil(math.log10(highest))
    powers = tuple(10.0**power for power in range(first, last + 1))
    return Logarithmic(powers[0], powers[-1], powers)


def find_step(least: float) -> float:
    """Return the smallest round step that is not below `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * step for step in _STEPS if power * step >= least * (1 - 1e-9))


@dataclass(frozen=True, slots=True)
class Days:
    """A scale of days, from 0 to 1; ticks are the first days of months or years, with what is written at them."""

    first: date
    last: date
    ticks: tuple[tuple[date, str], ...]

    def place(self, day: date) -> float:
        """Return where a day stands, between 0 and 1."""
        return (day - self.first).days / (self.last - self.first).days


def fit_days(days: Sequence[date], wanted_ticks: int = 7) -> Days:
    """Return the scale for some days, which begins and ends with a month."""
    earliest, latest = min(days), max(days)
    first, last = (
        earliest.year * _MONTHS_A_YEAR + earliest.month - 1,
        latest.year * _MONTHS_A_YEAR + latest.month,
    )
    step = next((months for months in _MONTHS if (last - first) / months <= wanted_ticks), _MONTHS[-1])
    ticks = tuple(_name_months(first, last, step))
    return Days(_first_day(first), _first_day(last), ticks)


def _name_months(first: int, last: int, step: int) -> Iterator[tuple[date, str]]:
    """Yield each tick; the year is named at the first and wherever it begins."""
    year = -1
    for month in range(-(-first // step) * step, last + 1, step):
        day = _first_day(month)
        named = day.year != year
        year = day.year
        if step >= _MONTHS_A_YEAR:
            yield day, str(day.year)
        else:
            yield day, day.strftime("%b %Y") if named else day.strftime("%b")


def _first_day(month: int) -> date:
    return date(month // _MONTHS_A_YEAR, month % _MONTHS_A_YEAR + 1, 1)
