"""Which id a misspelt one means."""

from __future__ import annotations

import pytest

from dprk_russia.tabular.nearness import FEW, THOROUGH, IdIndex, suggest

MANY = [f"m-{number:05}" for number in range(FEW)]


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("arms-deliverd", "arms-delivered"),
        ("ARMS-DELIVERED ", "arms-delivered"),
        ("zzarms-delivered", "arms-delivered"),
        ("c00001", "C00001"),
        ("C00003", None),
        ("ac12", "ab12"),
        ("no such thing", None),
        ("x" * 101, None),
    ],
)
def test_a_misspelt_id_means_the_one_that_is_most_like_it(text: str, nearest: str | None) -> None:
    index = IdIndex(["arms-delivered", "arms-value", "C00001", "C00002", "ab12", "x" * 100])
    assert index.find_nearest(text) == nearest


@pytest.mark.parametrize("ids", [["arms-delivered", *MANY[:-1]], ["arms-delivered", *MANY]])
def test_among_many_ids_only_neighbours_and_edits_are_compared(ids: list[str]) -> None:
    index = IdIndex(ids)
    few = len(ids) == FEW
    assert index.find_nearest("zzarms-delivered") == ("arms-delivered" if few else None)
    assert index.find_nearest("arms-delivrd") == "arms-delivered"
    assert index.find_nearest("brms-delivered") == "arms-delivered"
    assert index.find_nearest("arms-delvrd-x") == "arms-delivered"


def test_after_so_many_searches_only_neighbours_and_edits_are_compared() -> None:
    index = IdIndex(["arms-delivered"] * 2 + MANY[:50])
    for number in range(THOROUGH - 1):
        index.find_nearest(f"nothing-like-it-{number:x}")
    assert index.find_nearest("zzarms-delivered") == "arms-delivered"
    assert index.find_nearest("zzzarms-delivered") is None
    assert index.find_nearest("zzarms-delivered") == "arms-delivered"


def test_alike_ids_come_with_the_most_alike_first_and_no_more_than_wanted() -> None:
    index = IdIndex(["arms-value", "arms-ships", "arms-shipped", "trade"])
    assert index.find_alike("arms-ship", 2) == ["arms-ships", "arms-shipped"]
    assert index.find_alike("arms-ship", 9)[:2] == ["arms-ships", "arms-shipped"]
    assert "trade" not in index.find_alike("arms-ship", 9)


def test_a_name_is_suggested_or_what_else_there_is() -> None:
    assert suggest("claim", ["claims", "sources"], "There are tables.") == "Did you mean claims?"
    assert suggest("xyz", ["claims", "sources"], "There are tables.") == "There are tables."
