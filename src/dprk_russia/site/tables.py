"""The tables that several pages have: of claims, disagreements, echoes, events and changes by carriers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dprk_russia.record.wording import tell_amount, tell_date, tell_period, tell_time
from dprk_russia.site.content import (
    Cell,
    Head,
    Table,
    Words,
    address,
    count,
    leading,
    name_heads,
    name_title,
    plain,
    tell,
)
from dprk_russia.site.figures import name_speaker, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dprk_russia.site.library import Library, Row


def date_cell(text: str | None) -> Cell:
    """Return a cell with a date in words, which sorts and is filed as it is written in the data."""
    return Cell((Words(tell_date(text)),), text or "")


def claim_words(library: Library, claim_id: str) -> Words:
    """Return the statement of a claim, which leads to its page."""
    return Words(library.row("claims", claim_id)["statement"], address("claim", claim_id))


def claim_cell(library: Library, claim_id: str) -> Cell:
    """Return a cell with the statement of a claim."""
    words = claim_words(library, claim_id)
    return Cell((words,), words.text)


def id_cell(claim_id: str) -> Cell:
    """Return a cell with the id of a claim."""
    return leading(claim_id, address("claim", claim_id))


def speaker_cell(library: Library, actor_id: str) -> Cell:
    """Return a cell with the name of an actor."""
    words = name_speaker(library, actor_id)
    return Cell((words,), words.text)


def list_claims(library: Library, claims: Iterable[Row], caption: str, *, speaker: bool = True) -> Table:
    """Return a table of claims, the newest first."""
    newest = sorted(claims, key=lambda row: (row["asserted"] or "", row["claim_id"]), reverse=True)
    heads = name_heads(
        "Said", "Claim", "Speaker", "Kind", "Credibility", "Publications", "Id",
        numeric={"Credibility", "Publications"}, dates={"Said"},
    )  # fmt: skip
    rows = [
        (
            date_cell(row["asserted"]),
            claim_cell(library, row["claim_id"]),
            speaker_cell(library, row["asserted_by"]),
            plain(row["kind"]),
            plain("" if row["credibility"] is None else str(row["credibility"])),
            count(library.assessments[row["claim_id"]]["carriers"]),
            id_cell(row["claim_id"]),
        )
        for row in newest
    ]
    table = Table(caption, heads, tuple(rows), name="claims")
    return table if speaker else drop_column(table, "Speaker")


def drop_column(table: Table, name: str) -> Table:
    """Return a table without a column."""
    place = [head.name for head in table.heads].index(name)
    return replace(
        table,
        heads=table.heads[:place] + table.heads[place + 1 :],
        rows=tuple(row[:place] + row[place + 1 :] for row in table.rows),
    )


def list_stated(library: Library, rows: Iterable[Row], caption: str) -> Table:
    """Return a table of figures with their measure, in the order given."""
    heads = name_heads("Measure", "Figure", "When", "Speaker", "Stands", "As published", "Id", dates={"When"})
    cells = tuple(
        (
            leading(
                library.row("indicators", row["indicator_id"])["name"],
                address("indicator", row["indicator_id"]),
            ),
            plain(tell_amount(row)),
            Cell(tell(tell_time(row)), row["as_of"]),
            speaker_cell(library, row["speaker_id"]),
            plain("" if row["is_current"] else "replaced"),
            Cell((quote(library, row),), row["as_stated"]),
            leading(row["figure_id"], find_figure(library, row)),
        )
        for row in rows
    )
    return Table(caption, heads, cells, name="figures")


def find_figure(library: Library, row: Row) -> str:
    """Return the address at which a figure stands: on the page of its measure if that lists it, or else of its claim."""
    if row["figure_id"] in library.listed:
        return f"{address('indicator', row['indicator_id'])}#{row['figure_id']}"
    return address("claim", row["claim_id"])


def list_disagreements(library: Library, rows: Iterable[Row], caption: str) -> Table:
    """Return a table of pairs of claims that cannot both stand, in the order given."""
    dates = {"Said", "Other said"}
    heads = name_heads("Said", "Claim", "How", "Other claim", "Other said", "Measure", dates=dates)
    cells = tuple(
        (
            date_cell(row["asserted"]),
            _name_side(library, row, ""),
            plain(name_relation(row["how"])),
            _name_side(library, row, "other_"),
            date_cell(row["other_asserted"]),
            leading(
                library.row("indicators", row["indicator_id"])["name"],
                address("indicator", row["indicator_id"]),
            )
            if row["indicator_id"]
            else Cell(),
        )
        for row in rows
    )
    return Table(caption, heads, cells, name="disagreements")


def name_relation(how: str) -> str:
    """Return how two claims bear on each other, in words."""
    return "their figures exclude each other" if how == "figures" else how


def _name_side(library: Library, row: Row, which: str) -> Cell:
    claim_id = row["other_id"] if which else row["claim_id"]
    speaker = name_speaker(library, row[f"{which}speaker_id"])
    words = claim_words(library, claim_id)
    return Cell((speaker, words), f"{speaker.text}: {words.text} ({claim_id})", ": ")


def sort_newest(rows: Iterable[Row]) -> list[Row]:
    """Return disagreements by the day of the later claim, the newest first."""
    return sorted(
        rows,
        key=lambda row: (
            max(row["asserted_on"] or "", row["other_asserted_on"] or ""), row["claim_id"], row["other_id"],
        ),
        reverse=True,
    )  # fmt: skip


def list_echoes(library: Library, rows: Iterable[Row], caption: str) -> Table:
    """Return a table of claims that many publications carry though each was said once, in the order given."""
    numbers = ("Publications", "Read", "Altered", "Ends of chains")
    heads = name_heads("Claim", "Speaker", "Said", *numbers, numeric=numbers, dates={"Said"})
    cells = tuple(
        (
            claim_cell(library, row["claim_id"]),
            speaker_cell(library, row["speaker_id"]),
            date_cell(row["asserted"]),
            count(row["carriers"]),
            count(row["carriers_read"]),
            count(row["departures"]),
            count(sum(len(row[name].split(";")) for name in ("published_in", "heard_by") if row[name])),
        )
        for row in rows
    )
    return Table(caption, heads, cells, name="echoes")


def list_events(library: Library, rows: Iterable[Row], caption: str) -> Table:
    """Return a table of events by date, in the order given."""
    heads = name_heads(
        "When", "Event", "According to", "Claims", "Credibility", numeric={"Claims", "Credibility"}
    )
    cells = tuple(
        (
            _date_event(row),
            claim_cell(library, row["claim_id"]),
            speaker_cell(library, row["speaker_id"]),
            count(len(row["claims"].split(";"))),
            plain("" if row["credibility"] is None else str(row["credibility"])),
        )
        for row in rows
    )
    return Table(caption, heads, cells, name="events")


def list_denials(library: Library, rows: Iterable[Row], caption: str) -> Table:
    """Return a table of claims that deny others, in the order given."""
    pairs = [(library.assertions[row["claim_id"]], library.assertions[row["other_id"]]) for row in rows]
    return Table(caption, _head_pairs("Denial", "What it denies"), _list_pairs(library, pairs), "denials")


def list_admissions(library: Library, claims: Iterable[Row], caption: str) -> Table:
    """Return a table of claims that parties whom they concern came to make too, by the day on which each first did."""
    pairs = [
        (library.assertions[admission], library.assertions[claim["claim_id"]])
        for claim in claims
        for admission in _find_admissions(library, claim["claim_id"])
    ]
    pairs.sort(key=lambda pair: [row[column] for row in pair for column in ("asserted_on", "claim_id")])
    return Table(
        caption, _head_pairs("Admission", "What it admits"), _list_pairs(library, pairs), "admissions"
    )


def _head_pairs(claim: str, other: str) -> tuple[Head, ...]:
    return name_heads("Said", claim, other, "Said before", dates={"Said", "Said before"})


def _list_pairs(library: Library, pairs: Iterable[tuple[Row, Row]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            date_cell(one["asserted"]),
            _name_side(library, one, ""),
            _name_side(library, other, ""),
            date_cell(other["asserted"]),
        )
        for one, other in pairs
    )


def _find_admissions(library: Library, claim_id: str) -> Iterator[str]:
    """Yield the first claim with which each party that admits a claim does so, where that was not made earlier."""
    told = library.assertions
    supporters = {row["supporter_id"] for row in library.group("support", "claim_id").get(claim_id, [])}
    for party in library.group("admissions", "claim_id").get(claim_id, []):
        own = (one for one in supporters if library.roots[told[one]["speaker_id"]] == party["root_id"])
        first = min(own, key=lambda one: (told[one]["asserted_on"], one))
        if told[first]["asserted_on"] >= told[claim_id]["asserted_on"]:
            yield first


def _date_event(row: Row) -> Cell:
    told = tell_period(row["period_start"], row["period_end"] or row["period_start"])
    if not row["is_dated"]:
        told = f"told {told}"
    return Cell((Words(told),), row["period_start"])


def list_distortions(library: Library, rows: Iterable[Row], caption: str) -> Table:
    """Return a table of what publications changed in claims that they carry."""
    heads = name_heads(
        "Publication",
        "Publisher",
        "Published",
        "What became of it",
        "Claim",
        "Speaker",
        "Measure",
        dates={"Published"},
    )
    cells = tuple(
        (
            Cell((name_title(library.row("sources", row["source_id"])),), row["title"]),
            leading(row["publisher"], address("actor", row["publisher_id"])),
            date_cell(row["published"]),
            Cell((claim_words(library, row["misreport_id"]),), row["misreport"])
            if row["misreport_id"]
            else plain(row["note"]),
            claim_cell(library, row["claim_id"]),
            speaker_cell(library, row["speaker_id"]),
            _name_measures(library, row["claim_id"]),
        )
        for row in rows
    )
    return Table(caption, heads, cells, name="changes")


def _name_measures(library: Library, claim_id: str) -> Cell:
    """Return a cell with what the figures of a claim measure."""
    figures = library.group("stated_figures", "claim_id").get(claim_id, [])
    words = tuple(
        Words(library.row("indicators", indicator_id)["name"], address("indicator", indicator_id))
        for indicator_id in dict.fromkeys(row["indicator_id"] for row in figures)
    )
    return Cell(words, "; ".join(one.text for one in words))


def list_sources(library: Library, rows: list[Row], caption: str) -> Table:
    """Return a table of sources, in the order given."""
    heads = name_heads(
        "Published", "Title", "Publisher", "Kind", "Read", "Claims", numeric={"Claims"}, dates={"Published"}
    )
    cells = tuple(
        (
            date_cell(row["published"]),
            Cell((name_title(row),), row["title"]),
            speaker_cell(library, row["publisher_id"]),
            plain(row["kind"].replace("_", " ")),
            plain(row["read"]),
            count(len(library.group("evidence", "source_id").get(row["source_id"], []))),
        )
        for row in rows
    )
    return Table(caption, heads, cells, name="publications")
