"""Documents as Markdown of the kind that GitHub shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dprk_russia.documents import Code, Facts, Grid, Heading, Link, Listing, Outline, Paragraph, get_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dprk_russia.documents import Block, Item, Row, Spans

_SIGNS = re.compile(r"[\\`*\[\]~#]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
# What a code span within a table cannot hold in the same way for every parser.
_BREAKS = re.compile("( ?[`|] ?)")


def render_markdown(blocks: Iterable[Block]) -> str:
    """Return a document as Markdown."""
    return "\n".join(line for block in blocks for line in [*_render(block), ""])


def _render(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f'{"#" * block.level} <a id="{_escape_anchor(block.anchor)}"></a>{escape_markdown(get_text(block.text))}'
        case Paragraph():
            yield _write(block.spans)
        case Facts():
            yield from (
                f"- {escape_markdown(get_text(name))}: {_write(spans)}" for name, spans in block.pairs
            )
        case Grid():
            yield from _render_grid(block)
        case Outline():
            yield from _render_items(block.items)
        case Listing():
            yield from (f"```{block.language}", *block.text.splitlines(), "```")


def _render_items(items: Iterable[Item], indent: str = "") -> Iterator[str]:
    for item in items:
        yield f"{indent}- {_write(item.spans)}"
        yield from _render_items(item.items, f"{indent}  ")


def _render_grid(grid: Grid) -> Iterator[str]:
    if grid.caption:
        yield from (f"{escape_markdown(get_text(grid.caption))}:", "")
    yield f"| {' | '.join(escape_markdown(get_text(head)) for head in grid.heads)} |"
    yield f"|{'|'.join('---:' if head in grid.numeric else '---' for head in grid.heads)}|"
    yield from map(_render_row, grid.rows)


def _render_row(row: Row) -> str:
    anchor = f'<a id="{_escape_anchor(row.anchor)}"></a>' if row.anchor else ""
    return f"| {anchor}{' | '.join(_write(cell) for cell in row.cells)} |"


def _write(spans: Spans) -> str:
    return "".join(_write_span(span) for span in spans)


def _write_span(span: str | Code | Link) -> str:
    text = get_text(span)
    match span:
        case Code():
            return write_code(text)
        case Link():
            return f"[{escape_markdown(text)}](#{_escape_anchor(span.anchor)})"
    return escape_markdown(text)


def write_code(text: str) -> str:
    """Return text on one line as code, so that nothing in it becomes a link, a mention or emphasis.

    Backticks and upright strokes stand between code spans: parsers differ on a stroke after a backslash, and do not
    count long runs of backticks.
    """
    pieces = _BREAKS.split(" ".join(text.split()))
    pieces[::2] = [f"`{code}`" if code else "" for code in pieces[::2]]
    pieces[1::2] = [signs.replace("`", "&#96;").replace("|", "&#124;") for signs in pieces[1::2]]
    return "".join(pieces)


def escape_markdown(text: str) -> str:
    """Return text on one line that stays text, within a table too."""
    text = _SIGNS.sub(lambda sign: f"\\{sign[0]}", re.sub(r"\s+", " ", text))
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("|", "&#124;")):
        text = text.replace(sign, entity)
    return text


def _escape_anchor(anchor: str) -> str:
    return anchor.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
