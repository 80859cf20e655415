"""Rules on figures: what they measure, where they are read, and which unit they are in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dprk_russia.checks.rests import name_columns
from dprk_russia.checks.rules.chains import CARRIES, is_unread
from dprk_russia.checks.rules.kinds import TableRule
from dprk_russia.checks.rules.rows import BOUNDED
from dprk_russia.contract.package import FIGURES, ID_LETTERS
from dprk_russia.tabular.relations import find_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from dprk_russia.checks.loaded import LoadedTables

CURRENCY = "currency"
MEASURE = ("claim_id", "indicator_id", "scope", "assumption", CURRENCY, "period_start", "period_end")
PAGE = ("claim_id", "source_id")


def _find_unmeasured(tables: LoadedTables, table: str) -> pd.Index:
    claims, relations = tables.frames[table], tables.relations
    economic, military = (relations.is_referred(table, figures, "claim_id") for figures in FIGURES)
    lacking = claims["claim_id"].notna() & ~(economic | military)
    return claims.index[claims["kind"].eq("quantity") & lacking]


def _find_unshown(tables: LoadedTables, table: str) -> pd.Index:
    relations, read = tables.relations, ~is_unread(tables)
    claims, sources = (relations.row_numbers("evidence", column)[read] for column in PAGE)
    claim, source = (relations.row_numbers(table, column) for column in PAGE)
    shown = find_pairs((claim, source), (claims, sources)) >= 0
    return tables.frames[table].index[(claim >= 0) & (source >= 0) & ~shown]


def _find_repeated(tables: LoadedTables, table: str) -> pd.Index:
    figures = tables.frames[table]
    repeated = figures.duplicated(list(MEASURE)) & figures["indicator_id"].notna()
    return figures.index[repeated & (tables.relations.row_numbers(table, "claim_id") >= 0)]


def _find_foreign(tables: LoadedTables, table: str, domain: str) -> pd.Index:
    domains = tables.relations.look_up(table, "indicator_id", "domain")
    return domains.index[domains.notna() & (domains != domain)]


def _find_misnumbered(tables: LoadedTables, table: str, letter: str) -> pd.Index:
    ids = tables.frames[table]["figure_id"]
    return ids.index[ids.notna() & ~ids.str.startswith(letter)]


def _find_currencies(tables: LoadedTables, table: str, *, lacking: bool) -> pd.Index:
    """Return the figures of money that lack a currency, or the others that have one."""
    units = tables.relations.look_up(table, "indicator_id", "unit")
    needed, given = units.eq("money"), tables.frames[table][CURRENCY].notna()
    return units.index[units.notna() & (needed & ~given if lacking else ~needed & given)]


def _find_impossible_shares(tables: LoadedTables, table: str) -> pd.Index:
    kinds = tables.relations.look_up(table, "indicator_id", "accumulation")
    numbers = tables.frames[table][list(BOUNDED)].astype("float64")
    outside = ((numbers < 0) | (numbers > 100)).any(axis=1)
    return kinds.index[kinds.eq("share") & outside]


def _list_rules(table: str, domain: str, letter: str) -> Iterator[TableRule]:
    """Yield the rules on one table of figures."""
    measures = f"{table}.indicator_id>indicators"
    yield TableRule(
        "figure-source-not-evidence",
        (f"{table}.claim_id>claims", f"{table}.source_id>sources", *CARRIES, "sources.read:no"),
        at=f"{table}.source_id",
        message="{source_id} is not a read source that carries {claim_id}.",
        find_lines=_find_unshown,
        unless=("evidence.claim_id", "evidence.source_id"),
    )
    yield TableRule(
        "one-figure-per-measure",
        name_columns([table], ("claim_id>claims", *MEASURE)),
        at=f"{table}.figure_id",
        message="{claim_id} has another figure of {indicator_id} for the same period.",
        find_lines=_find_repeated,
    )
    yield TableRule(
        "indicator-domain",
        (measures, f"indicators.domain:{domain}"),
        at=f"{table}.indicator_id",
        message="{indicator_id} belongs to the other table.",
        find_lines=partial(_find_foreign, domain=domain),
    )
    yield TableRule(
        "figure-id-letter",
        (f"{table}.figure_id",),
        at=f"{table}.figure_id",
        message=f"{{figure_id}} does not begin with {letter}.",
        find_lines=partial(_find_misnumbered, letter=letter),
    )
    yield TableRule(
        "money-needs-currency",
        (measures, "indicators.unit:money", f"{table}.{CURRENCY}"),
        at=f"{table}.{CURRENCY}",
        message="{indicator_id} is money and the currency is empty.",
        find_lines=partial(_find_currencies, lacking=True),
        unless=(f"{table}.{CURRENCY}",),
    )
    yield TableRule(
        "money-needs-currency",
        (measures, "indicators.unit:money", f"{table}.{CURRENCY}"),
        at=f"{table}.{CURRENCY}",
        message="{indicator_id} is not money and has the currency {currency}.",
        find_lines=partial(_find_currencies, lacking=False),
    )
    yield TableRule(
        "share-range",
        (measures, "indicators.accumulation:share", *name_columns([table], BOUNDED)),
        at=f"{table}.value",
        message="A share lies between 0 and 100 percent.",
        find_lines=_find_impossible_shares,
    )


TABLE_RULES = (
    TableRule(
        "quantity-without-figure",
        ("claims.claim_id", "claims.kind:quantity", *name_columns(FIGURES, ["claim_id>claims"])),
        at="claims.kind",
        message="{claim_id} is a quantity without a figure.",
        find_lines=_find_unmeasured,
        unless=name_columns(FIGURES, ["claim_id"]),
    ),
    *(
        rule
        for table in FIGURES
        for rule in _list_rules(table, table.removesuffix("_figures"), ID_LETTERS[table])
    ),
)
