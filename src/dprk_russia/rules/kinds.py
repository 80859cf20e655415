"""The kinds of rules that Python code checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from dprk_russia.changes import Comparison
    from dprk_russia.corpus import Corpus
    from dprk_russia.findings import Finding, Rule


@dataclass(frozen=True, slots=True)
class RowRule:
    """A rule that one row breaks by itself.

    `holds` takes the typed frame of a whole table and returns True for the rows that keep the rule. It looks at
    `columns`; a row in which one of them is wrong in itself is not reported again. Findings point to the column `at`.
    """

    rule: Rule
    tables: tuple[str, ...]
    columns: tuple[str, ...]
    at: str
    message: str
    holds: Callable[[pd.DataFrame], pd.Series]


@dataclass(frozen=True, slots=True)
class TableRule:
    """A rule that only several rows or tables together can break.

    `check` is run when all `tables` could be read. `columns` are those of the reported row that it looks at; a row in
    which one of them is wrong in itself is not reported again.
    """

    rule: Rule
    tables: tuple[str, ...]
    columns: tuple[str, ...]
    check: Callable[[Rule, Corpus], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class VersionRule:
    """A rule that only two versions of a package together can break."""

    rule: Rule
    check: Callable[[Rule, Comparison], Iterator[Finding]]
