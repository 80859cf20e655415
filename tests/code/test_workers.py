"""Calls are made side by side only where tables are so large that this saves time."""

from __future__ import annotations

import threading

import pytest

from dprk_russia.tabular.workers import MIN_BYTES, start_workers


@pytest.mark.parametrize(("size", "is_here"), [(0, True), (MIN_BYTES - 1, True), (MIN_BYTES, False)])
def test_calls_are_made_in_turn_where_tables_have_few_bytes(size: int, *, is_here: bool) -> None:
    with start_workers(size) as workers:
        called = workers.submit(threading.get_ident).result()
    assert (called == threading.get_ident()) == is_here


@pytest.mark.parametrize("size", [0, MIN_BYTES])
def test_results_come_in_the_order_of_the_calls_with_all_that_was_given(size: int) -> None:
    with start_workers(size) as workers:
        assert list(workers.map(pow, (2, 3), (3, 2))) == [8, 9]
        assert workers.submit(dict, {"a": 1}, b=2).result() == {"a": 1, "b": 2}


@pytest.mark.parametrize("size", [0, MIN_BYTES])
def test_an_error_is_raised_where_the_result_is_asked_for(size: int) -> None:
    with start_workers(size) as workers:
        call = workers.submit(int, "many")
        with pytest.raises(ValueError, match="many"):
            call.result()
