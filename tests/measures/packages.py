"""Random packages: small, valid and typed, with every kind of chain, family, link, figure and date among them."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pandas as pd
from hypothesis import strategies as st

from dprk_russia.tabular.frames import Frames, type_frame
from measures.bench import codes_of, package

if TYPE_CHECKING:
    from collections.abc import Sequence

Texts = dict[str, str | None]

ACCUMULATIONS = codes_of("indicators", "accumulation")
# Days that lie together, a fortnight apart, a month apart and a year apart, and months and years that cover some.
DATES = [
    "2023", "2024", "2023-12", "2024-02", "2024-12", "2023-12-18", "2024-02-29", "2024-12-01", "2024-12-04",
    "2024-12-17", "2024-12-18", "2024-12-19", "2024-12-31", "2025-01-01", "2025-01-15",
]  # fmt: skip
# Few numbers, so that figures meet at the edges of each other's intervals.
NUMBERS = [
    "-110",
    "-100",
    "-90",
    "0",
    "0.1",
    "1.5",
    "45",
    "50",
    "90",
    "99",
    "100",
    "110",
    "111",
    "200",
    "201",
]


def packages(most: int = 12) -> st.SearchStrategy[Frames]:
    """Give packages of up to so many claims, which become smaller where a fault is narrowed down."""
    # Drawn one by one, cells would nearly all be the first of their choices, and no two figures be rivals.
    return st.builds(make_package, st.integers(1, most), st.integers(0, 2**32))


def make_package(size: int, seed: int) -> Frames:
    """Return the typed tables of a package that the measures read."""
    rng = Random(seed)  # noqa: S311
    actors = [_draw_actor(rng, number) for number in range(1 + size)]
    speakers = [row["actor_id"] for row in actors]
    claims = [_draw_claim(rng, number, speakers) for number in range(size)]
    ids = [row["claim_id"] for row in claims]
    figures = [_draw_figure(rng, number, ids) for number in range(3 * size)]
    roles, relations = codes_of("claim_actors", "role"), codes_of("claim_links", "relation")
    links = _draw_rows(rng, 2 * size, claim_id=ids, relation=relations, other_id=ids)
    rows: dict[str, list[Texts]] = {
        "actors": actors,
        "claims": claims,
        "claim_actors": _draw_rows(rng, size, claim_id=ids, actor_id=speakers, role=roles),
        "claim_links": [row for row in links if row["claim_id"] != row["other_id"]],
        "sources": [_draw_source(rng, number, speakers) for number in range(4)],
        "evidence": [row for claim_id in ids for row in _draw_evidence(rng, claim_id)],
        "indicators": [_draw_indicator(rng, number) for number in range(2)],
        "parts": [
            {"part_id": "kursk", "name": "In Kursk"},
            {"part_id": "with-wounded", "name": "With wounded"},
        ],
        "economic_figures": [row for row in figures if str(row["figure_id"]).startswith("E")],
        "military_figures": [row for row in figures if str(row["figure_id"]).startswith("M")],
    }
    return Frames({name: type_rows(name, content) for name, content in rows.items()})


def type_rows(table: str, rows: list[Texts]) -> pd.DataFrame:
    contract = package().table(table)
    return type_frame(pd.DataFrame(rows, columns=list(contract.columns), dtype="str"), contract)


def _draw_actor(rng: Random, number: int) -> Texts:
    """Draw an actor whose parent, if it has one, comes before it."""
    return {
        "actor_id": f"actor-{number}",
        "name": f"Actor {number}",
        "prose_name": rng.choice([None, f"the Actor {number}"]),
        "kind": rng.choice(codes_of("actors", "kind")),
        "parent_id": rng.choice([None, f"actor-{rng.randrange(number)}"]) if number else None,
    }


def _draw_claim(rng: Random, number: int, actors: Sequence[str | None]) -> Texts:
    start, end = _draw_period(rng)
    return {
        "claim_id": f"C{number:05}",
        "statement": f"Statement {number}.",
        "topic_id": rng.choice(["arms", "troops"]),
        "kind": rng.choice(["event", "event", *codes_of("claims", "kind")]),
        "asserted_by": rng.choice(actors),
        "asserted": rng.choice(DATES),
        "certainty": rng.choice(codes_of("claims", "certainty")),
        "subject_id": rng.choice(actors),
        "object_id": rng.choice([None, *actors]),
        "place_id": rng.choice([None, "kursk"]),
        "period_start": start,
        "period_end": end,
        "credibility": rng.choice([None, *codes_of("claims", "credibility")]),
    }


def _draw_period(rng: Random) -> tuple[str | None, str | None]:
    start, end = rng.choice([None, *DATES]), rng.choice([None, *DATES])
    return (end, start) if start and end and start > end else (start, end)


def _draw_source(rng: Random, number: int, actors: Sequence[str | None]) -> Texts:
    return {
        "source_id": f"source-{number}",
        "title": f"Title {number}",
        "publisher_id": rng.choice(actors),
        "published": rng.choice([None, *DATES]),
        "read": rng.choice(codes_of("sources", "read")),
        "url": rng.choice([None, f"https://a.example/{number}"]),
        "read_at": rng.choice([None, f"https://b.example/{number}"]),
    }


def _draw_indicator(rng: Random, number: int) -> Texts:
    return {
        "indicator_id": f"indicator-{number}",
        "unit": rng.choice(codes_of("indicators", "unit")),
        "per": rng.choice([None, *codes_of("indicators", "per")]),
        "accumulation": rng.choice(ACCUMULATIONS),
    }


def _draw_evidence(rng: Random, claim_id: str | None) -> list[Texts]:
    """Draw who carries a claim; each relays one of those before it, if any."""
    sources = rng.sample(range(4), rng.randint(1, 4))
    relayed = [
        rng.choice([None, *(f"source-{earlier}" for earlier in sources[:place])])
        for place in range(len(sources))
    ]
    return [
        {
            "claim_id": claim_id,
            "source_id": f"source-{source}",
            "relays_id": relays,
            "attribution": rng.choice(["named", "inferred"] if relays else [None, "heard"]),
            "rendering": rng.choice([None, None, *codes_of("evidence", "rendering")]),
            "note": rng.choice([None, "Nearly."]),
        }
        for source, relays in zip(sources, relayed, strict=True)
    ]


def _draw_figure(rng: Random, number: int, claims: Sequence[str | None]) -> Texts:
    bound = rng.choice(codes_of("military_figures", "bound"))
    one, other = sorted(rng.choices(NUMBERS, k=2), key=float)
    numbers = {
        "exact": {"value": one},
        "about": {"value": one},
        "at_least": {"value_low": one},
        "at_most": {"value_high": one},
        "range": {"value_low": one, "value_high": other},
        "vague": rng.choice([{}, {"value_low": one}, {"value_high": one}]),
    }[bound]
    start, end = _draw_period(rng)
    return {
        "figure_id": f"{rng.choice('EM')}{number:05}",
        "claim_id": rng.choice(claims),
        "indicator_id": rng.choice(["indicator-0", "indicator-0", "indicator-1"]),
        "source_id": rng.choice(["source-0", "source-1"]),
        "as_stated": f"stated {number}",
        **numbers,
        "bound": bound,
        "currency": rng.choice([None, None, None, "EUR", "USD"]),
        "method": rng.choice(codes_of("military_figures", "method")),
        "scope": rng.choice([None, None, None, "kursk"]),
        "assumption": rng.choice([None, None, None, "with-wounded"]),
        "period_start": rng.choice([None, start]),
        "period_end": end,
        "note": rng.choice([None, "Converted."]),
    }


def _draw_rows(rng: Random, most: int, **columns: Sequence[str | None]) -> list[Texts]:
    """Draw at most so many rows, each another."""
    drawn = {tuple(rng.choice(values) for values in columns.values()) for _ in range(rng.randint(0, most))}
    return [dict(zip(columns, row, strict=True)) for row in sorted(drawn, key=repr)]
