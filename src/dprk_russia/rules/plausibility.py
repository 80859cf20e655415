"""Warnings: rows that keep every rule and still deserve a second look."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dprk_russia.findings import Finding, Rule
from dprk_russia.frames import is_in
from dprk_russia.rules.kinds import TableRule
from dprk_russia.rules.rows import BOUNDED, FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from dprk_russia.corpus import Corpus

# A number from this on with no more than two digits before its zeros is round.
ROUND_FROM = 100
OFFICIAL_METHODS = ("official_statistics", "mirror_statistics", "negotiated", "counted")
WITH_FIGURES = ("actors", "claims", "indicators", *FIGURES)
SERIES = ("claim_id", "indicator_id", "scope", "assumption", "period_start", "period_end", *BOUNDED, "bound")
CATALOGUES = ("actors", "indicators", "places", "sources", "topics")


def _figure_lines(corpus: Corpus, figure_ids: pd.Series) -> Iterator[tuple[str, list[int]]]:
    for table in FIGURES:
        ids = corpus.frames[table]["figure_id"]
        yield table, ids.index[is_in(ids, figure_ids)].tolist()


def _check_decreases(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    figures = corpus.record.figures
    whole = figures["scope"].isna() & figures["assumption"].isna()
    totals = figures[whole & figures["accumulation"].eq("cumulative")].dropna(subset=["as_of", "low", "high"])
    totals = totals.sort_values(["indicator_id", "asserted_by", "as_of", "figure_id"])
    series = totals.groupby(["indicator_id", "asserted_by"])
    reached = series["low"].cummax().groupby([totals["indicator_id"], totals["asserted_by"]]).shift()
    fallen = totals.loc[totals["high"] < reached, "figure_id"]
    for table, lines in _figure_lines(corpus, fallen):
        message = "The same speaker gave a higher total of {indicator_id} for an earlier day."
        yield from corpus.find(rule, table, lines, message, "period_end")


def _check_round_numbers(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    for table in FIGURES:
        figures = corpus.frames[table]
        value = figures["value"].astype("float64")
        is_round = (value >= ROUND_FROM) & figures["value"].map(_has_two_digits, na_action="ignore").eq(
            other=True
        )
        unofficial = ~figures["method"].isin(OFFICIAL_METHODS)
        lines = figures.index[figures["bound"].eq("exact") & is_round & unofficial]
        yield from corpus.find(rule, table, lines, "{as_stated} is round, and its bound is exact.", "bound")


def _has_two_digits(value: float) -> bool:
    return value == float(f"{value:.1e}")


def _check_parts(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    figures = corpus.record.figures
    figures = figures[~figures["accumulation"].isin(["share", "change", "rate"])]
    same = ["claim_id", "indicator_id", "assumption", "period_start", "period_end"]
    keyed = figures.assign(**{key: figures[key].fillna("") for key in same})
    totals = keyed[keyed["scope"].isna()].groupby(same)["high"].max().rename("total").reset_index()
    parts = keyed[keyed["scope"].notna()].merge(totals, on=same)
    for table, lines in _figure_lines(corpus, parts.loc[parts["low"] > parts["total"], "figure_id"]):
        yield from corpus.find(
            rule, table, lines, "The part {scope} is larger than the total of the same claim.", "scope"
        )


def _check_unused(rule: Rule, corpus: Corpus, table: str) -> Iterator[Finding]:
    import pandas as pd

    unread = sorted(name for name in corpus.package.declared if not corpus.has(name))
    if unread:
        corpus.skipped[f"{rule.id} of {table}"] = f"{', '.join(unread)} could not be read"
        return
    references = [
        (child.name, key.column)
        for child in corpus.package.tables
        for key in child.foreign_keys
        if key.table == table
    ]
    frame, column = corpus.frames[table], corpus.package.table(table).primary_key[0]
    used = [corpus.frames[child][name] for child, name in references]
    unused = ~is_in(frame[column], pd.concat([frame[column].iloc[:0], *used]))
    lacking = frame.index[frame[column].notna() & unused]
    if corpus.is_absence(rule, len(lacking), *references):
        yield from corpus.find(rule, table, lacking, f"No row refers to {{{column}}}.", column)


def _check_near_duplicates(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    claims = corpus.frames["claims"].dropna(subset=["statement", "asserted_by"])
    words = claims["statement"].str.casefold().str.replace(r"\W+", " ", regex=True).str.strip()
    period = claims["period_start"].fillna("") + "/" + claims["period_end"].fillna("")
    keys = words.to_frame("words").assign(speaker=claims["asserted_by"], period=period)
    lines = keys.index[keys.duplicated()]
    yield from corpus.find(
        rule, "claims", lines, "An earlier claim of the same speaker has the same words.", "statement"
    )


UNUSED_ROW = Rule(
    "unused-row",
    "across tables",
    "Every actor, source, place, indicator and topic is referred to.",
    "Remove the row, or add what refers to it.",
    "warning",
)

RULES = (
    TableRule(
        Rule(
            "cumulative-decrease",
            "across tables",
            "A speaker's cumulative total does not fall.",
            "Check the date and definition; if the speaker did correct it, say so in the note.",
            "warning",
        ),
        WITH_FIGURES,
        SERIES,
        _check_decreases,
    ),
    TableRule(
        Rule(
            "exact-round-number",
            "across tables",
            "A round number is exact only if it was counted, agreed or comes from statistics.",
            "Make the bound about, unless the page says that the number is exact.",
            "warning",
        ),
        FIGURES,
        ("bound", "value", "method"),
        _check_round_numbers,
    ),
    TableRule(
        Rule(
            "parts-and-total",
            "across tables",
            "A part of a claim's total is not larger than the total.",
            "Check the scope and the numbers.",
            "warning",
        ),
        WITH_FIGURES,
        SERIES,
        _check_parts,
    ),
    *(TableRule(UNUSED_ROW, (table,), (), partial(_check_unused, table=table)) for table in CATALOGUES),
    TableRule(
        Rule(
            "near-duplicate-claim",
            "across tables",
            "No claim repeats another of the same speaker and period.",
            "Merge the two claims.",
            "warning",
        ),
        ("claims",),
        ("statement", "asserted_by", "period_start", "period_end"),
        _check_near_duplicates,
    ),
)
