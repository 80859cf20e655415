"""The pages that lead to all others: the first page, the questions, disagreements, echoes, time line, lists and search."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from dprk_russia.documents.text import count_noun
from dprk_russia.record.wording import tell_date
from dprk_russia.site.atlas import NAMES, list_shown
from dprk_russia.site.content import (
    KINDS,
    Cell,
    Head,
    Listing,
    Page,
    Table,
    Words,
    address,
    count,
    leading,
    name_heads,
    plain,
    tell,
)
from dprk_russia.site.pages import part
from dprk_russia.site.pagination import MOST_ROWS, spread
from dprk_russia.site.tables import (
    list_disagreements,
    list_distortions,
    list_echoes,
    list_events,
    list_sources,
    sort_newest,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dprk_russia.site.library import Library, Row
    from dprk_russia.site.pages.topic import Question

_SHOWN = 10
_CONTESTED = 12
# The kind of change of pages that carry a wrong version which is a claim of its own.
_MISREPORTED = "misreported"
_SIDES = 8


@dataclass(frozen=True, slots=True)
class Front:
    """What the first page tells."""

    description: str
    counts: tuple[tuple[str, str, str], ...]
    contested: tuple[Question, ...]
    disagreements: Table
    echoes: Table


@dataclass(frozen=True, slots=True)
class Atlas:
    """What the page of all places tells: those on the map, by window, and a table of all."""

    introduction: str
    places: tuple[Row, ...]
    windows: tuple[str, ...]
    shown: int
    table: Table


def write(library: Library, questions: tuple[Question, ...]) -> Iterator[Page]:
    """Yield the pages that lead to all others."""
    yield _write_front(library, questions)
    yield Page(
        "indicators.html",
        "indicators.html",
        "Questions",
        "Every measure, with each side's newest figure.",
        group(library, questions),
    )
    yield from _write_disagreements(library)
    yield from _write_echoes(library)
    yield from _write_distortions(library)
    yield from _write_timeline(library)
    yield from _write_topics(library)
    yield from _write_parts(library)
    yield from _write_places(library)
    yield from _write_sources(library)
    yield from _write_actors(library)
    yield from _write_retired(library)
    yield Page(
        "search.html", "search.html", "Search", "Find claims, figures, sources, actors and places.", None
    )


def choose_contested(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Return the questions that most sides answer, and most differently."""
    contested = [question for question in questions if question.sides > 1]
    return tuple(sorted(contested, key=lambda question: question.weight, reverse=True)[:_CONTESTED])


def _write_front(library: Library, questions: tuple[Question, ...]) -> Page:
    package = library.package
    counts = (
        ("claims", "claim", "topics.html"),
        ("figures", "figure", "indicators.html"),
        ("sources", "source", "sources.html"),
        ("actors", "actor", "actors.html"),
    )
    front = Front(
        description=package.description,
        counts=tuple(
            (f"{len(library.rows(name)):,}", count_noun(len(library.rows(name)), noun).split(" ")[1], to)
            for name, noun, to in counts
        ),
        contested=choose_contested(questions),
        disagreements=list_disagreements(
            library, sort_newest(library.rows("disagreements"))[:_SHOWN], "The newest disagreements"
        ),
        echoes=list_echoes(library, library.rows("echoes")[:_SHOWN], "The loudest echoes"),
    )
    return Page("index.html", "index.html", package.title, package.description, front)


def group(library: Library, questions: Iterable[Question]) -> tuple[tuple[Words, tuple[Question, ...]], ...]:
    """Return the questions by topic, in the order of the names of topics."""
    found: dict[str, list[Question]] = {}
    for question in questions:
        found.setdefault(question.topic_id, []).append(question)
    topics = sorted(library.rows("topics"), key=lambda row: row["name"])
    words = (Words(row["name"], address("topic", row["topic_id"])) for row in topics)
    return tuple((one, tuple(found[one.to])) for one in words if one.to in found)


def _write_disagreements(library: Library) -> Iterator[Page]:
    rows = sort_newest(library.rows("disagreements"))
    introduction = (
        "Pairs of claims that cannot both stand, or of which one speaks against the other. Figures exclude each other"
        " where they measure the same at the same time and have no number in common."
    )
    matrix = _count_sides(library, rows)
    pages = list(_divide_years(library, "disagreements.html", "Disagreements", introduction, rows))
    first = pages[0]
    listing: Listing = first.content
    yield Page(
        first.address, first.template, first.title, first.description,
        Listing(listing.introduction, (matrix, *listing.tables), listing.parts),
    )  # fmt: skip
    yield from pages[1:]


def _divide_years(
    library: Library, at: str, title: str, introduction: str, rows: Sequence[Row]
) -> Iterator[Page]:
    def year(row: Row) -> str:
        return max(row["asserted_on"] or "", row["other_asserted_on"] or "")[:4] or "undated"

    parts = [
        (name, name, list_disagreements(library, list(members), f"Disagreements, {name}"))
        for name, members in groupby(rows, year)
    ]
    yield from spread(at, title, introduction, parts)


def _count_sides(library: Library, rows: Iterable[Row]) -> Table:
    """Return how many disagreements there are between each two sides, those with most first."""
    pairs: Counter[tuple[str, str]] = Counter()
    for row in rows:
        one, other = sorted((row["side"], row["other_side"]))
        pairs[one, other] += 1
    every = Counter(side for pair in pairs.elements() for side in set(pair))
    sides = [side for side, _ in every.most_common(_SIDES)]
    heads = (Head("Side"), *(Head(library.name_side(side), "numeric") for side in sides))
    cells = tuple(
        (
            plain(library.name_side(side)),
            *(
                count(number) if (number := pairs[min(side, other), max(side, other)]) else Cell()
                for other in sides
            ),
        )
        for side in sides
    )
    caption = "Pairs of claims that cannot both stand, by side"
    if len(every) > _SIDES:
        caption += f": the {_SIDES} of {len(every)} sides that have most"
    return Table(caption, heads, cells, name="matrix", is_matrix=True)


def _write_echoes(library: Library) -> Iterator[Page]:
    introduction = (
        "Claims that three publications or more carry though each was said once. Publications that carry one claim do not"
        " confirm each other: their chains end where the last column counts."
    )
    table = list_echoes(library, library.rows("echoes"), "Echoes, the loudest first")
    yield from spread("echoes.html", "Echoes", introduction, [("loudest", "Echoes", table)])


def _write_distortions(library: Library) -> Iterator[Page]:
    introduction = (
        "What publications changed in claims that they carry: from what was said to what became of it."
    )
    meanings = {
        **library.labels["evidence", "rendering"],
        _MISREPORTED: "The wrong version is a claim of its own.",
    }
    found: dict[str, list[Row]] = {}
    for row in library.rows("distortions"):
        found.setdefault(row["rendering"] or _MISREPORTED, []).append(row)
    told = {kind.replace("_", " "): meanings[kind] for kind in sorted(found)}
    parts = [
        (kind.replace("_", "-"), name, list_distortions(library, found[kind], name.capitalize()))
        for kind, name in zip(sorted(found), told, strict=True)
    ]
    for page in spread("distortions.html", "What carriers changed", introduction, parts):
        yield _explain_changes(page, told)


def _explain_changes(page: Page, meanings: Mapping[str, str]) -> Page:
    """Return a page of changes with what each kind means: the one that leads to all, or that of one kind."""
    listing: Listing = page.content
    if listing.parts:
        cells = tuple(
            (leading(kind.text, kind.to), plain(meanings[kind.text]), count(number))
            for kind, number in listing.parts
        )
        heads = name_heads("Change", "What it means", "Publications", numeric={"Publications"})
        return replace(page, content=Listing(listing.introduction, (Table("Kinds of change", heads, cells),)))
    if len(listing.tables) == 1:
        meaning = meanings[listing.tables[0].caption.lower()]
        return replace(page, description=meaning, content=replace(listing, introduction=meaning))
    return page


def _write_timeline(library: Library) -> Iterator[Page]:
    introduction = (
        "Events, each once, told by the earliest claim. What a page dates to the month or year stands at its first day;"
        " events whose date no page states stand where they were told."
    )
    rows = library.rows("timeline")
    parts = [
        (year, year, list_events(library, list(members), f"Events, {year}"))
        for year, members in groupby(rows, lambda row: row["period_start_from"][:4])
    ]
    yield from spread("timeline.html", "Time line", introduction, parts)


def _write_topics(library: Library) -> Iterator[Page]:
    claims = library.group("claims", "topic_id")
    rows = sorted(library.rows("topics"), key=lambda row: row["name"])
    cells = tuple(
        (
            leading(row["name"], address("topic", row["topic_id"])),
            plain(row["definition"]),
            count(len(claims.get(row["topic_id"], []))),
        )
        for row in rows
    )
    table = Table("Topics", (Head("Topic"), Head("What belongs here"), Head("Claims", "numeric")), cells)
    yield from spread("topics.html", "Topics", "What claims are sorted by.", [("topics", "Topics", table)])


def _write_parts(library: Library) -> Iterator[Page]:
    introduction = "What figures measure where they do not measure the whole, and what they assume."
    rows = sorted(library.rows("parts"), key=lambda row: row["name"].casefold())
    heads = name_heads("Part", "Role", "Meaning", "Figures", numeric={"Figures"})
    cells = tuple(
        (
            leading(row["name"], address("part", row["part_id"])),
            plain(row["role"]),
            plain(row["definition"]),
            count(len(part.list_naming(library, row["part_id"]))),
        )
        for row in rows
    )
    table = Table("Parts and assumptions", heads, cells)
    yield from spread("parts.html", "Parts of what is measured", introduction, [("parts", "Parts", table)])


def _write_places(library: Library) -> Iterator[Page]:
    claims = library.group("claims", "place_id")
    rows = sorted(library.rows("places"), key=lambda row: row["name"])
    cells = tuple(
        (
            leading(row["name"], address("place", row["place_id"])),
            plain(row["native_name"]),
            plain(row["country"]),
            count(len(claims.get(row["place_id"], []))),
        )
        for row in rows
    )
    heads = name_heads("Place", "Own name", "Country", "Claims", numeric={"Claims"})
    atlas = Atlas(
        introduction="Where things are said to have happened.",
        places=tuple(rows),
        windows=tuple(window for window in NAMES if list_shown(rows, window)),
        shown=sum(len(list_shown(rows, window)) for window in NAMES),
        table=Table("Places", heads, cells),
    )
    yield Page("places.html", "places.html", "Places", atlas.introduction, atlas)


def _write_sources(library: Library) -> Iterator[Page]:
    introduction = "Every publication, whether it was read, and which claims it carries."
    rows = sorted(
        library.rows("sources"), key=lambda row: (row["published"] or "", row["source_id"]), reverse=True
    )

    def name(key: str) -> str:
        return tell_date(key) if key else "undated"

    years = Counter((row["published"] or "")[:4] for row in rows)

    def period(row: Row) -> str:
        published = row["published"] or ""
        # A year of many sources is divided into its months.
        return published[:7] if years[published[:4]] > MOST_ROWS else published[:4]

    parts = [
        (key or "undated", name(key), list_sources(library, list(members), f"Sources, {name(key)}"))
        for key, members in groupby(rows, period)
    ]
    yield from spread("sources.html", "Sources", introduction, parts)


def _write_actors(library: Library) -> Iterator[Page]:
    introduction = "Whoever speaks, publishes or acts; anonymous speakers have pages too."
    claims, sources = library.group("claims", "asserted_by"), library.group("sources", "publisher_id")
    rows = sorted(library.rows("actors"), key=lambda row: (row["kind"], row["name"].casefold()))
    heads = (
        Head("Name"),
        Head("Side"),
        Head("Country"),
        Head("Claims", "numeric"),
        Head("Publications", "numeric"),
    )

    def tabulate(members: Iterable[Row], caption: str) -> Table:
        cells = tuple(
            (
                leading(row["name"], address("actor", row["actor_id"])),
                Cell(tell(library.name_side(library.sides[row["actor_id"]])), library.sides[row["actor_id"]]),
                plain(row["country"]),
                count(len(claims.get(row["actor_id"], []))),
                count(len(sources.get(row["actor_id"], []))),
            )
            for row in members
        )
        return Table(caption, heads, cells)

    parts = [
        (
            kind.replace("_", "-"),
            kind.replace("_", " "),
            tabulate(list(members), kind.replace("_", " ").capitalize()),
        )
        for kind, members in groupby(rows, lambda row: row["kind"])
    ]
    yield from spread("actors.html", "Actors", introduction, parts)


def _write_retired(library: Library) -> Iterator[Page]:
    """Yield a page for each retired id, which names what replaces it."""
    for row in library.rows("retired_ids"):
        kind = KINDS.get(row["table"], "figure" if row["table"].endswith("_figures") else row["table"])
        yield Page(
            address(kind, row["old_id"]),
            "retired.html",
            f"{row['old_id']} is retired",
            f"{row['old_id']} was {row['reason']}.",
            row,
            successor=_find_successor(library, row),
        )


def _find_successor(library: Library, row: Row) -> str:
    """Return the address of what replaces a retired id, nothing where nothing does or it has no page."""
    new, table = row["replaced_by"], row["table"]
    if not new:
        return ""
    if table.endswith("_figures"):
        figure = library.figures[new]
        page = address("indicator", figure["indicator_id"])
        return f"{page}#{new}" if new in library.listed else page
    return address(KINDS[table], new) if table in KINDS else ""
