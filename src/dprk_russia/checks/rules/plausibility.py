"""Warnings: rows that keep every rule and still deserve a second look."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dprk_russia.checks.rules.kinds import TableRule
from dprk_russia.checks.rules.rows import BOUNDED
from dprk_russia.contract.package import FIGURES
from dprk_russia.record.run import TooManyPairsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from dprk_russia.checks.corpus import Corpus
    from dprk_russia.contract.findings import Finding, Rule
    from dprk_russia.tabular.relations import Mask

# A number from this on with no more than two digits before its zeros is round.
ROUND_FROM = 100
# By this many letters most statements can be told apart.
OPENING = 32
OFFICIAL_METHODS = ("official_statistics", "mirror_statistics", "negotiated", "counted")
WITH_FIGURES = ("actors", "claims", "indicators", *FIGURES)
SERIES = ("claim_id", "indicator_id", "scope", "assumption", "period_start", "period_end", *BOUNDED, "bound")
CATALOGUES = ("actors", "indicators", "places", "sources", "topics")


def _find_figures(rule: Rule, corpus: Corpus, step: str, message: str, column: str) -> Iterator[Finding]:
    """Return a finding for each figure of a step of the record."""
    try:
        found = corpus.record.frame(step)["figure_id"]
    except TooManyPairsError as error:
        corpus.skipped[rule.id] = str(error)
        return
    for table in FIGURES:
        ids = corpus.frames[table]["figure_id"]
        yield from corpus.find(rule, table, ids.index[ids.isin(found)], message, column)


def _check_round_numbers(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    for table in FIGURES:
        figures = corpus.frames[table]
        unofficial = ~figures["method"].isin(OFFICIAL_METHODS)
        lines = figures.index[figures["bound"].eq("exact") & _is_round(figures["value"]) & unofficial]
        yield from corpus.find(rule, table, lines, "{as_stated} is round, and its bound is exact.", "bound")


def _is_round(values: pd.Series) -> Mask:
    """Tell which numbers have at most two digits before their zeros."""
    import numpy as np

    numbers = values.astype("float64").to_numpy()
    large = numbers >= ROUND_FROM
    last_digit = 10.0 ** (np.floor(np.log10(numbers, where=large, out=np.ones_like(numbers))) - 1)
    is_round: Mask = large & (np.where(large, numbers, 1) % last_digit == 0)
    return is_round


def _check_unused(rule: Rule, corpus: Corpus, table: str) -> Iterator[Finding]:
    import numpy as np

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
    used = np.zeros(len(frame), dtype=bool)
    for child, name in references:
        used |= corpus.relations.is_referred(table, child, name)
    lacking = frame.index[frame[column].notna() & ~used]
    if corpus.is_absence(rule, len(lacking), *references):
        yield from corpus.find(rule, table, lacking, f"No row refers to {{{column}}}.", column)


def _check_near_duplicates(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    claims = corpus.frames["claims"]
    speakers = corpus.relations.positions("claims", "asserted_by")
    keys = claims[["period_start", "period_end"]].assign(speaker=speakers)
    keys = keys[(speakers >= 0) & claims["statement"].notna()]
    keys = keys[keys.duplicated(keep=False)]
    keys = keys.assign(statement=claims["statement"].loc[keys.index])
    # Most statements differ from all others in how they open, and need not be compared further.
    opening = _find_letters(keys["statement"].str.slice(0, 2 * OPENING)).str.slice(0, OPENING)
    keys = keys[keys.assign(statement=opening).duplicated(keep=False)]
    lines = keys.index[keys.assign(statement=_find_letters(keys["statement"])).duplicated()]
    yield from corpus.find(
        rule, "claims", lines, "An earlier claim of the same speaker has the same words.", "statement"
    )


def _find_letters(texts: pd.Series[str]) -> pd.Series[str]:
    """Return the letters and digits of each text, in small letters and without what stands between them."""
    return texts.str.lower().str.replace(" ", "", regex=False).str.replace(r"[^\p{L}\p{N}]", "", regex=True)


TABLE_RULES = (
    TableRule(
        "cumulative-decrease",
        WITH_FIGURES,
        SERIES,
        partial(
            _find_figures,
            step="falling_totals",
            message="The same speaker gave a higher total of {indicator_id} for an earlier day.",
            column="period_end",
        ),
    ),
    TableRule(
        "exact-round-number",
        FIGURES,
        ("bound", "value", "method"),
        _check_round_numbers,
    ),
    TableRule(
        "parts-and-total",
        WITH_FIGURES,
        SERIES,
        partial(
            _find_figures,
            step="oversized_parts",
            message="The part {scope} is larger than the total of the same claim.",
            column="scope",
        ),
    ),
    *(TableRule("unused-row", (table,), (), partial(_check_unused, table=table)) for table in CATALOGUES),
    TableRule(
        "near-duplicate-claim",
        ("actors", "claims"),
        ("statement", "asserted_by", "period_start", "period_end"),
        _check_near_duplicates,
    ),
)
