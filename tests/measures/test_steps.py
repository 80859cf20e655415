"""What each step gives, condition by condition and on both sides of each threshold."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from measures.bench import ENGINES, Case, Cell, EngineName, Row, Rows, codes_of, count_day, fill, run_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measures.bench import Tables


# Families


def actor(actor_id: str, kind: str = "state", parent: str | None = None) -> Row:
    return {"actor_id": actor_id, "kind": kind, "parent_id": parent}


def families(says: str, actors: list[Row], rows: Rows) -> Case:
    return Case("families", says, {"actors": actors}, ("actor_id", "root_id", "side"), rows)


SIDES = {"state": "root", "intergovernmental": "root", "media": "media", "unnamed_group": "unnamed"}


def list_families() -> Iterator[Case]:
    for kind in codes_of("actors", "kind"):
        side = SIDES.get(kind, "independent")
        yield families(
            f"a root of the kind {kind} speaks as {side}, and so does its family",
            [actor("root", kind), actor("child", "person", "root")],
            [("root", "root", side), ("child", "root", side)],
        )
    yield families(
        "the own kind does not count below a root",
        [
            actor("gazette", "media", "land"),
            actor("land"),
            actor("press", "media"),
            actor("body", "state", "press"),
        ],
        [
            ("gazette", "land", "land"),
            ("land", "land", "land"),
            ("press", "press", "media"),
            ("body", "press", "media"),
        ],
    )
    yield families(
        "families of three and four generations have one head",
        [actor("a"), actor("b", "person", "a"), actor("c", "person", "b"), actor("d", "person", "c")],
        [("a", "a", "a"), ("b", "a", "a"), ("c", "a", "a"), ("d", "a", "a")],
    )
    yield families(
        "a circle, and who is below one, has no row, while others keep theirs",
        [
            actor("a", parent="b"),
            actor("b", parent="a"),
            actor("c", parent="b"),
            actor("d", parent="d"),
            actor("e"),
        ],
        [("e", "e", "e")],
    )
    yield families("no actors have no families", [], [])


# Chains


def copy(
    source: str,
    relays: str | None = None,
    rendering: str | None = None,
    claim: str = "C1",
    attribution: str | None = None,
) -> Row:
    return {
        "claim_id": claim, "source_id": source, "relays_id": relays, "attribution": attribution,
        "rendering": rendering,
    }  # fmt: skip


def chains(says: str, evidence: list[Row], rows: Rows) -> Case:
    return Case(
        "chains", says, {"evidence": evidence}, ("claim_id", "source_id", "origin_id", "rendering"), rows
    )


CHAINS = [
    chains("who relays no one is the end of a chain of one", [copy("a")], [("C1", "a", "a", None)]),
    chains(
        "a chain of two steps ends where the claim was heard",
        [copy("b", "a"), copy("a")],
        [("C1", "a", "a", None), ("C1", "b", "a", None)],
    ),
    chains(
        "chains of three and four steps end at the same place",
        [copy("a"), copy("b", "a"), copy("c", "b"), copy("d", "c")],
        [("C1", "a", "a", None), ("C1", "b", "a", None), ("C1", "c", "a", None), ("C1", "d", "a", None)],
    ),
    chains(
        "two origins each have their own chain",
        [copy("a"), copy("b"), copy("c", "b")],
        [("C1", "a", "a", None), ("C1", "b", "b", None), ("C1", "c", "b", None)],
    ),
    chains(
        "publications that relay each other, or themselves, and who relays them have no end",
        [copy("a", "b"), copy("b", "a"), copy("c", "b"), copy("d", "d"), copy("e")],
        [("C1", "e", "e", None)],
    ),
    chains(
        "a publication can relay one claim and be the origin of another",
        [copy("a"), copy("b", "a"), copy("b", claim="C2"), copy("c", "b", claim="C2")],
        [("C1", "a", "a", None), ("C1", "b", "a", None), ("C2", "b", "b", None), ("C2", "c", "b", None)],
    ),
    chains(
        "whom no one with the claim told has no end",
        [copy("a"), copy("b", "a", claim="C2"), copy("c", claim="C2"), copy("d", "c")],
        [("C1", "a", "a", None), ("C2", "c", "c", None)],
    ),
    chains(
        "a rendering is that of the publication itself, not of the origin",
        [copy("a", None, "converted"), copy("b", "a", "truncated"), copy("c", "b")],
        [("C1", "a", "a", "converted"), ("C1", "b", "a", "truncated"), ("C1", "c", "a", None)],
    ),
    Case(
        "chains",
        "an attribution is that of the publication itself, not of the origin",
        {"evidence": [copy("a", attribution="heard"), copy("b", "a", attribution="named"), copy("c", "b")]},
        ("source_id", "attribution"),
        [("a", "heard"), ("b", "named"), ("c", None)],
    ),
]


# Carrier days


def carrier_days(
    says: str, evidence: list[Row], days: dict[str, str | None], *rows: tuple[Cell, ...]
) -> Case:
    tables: Tables = {
        "evidence": evidence,
        "sources": [{"source_id": source_id, "published_to": day} for source_id, day in days.items()],
    }
    return Case("carrier_days", says, tables, ("claim_id", "source_id", "known_on"), list(rows))


CARRIER_DAYS = [
    carrier_days(
        "a publication is known from the day it was published, even if it relays an earlier one",
        [copy("a"), copy("b", "a")],
        {"a": "2024-12-16", "b": "2024-12-18"},
        ("C1", "a", "2024-12-16"),
        ("C1", "b", "2024-12-18"),
    ),
    carrier_days(
        "whoever relays a publication that has no date, or a vague one, shows that it was there",
        [copy("0"), copy("a"), copy("b", "a"), copy("c", "b"), copy("d", "b")],
        {"0": "2024-12-20", "a": None, "b": "2024-12-31", "c": "2024-12-19", "d": "2024-12-18"},
        ("C1", "0", "2024-12-20"),
        ("C1", "a", "2024-12-18"),
        ("C1", "b", "2024-12-18"),
        ("C1", "c", "2024-12-19"),
        ("C1", "d", "2024-12-18"),
    ),
    *(
        carrier_days(
            f"who relays a publication for {relayed} shows nothing of {other}",
            [copy("a", claim=relayed), copy("b", "a", claim=relayed), copy("a", claim=other)],
            {"a": None, "b": "2024-12-18"},
            (relayed, "a", "2024-12-18"),
            (relayed, "b", "2024-12-18"),
            (other, "a", None),
        )
        for relayed, other in (("C1", "C2"), ("C2", "C1"))
    ),
    carrier_days(
        "publications that relay each other are known since the first of them",
        [copy("a", "b"), copy("b", "a")],
        {"a": "2024-12-16", "b": "2024-12-18"},
        ("C1", "a", "2024-12-16"),
        ("C1", "b", "2024-12-16"),
    ),
]


# Source counts


def link(
    source: str,
    origin: str,
    rendering: str | None = None,
    claim: str = "C1",
    attribution: str | None = None,
) -> Row:
    return {
        "claim_id": claim, "source_id": source, "origin_id": origin, "attribution": attribution,
        "rendering": rendering,
    }  # fmt: skip


def source(source_id: str, day: str | None = None, read: str = "full") -> Row:
    return {"source_id": source_id, "published_to": day, "read": read}


SOURCES = [
    source("a", "2024-12-16"),
    source("b", "2024-12-15", "part"),
    source("c", "2024-12-31", "no"),
    source("d", read="no"),
    source("e"),
]
GARBLINGS = {"value_changed", "definition_changed", "entity_garbled", "strengthened"}


def source_counts(says: str, links: list[Row], columns: str, *rows: tuple[Cell, ...]) -> Case:
    return Case(
        "source_counts", says, {"chains": links, "sources": SOURCES}, tuple(columns.split()), list(rows)
    )


def list_source_counts() -> Iterator[Case]:
    ends, carried = "own_sources hearers", "carriers carriers_read"
    every = f"claim_id {ends} {carried} origin_read departures garblings first_known"
    yield source_counts(
        "a page of the speaker's own alone carries its claim once",
        [link("a", "a")],
        every,
        ("C1", 1, 0, 1, 1, True, 0, 0, "2024-12-16"),
    )
    yield source_counts(
        "copies of one report have one end, and are no pages of the speaker's own",
        [link("a", "a"), link("b", "a"), link("c", "a", attribution="named")],
        every,
        ("C1", 1, 0, 3, 2, True, 0, 0, "2024-12-15"),
    )
    yield source_counts(
        "those that heard the speaker are counted apart from the speaker's own pages",
        [
            link("a", "a"),
            link("b", "b", attribution="heard"),
            link("c", "c", attribution="heard"),
            link("d", "b", attribution="inferred"),
            link("e", "e"),
        ],
        ends,
        (2, 2),
    )
    yield source_counts(
        "whoever stands before its end in the alphabet is no end either",
        [link("c", "c"), link("a", "c"), link("b", "c")],
        f"{ends} origin_read",
        (1, 0, False),
    )
    yield source_counts(
        "each claim is counted for itself",
        [link("a", "a"), link("b", "a"), link("c", "c", claim="C2", attribution="heard")],
        every,
        ("C1", 1, 0, 2, 2, True, 0, 0, "2024-12-15"),
        ("C2", 0, 1, 1, 0, False, 0, 0, "2024-12-31"),
    )
    for read, origins in ((False, "cd"), (True, "cb"), (True, "ab")):
        yield source_counts(
            f"of {' and '.join(origins)}, the ends of chains, {'one' if read else 'none'} was read at least",
            [link(origin, origin) for origin in origins]
            + ([] if "b" in origins else [link("b", "c"), link("e", "c")]),
            "origin_read",
            (read,),
        )
    yield source_counts(
        "a publication without a date does not hide the date of another",
        [link("d", "d"), link("c", "d")],
        "first_known",
        ("2024-12-31",),
    )
    yield source_counts("no date is known where none is published", [link("d", "d")], "first_known", (None,))
    for code in codes_of("evidence", "rendering"):
        garbles = code in GARBLINGS
        yield source_counts(
            f"the rendering {code} {'garbles' if garbles else 'does not garble'} the claim",
            [link("a", "a", code), link("b", "a"), link("c", "a", code)],
            "departures garblings",
            (2, 2 if garbles else 0),
        )
    yield source_counts(
        "of several renderings each counts by what it is",
        [link("a", "a", "converted"), link("b", "a", "strengthened"), link("c", "a")],
        "departures garblings",
        (2, 1),
    )


# Assertions


def assertions(says: str, asserted_to: str, known: str | None, day: str) -> Case:
    tables: Tables = {
        "claims": [{"claim_id": "C1", "asserted_by": "nis", "asserted_to": asserted_to}],
        "actors": [{"actor_id": "nis"}],
        "families": [{"actor_id": "nis"}],
        "source_counts": [{"claim_id": "C1", "first_known": known}],
    }
    return Case("assertions", says, tables, ("claim_id", "asserted_on"), [("C1", day)])


def list_assertions() -> Iterator[Case]:
    yield Case(
        "assertions",
        "a claim has its own speaker, side and date",
        {
            "claims": [
                fill("claims", claim_id="C1", asserted_by="nis"),
                fill("claims", claim_id="C2", asserted_by="hur", asserted="2024"),
            ],
            "actors": [
                fill("actors", actor_id="nis", name="NIS"),
                fill("actors", actor_id="hur", name="HUR"),
            ],
            "families": [family("nis", "seoul"), family("hur", "kyiv")],
        },
        ("claim_id", "speaker", "speaker_id", "side", "asserted"),
        [("C1", "NIS", "nis", "seoul", fill("claims")["asserted"]), ("C2", "HUR", "hur", "kyiv", "2024")],
    )
    yield assertions(
        "an assertion known to the year is no later than its publication",
        "2024-12-31",
        "2024-11-10",
        "2024-11-10",
    )
    yield assertions(
        "an assertion that was published later keeps its day", "2024-12-16", "2025-01-01", "2024-12-16"
    )
    yield assertions(
        "an assertion of which no publication has a date keeps its day", "2024-12-16", None, "2024-12-16"
    )
    yield Case(
        "assertions",
        "a claim whose chains have no end keeps its day",
        {
            "claims": [{"claim_id": "C2", "asserted_by": "nis", "asserted_to": "2024-12-16"}],
            "actors": [{"actor_id": "nis"}],
            "families": [{"actor_id": "nis"}],
            "source_counts": [
                {"claim_id": "C1", "first_known": "2024-01-01"},
                {"claim_id": "C3", "first_known": "2024-01-01"},
            ],
        },
        ("claim_id", "asserted_on"),
        [("C2", "2024-12-16")],
    )


# Event groups


def event(claim: str, kind: str = "event") -> Row:
    return {"claim_id": claim, "kind": kind}


def tie(claim: str, relation: str, other: str) -> Row:
    return {"claim_id": claim, "relation": relation, "other_id": other}


def event_links(says: str, claims: list[Row], ties: list[Row], *rows: tuple[Cell, ...]) -> Case:
    tables = {"claims": claims, "claim_links": ties}
    return Case("event_links", says, tables, ("claim_id", "other_id"), list(rows))


def list_event_links() -> Iterator[Case]:
    one, two = event("C1"), event("C2")
    alone = (("C1", "C1"), ("C2", "C2"))
    yield event_links("an event is linked to itself", [one], [], ("C1", "C1"))
    for kind in codes_of("claims", "kind"):
        if kind != "event":
            yield event_links(f"a claim of the kind {kind} is no event", [event("C1", kind=kind)], [])
    yield event_links(
        "a link to a claim that is no event joins none of a higher id",
        [one, event("C2", kind="denial"), event("C3")],
        [tie("C1", "corroborates", "C2")],
        ("C1", "C1"),
        ("C3", "C3"),
    )
    yield event_links(
        "a link that stands twice joins once",
        [one, two],
        [tie("C1", "corroborates", "C2"), tie("C2", "corroborates", "C1")],
        *alone,
        ("C1", "C2"),
        ("C2", "C1"),
    )
    for first, second in (("C1", "C2"), ("C2", "C1")):
        yield event_links(
            f"a link from {first} joins both ways",
            [one, two],
            [tie(first, "corroborates", second)],
            *alone,
            ("C1", "C2"),
            ("C2", "C1"),
        )
        yield event_links(
            f"a link between {first} and a claim that is no event joins nothing",
            [one, event("C2", kind="denial")],
            [tie(first, "corroborates", second)],
            ("C1", "C1"),
        )
    for relation in codes_of("claim_links", "relation"):
        if relation != "corroborates":
            yield event_links(
                f"the relation {relation} joins no events",
                [one, two],
                [tie("C1", relation, "C2"), tie("C2", relation, "C1")],
                *alone,
            )


def event_groups(says: str, pairs: str, *rows: tuple[Cell, ...]) -> Case:
    """Give a case in which events, told by the ends of pairs of numbers, are joined in pairs."""
    ends = [(f"C{pair[0]}", f"C{pair[1]}") for pair in pairs.split()]
    both = {*ends, *((other, one) for one, other in ends), *((end, end) for pair in ends for end in pair)}
    links: list[Row] = [{"claim_id": one, "other_id": other} for one, other in sorted(both)]
    return Case("event_groups", says, {"event_links": links}, ("claim_id", "event_id"), list(rows))


def list_event_groups() -> Iterator[Case]:
    yield event_groups("an event by itself is its own group", "22", ("C2", "C2"))
    yield event_groups("two that are joined are one, by the lowest id", "21", ("C1", "C1"), ("C2", "C1"))
    yield event_groups(
        "two that are joined through a third are one", "13 23", ("C1", "C1"), ("C2", "C1"), ("C3", "C1")
    )
    yield event_groups(
        "events in a long row are one", "42 23 31", ("C1", "C1"), ("C2", "C1"), ("C3", "C1"), ("C4", "C1")
    )
    yield event_groups(
        "two pairs are two groups", "13 42", ("C1", "C1"), ("C2", "C2"), ("C3", "C1"), ("C4", "C2")
    )


# All figures


def all_figures(says: str, cells: Row, columns: str, *rows: tuple[Cell, ...]) -> Case:
    """One figure, with every cell filled but for those that are given."""
    tables: Tables = {
        "military_figures": [fill("military_figures", claim_id="C1", indicator_id="killed", **cells)],
        "claims": [fill("claims", claim_id="C1"), fill("claims", claim_id="C2", asserted_by="no one")],
        "indicators": [
            fill("indicators", indicator_id="killed", accumulation="stock"),
            fill("indicators", indicator_id="wounded", accumulation="flow"),
        ],
    }
    return Case("all_figures", says, tables, tuple(columns.split()), list(rows))


def list_all_figures() -> Iterator[Case]:
    row, claim, indicator = fill("military_figures"), fill("claims"), fill("indicators")
    taken = (
        "figure_id source_id scope assumption bound value_low value value_high currency as_stated method "
        "period_start period_start_from period_end"
    )
    yield all_figures("a figure keeps its cells", {}, taken, tuple(row[name] for name in taken.split()))
    yield all_figures(
        "a figure has the speaker of its claim and the measure of its indicator",
        {},
        "claim_id indicator_id accumulation unit per asserted_by",
        ("C1", "killed", "stock", indicator["unit"], indicator["per"], claim["asserted_by"]),
    )
    yield all_figures(
        "a figure ends with its period",
        {},
        "end_from end_to",
        (row["period_end_from"], row["period_end_to"]),
    )
    yield all_figures(
        "a figure without the end of a period ends on the day it was asserted",
        {"period_end": None, "period_end_from": None, "period_end_to": None},
        "period_start_from end_from end_to",
        (row["period_start_from"], claim["asserted_from"], claim["asserted_to"]),
    )
    yield Case(
        "all_figures",
        "figures of both domains stand together, each with its own claim and indicator",
        {
            "economic_figures": [{"figure_id": "E1", "claim_id": "C1", "indicator_id": "trade", "value": 1}],
            "military_figures": [{"figure_id": "M1", "claim_id": "C2", "indicator_id": "killed", "value": 2}],
            "claims": [
                {"claim_id": "C1", "asserted_by": "one", "asserted_to": "2024-01-01"},
                {"claim_id": "C2", "asserted_by": "two", "asserted_to": "2024-01-02"},
            ],
            "indicators": [
                {"indicator_id": "trade", "accumulation": "flow"},
                {"indicator_id": "killed", "accumulation": "cumulative"},
            ],
        },
        ("figure_id", "value", "asserted_by", "accumulation", "end_to"),
        [("E1", 1, "one", "flow", "2024-01-01"), ("M1", 2, "two", "cumulative", "2024-01-02")],
    )


# Figure days


def figure_days(
    says: str, day: str, figure: Row, known: str | None = None, kind: str = "quantity", **claim: Cell
) -> Case:
    """The day of one figure, which ends in 2024 unless another end is given."""
    ends: Row = {"period_end": "2024", "end_to": "2024-12-31"}
    tables: Tables = {
        "all_figures": [{"figure_id": "M1", "claim_id": "C1", **ends, **figure}],
        "claims": [{"claim_id": "C1", "kind": kind, **claim}],
        "source_counts": [{"claim_id": "C1", "first_known": known}],
    }
    return Case("figure_days", says, tables, ("figure_id", "as_of"), [("M1", day)])


def list_figure_days() -> Iterator[Case]:
    last, known = "2024-12-31", "2024-11-10"
    yield figure_days("a figure speaks of the last day of its period", last, {}, "2025-06-01")
    yield figure_days("so it does if no publication has a date", last, {}, None)
    for kind in codes_of("claims", "kind"):
        ahead = kind in {"forecast", "intention", "norm"}
        yield figure_days(
            f"a figure of the kind {kind} {'may' if ahead else 'cannot'} speak of days after it was published",
            last if ahead else known,
            {},
            known,
            kind,
        )
        yield figure_days(
            f"a figure of the kind {kind} without an end was asserted no later than it was published",
            known,
            {"period_end": None},
            known,
            kind,
        )
    yield figure_days(
        "a figure does not speak of days before its period begins",
        "2024-11-20",
        {"period_start_from": "2024-11-20"},
        known,
    )
    yield figure_days(
        "a period that begins before leaves the day", known, {"period_start_from": "2024-01-01"}, known
    )
    for says, end, asserted, precision in (
        ("the end of its period, to the day", "2024-12-18", "2025", "day"),
        ("the end of its period, to the month", "2024-12", "2025-01-02", "month"),
        ("the end of its period, to the year", "2024", "2025-01", "year"),
        ("its assertion, to the day", None, "2025-01-02", "day"),
        ("its assertion, to the month", None, "2025-01", "month"),
        ("its assertion, to the year", None, "2025", "year"),
    ):
        case = figure_days("", "", {"period_end": end}, asserted=asserted)
        yield Case(
            "figure_days", f"the day is that of {says}", case.tables, ("as_of_precision",), [(precision,)]
        )
    yield Case(
        "figure_days",
        "a figure whose claim has no known publication keeps its day",
        {
            "all_figures": [{"figure_id": "M1", "claim_id": "C1", "end_to": last}],
            "claims": [{"claim_id": "C1", "kind": "quantity"}],
            "source_counts": [{"claim_id": "C2", "first_known": known}],
        },
        ("figure_id", "as_of"),
        [("M1", last)],
    )


# Intervals


def number(
    bound: str = "exact", low: Cell = None, value: Cell = None, high: Cell = None, **cells: Cell
) -> Row:
    return {"bound": bound, "value_low": low, "value": value, "value_high": high, **cells}


def intervals(says: str, figure: Row, *rows: tuple[Cell, ...]) -> Case:
    """The ends of one interval: low, high, closed_low and closed_high."""
    tables: Tables = {"all_figures": [{"figure_id": "M1", "claim_id": "C1", **figure}]}
    return Case("intervals", says, tables, ("low", "high", "closed_low", "closed_high"), list(rows))


def series(says: str, cells: Row, name: str) -> Case:
    tables: Tables = {"all_figures": [number(value=1, figure_id="M1") | cells]}
    return Case("intervals", says, tables, ("series",), [(name,)])


INTERVALS = [
    intervals("an exact value is an interval of one number", number(value=100), (100, 100, 100, 100)),
    intervals("about allows a tenth on either side", number("about", value=100), (90, 110, 90, 110)),
    intervals("about a negative value allows a tenth too", number("about", value=-100), (-110, -90, -110, -90)),
    intervals("about nothing is nothing", number("about", value=0), (0, 0, 0, 0)),
    intervals("a range has both ends", number("range", low=90, high=110), (90, 110, 90, 110)),
    intervals("a range keeps its ends beside a value", number("range", 90, 105, 115), (90, 115, 90, 115)),
    intervals("about keeps ends that are stated", number("about", 99, 100, 101), (99, 101, 99, 101)),
    intervals("a lower bound is closed at twice its number", number("at_least", low=100), (100, None, 100, 200)),
    intervals("an upper bound is closed at half its number", number("at_most", high=100), (None, 100, 50, 100)),
    intervals("a lower bound may stand as a value", number("at_least", value=100), (100, None, 100, 200)),
    intervals("an upper bound may stand as a value", number("at_most", value=100), (None, 100, 50, 100)),
    intervals("a lower bound has no upper end", number("at_least", 100, 110, 120), (100, None, 100, 200)),
    intervals("an upper bound has no lower end", number("at_most", 100, 110, 120), (None, 120, 60, 120)),
    intervals("an odd upper bound is halved exactly", number("at_most", high=5), (None, 5, 2.5, 5)),
    intervals("an exact number has no margin of a tenth", number("exact", 7, 100, None), (7, 100, 7, 100)),
    intervals("vague with both ends can be compared", number("vague", 1, None, 9), (1, 9, 1, 9)),
    intervals("vague with a value can be compared", number("vague", value=5), (5, 5, 5, 5)),
    intervals("vague without numbers cannot be compared", number("vague")),
    intervals("about with a lower end alone cannot be compared", number("about", low=1)),
    intervals("about with an upper end alone cannot be compared", number("about", high=9)),
    intervals("vague with a lower end alone cannot be compared", number("vague", low=1)),
    intervals("vague with an upper end alone cannot be compared", number("vague", high=9)),
    intervals("a lower bound without a number cannot be compared", number("at_least")),
    intervals("a lower bound with an upper end alone cannot be compared", number("at_least", high=9)),
    intervals("an upper bound without a number cannot be compared", number("at_most")),
    intervals("an upper bound with a lower end alone cannot be compared", number("at_most", low=1)),
    series("a series is named by all that is equal in it", {
        "indicator_id": "killed", "scope": "kursk", "assumption": "with-wounded", "currency": "EUR",
    }, "killed/kursk/with-wounded/EUR"),
    series("a series without a scope is another", {
        "indicator_id": "killed", "assumption": "with-wounded", "currency": "EUR",
    }, "killed//with-wounded/EUR"),
    series("a series without an assumption is another", {
        "indicator_id": "killed", "scope": "kursk", "currency": "EUR",
    }, "killed/kursk//EUR"),
    series("a series without a currency is another", {
        "indicator_id": "killed", "scope": "kursk", "assumption": "with-wounded",
    }, "killed/kursk/with-wounded/"),
    series("figures that miss the same are of one series", {"indicator_id": "killed"}, "killed///"),
    Case(
        "intervals",
        "days are counted as the examples of the columns are",
        {"all_figures": [number(
            value=1,
            figure_id="M1",
            period_start_from="2024-10-01",
            period_end="2024-12",
            end_from="2024-12-01",
            end_to="2024-12-31",
        )]},
        ("start_day", "first_day", "last_day"),
        [(count_day("2024-10-01"), count_day("2024-12-01"), count_day("2024-12-31"))],
    ),
    Case(
        "intervals",
        "a figure tells whether its period has an end and a start",
        {"all_figures": [
            number(value=1, figure_id="M1"),
            number(value=1, figure_id="M2", period_end="2024"),
        ]},
        ("figure_id", "start_day", "has_end"),
        [("M1", None, False), ("M2", None, True)],
    ),
    Case(
        "intervals",
        "a figure keeps its claim, its speaker and how it adds up, and its margin is its own",
        {"all_figures": [
            number("about", value=100, figure_id="M1", claim_id="C1", asserted_by="one", accumulation="stock"),
            number("exact", value=50, figure_id="M2", claim_id="C2", asserted_by="two", accumulation="flow"),
        ]},
        ("figure_id", "claim_id", "asserted_by", "accumulation", "low", "high"),
        [("M1", "C1", "one", "stock", 90, 110), ("M2", "C2", "two", "flow", 50, 50)],
    ),
]  # fmt: skip


# Pair count


def pair_count(says: str, sizes: dict[str, int], pairs: int) -> Case:
    rows: list[Row] = [{"series": name} for name, size in sizes.items() for _ in range(size)]
    return Case("pair_count", says, {"intervals": rows}, ("pairs",), [(pairs,)])


PAIR_COUNTS = [
    pair_count("no figures make no pairs", {}, 0),
    pair_count("a figure by itself makes no pair", {"s": 1}, 0),
    pair_count("two figures make one pair", {"s": 2}, 1),
    pair_count("three figures make three pairs, four make six", {"s": 3, "t": 4}, 9),
    pair_count("figures of two series make no pairs", {"s": 2, "t": 2, "u": 1}, 2),
]


# Rivals

DAY = 2_460_000


def interval(figure: str, claim: str, speaker: str, **cells: Cell) -> Row:
    low, high = cells.get("low", 100), cells.get("high", 100)
    row: Row = {
        "accumulation": "stock", "series": "s", "first_day": cells.get("last_day", DAY), "last_day": DAY,
        "has_end": True, "low": low, "high": high, "closed_low": low, "closed_high": high,
    }  # fmt: skip
    return {"figure_id": figure, "claim_id": claim, "asserted_by": speaker, **row, **cells}


def rivals(says: str, one: Row, other: Row, **expected: Cell) -> Case:
    """Two figures, alike but for the cells that are given; nothing is expected where they are no rivals."""
    tables = {"intervals": [interval("M1", "C1", "a", **one), interval("M2", "C2", "b", **other)]}
    columns, cells = tuple(expected), tuple(expected.values())
    return Case("rivals", says, tables, columns or ("figure_id",), [cells] if columns else [])


def rivals_both_ways(says: str, one: Row, other: Row, **expected: Cell) -> Iterator[Case]:
    yield rivals(says, one, other, **expected)
    yield rivals(f"{says}, turned round", other, one, **expected)


def list_rivals() -> Iterator[Case]:
    every = (
        "figure_id",
        "other_figure_id",
        "claim_id",
        "other_id",
        "same_time",
        "disjoint",
        "close",
        "falls",
    )
    yield Case(
        "rivals",
        "each pair stands once, the lower id first",
        {"intervals": [interval("M3", "C1", "a"), interval("M1", "C3", "c"), interval("M2", "C2", "b")]},
        every,
        [
            ("M1", "M2", "C3", "C2", True, False, True, False),
            ("M1", "M3", "C3", "C1", True, False, True, False),
            ("M2", "M3", "C2", "C1", True, False, True, False),
        ],
    )
    yield from rivals_both_ways("figures of two series are no rivals", {}, {"series": "t"})
    yield rivals("figures of one claim are no rivals", {}, {"claim_id": "C1"})
    yield rivals("figures of one speaker are no rivals", {}, {"asserted_by": "a"})
    yield from list_levels()
    yield from list_periods()
    yield from list_overlaps()
    yield from list_falls()


def list_levels() -> Iterator[Case]:
    """The time of stocks and totals."""
    for kind in ("stock", "cumulative"):
        level: Row = {"accumulation": kind}
        for days, same in ((0, True), (14, True), (15, False), (-14, True), (-15, False)):
            yield rivals(
                f"{kind}: days {days} apart are{'' if same else ' not'} the same time",
                level,
                {**level, "last_day": DAY + days},
                same_time=same,
            )
        for span, same in ((30, True), (31, False)):
            yield from rivals_both_ways(
                f"{kind}: a day known to {span} days is{'' if same else ' not'} exact enough",
                level,
                {**level, "first_day": DAY - span},
                same_time=same,
            )
        yield from rivals_both_ways(
            f"{kind}: a later day known to 31 days is not exact enough either",
            level,
            {**level, "last_day": DAY + 14, "first_day": DAY + 14 - 31},
            same_time=False,
        )
        yield from rivals_both_ways(
            f"{kind}: a total known to the year is of no time, though it has no period and its start is near",
            {**level, "start_day": DAY, "has_end": False},
            {**level, "start_day": DAY, "has_end": False, "first_day": DAY - 365},
            same_time=False,
        )
        yield from rivals_both_ways(
            f"{kind}: where a period starts does not matter",
            {**level, "start_day": DAY - 400},
            {**level, "start_day": DAY},
            same_time=True,
        )
        yield from rivals_both_ways(
            f"{kind}: nor does it matter whether a period has an end",
            {**level, "has_end": False},
            {**level, "last_day": DAY - 100},
            same_time=False,
        )


def list_periods() -> Iterator[Case]:
    """The time of flows, rates, shares and changes."""
    for kind in sorted({*codes_of("indicators", "accumulation")} - {"stock", "cumulative"}):
        # How exactly the end is known does not matter.
        period: Row = {"accumulation": kind, "start_day": DAY - 400, "first_day": DAY - 900}
        for days, same in ((14, True), (15, False)):
            yield from rivals_both_ways(
                f"{kind}: periods that end {days} days apart are{'' if same else ' not'} of the same time",
                period,
                {**period, "last_day": DAY + days},
                same_time=same,
            )
            yield from rivals_both_ways(
                f"{kind}: periods that begin {days} days apart are{'' if same else ' not'} of the same time",
                period,
                {**period, "start_day": DAY - 400 + days},
                same_time=same,
            )
    flow: Row = {"accumulation": "flow", "first_day": DAY - 900}
    yield from rivals_both_ways(
        "periods of equal start but far ends are not of the same time",
        {**flow, "start_day": DAY},
        {**flow, "start_day": DAY, "last_day": DAY + 100},
        same_time=False,
    )
    yield rivals(
        "periods that both lack a start and end alike are of the same time", flow, flow, same_time=True
    )
    yield rivals(
        "periods that both lack a start and end apart are not",
        flow,
        {**flow, "last_day": DAY + 15},
        same_time=False,
    )
    yield from rivals_both_ways(
        "of periods of which one lacks a start nothing can be said",
        flow,
        {**flow, "start_day": DAY},
        same_time=None,
    )
    yield rivals(
        "a period known to the year can be compared",
        {**flow, "first_day": DAY - 365},
        {**flow, "first_day": DAY - 365},
        same_time=True,
    )
    bare: Row = {**flow, "has_end": False}
    started: Row = {**flow, "start_day": DAY - 3000}
    for days, same in ((0, True), (1, True), (365, True), (366, False), (-1, False)):
        for says, first in (("a rate", {**bare, "start_day": DAY}), ("a rate without a start", bare)):
            # Where one start is missing, days close to each other tell nothing.
            expected = None if not same and days == -1 and first is bare else same
            yield from rivals_both_ways(
                f"{says} without a period {'tells' if same else 'does not tell'} of {days} days before",
                {**first, "last_day": DAY + days},
                started,
                same_time=expected,
            )
    yield from rivals_both_ways(
        "rates without a period tell of the year before the later of them",
        {**bare, "last_day": DAY + 365},
        bare,
        same_time=True,
    )
    yield from rivals_both_ways(
        "rates without a period more than a year apart tell of two times",
        {**bare, "last_day": DAY + 366},
        bare,
        same_time=False,
    )
    yield from rivals_both_ways(
        "a year back is counted from the figure without a period, not from the other",
        {**bare, "last_day": DAY - 100},
        {**started},
        same_time=False,
    )


def list_overlaps() -> Iterator[Case]:
    yield from rivals_both_ways(
        "intervals that touch have a number in common",
        {"low": 100, "high": 110},
        {"low": 110, "high": 120},
        disjoint=False,
        close=True,
    )
    yield from rivals_both_ways(
        "intervals that do not touch are disjoint",
        {"low": 100, "high": 110},
        {"low": 111, "high": 120},
        disjoint=True,
        close=False,
    )
    yield from rivals_both_ways(
        "an interval within another has numbers in common",
        {"low": 100, "high": 200},
        {"low": 120, "high": 130},
        disjoint=False,
        close=True,
    )
    yield from rivals_both_ways(
        "about a value reaches a tenth and no further",
        {"low": 90, "high": 110},
        {"low": 89, "high": 89},
        disjoint=True,
        close=False,
    )
    least: Row = {"high": None, "closed_low": 100, "closed_high": 200}
    most: Row = {"low": None, "high": 100, "closed_low": 50, "closed_high": 100}
    for bound, far, edge, beyond, close in (
        ("a lower bound", least, 100, 99, False),
        ("an upper bound", most, 100, 101, False),
    ):
        yield from rivals_both_ways(
            f"{bound} excludes what lies beyond it",
            far,
            {"low": beyond, "high": beyond},
            disjoint=True,
            close=close,
        )
        yield from rivals_both_ways(
            f"{bound} does not exclude its own number",
            far,
            {"low": edge, "high": edge},
            disjoint=None,
            close=True,
        )
    for bound, far, edge, beyond in (
        ("a lower bound is close to twice its number", least, 200, 201),
        ("an upper bound is close to half its number", most, 50, 49),
    ):
        yield from rivals_both_ways(bound, far, {"low": edge, "high": edge}, disjoint=None, close=True)
        yield from rivals_both_ways(
            f"{bound} and no further", far, {"low": beyond, "high": beyond}, disjoint=None, close=False
        )
    yield from rivals_both_ways(
        "two lower bounds never exclude each other",
        least,
        {"low": 300, "high": None, "closed_low": 300, "closed_high": 600},
        disjoint=None,
        close=False,
    )
    yield from rivals_both_ways(
        "a lower and an upper bound can meet in one number", least, most, disjoint=None, close=True
    )
    yield from rivals_both_ways(
        "a lower bound above an upper bound excludes it",
        {**least, "low": 101, "closed_low": 101},
        most,
        disjoint=True,
        close=False,
    )


def list_falls() -> Iterator[Case]:
    later: Row = {"accumulation": "cumulative", "first_day": DAY + 1, "last_day": DAY + 20}
    earlier: Row = {"accumulation": "cumulative", "first_day": DAY - 50}
    yield from rivals_both_ways(
        "a later total below an earlier one falls",
        {**later, "low": 90, "high": 99},
        {**earlier, "low": 100, "high": 110},
        same_time=False,
        falls=True,
    )
    yield from rivals_both_ways(
        "a later total that may equal an earlier one does not fall",
        {**later, "low": 90, "high": 100},
        {**earlier, "low": 100, "high": 110},
        falls=False,
    )
    yield from rivals_both_ways(
        "a later total above an earlier one does not fall",
        {**later, "low": 111, "high": 120},
        {**earlier, "low": 100, "high": 110},
        falls=False,
    )
    yield from rivals_both_ways(
        "a total is not surely later if the days touch",
        {**later, "first_day": DAY, "low": 90, "high": 99},
        {**earlier, "low": 100, "high": 110},
        falls=False,
    )
    yield from rivals_both_ways(
        "a total of the same day does not fall",
        {"accumulation": "cumulative", "low": 90, "high": 99},
        {"accumulation": "cumulative", "low": 100, "high": 110},
        falls=False,
    )
    yield from rivals_both_ways(
        "a later total with no upper end does not fall",
        {**later, "low": 90, "high": None, "closed_low": 90, "closed_high": 180},
        {**earlier, "low": 100, "high": 110},
        falls=None,
    )
    yield from rivals_both_ways(
        "a later total below half an earlier upper bound does not fall",
        {**later, "low": 40, "high": 40},
        {**earlier, "low": None, "high": 100, "closed_low": 50, "closed_high": 100},
        falls=None,
    )
    yield from rivals_both_ways(
        "a later upper bound below an earlier total falls",
        {**later, "low": None, "high": 99, "closed_low": 49.5, "closed_high": 99},
        {**earlier, "low": 100, "high": None, "closed_low": 100, "closed_high": 200},
        falls=True,
    )
    for kind in codes_of("indicators", "accumulation"):
        if kind != "cumulative":
            yield from rivals_both_ways(
                f"a {kind} may fall",
                {**later, "accumulation": kind, "low": 90, "high": 99},
                {**earlier, "accumulation": kind, "low": 100, "high": 110},
                falls=False,
            )


# Comparisons


def comparisons(says: str, verdict: str | None, **cells: Cell) -> Case:
    rival: Row = {
        "figure_id": "M1", "other_figure_id": "M2", "claim_id": "C1", "other_id": "C2",
        "same_time": True, "disjoint": False, "close": True, "falls": False,
    }  # fmt: skip
    columns = ("figure_id", "other_figure_id", "claim_id", "other_id", "verdict")
    rows: Rows = [("M1", "M2", "C1", "C2", verdict)] if verdict else []
    return Case("comparisons", says, {"rivals": [{**rival, **cells}]}, columns, rows)


COMPARISONS = [
    comparisons("close figures of the same time agree", "agrees"),
    comparisons("close figures with open ends of the same time agree", "agrees", disjoint=None),
    comparisons("disjoint figures of the same time conflict", "conflicts", disjoint=True, close=False),
    comparisons("disjoint figures conflict even if they are close", "conflicts", disjoint=True),
    comparisons("of figures that are neither nothing can be said", None, close=False),
    comparisons("of open ends that are far nothing can be said", None, disjoint=None, close=False),
    comparisons("of close figures of another time nothing can be said", None, same_time=False),
    comparisons("of disjoint figures of another time nothing can be said", None, same_time=False, disjoint=True),
    comparisons("of figures of an unknown time nothing can be said", None, same_time=None),
    comparisons("of disjoint figures of an unknown time nothing can be said", None, same_time=None, disjoint=True),
    comparisons("totals that fall conflict at any time", "conflicts", same_time=False, disjoint=True, close=False, falls=True),
    comparisons("totals that fall conflict at an unknown time", "conflicts", same_time=None, disjoint=True, close=False, falls=True),
    comparisons("where it is unknown whether they fall nothing can be said", None, same_time=False, falls=None),
    comparisons("where it is unknown whether they fall they can still agree", "agrees", falls=None),
]  # fmt: skip


# Successors


def measure(figure: str, claim: str, indicator: str = "killed") -> Row:
    return {"figure_id": figure, "claim_id": claim, "indicator_id": indicator}


def successors(says: str, ties: list[Row], rows: list[Row], *expected: tuple[Cell, ...]) -> Case:
    claims = sorted({str(row["claim_id"]) for row in rows})
    tables: Tables = {
        "claim_links": ties,
        "all_figures": rows,
        "assertions": [
            {"claim_id": claim_id, "asserted_on": f"2024-01-{day:02}"}
            for day, claim_id in enumerate(claims, 1)
        ],
    }
    return Case("successors", says, tables, ("figure_id", "superseded_by"), list(expected))


def list_successors() -> Iterator[Case]:
    old, new = measure("M1", "C1"), measure("M2", "C2")
    updates = [tie("C2", "updates", "C1")]
    for relation in codes_of("claim_links", "relation"):
        follows = [("M1", "C2")] if relation in {"updates", "retracts"} else []
        yield successors(
            f"the relation {relation} {'replaces' if follows else 'does not replace'} a figure",
            [tie("C2", relation, "C1")],
            [old, new],
            *follows,
        )
    yield successors(
        "the latest of several claims counts",
        [*updates, tie("C4", "retracts", "C1"), tie("C3", "updates", "C1")],
        [old, new, measure("M3", "C3"), measure("M4", "C4")],
        ("M1", "C4"),
    )
    for says, days, latest in (
        ("the latest is told by its day, not by its id", ("2024-02-02", "2024-02-01"), "C2"),
        ("of two claims of one day the higher id counts", ("2024-02-01", "2024-02-01"), "C3"),
    ):
        yield Case(
            "successors",
            says,
            {
                "claim_links": [*updates, tie("C3", "updates", "C1")],
                "all_figures": [old, new, measure("M3", "C3")],
                "assertions": [
                    {"claim_id": claim_id, "asserted_on": day}
                    for claim_id, day in zip(("C2", "C3"), days, strict=True)
                ],
            },
            ("figure_id", "superseded_by", "superseded_on"),
            [("M1", latest, days[0])],
        )
    yield Case(
        "successors",
        "a figure was superseded on the day of the claim that did so, not of another",
        {
            "claim_links": updates,
            "all_figures": [old, new],
            "assertions": [
                {"claim_id": claim_id, "asserted_on": f"2024-02-0{day}"}
                for claim_id, day in (("C1", 3), ("C2", 1), ("C3", 2))
            ],
        },
        ("figure_id", "superseded_by", "superseded_on"),
        [("M1", "C2", "2024-02-01")],
    )
    yield successors(
        "a later claim with two figures of the measure replaces once",
        updates,
        [old, new, measure("M3", "C2")],
        ("M1", "C2"),
    )
    yield successors(
        "each figure of the former claim is replaced",
        updates,
        [old, measure("M3", "C1"), new],
        ("M1", "C2"),
        ("M3", "C2"),
    )
    yield successors("a later claim without a figure replaces none", updates, [old])
    for other in ("wounded", "dead"):
        yield successors(
            f"a later claim with a figure of {other} replaces none of killed",
            updates,
            [old, measure("M2", "C2", other)],
        )
    for name in ("scope", "assumption", "currency"):
        kursk = {name: "kursk"}
        yield successors(
            f"figures of the same {name} are replaced",
            updates,
            [{**old, **kursk}, {**new, **kursk}],
            ("M1", "C2"),
        )
        yield successors(
            f"a figure of another {name} is kept", updates, [{**old, name: "all"}, {**new, **kursk}]
        )
        yield successors(f"a figure without that {name} is kept", updates, [old, {**new, **kursk}])
        yield successors(f"a later figure without the {name} replaces none", updates, [{**old, **kursk}, new])
    yield successors("without links all figures are kept", [], [old, new])
    yield successors(
        "figures of claims that are not linked are kept",
        [tie("C3", "updates", "C2")],
        [old, new, measure("M3", "C3"), measure("M4", "C4")],
        ("M2", "C3"),
    )


# Support


def support(
    says: str, ties: list[Row], verdicts: list[tuple[str, str, str]], *rows: tuple[Cell, ...]
) -> Case:
    compared: list[Row] = [
        {"claim_id": claim, "other_id": other, "verdict": verdict} for claim, other, verdict in verdicts
    ]
    tables = {"claim_links": ties, "comparisons": compared}
    return Case("support", says, tables, ("claim_id", "supporter_id"), list(rows))


def list_support() -> Iterator[Case]:
    both = [("C1", "C2"), ("C2", "C1")]
    agrees, derives = [("C1", "C2", "agrees")], "derives_from"
    for relation in codes_of("claim_links", "relation"):
        supports = both if relation == "corroborates" else []
        yield support(
            f"claims of which one {relation} the other {'support' if supports else 'do not support'} each other",
            [tie("C2", relation, "C1")],
            [],
            *supports,
        )
    yield support("claims whose figures agree support each other", [], agrees, *both)
    yield support("claims whose figures conflict do not", [], [("C1", "C2", "conflicts")])
    for relation in sorted({*codes_of("claim_links", "relation")} - {derives}):
        yield support(
            f"claims whose figures agree support each other even if one {relation} the other",
            [tie("C2", relation, "C1")],
            agrees,
            *both,
        )
    yield support(
        "claims that agree twice and are linked support each other once",
        [tie("C2", "corroborates", "C1"), tie("C1", "corroborates", "C2")],
        [*agrees, ("C1", "C2", "agrees"), ("C1", "C2", "conflicts")],
        *both,
    )
    for says, one, other in (("the later", "C2", "C1"), ("the earlier", "C1", "C2")):
        yield support(
            f"claims whose figures agree do not support each other where {says} derives from the other",
            [tie(one, derives, other)],
            agrees,
        )
        yield support(
            f"claims linked as corroborating do not where {says} derives from the other",
            [tie(one, derives, other), tie("C2", "corroborates", "C1")],
            [],
        )
    yield support(
        "what derives from one claim can support another",
        [tie("C2", derives, "C1"), tie("C2", "corroborates", "C3")],
        agrees,
        ("C2", "C3"),
        ("C3", "C2"),
    )


# Parties


def family(actor_id: str, root: str | None = None, side: str | None = None) -> Row:
    return {"actor_id": actor_id, "root_id": root or actor_id, "side": side or root or actor_id}


def claim(claim_id: str, speaker: str, subject: Cell = None, object_: Cell = None) -> Row:
    return {"claim_id": claim_id, "asserted_by": speaker, "subject_id": subject, "object_id": object_}


FAMILIES = [
    family("seoul"),
    family("nis", "seoul"),
    family("kyiv"),
    family("hur", "kyiv"),
    family("pyongyang"),
    family("kcna", "pyongyang"),
    family("gazette", side="media"),
    family("officials", side="unnamed"),
    family("institute", side="independent"),
]


def parties(says: str, claims: list[Row], pairs: list[tuple[str, str]], *rows: tuple[Cell, ...]) -> Case:
    supports: list[Row] = [{"claim_id": one, "supporter_id": other} for one, other in pairs]
    tables = {"claims": claims, "support": supports, "families": FAMILIES}
    return Case("parties", says, tables, ("claim_id", "root_id", "side"), list(rows))


PARTIES = [
    parties(
        "the head of the speaker's family stands behind a claim",
        [claim("C1", "nis"), claim("C2", "kyiv")],
        [],
        ("C1", "seoul", "seoul"),
        ("C2", "kyiv", "kyiv"),
    ),
    parties(
        "so do the heads of the families of those who support it",
        [claim("C1", "nis"), claim("C2", "hur"), claim("C3", "institute")],
        [("C1", "C2"), ("C1", "C3")],
        ("C1", "seoul", "seoul"),
        ("C1", "kyiv", "kyiv"),
        ("C1", "institute", "independent"),
        ("C2", "kyiv", "kyiv"),
        ("C3", "institute", "independent"),
    ),
    parties(
        "a family stands behind a claim once",
        [claim("C1", "nis"), claim("C2", "seoul"), claim("C3", "nis")],
        [("C1", "C2"), ("C1", "C3")],
        ("C1", "seoul", "seoul"),
        ("C2", "seoul", "seoul"),
        ("C3", "seoul", "seoul"),
    ),
    parties("media are no parties", [claim("C1", "gazette")], []),
    parties(
        "media that support a claim add none",
        [claim("C1", "nis"), claim("C2", "gazette")],
        [("C1", "C2"), ("C2", "C1")],
        ("C1", "seoul", "seoul"),
        ("C2", "seoul", "seoul"),
    ),
    parties("unnamed officials are a party", [claim("C1", "officials")], [], ("C1", "officials", "unnamed")),
    parties("who has no family is no party", [claim("C1", "stranger")], []),
]


# Admissions


def part(actor_id: str, role: str = "participant", claim_id: str = "C1") -> Row:
    return {"claim_id": claim_id, "actor_id": actor_id, "role": role}


def concerned(says: str, claims: list[Row], roles: list[Row], *rows: tuple[Cell, ...]) -> Case:
    tables: Tables = {"claims": claims, "claim_actors": roles, "families": FAMILIES}
    return Case("concerned", says, tables, ("claim_id", "root_id", "side"), list(rows))


def list_concerned() -> Iterator[Case]:
    north = ("C1", "pyongyang", "pyongyang")
    yield concerned(
        "a claim concerns its subject and its object, but not its speaker",
        [claim("C1", "nis", "pyongyang", "kyiv")],
        [],
        north,
        ("C1", "kyiv", "kyiv"),
    )
    yield concerned("a claim without an object concerns its subject", [claim("C1", "nis", "kcna")], [], north)
    for role in codes_of("claim_actors", "role"):
        counts = role == "participant"
        yield concerned(
            f"a claim {'concerns' if counts else 'does not concern'} whom it names as {role}",
            [claim("C1", "nis", "gazette")],
            [part("kcna", role)],
            ("C1", "gazette", "media"),
            *([north] if counts else []),
        )
    yield concerned(
        "whoever is concerned in three ways is concerned once",
        [claim("C1", "nis", "pyongyang", "kcna")],
        [part("kcna"), part("pyongyang")],
        north,
    )
    yield concerned(
        "each claim concerns its own",
        [claim("C1", "nis", "pyongyang"), claim("C2", "nis", "hur")],
        [part("nis", claim_id="C2")],
        north,
        ("C2", "kyiv", "kyiv"),
        ("C2", "seoul", "seoul"),
    )


def admissions(
    says: str,
    claims: list[Row],
    party: list[tuple[str, str]],
    about: list[tuple[str, str]],
    *rows: tuple[Cell, ...],
) -> Case:
    tables: Tables = {
        "claims": claims,
        "parties": [{"claim_id": one, "root_id": root} for one, root in party],
        "concerned": [{"claim_id": one, "root_id": root} for one, root in about],
        "families": FAMILIES,
    }
    return Case("admissions", says, tables, ("claim_id", "root_id"), list(rows))


def list_admissions() -> Iterator[Case]:
    south, north, kyiv = ("C1", "seoul"), ("C1", "pyongyang"), ("C1", "kyiv")
    by_nis = [claim("C1", "nis")]
    yield admissions("a party that is concerned admits a claim", by_nis, [south, north], [north], north)
    yield admissions(
        "two parties can admit a claim", by_nis, [south, north, kyiv], [north, kyiv], north, kyiv
    )
    yield admissions("who is concerned but no party does not admit", by_nis, [south], [north])
    yield admissions("a party that is not concerned does not admit", by_nis, [south, north], [kyiv])
    yield admissions(
        "a party admits what another says, whichever of the two names comes first",
        [claim("C1", "kcna")],
        [north, south],
        [south, north],
        south,
    )
    yield admissions("a speaker's own family admits nothing", by_nis, [south, north], [south])
    yield admissions(
        "who is concerned by one claim admits no other",
        [claim("C1", "nis"), claim("C2", "nis")],
        [south, north, ("C2", "seoul")],
        [("C2", "pyongyang"), ("C2", "kyiv")],
    )


# Claim lists


def claim_lists(says: str, tables: Tables, *rows: tuple[Cell, ...]) -> Case:
    return Case("claim_lists", says, tables, ("claim_id", "heading", "ids"), list(rows))


def list_claim_lists() -> Iterator[Case]:
    yield claim_lists(
        "named parties are listed in order, those without a name are not",
        {"parties": [
            {"claim_id": "C1", "root_id": "ukraine", "side": "ukraine"},
            {"claim_id": "C1", "root_id": "officials", "side": "unnamed"},
            {"claim_id": "C1", "root_id": "institute", "side": "independent"},
            {"claim_id": "C2", "root_id": "venezuela", "side": "venezuela"},
        ]},
        ("C1", "parties", "institute;ukraine"),
        ("C2", "parties", "venezuela"),
    )  # fmt: skip
    yield claim_lists("a claim of unnamed officials alone has no list of parties", {
        "parties": [{"claim_id": "C1", "root_id": "officials", "side": "unnamed"}],
    })  # fmt: skip
    yield claim_lists(
        "parties that admit a claim are listed in order",
        {
            "admissions": [
                {"claim_id": "C1", "root_id": root} for root in ("russia", "belarus", "north-korea")
            ]
        },
        ("C1", "admitted_by", "belarus;north-korea;russia"),
    )
    for verdict in ("agrees", "conflicts"):
        yield claim_lists(
            f"claims whose figures say {verdict} are listed with each other, once and in order",
            {"comparisons": [
                {"claim_id": "C2", "other_id": "C3", "verdict": verdict},
                {"claim_id": "C1", "other_id": "C3", "verdict": verdict},
                {"claim_id": "C1", "other_id": "C3", "verdict": verdict},
                {"claim_id": "C3", "other_id": "C1", "verdict": verdict},
            ]},
            ("C1", f"{verdict}_with", "C3"),
            ("C2", f"{verdict}_with", "C3"),
            ("C3", f"{verdict}_with", "C1;C2"),
        )  # fmt: skip
    yield claim_lists(
        "claims can agree in one figure and conflict in another",
        {"comparisons": [
            {"claim_id": "C1", "other_id": "C2", "verdict": "agrees"},
            {"claim_id": "C1", "other_id": "C2", "verdict": "conflicts"},
        ]},
        ("C1", "agrees_with", "C2"),
        ("C1", "conflicts_with", "C2"),
        ("C2", "agrees_with", "C1"),
        ("C2", "conflicts_with", "C1"),
    )  # fmt: skip


# Reactions

REACTIONS = {
    "denies": "denied_by",
    "doubts": "doubted_by",
    "contradicts": "contradicted_by",
    "updates": "updated_by",
    "retracts": "retracted_by",
    "misreports": "misreported_by",
}
REACTION_COLUMNS = ("claim_id", "derived_from", *REACTIONS.values())


def reactions(says: str, ties: list[Row], *rows: dict[str, str]) -> Case:
    """Rows of lists by column; what is not given is empty."""
    expected: Rows = [tuple(row.get(column) for column in REACTION_COLUMNS) for row in rows]
    return Case("reactions", says, {"claim_links": ties}, REACTION_COLUMNS, expected)


def list_reactions() -> Iterator[Case]:
    for relation, column in REACTIONS.items():
        ties = [tie("C3", relation, "C1"), tie("C2", relation, "C1"), tie("C2", relation, "C4")]
        back = (
            [{"claim_id": "C2", column: "C1;C4"}, {"claim_id": "C3", column: "C1"}]
            if relation == "contradicts"
            else []
        )
        yield reactions(
            f"claims are listed in order with the claim to which they point as {relation}",
            ties,
            {"claim_id": "C1", column: "C2;C3"},
            {"claim_id": "C4", column: "C2"},
            *back,
        )
    yield reactions(
        "claims from which another derives are listed in order with that claim",
        [tie("C3", "derives_from", "C2"), tie("C3", "derives_from", "C1"), tie("C4", "derives_from", "C1")],
        {"claim_id": "C3", "derived_from": "C1;C2"},
        {"claim_id": "C4", "derived_from": "C1"},
    )
    yield reactions("claims that corroborate each other have no row", [tie("C1", "corroborates", "C2")])
    yield reactions(
        "claims that contradict each other twice are listed once",
        [tie("C1", "contradicts", "C2"), tie("C2", "contradicts", "C1")],
        {"claim_id": "C1", "contradicted_by": "C2"},
        {"claim_id": "C2", "contradicted_by": "C1"},
    )
    yield reactions(
        "all lists of a claim stand in one row",
        [tie(f"C{number}", relation, "C1") for number, relation in enumerate(list(REACTIONS), 2)]
        + [tie("C1", "derives_from", "C9")],
        {
            "claim_id": "C1",
            "derived_from": "C9",
            **{column: f"C{number}" for number, column in enumerate(REACTIONS.values(), 2)},
        },
        {"claim_id": "C4", "contradicted_by": "C1"},
    )


# Figure lists


def compared(one: str, verdict: str, other: str) -> Row:
    return {"figure_id": one, "verdict": verdict, "other_figure_id": other}


def figure_lists(says: str, rows: list[Row], *expected: tuple[Cell, ...]) -> Case:
    columns = ("figure_id", "conflicts_with", "agrees_with")
    return Case("figure_lists", says, {"comparisons": rows}, columns, list(expected))


FIGURE_LISTS = [
    figure_lists(
        "figures that agree are listed with each other in order",
        [compared("M2", "agrees", "M3"), compared("M1", "agrees", "M3")],
        ("M1", None, "M3"),
        ("M2", None, "M3"),
        ("M3", None, "M1;M2"),
    ),
    figure_lists(
        "figures that conflict are listed with each other in order",
        [compared("M1", "conflicts", "M3"), compared("M1", "conflicts", "M2")],
        ("M1", "M2;M3", None),
        ("M2", "M1", None),
        ("M3", "M1", None),
    ),
    figure_lists(
        "a figure that agrees with one and conflicts with another has both lists",
        [compared("M1", "agrees", "M2"), compared("M1", "conflicts", "M3")],
        ("M1", "M3", "M2"),
        ("M2", None, "M1"),
        ("M3", "M1", None),
    ),
]


# Figure notes

FIGURE_NOTES = Case(
    "figure_notes",
    "the notes of both domains stand together, and figures without a note have no row",
    {
        "economic_figures": [{"figure_id": "E1", "note": "One."}, {"figure_id": "E2"}],
        "military_figures": [{"figure_id": "M1"}, {"figure_id": "M2", "note": "Two."}],
    },
    ("figure_id", "note"),
    [("E1", "One."), ("M2", "Two.")],
)


# Stated figures


def stated_figures(says: str, columns: str, *rows: tuple[Cell, ...], **tables: list[Row]) -> Case:
    """One figure with all that belongs to it, and other rows in the place of those that are given."""
    usual: Tables = {
        "all_figures": [fill("all_figures", figure_id="M1", claim_id="C1", source_id="page")],
        "figure_days": [fill("figure_days", figure_id="M1"), {"figure_id": "M2"}],
        "claims": [fill("claims", claim_id="C1"), {"claim_id": "C2"}],
        "assertions": [fill("assertions", claim_id="C1"), {"claim_id": "C2"}],
        "source_counts": [fill("source_counts", claim_id="C1"), {"claim_id": "C2"}],
        "sources": [
            fill("sources", source_id="page"),
            fill("sources", source_id="other", url="https://c.example", read_at="https://d.example"),
        ],
        "figure_lists": [fill("figure_lists", figure_id="M1"), {"figure_id": "M2"}],
        "reactions": [fill("reactions", claim_id="C1"), {"claim_id": "C2"}],
        "successors": [fill("successors", figure_id="M1"), {"figure_id": "M2", "superseded_by": "C8"}],
        "figure_notes": [fill("figure_notes", figure_id="M1"), {"figure_id": "M2", "note": "Other."}],
    }
    return Case("stated_figures", says, usual | tables, tuple(columns.split()), list(rows))


TAKEN_OVER = {
    "all_figures": (
        "indicator_id scope assumption bound value_low value value_high unit per currency as_stated method "
        "period_start period_end"
    ),
    "figure_notes": "note",
    "figure_days": "as_of as_of_precision",
    "claims": "certainty credibility statement",
    "assertions": "speaker speaker_id side asserted asserted_on",
    "source_counts": "origin_read first_known",
    "figure_lists": "conflicts_with agrees_with",
    "reactions": "derived_from denied_by doubted_by contradicted_by retracted_by misreported_by",
    "successors": "superseded_by superseded_on",
}


def list_stated_figures() -> Iterator[Case]:
    for relation, columns in TAKEN_OVER.items():
        row = fill(relation)
        yield stated_figures(
            f"a figure stands with its cells in {relation}",
            columns,
            tuple(row[column] for column in columns.split()),
        )
    whole: Row = {"figure_id": "M1", "claim_id": "C1", "source_id": "page"}
    for says, named, shown_ in (
        ("a figure of the whole names no part", {}, (None, None)),
        ("a figure has the name of its scope", {"scope": "kursk"}, ("In Kursk", None)),
        ("a figure has the name of its assumption", {"assumption": "most"}, (None, "At most")),
        (
            "scope and assumption have a name each",
            {"scope": "kursk", "assumption": "most"},
            ("In Kursk", "At most"),
        ),
    ):
        yield stated_figures(
            says,
            "scope_name assumption_name",
            shown_,
            all_figures=[{**whole, **named}],
            parts=[
                {"part_id": part_id, "name": name}
                for part_id, name in (
                    ("aid", "As aid"),
                    ("kursk", "In Kursk"),
                    ("most", "At most"),
                    ("rylsk", "In Rylsk"),
                )
            ],
        )
    yield stated_figures(
        "a figure keeps its ids and has the page that was read",
        "figure_id claim_id source_id url misreports",
        ("M1", "C1", "page", "sources.read_at", False),
    )
    empty = " ".join(
        TAKEN_OVER[relation] for relation in ("figure_lists", "reactions", "successors", "figure_notes")
    )
    yield stated_figures(
        "a figure that nothing bears on is kept",
        f"figure_id {empty} is_current",
        ("M1", *(None for _ in empty.split()), True),
        figure_lists=[],
        reactions=[],
        successors=[],
        figure_notes=[],
    )
    for says, cells, shown in (
        ("a value is the number", number(value=5), (5, "value")),
        ("the best value within a range is the number", number("range", 1, 5, 9), (5, "value")),
        ("a best value comes before a lower bound", number("at_least", 1, 5), (5, "value")),
        ("a best value comes before an upper bound", number("at_most", value=5, high=9), (5, "value")),
        ("at least is plotted at its bound", number("at_least", low=1), (1, "low")),
        ("at most is plotted at its bound", number("at_most", high=9), (9, "high")),
        ("a value of nought is the number", number("at_least", 1, 0), (0, "value")),
        ("a range without a best value has no number", number("range", low=1, high=9), (None, None)),
        ("what is vague has no number", number("vague", low=1, high=9), (None, None)),
        ("about without a value has no number", number("about", low=1, high=9), (None, None)),
    ):
        yield stated_figures(
            says,
            "number number_is",
            shown,
            all_figures=[{"figure_id": "M1", "claim_id": "C1", "source_id": "page", **cells}],
        )
    successor: Row = {"figure_id": "M1", "superseded_by": "C2"}
    told: list[tuple[str, list[Row], list[Row], bool]] = [
        ("a figure that was superseded is not current", [successor], [], False),
        (
            "a figure whose claim was withdrawn is not current",
            [],
            [{"claim_id": "C1", "retracted_by": "C2"}],
            False,
        ),
        (
            "a figure whose claim has a newer value of another measure is current",
            [],
            [{"claim_id": "C1", "updated_by": "C2"}],
            True,
        ),
    ]
    for says, successors_, reactions_, current in told:
        yield stated_figures(
            says, "figure_id is_current", ("M1", current), successors=successors_, reactions=reactions_
        )
    yield stated_figures(
        "the publisher's address stands in for a page that was not noted",
        "url",
        ("https://a.example",),
        sources=[{"source_id": "page", "url": "https://a.example"}],
    )
    yield stated_figures(
        "a figure without any address is kept", "figure_id url", ("M1", None), sources=[{"source_id": "page"}]
    )
    for relation in codes_of("claim_links", "relation"):
        yield stated_figures(
            f"a claim that {relation} another {'misreports' if relation == 'misreports' else 'does not misreport'} it",
            "figure_id misreports",
            ("M1", relation == "misreports"),
            claim_links=[tie("C1", relation, "C2")],
        )
    yield stated_figures(
        "a claim that is misreported misreports none",
        "figure_id misreports",
        ("M1", False),
        claim_links=[tie("C2", "misreports", "C1")],
    )


# Falling totals


def falling_totals(
    says: str,
    later: Row,
    earlier: Row,
    *rows: tuple[Cell, ...],
    scopes: Row | None = None,
    speaker: str = "b",
) -> Iterator[Case]:
    """Two totals, of which one is for a later day and lower but for the cells given; told with ids either way.

    `scopes` are cells of the figure of the later, which is `later` in the rows expected.
    """
    total: Row = {"accumulation": "cumulative"}
    for says_, one, other in (("", "M1", "M2"), (", the later with the higher id", "M2", "M1")):
        yield Case(
            "falling_totals",
            says + says_,
            {
                "intervals": [
                    interval(
                        one, "C1", "b", **{**total, "last_day": DAY + 1, "low": 90, "high": 99, **later}
                    ),
                    interval(other, "C2", speaker, **{**total, **earlier}),
                ],
                "all_figures": [{"figure_id": one, **(scopes or {})}, {"figure_id": other}],
            },
            ("figure_id",),
            [(one,) for _ in rows],
        )


def list_falling_totals() -> Iterator[Case]:
    fallen = (("later",),)
    yield from falling_totals("a later total below an earlier one falls", {}, {}, *fallen)
    yield from falling_totals("so it does within one claim", {"claim_id": "C2"}, {}, *fallen)
    yield from falling_totals("a later total that may equal an earlier one does not fall", {"high": 100}, {})
    yield from falling_totals(
        "a later total above an earlier one does not fall", {"low": 101, "high": 110}, {}
    )
    yield from falling_totals("a total of the same day does not fall", {"last_day": DAY}, {})
    yield from falling_totals(
        "a total is not surely later if the days touch", {"first_day": DAY}, {"first_day": DAY - 50}
    )
    yield from falling_totals("a total of an earlier day may be lower", {"last_day": DAY - 1}, {})
    yield from falling_totals(
        "a total with no upper end does not fall", {"high": None, "closed_high": 180}, {"low": 200}
    )
    yield from falling_totals(
        "a total does not fall below one with no lower end", {}, {"low": None, "high": 300, "closed_low": 150}
    )
    yield from falling_totals(
        "a total does not fall below what a lower bound is closed at",
        {"low": 150, "high": 150},
        {"high": None, "closed_high": 200},
    )
    yield from falling_totals(
        "an upper bound falls if it lies below a lower bound",
        {"low": None, "closed_low": 49.5},
        {"high": None, "closed_high": 200},
        *fallen,
    )
    yield from falling_totals(
        "an upper bound does not fall for the part at which it is closed",
        {"low": None, "high": 100, "closed_low": 50},
        {},
    )
    for speaker in ("a", "c"):
        yield from falling_totals(f"{speaker} may give a higher total than b", {}, {}, speaker=speaker)
    for name in ("r", "t"):
        yield from falling_totals(f"a total of the series {name} may be higher", {}, {"series": name})
    for kind in sorted({*codes_of("indicators", "accumulation")} - {"cumulative"}):
        yield from falling_totals(f"a {kind} may fall", {"accumulation": kind}, {"accumulation": kind})
    for column in ("scope", "assumption"):
        yield from falling_totals(
            f"a total with {column} is not of the whole and may fall", {}, {}, scopes={column: "kursk"}
        )
    yield from falling_totals(
        "a sum of money may fall below none", {}, {}, *fallen, scopes={"currency": "EUR"}
    )
    yield Case(
        "falling_totals",
        "a total below several earlier ones falls once",
        {
            "intervals": [
                interval("M1", "C1", "b", accumulation="cumulative"),
                interval("M2", "C2", "b", accumulation="cumulative"),
                interval("M3", "C3", "b", accumulation="cumulative", last_day=DAY + 9, low=9, high=9),
            ],
            "all_figures": [{"figure_id": figure} for figure in ("M1", "M2", "M3")],
        },
        ("figure_id",),
        [("M3",)],
    )


# Oversized parts

ENDS = ("low", "high", "closed_low", "closed_high")


def oversized_parts(says: str, *sizes: Row, found: str = "") -> Case:
    """The figures of one claim, alike but for the cells that are given; ids are told by their order."""
    usual: Row = {
        "claim_id": "C1", "indicator_id": "killed", "accumulation": "stock", "assumption": "a",
        "period_start": "s", "period_end": "e", "currency": "EUR",
    }  # fmt: skip
    rows: list[Row] = [{"figure_id": f"M{place}", **usual, **size} for place, size in enumerate(sizes, 1)]
    tables: Tables = {
        "all_figures": [{name: cell for name, cell in row.items() if name not in ENDS} for row in rows],
        "intervals": [
            {name: cell for name, cell in row.items() if name in {"figure_id", *ENDS}}
            for row in rows
            if "low" in row
        ],
    }
    return Case("oversized_parts", says, tables, ("figure_id",), [(figure,) for figure in found.split()])


def size(low: Cell, high: Cell, scope: Cell = None, **cells: Cell) -> Row:
    closed: Row = {"closed_low": 50, "closed_high": 200}
    return {"low": low, "high": high, "scope": scope, **closed, **cells}


def list_oversized_parts() -> Iterator[Case]:
    whole, part_, large = size(100, 100), size(100, 100, "kursk"), size(101, 101, "kursk")
    yield oversized_parts("a part larger than the whole is found", whole, large, found="M2")
    yield oversized_parts("so it is if it stands before the whole", large, whole, found="M1")
    yield oversized_parts("a part as large as the whole is not", whole, part_)
    yield oversized_parts("a smaller part is not", whole, size(99, 99, "kursk"))
    yield oversized_parts(
        "several parts are found, each for itself", whole, large, part_, size(200, 300, "x"), found="M2 M4"
    )
    yield oversized_parts("a part without a whole is not found", large, part_)
    yield oversized_parts("a whole without a part is not found", whole, size(120, 120))
    yield oversized_parts("a part that may be smaller is not found", whole, size(90, 120, "kursk"))
    yield oversized_parts("a part with no lower end is not found", size(40, 40), size(None, 120, "kursk"))
    yield oversized_parts(
        "a part with no upper end can be found", whole, size(101, None, "kursk"), found="M2"
    )
    yield oversized_parts(
        "a part that may be as small as the whole is not found, though open", whole, size(90, None, "kursk")
    )
    yield oversized_parts(
        "a part within the whole's range is not found", size(50, 110), size(105, 105, "kursk")
    )
    yield oversized_parts(
        "a part beyond the whole's range is found", size(50, 110), size(111, 111, "kursk"), found="M2"
    )
    yield oversized_parts(
        "a whole with no upper end holds any part", size(100, None), size(900, 900, "kursk")
    )
    yield oversized_parts(
        "the largest of several wholes counts", whole, size(120, 120), size(110, 110, "kursk")
    )
    yield oversized_parts(
        "a part beyond all wholes is found", whole, size(120, 120), size(121, 121, "kursk"), found="M3"
    )
    yield oversized_parts("a part beyond two equal wholes is found", whole, whole, large, found="M3")
    yield oversized_parts("one whole with no upper end is enough", whole, size(100, None), large)
    yield oversized_parts("a vague whole is none", whole, {"scope": None}, large, found="M3")
    yield oversized_parts("a vague part is none", whole, {"scope": "kursk"})
    yield oversized_parts("the part of another claim is not found", whole, {**large, "claim_id": "C2"})
    yield oversized_parts(
        "the whole of another claim does not count", whole, size(900, 900, claim_id="C2"), large, found="M3"
    )
    yield oversized_parts(
        "the whole of another indicator does not count",
        whole,
        size(900, 900, indicator_id="wounded"),
        large,
        found="M3",
    )
    yield oversized_parts(
        "the part of another indicator is not found", whole, {**large, "indicator_id": "wounded"}
    )
    optional = ("assumption", "period_start", "period_end", "currency")
    for column in optional:
        none: Row = {column: None}
        other: Row = {column: "x"}
        yield oversized_parts(f"a part of another {column} is not found", whole, {**large, **other})
        yield oversized_parts(
            f"a part without the {column} is not found", {**whole, **other}, {**large, **none}
        )
        yield oversized_parts(
            f"a whole without the {column} does not count", {**whole, **none}, {**large, **other}
        )
        yield oversized_parts(
            f"a part is found where both lack {column}", {**whole, **none}, {**large, **none}, found="M2"
        )
    for one, next_ in pairwise(("indicator_id", *optional)):
        moved: Row = {one: "killeds", next_: None} if one == "indicator_id" else {one: "s", next_: None}
        stayed: Row = {one: "killed" if one == "indicator_id" else None, next_: "s"}
        yield oversized_parts(f"{one} is not taken for {next_}", {**whole, **moved}, {**large, **stayed})
    for kind in codes_of("indicators", "accumulation"):
        found = "" if kind in {"share", "change", "rate"} else "M2"
        yield oversized_parts(
            f"the {kind} of a part may {'' if not found else 'not '}be larger",
            {**whole, "accumulation": kind},
            {**large, "accumulation": kind},
            found=found,
        )


# Confirmed claims


def confirmed_claims(says: str, parties_: list[str], admitted: list[str], *rows: str) -> Case:
    """Claims by the parties that assert them: each claim once for each party."""
    tables: Tables = {
        "parties": [{"claim_id": claim_id, "root_id": f"party-{n}"} for n, claim_id in enumerate(parties_)],
        "admissions": [{"claim_id": claim_id, "root_id": "party-0"} for claim_id in admitted],
    }
    return Case("confirmed_claims", says, tables, ("claim_id",), [(claim_id,) for claim_id in rows])


CONFIRMED_CLAIMS = [
    confirmed_claims("one party does not confirm a claim", ["C1", "C2"], []),
    confirmed_claims("two parties confirm a claim", ["C1", "C2", "C1"], [], "C1"),
    confirmed_claims("three parties confirm a claim", ["C1", "C1", "C1", "C2", "C2"], [], "C1", "C2"),
    confirmed_claims("an admission confirms a claim", ["C1", "C2"], ["C1"], "C1"),
    confirmed_claims("a claim is confirmed once", ["C1", "C1"], ["C1", "C1"], "C1"),
]


CASES = [
    Case(
        "thresholds",
        "the numbers are those that the documents state",
        {},
        ("about", "open_factor", "near_days", "vague_days", "year_days", "echo_carriers"),
        [(0.1, 2.0, 14, 31, 365, 3)],
    ),
    *list_families(),
    *CHAINS,
    *CARRIER_DAYS,
    *list_source_counts(),
    *list_assertions(),
    *list_event_links(),
    *list_event_groups(),
    *list_all_figures(),
    *list_figure_days(),
    *INTERVALS,
    *PAIR_COUNTS,
    *list_rivals(),
    *COMPARISONS,
    *list_successors(),
    *list_support(),
    *PARTIES,
    *list_concerned(),
    *list_admissions(),
    *list_claim_lists(),
    *list_reactions(),
    *FIGURE_LISTS,
    FIGURE_NOTES,
    *list_stated_figures(),
    *list_falling_totals(),
    *list_oversized_parts(),
    *CONFIRMED_CLAIMS,
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_step_gives_the_rows_it_should(case: Case, engine: EngineName) -> None:
    assert case.found(engine) == case.expected()


# Figures compared, from their numbers to the verdict


def rival(number_: Row, figure: str, claim_id: str, speaker: str) -> Row:
    return {
        "figure_id": figure, "claim_id": claim_id, "asserted_by": speaker, "accumulation": "stock",
        "indicator_id": "killed", "end_from": "2024-12-18", "end_to": "2024-12-18", "period_end": "2024-12-18",
        **number_,
    }  # fmt: skip


def compare(one: Row, other: Row, engine: EngineName) -> Cell:
    rows = run_all(
        ["intervals", "rivals", "comparisons"],
        {"all_figures": [rival(one, "M1", "C1", "a"), rival(other, "M2", "C2", "b")]},
        engine,
    )
    return rows[0]["verdict"] if rows else None


PAIRS: list[tuple[str, Row, Row, str | None]] = [
    ("equal numbers agree", number(value=100), number(value=100), "agrees"),
    ("other numbers conflict", number(value=100), number(value=101), "conflicts"),
    ("a value at the edge of about agrees", number("about", value=100), number(value=110), "agrees"),
    ("a value at the lower edge of about agrees", number("about", value=100), number(value=90), "agrees"),
    ("a value beyond about conflicts", number("about", value=100), number(value=110.5), "conflicts"),
    ("a value below about conflicts", number("about", value=100), number(value=89.5), "conflicts"),
    ("a value at the edge of about a loss agrees", number("about", value=-100), number(value=-110), "agrees"),
    (
        "a value at the upper edge of about a loss agrees",
        number("about", value=-100),
        number(value=-90),
        "agrees",
    ),
    ("a value beyond about a loss conflicts", number("about", value=-100), number(value=-110.5), "conflicts"),
    ("a value above about a loss conflicts", number("about", value=-100), number(value=-89.5), "conflicts"),
    ("two that are about can meet", number("about", value=100), number("about", value=120), "agrees"),
    ("two that are about can miss", number("about", value=100), number("about", value=125), "conflicts"),
    ("a range meets its end", number("range", low=10, high=20), number(value=20), "agrees"),
    ("a range misses what is beyond", number("range", low=10, high=20), number(value=21), "conflicts"),
    ("at least agrees with twice as many", number("at_least", low=100), number(value=200), "agrees"),
    ("at least tells nothing of more than that", number("at_least", low=100), number(value=201), None),
    ("at least conflicts with fewer", number("at_least", low=100), number(value=99), "conflicts"),
    ("at most agrees with half as many", number("at_most", high=100), number(value=50), "agrees"),
    ("at most tells nothing of fewer than that", number("at_most", high=100), number(value=49), None),
    ("at most conflicts with more", number("at_most", high=100), number(value=101), "conflicts"),
    (
        "two lower bounds agree within a factor",
        number("at_least", low=100),
        number("at_least", low=200),
        "agrees",
    ),
    (
        "two lower bounds beyond it tell nothing",
        number("at_least", low=100),
        number("at_least", low=201),
        None,
    ),
    (
        "two upper bounds agree within a factor",
        number("at_most", high=100),
        number("at_most", high=50),
        "agrees",
    ),
    (
        "two upper bounds beyond it tell nothing",
        number("at_most", high=100),
        number("at_most", high=49),
        None,
    ),
    ("opposite bounds that meet agree", number("at_least", low=100), number("at_most", high=100), "agrees"),
    (
        "opposite bounds that miss conflict",
        number("at_least", low=101),
        number("at_most", high=100),
        "conflicts",
    ),
    (
        "opposite bounds that overlap widely agree",
        number("at_least", low=10),
        number("at_most", high=40),
        "agrees",
    ),
    (
        "opposite bounds whose ends are far tell nothing",
        number("at_least", low=10),
        number("at_most", high=41),
        None,
    ),
    ("what is vague tells nothing", number("vague"), number(value=100), None),
    (
        "amounts of two currencies are not compared",
        number(value=100, currency="EUR"),
        number(value=100, currency="USD"),
        None,
    ),
    (
        "an amount without a currency is not compared with one that has it",
        number(value=100, currency="EUR"),
        number(value=100),
        None,
    ),
    (
        "amounts of one currency are compared",
        number(value=100, currency="EUR"),
        number(value=100, currency="EUR"),
        "agrees",
    ),
    (
        "figures of two scopes are not compared",
        number(value=1, scope="kursk"),
        number(value=1, scope="all"),
        None,
    ),
    (
        "a figure with a scope is not compared with one without",
        number(value=1, scope="kursk"),
        number(value=1),
        None,
    ),
    (
        "a figure with an assumption is not compared with one without",
        number(value=1, assumption="kursk"),
        number(value=1),
        None,
    ),
    (
        "a scope is not taken for an assumption",
        number(value=1, assumption="kursk"),
        number(value=1, scope="kursk"),
        None,
    ),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("one", "other", "verdict"), [pytest.param(*pair, id=says) for says, *pair in PAIRS])
def test_two_figures_of_the_same_day_compare_by_their_numbers(
    one: Row, other: Row, verdict: str | None, engine: EngineName
) -> None:
    assert compare(one, other, engine) == verdict
    assert compare(other, one, engine) == verdict
