"""What rows must be beyond what a Table Schema can say: rules within one row, across rows and tables, between versions,
and of a release.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.rules import chains, claims, figures, plausibility, references, releases, rows, versions

if TYPE_CHECKING:
    from dprk_russia.findings import Rule
    from dprk_russia.rules.kinds import RowRule, TableRule, VersionRule

ROW_RULES: tuple[RowRule, ...] = rows.RULES
TABLE_RULES: tuple[TableRule, ...] = (
    *references.RULES,
    *chains.RULES,
    *figures.RULES,
    *claims.RULES,
    *plausibility.RULES,
)
VERSION_RULES: tuple[VersionRule, ...] = versions.RULES
RELEASE_RULES: tuple[Rule, ...] = releases.RULES
# Columns of free text that rules across tables compare or quote.
QUOTED = frozenset({"as_stated", "statement"})


def row_rules(table: str) -> tuple[RowRule, ...]:
    """Return the rules that rows of a table must keep."""
    return tuple(rule for rule in ROW_RULES if table in rule.tables)
