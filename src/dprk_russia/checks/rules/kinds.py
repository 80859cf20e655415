"""The kinds of rules that Python code checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dprk_russia.contract.findings import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from dprk_russia.checks.corpus import Corpus
    from dprk_russia.contract.findings import Finding, Rule
    from dprk_russia.versions.changes import Comparison


@dataclass(frozen=True, slots=True)
class _Checked:
    """What code checks for the rule of some id."""

    id: str

    @property
    def rule(self) -> Rule:
        """Return the rule."""
        return RULES[self.id]


@dataclass(frozen=True, slots=True)
class RowRule(_Checked):
    """A rule that one row breaks by itself.

    `holds` takes the typed frame of a whole table and returns True for the rows that keep the rule. It looks at
    `columns`; a row in which one of them is wrong in itself is not reported again. Findings point to the column `at`.
    """

    tables: tuple[str, ...]
    columns: tuple[str, ...]
    at: str
    message: str
    holds: Callable[[pd.DataFrame], pd.Series]


@dataclass(frozen=True, slots=True)
class TableRule(_Checked):
    """A rule that only several rows or tables together can break.

    `check` is run when all `tables` could be read. `columns` are those of the reported row that it looks at; a row in
    which one of them is wrong in itself is not reported again.
    """

    tables: tuple[str, ...]
    columns: tuple[str, ...]
    check: Callable[[Rule, Corpus], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class VersionRule(_Checked):
    """A rule that only two versions of a package together can break."""

    check: Callable[[Rule, Comparison], Iterator[Finding]]
