"""Times `dprk-russia validate` on the real package scaled up, beside frictionless and a plain typed read by pyarrow.

Every copy of the package has ids and addresses of its own, so that keys stay unique and groups do not grow. The plain
read takes every column in the type of its schema into memory and checks nothing. Of one size a
second copy has bad cells strewn over it: a space at the edge, a code that does not exist, a date in another form, an id
that leads nowhere. Every run is a process of its own. A program's runs follow each other, and the first is not counted:
the system first clears, or fetches from its host, what memory a program needs more than the one before it, which would
count against whichever needs more. The table gives medians, ratios and peak memory, and goes to docs/benchmark.md.
Usage: python benchmarks/validation.py CLAIMS [CLAIMS ...] [--runs N] [--bad-cells N] [--dirty-at CLAIMS]
[--skip-frictionless-above CLAIMS]
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs" / "benchmark.md"
NUMBERED = re.compile(r"([CEM])([0-9]{5,8})")
PYARROW = """
import json, pathlib, sys
import pyarrow as pa, pyarrow.csv as csv
folder = pathlib.Path(sys.argv[1])
types = {"date": pa.date32(), "integer": pa.int64(), "number": pa.float64()}
tables = []
for resource in json.loads((folder / "datapackage.json").read_text())["resources"]:
    fields = json.loads((folder / resource["schema"]).read_text())["fields"]
    columns = {field["name"]: types.get(field["type"], pa.string()) for field in fields}
    tables.append(csv.read_csv(folder / resource["path"], convert_options=csv.ConvertOptions(column_types=columns)))
"""
SPOILERS = {"space": "{} ", "code": "no-such-code", "date": "31.12.2024", "id": "{}-nowhere"}


def scale(folder: Path, claims: int) -> int:
    """Write the package copied until it has that many claims; return the bytes of its tables."""
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    shutil.copy(ROOT / "datapackage.json", folder)
    (folder / "data").mkdir()
    size = _count(ROOT / "data" / "claims.csv")
    copies = max(1, -(-claims // size))
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    ids = {column for resource in descriptor["resources"] for column in _id_columns(resource)}
    for resource in descriptor["resources"]:
        _scale_table(ROOT / resource["path"], folder / resource["path"], copies, ids)
    return sum(path.stat().st_size for path in folder.glob("data/*.csv"))


def _count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines()) - 1


def _id_columns(resource: dict[str, str]) -> set[str]:
    schema = json.loads((ROOT / resource["schema"]).read_text(encoding="utf-8"))
    foreign = {column for key in schema.get("foreignKeys", []) for column in key["fields"]}
    unique = {column for key in schema.get("uniqueKeys", []) for column in key}
    first = schema["primaryKey"] if isinstance(schema["primaryKey"], list) else [schema["primaryKey"]]
    return {f"{resource['name']}.{column}" for column in foreign | unique | set(first)} - {
        "sources.published",
        "claim_actors.role",
        "claim_links.relation",
        "retired_ids.table",
    }


def _scale_table(source: Path, target: Path, copies: int, ids: set[str]) -> None:
    with source.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    marked = [f"{source.stem}.{name}" in ids for name in header]
    blocks = (
        [
            [_renew(cell, copy) if is_id else cell for cell, is_id in zip(row, marked, strict=True)]
            for row in rows
        ]
        for copy in range(copies)
    )
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted(row for block in blocks for row in block))


def _renew(cell: str, copy: int) -> str:
    """Return an id or address that only this copy of the package has."""
    if not cell or not copy:
        return cell
    if numbered := NUMBERED.fullmatch(cell):
        return f"{numbered[1]}{copy:04}{numbered[2][-4:]}"
    if re.fullmatch(r"Q[0-9]+|[0-9]+", cell):
        return f"{cell}{copy:04}"
    if cell.startswith("http"):
        return re.sub(r"^(https?://[^/?#]+)", rf"\1/copy-{copy}", cell)
    return f"{cell}-x{copy}"


def spoil(source: Path, target: Path, cells: int) -> None:
    """Write a copy of a package with bad cells strewn over its tables, each kind where it is one defect."""
    shutil.copytree(source, target)
    descriptor = json.loads((source / "datapackage.json").read_text(encoding="utf-8"))
    tables = {}
    for resource in descriptor["resources"]:
        schema = json.loads((source / resource["schema"]).read_text(encoding="utf-8"))
        with (source / resource["path"]).open(encoding="utf-8", newline="") as file:
            tables[resource["path"]] = schema, list(csv.reader(file))
    draw = random.Random(cells)  # noqa: S311
    weights = [len(rows) for _, rows in tables.values()]
    spoiled: set[tuple[str, int]] = set()
    while len(spoiled) < cells:
        path = draw.choices(list(tables), weights)[0]
        schema, rows = tables[path]
        number = draw.randrange(1, max(len(rows), 2))
        kind = draw.choice(list(SPOILERS))
        columns = _find_columns(schema, rows[number], kind) if number < len(rows) else []
        if columns and (path, number) not in spoiled:
            at = draw.choice(columns)
            rows[number][at] = SPOILERS[kind].format(rows[number][at])
            spoiled.add((path, number))
    for path, (_, rows) in tables.items():
        with (target / path).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)


def _find_columns(schema: dict[str, Any], row: list[str], kind: str) -> list[int]:
    """Return the numbers of the columns in which a row has a cell that can be spoilt in some way."""
    return [at for at, field in enumerate(schema["fields"]) if row[at] and _kind(schema, field) == kind]


def _kind(schema: dict[str, Any], field: dict[str, Any]) -> str | None:
    """Return in which way a cell of a column is spoilt; keys are left alone."""
    if field["name"] in schema["primaryKey"]:
        return None
    if field["name"] in {
        key["fields"] for key in schema.get("foreignKeys", []) if isinstance(key["fields"], str)
    }:
        return "id"
    if field.get("rdfType") or field["type"] == "date":
        return "date"
    if field.get("categories"):
        return "code"
    return "space" if field["name"] in {"note", "statement", "title", "description", "name"} else None


def measure(commands: dict[str, list[str]], runs: int) -> dict[str, tuple[float, int]]:
    """Return of each command the median of wall seconds and the highest peak of memory in bytes, over some runs."""
    taken = {}
    for name, command in commands.items():
        if runs > 1:
            run(command, fails=name == "dirty")
        seconds, peaks = zip(*(run(command, fails=name == "dirty") for _ in range(runs)), strict=True)
        taken[name] = statistics.median(seconds), max(peaks)
    return taken


def run(command: list[str], *, fails: bool) -> tuple[float, int]:
    """Run a command that is to succeed or fail; return wall seconds and the peak of memory in bytes."""
    start = time.perf_counter()
    # An installed program is compiled once; where Python is told to keep nothing, this one would be at every run.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) != fails:
        raise SystemExit(f"{' '.join(command)} ended with {status}")
    return taken, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def compare(claims: int, options: argparse.Namespace, *, dirty: bool) -> list[str]:
    """Return the row of a size, and a sentence on bad cells if they are asked for."""
    scripts = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "package"
        folder.mkdir()
        size = scale(folder, claims)
        commands = {
            "own": [str(scripts / "dprk-russia"), "validate", str(folder)],
            "read": [sys.executable, "-c", PYARROW, str(folder)],
        }
        if dirty:
            spoil(folder, Path(name) / "dirty", options.bad_cells)
            commands["dirty"] = [*commands["own"][:2], str(Path(name) / "dirty"), "--format", "json"]
        taken = measure(commands, options.runs)
        other = None
        if claims <= options.skip_frictionless_above:
            command = [str(scripts / "frictionless"), "validate", str(folder / "datapackage.json")]
            runs = 1 if claims > 50_000 else options.runs
            other, _ = measure({"other": command}, runs)["other"]
        rows = _count(folder / "data" / "claims.csv")
    (own, peak), (read, _) = taken["own"], taken["read"]
    compared = ["", ""] if other is None else [f"{other:.2f}", f"{other / own:.2f}"]
    measured = [f"{read:.2f}", f"{own / read:.2f}", f"{peak / size:.2f}"]
    lines = [f"| {' | '.join([f'{rows:,}', f'{size / 1e6:,.1f}', f'{own:.2f}', *compared, *measured])} |"]
    if dirty:
        lines.append(
            f"\nWith {options.bad_cells:,} bad cells in {rows:,} claims a run takes {taken['dirty'][0] / own:.2f} times as "
            "long as without."
        )
    return lines


def main() -> None:
    """Measure at each size and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("claims", type=int, nargs="+")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--bad-cells", type=int, default=30_000)
    parser.add_argument("--dirty-at", type=int, default=100_000)
    parser.add_argument("--skip-frictionless-above", type=int, default=2_000_000)
    options = parser.parse_args()
    lines = [
        "| claims | CSV MB | validate s | frictionless s | frictionless / validate | typed read s | validate / read | peak / CSV |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    sentences = []
    for claims in options.claims:
        row, *more = compare(claims, options, dirty=claims == options.dirty_at)
        lines.append(row)
        sentences += more
        print(row, *more, flush=True)
    text = "# Benchmark of validation\n\n" + (__doc__ or "").split("Usage")[0].strip() + "\n\n"
    # What is written below the measurements by hand stays.
    _, heading, notes = DOCS.read_text(encoding="utf-8").partition("\n## ")
    DOCS.write_text(text + "\n".join([*lines, *sentences]) + "\n" + heading + notes, encoding="utf-8")


if __name__ == "__main__":
    main()
