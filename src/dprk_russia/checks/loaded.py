"""The tables of one package while it is validated: typed rows, known ids, and what is not known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from dprk_russia.checks.inspection import find_places
from dprk_russia.contract.findings import MAX_ALIKE, Skipped
from dprk_russia.record.run import Record
from dprk_russia.tabular.frames import Frames, text_type
from dprk_russia.tabular.relations import Relations, find_pairs, find_row_numbers, follow, through

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from dprk_russia.checks.inspection import Inspection
    from dprk_russia.contract.findings import Finding, Rule
    from dprk_russia.contract.package import Package
    from dprk_russia.contract.schema import ForeignKey
    from dprk_russia.tabular.relations import Mask, RowNumbers


@dataclass
class LoadedTables:
    """Typed tables with the cells that are wrong left empty.

    `unknown` counts, by TABLE.COLUMN, the rows whose reference is not known; absence is only claimed where more is absent
    than is unknown. `suppliers` names the other tables that could supply what rows lack, by rule and table. `cut` names
    the tables that have lost rows, from which nothing follows. `skipped` says what could not be checked.
    """

    package: Package
    inspected: Mapping[str, Inspection]
    unknown: Counter[str] = field(default_factory=Counter)
    suppliers: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)
    skipped: list[Skipped] = field(default_factory=list)
    _measured: dict[str, pd.DataFrame] = field(default_factory=dict)

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

    def read_measure(self, name: str) -> pd.DataFrame:
        """Return the rows of a measure, which are made once."""
        if name not in self._measured:
            self._measured[name] = self.record.frame(name)
        return self._measured[name]

    @cached_property
    def roots(self) -> RowNumbers:
        """The row number of the head of each actor's family; -1 in a cycle or if a parent is not known."""
        import numpy as np

        parents = self.relations.row_numbers("actors", "parent_id")
        # An actor whose parent is not known is made its own, so that no way leads from it to a head.
        return follow(np.where(self.is_lost("actors", "parent_id"), np.arange(len(parents)), parents))

    @cached_property
    def speaker_roots(self) -> RowNumbers:
        """The row number of the head of the family of each claim's speaker, or -1."""
        return through(self.relations.row_numbers("claims", "asserted_by"), self.roots)

    @cached_property
    def publisher_roots(self) -> RowNumbers:
        """The row number of the head of the family of each row of evidence's publisher, or -1."""
        publishers = through(self.relations.row_numbers("sources", "publisher_id"), self.roots)
        return through(self.relations.row_numbers("evidence", "source_id"), publishers)

    def lacks_root(self, table: str, column: str) -> Mask:
        """Tell for each row of a table whether the actor in a column is named and the head of its family is not known."""
        roots = through(self.relations.row_numbers(table, column), self.roots)
        lacks: Mask = (roots < 0) & self._is_named(table, column)
        return lacks

    def is_lost(self, table: str, column: str) -> Mask:
        """Tell for each row of a table whether a column refers to a row that is not known."""
        lost: Mask = (self.relations.row_numbers(table, column) < 0) & self._is_named(table, column)
        return lost

    def _is_named(self, table: str, column: str) -> Mask:
        """Tell which cells of a column hold something, be it wrong."""
        cells = self.frames[table][column]
        wrong = [line for line, name in self.inspected[table].wrong if name == column]
        return cells.notna().to_numpy(dtype=bool) | cells.index.isin(wrong)

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

    def is_whole(self, table: str) -> bool:
        """Tell whether a table could be read and has lost no rows."""
        return self.has(table) and table not in self.cut

    def find_dangling(self, table: str, key: ForeignKey) -> pd.Series:
        """Return the cells of a foreign key that hold an id which stands nowhere."""
        cells = self.rows[table][key.column]
        if self.inspected[table].unique.all():
            numbers = self.relations.row_numbers(table, key.column)
        else:
            (numbers,) = find_row_numbers([cells], self.frames[key.table][key.reference])
        lost = cells[(numbers < 0) & cells.notna().to_numpy(dtype=bool)]
        strays = self.inspected[key.table].strays
        return lost[~lost.isin(strays)] if strays else lost

    def is_absence(self, rule: Rule, table: str, rows: int, columns: Iterable[str]) -> bool:
        """Tell whether `rows` rows of a table surely lack what some columns, each a TABLE.COLUMN, would supply."""
        suppliers = list(columns)
        unknown = sum(self.unknown[column] for column in suppliers)
        if 0 < rows <= unknown:
            why = f"{rows} rows may break this rule; {unknown} references that would decide it are not known"
            self.skipped.append(Skipped.rule(rule, why))
        self.suppliers[rule.id, table] = {column.partition(".")[0] for column in suppliers} - {table}
        return rows > unknown

    def follows_from_cut(self, finding: Finding) -> bool:
        """Tell whether a finding claims that something is absent which a table that has lost rows could supply."""
        return not self.cut.isdisjoint(self.find_suppliers(finding))

    def find_suppliers(self, finding: Finding) -> set[str]:
        """Return the other tables that could supply what is absent according to a finding."""
        return self.suppliers.get((finding.rule, str(finding.table)), set())

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
            self.skipped.append(Skipped.unlisted(f"{table}, {rule.id}", len(found) - MAX_ALIKE))
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
    relation = links["relation"].astype(text_type()).replace("contradicts", "corroborates")
    ends = links[["claim", "claim_other"]]
    pairs = relation.to_frame("relation").assign(low=ends.min(axis=1), high=ends.max(axis=1))
    known = relation.notna() & (pairs["low"] >= 0) & (pairs["low"] < pairs["high"])
    return pairs.duplicated() & known
