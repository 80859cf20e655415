"""The run: package, then text, then types, then tables against each other; every finding is collected."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from dprk_russia import cells, package, reading, schemas
from dprk_russia.cells import accepts, explain
from dprk_russia.corpus import Corpus
from dprk_russia.findings import Finding, Report, Rule
from dprk_russia.frames import type_frame
from dprk_russia.package import Package, read_package
from dprk_russia.reading import TextTable, read_text
from dprk_russia.rules import ROW_RULES, TABLE_RULES, row_rules
from dprk_russia.rules.references import FOREIGN_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from dprk_russia.contract import Table

NOT_SORTED = Rule(
    "not-sorted",
    "file",
    "The rows of a table are sorted by primary key.",
    "Move the row to its place.",
)

# Rules whose findings mean that the cell itself is wrong, so that no other rule draws conclusions from it.
CELL_RULES = {cells.FUTURE_DATE.id, FOREIGN_KEY.id}

RULES: tuple[Rule, ...] = tuple(
    dict.fromkeys(
        [
            *package.RULES,
            *reading.RULES,
            NOT_SORTED,
            *cells.RULES,
            *schemas.RULES,
            *(rule.rule for rule in ROW_RULES),
            *(rule.rule for rule in TABLE_RULES),
        ]
    )
)


@dataclass(slots=True)
class _Checked:
    """One table after its own checks: typed rows, and which cells are wrong."""

    text: TextTable
    frame: pd.DataFrame
    findings: list[Finding] = field(default_factory=list)
    wrong: set[tuple[int, str]] = field(default_factory=set)


def validate(folder: Path) -> Report:
    """Check the package in `folder` against every rule.

    Raises
    ------
    dprk_russia.package.PackageError
        If there is no data package in `folder`.
    """
    contract, findings = read_package(folder)
    checked = {table.name: _check_table_safely(table, folder) for table in contract.tables}
    for table in checked.values():
        findings += table.text.findings
        findings += table.findings
    corpus = _gather(contract, checked)
    findings += _check_tables(corpus, checked)
    for name, table in checked.items():
        findings += _check_order(contract.table(name), table)
    return Report(
        package=contract.name,
        version=contract.version,
        checked={name: len(table.frame) for name, table in checked.items() if table.text.readable},
        skipped=_describe_skipped(checked) | corpus.skipped,
        findings=tuple(sorted(findings, key=lambda finding: finding.place)),
    )


def _check_table_safely(table: Table, folder: Path) -> _Checked:
    """Check one table; a schema that no engine can apply is a finding, and the table is then left out."""
    text = read_text(table, folder)
    try:
        return _check_table(table, text)
    except (ValueError, TypeError, OverflowError, NotImplementedError) as error:
        message = f"The schema cannot be applied to {table.path}: {str(error).splitlines()[0][:200]}."
        finding = package.SCHEMA_INVALID.found(message, path=table.schema_path, table=table.name)
        return _Checked(replace(text, readable=False), text.frame, [finding])


def _check_table(table: Table, text: TextTable) -> _Checked:
    """Check the cells, bounds, keys and row rules of one table."""
    checked = _Checked(text, text.frame)
    checked.findings += _check_cells(table, checked)
    sound = text.frame[~text.frame.index.isin(text.spoiled)].copy()
    for line, column in checked.wrong:
        sound.loc[line, column] = None
    checked.frame = type_frame(sound, table)
    checked.findings += _check_types(table, checked)
    return checked


def _check_cells(table: Table, checked: _Checked) -> Iterator[Finding]:
    text = checked.text
    frame = text.frame[~text.frame.index.isin(text.spoiled)]
    for contract in table.fields:
        name = contract.name
        if name in text.absent:
            continue
        column = frame[name]
        filled = column.dropna()
        for line in filled.index[~accepts(contract, filled)]:
            value = str(column[line])
            rule, message, hint = explain(contract, value)
            place = _place(table, frame, line, name)
            yield rule.found(message, **place, value=value[:200], hint=hint)
            checked.wrong.add((line, name))
        if contract.required and len(filled) < len(column):
            for line in column.index[column.isna()]:
                rule = schemas.PRIMARY_KEY if name in table.primary_key else cells.REQUIRED
                yield rule.found(f"{name} is empty.", **_place(table, frame, line, name))
                checked.wrong.add((line, name))


def _check_types(table: Table, checked: _Checked) -> Iterator[Finding]:
    frame = checked.frame
    by_id = {rule.rule.id: rule for rule in row_rules(table.name)}
    keys = {
        schemas.key_error(rule, key): (rule, key)
        for rule, keys in (
            (schemas.PRIMARY_KEY, (table.primary_key,)),
            (schemas.UNIQUE_KEY, table.unique_keys),
        )
        for key in keys
    }
    seen: set[tuple[str, int, str]] = set()
    repeated = set(frame.index[~schemas.is_unique(frame, table.primary_key)])
    for column, error, line, value in _failures(schemas.compile_schema(table), frame):
        at = column if error in {cells.MINIMUM.id, cells.MAXIMUM.id} else ""
        if (error, line, at) in seen:
            continue
        seen.add((error, line, at))
        if at:
            yield _explain_bound(table, frame, error, line, column, value)
        elif error in keys:
            # A row entered twice repeats its unique keys too.
            if keys[error][0] is schemas.UNIQUE_KEY and line in repeated:
                continue
            yield _explain_key(table, frame, *keys[error], line)
        elif error in by_id:
            rule = by_id[error]
            if not checked.text.absent.intersection(rule.columns) and not any(
                (line, name) in checked.wrong for name in rule.columns
            ):
                yield rule.rule.found(rule.message, **_place(table, frame, line, rule.at))


def _explain_bound(
    table: Table, frame: pd.DataFrame, error: str, line: int, column: str, value: object
) -> Finding:
    rule, limit, side = (
        (cells.MINIMUM, table.field(column).minimum, "below")
        if error == cells.MINIMUM.id
        else (cells.MAXIMUM, table.field(column).maximum, "above")
    )
    message = f"{value} is {side} {limit:g}."
    return rule.found(message, **_place(table, frame, line, column), value=str(value))


def _explain_key(table: Table, frame: pd.DataFrame, rule: Rule, key: tuple[str, ...], line: int) -> Finding:
    import pandas as pd

    row = frame.loc[line, list(key)]
    same = pd.concat([frame[column] == row[column] for column in key], axis=1).all(axis=1)
    value = ", ".join(str(row[column]) for column in key)
    return rule.found(
        f"{' and '.join(key)} already stand at line {frame.index[same][0]}: {value}."
        if len(key) > 1
        else f"{key[0]} already stands at line {frame.index[same][0]}: {value}.",
        **_place(table, frame, line, key[0]),
        value=value,
    )


def _failures(schema: Any, frame: pd.DataFrame) -> Iterator[tuple[str, str, int, object]]:
    """Yield column, error, line and value for everything a pandera schema finds in a frame."""
    import pandas as pd
    from pandera.errors import SchemaErrors

    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        columns = ("column", "check", "index", "failure_case")
        for column, error, line, value in zip(*(cases[name] for name in columns), strict=True):
            if not pd.isna(line):
                yield str(column), str(error), int(line), value


def _place(table: Table, frame: pd.DataFrame, line: int, column: str) -> dict[str, Any]:
    import pandas as pd

    row = frame.loc[line]
    key = [row[name] for name in table.primary_key]
    return {
        "path": table.path,
        "table": table.name,
        "line": line,
        "column": column,
        "row_id": "/".join(str(part) for part in key) if pd.notna(key).all() else None,
    }


def _check_order(table: Table, checked: _Checked) -> Iterator[Finding]:
    """Find rows whose key is lower than that of the row above, among the rows whose keys are sound."""
    if not checked.text.readable or checked.text.absent.intersection(table.primary_key):
        return
    wrong = {line for line, column in checked.wrong if column in table.primary_key}
    frame = checked.frame[~checked.frame.index.isin(wrong)]
    keys = frame[list(table.primary_key)].dropna().astype("str")
    above = keys.shift()
    descends = keys[table.primary_key[-1]] < above[table.primary_key[-1]]
    for column in reversed(table.primary_key[:-1]):
        descends = (keys[column] < above[column]) | ((keys[column] == above[column]) & descends)
    for line in keys.index[descends]:
        place = _place(table, frame, int(str(line)), table.primary_key[0])
        yield NOT_SORTED.found("The row sorts before the row above it.", **place)


def _gather(contract: Package, checked: dict[str, _Checked]) -> Corpus:
    readable = {
        name: table
        for name, table in checked.items()
        if table.text.readable and not table.text.absent.intersection(contract.table(name).primary_key)
    }
    corpus = Corpus(
        package=contract,
        rows={name: table.frame for name, table in readable.items()},
        ids={
            name: table.text.frame[contract.table(name).primary_key[0]].dropna()
            for name, table in readable.items()
        },
    )
    for name, table in readable.items():
        for column in contract.table(name).columns:
            wrong = sum(1 for _, at in table.wrong if at == column)
            absent = len(table.frame) if column in table.text.absent else 0
            corpus.note_unknown(name, column, wrong + absent + len(table.text.spoiled))
    return corpus


def _check_tables(corpus: Corpus, checked: dict[str, _Checked]) -> Iterator[Finding]:
    yield from _find_missing_tables(corpus.package)
    for rule in TABLE_RULES:
        missing = [table for table in rule.tables if not corpus.has(table)]
        if missing:
            corpus.skipped[rule.rule.id] = f"{', '.join(missing)} could not be read"
            continue
        try:
            findings = list(rule.check(rule.rule, corpus))
        except (KeyError, AttributeError) as error:
            message = f"The rule {rule.rule.id} cannot be checked: no schema has what it needs, {error}."
            yield package.SCHEMA_INVALID.found(message, path=package.DESCRIPTOR)
            continue
        for finding in findings:
            if finding.table is None or not _is_wrong(checked[finding.table], finding, rule.columns):
                yield finding
        if rule.rule.id in CELL_RULES:
            for finding in findings:
                checked[str(finding.table)].wrong.add((int(finding.line or 0), str(finding.column)))


def _find_missing_tables(contract: Package) -> Iterator[Finding]:
    """Find tables that rules need and the descriptor does not name."""
    needed = {table for row_rule in ROW_RULES for table in row_rule.tables}
    needed |= {table for table_rule in TABLE_RULES for table in table_rule.tables}
    if contract.descriptor:
        for table in sorted(needed - set(contract.declared)):
            yield package.DESCRIPTOR_INVALID.found(
                f'No resource is the table "{table}".', path=package.DESCRIPTOR
            )


def _is_wrong(table: _Checked, finding: Finding, columns: tuple[str, ...]) -> bool:
    """Tell whether a cell that a finding rests on has been reported itself, so that nothing follows from it."""
    names = {finding.column, *columns}
    return bool(table.text.absent & names) or any((finding.line, name) in table.wrong for name in names)


def _describe_skipped(checked: dict[str, _Checked]) -> dict[str, str]:
    skipped: dict[str, str] = {}
    for name, table in checked.items():
        if not table.text.readable:
            skipped[name] = "the table could not be read"
        elif table.text.spoiled:
            skipped[name] = (
                f"{len(table.text.spoiled)} rows could not be taken apart; only their ids were used"
            )
    return skipped
