"""The data card: what a user has to know before trusting the data, with every number counted from the edition.

The words stand in `datacard.md` beside this module; `$name` there is what `_describe` and `_tabulate` give.
"""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from dprk_russia.contract.package import FIGURES
from dprk_russia.documents import Code, Grid, Paragraph, Row
from dprk_russia.documents.markdown import render_markdown
from dprk_russia.release.documents.codebook import write_share
from dprk_russia.tabular.frames import as_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd

    from dprk_russia.documents import Span
    from dprk_russia.release.edition import Edition

WORDS = Path(__file__).parent / "datacard.md"
# Of lists that are long so many rows are shown; the rest are counted together.
LONGEST = 12
NEVER = "no date"
READ = ("full", "part", "no")
SUPPORTED, DISPUTED = (1, 2), (4, 5)
# What the page counts.
RESTS = (
    "claims.topic_id", "claims.kind", "claims.certainty", "claims.asserted", "claims.asserted_by",
    "evidence.claim_id", "evidence.source_id", "evidence.attribution",
    "sources.access", "sources.language", "sources.kind", "sources.reliability",
    *(f"sources.read:{how}" for how in READ),
    *(f"claims.credibility:{grade}" for grade in (*SUPPORTED, *DISPUTED)),
    "actors.actor_id", "actors.name", "actors.kind:person",
    "topics.topic_id", "topics.name", "indicators.indicator_id", "indicators.name",
    *(f"{table}.{column}" for table in FIGURES for column in ("claim_id", "indicator_id")),
)  # fmt: skip
# The tables whose empty cells are counted column by column.
MAIN = ("claims", "sources", "evidence")


def write(edition: Edition, release: Path) -> None:
    """Write the data card of an edition."""
    (release / "DATACARD.md").write_text(write_card(edition), encoding="utf-8")


def write_card(edition: Edition) -> str:
    """Return the data card as Markdown."""
    texts = {name: render_markdown([Paragraph((text,))]) for name, text in _describe(edition).items()}
    tables = {name: render_markdown([grid]) for name, grid in _tabulate(edition).items()}
    return Template(WORDS.read_text(encoding="utf-8")).substitute(
        {name: markdown.rstrip("\n") for name, markdown in {**texts, **tables}.items()}
    )


def _describe(edition: Edition) -> dict[str, str]:
    """Return the words and numbers that stand within sentences."""
    package, frames = edition.package, edition.frames
    claims, sources, evidence = (frames[table] for table in MAIN)
    read = sources["read"].value_counts()
    whole = sources.loc[sources["read"].eq("full"), "source_id"]
    asserted = claims["asserted"].sort_values(ignore_index=True)
    quarter = len(asserted) // 4
    misreported = int(edition.views["assessments"]["misreported"].sum())
    indicators = [frames[table]["indicator_id"] for table in FIGURES]
    return {
        "title": package.title,
        "version": package.version,
        "created": str(package.created),
        "description": package.description,
        "licenses": _join(package.descriptor["licenses"]),
        "contributors": _join(package.descriptor.get("contributors", [])),
        "claims": f"{len(claims):,}",
        "sources": f"{len(sources):,}",
        "figures": f"{sum(map(len, indicators)):,}",
        "measured": f"{len(set().union(*indicators)):,}",
        "persons": f"{frames['actors']['kind'].eq('person').sum():,}",
        "retired": f"{len(frames['retired_ids']):,}",
        "asserted_first": asserted.get(0, NEVER),
        "asserted_lower": asserted.get(quarter, NEVER),
        "asserted_upper": asserted.get(len(asserted) - 1 - quarter, NEVER),
        "asserted_last": asserted.get(len(asserted) - 1, NEVER),
        **{f"read_{how}": f"{read.get(how, 0):,}" for how in READ},
        "claims_full": f"{evidence.loc[evidence['source_id'].isin(whole), 'claim_id'].nunique():,}",
        "ungraded": f"{claims['credibility'].isna().sum():,}",
        "echoed": f"{len(edition.views['echoes']):,}",
        "echoed_share": write_share(len(edition.views["echoes"]), len(claims)),
        "misreported": f"{misreported:,}",
        "misreported_share": write_share(misreported, len(claims)),
    }


def _join(items: Iterable[Mapping[str, object]]) -> str:
    return ", ".join(str(item.get("title") or item.get("name") or "") for item in items)


def _tabulate(edition: Edition) -> dict[str, Grid]:
    import pandas as pd

    frames = edition.frames
    claims, sources = frames["claims"], frames["sources"]
    figures = pd.concat([frames[table]["indicator_id"] for table in FIGURES])
    names = frames["indicators"].set_index("indicator_id")["name"]
    return {
        "tables": _grid(
            ("table", "rows"), ((Code(name), f"{len(frame):,}") for name, frame in frames.items())
        ),
        "topics": _tally(
            "topic", "claims", claims["topic_id"], frames["topics"].set_index("topic_id")["name"]
        ),
        "kinds": _tally("kind", "claims", claims["kind"]),
        "certainty": _tally("certainty", "claims", claims["certainty"]),
        "years": _count_years(claims["asserted"]),
        "indicators": _tally("indicator", "figures", figures, names),
        "empty": _count_empty(edition),
        "access": _tally("access", "sources", sources["access"]),
        "attribution": _tally(
            "attribution", "rows of evidence", frames["evidence"]["attribution"], empty="the speaker's own"
        ),
        "reliability": _count_grades(edition, "sources", "reliability"),
        "credibility": _count_grades(edition, "claims", "credibility"),
        "sides": _compare_sides(edition),
        "languages": _compare_reading("language", sources["language"], sources["read"]),
        "source_kinds": _compare_reading("kind", sources["kind"], sources["read"]),
    }


def _grid(heads: tuple[str, ...], rows: Iterable[tuple[Span, ...]]) -> Grid:
    """Return a grid whose columns hold numbers, but for the first."""
    cells = (Row(tuple((cell,) for cell in row)) for row in rows)
    return Grid(heads, tuple(cells), numeric=heads[1:])


def _share_out(name: str, counted: str, counts: Iterable[tuple[object, int]], whole: int) -> Grid:
    """Return how many of a whole each value has, and their share."""
    rows = ((str(value), f"{count:,}", write_share(count, whole)) for value, count in counts)
    return _grid((name, counted, "share"), rows)


def _tally(
    name: str, counted: str, cells: pd.Series, names: pd.Series | None = None, empty: str = "not recorded"
) -> Grid:
    """Return how often each value occurs, the most frequent first."""
    groups = _group(cells, empty, {} if names is None else names.to_dict())
    return _share_out(name, counted, ((label, int(mask.sum())) for label, mask in groups), len(cells))


def _group(cells: pd.Series, empty: str, names: Mapping[Any, str]) -> Iterator[tuple[str, pd.Series]]:
    """Yield each value, by its name, with the rows that have it: the most frequent first, the rest of many as one."""
    texts = as_text(cells)
    counts = texts.value_counts()
    values = sorted(counts.index, key=lambda value: (-counts[value], value))
    listed = values if len(values) <= LONGEST + 1 else values[:LONGEST]
    for value in listed:
        yield names.get(value, value.replace("_", " ")) if value else empty, texts.eq(value)
    if others := values[len(listed) :]:
        yield f"{len(others)} others", texts.isin(others)


def _count_years(asserted: pd.Series) -> Grid:
    years = asserted.str[:4]
    return _share_out("year", "claims", years.value_counts().sort_index().items(), len(years))


def _count_empty(edition: Edition) -> Grid:
    fields = [
        (table, field.name)
        for table in MAIN
        for field in edition.package.table(table).fields
        if not field.required
    ]
    cells = ((f"{table}.{column}", edition.frames[table][column]) for table, column in fields)
    rows = ((Code(name), write_share(int(column.isna().sum()), len(column))) for name, column in cells)
    return _grid(("column", "empty"), rows)


def _count_grades(edition: Edition, table: str, column: str) -> Grid:
    """Return the grades in their order with what each means."""
    cells = edition.frames[table][column]
    found = as_text(cells).value_counts()
    grades = edition.package.table(table).field(column).categories
    counts = [(f"{grade.value}: {grade.label}", found.get(str(grade.value), 0)) for grade in grades]
    return _share_out("grade", table, [*counts, ("none", int(cells.isna().sum()))], len(cells))


def _compare_sides(edition: Edition) -> Grid:
    import pandas as pd

    frames = edition.frames
    claims, grades = frames["claims"], frames["claims"]["credibility"]
    sides = claims["asserted_by"].map(edition.record.frame("families").set_index("actor_id")["side"])
    figures = pd.concat([frames[table]["claim_id"] for table in FIGURES]).value_counts()
    figures = claims["claim_id"].map(figures).fillna(0)
    rows: list[tuple[str, ...]] = []
    for side, mask in _group(sides, "not known", frames["actors"].set_index("actor_id")["name"].to_dict()):
        count, graded = int(mask.sum()), int(grades[mask].notna().sum())
        judged = [int(grades[mask].isin(chosen).sum()) for chosen in (SUPPORTED, DISPUTED)]
        counts = (f"{count:,}", write_share(count, len(claims)), f"{figures[mask].sum():,.0f}", f"{graded:,}")
        rows.append((side, *counts, *(write_share(number, graded) for number in judged)))
    heads = ("side", "claims", "share", "figures", "graded", "of these 1 or 2", "of these 4 or 5")
    return _grid(heads, rows)


def _compare_reading(name: str, cells: pd.Series, read: pd.Series) -> Grid:
    rows = (
        (label, f"{mask.sum():,}", *(f"{(mask & read.eq(how)).sum():,}" for how in READ))
        for label, mask in _group(cells, "not recorded", {})
    )
    return _grid((name, "sources", "read whole", "in part", "not read"), rows)
