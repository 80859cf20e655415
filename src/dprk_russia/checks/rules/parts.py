"""Rules on parts: what the scope and the assumption of a figure name, and how parts lie within each other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dprk_russia.checks.rules.kinds import SearchRule, TableRule
from dprk_russia.checks.rules.references import check_own_cycles
from dprk_russia.contract.package import FIGURES

if TYPE_CHECKING:
    import pandas as pd

    from dprk_russia.checks.loaded import LoadedTables
    from dprk_russia.checks.rules.kinds import AcrossRule

# The columns in which figures name a part, called as its role is.
ROLES = ("scope", "assumption")


def _find_misnamed(tables: LoadedTables, table: str, role: str) -> pd.Index:
    """Return the figures that name as `role` a part which has the other role."""
    roles = tables.relations.look_up(table, role, "role")
    return roles.index[roles.notna() & (roles != role)]


def _find_mixed(tables: LoadedTables, table: str) -> pd.Index:
    """Return the parts that lie within one of the other role."""
    roles, wholes = tables.frames[table]["role"], tables.relations.look_up(table, "part_of", "role")
    return roles.index[roles.notna() & wholes.notna() & (roles != wholes)]


TABLE_RULES: tuple[AcrossRule, ...] = (
    *(
        TableRule(
            "part-role",
            (f"{table}.{role}>parts", f"parts.role:{role}"),
            at=f"{table}.{role}",
            message=f"{{{role}}} is a part that has not the role {role}.",
            find_lines=partial(_find_misnamed, role=role),
        )
        for table in FIGURES
        for role in ROLES
    ),
    TableRule(
        "part-role",
        ("parts.role", "parts.part_of>parts"),
        at="parts.part_of",
        message="{part_id} is part of {part_of}, which has another role.",
        find_lines=_find_mixed,
    ),
    SearchRule(
        "part-cycle",
        ("parts.part_id", "parts.part_of>parts"),
        partial(
            check_own_cycles,
            table="parts",
            at="part_of",
            alone="{} is a part of itself.",
            several="These parts lie within each other: {}.",
        ),
    ),
)
