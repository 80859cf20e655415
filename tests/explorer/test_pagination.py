"""Tables that are too long for a page: they go on on others, and each says so."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dprk_russia.site.content import Listing, Page, Table, count, name_heads
from dprk_russia.site.pagination import MOST_BESIDE, MOST_ROWS, continue_page, divide, spread


@dataclass(frozen=True)
class Content:
    tables: tuple[Table, ...]


def make_table(name: str, rows: int) -> Table:
    return Table(
        name.capitalize(), name_heads("Number"), tuple((count(number),) for number in range(rows)), name
    )


def make_pages(*lengths: int) -> list[Page]:
    tables = tuple(make_table(f"table-{number}", length) for number, length in enumerate(lengths))
    return list(
        continue_page(Page("actor/nis.html", "actor.html", "Service", "It speaks.", Content(tables)), "ko")
    )


def read(table: Table) -> list[int]:
    return [int(cell.value) for (cell,) in table.rows]


@given(st.lists(st.integers(0, 700), max_size=5))
def test_no_row_is_left_out_and_no_page_has_too_many(lengths: list[int]) -> None:
    first, *rest = make_pages(*lengths)
    assert sum(len(table.rows) for table in first.content.tables) <= MOST_BESIDE
    for number, length in enumerate(lengths):
        told = read(first.content.tables[number])
        for page in rest:
            (table,) = page.content.tables
            assert len(table.rows) <= MOST_ROWS
            told += read(table) if table.name == f"table-{number}" else []
        assert told == list(range(length))


@pytest.mark.parametrize(
    ("lengths", "shown"),
    [
        ((10, 1000, 20, 1000), [10, 75, 20, 75]),
        ((100, 100), [90, 90]),
        ((90, 90), [90, 90]),
        ((80, 100), [80, 100]),
        ((80, 101), [80, 100]),
    ],
)
def test_short_tables_are_whole_and_long_ones_have_what_room_is_left(
    lengths: tuple[int, ...], shown: list[int]
) -> None:
    first, *_ = make_pages(*lengths)
    assert [len(table.rows) for table in first.content.tables] == shown


def test_each_part_says_which_rows_it_has_and_leads_to_the_others() -> None:
    pages = make_pages(MOST_BESIDE + MOST_ROWS + 1)
    tables = [page.content.tables[0] for page in pages]
    assert [table.share.total for table in tables if table.share] == [431] * 3
    assert [table.rows_shown for table in tables] == ["rows 1 to 180", "rows 181 to 430", "rows 431 to 431"]
    assert [page.address for page in pages[1:]] == ["actor/nis.table-0.2.html", "actor/nis.table-0.3.html"]
    for place, table in enumerate(tables):
        assert table.share is not None
        expected = ["actor/nis.html#table-0", "actor/nis.table-0.2.html", "actor/nis.table-0.3.html"]
        expected[place] = ""
        assert [words.to for words in table.share.parts] == expected


def test_what_goes_on_leads_back_to_the_page_of_its_row_in_its_language() -> None:
    _, page = make_pages(MOST_BESIDE + 1)
    listing: Listing = page.content
    assert listing.home is not None
    assert (listing.home.text, listing.home.to, listing.home.lang) == ("Service", "actor/nis.html", "ko")
    assert page.title == "Table-0, rows 181 to 181: Service"


def test_a_table_that_fits_is_no_part_of_another() -> None:
    ((at, table),) = divide(make_table("claims", 5), 5, "list.html", "list/claims")
    assert (at, table.share, table.rows_shown) == ("list.html", None, "")


@pytest.mark.parametrize(
    ("lengths", "addresses"),
    [
        ([100, 100], ["list.html"]),
        ([200, 100], ["list.html", "list/part-0.html", "list/part-1.html"]),
        ([300, 1], ["list.html", "list/part-0.html", "list/part-0.2.html", "list/part-1.html"]),
        ([300], ["list.html", "list/part-0.2.html"]),
        ([], ["list.html"]),
    ],
)
def test_a_list_is_one_page_or_leads_to_its_parts(lengths: list[int], addresses: list[str]) -> None:
    parts = [(f"part-{n}", f"part {n}", make_table("rows", length)) for n, length in enumerate(lengths)]
    pages = list(spread("list.html", "List", "What is listed.", parts))
    assert [page.address for page in pages] == addresses
    rows = sum(len(table.rows) for page in pages for table in page.content.tables)
    assert rows == sum(lengths)
