"""What pages are made of: words that may lead somewhere, cells, tables and facts. Nothing here knows of HTML."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from dprk_russia.contract.errors import DprkRussiaError

if TYPE_CHECKING:
    from collections.abc import Collection

# What the folder of the pages of a table is called.
KINDS = {
    "actors": "actor",
    "claims": "claim",
    "indicators": "indicator",
    "parts": "part",
    "places": "place",
    "sources": "source",
    "topics": "topic",
}
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,119}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class SiteError(DprkRussiaError):
    """A site cannot be written; the message says why."""


@dataclass(frozen=True, slots=True)
class Words:
    """Some words: where they lead, a page of the site or an address of the web, and their language if it is not ours."""

    text: str
    to: str = ""
    lang: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its words, the value by which it sorts and which a file holds, and what stands between words."""

    words: tuple[Words, ...] = ()
    value: str = ""
    between: str = "; "

    @property
    def text(self) -> str:
        """Return the words without their form."""
        return self.between.join(words.text for words in self.words)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column, and the form of its cells: numbers stand to the right, dates on one line."""

    name: str
    form: Literal["", "numeric", "date"] = ""


@dataclass(frozen=True, slots=True)
class Share:
    """That a table is a part of a longer one: which rows it has, of how many, and where the rows of each part stand."""

    rows: str
    total: int
    parts: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads, with a caption that says what they are, and a name where something leads to it.

    A list of rows can be sorted and filtered, a matrix cannot.
    """

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""
    is_matrix: bool = False
    share: Share | None = None

    @property
    def rows_shown(self) -> str:
        """Return which rows of a longer table it has, in words; nothing if it is whole."""
        return f"rows {self.share.rows}" if self.share else ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of tables, with an introduction, or of what leads to pages with so many rows each.

    What goes on from the page of a row has a heading of its own, and leads back to that page.
    """

    introduction: str
    tables: tuple[Table, ...]
    parts: tuple[tuple[Words, int], ...] = ()
    heading: str = ""
    home: Words | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what is so."""

    name: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its address on the site, the template that gives it its form, its title, and what it tells."""

    address: str
    template: str
    title: str
    description: str
    content: Any
    linked_data: dict[str, Any] = field(default_factory=dict)
    successor: str = ""

    @property
    def stem(self) -> str:
        """Return the address without its ending."""
        return self.address.removesuffix(".html")

    @property
    def root(self) -> str:
        """Return the way from the page to the folder of the site."""
        return "../" * self.address.count("/")


def name_heads(*names: str, numeric: Collection[str] = (), dates: Collection[str] = ()) -> tuple[Head, ...]:
    """Return the heads of columns, of which some hold numbers or dates."""
    return tuple(
        Head(name, "numeric" if name in numeric else "date" if name in dates else "") for name in names
    )


def address(kind: str, row_id: str) -> str:
    """Return the address of the page of a row.

    Raises
    ------
    SiteError
        If the id cannot be the name of a file on every system.
    """
    if not _ID.fullmatch(row_id) or row_id.endswith("."):
        raise SiteError(f"The id {row_id[:80]!r} cannot be the name of a page.")
    return f"{kind}/{row_id}.html"


def find_row(to: str) -> tuple[str, str] | None:
    """Return the kind and the id of the row whose page or whose place on one an address is, none if it is no such address."""
    page, _, row_id = to.partition("#")
    if row_id:
        return "figure", row_id
    kind, _, name = page.partition("/")
    return (kind, name.removesuffix(".html")) if kind in KINDS.values() and name else None


def tell(*texts: str) -> tuple[Words, ...]:
    """Return plain words."""
    return tuple(Words(text) for text in texts if text)


def plain(text: str | None, value: str | None = None) -> Cell:
    """Return a cell of plain words; none is an empty one."""
    return Cell(tell(text or ""), text or "" if value is None else value)


def leading(text: str, to: str, value: str | None = None) -> Cell:
    """Return a cell whose words lead somewhere."""
    return Cell((Words(text, to),), text if value is None else value)


def count(number: int) -> Cell:
    """Return a cell with a whole number."""
    return Cell(tell(f"{number:,}"), str(number))


def is_web(url: str | None) -> bool:
    """Tell whether an address is one of the web, the only ones to which pages lead."""
    if not url or any(unicodedata.category(sign) in {"Cc", "Cf", "Zs"} for sign in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def read_language(code: str | None) -> str:
    """Return a code of a language as pages state it, empty where it is unknown or no such code."""
    return code if code and _LANGUAGE.fullmatch(code) else ""


def name_title(source: Any) -> Words:
    """Return the title of a source in its language; one in brackets is the compilers' own English."""
    title = source["title"]
    lang = "" if title.startswith("[") else read_language(source["language"])
    return Words(title, address("source", source["source_id"]), "" if lang == "en" else lang)
