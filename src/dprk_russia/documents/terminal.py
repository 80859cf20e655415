"""Documents as text for a terminal of some width."""

from __future__ import annotations

import textwrap
import unicodedata
from itertools import zip_longest
from typing import TYPE_CHECKING

from dprk_russia.documents import Facts, Grid, Heading, Listing, Outline, Paragraph, get_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dprk_russia.documents import Block, Item, Spans

GAP = "  "
# A column that would become narrower than this is not worth setting beside others.
NARROWEST = 12


def render_terminal(blocks: Iterable[Block], width: int) -> str:
    """Return a document as text whose lines are no wider than `width` columns of a terminal, words permitting."""
    return "\n\n".join("\n".join(_render(block, width)) for block in blocks)


def _render(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading():
            title = get_text(block.text)
            yield from (title, ("=" if block.level == 1 else "-") * min(_measure(title), width))
        case Paragraph():
            yield from _wrap(_write(block.spans), width)
        case Facts():
            yield from _render_facts(block, width)
        case Grid():
            if block.caption:
                yield f"{get_text(block.caption)}:"
            yield from _render_grid(block, width)
        case Outline():
            yield from _render_items(block.items, width)
        case Listing():
            yield from block.text.splitlines()


def _render_facts(facts: Facts, width: int) -> Iterator[str]:
    indent = max((_measure(get_text(name)) for name, _ in facts.pairs), default=0) + len(GAP)
    for name, spans in facts.pairs:
        yield from _hang(get_text(name), _write(spans), indent, width)


def _render_items(items: Iterable[Item], width: int, indent: str = "") -> Iterator[str]:
    for item in items:
        for line in _hang("-", _write(item.spans), len(GAP), width - len(indent)):
            yield indent + line
        yield from _render_items(item.items, width, indent + GAP)


def _hang(name: str, text: str, indent: int, width: int) -> Iterator[str]:
    for label, line in zip_longest([name], _wrap(text, max(width - indent, NARROWEST)), fillvalue=""):
        yield f"{_pad(label, indent)}{line}".rstrip()


def _render_grid(grid: Grid, width: int) -> Iterator[str]:
    heads = [*map(get_text, grid.heads)]
    rows = [[_write(cell) for cell in row.cells] for row in grid.rows]
    widths = _share_width([heads, *rows], width)
    if min(widths) < 1:
        yield from _stack(heads, rows, width)
        return
    numeric = [head in grid.numeric for head in grid.heads]
    for row in [heads, ["-" * wide for wide in widths], *rows]:
        yield from _render_row(row, widths, numeric)


def _render_row(row: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> Iterator[str]:
    wrapped = [_wrap(cell, wide) for cell, wide in zip(row, widths, strict=True)]
    for line in zip_longest(*wrapped, fillvalue=""):
        cells = zip(line, widths, numeric, strict=True)
        yield GAP.join(_pad(cell, wide, right=right) for cell, wide, right in cells).rstrip()


def _share_width(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return how wide each column is: its own width, or an equal share of what narrower ones leave; 0 if there is none."""
    wanted = [max(1, *map(_measure, column)) for column in zip(*rows, strict=True)]
    left = width - len(GAP) * (len(wanted) - 1)
    widths = [0] * len(wanted)
    waiting = sorted(range(len(wanted)), key=lambda column: wanted[column])
    while waiting:
        share = left // len(waiting)
        column = waiting.pop(0)
        if share < min(NARROWEST, wanted[column]):
            return [0]
        widths[column] = min(wanted[column], share)
        left -= widths[column]
    return widths


def _stack(heads: Sequence[str], rows: Iterable[Sequence[str]], width: int) -> Iterator[str]:
    """Yield each row as lines of its own, where there is no room for columns."""
    for row in rows:
        yield row[0]
        for head, cell in zip(heads[1:], row[1:], strict=True):
            if cell:
                yield from _wrap(f"{head}: {cell}", width, indent=GAP)


def _wrap(text: str, width: int, indent: str = "") -> list[str]:
    """Return the lines of a text, broken by the width that its signs have on a terminal."""
    # Wide signs count as two, so they are doubled while lines are broken.
    doubled = "".join(f"{sign}\0" if _is_wide(sign) else sign for sign in text)
    lines = textwrap.wrap(
        doubled, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )
    return [line.replace("\0", "") for line in lines] or [""]


def _measure(text: str) -> int:
    return sum(2 if _is_wide(sign) else 1 for sign in text)


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


def _pad(text: str, width: int, *, right: bool = False) -> str:
    fill = " " * (width - _measure(text))
    return fill + text if right else text + fill


def _write(spans: Spans) -> str:
    return "".join(map(get_text, spans))
