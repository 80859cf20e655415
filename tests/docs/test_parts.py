"""The page on parts says what every scope and assumption of a figure means, and nothing else."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

import dprk_russia
from dprk_russia.contract.package import FIGURES

ROWS = list(
    csv.DictReader(
        (Path(__file__).parents[2] / "docs" / "parts.csv").read_text(encoding="utf-8").splitlines()
    )
)


def test_every_scope_and_assumption_of_a_figure_is_explained_once() -> None:
    figures = pd.concat([dprk_russia.load(table) for table in FIGURES])
    for role in ("scope", "assumption"):
        explained = [row["part"] for row in ROWS if row["role"] == role]
        assert sorted(figures[role].dropna().unique()) == explained


def test_a_part_has_a_name_of_its_own_a_sentence_and_a_known_whole() -> None:
    parts = {row["part"] for row in ROWS}
    assert len({row["name"] for row in ROWS}) == len(ROWS)
    assert {row["part"] for row in ROWS if not row["definition"].endswith(".")} == set()
    assert {row["part_of"] for row in ROWS} <= {"", *parts}
