"""Feeds harmed files to the validator and checks what must hold of any input.

The inputs are mutations of the small sound package that comes with the project. Each is made from the seed, the layer and
its number alone, so that any of them can be made again. Python-side mutation is used rather than coverage-guided fuzzing,
because most of the time is spent in compiled libraries that no tracer of Python sees into.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import math
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
import unicodedata
from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from mutation import harm_archive, harm_json, harm_table

from dprk_russia.checks.faults import Specimen
from dprk_russia.checks.reports import FORMATS, Setting
from dprk_russia.checks.validation import validate
from dprk_russia.contract.findings import PACKAGE_RULES
from dprk_russia.contract.package import DESCRIPTOR, PackageError, inspect_package, read_package
from dprk_russia.tabular.canon import UntidyError, canonise
from dprk_russia.tabular.reading import read_text
from dprk_russia.tabular.unpacking import MAX_RATIO
from dprk_russia.versions.history import open_package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import FrameType

    from dprk_russia.contract.findings import Finding
    from dprk_russia.contract.schema import Field, Table
    from dprk_russia.tabular.reading import TextTable

INPUTS = 100_000
HANG_SECONDS = 60
RULE_IDS = {rule.id for rule in PACKAGE_RULES}
# Where one of these is broken, the cells may be read by their place.
HEADER_RULES = {rule.id for rule in PACKAGE_RULES if rule.group == "header"}
LAYOUT_RULES = {
    "line-ending", "byte-order-mark", "blank-line", "unclosed-quote", "ragged-row", "newline-in-cell",
    "duplicate-column", "column-order", "table-cut",
}  # fmt: skip


class BrokenError(Exception):
    """Something does not hold that must hold of any input."""


class HangError(Exception):
    """An input took longer than a minute."""


def demand(condition: object, message: str) -> None:
    """Raise BrokenError with the message unless the condition holds."""
    if not condition:
        raise BrokenError(message)


class Fuzz:
    """The specimen in a folder of its own, and one method for each layer that harms it and looks at what comes of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = Specimen(folder / "package").folder
        self.place = folder / "package.zip"
        self.files = {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }
        self.tables = read_package(self.folder).tables
        self.contents = [self.files[table.path] for table in self.tables]

    def layers(self) -> dict[str, tuple[int, Callable[[Random], None]]]:
        """Return each layer with the share of a hundred inputs that goes to it."""
        return {
            "text": (60, self.read_table),
            "canon": (25, self.canonise_table),
            "package": (9, self.read_descriptor),
            "archive": (5, self.unpack),
            "run": (1, self.run),
        }

    def read_table(self, rng: Random) -> None:
        """Read a harmed table as text."""
        table, content = self._harm(rng)
        self._write({table.path: content})
        try:
            check_text(read_text(table, self.folder), content)
        finally:
            self._restore({table.path})

    def canonise_table(self, rng: Random) -> None:
        """Put a harmed table into canonical form, which changes neither a second time nor what the table says."""
        table, content = self._harm(rng)
        try:
            once = canonise(table, content)
        except UntidyError:
            return
        demand(canonise(table, once) == once, "the canonical form changes when it is made again")
        demand(_meanings(table, content) == _meanings(table, once), "the canonical form says something else")
        if rng.random() < 0.1:
            self._write({table.path: once})
            try:
                found = {finding.rule for finding in read_text(table, self.folder).findings}
            finally:
                self._restore({table.path})
            demand(not found & LAYOUT_RULES, f"the canonical form breaks {sorted(found & LAYOUT_RULES)}")

    def read_descriptor(self, rng: Random) -> None:
        """Read a package with a harmed descriptor or schema."""
        path = rng.choice([DESCRIPTOR, *(table.schema_path for table in self.tables)])
        content = harm_json(rng, self.files[path])
        self._write({path: content})
        try:
            package, findings = inspect_package(self.folder)
        finally:
            self._restore({path})
        check_findings(findings, {**self.files, path: content})
        demand({table.name for table in package.tables} <= set(package.declared), "a table is not declared")

    def unpack(self, rng: Random) -> None:
        """Open a harmed zip file."""
        self.place.write_bytes(harm_archive(rng, self.files))
        try:
            with open_package(self.place) as folder:
                paths = [path for path in folder.rglob("*") if not path.is_dir()]
                names = {path.relative_to(folder).parts[0] for path in paths}
                demand(names <= {"data", "schemas", DESCRIPTOR}, f"{names} were unpacked")
                demand(not any(path.is_symlink() for path in paths), "a link was unpacked")
                size = sum(path.stat().st_size for path in paths)
                demand(size <= MAX_RATIO * self.place.stat().st_size, f"{size} bytes were unpacked")
        except PackageError as error:
            demand("\n" not in str(error) and len(str(error)) < 500, "the message is no line")

    def run(self, rng: Random) -> None:
        """Validate a package with up to three harmed files and render the report in every form."""
        changed = {}
        for path in rng.sample(sorted(self.files), rng.randint(1, 3)):
            content = self.files[path]
            changed[path] = (
                harm_json(rng, content) if path.endswith(".json") else harm_table(rng, content, self.contents)
            )
        self._write(changed)
        try:
            report = validate(self.folder)
            check_findings(report.findings, {**self.files, **changed})
            for name, render in FORMATS.items():
                check_form(name, render(report, Setting(rules=PACKAGE_RULES)), len(report.findings))
            if not report.findings:
                for table in read_package(self.folder).tables:
                    check_text(read_text(table, self.folder), (self.folder / table.path).read_bytes())
        finally:
            self._restore(changed)

    def _harm(self, rng: Random) -> tuple[Table, bytes]:
        table = rng.choice(self.tables)
        return table, harm_table(rng, self.files[table.path], self.contents)

    def _write(self, contents: dict[str, bytes]) -> None:
        for path, content in contents.items():
            (self.folder / path).write_bytes(content)

    def _restore(self, paths: Iterable[str]) -> None:
        self._write({path: self.files[path] for path in paths})


def check_findings(findings: Iterable[Finding], files: dict[str, bytes]) -> None:
    """Check that every finding names a rule that exists and a place within its file."""
    for finding in findings:
        demand(finding.rule in RULE_IDS, f"{finding.rule} is no rule")
        demand(finding.path, "a finding has no path")
        demand(finding.message and finding.hint, "a finding says nothing")
        demand("None" not in f"{finding.message} {finding.hint}", f"a finding says None: {finding.message}")
        if finding.line is not None:
            lines = _physical_lines(files.get(finding.path, b""))
            demand(
                1 <= finding.line <= len(lines), f"{finding.rule} is at line {finding.line} of {len(lines)}"
            )


def check_text(text: TextTable, content: bytes) -> None:
    """Check that a table read as text says of every sound line what the csv module says."""
    table, frame = text.table, text.frame
    check_findings(text.findings, {table.path: content})
    lines = _physical_lines(content)
    demand(len(text.findings) <= 3 * len(lines) + len(table.columns) + 500, "findings outnumber lines")
    demand(tuple(frame.columns) == table.columns, "the columns are not those of the schema")
    demand(frame.index.is_unique and frame.index.is_monotonic_increasing, "the lines are out of order")
    demand(text.spoiled <= set(frame.index) | _reported(text), "a spoiled line is neither kept nor reported")
    demand(text.readable or text.findings, "a table is unreadable without a reason")
    if not text.findings:
        rows = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
        demand(rows[0] == list(table.columns), "another header passed")
        demand(frame.fillna("").to_numpy().tolist() == rows[1:], "a sound table is read otherwise by csv")
        demand(list(frame.index) == list(range(2, len(rows) + 1)), "lines are missing from a sound table")
    if text.readable and len(frame):
        demand(frame.index[0] >= 2 and frame.index[-1] <= len(lines), "a row lies outside the file")
        header, found = next(csv.reader([lines[0]])), {finding.rule for finding in text.findings}
        for line, row in zip(frame.index, frame.fillna("").to_numpy().tolist(), strict=True):
            if line not in text.spoiled:
                read = next(csv.reader([lines[line - 1]]))
                cells = dict(reversed(list(zip(header, read, strict=False))))
                by_name = [cells.get(name, "") for name in table.columns]
                by_place = read if found & HEADER_RULES else by_name
                demand(row in (by_name, by_place), f"line {line} is read otherwise by csv")


def _reported(text: TextTable) -> set[int]:
    return {finding.line for finding in text.findings if finding.line is not None}


def _physical_lines(content: bytes) -> list[str]:
    """Return the lines of a file as its reader numbers them; the place behind the last line feed is one too."""
    text = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return text.decode("utf-8", errors="replace").split("\n")


def check_form(name: str, text: str, findings: int) -> None:
    """Check that a rendered report can be parsed and lacks no finding."""
    text.encode()
    match name:
        case "json":
            demand(len(json.loads(text)["findings"]) == findings, "the JSON report lacks findings")
        case "sarif":
            demand(len(json.loads(text)["runs"][0]["results"]) == findings, "the SARIF report lacks findings")
        case "junit":
            demand(
                len(ET.fromstring(text).findall(".//testcase")) == len(PACKAGE_RULES),
                "the JUnit report lacks rules",
            )
        case "text":
            demand(
                all(line.isprintable() for line in text.splitlines()),
                "a line of the report cannot be printed",
            )
        case _:
            lines = text.splitlines()[:-1]
            demand(all(line.startswith("::") for line in lines), "an annotation has several lines")


def _meanings(table: Table, content: bytes) -> Counter[tuple[tuple[str, object], ...]]:
    """Return the rows of a file by what their cells mean, however they are written and ordered."""
    fields = {field.name: field for field in table.fields}
    header, *rows = filter(
        None, csv.reader(io.StringIO(content.removeprefix(b"\xef\xbb\xbf").decode(), newline=""))
    )
    names = [name.strip() for name in header]
    return Counter(
        tuple(
            sorted(
                ((n, _meaning(fields.get(n), c)) for n, c in zip(names, row, strict=True)), key=lambda x: x[0]
            )
        )
        for row in rows
    )


def _meaning(field: Field | None, cell: str) -> object:
    plain = " ".join(unicodedata.normalize("NFC", cell).split())
    if (
        field
        and field.is_date
        and (day := re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", plain))
    ):
        return tuple(map(int, day.groups()))
    bare = re.sub("[ ,_'\u202f]", "", plain)
    if (
        field
        and field.form in {"integer", "number"}
        and re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?", bare)
    ):
        return Decimal(bare)
    return plain


def _stop(_: int, __: FrameType | None) -> None:
    raise HangError(f"the input took more than {HANG_SECONDS} seconds")


def attempt(run: Callable[[Random], None], seed: str) -> str | None:
    """Run one input and return what went wrong, if anything did."""
    signal.alarm(HANG_SECONDS)
    try:
        run(Random(seed))
    except Exception as error:  # noqa: BLE001
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {Path(place.filename).name}, {place.name}: {str(error)[:200]}"
    finally:
        signal.alarm(0)
    return None


def main() -> None:
    """Run all layers, or one input again, and tell what was found."""
    parser = argparse.ArgumentParser(prog="scripts/fuzz", description=__doc__)
    parser.add_argument("inputs", type=int, nargs="?", default=INPUTS, metavar="N")
    parser.add_argument("--seed", default="0", help="other seeds make other inputs")
    parser.add_argument("--again", metavar="LAYER/NUMBER", help="run one input alone and show where it fails")
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, _stop)
    with tempfile.TemporaryDirectory() as folder:
        layers = Fuzz(Path(folder)).layers()
        if options.again:
            layers[options.again.partition("/")[0]][1](Random(f"{options.seed}/{options.again}"))
            return
        failed = sum(
            _run_layer(name, run, math.ceil(options.inputs * share / 100), options.seed)
            for name, (share, run) in layers.items()
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{failed:,} inputs failed; peak memory {peak:,} MB")
    sys.exit(1 if failed else 0)


def _run_layer(name: str, run: Callable[[Random], None], inputs: int, seed: str) -> int:
    """Run the inputs of a layer, tell of each kind of failure once, and return how many inputs failed."""
    start = time.monotonic()
    failures: Counter[str] = Counter()
    for number in range(inputs):
        if failure := attempt(run, f"{seed}/{name}/{number}"):
            if failure not in failures:
                print(f"{failure}\n  scripts/fuzz --seed {seed} --again {name}/{number}", flush=True)
            failures[failure] += 1
    print(
        f"{name}: {inputs:,} inputs in {time.monotonic() - start:.0f} s, {failures.total():,} failed",
        flush=True,
    )
    return failures.total()


if __name__ == "__main__":
    main()
