"""Figures and answers in words."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import dprk_russia
from dprk_russia.record.wording import tell_amount, tell_answer, tell_day, tell_figure

Row = dict[str, Any]


def figure(bound: str = "exact", value: float | None = 100, **cells: object) -> Row:
    """Return a row of the frame `answer`, by a speaker without a name for a sentence."""
    usual: Row = {
        "speaker": "The Bureau", "prose_name": None, "kind": "quantity", "as_of": pd.Timestamp("2024-12-05"),
        "as_of_precision": "day", "bound": bound, "number": value, "value_low": None, "value": value, "value_high": None,
        "unit": "item", "per": None, "currency": None, "as_stated": "as many as that",
    }  # fmt: skip
    return usual | cells


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (figure(), "100"),
        (figure("about"), "about 100"),
        (figure("at_least"), "at least 100"),
        (figure("at_most"), "up to 100"),
        (figure("at_most", 0), "up to 0"),
        (figure("at_most", -50, unit="percent"), "at most -50 percent"),
        (figure("at_least", -50, unit="percent"), "at least -50 percent"),
        (figure("range", None, value_low=5, value_high=7.5), "5 to 7.5"),
        (figure("range", 6, value_low=5, value_high=7, unit="day"), "6 days, within 5 to 7 days"),
        (figure("vague", None), "“as many as that”"),
        (figure("vague", None, value_low=2), "“as many as that”"),
        (figure(unit="person"), "100 people"),
        (figure(value=1, unit="person"), "1 person"),
        (figure("range", None, value_low=0, value_high=1, unit="tonne"), "0 to 1 tonne"),
        (figure(value=1.0, unit="hectare"), "1 hectare"),
        (figure(value=1.5, unit="percent"), "1.5 percent"),
        (figure(unit="ratio"), "100"),
        (figure(unit="barrel", per="year"), "100 barrels per year"),
        (figure(unit="money", currency="USD", per="person_month"), "USD 100 per person and month"),
        (figure(unit="money", currency="USD", per="person_year"), "USD 100 per person and year"),
        (
            figure("range", None, value_low=1e9, value_high=2e9, unit="money", currency="KRW"),
            "KRW 1 billion to 2 billion",
        ),
        (figure(value=3000), "3,000"),
        (figure(value=999999), "999,999"),
        (figure(value=1e6), "1 million"),
        (figure(value=-2.5e6), "-2.5 million"),
        (figure(value=1234560), "1.23456 million"),
        (figure(value=1234567), "1,234,567"),
        (figure(value=999.5e6), "999.5 million"),
        (figure(value=1e9), "1 billion"),
        (figure(value=36.9654e12), "36.9654 trillion"),
        (figure(value=4e15), "4,000 trillion"),
        (figure(value=106094.17), "106,094.17"),
        (figure(value=0.1), "0.1"),
        (figure(value=1e-7), "0.0000001"),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_an_amount_is_told_with_its_bound_and_unit_and_without_loss(row: Row, words: str) -> None:
    assert tell_amount(row) == words


@pytest.mark.parametrize(
    ("precision", "words"), [("day", "5 December 2024"), ("month", "December 2024"), ("year", "2024")]
)
def test_a_day_is_told_as_precisely_as_it_is_stated(precision: str, words: str) -> None:
    assert tell_day(figure(as_of_precision=precision)) == words


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (figure(), "The Bureau, 100 (5 December 2024)"),
        (figure(prose_name="the Bureau"), "the Bureau, 100 (5 December 2024)"),
        (figure(kind="forecast"), "The Bureau, 100 (expected, 5 December 2024)"),
        (figure(kind="intention"), "The Bureau, 100 (planned, 5 December 2024)"),
        (figure(kind="norm"), "The Bureau, 100 (laid down, 5 December 2024)"),
    ],
)
def test_a_figure_is_told_with_its_speaker_and_what_is_not_yet_as_that(row: Row, words: str) -> None:
    assert tell_figure(row) == words


def test_an_answer_is_one_sentence_in_the_order_of_its_rows() -> None:
    rows = pd.DataFrame([figure(prose_name="the Service"), figure("about", 7)])
    assert tell_answer(rows) == (
        "The newest figure of each side: the Service, 100 (5 December 2024); The Bureau, about 7 (5 December 2024)."
    )
    assert tell_answer(rows.head(0)) == "There is no figure for the whole."


def test_the_sentence_of_a_day_names_who_had_spoken_by_then() -> None:
    now, then = dprk_russia.answer("kpa-killed"), dprk_russia.answer("kpa-killed", known_by="2025-01-31")
    assert dprk_russia.answer_sentence("kpa-killed") == tell_answer(now)
    assert dprk_russia.answer_sentence("kpa-killed", known_by="2025-01-31") == tell_answer(then)
    assert "South Korea's Ministry of Foreign Affairs, at least 300 people (16 January 2025)" in tell_answer(
        then
    )
    assert "2025)" not in dprk_russia.answer_sentence("kpa-killed", known_by="2024-12-31")


def test_every_answer_of_the_data_can_be_told() -> None:
    for _, rows in dprk_russia.answer().groupby("indicator_id"):
        words = tell_answer(rows)
        assert words.count("; ") >= len(rows) - 1
        assert not {"nan", "<NA>", "None"} & set(words.split())
