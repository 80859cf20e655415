"""Tables that have lost rows: one finding at their end says so, in place of all that follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.contract.findings import RULES
from dprk_russia.tabular.frames import text_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from dprk_russia.checks.inspection import Inspection
    from dprk_russia.checks.loaded import LoadedTables
    from dprk_russia.contract.findings import Finding

TABLE_CUT = RULES["table-cut"]
# Fewer traces than these are taken for as many single mistakes.
FEW = 3
# A table whose end is referred to has lost rows if those that are missing are at least this share of its rows, or few
# are missing and each is referred to several times.
MISSING_SHARE = 0.01
# One that nothing refers to, if so many rows of others lack what it would supply.
LACKING_SHARE = 0.1


def find_torn(tables: LoadedTables) -> set[str]:
    """Return the tables whose file breaks off inside a row, which has been reported."""
    return {name for name, inspection in tables.inspected.items() if inspection.torn}


def find_missing_ends(tables: LoadedTables) -> Iterator[Finding]:
    """Yield a finding for each table to whose end, which is missing, others refer; note it as cut."""
    for name, cells in _find_dangling(tables).items():
        inspection = tables.inspected[name]
        missing = _select_beyond(inspection, cells)
        if name not in tables.cut and _is_end(inspection, cells, missing):
            ids = missing.unique()
            message = (
                f"Rows are missing below, {len(ids):,} at least, such as {min(ids)}: "
                f"{len(missing):,} references lead there."
            )
            yield _report(tables, name, message)


def _find_dangling(tables: LoadedTables) -> dict[str, pd.Series]:
    """Return the references that lead nowhere, as text, by the table they should lead to."""
    import pandas as pd

    found: dict[str, list[pd.Series]] = {}
    for table in tables.package.tables:
        for key in table.foreign_keys:
            if tables.has(table.name, key.table):
                found.setdefault(key.table, []).append(
                    tables.find_dangling(table.name, key).astype(text_type())
                )
    return {name: pd.concat(cells) for name, cells in found.items() if any(map(len, cells))}


def _select_beyond(inspection: Inspection, cells: pd.Series) -> pd.Series:
    """Return the references to ids that sort after the last of a table."""
    ids = inspection.frame[inspection.table.primary_key[0]].dropna()
    return cells if ids.empty else cells[cells > str(ids.iloc[-1])]


def _is_end(inspection: Inspection, cells: pd.Series, missing: pd.Series) -> bool:
    """Tell whether references that lead nowhere show that the end of a table is missing, and not that ids are mistyped."""
    ids, rows = missing.nunique(), len(inspection.frame)
    if len(missing) < 2 or 2 * ids < cells.nunique():
        return False
    many = ids >= max(FEW, rows * MISSING_SHARE) or len(missing) >= FEW * ids
    return many or not rows or not inspection.ended


def find_lacking_tables(tables: LoadedTables, found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield a finding for each table that nothing refers to and whose rows many others lack; note it as cut.

    What several tables could supply is missing in the one that explains most of what was found.
    """
    referred = {key.table for table in tables.package.tables for key in table.foreign_keys}
    suspects = {name for name in tables.rows if name not in referred | tables.cut}
    absences = list(map(tables.find_suppliers, found))
    while suspects:
        lacking = {name: sum(name in suppliers for suppliers in absences) for name in suspects}
        name = max(sorted(suspects), key=lambda name: (lacking[name], -len(tables.rows[name])))
        if not _is_supplier(tables.inspected[name], lacking[name]):
            return
        message = f"Rows are missing: {lacking[name]:,} rows of other tables lack what they would say."
        yield _report(tables, name, message)
        suspects.remove(name)
        absences = [suppliers for suppliers in absences if name not in suppliers]


def _is_supplier(inspection: Inspection, lacking: int) -> bool:
    """Tell whether so many rows lack what a table would supply that it must have lost rows."""
    rows = len(inspection.frame)
    if not rows:
        return lacking > 1
    return lacking >= FEW and (not inspection.ended or lacking >= rows * LACKING_SHARE)


def _report(tables: LoadedTables, name: str, message: str) -> Finding:
    """Note a table as cut, and return the finding at its last line; that this does not end is part of it."""
    inspection = tables.inspected[name]
    tables.cut.add(name)
    if not inspection.ended:
        inspection.findings = [finding for finding in inspection.findings if finding.rule != "line-ending"]
    frame = inspection.frame
    line = int(frame.index[-1]) if len(frame) else 1
    return TABLE_CUT.found(message, path=inspection.table.path, table=name, line=line)
