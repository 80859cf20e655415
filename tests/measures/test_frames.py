"""What each frame gives: where its columns come from, which rows it has, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from measures.bench import ENGINES, Case, Cell, EngineName, Row, codes_of, fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measures.bench import Tables

ACTORS = [
    fill("actors", actor_id=actor_id, name=name)
    for actor_id, name in (("nis", "NIS"), ("hur", "HUR"), ("tass", "TASS"))
]


# Assessments

LISTS = {
    "parties": "parties",
    "admitted_by": "admitted_by",
    "conflicts_with": "conflicts_with",
    "agrees_with": "agrees_with",
    "denies": "denied_by",
    "doubts": "doubted_by",
    "updates": "updated_by",
    "retracts": "retracted_by",
    "misreports": "misreported_by",
}


def assessments(
    says: str, columns: str, *rows: tuple[Cell, ...], garblings: int = 0, **tables: list[Row]
) -> Case:
    """One claim, without lists or parties unless they are given."""
    usual: Tables = {"source_counts": [fill("source_counts", claim_id="C1", garblings=garblings)]}
    return Case("assessments", says, usual | tables, tuple(columns.split()), list(rows))


def entry(heading: str, ids: str, claim_id: str = "C1") -> Row:
    return {"claim_id": claim_id, "heading": heading, "ids": ids}


def party(root: str, side: str, claim_id: str = "C1") -> Row:
    return {"claim_id": claim_id, "root_id": root, "side": side}


def list_assessments() -> Iterator[Case]:
    counts = fill("source_counts")
    taken = ("origins", "carriers", "echo", "first_known")
    yield assessments(
        "a claim that nothing bears on has its counts and no lists",
        " ".join(
            ("claim_id", *taken, *LISTS.values(), "corroborating_parties corroborating_unnamed misreported")
        ),
        ("C1", *(counts[name] for name in taken), *(None for _ in LISTS), 0, 0, False),
    )
    for heading, column in LISTS.items():
        yield assessments(
            f"the list of {heading} stands under {column} alone",
            " ".join(LISTS.values()),
            tuple("C2;C3" if name == column else None for name in LISTS.values()),
            claim_lists=[entry(heading, "C2;C3")],
        )
    for heading in ("corroborates", "contradicts", "derives_from"):
        yield assessments(
            f"the list of {heading} is not shown",
            " ".join(LISTS.values()),
            tuple(None for _ in LISTS),
            claim_lists=[entry(heading, "C2")],
        )
    yield assessments(
        "all lists of a claim stand in one row, those of another in its own",
        f"claim_id {' '.join(LISTS.values())}",
        ("C1", *(f"{heading}-1" for heading in LISTS)),
        ("C2", *(f"{heading}-2" for heading in LISTS)),
        source_counts=[{"claim_id": "C1"}, {"claim_id": "C2"}],
        claim_lists=[entry(heading, f"{heading}-{n}", f"C{n}") for n in (1, 2) for heading in LISTS],
    )
    yield assessments(
        "parties with a name and those without are counted apart",
        "claim_id corroborating_parties corroborating_unnamed",
        ("C1", 3, 2),
        ("C2", 1, 0),
        ("C3", 0, 1),
        ("C4", 0, 0),
        source_counts=[{"claim_id": f"C{number}"} for number in range(1, 5)],
        parties=[
            party("a", "a"),
            party("vietnam", "vietnam"),
            party("institute", "independent"),
            party("officials", "unnamed"),
            party("analysts", "unnamed"),
            party("a", "a", "C2"),
            party("officials", "unnamed", "C3"),
        ],
    )
    misreport = [entry("misreports", "C2")]
    for says, garblings, lists, expected in (
        ("a rendering alone", 1, [], True),
        ("several renderings", 2, [], True),
        ("a link alone", 0, misreport, True),
        ("a rendering and a link", 1, misreport, True),
        ("another link", 0, [entry("denies", "C2")], False),
    ):
        yield assessments(
            f"a claim is{'' if expected else ' not'} misreported by {says}",
            "misreported",
            (expected,),
            garblings=garblings,
            claim_lists=lists,
        )
    yield assessments(
        "claims are sorted by id",
        "claim_id",
        ("C1",),
        ("C2",),
        ("C3",),
        source_counts=[{"claim_id": "C3"}, {"claim_id": "C1"}, {"claim_id": "C2"}],
    )


# Estimates


ESTIMATES = (
    "indicator_id scope assumption as_of speaker side bound value_low value value_high unit per currency as_stated "
    "certainty method period_start period_end asserted asserted_by statement origins superseded_by figure_id "
    "claim_id source_id url"
)


def list_estimates() -> Iterator[Case]:
    row = fill("stated_figures", misreports=False)
    columns = tuple(ESTIMATES.split())
    yield Case(
        "estimates",
        "a figure keeps its cells",
        {"stated_figures": [row]},
        columns,
        [tuple(row[column] for column in columns)],
    )
    yield Case(
        "estimates",
        "figures of claims that misreport another are left out",
        {"stated_figures": [
            {"figure_id": "M1", "misreports": True},
            {"figure_id": "M2", "misreports": False},
        ]},
        ("figure_id",),
        [("M2",)],
    )  # fmt: skip
    order = [
        ("M9", "a", None, None, "2024-01-02"),
        ("M8", "a", None, "x", "2024-01-01"),
        ("M7", "a", None, "x", "2024-01-02"),
        ("M4", "a", "k", None, "2024-01-01"),
        ("M5", "a", "k", None, "2024-01-01"),
        ("M3", "a", "k", None, "2024-01-03"),
        ("M2", "a", "k", "x", "2023-12-31"),
        ("M1", "a", "m", None, "2023-12-30"),
        ("M0", "b", None, None, "2023-12-29"),
    ]
    names = ("figure_id", "indicator_id", "scope", "assumption", "as_of")
    yield Case(
        "estimates",
        "figures are sorted by indicator, scope, assumption, day and id, what is missing first",
        {
            "stated_figures": [
                {**dict(zip(names, cells, strict=True)), "misreports": False} for cells in order[::-1]
            ]
        },
        ("figure_id",),
        [(cells[0],) for cells in order],
    )


# Timeline


def told(claim_id: str, asserted: str = "2024-12-16", **cells: Cell) -> Row:
    return {
        "claim_id": claim_id, "asserted_by": "nis", "asserted_from": asserted, "period_start": "2024",
        "period_start_from": "2024-01-01", **cells,
    }  # fmt: skip


def timeline(
    says: str, claims: list[Row], events: dict[str, str], columns: str, *rows: tuple[Cell, ...]
) -> Case:
    tables: Tables = {
        "claims": claims,
        "event_groups": [
            {"claim_id": claim_id, "event_id": event_id} for claim_id, event_id in events.items()
        ],
        "actors": ACTORS,
    }
    return Case("timeline", says, tables, tuple(columns.split()), list(rows))


def list_timeline() -> Iterator[Case]:
    full = fill("claims", claim_id="C1", asserted_by="nis")
    taken = "period_end period_end_to topic_id place_id statement asserted certainty credibility claim_id"
    yield timeline(
        "an event keeps the cells of its claim",
        [full],
        {"C1": "C1"},
        taken,
        tuple(full[c] for c in taken.split()),
    )
    yield timeline(
        "an event begins with the start of its period and names its speaker",
        [full],
        {"C1": "C1"},
        "start start_from speaker claims",
        (full["period_start"], full["period_start_from"], "NIS", "C1"),
    )
    yield timeline(
        "an event without a first day begins with its last",
        [{**full, "period_start": None, "period_start_from": None, "period_start_to": None}],
        {"C1": "C1"},
        "start start_from period_end period_end_to",
        (full["period_end"], full["period_end_from"], full["period_end"], full["period_end_to"]),
    )
    yield timeline(
        "a claim that is no event is left out", [told("C1"), told("C2")], {"C2": "C2"}, "claim_id", ("C2",)
    )
    yield timeline(
        "an event is told by the earliest claim, whatever its id",
        [
            told("C1", "2024-12-18", statement="late", asserted_by="hur"),
            told("C2", "2024-12-16", statement="first"),
            told("C3", "2024-12-17", statement="second"),
        ],
        {"C1": "C1", "C2": "C1", "C3": "C1"},
        "claim_id statement speaker claims",
        ("C2", "first", "NIS", "C2;C3;C1"),
    )
    yield timeline(
        "claims of one day tell an event in the order of their ids",
        [told("C3"), told("C1"), told("C2")],
        {"C1": "C1", "C2": "C1", "C3": "C1"},
        "claim_id claims",
        ("C1", "C1;C2;C3"),
    )
    yield timeline(
        "events of one day are sorted by the claim that tells them, not by the lowest id of their claims",
        [
            told("C1", "2024-12-18"),
            told("C2", asserted_by="tass"),
            told("C3", "2024-12-18"),
            told("C4", asserted_by="hur"),
        ],
        {"C1": "C1", "C4": "C1", "C2": "C2", "C3": "C2"},
        "claim_id claims",
        ("C2", "C2;C3"),
        ("C4", "C4;C1"),
    )
    yield timeline(
        "events are told each for itself, and by date, then id",
        [
            told("C5", period_start_from="2024-03-01"),
            told("C4", period_start_from="2024-01-01"),
            told("C3", period_start_from="2024-02-01"),
            told("C2", period_start_from="2024-02-01"),
            told(
                "C1",
                period_start=None,
                period_start_from=None,
                period_end="2024-02",
                period_end_from="2024-02-15",
            ),
        ],
        {"C1": "C1", "C2": "C2", "C3": "C3", "C4": "C4", "C5": "C4"},
        "claim_id claims",
        ("C4", "C4;C5"),
        ("C2", "C2"),
        ("C3", "C3"),
        ("C1", "C1"),
    )


# Disagreements


def disagreements(says: str, columns: str, *rows: tuple[Cell, ...], **tables: list[Row]) -> Case:
    usual: Tables = {
        "claims": [
            fill("claims", claim_id="C1", asserted_by="nis"),
            fill(
                "claims",
                claim_id="C2",
                asserted_by="hur",
                asserted="2024-12-31",
                statement="Other.",
                topic_id="other",
            ),
        ],
        "actors": ACTORS,
    }
    return Case("disagreements", says, usual | tables, tuple(columns.split()), list(rows))


DISAGREEMENTS = (
    "topic_id how indicator_id claim_id speaker asserted as_stated statement "
    "other_id other_speaker other_asserted other_as_stated other_statement"
)
DISPUTES = {"contradicts", "denies", "doubts", "misreports", "retracts"}


def conflict(claim: str, other: str, figure: str = "M1", other_figure: str = "M2") -> Row:
    return {
        "claim_id": claim, "other_id": other, "figure_id": figure, "other_figure_id": other_figure,
        "verdict": "conflicts",
    }  # fmt: skip


def list_disagreements() -> Iterator[Case]:
    asserted = fill("claims")["asserted"]
    for relation in codes_of("claim_links", "relation"):
        disputes = relation in DISPUTES
        row: tuple[Cell, ...] = (
            "claims.topic_id", relation, None, "C1", "NIS", asserted, None, "claims.statement",
            "C2", "HUR", "2024-12-31", None, "Other.",
        )  # fmt: skip
        yield disagreements(
            f"claims of which one {relation} the other {'disagree' if disputes else 'do not disagree'}",
            DISAGREEMENTS,
            *([row] if disputes else []),
            claim_links=[{"claim_id": "C1", "relation": relation, "other_id": "C2"}],
            figures=[{"figure_id": "M1", "indicator_id": "killed", "as_stated": "100", "claim_id": "C1"}],
        )
    yield disagreements(
        "claims whose figures conflict disagree by these figures",
        DISAGREEMENTS,
        (
            "claims.topic_id", "figures", "killed", "C1", "NIS", asserted, "one hundred", "claims.statement",
            "C2", "HUR", "2024-12-31", "two hundred", "Other.",
        ),
        comparisons=[conflict("C1", "C2")],
        figures=[
            {"figure_id": "M1", "indicator_id": "killed", "as_stated": "one hundred"},
            {"figure_id": "M2", "indicator_id": "killed too", "as_stated": "two hundred"},
        ],
    )  # fmt: skip
    yield disagreements(
        "claims whose figures agree do not disagree",
        "how",
        comparisons=[{**conflict("C1", "C2"), "verdict": "agrees"}],
    )
    yield disagreements(
        "claims disagree once for each reason, figures in the order of their ids",
        "how as_stated other_as_stated",
        ("denies", None, None),
        ("figures", "1", "3"),
        ("figures", "1", "4"),
        ("figures", "2", "3"),
        comparisons=[
            conflict("C1", "C2", "M2", "M3"),
            conflict("C1", "C2", "M1", "M4"),
            conflict("C1", "C2", "M1", "M3"),
        ],
        claim_links=[{"claim_id": "C1", "relation": "denies", "other_id": "C2"}],
        figures=[{"figure_id": f"M{n}", "indicator_id": "killed", "as_stated": f"{n}"} for n in range(1, 5)],
    )
    claims: list[Row] = [
        {"claim_id": "C1", "asserted_by": "nis", "topic_id": "b"},
        {"claim_id": "C2", "asserted_by": "nis", "topic_id": "b"},
        {"claim_id": "C3", "asserted_by": "nis", "topic_id": "a"},
    ]
    yield disagreements(
        "rows are sorted by topic, claim, other claim, reason and indicator",
        "topic_id claim_id other_id how indicator_id",
        ("a", "C3", "C1", "doubts", None),
        ("b", "C1", "C2", "retracts", None),
        ("b", "C1", "C3", "denies", None),
        ("b", "C1", "C3", "doubts", None),
        ("b", "C1", "C3", "figures", "killed"),
        ("b", "C1", "C3", "figures", "wounded"),
        ("b", "C2", "C1", "contradicts", None),
        claims=claims,
        comparisons=[conflict("C1", "C3", "M1", "M2"), conflict("C1", "C3", "M3", "M4")],
        claim_links=[
            {"claim_id": "C2", "relation": "contradicts", "other_id": "C1"},
            {"claim_id": "C1", "relation": "doubts", "other_id": "C3"},
            {"claim_id": "C1", "relation": "denies", "other_id": "C3"},
            {"claim_id": "C1", "relation": "retracts", "other_id": "C2"},
            {"claim_id": "C3", "relation": "doubts", "other_id": "C1"},
        ],
        figures=[
            {"figure_id": "M1", "indicator_id": "wounded"},
            {"figure_id": "M3", "indicator_id": "killed"},
        ],
    )


# Echoes


def echoes(says: str, columns: str, *rows: tuple[Cell, ...], **tables: list[Row]) -> Case:
    usual: Tables = {
        "claims": [
            fill("claims", claim_id="C1"),
            fill("claims", claim_id="C2", asserted_by="x", statement="y"),
        ],
        "chains": [{"claim_id": "C1", "source_id": "a", "origin_id": "a"}],
    }
    return Case("echoes", says, usual | tables, tuple(columns.split()), list(rows))


def count(claim_id: str, origins: int, carriers: int) -> Row:
    return {"claim_id": claim_id, "origins": origins, "carriers": carriers, "echo": carriers / origins}


def list_echoes() -> Iterator[Case]:
    counts = fill("source_counts", claim_id="C1", origins=1)
    yield echoes(
        "a claim that is echoed keeps its cells and counts",
        "claim_id asserted_by statement origins carriers echo departures origin_ids",
        (
            "C1", "claims.asserted_by", "claims.statement", 1, counts["carriers"], counts["echo"],
            counts["departures"], "a",
        ),
        source_counts=[counts],
    )  # fmt: skip
    for origins, carriers in ((1, 1), (2, 2), (2, 3)):
        echoed = carriers > origins
        yield echoes(
            f"a claim of {carriers} sources of which {origins} heard it is{'' if echoed else ' not'} echoed",
            "claim_id",
            *([("C1",)] if echoed else []),
            source_counts=[count("C1", origins, carriers)],
        )
    yield echoes(
        "the ends of the chains of each claim are listed once and in order",
        "claim_id origin_ids",
        ("C1", "a;b"),
        ("C2", "c"),
        source_counts=[count("C1", 2, 6), count("C2", 1, 2)],
        chains=[
            {"claim_id": claim_id, "source_id": source_id, "origin_id": origin_id}
            for claim_id, source_id, origin_id in (
                ("C1", "d", "b"),
                ("C1", "b", "b"),
                ("C1", "a", "a"),
                ("C1", "c", "b"),
                ("C2", "c", "c"),
                ("C2", "a", "c"),
            )
        ],
    )
    ids = ("C1", "C2", "C3", "C4")
    yield echoes(
        "the loudest stands first, then the lower id",
        "claim_id",
        ("C3",),
        ("C1",),
        ("C4",),
        ("C2",),
        source_counts=[count("C4", 2, 6), count("C2", 2, 5), count("C1", 1, 3), count("C3", 1, 10)],
        claims=[fill("claims", claim_id=claim_id) for claim_id in reversed(ids)],
        chains=[{"claim_id": claim_id, "source_id": "a", "origin_id": "a"} for claim_id in ids],
    )


CASES = [
    *list_assessments(),
    *list_estimates(),
    *list_timeline(),
    *list_disagreements(),
    *list_echoes(),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_frame_gives_the_rows_it_should(case: Case, engine: EngineName) -> None:
    assert case.found(engine) == case.expected()
