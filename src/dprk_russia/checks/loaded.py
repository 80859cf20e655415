"""The tables of one package while it is validated: typed rows, known ids, and what is not known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from dprk_russia.checks.inspection import find_places
from dprk_russia.contract.findings import MAX_ALIKE
from dprk_russia.record.run import Record
from dprk_russia.tabular.frames import Frames
from dprk_russia.tabular.relations import Relations, find_pairs, follow, through

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from dprk_russia.checks.inspection import Inspection
    from dprk_russia.contract.findings import Finding, Rule
    from dprk_russia.contract.package import Package
    from dprk_russia.tabular.relations import RowNumbers


@dataclass
class LoadedTables:
    """Typed tables with the cells that are wrong left empty.

    `unknown` counts, by TABLE.COLUMN, the rows whose reference is not known; absence is only claimed where more is absent
    than is unknown. `skipped` says what could not be checked, and why.
    """

    package: Package
    inspected: Mapping[str, Inspection]
    unknown: Counter[str] = field(default_factory=Counter)
    skipped: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, inspection in self.inspected.items():
            self.unknown.update(f"{name}.{column}" for _, column in inspection.wrong)
            for column in inspection.table.columns:
                absent = len(inspection.frame) if column in inspection.absent else 0
                self.unknown[f"{name}.{column}"] += absent + inspection.spoiled

    @cached_property
    def rows(self) -> Mapping[str, pd.DataFrame]:
        """All rows that are well-formed, by table, where the key columns are there."""
        return {name: table.frame for name, table in self.inspected.items() if table.has_keys}

    @cached_property
    def frames(self) -> Mapping[str, pd.DataFrame]:
        """The rows by table, each primary key once, so that a repeated id cannot multiply what refers to it."""
        unique = {name: self.inspected[name].unique for name in self.rows}
        return {name: rows if unique[name].all() else rows[unique[name]] for name, rows in self.rows.items()}

    @cached_property
    def relations(self) -> Relations:
        """Which row each reference means."""
        return Relations(self.frames, self.package)

    @cached_property
    def record(self) -> Record:
        """What the rows imply, where the tables it takes could be read."""
        return Record(Frames(self.frames), self.package)

    @cached_property
    def roots(self) -> RowNumbers:
        """The row number of the head of each actor's family; -1 in a cycle."""
        return follow(self.relations.row_numbers("actors", "parent_id"))

    @cached_property
    def speaker_roots(self) -> RowNumbers:
        """The row number of the head of the family of each claim's speaker, or -1."""
        return through(self.relations.row_numbers("claims", "asserted_by"), self.roots)

    @cached_property
    def publisher_roots(self) -> RowNumbers:
        """The row number of the head of the family of each row of evidence's publisher, or -1."""
        publishers = through(self.relations.row_numbers("sources", "publisher_id"), self.roots)
        return through(self.relations.row_numbers("evidence", "source_id"), publishers)

    @cached_property
    def relays(self) -> RowNumbers:
        """The number of the row of evidence that each row of evidence relays, or -1 at an end."""
        claims = self.relations.row_numbers("evidence", "claim_id")
        return find_pairs(
            (claims, self.relations.row_numbers("evidence", "relays_id")),
            (claims, self.relations.row_numbers("evidence", "source_id")),
        )

    @cached_property
    def links(self) -> pd.DataFrame:
        """The links with claim, head of its speaker's family, and date of both ends, the second end's with `_other`.

        Claims and heads are row numbers. `repeated` tells which say again what the link of an earlier row says.
        """
        links = self.frames["claim_links"].copy()
        for column, suffix in (("claim_id", ""), ("other_id", "_other")):
            claims = self.relations.row_numbers("claim_links", column)
            links[f"claim{suffix}"] = claims
            links[f"root{suffix}"] = through(claims, self.speaker_roots)
            for name in ("asserted_from", "asserted_to"):
                links[f"{name}{suffix}"] = self.relations.look_up("claim_links", column, name)
        return links.assign(repeated=_is_repeated(links))

    def has(self, *tables: str) -> bool:
        """Tell whether all these tables could be read."""
        return self.rows.keys() >= set(tables)

    def is_absence(self, rule: Rule, rows: int, columns: Iterable[str]) -> bool:
        """Tell whether `rows` rows surely lack something that some columns, each a TABLE.COLUMN, would supply."""
        unknown = sum(self.unknown[column] for column in columns)
        if 0 < rows <= unknown:
            self.skipped[rule.id] = (
                f"{rows} rows may break this rule; {unknown} references that would decide it are not known"
            )
        return rows > unknown

    def find(
        self,
        rule: Rule,
        table: str,
        lines: Iterable[int],
        message: str,
        column: str,
        **told: pd.Series,
    ) -> list[Finding]:
        """Return a finding for each line; {names} in the message are filled from the row's cells.

        {id} is the value of the primary key, {created} the day of the package, and the names of `told` what these series
        hold by line.
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
        known = {"id": rows[contract.primary_key[0]], "created": self.package.created, **told}
        cells = rows.assign(**known).astype(object).to_dict("records")
        return [
            rule.found(
                message.format_map(row),
                **place,
                value=None if pd.isna(row[column]) else str(row[column]),
            )
            for place, row in zip(find_places(contract, rows, column), cells, strict=True)
        ]


def _is_repeated(links: pd.DataFrame) -> pd.Series:
    """Tell which links repeat an earlier row's link the other way round, or with the opposite relation."""
    relation = links["relation"].astype("str").replace("contradicts", "corroborates")
    ends = links[["claim", "claim_other"]]
    pairs = relation.to_frame("relation").assign(low=ends.min(axis=1), high=ends.max(axis=1))
    known = relation.notna() & (pairs["low"] >= 0) & (pairs["low"] < pairs["high"])
    return pairs.duplicated() & known
