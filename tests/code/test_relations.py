"""Rows joined by number, and rows numbered and put in order by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from dprk_russia.checks.schemas import find_failures, is_unique
from dprk_russia.contract.package import installed_package
from dprk_russia.tabular.frames import ascends, find_descents, number_rows, plain_cells, text_type, type_frame
from dprk_russia.tabular.relations import (
    find_cycles,
    find_pairs,
    find_row_numbers,
    follow,
    mark,
    take,
    through,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dprk_russia.tabular.relations import RowNumbers


def numbers(*values: int) -> RowNumbers:
    return np.array(values, dtype="int64")


def texts(*values: str | None) -> pd.Series:
    return pd.Series(values, dtype="str")


def test_a_cell_means_the_first_row_that_has_its_id() -> None:
    ids = texts("a", None, "b", "a", "c")
    one, other, none = find_row_numbers([texts("c", "a", None, "x"), texts("b"), texts()], ids)
    assert (one.tolist(), other.tolist(), none.tolist()) == ([4, 0, -1, -1], [2], [])


def test_no_cell_means_a_row_of_nothing() -> None:
    (found,) = find_row_numbers([texts("a", None)], texts())
    assert found.tolist() == [-1, -1]


@pytest.mark.parametrize(
    ("child", "parent", "found"),
    [
        (([0, 1, 2], [5, 6, 7]), ([0, 1, 2], [5, 6, 7]), [0, 1, 2]),
        (([0, 0], [1, 0]), ([0, 0], [0, 1]), [1, 0]),
        (([2, 0], [0, 2]), ([2, 0, 2], [0, 2, 0]), [0, 1]),
        (([1], [0]), ([0], [1]), [-1]),
        (([0, 1], [3, 0]), ([1, 0], [0, 3]), [1, 0]),
        (([-1, 0, -1, 0], [0, -1, -1, 0]), ([-1, 0, -1, 0], [0, -1, -1, 0]), [-1, -1, -1, 3]),
        (([0, 9], [0, 9]), ([0], [0]), [0, -1]),
        (([0], [0]), ([], []), [-1]),
        (([], []), ([0], [0]), []),
    ],
)
def test_a_pair_is_found_at_its_first_place_and_none_that_is_not_known(
    child: tuple[list[int], list[int]], parent: tuple[list[int], list[int]], found: list[int]
) -> None:
    sides = [(numbers(*first), numbers(*second)) for first, second in (child, parent)]
    assert find_pairs(sides[0], sides[1]).tolist() == found


def test_values_and_rows_are_looked_up_by_number_and_missing_at_none() -> None:
    taken = take(texts("a", "b"), numbers(1, -1, 0), pd.Index([7, 8, 9]))
    assert taken.index.tolist() == [7, 8, 9]
    assert taken.fillna("").tolist() == ["b", "", "a"]
    assert through(numbers(1, -1, 0), numbers(5, 6)).tolist() == [6, -1, 5]


def test_rows_are_marked_whose_number_is_given() -> None:
    assert mark(numbers(2, -1, 0, 2), 4).tolist() == [True, False, True, False]
    assert mark(numbers(), 2).tolist() == [False, False]


@pytest.mark.parametrize(
    ("parents", "ends", "cycles"),
    [
        ([], [], []),
        ([-1], [0], []),
        ([0], [-1], [[0]]),
        ([1, -1], [1, 1], []),
        ([-1, 0, 1, 2, 3], [0, 0, 0, 0, 0], []),
        ([1, 2, 3, 4, 5, 6, -1], [6] * 7, []),
        ([1, 0], [-1, -1], [[0, 1]]),
        ([2, 0, 1, 0, -1], [-1, -1, -1, -1, 4], [[0, 1, 2]]),
        ([3, 2, 1, 0], [-1, -1, -1, -1], [[0, 3], [1, 2]]),
        ([1, 2, 2], [-1, -1, -1], [[2]]),
    ],
)
def test_a_chain_is_followed_to_its_end_and_a_cycle_has_none(
    parents: list[int], ends: list[int], cycles: list[list[int]]
) -> None:
    assert follow(numbers(*parents)).tolist() == ends
    assert find_cycles(numbers(*parents)) == cycles


def keyed(rows: Sequence[tuple[str | None, str | None]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["one", "other"], dtype="str")


@pytest.mark.parametrize(
    ("rows", "rises", "descents"),
    [
        ([], True, []),
        ([("a", "a")], True, []),
        ([("a", "a"), ("a", "b"), ("b", "a")], True, [False, False]),
        ([("a", "b"), ("a", "b")], False, [False]),
        ([("a", "b"), ("a", "a")], False, [True]),
        ([("b", "a"), ("a", "b")], False, [True]),
        ([("a", "a"), ("a", None)], False, [False]),
        ([(None, "a"), ("a", "a")], False, [False]),
        ([("a", "b"), (None, "a"), ("a", "a")], False, [False, False]),
    ],
)
def test_keys_rise_if_each_is_complete_and_sorts_after_the_one_above(
    rows: list[tuple[str | None, str | None]], descents: list[bool], *, rises: bool
) -> None:
    frame = keyed(rows)
    assert ascends(frame, ("one", "other")) is rises
    assert find_descents(frame, ("one", "other"), strictly=False).tolist() == descents


def test_codes_sort_by_their_letters_and_not_by_their_order_in_the_schema() -> None:
    frame = pd.DataFrame({"one": pd.Categorical(["a", "b"], categories=["b", "a"], ordered=True)})
    assert ascends(frame, ("one",))


def test_rows_of_the_same_key_share_a_number_and_an_incomplete_key_has_none() -> None:
    rows = [("a", "b"), ("b", "a"), ("a", "b"), ("a", None), (None, "b"), ("b", "b"), ("a", "a")]
    found = number_rows(keyed(rows), ("one", "other")).tolist()
    assert found[0] == found[2]
    assert found[3] == found[4] == -1
    assert len({found[0], found[1], found[5], found[6], -1}) == 5
    assert found[0] < found[1] < found[5] < found[6]


def test_a_row_is_unique_unless_an_earlier_one_has_its_complete_key() -> None:
    rows = [("b", "b"), ("a", "a"), ("b", "b"), ("a", None), ("a", None), ("a", "b"), ("a", "a")]
    assert is_unique(keyed(rows), ("one", "other")).tolist() == [True, True, False, True, True, True, False]


@pytest.mark.parametrize(("unique", "found"), [(False, ["primary-key:topic_id"]), (True, [])])
def test_a_repeated_key_is_a_failure_unless_the_keys_are_known_to_be_unique(
    found: list[str], *, unique: bool
) -> None:
    topics = installed_package().table("topics")
    text = pd.DataFrame(
        {"topic_id": ["a", "a"], "name": ["A", "B"], "definition": ["A.", "B."]}, index=[2, 3], dtype="str"
    )
    failures = dict(find_failures(topics, type_frame(text, topics), unique=unique))
    assert [check for check, _ in failures] == found
    assert [column for _, column in failures] == [""] * len(found)
    assert [failure.index.tolist() for failure in failures.values()] == [[3]] * len(found)


def test_bounds_are_told_by_column_line_and_value() -> None:
    places = installed_package().table("places")
    text = pd.DataFrame(index=[2, 3, 4], columns=places.columns, dtype=text_type()).assign(
        place_id=["a", "b", "c"],
        name=["A", "B", "C"],
        latitude=["91", "90", "-90"],
        geonames_id=["1", "0", "2"],
    )
    failures = {
        key: values.to_dict()
        for key, values in find_failures(places, type_frame(text.astype(text_type()), places), unique=True)
    }
    assert failures == {("maximum", "latitude"): {2: 91.0}, ("minimum", "geonames_id"): {3: 0}}


def test_a_date_covers_the_days_from_the_first_to_the_last() -> None:
    claims = installed_package().table("claims")
    text = pd.DataFrame(index=range(6), columns=claims.columns, dtype=text_type()).assign(
        asserted=texts("2024", "2024-02", "2023-02", "2024-12-16", None, "2024")
    )
    typed = type_frame(text.astype(text_type()), claims)
    assert plain_cells(typed["asserted_from"]) == [
        "2024-01-01", "2024-02-01", "2023-02-01", "2024-12-16", None, "2024-01-01",
    ]  # fmt: skip
    assert plain_cells(typed["asserted_to"]) == [
        "2024-12-31", "2024-02-29", "2023-02-28", "2024-12-16", None, "2024-12-31",
    ]  # fmt: skip


def test_a_category_that_is_a_number_is_a_whole_number_as_a_plain_cell() -> None:
    grades = pd.Series(pd.Categorical([3, None, 1], categories=[1, 2, 3]))
    assert list(map(repr, plain_cells(grades))) == ["3", "None", "1"]
