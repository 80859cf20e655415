"""What validation says: a rule, a finding that a rule is broken somewhere, and the report of a whole run."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

# So many findings of one rule in one column are listed; a table full of the same mistake would fill the memory.
MAX_ALIKE = 100_000

Severity = Literal["error", "warning"]
Group = Literal[
    "package", "file", "header", "cell", "key", "row", "across tables", "between versions", "release"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One named requirement: a stable id, what it demands in one sentence, and how to mend a breach."""

    id: str
    group: Group
    severity: Severity
    sentence: str
    hint: str

    def found(
        self,
        message: str,
        *,
        path: str,
        table: str | None = None,
        line: int | None = None,
        column: str | None = None,
        row_id: str | None = None,
        value: str | None = None,
        hint: str | None = None,
    ) -> Finding:
        """Return the finding that this rule is broken at a place."""
        hint = hint or self.hint
        return Finding(self.id, self.severity, table, path, line, column, row_id, value, message, hint)


def _read_rules() -> dict[str, Rule]:
    with (Path(__file__).parent / "rules.csv").open(encoding="utf-8", newline="") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    return {row["id"]: Rule(**row) for row in rows}


# Every rule there is by id, in the order in which they are listed.
RULES = _read_rules()
# Those that one version of a package can break by itself.
PACKAGE_RULES = tuple(rule for rule in RULES.values() if rule.group not in {"between versions", "release"})
RELEASE_RULES = tuple(rule for rule in RULES.values() if rule.group == "release")


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect at one place. `line` is the physical line of the file, counted from 1."""

    rule: str
    severity: Severity
    table: str | None
    path: str
    line: int | None
    column: str | None
    row_id: str | None
    value: str | None
    message: str
    hint: str

    @property
    def place(self) -> tuple[bool, str, int, str]:
        """Return what findings are sorted by: those on no table first, then path, line and column."""
        return self.table is not None, self.path, self.line or 0, self.column or ""


class Consequence(StrEnum):
    """What follows from leaving something out: what it would have shown is not known, or is known and not listed."""

    NOT_CHECKED = "not checked"
    NOT_CHECKED_FOR_WARNINGS = "not checked for warnings"
    NOT_COMPARED = "not compared"
    NOT_LISTED = "not listed"


@dataclass(frozen=True, slots=True, order=True)
class Skipped:
    """Something that a run left out, why, and what follows from it."""

    what: str
    why: str
    consequence: Consequence = Consequence.NOT_CHECKED

    @property
    def hides(self) -> Severity | None:
        """Return the gravest finding that it could hide; what is only not listed has been found and counted."""
        match self.consequence:
            case Consequence.NOT_LISTED:
                return None
            case Consequence.NOT_CHECKED_FOR_WARNINGS:
                return "warning"
            case _:
                return "error"

    @classmethod
    def rule(cls, rule: Rule, why: str, part: str = "") -> Skipped:
        """Return the record that a rule was not checked, or not on a part of the package."""
        is_error = rule.severity == "error"
        consequence = Consequence.NOT_CHECKED if is_error else Consequence.NOT_CHECKED_FOR_WARNINGS
        return cls(f"{rule.id} of {part}" if part else rule.id, why, consequence)

    @classmethod
    def unlisted(cls, what: str, number: int) -> Skipped:
        """Return the record that so many findings are too many to list."""
        why = f"{number:,} further findings are not listed"
        return cls(f"more of {what}", why, Consequence.NOT_LISTED)


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a run: what was checked, what was left out, and every finding."""

    package: str
    version: str
    checked: dict[str, int]
    skipped: tuple[Skipped, ...] = field(default=())
    findings: tuple[Finding, ...] = field(default=())

    @property
    def counts(self) -> dict[Severity, int]:
        """Return the number of findings by severity."""
        found = Counter(finding.severity for finding in self.findings)
        return {"error": found["error"], "warning": found["warning"]}

    def passes(self, *, strict: bool = False) -> bool:
        """Tell whether the package may be released: it has no error, and nothing was left out that could hide one.

        Under `strict` warnings count too.
        """
        grave = {finding.severity for finding in self.findings} | {skipped.hides for skipped in self.skipped}
        return "error" not in grave and not (strict and "warning" in grave)
