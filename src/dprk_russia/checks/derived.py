"""The derived frames that lie in a package, as in a release, compared with what its rows give."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from dprk_russia.contract.findings import RULES, Skipped
from dprk_russia.contract.package import DESCRIPTOR, MEASURED, explain_closed_file, locate_derived
from dprk_russia.contract.schema import MAX_QUOTED, join_key, shorten
from dprk_russia.record.citation import read_record
from dprk_russia.record.derived import describe_resource, write_csv
from dprk_russia.record.measures import describe_measure, read_measures
from dprk_russia.record.run import TooManyPairsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dprk_russia.contract.findings import Finding, Report
    from dprk_russia.contract.package import Package
    from dprk_russia.contract.schema import Table

DERIVED_DIFFERS = RULES["derived-differs"]
_OTHER_HEADER = {"message": "The header does not name the columns of the frame."}
_UNSOUND = "the tables, from which derived frames follow, do not pass"


def check_derived(package: Package, report: Report) -> Report:
    """Return the report on the tables of a package with what is wrong with its derived frames.

    They are compared where the tables pass: of each frame the first line that the rows do not give is found.
    """
    if not package.derived:
        return report
    paths = {locate_derived(name) for name in package.derived}
    tables = replace(report, findings=tuple(one for one in report.findings if one.path not in paths))
    try:
        found = tuple(_find_differences(package)) if tables.passes() else None
        why = _UNSOUND
    except TooManyPairsError as error:
        found, why = None, str(error)
    if found is None:
        return replace(report, skipped=(*report.skipped, Skipped.rule(DERIVED_DIFFERS, why)))
    return replace(report, findings=tuple(sorted((*report.findings, *found), key=lambda one: one.place)))


def _find_differences(package: Package) -> Iterator[Finding]:
    """Find the first difference of each derived frame."""
    record = read_record(package)
    resources = {resource["name"]: resource for resource in package.descriptor["resources"]}
    for name in package.derived:
        frame = describe_measure(read_measures()[name], package)
        stated = {key: value for key, value in resources[name].items() if key not in MEASURED}
        if stated != describe_resource(frame):
            message = f'The resource "{name}" is not the one that describes this frame.'
            yield DERIVED_DIFFERS.found(message, path=DESCRIPTOR, table=name)
        yield from _compare(package, frame, write_csv(record.frame(name)))


def _compare(package: Package, frame: Table, expected: bytes) -> Iterator[Finding]:
    path = locate_derived(frame.name)
    try:
        with (package.folder / path).open("rb") as file:
            content = file.read(len(expected) + 1)
    except OSError as error:
        yield RULES["missing-file"].found(explain_closed_file(error), path=path, table=frame.name)
        return
    pairs = zip_longest(BytesIO(content), BytesIO(expected), fillvalue=b"")
    for number, (line, right) in enumerate(pairs, 1):
        if line != right:
            told = _explain(frame, _read_cells(line), _read_cells(right)) if number > 1 else _OTHER_HEADER
            yield DERIVED_DIFFERS.found(path=path, table=frame.name, line=number, **told)
            return


def _read_cells(line: bytes) -> list[str]:
    """Return the cells of a line; none if it is empty or cannot be taken apart."""
    try:
        return next(csv.reader([line.decode(errors="replace")]), [])
    except csv.Error:
        return []


def _explain(frame: Table, found: list[str], expected: list[str]) -> dict[str, Any]:
    """Return which cell of a row differs, or which row stands in its place."""
    row, right = (dict(zip(frame.columns, cells, strict=False)) for cells in (found, expected))
    if not expected:
        return {"message": "The tables give no such row."}
    row_id = join_key(right[column] for column in frame.primary_key)
    differing = [name for name in frame.columns if row.get(name) != right[name]]
    if len(found) != len(expected) or set(differing).intersection(frame.primary_key):
        return {"message": f"The tables give {row_id or 'another row'} here.", "row_id": row_id or None}
    if not differing:
        return {"message": "The row is written in another form.", "row_id": row_id or None}
    column = differing[0]
    cell, wanted = (shorten(cells[column]) or "empty" for cells in (row, right))
    return {
        "message": f"{column} is {cell}; the tables give {wanted}.",
        "row_id": row_id or None,
        "column": column,
        "value": row[column][:MAX_QUOTED],
    }
