"""Documents made of a few kinds of blocks, written once and rendered as Markdown, HTML or text for a terminal.

What they hold may come from strangers: a renderer makes every text harmless in its form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dprk_russia.documents.text import replace_unprintable

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class Code:
    """A name as it is written in data."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A name that leads to an anchor of the same document."""

    text: str
    anchor: str


Span = str | Code | Link
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section. Level 1 is that of the document itself."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what is so about each."""

    pairs: tuple[tuple[str, Spans], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a grid, whose first cell names it."""

    cells: tuple[Spans, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under heads, with a caption that says what they are; numbers, under the heads in `numeric`, are set to the right."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    numeric: Collection[str] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of an outline, and the lines below it."""

    spans: Spans
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """Lines, each with those that follow from it."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines of code in some language, set as they are. They are the project's own, never a stranger's."""

    language: str
    text: str


Block = Heading | Paragraph | Facts | Grid | Outline | Listing
Document = tuple[Block, ...]


def get_text(span: Span) -> str:
    """Return the text of a span without its form."""
    return replace_unprintable(span if isinstance(span, str) else span.text)
