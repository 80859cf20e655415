"""The rule that the numbers and the bound of a figure are those of its words."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from dprk_russia.checks.numerals.reading import LENGTH
from dprk_russia.checks.numerals.statements import read_statements
from dprk_russia.checks.rests import name_columns
from dprk_russia.checks.rules.kinds import SearchRule
from dprk_russia.checks.rules.rows import BOUNDED
from dprk_russia.contract.package import FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dprk_russia.checks.loaded import LoadedTables
    from dprk_russia.checks.numerals.statements import Statement
    from dprk_russia.contract.findings import Finding, Rule

# How findings call each bound; a range names both its ends.
BOUNDS = {
    "exact": "exactly",
    "about": "about",
    "at_least": "at least",
    "at_most": "at most",
    "range": "between",
    "vague": "vaguely",
}
# Bounds that a figure may have where its words name none.
UNNAMED = ("exact", "about")
# A fall of more than a number is a change of at most minus that number.
_MIRRORED = {"at_least": "at_most", "at_most": "at_least"}
# Figures by these methods have another unit than their words.
RECKONED = ("converted", "equivalent")
READ = (*BOUNDED, "bound", "assumption", "note", "as_stated")
_TOLERANCE = 1e-9


class Figure(NamedTuple):
    """A figure and what its words are read by; a fall is told without its sign, its bound as that of a growth."""

    numbers: tuple[float, ...]
    bound: str
    has_assumption: bool
    note: str
    words: str
    language: str
    unit: str


def explain(figure: Figure) -> str | None:
    """Return in which number or bound a figure departs from its words, or None if it does not or they hold no number."""
    statements = read_statements(figure.words, figure.language, figure.unit)
    stated = {end for statement in statements for end in (statement.low, statement.high)}
    has_best = stated.issuperset(figure.numbers[1:-1])
    alike = [statement for statement in statements if has_best and _has_numbers(statement, figure)]
    if not statements or any(_has_bound(statement, figure) for statement in alike):
        return None
    if alike:
        return None if _notes_bound(alike, figure) else _tell_bound(alike[0], figure)
    return None if _notes_number(stated, figure) else _tell_number(statements, figure)


def _has_numbers(statement: Statement, figure: Figure) -> bool:
    """Tell whether a figure has the numbers that its words state, or an end of a range that holds by an assumption."""
    low, high = figure.numbers[0], figure.numbers[-1]
    if _equals(statement, statement.low, low, figure) and _equals(statement, statement.high, high, figure):
        return True
    is_end = figure.has_assumption and statement.bound == "range" and low == high
    return is_end and any(_equals(statement, end, low, figure) for end in (statement.low, statement.high))


def _equals(statement: Statement, stated: float, number: float, figure: Figure) -> bool:
    if not (statement.is_share and figure.unit == "percent"):
        return math.isclose(stated, number, rel_tol=_TOLERANCE)
    # A third is 33, 33.3 or 33.33 percent.
    percent = stated * 100
    return number in {math.floor(percent), *(round(percent, digits) for digits in range(3))}


def _has_bound(statement: Statement, figure: Figure) -> bool:
    is_end = statement.bound == "range" and figure.numbers[0] == figure.numbers[-1]
    if statement.bound == "plain" or is_end:
        return figure.bound in UNNAMED
    return figure.bound == statement.bound


def _notes_bound(statements: list[Statement], figure: Figure) -> bool:
    note = figure.note.casefold()
    named = {statement.named for statement in statements if statement.named}
    return any(word in note for word in {figure.bound.replace("_", " "), *named})


def _notes_number(stated: set[float], figure: Figure) -> bool:
    """Tell whether the note of a figure names a number that it or its words have."""
    noted = {statement.low for statement in read_statements(figure.note, "en")}
    return not noted.isdisjoint(stated.union(figure.numbers))


def _tell_bound(statement: Statement, figure: Figure) -> str:
    stated, numbers = _tell_statement(statement, figure), _join(figure.numbers)
    return f"The words say {stated}, the row {BOUNDS[figure.bound]} {numbers}."


def _tell_number(statements: tuple[Statement, ...], figure: Figure) -> str:
    """Return what the words say that comes nearest to a figure."""
    number = max(figure.numbers[-1], _TOLERANCE)
    nearest = min(statements, key=lambda told: abs(math.log(max(told.high, _TOLERANCE) / number)))
    return f"The words say {_tell_statement(nearest, figure)}, the row {_join(figure.numbers)}."


def _tell_statement(statement: Statement, figure: Figure) -> str:
    factor = 100 if statement.is_share and figure.unit == "percent" else 1
    ends = _join(sorted({statement.low * factor, statement.high * factor}))
    bound = "" if statement.bound in {"plain", "range"} else f"{BOUNDS[statement.bound]} "
    words = "" if statement.text in {ends, f"{bound}{ends}"} else f" ({statement.text})"
    return f"{bound}{ends}{words}"


def _join(numbers: tuple[float, ...] | list[float]) -> str:
    return " to ".join(f"{number:,.2f}".rstrip("0").rstrip(".") for number in numbers)


def _check_words(rule: Rule, tables: LoadedTables, table: str) -> Iterator[Finding]:
    import pandas as pd

    rows = tables.frames[table][[*READ, "method"]].assign(
        language=tables.relations.look_up(table, "source_id", "language"),
        unit=tables.relations.look_up(table, "indicator_id", "unit"),
    )
    rows = rows[
        ~rows["method"].isin(RECKONED)
        & rows[list(BOUNDED)].notna().any(axis=1)
        & rows[["bound", "as_stated", "unit"]].notna().all(axis=1)
    ].drop(columns="method")
    distinct = rows[~rows.duplicated()].astype(object)
    distinct = distinct.where(distinct.notna(), None)
    explained = pd.Series([explain(_read_figure(row)) for row in distinct.itertuples()], dtype="str")
    groups = rows.groupby(list(rows), dropna=False, sort=False, observed=True).ngroup()
    said = explained.take(groups).set_axis(rows.index).dropna()
    yield from tables.find(rule, table, said.index, "{said}", "as_stated", said=said)


def _read_figure(row: Any) -> Figure:
    """Return the figure of a row of a frame."""
    numbers = [number for number in (row.value_low, row.value, row.value_high) if number is not None]
    falls = any(number < 0 for number in numbers)
    return Figure(
        numbers=tuple(sorted(map(abs, numbers))),
        bound=_MIRRORED.get(row.bound, row.bound) if falls else row.bound,
        has_assumption=row.assumption is not None,
        note=row.note or "",
        words=row.as_stated,
        language=row.language or "",
        unit=row.unit,
    )


TABLE_RULES = tuple(
    SearchRule(
        "number-not-in-words",
        (
            *name_columns(
                [table],
                (
                    *READ,
                    *(f"bound:{bound}" for bound in BOUNDS),
                    *(f"method:{method}" for method in RECKONED),
                    "source_id>sources",
                    "indicator_id>indicators",
                ),
            ),
            "sources.language",
            "indicators.unit:percent",
            f"indicators.unit:{LENGTH}",
        ),
        partial(_check_words, table=table),
    )
    for table in FIGURES
)
