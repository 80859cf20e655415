"""The rows of an edition as plain cells, and where to find those that belong together."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dprk_russia.release.edition import Edition
from dprk_russia.tabular.frames import list_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from dprk_russia.contract.package import Package
    from dprk_russia.record.run import Record

    Row = Mapping[str, Any]

# The column that holds the id of a row, by table.
KEYS = {
    "actors": "actor_id",
    "claims": "claim_id",
    "indicators": "indicator_id",
    "parts": "part_id",
    "places": "place_id",
    "sources": "source_id",
    "topics": "topic_id",
}


def open_library(record: Record) -> Library:
    """Return the library of a record, whose frames are made when they are first asked for."""
    return Library(Edition(record.package, record.tables, {}, record))


class Library:
    """The tables, derived frames and measures of an edition, as rows of plain cells: days are ISO text, missing is none."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._rows: dict[str, tuple[Row, ...]] = {}
        self._groups: dict[tuple[str, str], Mapping[str, list[Row]]] = {}
        self._by_id: dict[str, Mapping[str, Row]] = {}

    def __repr__(self) -> str:
        return f"<Library of {self.edition!r}>"

    @property
    def package(self) -> Package:
        """Return the package of the edition."""
        return self.edition.package

    def rows(self, name: str) -> tuple[Row, ...]:
        """Return the rows of a table, derived frame or step."""
        if name not in self._rows:
            self._rows[name] = tuple(list_rows(self._find_frame(name)))
        return self._rows[name]

    def _find_frame(self, name: str) -> pd.DataFrame:
        for frames in (self.edition.frames, self.edition.views):
            if name in frames:
                return frames[name]
        return self.edition.record.frame(name)

    def row(self, table: str, row_id: str) -> Row:
        """Return the row of a table with an id; raise KeyError if there is none."""
        return self.index(table)[row_id]

    def index(self, table: str) -> Mapping[str, Row]:
        """Return the rows of a table by id."""
        if table not in self._by_id:
            self._by_id[table] = {row[KEYS[table]]: row for row in self.rows(table)}
        return self._by_id[table]

    def is_known(self, kind: str, row_id: str) -> bool:
        """Tell whether rows that were known by a day have a claim, figure or source; what has a name was always known."""
        match kind:
            case "claim":
                return row_id in self.index("claims")
            case "figure":
                return row_id in self.figures
            case "source":
                return row_id in self.group("evidence", "source_id")
            case _:
                return True

    def group(self, name: str, column: str) -> Mapping[str, list[Row]]:
        """Return the rows of a table, derived frame or step by the value of a column; none where it is missing."""
        if (name, column) not in self._groups:
            groups: defaultdict[str, list[Row]] = defaultdict(list)
            for row in self.rows(name):
                if row[column] is not None:
                    groups[row[column]].append(row)
            self._groups[name, column] = dict(groups)
        return self._groups[name, column]

    @cached_property
    def assessments(self) -> Mapping[str, Row]:
        """The row of `assessments` of each claim."""
        return {row["claim_id"]: row for row in self.rows("assessments")}

    @cached_property
    def assertions(self) -> Mapping[str, Row]:
        """The row of `assertions` of each claim."""
        return {row["claim_id"]: row for row in self.rows("assertions")}

    @cached_property
    def figures(self) -> Mapping[str, Row]:
        """The row of `stated_figures` of each figure."""
        return {row["figure_id"]: row for row in self.rows("stated_figures")}

    @cached_property
    def listed(self) -> frozenset[str]:
        """The figures that stand on the page of an indicator: all but those of claims that misreport another."""
        return frozenset(row["figure_id"] for row in self.rows("estimates"))

    @cached_property
    def sides(self) -> Mapping[str, str]:
        """The side of each actor."""
        return {row["actor_id"]: row["side"] for row in self.rows("sides")}

    @cached_property
    def roots(self) -> Mapping[str, str]:
        """The head of the family of each actor."""
        return {row["actor_id"]: row["root_id"] for row in self.rows("families")}

    @cached_property
    def short_names(self) -> Mapping[str, str]:
        """A name of each actor that is short where the record has one."""
        return {row["actor_id"]: row.get("short_name") or row["name"] for row in self.rows("actors")}

    @cached_property
    def labels(self) -> Mapping[tuple[str, str], Mapping[str, str]]:
        """What each code of a column means, by table and column."""
        return {
            (table.name, field.name): {str(code.value): code.label for code in field.categories}
            for table in self.package.tables
            for field in table.fields
            if field.categories
        }

    def name_side(self, side: str) -> str:
        """Return what a side is called: by the name of its actor where it is one."""
        actor = self.index("actors").get(side)
        return str(actor["name"]) if actor else side.capitalize()
