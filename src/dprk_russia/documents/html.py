"""Documents as one HTML page that needs nothing else: no script, no request."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from dprk_russia.documents import Code, Facts, Grid, Heading, Link, Listing, Outline, Paragraph, get_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dprk_russia.documents import Block, Document, Item, Row, Spans

STYLE = Path(__file__).parent / "page.css"
# Should a text ever get past the escapes, a browser still runs and fetches nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render_html(blocks: Document) -> str:
    """Return a document as a page; its first heading is the title."""
    return "\n".join(_render_page(blocks)) + "\n"


def render_body(blocks: Document) -> str:
    """Return the blocks of a document, to stand inside a page."""
    return "\n".join(line for block in blocks for line in _render(block))


def _render_page(blocks: Document) -> Iterator[str]:
    headings = [block for block in blocks if isinstance(block, Heading)]
    yield from (
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>{_escape(headings[0].text)}</title>",
        f"<style>\n{STYLE.read_text(encoding='utf-8')}</style>",
        "</head>",
        "<body>",
        f'<a class="skip" href="#{_escape(headings[0].anchor)}">Skip to the text</a>',
    )
    yield from _render_contents(headings[1:])
    yield "<main>"
    for block in blocks:
        yield from _render(block)
    yield from ("</main>", "</body>", "</html>")


def _render_contents(headings: Iterable[Heading]) -> Iterator[str]:
    yield '<nav aria-label="Contents">'
    depth = 1
    for heading in headings:
        yield from ("<ul>" for _ in range(heading.level - depth))
        yield from ("</li></ul>" for _ in range(depth - heading.level))
        if heading.level <= depth:
            yield "</li>"
        yield f'<li><a href="#{_escape(heading.anchor)}">{_escape(heading.text)}</a>'
        depth = heading.level
    yield from ("</li></ul>" for _ in range(depth - 1))
    yield "</nav>"


def _render(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            tag, anchor = f"h{block.level}", _escape(block.anchor)
            yield f'<{tag} id="{anchor}"><a href="#{anchor}">{_escape(block.text)}</a></{tag}>'
        case Paragraph():
            yield f"<p>{_write(block.spans)}</p>"
        case Facts():
            yield "<dl>"
            yield from (
                f"<div><dt>{_escape(name)}</dt><dd>{_write(spans)}</dd></div>" for name, spans in block.pairs
            )
            yield "</dl>"
        case Grid():
            yield from _render_grid(block)
        case Outline():
            yield from _render_items(block.items)
        case Listing():
            yield f"<pre><code>{escape(block.text)}</code></pre>"


def _render_items(items: Iterable[Item]) -> Iterator[str]:
    yield "<ul>"
    for item in items:
        yield f"<li>{_write(item.spans)}"
        if item.items:
            yield from _render_items(item.items)
        yield "</li>"
    yield "</ul>"


def _render_grid(grid: Grid) -> Iterator[str]:
    yield "<table>"
    if grid.caption:
        yield f"<caption>{_escape(grid.caption)}</caption>"
    heads = "".join(f'<th scope="col"{_align(head, grid)}>{_escape(head)}</th>' for head in grid.heads)
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    yield from (_render_row(row, grid) for row in grid.rows)
    yield from ("</tbody>", "</table>")


def _render_row(row: Row, grid: Grid) -> str:
    anchor = f' id="{_escape(row.anchor)}"' if row.anchor else ""
    name = f'<th scope="row">{_write(row.cells[0])}</th>'
    # On a phone, where rows are stacked, the heads stand before the cells.
    cells = (
        f'<td{_align(head, grid)} data-head="{_escape(head)}">{_write(cell)}</td>' if cell else "<td></td>"
        for cell, head in zip(row.cells[1:], grid.heads[1:], strict=True)
    )
    return f"<tr{anchor}>{name}{''.join(cells)}</tr>"


def _align(head: str, grid: Grid) -> str:
    return ' class="number"' if head in grid.numeric else ""


def _write(spans: Spans) -> str:
    return "".join(_write_span(span) for span in spans)


def _write_span(span: str | Code | Link) -> str:
    match span:
        case Code():
            return f"<code>{_escape(span.text)}</code>"
        case Link():
            return f'<a href="#{_escape(span.anchor)}">{_escape(span.text)}</a>'
    return _escape(span)


def _escape(text: str) -> str:
    return escape(get_text(text), quote=True)
