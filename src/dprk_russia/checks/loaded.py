"""The tables of one package while it is validated: typed rows, known ids, and what is not known."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from dprk_russia.contract.findings import MAX_ALIKE
from dprk_russia.contract.schema import join_key
from dprk_russia.record.run import Record
from dprk_russia.tabular.frames import Frames
from dprk_russia.tabular.relations import Relations, find_pairs, follow, through

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from dprk_russia.contract.findings import Finding, Rule
    from dprk_russia.contract.package import Package
    from dprk_russia.tabular.relations import Mask, Positions


@dataclass
class LoadedTables:
    """Typed tables with the cells that are wrong left empty; `rows` has every row that could be taken apart.

    `unique` tells which rows of a table do not repeat the key of an earlier one. `strays` holds the ids, as written, of
    rows that could not be taken apart or whose id is wrong, so that one bad cell never makes a false dangling
    reference. `unknown` counts, by TABLE.COLUMN, the rows whose reference is not known; absence is only claimed
    where more is absent than is unknown. `skipped` says what could not be checked, and why.
    """

    package: Package
    rows: Mapping[str, pd.DataFrame]
    unique: Mapping[str, Mask]
    strays: Mapping[str, frozenset[str]]
    unknown: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)

    @cached_property
    def frames(self) -> Mapping[str, pd.DataFrame]:
        """The rows by table, each primary key once, so that a repeated id cannot multiply what refers to it."""
        return {
            name: rows if self.unique[name].all() else rows[self.unique[name]]
            for name, rows in self.rows.items()
        }

    @cached_property
    def relations(self) -> Relations:
        """Which row each reference means."""
        return Relations(self.frames, self.package)

    @cached_property
    def record(self) -> Record:
        """What the rows imply, where the tables it takes could be read."""
        return Record(Frames(self.frames), self.package)

    @cached_property
    def roots(self) -> Positions:
        """The position of the head of each actor's family; -1 in a cycle."""
        return follow(self.relations.positions("actors", "parent_id"))

    @cached_property
    def speaker_roots(self) -> Positions:
        """The position of the head of the family of each claim's speaker, or -1."""
        return through(self.relations.positions("claims", "asserted_by"), self.roots)

    @cached_property
    def relays(self) -> Positions:
        """The position of the evidence row that each row of evidence relays, or -1 at an end."""
        claims = self.relations.positions("evidence", "claim_id")
        return find_pairs(
            (claims, self.relations.positions("evidence", "relays_id")),
            (claims, self.relations.positions("evidence", "source_id")),
        )

    @cached_property
    def links(self) -> pd.DataFrame:
        """The links with claim, head of its speaker's family, and date of both ends, the second end's with `_other`.

        Claims and heads are positions.
        """
        links = self.frames["claim_links"].copy()
        for column, suffix in (("claim_id", ""), ("other_id", "_other")):
            positions = self.relations.positions("claim_links", column)
            links[f"claim{suffix}"] = positions
            links[f"root{suffix}"] = through(positions, self.speaker_roots)
            for name in ("asserted_from", "asserted_to"):
                links[f"{name}{suffix}"] = self.relations.look_up("claim_links", column, name)
        return links

    def has(self, *tables: str) -> bool:
        """Tell whether all these tables could be read."""
        return all(table in self.rows for table in tables)

    def note_unknown(self, table: str, column: str, rows: int) -> None:
        """Count rows of a table whose value in a column is not known."""
        if rows:
            place = f"{table}.{column}"
            self.unknown[place] = self.unknown.get(place, 0) + rows

    def is_absence(self, rule: Rule, rows: int, columns: Iterable[str]) -> bool:
        """Tell whether `rows` rows surely lack something that some columns, each a TABLE.COLUMN, would supply."""
        unknown = sum(self.unknown.get(column, 0) for column in columns)
        if 0 < rows <= unknown:
            self.skipped[rule.id] = (
                f"{rows} rows may break this rule; {unknown} references that would decide it are not known"
            )
        return rows > unknown

    def find(
        self, rule: Rule, table: str, lines: Iterable[int], message: str, column: str | None = None
    ) -> list[Finding]:
        """Return a finding for each line; {names} in the message are filled from the row's cells.

        {id} is the value of the primary key, {created} the day of the package.
        """
        import pandas as pd

        found = list(lines)
        if not found:
            return []
        if len(found) > MAX_ALIKE:
            self.skipped[f"more of {table}, {rule.id}"] = (
                f"{len(found) - MAX_ALIKE:,} further findings are not listed"
            )
            del found[MAX_ALIKE:]
        rows = self.rows[table].loc[found]
        contract = self.package.table(table)
        known = {"id": rows[contract.primary_key[0]], "created": self.package.created}
        cells = rows.assign(**known).astype(object).to_dict("records")
        return [
            rule.found(
                message.format_map(row),
                path=contract.path,
                table=table,
                line=int(str(line)),
                column=column,
                row_id=join_key(row[key] for key in contract.primary_key),
                value=None if column is None or pd.isna(row[column]) else str(row[column]),
            )
            for line, row in zip(rows.index, cells, strict=True)
        ]
