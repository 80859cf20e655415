"""Figures and answers in words."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import dprk_russia
from dprk_russia.record.wording import tell_amount, tell_answer, tell_figure, tell_period, tell_time

Row = dict[str, Any]


def figure(bound: str = "exact", value: float | None = 100, **cells: object) -> Row:
    """Return a row of the frame `answer`, by a speaker without a name for a sentence."""
    usual: Row = {
        "speaker": "The Bureau", "prose_name": None, "kind": "quantity", "as_of": pd.Timestamp("2024-12-05"),
        "as_of_precision": "day", "period_start": None, "bound": bound, "number": value, "value_low": None, "value": value,
        "value_high": None, "unit": "item", "per": None, "currency": None, "as_stated": "as many as that",
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
        (figure("at_most", -50, unit="percent"), "down by at least 50 percent"),
        (figure("at_least", -50, unit="percent"), "down by at most 50 percent"),
        (figure("about", -10.8, unit="percent"), "down by about 10.8 percent"),
        (figure(value=-51.2, unit="percent"), "down by 51.2 percent"),
        (figure(value=0, unit="percent"), "0 percent"),
        (figure("at_most", -50), "at most -50"),
        (figure("range", None, value_low=-5, value_high=-3, unit="percent"), "-5 to -3 percent"),
        (figure("range", None, value_low=5, value_high=7.5), "5 to 7.5"),
        (figure("range", 6, value_low=5, value_high=7, unit="day"), "6 days, within 5 to 7 days"),
        (figure("vague", None), "“as many as that”"),
        (figure("vague", None, as_stated="“hundreds” of men"), "“\u2018hundreds\u2019 of men”"),
        (figure("vague", None, value_low=2), "“as many as that”"),
        (figure(unit="person"), "100 people"),
        (figure(value=1, unit="person"), "1 person"),
        (figure("range", None, value_low=0, value_high=1, unit="tonne"), "0 to 1 tonne"),
        (figure(unit="tonne"), "100 tonnes"),
        (figure(value=1.0, unit="hectare"), "1 hectare"),
        (figure(unit="hectare"), "100 hectares"),
        (figure(value=1, unit="container"), "1 container"),
        (figure(unit="container"), "100 containers"),
        (figure(value=1, unit="barrel"), "1 barrel"),
        (figure(value=1, unit="metre"), "1 metre"),
        (figure(unit="metre"), "100 metres"),
        (figure(value=1, unit="day"), "1 day"),
        (figure(value=1, unit="percent"), "1 percent"),
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


@pytest.mark.parametrize("unit", ["percent", "item"])
def test_an_amount_below_nought_keeps_its_sign_beside_an_axis(unit: str) -> None:
    assert tell_amount(figure("at_most", -50, unit=unit), bare=True).removesuffix("%") == "at most -50"


@pytest.mark.parametrize(
    ("precision", "start", "words"),
    [
        ("day", None, "5 December 2024"),
        ("month", None, "December 2024"),
        ("year", None, "2024"),
        ("year", "2024", "2024"),
        ("year", "2017", "2017 to 2024"),
        ("month", "2024-01", "January to December 2024"),
        ("day", "2023-12-30", "30 December 2023 to 5 December 2024"),
    ],
)
def test_the_time_of_a_figure_is_told_as_precisely_as_it_is_stated_with_its_beginning(
    precision: str, start: str | None, words: str
) -> None:
    assert tell_time(figure(as_of_precision=precision, period_start=start)) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2024-02-09", "2024-02-09", "9 February 2024"),
        ("2023", "2023-11", "2023, up to November 2023"),
        ("2024-02-09", "2024", "2024, from 9 February 2024"),
        ("2024-12-14", "2024-12-15", "14 to 15 December 2024"),
        ("2024-11-14", "2024-12-15", "14 November to 15 December 2024"),
        ("2023-12-14", "2024-12-15", "14 December 2023 to 15 December 2024"),
        ("2024-12", "2025", "December 2024 to 2025"),
        ("2024", "2025-01", "2024 to January 2025"),
    ],
)
def test_a_period_is_told_by_its_two_dates(start: str, end: str, words: str) -> None:
    assert tell_period(start, end) == words


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
