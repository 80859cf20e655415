"""The pages about the record itself: what it is and how to read it, how to cite it, and what changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dprk_russia.record.citation import FORMATS, describe_dataset
from dprk_russia.site.content import (
    KINDS,
    Cell,
    Head,
    Listing,
    Page,
    Table,
    address,
    count,
    leading,
    name_heads,
    plain,
)
from dprk_russia.site.pagination import spread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dprk_russia.site.library import Library
    from dprk_russia.versions.changes import Change

_FORMS = {"text": "Text", "bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}


@dataclass(frozen=True, slots=True)
class About:
    """What the page about the record tells."""

    description: str
    shares: Table


def write(library: Library) -> Iterator[Page]:
    """Yield the pages about the record."""
    package = library.package
    yield Page(
        "about.html", "about.html", "About", package.description, About(package.description, _count(library))
    )
    item = describe_dataset(package)
    forms = tuple((name, FORMATS[form]([item]).strip()) for form, name in _FORMS.items())
    yield Page("cite.html", "cite.html", "Cite", f"How to cite {package.title}.", forms)
    yield from _write_changes(library)


def _count(library: Library) -> Table:
    """Return of how many claims, figures and sources each side is the speaker or publisher."""
    sides = library.sides
    claims = Counter(sides[row["asserted_by"]] for row in library.rows("claims"))
    figures = Counter(row["side"] for row in library.rows("estimates"))
    sources = Counter(sides[row["publisher_id"]] for row in library.rows("sources"))
    named = sorted({*claims, *figures, *sources}, key=lambda side: (-claims[side], side))
    cells = tuple(
        (plain(library.name_side(side)), count(claims[side]), count(figures[side]), count(sources[side]))
        for side in named
    )
    heads = (
        Head("Side"),
        Head("Claims", "numeric"),
        Head("Figures", "numeric"),
        Head("Publications", "numeric"),
    )
    return Table("Whose voices these are", heads, cells, name="voices")


def _write_changes(library: Library) -> Iterator[Page]:
    """Yield what changed since the version before, by table."""
    title, version = "What changed", library.package.version
    comparison = library.edition.changes
    if comparison is None:
        told = "No earlier version was at hand to compare with; dprk-russia diff OLD NEW tells what changed."
        yield Page("changes.html", "list.html", title, told, Listing(told, ()))
        return
    tables: dict[str, list[Change]] = {}
    for change in comparison.rows:
        tables.setdefault(change.table, []).append(change)
    heads = name_heads("Row", "Change", "Column", "Before", "Now")
    parts = [
        (
            name.replace("_", "-"),
            name.replace("_", " "),
            Table(
                name.replace("_", " ").capitalize(),
                heads,
                tuple(_tell(library, change) for change in changes),
            ),
        )
        for name, changes in tables.items()
    ]
    introduction = f"Every row and cell that is not as it was in the version before {version}."
    yield from spread("changes.html", title, introduction, parts)


def _tell(library: Library, change: Change) -> tuple[Cell, ...]:
    known = change.table in KINDS and change.row_id in library.index(change.table)
    row = (
        leading(change.row_id, address(KINDS[change.table], change.row_id)) if known else plain(change.row_id)
    )
    return row, plain(change.kind), plain(change.column), plain(change.old), plain(change.new)
