"""A site read as a browser would: where its links lead, what it loads, and what is nested wrongly."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LOADED = {"script": "src", "link": "href", "img": "src", "iframe": "src", "object": "data"}


@dataclass
class Reading(HTMLParser):
    """What one page holds."""

    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    elements: int = 0
    text: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += 1
        values = {name: value or "" for name, value in attrs}
        if len(values) != len(attrs):
            self.faults.append(f"{tag} has an attribute twice")
        self.faults += [f"{tag} has {name}" for name in values if name.startswith("on") or name == "style"]
        if tag == "a":
            self.links.append(values.get("href", ""))
            if values.get("href", "").startswith("http") and values.get("rel") != "noopener":
                self.faults.append(f"{values['href']} lacks rel=noopener")
        elif tag in LOADED and LOADED[tag] in values and values.get("rel") != "canonical":
            self.loaded.append(values[LOADED[tag]])
        if "id" in values:
            self.ids.append(values["id"])
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing that is open")

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1] not in {"script", "style"}:
            self.text.append(data)


def read(text: str) -> Reading:
    reading = Reading()
    reading.feed(text)
    reading.close()
    if reading._open:
        reading.faults.append(f"{reading._open} are never closed")
    if len(set(reading.ids)) != len(reading.ids):
        reading.faults.append("an id stands twice")
    return reading


def read_site(folder: Path) -> dict[str, Reading]:
    """Return what each page holds, by address."""
    return {
        path.relative_to(folder).as_posix(): read(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }


def find_dead(folder: Path, pages: Mapping[str, Reading]) -> Iterator[str]:
    """Yield each link and each file to be loaded that leads nowhere on the site."""
    for page, reading in pages.items():
        for link in {*reading.links, *reading.loaded}:
            parts = urlsplit(link)
            if parts.scheme in {"http", "https", "data"}:
                continue
            target = resolve(page, parts.path)
            if not (folder / target).is_file() or (
                parts.fragment and target in pages and parts.fragment not in pages[target].ids
            ):
                yield f"{page}: {link}"


def resolve(page: str, path: str) -> str:
    """Return the address on the site to which a path on a page leads."""
    if not path:
        return page
    steps = page.split("/")[:-1]
    for step in unquote(path).split("/"):
        if step == "..":
            steps.pop()
        else:
            steps.append(step)
    return "/".join(steps)


def measure_depths(pages: Mapping[str, Reading], start: str) -> dict[str, int]:
    """Return in how many steps each page is reached."""
    depths = {start: 0}
    edge = [start]
    while edge:
        following = []
        for page in edge:
            for link in pages[page].links:
                if not urlsplit(link).scheme:
                    target = resolve(page, urlsplit(link).path)
                    if target in pages and target not in depths:
                        depths[target] = depths[page] + 1
                        following.append(target)
        edge = following
    return depths
