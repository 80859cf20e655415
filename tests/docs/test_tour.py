"""The tour shows what its cells show today."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docs.notebook import read, run, write

TOUR = Path(__file__).parents[2] / "docs" / "tour.ipynb"


@pytest.fixture(scope="module")
def tour() -> dict[str, Any]:
    return read(TOUR)


def test_the_tour_shows_what_its_cells_give(tour: dict[str, Any]) -> None:
    for cell, renewed in zip(tour["cells"], run(tour)["cells"], strict=True):
        assert cell == renewed, "run scripts/write-docs"


def test_the_tour_is_written_as_its_writer_writes_it(tour: dict[str, Any]) -> None:
    assert TOUR.read_text(encoding="utf-8") == write(tour)


def test_no_cell_of_the_tour_shows_nothing_or_leaves_out_columns(tour: dict[str, Any]) -> None:
    cells = [cell for cell in tour["cells"] if cell["cell_type"] == "code"]
    assert len(cells) >= 10
    for cell in cells:
        assert cell["outputs"], cell["id"]
        shown = ["".join(output.get("data", {}).get("text/html", "")) for output in cell["outputs"]]
        assert not any("<td>...</td>" in text for text in shown), cell["id"]


def test_the_tour_has_a_chart(tour: dict[str, Any]) -> None:
    charts = [
        "".join(output["data"]["image/svg+xml"])
        for cell in tour["cells"]
        for output in cell.get("outputs", ())
        if "image/svg+xml" in output.get("data", {})
    ]
    assert len(charts) == 1
    assert charts[0].startswith("<svg ")


def test_a_cell_is_run_for_what_it_prints_and_for_what_it_shows_last() -> None:
    source = ["print('one')\n", "1 + 1"]
    cell = {"cell_type": "code", "source": source, "outputs": [], "execution_count": None}
    (ran,) = run({"cells": [cell]})["cells"]
    assert ran["execution_count"] == 1
    assert [output.get("text") or output["data"] for output in ran["outputs"]] == [
        ["one\n"], {"text/plain": ["2"]},
    ]  # fmt: skip
