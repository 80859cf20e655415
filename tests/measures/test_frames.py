"""What each frame gives: where its columns come from, which rows it has, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from measures.bench import ENGINES, Case, Cell, EngineName, Row, codes_of, fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measures.bench import Tables


def assertion(claim_id: str, speaker: str = "nis") -> Row:
    """Return who asserted a claim, each cell told from those of other claims."""
    return {
        "claim_id": claim_id, "speaker": speaker.upper(), "speaker_id": speaker, "side": f"side of {speaker}",
        "asserted": f"{claim_id} asserted", "asserted_on": f"2024-12-{int(claim_id[1:]):02}",
    }  # fmt: skip


ASSERTION = "speaker speaker_id side asserted asserted_on"


# Assessments

LISTS = {
    "parties": "parties",
    "admitted_by": "admitted_by",
    "conflicts_with": "conflicts_with",
    "agrees_with": "agrees_with",
}
REACTIONS = (
    "derived_from", "denied_by", "doubted_by", "contradicted_by", "updated_by", "retracted_by", "misreported_by",
)  # fmt: skip


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
    taken = ("own_sources", "hearers", "carriers", "carriers_read", "origin_read", "first_known")
    lists_ = (*LISTS.values(), *REACTIONS)
    yield assessments(
        "a claim that nothing bears on has its counts and no lists",
        " ".join(("claim_id", *taken, *lists_, "corroborating_parties corroborating_unnamed misreported")),
        ("C1", *(counts[name] for name in taken), *(None for _ in lists_), 0, 0, False),
    )
    for heading, column in LISTS.items():
        yield assessments(
            f"the list of {heading} stands under {column} alone",
            " ".join(LISTS.values()),
            tuple("C2;C3" if name == column else None for name in LISTS.values()),
            claim_lists=[entry(heading, "C2;C3")],
        )
    yield assessments(
        "the reactions to a claim stand in its row, those to another in its own",
        f"claim_id {' '.join(REACTIONS)}",
        *((claim_id, *(f"{name} {claim_id}" for name in REACTIONS)) for claim_id in ("C1", "C2")),
        source_counts=[{"claim_id": "C1"}, {"claim_id": "C2"}],
        reactions=[
            {"claim_id": claim_id, **{name: f"{name} {claim_id}" for name in REACTIONS}}
            for claim_id in ("C1", "C2")
        ],
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
    misreport: list[Row] = [{"claim_id": "C1", "misreported_by": "C2"}]
    denial: list[Row] = [{"claim_id": "C1", "denied_by": "C2"}]
    for says, garblings, reactions, expected in (
        ("a rendering alone", 1, [], True),
        ("several renderings", 2, [], True),
        ("a link alone", 0, misreport, True),
        ("a rendering and a link", 1, misreport, True),
        ("another link", 0, denial, False),
    ):
        yield assessments(
            f"a claim is{'' if expected else ' not'} misreported by {says}",
            "misreported",
            (expected,),
            garblings=garblings,
            reactions=reactions,
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
    "indicator_id scope scope_name assumption assumption_name as_of as_of_precision speaker speaker_id side bound number "
    "number_is value_low value value_high unit per currency as_stated certainty credibility method period_start period_end asserted asserted_on "
    "statement origin_read first_known conflicts_with agrees_with derived_from denied_by doubted_by contradicted_by "
    "retracted_by misreported_by superseded_by superseded_on is_current note figure_id claim_id source_id url"
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
        ("M9", "a", None, None, None, "2024-01-03"),
        ("M8", "a", None, None, "x", "2024-01-02"),
        ("M7", "a", None, "x", None, "2024-01-01"),
        ("M6", "a", None, "x", None, "2024-01-02"),
        ("M4", "a", "k", None, None, "2024-01-01"),
        ("M5", "a", "k", None, None, "2024-01-01"),
        ("M3", "a", "k", None, None, "2024-01-03"),
        ("M2", "a", "k", "x", None, "2023-12-31"),
        ("M1", "a", "m", None, None, "2023-12-30"),
        ("M0", "b", None, None, None, "2023-12-29"),
    ]
    names = ("figure_id", "indicator_id", "scope", "assumption", "currency", "as_of")
    yield Case(
        "estimates",
        "figures are sorted by indicator, scope, assumption, currency, day and id, what is missing first",
        {
            "stated_figures": [
                {**dict(zip(names, cells, strict=True)), "misreports": False} for cells in order[::-1]
            ]
        },
        ("figure_id",),
        [(cells[0],) for cells in order],
    )


# Answer

ANSWER = (
    "indicator_id side speaker speaker_id as_of as_of_precision period_start bound number number_is value_low value "
    "value_high unit per currency as_stated certainty asserted_on first_known figure_id claim_id source_id url"
)
AHEAD = {"forecast", "intention", "norm"}


def candidate(figure_id: str, **cells: Cell) -> Row:
    """Return a figure for the whole that still stands, by `nis` in a claim of the kind quantity unless told otherwise."""
    usual: Row = {
        "figure_id": figure_id, "indicator_id": "killed", "side": "seoul", "speaker_id": "nis", "claim_id": "quantity",
        "as_of": "2024-12-20", "asserted_on": "2024-12-20", "is_current": True, "misreports": False,
    }  # fmt: skip
    return usual | cells


def answer(says: str, figures_: list[Row], columns: str, *rows: tuple[Cell, ...]) -> Case:
    tables: Tables = {
        "stated_figures": figures_,
        "claims": [{"claim_id": kind, "kind": kind} for kind in codes_of("claims", "kind")],
        "actors": [
            {"actor_id": "a", "prose_name": "A"},
            {"actor_id": "z", "prose_name": "Z"},
            {"actor_id": "nis", "prose_name": "the Service"},
            {"actor_id": "hur"},
        ],
    }
    return Case("answer", says, tables, tuple(columns.split()), list(rows))


def list_answer() -> Iterator[Case]:
    row = fill("stated_figures") | candidate("M1", scope=None, assumption=None)
    yield answer(
        "a figure keeps its cells, with the kind of its claim and the speaker's name for a sentence",
        [row],
        f"{ANSWER} kind prose_name",
        (*(row[column] for column in ANSWER.split()), "quantity", "the Service"),
    )
    for says, cells in (
        ("for a part", {"scope": "kursk"}),
        ("under an assumption", {"assumption": "with-wounded"}),
        ("that was superseded or withdrawn", {"is_current": False}),
        ("of a claim that misreports another", {"misreports": True}),
    ):
        yield answer(
            f"a figure {says} is left out, however new",
            [
                candidate("M1"),
                candidate("M2", as_of="2025-01-01", **cells),
                candidate("M3", side="kyiv", **cells),
            ],
            "figure_id",
            ("M1",),
        )
    yield answer(
        "of a side the figure that speaks of the newest day is kept, then that asserted last, then that of the highest id",
        [
            candidate("M2", as_of="2024-12-21", asserted_on="2024-12-22"),
            candidate("M4", as_of="2024-12-20", asserted_on="2024-12-24"),
            candidate("M1", as_of="2024-12-21", asserted_on="2024-12-23"),
            candidate("M5", side="kyiv"),
            candidate("M6", side="kyiv"),
        ],
        "side figure_id",
        ("seoul", "M1"),
        ("kyiv", "M6"),
    )
    yield answer(
        "each side answers for each indicator",
        [
            candidate("M1", indicator_id="wounded"),
            candidate("M2", speaker_id="hur"),
            candidate("M3", as_of="2024-12-19", side="kyiv", speaker_id="hur"),
        ],
        "indicator_id side prose_name",
        ("killed", "seoul", None),
        ("killed", "kyiv", None),
        ("wounded", "seoul", "the Service"),
    )
    for kind in codes_of("claims", "kind"):
        newer = candidate("M2", as_of="2025-12-31", claim_id=kind)
        yield answer(
            f"what is said in a claim of the kind {kind} {'gives way to' if kind in AHEAD else 'is as good as'} what was",
            [candidate("M1"), newer],
            "figure_id",
            ("M1" if kind in AHEAD else "M2",),
        )
        yield answer(f"what alone is said in a claim of the kind {kind} is kept", [newer], "kind", (kind,))
    yield answer(
        "rows are sorted by indicator, the newest first, then that asserted last, then by id",
        [
            candidate("M1", indicator_id="wounded", as_of="2025-12-01"),
            candidate("M6", side="a", as_of="2024-12-19", asserted_on="2024-12-25"),
            candidate("M5", side="b", asserted_on="2024-12-21"),
            candidate("M4", side="c"),
            candidate("M3", side="d"),
            candidate("M2", side="e", asserted_on="2024-12-22"),
        ],
        "figure_id",
        ("M2",),
        ("M5",),
        ("M3",),
        ("M4",),
        ("M6",),
        ("M1",),
    )


# Silent


def silent(says: str, figures_: list[tuple[str, str]], *rows: tuple[Cell, ...], **tables: list[Row]) -> Case:
    """Figures by indicator and claim; C1 and C2 are claims of the South, C3 one of the North."""
    usual: Tables = {
        "all_figures": [{"indicator_id": indicator, "claim_id": claim} for indicator, claim in figures_],
        "claims": [
            {"claim_id": "C1", "topic_id": "casualties", "asserted_by": "nis"},
            {"claim_id": "C2", "topic_id": "arms", "asserted_by": "nis"},
            {"claim_id": "C3", "topic_id": "casualties", "asserted_by": "kcna"},
        ],
        "families": [
            {"actor_id": "nis", "side": "seoul"}, {"actor_id": "seoul", "side": "seoul"},
            {"actor_id": "kcna", "side": "pyongyang"}, {"actor_id": "pyongyang", "side": "pyongyang"},
        ],
        "actors": [{"actor_id": actor, "name": actor.upper()} for actor in ("moscow", "pyongyang", "seoul", "media")],
        "concerned": [concern("C1", "pyongyang")],
    }  # fmt: skip
    return Case("silent", says, usual | tables, ("indicator_id", "side", "name", "claims"), list(rows))


def concern(claim_id: str, side: str) -> Row:
    return {"claim_id": claim_id, "side": side}


def list_silent() -> Iterator[Case]:
    quiet = ("killed", "pyongyang", "PYONGYANG", 1)
    yield silent(
        "a side that a figure concerns and that gave none is silent, with the number of its claims on the topic",
        [("killed", "C1")],
        quiet,
    )
    yield silent("a side that gave a figure is not silent", [("killed", "C1"), ("killed", "C3")])
    yield silent(
        "a figure for one indicator breaks no silence on another",
        [("killed", "C1"), ("wounded", "C3")],
        quiet,
        ("wounded", "seoul", "SEOUL", 1),
        concerned=[concern("C1", "pyongyang"), concern("C3", "seoul")],
    )
    yield silent(
        "a side that made no claim on the topics has none",
        [("shells", "C2")],
        ("shells", "moscow", "MOSCOW", 0),
        ("shells", "pyongyang", "PYONGYANG", 0),
        concerned=[concern("C2", "pyongyang"), concern("C2", "moscow"), concern("C1", "seoul")],
    )
    yield silent(
        "claims on each topic count once, however many figures stand on it",
        [("killed", "C1"), ("killed", "C4"), ("killed", "C2")],
        ("killed", "pyongyang", "PYONGYANG", 3),
        claims=[
            {"claim_id": "C1", "topic_id": "casualties", "asserted_by": "nis"},
            {"claim_id": "C4", "topic_id": "casualties", "asserted_by": "nis"},
            {"claim_id": "C2", "topic_id": "arms", "asserted_by": "nis"},
            {"claim_id": "C3", "topic_id": "casualties", "asserted_by": "kcna"},
            {"claim_id": "C5", "topic_id": "casualties", "asserted_by": "pyongyang"},
            {"claim_id": "C6", "topic_id": "arms", "asserted_by": "kcna"},
            {"claim_id": "C7", "topic_id": "oil", "asserted_by": "kcna"},
        ],
        concerned=[concern("C1", "pyongyang"), concern("C4", "pyongyang"), concern("C2", "pyongyang")],
    )
    for side in ("media", "unnamed", "independent"):
        yield silent(
            f"{side} is no side that could be silent",
            [("killed", "C1")],
            quiet,
            concerned=[concern("C1", side), concern("C1", "pyongyang")],
            actors=[{"actor_id": side}, {"actor_id": "pyongyang", "name": "PYONGYANG"}],
        )
    yield silent("a claim without a figure makes nobody silent", [])
    yield silent(
        "rows are sorted by indicator and side",
        [("wounded", "C1"), ("killed", "C1")],
        ("killed", "moscow", "MOSCOW", 0),
        quiet,
        ("wounded", "moscow", "MOSCOW", 0),
        ("wounded", *quiet[1:]),
        concerned=[concern("C1", "pyongyang"), concern("C1", "moscow")],
    )


# Distortions


def carried(source_id: str, rendering: str | None = None, claim_id: str = "C1", **cells: Cell) -> Row:
    return {"claim_id": claim_id, "source_id": source_id, "rendering": rendering, **cells}


def distortions(
    says: str, evidence: list[Row], columns: str, *rows: tuple[Cell, ...], links: list[Row] | None = None
) -> Case:
    """Pages that carry C1 and others; each chain ends at the page that is relayed, or at the page itself."""
    tables: Tables = {
        "evidence": evidence,
        "chains": [
            {key: page[key] for key in ("claim_id", "source_id")}
            | {"origin_id": f"end of {page.get('relays_id') or page['source_id']}"}
            for page in evidence
        ],
        "claim_links": links or [],
        "claims": [{"claim_id": f"C{number}", "statement": f"C{number}."} for number in range(1, 5)],
        "assertions": [assertion(f"C{number}") for number in range(1, 5)],
        "sources": [
            fill("sources", source_id="a", publisher_id="tass", read_at=None),
            fill("sources", source_id="b", publisher_id="tass"),
            fill("sources", source_id="c", publisher_id="xinhua"),
        ],
        "actors": [{"actor_id": name, "name": name.upper()} for name in ("afp", "tass", "xinhua")],
    }
    return Case("distortions", says, tables, tuple(columns.split()), list(rows))


def misreport(claim_id: str, other_id: str = "C1", relation: str = "misreports", note: Cell = None) -> Row:
    return {"claim_id": claim_id, "other_id": other_id, "relation": relation, "note": note}


def list_distortions() -> Iterator[Case]:
    source = fill("sources", source_id="b", publisher_id="tass")
    told_by = tuple(assertion("C1")[name] for name in ASSERTION.split())
    every = (
        f"claim_id {ASSERTION} statement rendering note misreport_id misreport source_id title published publisher "
        "publisher_id url relays_id origin_id"
    )
    page = ("b", source["title"], source["published"], "TASS", "tass", source["read_at"])
    yield distortions(
        "a page that departs from a claim stands with the claim, its speaker, whom it relays and the end of its chain",
        [carried("a"), carried("b", "value_changed", relays_id="a", note="Nearly ten.")],
        every,
        ("C1", *told_by, "C1.", "value_changed", "Nearly ten.", None, None, *page, "a", "end of a"),
    )
    yield distortions(
        "a page that carries a claim which misreports another departs from the other",
        [carried("a"), carried("b", claim_id="C2", relays_id="c")],
        every,
        ("C1", *told_by, "C1.", None, "Dead.", "C2", "C2.", *page, "c", "end of c"),
        links=[misreport("C2", note="Dead.")],
    )
    yield distortions(
        "the address of a page is that at which it was read, or else that at its publisher",
        [carried("a", "truncated"), carried("b", "truncated")],
        "url",
        ("sources.url",),
        ("sources.read_at",),
    )
    yield distortions(
        "a page that does both stands once, with what is told of its departure from the claim",
        [
            carried("b", "truncated", relays_id="a", note="Cut."),
            carried("b", claim_id="C2", relays_id="c", note="Of C2."),
        ],
        "claim_id rendering note misreport_id relays_id origin_id",
        ("C1", "truncated", "Cut.", "C2", "a", "end of a"),
        links=[misreport("C2", note="Dead.")],
    )
    yield distortions(
        "of a page that carries two wrong versions the first is told, of each page and each claim its own",
        [
            carried("b", claim_id="C3", relays_id="c"),
            carried("b", claim_id="C2", relays_id="c"),
            carried("a", claim_id="C3", relays_id="c"),
            carried("b", claim_id="C4"),
        ],
        "claim_id source_id misreport_id",
        ("C1", "a", "C3"),
        ("C1", "b", "C2"),
        ("C2", "b", "C4"),
        links=[misreport("C3"), misreport("C2"), misreport("C4", "C2")],
    )
    for rendering in (None, *codes_of("evidence", "rendering")):
        changes = rendering not in {None, "doubted"}
        yield distortions(
            f"a page whose rendering is {rendering} {'departs' if changes else 'does not depart'}",
            [carried("a", rendering)],
            "rendering",
            *([(rendering,)] if changes else []),
        )
    for relation in codes_of("claim_links", "relation"):
        if relation != "misreports":
            yield distortions(
                f"a page that carries a claim which {relation} another does not depart from it",
                [carried("b", claim_id="C2")],
                "claim_id",
                links=[misreport("C2", relation=relation)],
            )
    yield distortions(
        "rows are sorted by claim and page",
        [
            carried("b", "truncated", "C2"),
            carried("c", "truncated"),
            carried("a", "truncated"),
            carried("a", "truncated", "C2"),
        ],
        "claim_id source_id",
        ("C1", "a"),
        ("C1", "c"),
        ("C2", "a"),
        ("C2", "b"),
    )


# Figures

FIGURES = {
    "stated_figures": (
        "figure_id scope scope_name assumption assumption_name bound number number_is value_low value value_high unit per "
        "currency as_stated method period_start period_end as_of as_of_precision note is_current misreports statement certainty credibility "
        "asserted asserted_on speaker speaker_id side url"
    ),
    "claims": "topic_id kind",
    "sources": "title published",
}


def figures(says: str, columns: str, *rows: tuple[Cell, ...], ids: tuple[str, ...] = ("M1",)) -> Case:
    """Figures of one claim on one page, and other claims, pages and indicators."""
    tables: Tables = {
        "stated_figures": [
            fill("stated_figures", figure_id=figure, indicator_id="killed", claim_id="C1", source_id="page")
            for figure in ids
        ],
        "indicators": [fill("indicators", indicator_id="killed", name="Killed"), fill("indicators")],
        "claims": [fill("claims", claim_id="C1"), fill("claims", claim_id="C2", note="Other.")],
        "sources": [fill("sources", source_id="page", publisher_id="tass"), fill("sources")],
        "actors": [
            fill("actors", actor_id=actor_id, name=actor_id.upper()) for actor_id in ("nis", "tass", "xinhua")
        ],
    }
    return Case("figures", says, tables, tuple(columns.split()), list(rows))


def list_figures() -> Iterator[Case]:
    for relation, columns in FIGURES.items():
        row = fill(relation) | {"figure_id": "M1"}
        yield figures(
            f"a figure stands with its cells in {relation}",
            columns,
            tuple(row[column] for column in columns.split()),
        )
    yield figures(
        "a figure stands with its indicator, its claim, its page and who published it",
        "indicator_id indicator claim_id claim_note source_id publisher_id publisher",
        ("killed", "Killed", "C1", "claims.note", "page", "tass", "TASS"),
    )
    yield figures("figures are sorted by id", "figure_id", ("M1",), ("M2",), ("M3",), ids=("M3", "M1", "M2"))


# Sides


def list_sides() -> Iterator[Case]:
    actors = [
        fill("actors", actor_id=actor_id, name=name)
        for actor_id, name in (("nis", "NIS"), ("seoul", "Seoul"), ("kyiv", "Kyiv"), ("afp", "AFP"))
    ]
    families: list[Row] = [
        {"actor_id": actor_id, "root_id": root, "side": side}
        for actor_id, root, side in (
            ("seoul", "seoul", "seoul"), ("nis", "seoul", "seoul"), ("kyiv", "kyiv", "kyiv"), ("afp", "afp", "media"),
        )
    ]  # fmt: skip
    yield Case(
        "sides",
        "each actor stands with its family and its side, sorted by side and id",
        {"families": families, "actors": actors},
        ("actor_id", "name", "kind", "parent_id", "root_id", "root", "side"),
        [
            ("kyiv", "Kyiv", "actors.kind", "actors.parent_id", "kyiv", "Kyiv", "kyiv"),
            ("afp", "AFP", "actors.kind", "actors.parent_id", "afp", "AFP", "media"),
            ("nis", "NIS", "actors.kind", "actors.parent_id", "seoul", "Seoul", "seoul"),
            ("seoul", "Seoul", "actors.kind", "actors.parent_id", "seoul", "Seoul", "seoul"),
        ],
    )
    alone: list[Row] = [
        {"actor_id": "a", "root_id": "y", "side": "media"},
        {"actor_id": "b", "root_id": "x", "side": "media"},
        {"actor_id": "x", "root_id": "x", "side": "media"},
        {"actor_id": "y", "root_id": "y", "side": "media"},
    ]
    yield Case(
        "sides",
        "within a side families stand together",
        {"families": alone, "actors": [{"actor_id": actor_id} for actor_id in "abxy"]},
        ("actor_id", "root_id"),
        [("b", "x"), ("x", "x"), ("a", "y"), ("y", "y")],
    )


# Timeline


def told(claim_id: str, asserted: str = "2024-12-16", **cells: Cell) -> Row:
    return {
        "claim_id": claim_id, "asserted_from": asserted, "period_start": "2024", "period_start_from": "2024-01-01",
        **cells,
    }  # fmt: skip


def timeline(
    says: str, claims: list[Row], events: dict[str, str], columns: str, *rows: tuple[Cell, ...]
) -> Case:
    tables: Tables = {
        "claims": claims,
        "event_groups": [
            {"claim_id": claim_id, "event_id": event_id} for claim_id, event_id in events.items()
        ],
        "assertions": [
            assertion(claim_id, speaker)
            for claim_id, speaker in (
                ("C1", "nis"),
                ("C2", "hur"),
                ("C3", "nis"),
                ("C4", "nis"),
                ("C5", "nis"),
            )
        ],
    }
    return Case("timeline", says, tables, tuple(columns.split()), list(rows))


def list_timeline() -> Iterator[Case]:
    full, asserted = fill("claims", claim_id="C1"), assertion("C1")
    taken = "period_end period_end_to is_dated topic_id place_id statement certainty credibility claim_id"
    yield timeline(
        "an event keeps the cells of its claim",
        [full],
        {"C1": "C1"},
        taken,
        tuple({**full, "is_dated": True}[c] for c in taken.split()),
    )
    yield timeline(
        "an event begins with the start of its period and names its speaker",
        [full],
        {"C1": "C1"},
        f"period_start period_start_from {ASSERTION} claims",
        (
            full["period_start"],
            full["period_start_from"],
            *(asserted[name] for name in ASSERTION.split()),
            "C1",
        ),
    )
    yield timeline(
        "an event without a first day begins with its last",
        [{**full, "period_start": None, "period_start_from": None, "period_start_to": None}],
        {"C1": "C1"},
        "period_start period_start_from period_end period_end_to",
        (full["period_end"], full["period_end_from"], full["period_end"], full["period_end_to"]),
    )
    undated: Row = {f"period_{end}{day}": None for end in ("start", "end") for day in ("", "_from", "_to")}
    yield timeline(
        "an event without any day stands at the date on which it was told",
        [{**full, **undated}],
        {"C1": "C1"},
        "period_start period_start_from period_end period_end_to is_dated",
        (full["asserted"], full["asserted_from"], None, None, False),
    )
    last: Row = {"period_start": None, "period_end": "2024", "period_end_from": "2024-01-01"}
    for end, dated in (("first", told("C2")), ("last", told("C2") | last)):
        yield timeline(
            f"the {end} day alone says when an event happened",
            [{**told("C1", "2024-12-15"), **undated}, dated],
            {"C1": "C1", "C2": "C1"},
            "claim_id is_dated",
            ("C2", True),
        )
    yield timeline(
        "an event is told by the earliest claim that says when it happened, and lists all in the order of telling",
        [
            {**told("C1", "2024-12-15"), **undated},
            told("C3", "2024-12-18"),
            told(
                "C2",
                "2024-12-17",
                period_start=None,
                period_start_from=None,
                period_end="2024",
                period_end_from="2024-01-01",
            ),
            {**told("C4", "2024-12-16"), **undated},
        ],
        {"C1": "C1", "C2": "C1", "C3": "C1", "C4": "C1"},
        "claim_id is_dated claims",
        ("C2", True, "C1;C4;C2;C3"),
    )
    yield timeline(
        "events that no page dates stand among the others",
        [
            told("C1", period_start_from="2024-03-01"),
            {**told("C2", "2024-02-01"), **undated},
            told("C3", period_start_from="2024-01-01"),
        ],
        {"C1": "C1", "C2": "C2", "C3": "C3"},
        "claim_id",
        ("C3",),
        ("C2",),
        ("C1",),
    )
    yield timeline(
        "a claim that is no event is left out", [told("C1"), told("C2")], {"C2": "C2"}, "claim_id", ("C2",)
    )
    yield timeline(
        "an event is told by the earliest claim, whatever its id",
        [
            told("C1", "2024-12-18", statement="late"),
            told("C2", "2024-12-16", statement="first"),
            told("C3", "2024-12-17", statement="second"),
        ],
        {"C1": "C1", "C2": "C1", "C3": "C1"},
        "claim_id statement speaker claims",
        ("C2", "first", "HUR", "C2;C3;C1"),
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
            told("C2"),
            told("C3", "2024-12-18"),
            told("C4"),
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
            fill("claims", claim_id="C1"),
            fill("claims", claim_id="C2", statement="Other.", topic_id="other"),
        ],
        "assertions": [assertion("C1", "nis"), assertion("C2", "hur"), assertion("C3", "nis")],
    }
    return Case("disagreements", says, usual | tables, tuple(columns.split()), list(rows))


DISAGREEMENTS = (
    f"topic_id how indicator_id scope scope_name assumption assumption_name claim_id {ASSERTION} as_stated statement "
    f"other_id {' '.join(f'other_{name}' for name in ASSERTION.split())} other_as_stated other_statement"
)
PARTS: list[Row] = [
    {"part_id": part_id, "name": name}
    for part_id, name in (
        ("aid", "As aid"),
        ("kursk", "In Kursk"),
        ("rylsk", "In Rylsk"),
        ("most", "At most"),
        ("least", "At least"),
    )
]
DISPUTES = {"contradicts", "denies", "doubts", "misreports", "retracts"}


def conflict(claim: str, other: str, figure: str = "M1", other_figure: str = "M2") -> Row:
    return {
        "claim_id": claim, "other_id": other, "figure_id": figure, "other_figure_id": other_figure,
        "verdict": "conflicts",
    }  # fmt: skip


def list_disagreements() -> Iterator[Case]:
    one, other = (
        tuple(assertion(claim_id, speaker)[name] for name in ASSERTION.split())
        for claim_id, speaker in (("C1", "nis"), ("C2", "hur"))
    )
    for relation in codes_of("claim_links", "relation"):
        disputes = relation in DISPUTES
        row: tuple[Cell, ...] = (
            "claims.topic_id", relation, None, None, None, None, None, "C1", *one, None, "claims.statement",
            "C2", *other, None, "Other.",
        )  # fmt: skip
        yield disagreements(
            f"claims of which one {relation} the other {'disagree' if disputes else 'do not disagree'}",
            DISAGREEMENTS,
            *([row] if disputes else []),
            claim_links=[{"claim_id": "C1", "relation": relation, "other_id": "C2"}],
            all_figures=[{"figure_id": "M1", "indicator_id": "killed", "as_stated": "100", "claim_id": "C1"}],
        )
    yield disagreements(
        "claims whose figures conflict disagree by these figures",
        DISAGREEMENTS,
        (
            "claims.topic_id", "figures", "killed", "kursk", "In Kursk", "most", "At most", "C1", *one, "one hundred",
            "claims.statement", "C2", *other, "two hundred", "Other.",
        ),
        comparisons=[conflict("C1", "C2")],
        all_figures=[
            {"figure_id": "M1", "indicator_id": "killed", "as_stated": "one hundred", "scope": "kursk", "assumption": "most"},
            {"figure_id": "M2", "indicator_id": "killed too", "as_stated": "two hundred", "scope": "rylsk", "assumption": "least"},
        ],
        parts=PARTS,
    )  # fmt: skip
    yield disagreements(
        "figures of the whole disagree too",
        "how indicator_id scope scope_name assumption assumption_name",
        ("figures", "killed", None, None, None, None),
        comparisons=[conflict("C1", "C2")],
        all_figures=[{"figure_id": figure_id, "indicator_id": "killed"} for figure_id in ("M1", "M2")],
        parts=PARTS,
    )
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
        all_figures=[
            {"figure_id": f"M{n}", "indicator_id": "killed", "as_stated": f"{n}"} for n in range(1, 5)
        ],
    )
    claims: list[Row] = [
        {"claim_id": "C1", "topic_id": "b"},
        {"claim_id": "C2", "topic_id": "b"},
        {"claim_id": "C3", "topic_id": "a"},
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
        all_figures=[
            {"figure_id": "M1", "indicator_id": "wounded"},
            {"figure_id": "M3", "indicator_id": "killed"},
        ],
    )


# Echoes


def echoes(says: str, columns: str, *rows: tuple[Cell, ...], **tables: list[Row]) -> Case:
    ids = ("C1", "C2", "C3", "C4")
    usual: Tables = {
        "claims": [fill("claims", claim_id=claim_id, statement=f"{claim_id}.") for claim_id in reversed(ids)],
        "assertions": [assertion(claim_id) for claim_id in ids],
        "chains": [end(claim_id, "a") for claim_id in ids],
    }
    return Case("echoes", says, usual | tables, tuple(columns.split()), list(rows))


def count(claim_id: str, carriers: int, read: int) -> Row:
    return {"claim_id": claim_id, "carriers": carriers, "carriers_read": read}


def end(claim_id: str, source: str, attribution: str | None = None) -> Row:
    return {"claim_id": claim_id, "source_id": source, "origin_id": source, "attribution": attribution}


def list_echoes() -> Iterator[Case]:
    counts = fill("source_counts", claim_id="C1")
    yield echoes(
        "a claim that is echoed keeps its cells and counts",
        f"claim_id {ASSERTION} statement carriers carriers_read departures published_in heard_by",
        (
            "C1", *(assertion("C1")[name] for name in ASSERTION.split()), "C1.", counts["carriers"],
            counts["carriers_read"], counts["departures"], "a", None,
        ),
        source_counts=[counts],
    )  # fmt: skip
    for read, echoed in ((2, False), (3, True), (4, True)):
        yield echoes(
            f"a claim of nine carriers of which {read} were read is{'' if echoed else ' not'} an echo",
            "claim_id",
            *([("C1",)] if echoed else []),
            source_counts=[count("C1", 9, read)],
        )
    yield echoes(
        "how many must be read is a threshold",
        "claim_id",
        ("C1",),
        source_counts=[count("C1", 9, 5), count("C2", 9, 4)],
        thresholds=[{"echo_carriers": 5}],
    )
    yield echoes(
        "the ends of the chains of each claim are listed in order, those that heard it apart",
        "claim_id published_in heard_by",
        ("C1", "a;c", "b;d"),
        ("C2", "b", None),
        ("C3", None, "a"),
        source_counts=[count("C1", 6, 6), count("C2", 5, 5), count("C3", 4, 4)],
        chains=[
            end("C1", "d", "heard"),
            end("C1", "c"),
            end("C1", "b", "heard"),
            end("C1", "a"),
            {**end("C1", "e", "named"), "origin_id": "a"},
            {**end("C1", "f"), "origin_id": "c"},
            {**end("C1", "0"), "origin_id": "c"},
            end("C2", "b"),
            end("C3", "a", "heard"),
        ],
    )
    yield echoes(
        "the loudest stands first: by carriers that were read, by carriers, then the lower id",
        "claim_id",
        ("C3",),
        ("C4",),
        ("C1",),
        ("C2",),
        source_counts=[count("C4", 9, 6), count("C2", 8, 6), count("C1", 8, 6), count("C3", 7, 7)],
    )


CASES = [
    *list_assessments(),
    *list_estimates(),
    *list_answer(),
    *list_silent(),
    *list_distortions(),
    *list_figures(),
    *list_sides(),
    *list_timeline(),
    *list_disagreements(),
    *list_echoes(),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_frame_gives_the_rows_it_should(case: Case, engine: EngineName) -> None:
    assert case.found(engine) == case.expected()
