"""What was known by a day: the rows that had been published by then, over which the same measures run.

A date counts from the last day that it allows, so that nothing is shown as known before it surely was. An evidence row is
known from the day of `carrier_days`, a claim with the first of its evidence, and a row that names claims with the last of
these. Claims of which no carrier has a date have no known day. Actors, places, topics, sources and indicators are names, and
always known. The compilers' judgements and words are those of this version.
"""

from __future__ import annotations

from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING

from dprk_russia.contract.errors import InvalidDateError
from dprk_russia.record.run import Record
from dprk_russia.tabular.cells import parse_date
from dprk_russia.tabular.frames import Tables, parse_days

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    import pandas as pd


def rewind(record: Record, day: date) -> Record:
    """Return the record of what was known by the end of a day."""
    return Record(KnownTables(record, day), record.package)


def read_day(text: str) -> date:
    """Return the last day that a date allows: a year, a month or a day.

    Raises
    ------
    InvalidDateError
        If it is none.
    """
    days = parse_date(text)
    if days is None:
        raise InvalidDateError(
            f"{text} is no date; give a year, month or day, as 2025, 2025-01 or 2025-01-31."
        )
    return days[1]


class KnownTables(Tables):
    """The tables of a record with the rows that were known by the end of a day."""

    def __init__(self, record: Record, day: date) -> None:
        self._record = record
        self._day = day

    def __getitem__(self, name: str) -> pd.DataFrame:
        import numpy as np

        frame = self._record.tables[name]
        if not self._list_claim_columns(name):
            return frame
        return frame[np.array(self._select(name), dtype=bool)].reset_index(drop=True)

    def __iter__(self) -> Iterator[str]:
        return iter(self._record.tables)

    def __len__(self) -> int:
        return len(self._record.tables)

    def count_rows(self, name: str) -> int:
        """Return the number of rows of a table."""
        return (
            sum(self._select(name))
            if self._list_claim_columns(name)
            else self._record.tables.count_rows(name)
        )

    def read_cells(self, name: str, columns: Collection[str]) -> dict[str, list[object]]:
        """Return columns of a table as lists of plain cells."""
        cells = self._record.tables.read_cells(name, columns)
        if not self._list_claim_columns(name):
            return cells
        known = self._select(name)
        return {column: list(compress(values, known)) for column, values in cells.items()}

    def _list_claim_columns(self, name: str) -> list[str]:
        """Return the columns of a table that hold the ids of claims."""
        if name == "claims":
            return ["claim_id"]
        return [
            column
            for column, key in self._record.package.table(name).references.items()
            if key.table == "claims"
        ]

    def _select(self, name: str) -> list[bool]:
        """Tell of each row of a table that names claims whether it was known."""
        if name == "evidence":
            keys = self._record.tables.read_cells(name, ["claim_id", "source_id"])
            pairs = zip(keys["claim_id"], keys["source_id"], strict=True)
            return [pair in self._carriers for pair in pairs]
        columns = self._list_claim_columns(name)
        cells = self._record.tables.read_cells(name, columns)
        return [
            self._claims.issuperset(ids) for ids in zip(*(cells[column] for column in columns), strict=True)
        ]

    @cached_property
    def _claims(self) -> set[object]:
        """The claims that were known."""
        return {claim_id for claim_id, _ in self._carriers}

    @cached_property
    def _carriers(self) -> set[tuple[object, object]]:
        """The claims and sources of the evidence that was known."""
        days = self._record.frame("carrier_days")
        known = days[days["known_on"] <= parse_days([self._day])[0]]
        return {*zip(known["claim_id"], known["source_id"], strict=True)}
