"""Times `dprk-russia validate` on the real package scaled up, beside frictionless and a plain typed read by pyarrow.

Every copy of the package has ids and addresses of its own, so that keys stay unique and groups do not grow. All
programs run in one go, each in a process of its own; the table gives medians, ratios and peak memory, and goes to
docs/benchmark.md. Usage: python benchmarks/validation.py CLAIMS [CLAIMS ...] [--runs N] [--skip-frictionless-above N]
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs" / "benchmark.md"
NUMBERED = re.compile(r"([CEM])([0-9]{5,8})")
PYARROW = """
import sys, pathlib, pyarrow.csv as csv
for path in sorted(pathlib.Path(sys.argv[1]).glob("data/*.csv")):
    csv.read_csv(path)
"""


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
    return f"{cell}{'?copy=' if cell.startswith('http') else '-x'}{copy}"


def measure(command: list[str], runs: int) -> tuple[float, int]:
    """Return the median of wall seconds and the highest peak of memory in bytes."""
    seconds, peaks = [], []
    for _ in range(runs):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - start)
        peaks.append(usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))
        if status:
            raise SystemExit(f"{' '.join(command)} ended with {status}")
    return statistics.median(seconds), max(peaks)


def main() -> None:
    """Measure at each size and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("claims", type=int, nargs="+")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--skip-frictionless-above", type=int, default=2_000_000)
    options = parser.parse_args()
    scripts = Path(sys.executable).parent
    lines = [
        "| claims | CSV MB | validate s | frictionless s | frictionless / validate | pyarrow read s | validate / read | peak / CSV |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for claims in options.claims:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "package"
            folder.mkdir()
            size = scale(folder, claims)
            own, peak = measure([str(scripts / "dprk-russia"), "validate", str(folder)], options.runs)
            read, _ = measure([sys.executable, "-c", PYARROW, str(folder)], options.runs)
            other = None
            if claims <= options.skip_frictionless_above:
                runs = 1 if claims > 50_000 else options.runs
                other, _ = measure(
                    [str(scripts / "frictionless"), "validate", str(folder / "datapackage.json")], runs
                )
            lines.append(
                f"| {_count(folder / 'data' / 'claims.csv'):,} | {size / 1e6:,.1f} | {own:.2f} | "
                f"{'' if other is None else f'{other:.2f}'} | {'' if other is None else f'{other / own:.2f}'} | "
                f"{read:.2f} | {own / read:.2f} | {peak / size:.2f} |"
            )
            print(lines[-1], flush=True)
    text = "# Benchmark of validation\n\n" + (__doc__ or "").split("Usage")[0].strip() + "\n\n"
    DOCS.write_text(text + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
