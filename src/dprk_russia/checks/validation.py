"""The run: package, then each table by itself, then tables against each other, at the end what was derived from them.

Every finding is collected.
"""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import as_completed
from functools import cache
from typing import TYPE_CHECKING

from dprk_russia.checks.derived import check_derived
from dprk_russia.checks.inspection import check_order, check_rows, inspect
from dprk_russia.checks.loaded import LoadedTables
from dprk_russia.checks.losses import find_lacking_tables, find_missing_ends, find_torn
from dprk_russia.checks.rests import find_broken_measures, find_lacking
from dprk_russia.checks.rules import ROW_RULES, TABLE_RULES, VERSION_RULES
from dprk_russia.contract import package
from dprk_russia.contract.findings import MAX_ALIKE, RULES, Consequence, Finding, Report, Skipped
from dprk_russia.contract.package import Package, inspect_package
from dprk_russia.record.run import TooManyPairsError
from dprk_russia.tabular.workers import start_workers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from concurrent.futures import Executor
    from pathlib import Path

    from dprk_russia.checks.inspection import Inspection
    from dprk_russia.checks.rules.kinds import AcrossRule
    from dprk_russia.versions.changes import Comparison

# Rules whose findings mean that the cell itself is wrong, so that no other rule draws conclusions from it.
CELL_RULES = {"future-date", "foreign-key", "actor-cycle"}


def validate(folder: Path) -> Report:
    """Check the package in `folder` against every rule.

    Raises
    ------
    dprk_russia.contract.package.PackageError
        If there is no data package in `folder`.
    """
    contract, findings = inspect_package(folder)
    unmet = [*find_unmet(contract)]
    with start_workers(contract.measure()) as workers:
        inspected = _inspect_each(contract, workers)
        tables = LoadedTables(contract, inspected)
        findings += _check_tables(tables, {user for user, _ in unmet}, workers)
    for inspection in inspected.values():
        findings += inspection.findings
    findings += dict.fromkeys(finding for _, finding in unmet)
    checked = {name: len(table.frame) for name, table in inspected.items() if table.readable}
    skipped = [*_list_skipped(inspected), *tables.skipped]
    return check_derived(contract, _report(contract, checked, skipped, findings))


def validate_change(comparison: Comparison) -> Report:
    """Check a version of a package against the rules between it and an earlier one."""
    findings: list[Finding] = []
    skipped = list(comparison.skipped)
    for rule in VERSION_RULES:
        found = list(rule.check(comparison))
        findings += found[:MAX_ALIKE]
        if len(found) > MAX_ALIKE:
            skipped.append(Skipped.unlisted(rule.id, len(found) - MAX_ALIKE))
    checked = {name: len(frame) for name, frame in comparison.after.items()}
    return _report(comparison.new, checked, skipped, findings)


def _report(
    contract: Package, checked: dict[str, int], skipped: Iterable[Skipped], findings: list[Finding]
) -> Report:
    ordered = sorted(findings, key=lambda finding: finding.place)
    return Report(contract.name, contract.version, checked, tuple(_merge(skipped)), tuple(ordered))


def _merge(skipped: Iterable[Skipped]) -> Iterator[Skipped]:
    """Yield each thing that was left out once, with every reason; several rules have the same id."""
    reasons: defaultdict[tuple[str, Consequence], list[str]] = defaultdict(list)
    for one in sorted(set(skipped)):
        reasons[one.what, one.consequence].append(one.why)
    for (what, consequence), whys in reasons.items():
        yield Skipped(what, "; ".join(whys), consequence)


def _inspect_each(contract: Package, workers: Executor) -> dict[str, Inspection]:
    """Inspect every table, the largest first."""
    # Threads that import the same modules at once can block each other.
    import pandas as pd  # noqa: F401
    import pyarrow.csv  # noqa: F401

    by_size = sorted(contract.tables, key=lambda table: -(contract.folder / table.path).stat().st_size)
    running = {workers.submit(inspect, table, contract.folder): table.name for table in by_size}
    for done in as_completed(running):
        check_rows(done.result())
    inspected = {name: done.result() for done, name in running.items()}
    return {table.name: inspected[table.name] for table in contract.tables}


def find_unmet(contract: Package) -> Iterator[tuple[str, Finding]]:
    """Yield each rule and measure, by name, that rests on something no schema has, with the finding that says so."""
    rules = (*ROW_RULES, *TABLE_RULES, *VERSION_RULES)
    yield from find_lacking(((rule.name, rule.rests) for rule in rules), contract)
    yield from find_broken_measures(contract)


def _check_tables(tables: LoadedTables, unmet: set[str], workers: Executor) -> Iterator[Finding]:
    """Check the rules across tables but those that are `unmet`, and the order of rows."""
    yield from _find_missing_tables(tables.package)
    if not tables.rows:
        tables.skipped.append(Skipped("every rule across tables", "no table could be read"))
        return
    tables.cut |= find_torn(tables)
    tables.relations.resolve(workers)
    yield from find_missing_ends(tables)
    rules = [rule for rule in TABLE_RULES if unmet.isdisjoint(rule.users) and _can_check(rule, tables)]
    for rule in (rule for rule in rules if rule.id in CELL_RULES):
        found = _check_rule(tables, rule)
        for finding in found:
            tables.inspected[str(finding.table)].wrong.add((int(finding.line or 0), str(finding.column)))
        yield from found
    # The rules that take longest stand last, and are begun first.
    others = [rule for rule in reversed(rules) if rule.id not in CELL_RULES]
    running = [(rule, workers.submit(_check_rule, tables, rule)) for rule in others]
    ordering = [workers.submit(check_order, inspection) for inspection in tables.inspected.values()]
    yield from find_lacking_tables(tables, (finding for _, done in running for finding in done.result()))
    for rule, done in running:
        if _can_check(rule, tables):
            yield from (finding for finding in done.result() if not tables.follows_from_cut(finding))
    for order in ordering:
        yield from order.result()


def _can_check(rule: AcrossRule, tables: LoadedTables) -> bool:
    """Tell whether all tables that a rule reads could be read and have lost no rows; note those that could not."""
    unread = [table for table in rule.tables if not tables.has(table)]
    cut = [table for table in rule.tables if table in tables.cut]
    if unread:
        tables.skipped.append(Skipped.rule(rule.rule, f"{', '.join(unread)} could not be read"))
    elif cut:
        tables.skipped.append(Skipped.rule(rule.rule, f"rows of {', '.join(cut)} are missing"))
    return not unread and not cut


def _check_rule(tables: LoadedTables, rule: AcrossRule) -> list[Finding]:
    """Return what a rule finds in rows whose cells are right by themselves."""
    try:
        found = list(rule.check(tables))
    except TooManyPairsError as error:
        tables.skipped.append(Skipped.rule(rule.rule, str(error)))
        return []
    except Exception:
        # Of columns that are of another type than a rule was written for, its code may make nothing.
        if not (retyped := rule.find_retyped(tables.package.tables)):
            raise
        return retyped
    columns = cache(rule.list_columns)
    return [
        finding
        for finding in found
        if not tables.inspected[str(finding.table)].is_wrong(
            finding.line, {finding.column, *columns(str(finding.table))}
        )
    ]


def _find_missing_tables(contract: Package) -> Iterator[Finding]:
    """Find tables that rules need and the descriptor does not name."""
    needed = {table for rule in (*ROW_RULES, *TABLE_RULES) for table in rule.tables}
    if contract.descriptor:
        for table in sorted(needed - set(contract.declared)):
            message = f'No resource is the table "{table}".'
            yield RULES["descriptor-invalid"].found(message, path=package.DESCRIPTOR)


def _list_skipped(inspected: Mapping[str, Inspection]) -> Iterator[Skipped]:
    for name, inspection in inspected.items():
        if not inspection.readable:
            yield Skipped(name, "the table could not be read")
        elif inspection.spoiled:
            why = f"{inspection.spoiled} malformed rows were left out; only their ids were used"
            yield Skipped(name, why)
        if inspection.unlisted:
            yield Skipped.unlisted(name, inspection.unlisted)
