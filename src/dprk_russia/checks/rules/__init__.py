"""What rows must be beyond what a Table Schema can say: rules within one row, across rows and tables, between versions,
and of a release.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.checks.rests import read_rest
from dprk_russia.checks.rules import (
    chains,
    claims,
    dates,
    doubles,
    figures,
    parts,
    plausibility,
    references,
    rows,
    versions,
    words,
)

if TYPE_CHECKING:
    from dprk_russia.checks.rules.kinds import AcrossRule, RowRule, SearchRule
    from dprk_russia.versions.changes import Comparison

ROW_RULES: tuple[RowRule, ...] = rows.ROW_RULES
TABLE_RULES: tuple[AcrossRule, ...] = (
    *references.TABLE_RULES,
    *chains.TABLE_RULES,
    *figures.TABLE_RULES,
    *parts.TABLE_RULES,
    *claims.TABLE_RULES,
    *words.TABLE_RULES,
    *dates.TABLE_RULES,
    *doubles.TABLE_RULES,
    *plausibility.TABLE_RULES,
)
VERSION_RULES: tuple[SearchRule[Comparison], ...] = versions.VERSION_RULES
# Columns that rules across tables read; other free text is needed no more once it is sound.
QUOTED = frozenset((rest.table, rest.column) for rule in TABLE_RULES for rest in map(read_rest, rule.rests))


def row_rules(table: str) -> tuple[RowRule, ...]:
    """Return the rules that rows of a table must keep."""
    return tuple(rule for rule in ROW_RULES if table in rule.tables)
