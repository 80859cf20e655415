"""The run: package, then each table by itself, then tables against each other; every finding is collected."""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING

from dprk_russia.checks.corpus import Corpus
from dprk_russia.checks.inspection import Inspection, check_order, check_rows, inspect
from dprk_russia.checks.rules import ROW_RULES, TABLE_RULES, VERSION_RULES
from dprk_russia.contract import package
from dprk_russia.contract.findings import MAX_ALIKE, Finding, Report
from dprk_russia.contract.package import Package, read_package

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from dprk_russia.checks.rules.kinds import TableRule
    from dprk_russia.versions.changes import Comparison

# Rules whose findings mean that the cell itself is wrong, so that no other rule draws conclusions from it.
CELL_RULES = {"future-date", "foreign-key"}


def validate(folder: Path) -> Report:
    """Check the package in `folder` against every rule.

    Raises
    ------
    dprk_russia.contract.package.PackageError
        If there is no data package in `folder`.
    """
    contract, findings = read_package(folder)
    inspected = _inspect_each(contract)
    for inspection in inspected.values():
        findings += inspection.findings
    corpus = _gather(contract, inspected)
    findings += _check_tables(corpus, inspected)
    return Report(
        package=contract.name,
        version=contract.version,
        checked={name: len(table.frame) for name, table in inspected.items() if table.readable},
        skipped=_describe_skipped(inspected) | corpus.skipped,
        findings=tuple(sorted(findings, key=lambda finding: finding.place)),
    )


def validate_change(comparison: Comparison) -> Report:
    """Check a version of a package against the rules between it and an earlier one."""
    findings: list[Finding] = []
    skipped = dict(comparison.skipped)
    for rule in VERSION_RULES:
        found = list(rule.check(rule.rule, comparison))
        findings += found[:MAX_ALIKE]
        if len(found) > MAX_ALIKE:
            skipped[f"more of {rule.rule.id}"] = f"{len(found) - MAX_ALIKE:,} further findings are not listed"
    return Report(
        package=comparison.new.name,
        version=comparison.new.version,
        checked={name: len(frame) for name, frame in comparison.after.items()},
        skipped=skipped,
        findings=tuple(sorted(findings, key=lambda finding: finding.place)),
    )


def _inspect_each(contract: Package) -> dict[str, Inspection]:
    """Inspect every table, the largest first, as many at once as there are processors."""
    # Threads that import the same modules at once can block each other.
    import pandas as pd  # noqa: F401
    import pyarrow.csv  # noqa: F401

    by_size = sorted(contract.tables, key=lambda table: -(contract.folder / table.path).stat().st_size)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        running = {pool.submit(inspect, table, contract.folder): table.name for table in by_size}
        for done in as_completed(running):
            check_rows(done.result())
    inspected = {name: done.result() for done, name in running.items()}
    return {table.name: inspected[table.name] for table in contract.tables}


def _gather(contract: Package, inspected: Mapping[str, Inspection]) -> Corpus:
    readable = {name: inspection for name, inspection in inspected.items() if inspection.has_keys}
    corpus = Corpus(
        package=contract,
        rows={name: inspection.frame for name, inspection in readable.items()},
        unique={name: inspection.unique for name, inspection in readable.items()},
        strays={name: inspection.strays for name, inspection in readable.items()},
    )
    for name, inspection in readable.items():
        wrong = Counter(column for _, column in inspection.wrong)
        for column in inspection.table.columns:
            absent = len(inspection.frame) if column in inspection.absent else 0
            corpus.note_unknown(name, column, wrong[column] + absent + inspection.spoiled)
    return corpus


def _check_tables(corpus: Corpus, inspected: Mapping[str, Inspection]) -> Iterator[Finding]:
    yield from _find_missing_tables(corpus.package)
    first = [rule for rule in TABLE_RULES if rule.rule.id in CELL_RULES]
    for rule in first:
        yield from _check_table_rule(corpus, inspected, rule)
    others = [rule for rule in TABLE_RULES if rule not in first]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        # The rules that take longest stand last, and are begun first.
        running = [pool.submit(_check_table_rule, corpus, inspected, rule) for rule in reversed(others)]
        running += [pool.submit(check_order, inspection) for inspection in inspected.values()]
        for done in running:
            yield from done.result()


def _check_table_rule(corpus: Corpus, inspected: Mapping[str, Inspection], rule: TableRule) -> list[Finding]:
    """Return what a rule finds in rows whose cells are right by themselves."""
    missing = [table for table in rule.tables if not corpus.has(table)]
    if missing:
        corpus.skipped[rule.rule.id] = f"{', '.join(missing)} could not be read"
        return []
    try:
        found = list(rule.check(rule.rule, corpus))
    except (KeyError, AttributeError) as error:
        message = f"The rule {rule.rule.id} cannot be checked: no schema has what it needs, {error}."
        return [package.SCHEMA_INVALID.found(message, path=package.DESCRIPTOR)]
    sound = [
        finding
        for finding in found
        if finding.table is None or not _is_wrong(inspected[finding.table], finding, rule.columns)
    ]
    if rule.rule.id in CELL_RULES:
        for finding in found:
            inspected[str(finding.table)].wrong.add((int(finding.line or 0), str(finding.column)))
    return sound


def _find_missing_tables(contract: Package) -> Iterator[Finding]:
    """Find tables that rules need and the descriptor does not name."""
    needed = {table for row_rule in ROW_RULES for table in row_rule.tables}
    needed |= {table for table_rule in TABLE_RULES for table in table_rule.tables}
    if contract.descriptor:
        for table in sorted(needed - set(contract.declared)):
            yield package.DESCRIPTOR_INVALID.found(
                f'No resource is the table "{table}".', path=package.DESCRIPTOR
            )


def _is_wrong(inspection: Inspection, finding: Finding, columns: tuple[str, ...]) -> bool:
    """Tell whether a cell that a finding rests on has been reported itself, so that nothing follows from it."""
    names = {finding.column, *columns}
    return bool(inspection.absent & names) or any((finding.line, name) in inspection.wrong for name in names)


def _describe_skipped(inspected: Mapping[str, Inspection]) -> dict[str, str]:
    skipped: dict[str, str] = {}
    for name, inspection in inspected.items():
        if not inspection.readable:
            skipped[name] = "the table could not be read"
        elif inspection.spoiled:
            skipped[name] = f"{inspection.spoiled} rows could not be taken apart; only their ids were used"
        if inspection.unlisted:
            skipped[f"more of {name}"] = f"{inspection.unlisted:,} further findings are not listed"
    return skipped
