"""What the search of a site looks through: every row that has a page, as lines of text."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

from dprk_russia.record.wording import tell_amount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dprk_russia.site.library import Library


def write_index(library: Library) -> str:
    """Return the script that gives a page what it searches: of each entry its kind, its id, what is shown, and more text."""
    entries = [list(entry) for entry in _list_entries(library)]
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"window.entries={text};\n"


def normalise(text: str) -> str:
    """Return text as it is searched: of one form, in small letters."""
    return unicodedata.normalize("NFKC", text).lower()


def _list_entries(library: Library) -> Iterator[tuple[int, str, str, str]]:
    """Yield what is found; its kind is a number, which the script of the site names: question, topic, place and so on."""
    for row in library.rows("indicators"):
        yield 0, row["indicator_id"], row.get("question") or row["name"], f"{row['name']} {row['definition']}"
    for row in library.rows("topics"):
        yield 1, row["topic_id"], row["name"], row["definition"]
    for row in library.rows("places"):
        yield 2, row["place_id"], row["name"], row["native_name"] or ""
    for row in library.rows("actors"):
        yield 3, row["actor_id"], row["name"], " ".join(filter(None, (row["native_name"], row["aliases"])))
    figures = library.group("stated_figures", "claim_id")
    for row in library.rows("claims"):
        speaker = library.row("actors", row["asserted_by"])["name"]
        said = " ".join(
            f"{figure['figure_id']} {tell_amount(figure)} {figure['as_stated']}"
            for figure in figures.get(row["claim_id"], ())
        )
        yield 4, row["claim_id"], row["statement"], f"{speaker} {row['asserted']} {said}".strip()
    for row in library.rows("sources"):
        publisher = library.row("actors", row["publisher_id"])["name"]
        yield (
            5, row["source_id"], row["title"],
            " ".join(filter(None, (row["title_en"], publisher, row["author"], row["published"], row["url"]))),
        )  # fmt: skip
