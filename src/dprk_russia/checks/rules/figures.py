"""Rules on figures: what they measure, where they are read, and which unit they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.checks.rules.kinds import TableRule
from dprk_russia.checks.rules.rows import BOUNDED
from dprk_russia.contract.package import FIGURES, ID_LETTERS
from dprk_russia.tabular.relations import find_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from dprk_russia.checks.corpus import Corpus
    from dprk_russia.contract.findings import Finding, Rule

SAME_FIGURE = (
    "claim_id", "indicator_id", "period_start", "period_end", "scope", "assumption", "source_id",
)  # fmt: skip
PAGE = ("claim_id", "source_id")


def _measured(corpus: Corpus, column: str) -> Iterator[tuple[str, pd.DataFrame, pd.Series]]:
    """Yield each table of figures with a property of each row's indicator."""
    for table in FIGURES:
        if corpus.has(table):
            yield table, corpus.frames[table], corpus.relations.look_up(table, "indicator_id", column)


def _check_quantities(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    import numpy as np

    claims = corpus.frames["claims"]
    measured = np.logical_or.reduce(
        [corpus.relations.is_referred("claims", table, "claim_id") for table in FIGURES]
    )
    lacking = claims.index[claims["kind"].eq("quantity") & claims["claim_id"].notna() & ~measured]
    if corpus.is_absence(rule, len(lacking), *((table, "claim_id") for table in FIGURES)):
        yield from corpus.find(rule, "claims", lacking, "{claim_id} is a quantity without a figure.", "kind")


def _check_pages(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    relations = corpus.relations
    unread = relations.look_up("evidence", "source_id", "read").eq("no").to_numpy(dtype=bool)
    claims, sources = (relations.positions("evidence", column)[~unread] for column in PAGE)
    for table in FIGURES:
        if not corpus.has(table):
            continue
        claim, source = (relations.positions(table, column) for column in PAGE)
        shown = find_pairs((claim, source), (claims, sources)) >= 0
        lacking = corpus.frames[table].index[(claim >= 0) & (source >= 0) & ~shown]
        if corpus.is_absence(rule, len(lacking), ("evidence", "claim_id"), ("evidence", "source_id")):
            yield from corpus.find(
                rule, table, lacking, "{source_id} is not a read source that carries {claim_id}.", "source_id"
            )


def _check_duplicates(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    import numpy as np

    for table in FIGURES:
        if corpus.has(table):
            figures = corpus.frames[table]
            claims, sources = (corpus.relations.positions(table, column) for column in PAGE)
            known = np.flatnonzero((claims >= 0) & (sources >= 0))
            # Few claims have several figures; only their cells need to be compared.
            several = known[np.bincount(claims[known], minlength=1)[claims[known]] > 1]
            suspects = figures.iloc[several]
            lines = suspects.index[suspects.duplicated(list(SAME_FIGURE)) & suspects["indicator_id"].notna()]
            yield from corpus.find(
                rule,
                table,
                lines,
                "{claim_id} has another figure for the same measure and period.",
                "figure_id",
            )


def _check_domains(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    for table, figures, domains in _measured(corpus, "domain"):
        own = table.removesuffix("_figures")
        foreign = figures.index[domains.notna() & (domains != own)]
        yield from corpus.find(
            rule, table, foreign, "{indicator_id} belongs to the other table.", "indicator_id"
        )


def _check_letters(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    for table in FIGURES:
        letter = ID_LETTERS[table]
        if corpus.has(table):
            ids = corpus.frames[table]["figure_id"]
            lines = ids.index[ids.notna() & ~ids.str.startswith(letter).fillna(value=True).astype(bool)]
            yield from corpus.find(
                rule, table, lines, f"{{figure_id}} does not begin with {letter}.", "figure_id"
            )


def _check_currencies(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    for table, figures, units in _measured(corpus, "unit"):
        money, given = units.eq("money"), figures["currency"].notna()
        lacking = figures.index[units.notna() & money & ~given]
        unknown = corpus.unknown.get((table, "currency"), 0)
        if len(lacking) > unknown:
            yield from corpus.find(
                rule, table, lacking, "{indicator_id} is money and the currency is empty.", "currency"
            )
        needless = figures.index[units.notna() & ~money & given]
        yield from corpus.find(
            rule, table, needless, "{indicator_id} is not money and has the currency {currency}.", "currency"
        )


def _check_shares(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    for table, figures, kinds in _measured(corpus, "accumulation"):
        numbers = figures[list(BOUNDED)].astype("float64")
        outside = ((numbers < 0) | (numbers > 100)).any(axis=1)
        lines = figures.index[kinds.eq("share") & outside]
        yield from corpus.find(rule, table, lines, "A share lies between 0 and 100 percent.", "value")


TABLE_RULES = (
    TableRule(
        "quantity-without-figure",
        ("claims", *FIGURES),
        ("claim_id", "kind"),
        _check_quantities,
    ),
    TableRule(
        "figure-source-not-evidence",
        ("claims", "evidence", "sources"),
        ("claim_id", "source_id"),
        _check_pages,
    ),
    TableRule(
        "figure-duplicate",
        ("claims", "sources"),
        SAME_FIGURE,
        _check_duplicates,
    ),
    TableRule(
        "indicator-domain",
        ("indicators",),
        ("indicator_id",),
        _check_domains,
    ),
    TableRule(
        "figure-id-letter",
        (),
        ("figure_id",),
        _check_letters,
    ),
    TableRule(
        "money-needs-currency",
        ("indicators",),
        ("indicator_id", "currency"),
        _check_currencies,
    ),
    TableRule(
        "share-range",
        ("indicators",),
        ("indicator_id", *BOUNDED),
        _check_shares,
    ),
)
