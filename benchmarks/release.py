"""Times `dprk-russia build` on the real package scaled up, beside bare writing of the same Parquet, SQLite and zip files.

The bare writer takes every row of a release that was just built, ready in memory, and writes the same Parquet files by
pyarrow, the same SQLite tables and indexes by sqlite3 and the same zip by zipfile, one after the other; reading is not
counted. A build validates, derives, checks and writes everything else too. The workbook is timed apart: how long the
same build takes without it stands in a column of its own, and is what the bare writing is compared with. All run by
turns, each in a process of its own; the table gives medians, and goes to docs/release-benchmark.md.
Usage: python benchmarks/release.py CLAIMS [CLAIMS ...] [--runs N]
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from validation import ROOT, scale

DOCS = ROOT / "docs" / "release-benchmark.md"
BUILD = """
import gc, pathlib, sys
gc.disable()
from dprk_russia import release
from dprk_russia.release.artefacts import ARTEFACTS
for title in sys.argv[3:]:
    del ARTEFACTS[title]
release.build(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), lambda step: None)
"""
BARE = """
import pathlib, sqlite3, sys, tempfile, time, zipfile
import pyarrow.parquet as pq
release = pathlib.Path(sys.argv[1])
(database,) = release.glob("*.sqlite")
(archive,) = release.glob("*.zip")
source = sqlite3.connect(database)
statements = [sql for sql, in source.execute("SELECT sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY rowid")]
names = [name for name, in source.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")]
rows = {name: source.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
tables = {path.name: pq.read_table(path) for path in release.glob("parquet/*")}
members = {name: zipfile.ZipFile(archive).read(name) for name in zipfile.ZipFile(archive).namelist()}
with tempfile.TemporaryDirectory(dir=release.parent) as folder:
    start = time.perf_counter()
    for name, table in tables.items():
        pq.write_table(table, f"{folder}/{name}", compression="zstd")
    target = sqlite3.connect(f"{folder}/bare.sqlite", isolation_level=None)
    target.execute("PRAGMA journal_mode = OFF")
    target.execute("PRAGMA synchronous = OFF")
    target.execute("BEGIN")
    for statement in [s for s in statements if s.startswith("CREATE TABLE")]:
        target.execute(statement)
    for name in names:
        marks = ", ".join("?" * len(rows[name][0])) if rows[name] else ""
        target.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows[name]) if marks else None
    for statement in [s for s in statements if not s.startswith("CREATE TABLE")]:
        target.execute(statement)
    target.execute("COMMIT")
    target.close()
    with zipfile.ZipFile(f"{folder}/bare.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as written:
        for name, content in members.items():
            written.writestr(name, content)
    print(time.perf_counter() - start)
"""


def measure(command: list[str]) -> tuple[float, int, str]:
    """Return wall seconds, the peak of memory in bytes and the output of a command."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{' '.join(command[:3])} ended with {status}")
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return time.perf_counter() - start, peak, output


def compare(claims: int, runs: int) -> str:
    """Return the row of a size."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as name:
        folder, out = Path(name) / "package", Path(name) / "dist"
        folder.mkdir()
        size = scale(folder, claims)
        taken: dict[str, list[float]] = {"all": [], "without": [], "bare": []}
        peaks: list[int] = []
        for _ in range(runs):
            seconds, peak, _ = measure([python, "-c", BUILD, str(folder), str(out)])
            taken["all"].append(seconds)
            peaks.append(peak)
            shutil.rmtree(out)
            taken["without"].append(measure([python, "-c", BUILD, str(folder), str(out), "the workbook"])[0])
            taken["bare"].append(float(measure([python, "-c", BARE, str(out)])[2]))
            shutil.rmtree(out)
        rows = len((folder / "data" / "claims.csv").read_text(encoding="utf-8").splitlines()) - 1
    full, without, bare = (statistics.median(taken[name]) for name in ("all", "without", "bare"))
    cells = [
        f"{rows:,}",
        f"{size / 1e6:,.1f}",
        f"{full:.1f}",
        f"{without:.1f}",
        f"{bare:.1f}",
        f"{without / bare:.2f}",
    ]
    return f"| {' | '.join([*cells, f'{max(peaks) / 1e6:,.0f}'])} |"


def main() -> None:
    """Measure at each size and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("claims", type=int, nargs="+")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    lines = [
        "| claims | CSV MB | build s | without workbook s | bare writing s | without workbook / bare | peak MB |",
        "|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for claims in options.claims:
        lines.append(compare(claims, options.runs))
        print(lines[-1], flush=True)
    text = "# Benchmark of releases\n\n" + (__doc__ or "").split("Usage")[0].strip() + "\n\n"
    DOCS.write_text(text + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
