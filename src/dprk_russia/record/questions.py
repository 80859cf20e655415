"""The questions that most readers come with, and which estimates answer each; they stand in `questions.csv`.

An answer is the current estimates of some indicators: what was superseded, withdrawn or misreported is no answer. They are of
the whole that the indicator defines, on no assumption, unless a question is answered by `parts` alone.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FRAME = "estimates"
# Amounts of one currency stand together, each after what was known before it.
ORDER = ("currency", "as_of", "figure_id")
# What is empty where a figure is of the whole, on no assumption.
_WHOLE = ("scope", "assumption")


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `name` is a short one for addresses."""

    name: str
    text: str
    indicators: tuple[str, ...]
    parts: bool

    @property
    def empty(self) -> tuple[str, ...]:
        """Return the columns that are empty in each estimate that answers it."""
        return () if self.parts else _WHOLE

    @property
    def condition(self) -> str:
        """Return the condition in SQL that holds for each estimate that answers it."""
        codes = [f"'{indicator}'" for indicator in self.indicators]
        measured = f"= {codes[0]}" if len(codes) == 1 else f"IN ({', '.join(codes)})"
        tests = ["is_current", f"indicator_id {measured}", *(f"{column} IS NULL" for column in self.empty)]
        return " AND ".join(tests)


@cache
def read_questions() -> tuple[Question, ...]:
    """Return every question."""
    with Path(__file__).with_name("questions.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Question(row["name"], row["text"], tuple(row["indicators"].split(";")), row["parts"] == "yes")
            for row in csv.DictReader(file)
        )
