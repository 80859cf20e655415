"""Tables on pages: what is too long for one page goes on on others, each of which leads to all. No row is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dprk_russia.site.content import Listing, Page, Share, Table, Words, address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A list has at most so many rows, and the tables on the page of a row together; on that of a topic questions stand beside them.
MOST_ROWS = 250
MOST_BESIDE = 180
MOST_BESIDE_QUESTIONS = 120


def continue_page(page: Page, lang: str = "", most: int | None = None) -> Iterator[Page]:
    """Yield a page that has tables, and the pages on which those go on that are too long for it.

    The content of the page has `tables`, each with a name, which have at most so many rows together. `lang` is the language
    of its title.
    """
    most = _share_out([len(table.rows) for table in page.content.tables], most or MOST_BESIDE)
    divided = [
        divide(table, most, f"{page.address}#{table.name}", f"{page.stem}.{table.name}")
        for table in page.content.tables
    ]
    tables = tuple(parts[0][1] for parts in divided)
    yield replace(page, content=replace(page.content, tables=tables))
    home = Words(page.title, page.address, lang)
    for to, table in (part for parts in divided for part in parts[1:]):
        heading = f"{table.caption}, {table.rows_shown}"
        listing = Listing(page.description, (table,), heading=heading, home=home)
        yield Page(to, "list.html", f"{heading}: {page.title}", page.description, listing)


def _share_out(lengths: Sequence[int], most: int) -> int:
    """Return how many rows each table may have, so that together they have at most so many and short ones are whole."""
    room = most
    for place, length in enumerate(sorted(lengths)):
        left = len(lengths) - place
        if length * left > room:
            return max(room // left, 1)
        room -= length
    return most


def divide(table: Table, most: int, first: str, stem: str) -> list[tuple[str, Table]]:
    """Return the parts of a table, the first with at most so many rows, with their addresses; one if it is short.

    The first part stands at the address `first`, the others at addresses that begin with `stem`.
    """
    total = len(table.rows)
    starts = [0, *range(most, total, MOST_ROWS)]
    ends = [*starts[1:], total]
    addresses = [first, *(f"{stem}.{number}.html" for number in range(2, len(starts) + 1))]
    if len(starts) == 1:
        return [(first, table)]
    names = [f"{start + 1:,} to {end:,}" for start, end in zip(starts, ends, strict=True)]
    parts: list[tuple[str, Table]] = []
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        links = (
            Words(name, "" if other == place else to)
            for other, (name, to) in enumerate(zip(names, addresses, strict=True))
        )
        share = Share(names[place], total, tuple(links))
        parts.append((addresses[place], replace(table, rows=table.rows[start:end], share=share)))
    return parts


def spread(at: str, title: str, introduction: str, parts: Sequence[tuple[str, str, Table]]) -> Iterator[Page]:
    """Yield a page of tables; where they are too long together, a page that leads to one for each.

    Each part is what its page is called in its address, what it is called by people, and its table.
    """
    kind = at.removesuffix(".html")
    if len(parts) == 1:
        ((name, _, table),) = parts
        yield from _list_parts(divide(table, MOST_ROWS, at, f"{kind}/{name}"), title, introduction)
        return
    if sum(len(table.rows) for _, _, table in parts) <= MOST_ROWS:
        tables = tuple(replace(table, name="") for _, _, table in parts)
        yield Page(at, "list.html", title, introduction, Listing(introduction, tables))
        return
    named = tuple((Words(called, address(kind, name)), len(table.rows)) for name, called, table in parts)
    yield Page(at, "list.html", title, introduction, Listing(introduction, (), named))
    for name, called, table in parts:
        divided = divide(table, MOST_ROWS, address(kind, name), f"{kind}/{name}")
        yield from _list_parts(divided, f"{title}: {called}", introduction)


def _list_parts(parts: Sequence[tuple[str, Table]], title: str, introduction: str) -> Iterator[Page]:
    for place, (at, table) in enumerate(parts):
        told = f"{title}, {table.rows_shown}" if place else title
        yield Page(at, "list.html", told, introduction, Listing(introduction, (table,)))
