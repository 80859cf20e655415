"""Cells: the vectorised test and the explanation agree, and the hints say what to write."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dprk_russia.contract.package import installed_package
from dprk_russia.contract.schema import Category
from dprk_russia.tabular.cells import (
    _FORMULA,
    _SUSPECT,
    MAX_CANDIDATES,
    accepts,
    explain,
    parse_date,
)

if TYPE_CHECKING:
    from dprk_russia.contract.schema import Field

FIELDS = {
    f"{table.name}.{field.name}": field for table in installed_package().tables for field in table.fields
}
NASTY = st.text(st.sampled_from("aZ09-./:,= \t\u00a0é\u0301한\u202e\u200b\0\n"), min_size=1, max_size=12)


def accept(field: Field, text: str) -> bool:
    return bool(accepts(field, pd.Series([text], dtype="str"))[0])


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS.keys())
def test_the_example_of_every_field_is_accepted(field: Field) -> None:
    assert accept(field, str(field.example))


@given(st.sampled_from(list(FIELDS.values())), NASTY | st.text(min_size=1))
def test_what_is_refused_has_a_reason_that_is_true(field: Field, text: str) -> None:
    if not accept(field, text):
        rule, message, _ = explain(field, text)
        assert message
        if rule.id == "length":
            assert field.max_length is not None
            assert len(text) > field.max_length


@given(st.dates())
def test_every_day_month_and_year_is_a_date(day: object) -> None:
    text = str(day)
    for length in (4, 7, 10):
        days = parse_date(text[:length])
        assert days is not None
        assert str(days[0]) <= text <= str(days[1])


@pytest.mark.parametrize(
    "text",
    ["2024-02-30", "2024-13", "2024-00", "2024-12-00", "0000", "24-12-19", "2024-1-2", "2024/12/19", ""],
)
def test_what_is_no_date_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("column", "text", "hint"),
    [
        ("claims.kind", "Assesment", "Did you mean assessment?"),
        ("claims.kind", "almost certain", "Choose one of event, quantity"),
        ("claims.certainty", "almost certain", "Did you mean almost_certain?"),
        ("claims.asserted", "2024/12/9", "Write 2024-12-09."),
        ("military_figures.value", "1,100", "Write 1100 or 1.100,"),
        ("military_figures.value", "12 000", "Write 12000."),
        ("actors.name", "Gazette ", 'Write "Gazette".'),
    ],
)
def test_a_hint_gives_the_canonical_form(column: str, text: str, hint: str) -> None:
    given_hint = explain(FIELDS[column], text)[2]
    assert given_hint is not None
    assert given_hint.startswith(hint)


def test_an_ambiguous_date_gets_no_suggestion() -> None:
    assert explain(FIELDS["claims.asserted"], "01/02/2024")[2] is None


ORDINARY = "\u00e9\u0416\u2019\u3001\u304b\u4e2d\ud55c\uff01"


@given(
    st.text(
        st.sampled_from([*"a -=", "\u0301", "\u1161", "\u200b", "\u00ad", "\n", "\u3000", *ORDINARY]),
        min_size=1,
        max_size=5,
    )
)
def test_text_is_refused_exactly_if_a_reason_is_found_letter_by_letter(text: str) -> None:
    suspicious = bool(re.search(f"\n|{_SUSPECT}|^[{_FORMULA}]", text)) or not unicodedata.is_normalized(
        "NFC", text
    )
    assert accept(FIELDS["claims.note"], text) is not suspicious


COLUMN = st.lists(st.none() | NASTY | st.text("aé한 ", min_size=1, max_size=3), max_size=6)


@given(st.sampled_from(list(FIELDS.values())), COLUMN)
def test_a_cell_is_judged_alike_whatever_stands_beside_it(field: Field, texts: list[str | None]) -> None:
    together = accepts(field, pd.Series(texts, dtype="str")).tolist()
    assert together == [text is None or accept(field, text) for text in texts]


def test_a_misspelt_code_is_compared_with_few_of_a_long_list_and_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    codes = [
        f"{number:04}".translate(str.maketrans("0123456789", "abcdefghij")) * 25 for number in range(1_000)
    ]
    field = replace(FIELDS["claims.kind"], categories=tuple(Category(code, "x") for code in codes))
    compared: list[None] = []
    ratio = difflib.SequenceMatcher.ratio

    def count(matcher: difflib.SequenceMatcher[str]) -> float:
        compared.append(None)
        return ratio(matcher)

    monkeypatch.setattr(difflib.SequenceMatcher, "ratio", count)
    for _ in range(3):
        assert explain(field, codes[500][:-1])[2] == f"Did you mean {codes[500]}?"
    assert 1 <= len(compared) <= 2 * MAX_CANDIDATES


@pytest.mark.parametrize(("text", "is_sound"), [("2024-12-16", True), ("2024-12", False), ("2024", False)])
def test_a_day_is_no_month_and_no_year(text: str, *, is_sound: bool) -> None:
    field = installed_package().table("sources").field("read_on")
    assert accepts(field, pd.Series([text], dtype="str")).tolist() == [is_sound]
