"""What the words of figures state, case by case."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from dprk_russia.checks import numerals
from dprk_russia.checks.numerals.lexicon import read_lexicons
from dprk_russia.checks.numerals.statements import Statement, read_statements

SIGNS = {"plain": "", "about": "~ ", "at_least": ">= ", "at_most": "<= ", "range": ""}
WELL_TRIED = ("de", "en", "es", "fr", "ja", "ko", "ru", "uk", "zh")

with (Path(__file__).parent / "cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = [tuple(row.values()) for row in csv.DictReader(file)]


def write(statement: Statement) -> str:
    """Return a statement as `cases.csv` writes it."""
    if statement.is_share:
        return f"{SIGNS[statement.bound]}{statement.low * 100:.0f} %"
    ends = dict.fromkeys((f"{statement.low:.15g}", f"{statement.high:.15g}"))
    return SIGNS[statement.bound] + " .. ".join(ends)


@pytest.mark.parametrize(("language", "unit", "words", "states"), CASES)
def test_words_state_these_numbers_with_these_bounds(
    language: str, unit: str, words: str, states: str
) -> None:
    expected = sorted(states.split("; ")) if states else []
    assert sorted(map(write, read_statements(words, language, unit))) == expected


@pytest.mark.parametrize("language", WELL_TRIED)
def test_a_language_has_at_least_twenty_cases(language: str) -> None:
    assert Counter(case[0] for case in CASES)[language] >= 20


def test_a_language_without_words_of_its_own_is_not_read() -> None:
    assert "hu" not in read_lexicons()
    assert read_statements("mintegy 500 katona", "hu", "person") == ()


def test_the_words_of_a_language_are_in_small_letters_and_each_has_one_value() -> None:
    with (Path(numerals.__file__).parent / "words.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    words = [(row["language"], row["role"], word) for row in rows for word in row["words"].split("|")]
    assert [entry for entry in words if entry[2] != entry[2].casefold() or not entry[2].strip()] == []
    assert [entry for entry, count in Counter(words).items() if count > 1] == []
