"""One table by itself: its cells as text, then types, bounds, keys and row rules; every finding is collected."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dprk_russia.checks import schemas
from dprk_russia.checks.rules import QUOTED, row_rules
from dprk_russia.contract.findings import MAX_ALIKE, RULES, Finding, Rule
from dprk_russia.contract.package import installed_package
from dprk_russia.contract.schema import join_key
from dprk_russia.tabular.cells import accepts, explain
from dprk_russia.tabular.frames import ascends, find_descents, number_rows, type_frame
from dprk_russia.tabular.reading import read_text
from dprk_russia.tabular.relations import mark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    import pandas as pd

    from dprk_russia.checks.rules.kinds import RowRule
    from dprk_russia.contract.schema import Field, Table
    from dprk_russia.tabular.relations import Mask, RowNumbers

NOT_SORTED = RULES["not-sorted"]


@dataclass(slots=True)
class Inspection:
    """A table and what its own checks came to.

    `frame` has typed rows with the cells that are `wrong`, by line and column, left empty; malformed rows are left out
    of it and counted in `spoiled`. `unique` tells which rows do not repeat the key of an earlier one.
    `ascends` tells that every row has a complete key that sorts after that of the row above.
    `strays` holds the ids, as written, of rows that were spoiled or whose id is wrong. `absent` names the columns that
    the file lacks, or that may stand under each other's names. `ended` tells whether the last line ends with a line feed,
    and `torn` whether the file breaks off inside it. `unlisted` counts the findings that are too many to list.
    """

    table: Table
    frame: pd.DataFrame
    unique: Mask
    ascends: bool = False
    readable: bool = True
    spoiled: int = 0
    absent: frozenset[str] = frozenset()
    strays: frozenset[str] = frozenset()
    ended: bool = True
    torn: bool = False
    unlisted: int = 0
    findings: list[Finding] = field(default_factory=list)
    wrong: set[tuple[int, str]] = field(default_factory=set)

    @property
    def has_keys(self) -> bool:
        """Tell whether the file has the columns that identify a row."""
        return self.readable and not self.absent.intersection(self.table.primary_key)

    def is_wrong(self, line: int | None, columns: Collection[str | None]) -> bool:
        """Tell whether a cell of a row has been reported itself, so that nothing follows from it."""
        return bool(self.absent.intersection(columns)) or any((line, name) in self.wrong for name in columns)


def inspect(table: Table, folder: Path) -> Inspection:
    """Read one table, check its cells and type its rows."""
    import numpy as np

    text = read_text(table, folder)
    frame = text.frame.drop(index=sorted(text.spoiled), errors="ignore") if text.spoiled else text.frame
    inspection = Inspection(
        table,
        frame,
        np.ones(len(frame), dtype=bool),
        readable=text.readable,
        spoiled=len(text.spoiled),
        absent=text.absent,
        ended=text.ended,
        torn=text.torn,
        unlisted=text.unlisted,
        findings=text.findings,
    )
    with _fitting(inspection):
        for contract in table.fields:
            if contract.name not in inspection.absent:
                _check_column(inspection, contract)
        _empty_columns(inspection, text.doubtful)
        inspection.strays = _find_strays(inspection, text.frame, text.spoiled)
        inspection.frame = type_frame(inspection.frame, table)
        inspection.ascends = ascends(inspection.frame, table.primary_key)
    return inspection


def check_rows(inspection: Inspection) -> None:
    """Check bounds, keys and row rules of a table, and drop the columns that no later rule reads.

    Not to be run in several threads, since pandera imports its modules as they are needed.
    """
    if inspection.readable:
        try:
            inspection.findings += list(_check_types(inspection))
        except schemas.CheckError as error:
            rules = (rule for rule in row_rules(inspection.table.name) if rule.id == error.check)
            retyped = [finding for rule in rules for finding in rule.find_retyped([inspection.table])]
            if not retyped:
                raise
            _leave_out(inspection, retyped)
        _drop_free_text(inspection)


@contextmanager
def _fitting(inspection: Inspection) -> Iterator[None]:
    """Make a schema that no engine can apply a finding, and leave out the table; our own contract fits by its tests."""
    import pyarrow as pa

    table = inspection.table
    try:
        yield
    except pa.ArrowException as error:
        if any(
            (known.name, known.fields) == (table.name, table.fields) for known in installed_package().tables
        ):
            raise
        message = f"The schema cannot be applied to {table.path}: {str(error).splitlines()[0][:200]}."
        _leave_out(
            inspection, [RULES["schema-invalid"].found(message, path=table.schema_path, table=table.name)]
        )


def _leave_out(inspection: Inspection, findings: list[Finding]) -> None:
    """Let findings on its schema be all that is said of a table."""
    inspection.findings = findings
    inspection.readable = False


def _drop_free_text(inspection: Inspection) -> None:
    """Drop the text that no rule across tables compares or quotes, which is most of the memory."""
    table = inspection.table
    kept = {*table.primary_key, *(key.column for key in table.foreign_keys)}
    kept |= {column for name, column in QUOTED if name == table.name}
    free = [
        contract.name
        for contract in table.fields
        if contract.form in {"text", "url"} and not contract.pattern and contract.name not in kept
    ]
    inspection.frame = inspection.frame.drop(columns=free)


def _empty_columns(inspection: Inspection, columns: frozenset[str]) -> None:
    """Empty columns, as if the file lacked them."""
    frame = inspection.frame
    inspection.frame = frame.assign(**{name: frame[name].iloc[:0].reindex(frame.index) for name in columns})
    inspection.absent |= columns


def _find_strays(inspection: Inspection, text: pd.DataFrame, spoiled: set[int]) -> frozenset[str]:
    column = inspection.table.primary_key[0]
    lines = spoiled | {line for line, name in inspection.wrong if name == column}
    return frozenset(text.loc[text.index.isin(lines), column].dropna()) if lines else frozenset()


def _check_column(inspection: Inspection, contract: Field) -> None:
    """Check the cells of one column and empty the wrong ones."""
    import numpy as np

    name, table = contract.name, inspection.table
    column = inspection.frame[name]
    wrong = np.flatnonzero(~accepts(contract, column))
    empty = np.flatnonzero(column.isna()) if contract.required else wrong[:0]
    if not len(wrong) and not len(empty):
        return
    places = _find_places(inspection, wrong, name)
    for place, text in zip(places, column.iloc[wrong[:MAX_ALIKE]], strict=True):
        rule, message, hint = explain(contract, text)
        inspection.findings.append(rule.found(message, **place, value=text[:200], hint=hint))
    rule = schemas.PRIMARY_KEY if name in table.primary_key else RULES["required"]
    inspection.findings += [
        rule.found(f"{name} is empty.", **place) for place in _find_places(inspection, empty, name)
    ]
    inspection.wrong.update((line, name) for line in column.index[[*wrong, *empty]].tolist())
    inspection.frame = inspection.frame.assign(**{name: column.where(~mark(wrong, len(column)))})


def _check_types(inspection: Inspection) -> Iterator[Finding]:
    by_id = {rule.id: rule for rule in row_rules(inspection.table.name)}
    keys = schemas.name_keys(inspection.table)
    broken = schemas.find_failures(inspection.table, inspection.frame, unique=inspection.ascends)
    for (error, column), failures in broken:
        if error in schemas.BOUNDS:
            yield from _explain_bounds(inspection, schemas.BOUNDS[error], column, failures)
        elif error in keys:
            yield from _explain_keys(inspection, *keys[error], failures.index)
        elif error in by_id:
            yield from _explain_rule(inspection, by_id[error], failures.index)


def _explain_bounds(
    inspection: Inspection, rule: Rule, column: str, failures: pd.Series[Any]
) -> Iterator[Finding]:
    contract = inspection.table.field(column)
    limit, side = (contract.minimum, "below") if rule.id == "minimum" else (contract.maximum, "above")
    places = _find_places(inspection, inspection.frame.index.get_indexer(failures.index), column)
    for place, value in zip(places, failures, strict=False):
        yield rule.found(f"{value} is {side} {limit:g}.", **place, value=str(value))


def _explain_keys(
    inspection: Inspection, rule: Rule, key: tuple[str, ...], lines: pd.Index[Any]
) -> Iterator[Finding]:
    import numpy as np

    frame = inspection.frame
    rows = frame.index.get_indexer(lines)
    if rule is schemas.PRIMARY_KEY:
        inspection.unique[rows] = False
    else:
        # A row entered twice repeats its unique keys too.
        rows = rows[inspection.unique[rows]]
    numbers = number_rows(frame, key)
    first = frame.index[np.unique(numbers, return_index=True)[1]][np.unique(numbers, return_inverse=True)[1]]
    values = frame[list(key)].iloc[rows].astype(object).to_numpy().tolist()
    verb = "already stands" if len(key) == 1 else "already stand"
    for place, line, value in zip(_find_places(inspection, rows, key[0]), first[rows], values, strict=False):
        text = ", ".join(map(str, value))
        yield rule.found(f"{' and '.join(key)} {verb} at line {line}: {text}.", **place, value=text)


def _explain_rule(inspection: Inspection, rule: RowRule, lines: pd.Index[Any]) -> Iterator[Finding]:
    columns = rule.list_columns(inspection.table.name)
    if inspection.absent.intersection(columns):
        return
    wrong = {line for line, name in inspection.wrong if name in columns}
    rows = inspection.frame.index.get_indexer(lines.difference(list(wrong)))
    for place in _find_places(inspection, rows, rule.at):
        yield rule.rule.found(rule.message, **place)


def _find_places(inspection: Inspection, rows: RowNumbers, column: str) -> Iterator[dict[str, Any]]:
    """Yield where the cells of a column stand in some rows, and count the rows that are too many to list."""
    table = inspection.table
    inspection.unlisted += max(len(rows) - MAX_ALIKE, 0)
    return find_places(table, inspection.frame[list(table.primary_key)].iloc[rows[:MAX_ALIKE]], column)


def find_places(table: Table, rows: pd.DataFrame, column: str) -> Iterator[dict[str, Any]]:
    """Yield where the cells of a column stand in rows of a table, as findings name it."""
    import pandas as pd

    keys = rows[list(table.primary_key)].astype(object)
    for line, key in zip(keys.index.tolist(), keys.to_numpy().tolist(), strict=True):
        yield {
            "path": table.path,
            "table": table.name,
            "line": line,
            "column": column,
            "row_id": None if any(map(pd.isna, key)) else join_key(key),
        }


def check_order(inspection: Inspection) -> list[Finding]:
    """Find rows whose key is lower than that of the row above, among the rows whose keys are sound."""
    import numpy as np

    table = inspection.table
    if inspection.ascends or not inspection.has_keys:
        return []
    wrong = {line for line, column in inspection.wrong if column in table.primary_key}
    frame = inspection.frame
    rows = np.flatnonzero(~frame.index.isin(wrong)) if wrong else np.arange(len(frame))
    keys = frame[list(table.primary_key)].iloc[rows] if wrong else frame
    descends = find_descents(keys, table.primary_key, strictly=False)
    places = _find_places(inspection, rows[1:][descends], table.primary_key[0])
    return [NOT_SORTED.found("The row sorts before the row above it.", **place) for place in places]
