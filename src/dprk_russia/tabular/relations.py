"""Rows joined by their numbers: which row of another table each reference means.

Ids are compared once for each foreign key; whatever is derived from references afterwards works on whole numbers.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dprk_russia.tabular.texts import as_arrow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Executor

    import numpy as np
    import pandas as pd

    from dprk_russia.contract.package import Package

    Frames = Mapping[str, pd.DataFrame]
    RowNumbers = np.ndarray[tuple[int], np.dtype[np.int64]]
    Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]


class Relations:
    """The foreign keys between typed tables, each as an array of row numbers.

    `frames` holds the tables by name, each primary key once; `package` says which column refers to which table. Rows
    are numbered from 0; -1 stands for a cell that is empty or refers to no row.
    """

    def __init__(self, frames: Frames, package: Package) -> None:
        self.frames = frames
        self._targets = {
            (table.name, key.column): (key.table, key.reference)
            for table in package.tables
            for key in table.foreign_keys
        }
        self._row_numbers: dict[tuple[str, str], RowNumbers] = {}

    def row_numbers(self, table: str, column: str) -> RowNumbers:
        """Return for each row of a table the number of the row that its cell in `column` refers to.

        Raises
        ------
        KeyError
            If the column is no foreign key, or the table it refers to is missing.
        """
        if (table, column) not in self._row_numbers:
            self._resolve(*self._targets[table, column])
        return self._row_numbers[table, column]

    def resolve(self, workers: Executor) -> None:
        """Find all row numbers at once, those of the largest table first."""
        targets = {target for target in self._targets.values() if target[0] in self.frames}
        by_size = sorted(targets, key=lambda target: (-len(self.frames[target[0]]), target))
        list(workers.map(lambda target: self._resolve(*target), by_size))

    def _resolve(self, target: str, reference: str) -> None:
        """Find the row numbers for every column that refers to a table, so that its ids are taken in once."""
        keys = [
            key
            for key, wanted in self._targets.items()
            if wanted == (target, reference) and key[0] in self.frames
        ]
        columns = [self.frames[table][column] for table, column in keys]
        found = find_row_numbers(columns, self.frames[target][reference])
        self._row_numbers.update(zip(keys, found, strict=True))

    def look_up(self, table: str, column: str, wanted: str) -> pd.Series:
        """Return for each row of a table what stands in the column `wanted` of the row it refers to."""
        target, _ = self._targets[table, column]
        return take(self.frames[target][wanted], self.row_numbers(table, column), self.frames[table].index)

    def is_referred(self, table: str, by: str, column: str) -> Mask:
        """Tell for each row of a table whether a row of the table `by` refers to it in `column`."""
        return mark(self.row_numbers(by, column), len(self.frames[table]))


def find_row_numbers(columns: Sequence[pd.Series], ids: pd.Series) -> list[RowNumbers]:
    """Return for each cell of each column the row number of the first equal id, or -1; a missing cell has no equal."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    known = as_arrow(ids).combine_chunks()
    # Joined, so that the ids are taken in once.
    cells = pa.chunked_array([chunk for column in columns for chunk in as_arrow(column).chunks], known.type)
    found = pc.fill_null(pc.index_in(cells, value_set=known, skip_nulls=True), -1).to_numpy().astype("int64")
    return [found[start:end] for start, end in pairwise(np.cumsum([0, *map(len, columns)]))]


def is_among(cells: pd.Series, ids: pd.Series) -> Mask:
    """Tell which cells are one of some ids; a missing one is none."""
    (numbers,) = find_row_numbers([cells], ids)
    return numbers >= 0


def find_pairs(child: tuple[RowNumbers, RowNumbers], parent: tuple[RowNumbers, RowNumbers]) -> RowNumbers:
    """Return for each pair of row numbers the index of the first equal pair in `parent`, or -1.

    A pair with a -1 has no equal.
    """
    import numpy as np

    width = max(int(side[1].max(initial=0)) for side in (child, parent)) + 1
    known = np.where((parent[0] >= 0) & (parent[1] >= 0), parent[0] * width + parent[1], -1)
    order = None if (known[1:] >= known[:-1]).all() else np.argsort(known, kind="stable")
    known = known if order is None else known[order]
    rows = np.flatnonzero((child[0] >= 0) & (child[1] >= 0))
    wanted = child[0][rows] * width + child[1][rows]
    places = np.searchsorted(known, wanted)
    equal = places < len(known)
    equal[equal] = known[places[equal]] == wanted[equal]
    found = np.full(len(child[0]), -1)
    found[rows[equal]] = places[equal] if order is None else order[places[equal]]
    return found


def take(values: pd.Series, numbers: RowNumbers, index: pd.Index) -> pd.Series:
    """Return the values of some rows, missing where the row number is -1."""
    import pandas as pd

    return pd.Series(values.array.take(numbers, allow_fill=True), index=index)


def through(first: RowNumbers, second: RowNumbers) -> RowNumbers:
    """Return for each row the row that the one it refers to refers to, or -1."""
    import numpy as np

    return np.append(second, -1)[first]


def mark(numbers: RowNumbers, size: int) -> Mask:
    """Tell for each of `size` rows whether its number is among those given."""
    import numpy as np

    marked = np.zeros(size, dtype=bool)
    marked[numbers[numbers >= 0]] = True
    return marked


def follow(parents: RowNumbers) -> RowNumbers:
    """Return for each row the end of its chain of parents, or -1 where the chain is a cycle or breaks.

    A parent of -1 marks an end.
    """
    import numpy as np

    ends = np.where(parents < 0, np.arange(len(parents)), parents)
    for _ in range(max(len(parents), 1).bit_length()):
        further = ends[ends]
        if np.array_equal(further, ends):
            break
        ends = further
    return np.where(parents[ends] < 0, ends, -1) if len(parents) else ends


def find_cycles(parents: RowNumbers) -> list[list[int]]:
    """Return the cycles in chains of parents, each as its row numbers, lowest first."""
    import numpy as np

    cycles: list[list[int]] = []
    seen: set[int] = set()
    for start in np.flatnonzero(follow(parents) < 0).tolist():
        path: dict[int, int] = {}
        here = start
        while here >= 0 and here not in path and here not in seen:
            path[here] = len(path)
            here = int(parents[here])
        if here in path:
            cycles.append(sorted(list(path)[path[here] :]))
        seen.update(path)
    return cycles
