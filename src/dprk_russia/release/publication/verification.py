"""A downloaded release verified: that its files are those of its checksums, and that all of them hold the same rows."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from dprk_russia.checks.rules.releases import (
    ARTEFACT_CHANGED,
    ARTEFACT_DIFFERS,
    ARTEFACT_MISSING,
    ARTEFACT_UNLISTED,
    CHECKSUMS,
    CHECKSUMS_INVALID,
)
from dprk_russia.checks.validation import validate
from dprk_russia.contract.findings import Consequence, Report, Skipped
from dprk_russia.contract.package import PackageError, explain_closed_file, read_package
from dprk_russia.contract.schema import shorten
from dprk_russia.record.run import Record
from dprk_russia.release.publication.checksums import digest
from dprk_russia.tabular.frames import plain_cells
from dprk_russia.tabular.loading import read_frames
from dprk_russia.versions.history import open_package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pandas as pd

    from dprk_russia.contract.findings import Finding

    Columns = dict[str, list[object]]

_UNCOMPARED = Skipped(
    "Parquet, SQLite and JSON Lines",
    "the Data Package, with which they are compared, does not pass",
    Consequence.NOT_COMPARED,
)
# How the name of the one zip file ends that is no Data Package.
SITE_ENDING = "-site.zip"
_MAX_CHECKSUMS_BYTES = 1_000_000
_LINE = re.compile(r"([0-9a-f]{64})  (\S(?:.*\S)?)")


def verify(place: Path) -> Report:
    """Check a release: a folder, or its Data Package alone as a zip file, which is validated.

    Every file must have its sum, the Data Package must pass validation, and Parquet, SQLite and JSON Lines must hold
    the same columns and values as its tables and derived frames. Of other artefacts only the sums are compared.

    Raises
    ------
    PackageError
        If there is no release at `place`, or it is a zip file that cannot be opened.
    """
    if place.is_file():
        with open_package(place) as folder:
            return validate(folder)
    if not _is_file(place, CHECKSUMS):
        raise PackageError(f"{place} has no {CHECKSUMS}, so it is not a release.")
    findings: list[Finding] = []
    sums = _read_checksums(place, findings)
    findings += _check_files(place, sums)
    try:
        report = _check_contents(place, sums)
    except PackageError as error:
        report = Report("", "", {}, (Skipped("the Data Package", str(error)), _UNCOMPARED))
    return replace(report, findings=(*findings, *report.findings))


def _check_contents(place: Path, sums: Mapping[str, str]) -> Report:
    """Validate the Data Package of a release, and compare the other formats with it if it passes."""
    zips = (name for name in sums if PurePosixPath(name).match("*.zip") and _is_file(place, name))
    archives = [name for name in zips if not name.endswith(SITE_ENDING)]
    if len(archives) != 1:
        raise PackageError(f"{place} holds {len(archives)} zip files; a release has one, its Data Package.")
    with open_package(place / archives[0]) as folder:
        report = validate(folder)
        findings = [replace(finding, path=f"{archives[0]}/{finding.path}") for finding in report.findings]
        if not report.passes():
            skipped = (*report.skipped, _UNCOMPARED)
            return replace(report, findings=tuple(findings), skipped=skipped)
        findings += _check_formats(place, sums, folder)
    return replace(report, findings=tuple(findings))


def _read_checksums(place: Path, findings: list[Finding]) -> dict[str, str]:
    with (place / CHECKSUMS).open("rb") as file:
        content = file.read(_MAX_CHECKSUMS_BYTES)
    sums: dict[str, str] = {}
    for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), 1):
        parsed = _LINE.fullmatch(line)
        if parsed and parsed[2] not in sums and _is_inside(parsed[2]):
            sums[parsed[2]] = parsed[1]
        else:
            message = f"The line names no file of its own inside the release: {shorten(line)}."
            findings.append(CHECKSUMS_INVALID.found(message, path=CHECKSUMS, line=number))
    return sums


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return name.isprintable() and not path.is_absolute() and not {"..", ":", "\\"} & {*path.parts, *name}


def _is_file(place: Path, name: str) -> bool:
    """Tell whether a name is a regular file reached through no link."""
    path = place / name
    steps = [path, *path.parents[: len(PurePosixPath(name).parts) - 1]]
    return path.is_file() and not any(step.is_symlink() for step in steps)


def _check_files(place: Path, sums: Mapping[str, str]) -> Iterator[Finding]:
    for name, expected in sums.items():
        if not _is_file(place, name):
            yield ARTEFACT_MISSING.found("The file is missing.", path=name)
        else:
            yield from _check_sum(place, name, expected)
    for name in sorted(_list_files(place) - {CHECKSUMS, *sums}):
        yield ARTEFACT_UNLISTED.found("The file is not part of the release.", path=ascii(name)[1:-1])


def _check_sum(place: Path, name: str, expected: str) -> Iterator[Finding]:
    try:
        found = digest(place / name)
    except OSError as error:
        yield ARTEFACT_MISSING.found(explain_closed_file(error), path=name)
        return
    if found != expected:
        message = f"Its sum is {found[:12]}…, not {expected[:12]}…."
        yield ARTEFACT_CHANGED.found(message, path=name, value=found)


def _list_files(place: Path) -> set[str]:
    """Return the paths of all files and links below a folder; a folder that may not be listed raises OSError."""

    def refuse(error: OSError) -> None:
        raise error

    return {
        path.relative_to(place).as_posix()
        for folder, folders, files in os.walk(place, onerror=refuse)
        for path in (Path(folder, name) for name in (*folders, *files))
        if path.is_symlink() or not path.is_dir()
    }


def _check_formats(place: Path, names: Iterable[str], folder: Path) -> Iterator[Finding]:
    """Find the first difference between each format and each table or derived frame of the Data Package in `folder`."""
    package = read_package(folder)
    frames = read_frames(package)
    record = Record(frames, package)
    derived = {name: record.frame(name) for name in package.derived}
    tables = {name: list_cells(frame) for name, frame in {**frames, **derived}.items()}
    for name in names:
        path = place / name
        read = _READERS.get(path.suffix)
        if read is None or not _is_file(place, name):
            continue
        for table in tables if path.suffix == ".sqlite" else [path.stem]:
            if difference := _find_difference(tables.get(table), partial(read, path, table)):
                yield ARTEFACT_DIFFERS.found(f"{table}: {difference}.", path=name, table=table)


def _find_difference(expected: Columns | None, read: Callable[[int], Columns]) -> str | None:
    """Return the first thing in which a table that `read` takes from a format is not as expected."""
    if expected is None:
        return "the Data Package has no such table"
    number = max(map(len, expected.values()), default=0)
    try:
        found = read(number + 1)
    except (OSError, ValueError, TypeError, KeyError, RuntimeError, sqlite3.Error) as error:
        return f"it cannot be read, {shorten(ascii(str(error))[1:-1].rstrip('.'))}"
    return _find_other_columns(expected, found) or _find_other_cells(expected, found, number)


def _find_other_columns(expected: Columns, found: Columns) -> str | None:
    # JSON Lines without rows have no columns either.
    if list(found) == list(expected) or not (found or any(expected.values())):
        return None
    unshared = [name for name in (*expected, *found) if name not in expected or name not in found]
    return f"the columns differ: {shorten(', '.join(unshared)) or 'their order'}"


def _find_other_cells(expected: Columns, found: Columns, number: int) -> str | None:
    for name, cells in found.items():
        if len(cells) != number:
            return f"it has not {number:,} rows, as the Data Package has"
        if cells != expected[name]:
            pairs = enumerate(zip(cells, expected[name], strict=True), 1)
            row, (cell, right) = next((row, pair) for row, pair in pairs if pair[0] != pair[1])
            return f"{name} of row {row:,} is {ascii(cell)[:80]}, not {ascii(right)[:80]}"
    return None


def list_cells(frame: pd.DataFrame) -> Columns:
    """Return each column of a typed table as a list: numbers, text, days as text, a missing cell as none."""
    return {str(name): plain_cells(frame[name]) for name in frame.columns}


def _read_parquet(path: Path, _: str, limit: int) -> Columns:
    import pyarrow as pa
    import pyarrow.parquet

    with pa.OSFile(str(path)) as file:
        content = pyarrow.parquet.ParquetFile(file)
        if content.metadata.num_rows > limit:
            raise ValueError(f"it has {content.metadata.num_rows:,} rows")
        return list_cells(content.read().to_pandas())


def _read_sqlite(path: Path, table: str, limit: int) -> Columns:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        kind = connection.execute("SELECT type FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        if kind != ("table",):
            raise ValueError("there is no such table")
        rows = connection.execute(f'SELECT * FROM "{table}" LIMIT ?', (limit,))  # noqa: S608
        cells = list(zip(*rows, strict=True)) or [()] * len(rows.description)
        return {column[0]: list(own) for column, own in zip(rows.description, cells, strict=True)}


def _read_jsonl(path: Path, _: str, limit: int) -> Columns:
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in islice(file, limit)]
    names = list(rows[0]) if rows else []
    return {name: [row[name] for row in rows] for name in names}


_READERS = {".parquet": _read_parquet, ".sqlite": _read_sqlite, ".jsonl": _read_jsonl}
