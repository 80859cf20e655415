"""What rows are about, in a few words: the ids by which changes name them say too little."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dprk_russia.contract.package import FIGURES
from dprk_russia.contract.schema import shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import pandas as pd

    from dprk_russia.versions.changes import Change, Comparison

    Cells = Mapping[str, str]

NUMBERS = ("value_low", "value", "value_high")


def label_rows(comparison: Comparison, changes: Sequence[Change]) -> list[str]:
    """Return what the rows of some changes are about; all of them are of one table.

    A figure is told by its indicator, number and claim, evidence by the title and the publisher of its source, and any
    other row by its first filled cell after the key. A row of which cells changed is told as it is now.
    """
    if not changes:
        return []
    name = changes[0].table
    key = comparison.table(name).primary_key
    now = _select(comparison.after, name, key, {change.row_id for change in changes if change.column})
    rows = [_read_cells(change) or now.get(change.row_id, {}) for change in changes]
    if name in FIGURES:
        return [shorten(_label_figure(cells)) for cells in rows]
    if name == "evidence":
        return [shorten(label) for label in _label_evidence(comparison, rows)]
    return [
        shorten(next((c for column, c in cells.items() if c and column not in key), "")) for cells in rows
    ]


def _read_cells(change: Change) -> Cells:
    """Return the filled cells of a row that was added or removed."""
    cells: Cells = {} if change.column else json.loads(change.new or change.old or "{}")
    return cells


def _label_figure(cells: Cells) -> str:
    numbers = " to ".join(cells[column] for column in NUMBERS if cells.get(column))
    words = f"{cells.get('bound', '').replace('_', ' ')} {numbers} {cells.get('currency', '')}".strip()
    shown = words if numbers else f"“{cells.get('as_stated', '')}”"
    return ", ".join(filter(None, (cells.get("indicator_id"), shown, cells.get("claim_id"))))


def _label_evidence(comparison: Comparison, rows: Sequence[Cells]) -> list[str]:
    sources = _find(comparison, "sources", {cells.get("source_id", "") for cells in rows})
    actors = _find(comparison, "actors", {source.get("publisher_id", "") for source in sources.values()})
    labels = []
    for cells in rows:
        source = sources.get(cells.get("source_id", ""), {})
        publisher = actors.get(source.get("publisher_id", ""), {})
        labels.append(", ".join(filter(None, (source.get("title"), publisher.get("name")))))
    return labels


def _find(comparison: Comparison, name: str, ids: Collection[str]) -> dict[str, Cells]:
    """Return rows of a table by id, as they are now, or were before they were removed."""
    sides = (comparison.before, comparison.after)
    found = [_select(side, name, comparison.table(name).primary_key, ids) for side in sides if name in side]
    return {row_id: cells for side in found for row_id, cells in side.items()}


def _select(
    tables: Mapping[str, pd.DataFrame], name: str, key: Sequence[str], ids: Collection[str]
) -> dict[str, Cells]:
    """Return rows of a table by id; an id joins the cells of the key, as `join_key` does."""
    if not ids or not set(key) <= set(tables[name].columns):
        return {}
    frame = tables[name]
    joined = frame[key[0]].str.cat(frame[list(key[1:])], sep="/")
    chosen = joined.isin(list(ids))
    rows = frame[chosen].to_numpy(dtype=object).tolist()
    cells = (dict(zip(frame.columns, row, strict=True)) for row in rows)
    return dict(zip(joined[chosen], cells, strict=True))
