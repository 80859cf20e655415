"""The words of the figures: nearly all are read, and a row that departs from them is found."""

from __future__ import annotations

import math
import random
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import dprk_russia
from dprk_russia.checks.numerals.statements import read_statements
from dprk_russia.checks.rules.rows import BOUNDED
from dprk_russia.checks.rules.words import RECKONED, UNNAMED, find_departure, is_noted, read_figure
from dprk_russia.contract.package import FIGURES

if TYPE_CHECKING:
    from collections.abc import Callable

WRONG_ROWS = 200
NUMBER_OF = {"exact": "value", "about": "value", "at_least": "value_low", "at_most": "value_high"}


class Row(NamedTuple):
    """A figure with the language of its page and the unit of its indicator; an empty number is None."""

    numbers: dict[str, float | None]
    bound: str
    assumption: bool
    note: str
    words: str
    language: str
    unit: str

    @property
    def is_found(self) -> bool:
        numbers = (self.numbers[name] for name in BOUNDED)
        low, value, high = (math.inf if number is None else number for number in numbers)
        figure = read_figure(
            low, value, high, self.bound, self.words, self.language, self.unit, self.assumption
        )
        departure = find_departure(figure)
        return departure is not None and not is_noted(departure, self.note)

    @property
    def has_digits(self) -> bool:
        return any(letter.isdigit() for letter in self.words)


@cache
def rows() -> list[Row]:
    """Return the figures that have numbers, in the unit of their words."""
    languages = dprk_russia.load("sources").set_index("source_id")["language"]
    units = dprk_russia.load("indicators").set_index("indicator_id")["unit"]
    found = []
    for table in FIGURES:
        frame = dprk_russia.load(table)
        frame = frame[~frame["method"].isin(RECKONED) & frame[list(BOUNDED)].notna().any(axis=1)]
        frame = frame.astype(object).where(frame.notna(), None)
        found += [
            Row(
                {name: row[name] for name in BOUNDED},
                row["bound"],
                row["assumption"] is not None,
                row["note"] or "",
                row["as_stated"],
                str(languages[row["source_id"]]),
                str(units[row["indicator_id"]]),
            )
            for row in frame.to_dict("records")
        ]
    return found


def change_digit(row: Row, chance: random.Random) -> Row:
    """Return a row in which one digit of a number is another."""
    name = chance.choice([name for name in BOUNDED if row.numbers[name] is not None])
    digits = f"{row.numbers[name]:.15g}"
    place = chance.choice([place for place, letter in enumerate(digits) if letter.isdigit()])
    digit = chance.choice([digit for digit in "0123456789" if digit != digits[place]])
    return row._replace(numbers=row.numbers | {name: float(digits[:place] + digit + digits[place + 1 :])})


def change_factor(row: Row, chance: random.Random) -> Row:
    """Return a row in which one number is too large or too small by powers of ten; nought has none."""
    names = [name for name in BOUNDED if row.numbers[name]]
    if not names:
        return change_digit(row, chance)
    name = chance.choice(names)
    factor = chance.choice([0.001, 0.1, 10, 100, 1000])
    return row._replace(numbers=row.numbers | {name: float(row.numbers[name] or 0) * factor})


def change_bound(row: Row, chance: random.Random) -> Row:
    """Return a row with another bound; exact and about are one where words name no bound."""
    if row.bound not in NUMBER_OF:
        return change_digit(row, chance)
    taken = set(UNNAMED) if row.bound in UNNAMED else {row.bound}
    bound = chance.choice(sorted(NUMBER_OF.keys() - taken))
    number = row.numbers[NUMBER_OF[row.bound]]
    return row._replace(bound=bound, numbers=dict.fromkeys(BOUNDED) | {NUMBER_OF[bound]: number})


def test_of_the_words_with_digits_ninety_eight_in_a_hundred_are_read() -> None:
    with_digits = [row for row in rows() if row.has_digits]
    read = [row for row in with_digits if read_statements(row.words, row.language, row.unit)]
    assert len(read) >= 0.98 * len(with_digits)


def test_of_two_hundred_wrong_rows_ninety_five_in_a_hundred_are_found() -> None:
    chance = random.Random(20250131)  # noqa: S311
    changes: list[Callable[[Row, random.Random], Row]] = [change_digit, change_factor, change_bound]
    sample = chance.sample([row for row in rows() if row.has_digits and not row.is_found], WRONG_ROWS)
    wrong = [chance.choice(changes)(row, chance) for row in sample]
    assert sum(row.is_found for row in wrong) >= 0.95 * WRONG_ROWS
