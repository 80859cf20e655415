"""The codebook as pages: one of what there is, and one for each section."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dprk_russia.documents import Heading
from dprk_russia.documents.html import render_body
from dprk_russia.release.documents.codebook import write_codebook, write_overview
from dprk_russia.site.content import Page, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dprk_russia.documents import Document
    from dprk_russia.site.library import Library

START = "codebook.html"
_SECTION = 2
# In rendered text every quotation mark is escaped, so that these find attributes alone.
_ANCHOR = re.compile(r' id="([^"]+)"')
_LINK = re.compile(r' href="#([^"]+)"')


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of the codebook: its title and its HTML, and all its pages, of which this one leads nowhere."""

    title: str
    body: str
    pages: tuple[Words, ...]


def write(library: Library) -> Iterator[Page]:
    """Yield the pages of the codebook."""
    chapters = {START: Chapter("Codebook", render_body(write_overview(library.edition)[1:]), ())}
    chapters |= dict(_divide(write_codebook(library.edition)))
    # Where the first page and a section have one anchor, others lead to the section.
    places = {anchor: at for at, chapter in chapters.items() for anchor in _ANCHOR.findall(chapter.body)}
    for at, chapter in chapters.items():
        pages = tuple(Words(one.title, "" if one is chapter else to) for to, one in chapters.items())
        content = replace(chapter, body=_redirect(chapter.body, at, places), pages=pages)
        told = "What every table, column and code means."
        title = chapter.title if at == START else f"Codebook: {chapter.title.lower()}"
        yield Page(at, "codebook.html", title, told, content)


def _divide(document: Document) -> Iterator[tuple[str, Chapter]]:
    """Yield the sections of a document, each with its address; their own sections rise by one level."""
    heads = [
        (place, block)
        for place, block in enumerate(document)
        if isinstance(block, Heading) and block.level == _SECTION
    ]
    ends = [*(place for place, _ in heads[1:]), len(document)]
    for (start, head), end in zip(heads, ends, strict=True):
        risen = (
            replace(block, level=block.level - 1) if isinstance(block, Heading) else block
            for block in document[start + 1 : end]
        )
        at = f"codebook/{head.anchor.removeprefix('section-')}.html"
        yield at, Chapter(head.text, render_body(tuple(risen)), ())


def _redirect(body: str, at: str, places: Mapping[str, str]) -> str:
    """Return HTML whose links within one document lead to the pages that it was divided into."""
    own = {*_ANCHOR.findall(body)}
    root = "../" * at.count("/")

    def lead(link: re.Match[str]) -> str:
        anchor = link[1]
        return link[0] if anchor in own else f' href="{root}{places[anchor]}#{anchor}"'

    return _LINK.sub(lead, body)
