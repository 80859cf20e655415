"""Warnings: rows that keep every rule and still deserve a second look."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dprk_russia.findings import Finding, Rule
from dprk_russia.provenance import FIGURES, TooManyFiguresError, fall_below, pair_within
from dprk_russia.rules.kinds import TableRule
from dprk_russia.rules.rows import BOUNDED

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from dprk_russia.corpus import Corpus
    from dprk_russia.relations import Mask

# A number from this on with no more than two digits before its zeros is round.
ROUND_FROM = 100
# By this many letters most statements can be told apart.
OPENING = 32
OFFICIAL_METHODS = ("official_statistics", "mirror_statistics", "negotiated", "counted")
WITH_FIGURES = ("actors", "claims", "indicators", *FIGURES)
SERIES = ("claim_id", "indicator_id", "scope", "assumption", "period_start", "period_end", *BOUNDED, "bound")
CATALOGUES = ("actors", "indicators", "places", "sources", "topics")


def _find_figures(
    rule: Rule, corpus: Corpus, found: pd.DataFrame, message: str, column: str
) -> Iterator[Finding]:
    """Return a finding for each of some rows of `Provenance.figures`."""
    for table in FIGURES:
        ids = corpus.frames[table]["figure_id"]
        yield from corpus.find(rule, table, ids.index[ids.isin(found["figure_id"])], message, column)


def _check_decreases(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    import numpy as np
    import pandas as pd

    figures = corpus.record.figures
    whole = figures["scope"].isna() & figures["assumption"].isna() & (figures["speaker"] >= 0)
    totals = figures[whole & figures["accumulation"].eq("cumulative")].dropna(subset=["as_of", "low", "high"])
    speakers = totals["measure"] * (len(corpus.frames["actors"]) + 1) + totals["speaker"]
    try:
        one, other = pair_within(pd.factorize(speakers)[0])
    except TooManyFiguresError:
        corpus.skipped[rule.id] = "one speaker gave so many figures that they cannot be compared"
        return
    fallen = [later[fall_below(totals, later, earlier)] for later, earlier in ((one, other), (other, one))]
    message = "The same speaker gave a higher total of {indicator_id} for an earlier day."
    yield from _find_figures(
        rule, corpus, totals.iloc[np.unique(np.concatenate(fallen))], message, "period_end"
    )


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


def _check_parts(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    figures = corpus.record.figures
    same = ["claim", "measure", "assumption", "period_start", "period_end"]
    # Few claims give parts; only their figures need to be compared.
    parted = figures["claim"].isin(figures.loc[figures["scope"].notna(), "claim"])
    parted &= ~figures["accumulation"].isin(["share", "change", "rate"])
    keyed = figures.loc[parted, [*same, "scope", "low", "high", "figure_id"]].fillna(
        dict.fromkeys(same[2:], "")
    )
    totals = keyed[keyed["scope"].isna()].groupby(same)["high"].max().rename("total").reset_index()
    parts = keyed[keyed["scope"].notna()].merge(totals, on=same)
    message = "The part {scope} is larger than the total of the same claim."
    yield from _find_figures(rule, corpus, parts[parts["low"] > parts["total"]], message, "scope")


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
        ("actors", "claims"),
        ("statement", "asserted_by", "period_start", "period_end"),
        _check_near_duplicates,
    ),
)
