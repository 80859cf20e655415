"""The rule that a figure has the numbers and the bound that its words state."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from dprk_russia.checks.numerals.reading import LENGTH
from dprk_russia.checks.numerals.statements import PLAIN, read_statements
from dprk_russia.checks.rests import name_columns
from dprk_russia.checks.rules.kinds import SearchRule
from dprk_russia.checks.rules.rows import BOUNDED, fits_bound, is_ordered
from dprk_russia.contract.package import FIGURES
from dprk_russia.tabular.frames import number_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from dprk_russia.checks.loaded import LoadedTables
    from dprk_russia.checks.numerals.statements import Statement
    from dprk_russia.contract.findings import Finding, Rule

# How findings call each bound.
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
# A fall of at least a number is a change of at most minus that number.
MIRRORED = {"at_least": "at_most", "at_most": "at_least"}
# Figures by these methods have another unit than their words.
RECKONED = ("converted", "equivalent")
PERCENT = "percent"
READ = (*BOUNDED, "bound", "as_stated", "method", "assumption", "note")
_TOLERANCE = 1e-12


class Figure(NamedTuple):
    """A figure and what its words are read by. A fall is told without its sign, with the bound of that number."""

    numbers: tuple[float, ...]
    bound: str
    has_assumption: bool
    words: str
    language: str
    unit: str


class Departure(NamedTuple):
    """In what a figure departs from its words, and the numbers and words by which its note would explain that."""

    said: str
    numbers: frozenset[float]
    words: frozenset[str]


def read_figure(
    low: float,
    value: float,
    high: float,
    bound: str,
    words: str,
    language: str,
    unit: str,
    has_assumption: bool,  # noqa: FBT001
) -> Figure:
    """Return a figure from the cells of a row, in which an empty number is infinite."""
    given = [number for number in (low, value, high) if math.isfinite(number)]
    if any(number < 0 for number in given):
        bound = MIRRORED.get(bound, bound)
    return Figure(tuple(sorted(map(abs, given))), bound, has_assumption, words, language, unit)


def find_departure(figure: Figure) -> Departure | None:
    """Return in which number or bound a figure departs from its words, or None if in none or they state no number."""
    statements = read_statements(figure.words, figure.language, figure.unit)
    stated = {end for statement in statements for end in (statement.low, statement.high)}
    has_best = stated.issuperset(figure.numbers[1:-1])
    alike = [statement for statement in statements if has_best and _has_numbers(statement, figure)]
    if not statements or any(_has_bound(statement, figure) for statement in alike):
        return None
    if alike:
        named = {statement.named for statement in alike if statement.named}
        words = frozenset({figure.bound.replace("_", " "), *named})
        return Departure(_tell(alike[0], figure, BOUNDS[figure.bound]), frozenset(), words)
    nearest = min(statements, key=partial(_measure_distance, figure))
    return Departure(_tell(nearest, figure), frozenset(stated.union(figure.numbers)), frozenset())


def is_noted(departure: Departure, note: str) -> bool:
    """Tell whether a note, in English, names one of the numbers, or of the bounds, that differ."""
    text = note.casefold()
    numbers = {statement.low for statement in read_statements(note, "en")}
    return not departure.numbers.isdisjoint(numbers) or any(word in text for word in departure.words)


def names_bound(words: str, language: str) -> bool:
    """Tell whether the words of a figure name the bound of a number, or a range."""
    return any(statement.bound != PLAIN for statement in read_statements(words, language))


def _has_numbers(statement: Statement, figure: Figure) -> bool:
    """Tell whether a figure has the numbers of a statement, or the one end of a range that holds by an assumption."""
    ends, numbers = (statement.low, statement.high), (figure.numbers[0], figure.numbers[-1])
    if all(_equals(statement, *pair, figure.unit) for pair in zip(ends, numbers, strict=True)):
        return True
    is_end = figure.has_assumption and statement.bound == "range" and len(figure.numbers) == 1
    return is_end and any(_equals(statement, end, numbers[0], figure.unit) for end in ends)


def _equals(statement: Statement, stated: float, number: float, unit: str) -> bool:
    if not (statement.is_share and unit == PERCENT):
        return math.isclose(stated, number, rel_tol=_TOLERANCE)
    # A third is 33, 33.3 or 33.33 percent.
    percent = stated * 100
    return number in {math.floor(percent), *(round(percent, digits) for digits in range(3))}


def _has_bound(statement: Statement, figure: Figure) -> bool:
    is_end = statement.bound == "range" and len(figure.numbers) == 1
    if statement.bound == PLAIN or is_end:
        return figure.bound in UNNAMED
    return figure.bound == statement.bound


def _measure_distance(figure: Figure, statement: Statement) -> float:
    """Return how far, in orders of magnitude, a statement is from a figure."""
    stated, number = (max(value, _TOLERANCE) for value in (statement.high, figure.numbers[-1]))
    return abs(math.log10(stated / number))


def _tell(statement: Statement, figure: Figure, bound: str = "") -> str:
    stated = _tell_statement(statement, figure.unit)
    return f"The words say {stated}, the row {f'{bound} {_join(figure.numbers)}'.strip()}."


def _tell_statement(statement: Statement, unit: str) -> str:
    factor = 100 if statement.is_share and unit == PERCENT else 1
    ends = _join(dict.fromkeys((statement.low * factor, statement.high * factor)))
    told = ends if statement.bound in {PLAIN, "range"} else f"{BOUNDS[statement.bound]} {ends}"
    return told if statement.text in {told, ends} else f"{told} ({statement.text})"


def _join(numbers: Iterable[float]) -> str:
    return " to ".join(f"{number:,.2f}".rstrip("0").rstrip(".") for number in numbers)


def _check_words(rule: Rule, tables: LoadedTables, table: str) -> Iterator[Finding]:
    import pandas as pd

    rows = _list_figures(tables, table)
    numbers = number_rows(rows, tuple(rows.columns))
    distinct = rows[~pd.Series(numbers, index=rows.index).duplicated()]
    departures = [find_departure(read_figure(*row)) for row in distinct.itertuples(index=False)]
    found = pd.Series(departures, dtype="object").take(numbers).set_axis(rows.index).dropna()
    notes = tables.frames[table]["note"].loc[found.index].fillna("")
    explained = [is_noted(*pair) for pair in zip(found, notes, strict=True)]
    said = found[[not is_explained for is_explained in explained]].map(lambda departure: departure.said)
    yield from tables.find(rule, table, said.index, "{said}", "as_stated", said=said)


def _list_figures(tables: LoadedTables, table: str) -> pd.DataFrame:
    """Return the sound figures that have numbers in the unit of their words; an empty number is infinite."""
    figures = tables.frames[table]
    units = tables.relations.look_up(table, "indicator_id", "unit")
    is_told = figures[["bound", "as_stated"]].notna().all(axis=1) & units.notna()
    has_numbers = figures[list(BOUNDED)].notna().any(axis=1) & ~figures["method"].isin(RECKONED)
    rows = figures[[*BOUNDED, "bound", "as_stated"]].assign(
        language=tables.relations.look_up(table, "source_id", "language").fillna(""),
        unit=units,
        has_assumption=figures["assumption"].notna(),
    )
    rows = rows[is_told & has_numbers & is_ordered(figures) & fits_bound(figures)]
    return rows.assign(**{name: rows[name].astype("float64").fillna(math.inf) for name in BOUNDED})


def _declare(table: str) -> SearchRule[LoadedTables]:
    """Return the rule on a table of figures."""
    codes = (*(f"bound:{code}" for code in BOUNDS), *(f"method:{code}" for code in RECKONED))
    references = ("source_id>sources", "indicator_id>indicators")
    units = (f"indicators.unit:{PERCENT}", f"indicators.unit:{LENGTH}")
    return SearchRule(
        "number-not-in-words",
        (*name_columns([table], (*READ, *codes, *references)), "sources.language", *units),
        partial(_check_words, table=table),
    )


TABLE_RULES = tuple(map(_declare, FIGURES))
