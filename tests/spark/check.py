"""Compares the derived frames as Spark gives them, cell by cell, with those that SQLite gives.

    python check.py PYTHON_WITH_SPARK

Spark runs the script of a release on its Parquet files, in one process and as a cluster of two workers.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pandas as pd

from dprk_russia.checks.faults import Specimen
from dprk_russia.contract.package import installed_package
from dprk_russia.record.engines import SqliteEngine
from dprk_russia.record.measures import describe_measure, list_frames
from dprk_russia.record.run import Record, type_measure
from dprk_russia.release.edition import Edition, read_edition
from dprk_russia.release.formats import parquet, scripts
from dprk_russia.tabular.frames import Frames

if TYPE_CHECKING:
    from collections.abc import Mapping

MASTERS = ("local[2]", "local-cluster[2,1,1024]")
FRAMES = {measure.name: measure for measure in list_frames()}
ROWS = Path(__file__).with_name("rows.py").resolve()


def main(python: str) -> None:
    with TemporaryDirectory() as scratch:
        specimen = Specimen(Path(scratch)).folder
        editions = {
            "the specimen": read_edition(specimen),
            "the real package": read_edition(installed_package().folder),
        }
    outcomes = [
        check(edition, f"{title}, {master}", collect(edition, master, python))
        for title, edition in editions.items()
        for master in MASTERS
    ]
    sys.exit(not all(outcomes))


def collect(edition: Edition, master: str, python: str) -> dict[str, pd.DataFrame]:
    """Return the rows of every frame as Spark finds them in a release of an edition."""
    with TemporaryDirectory() as scratch:
        release = Path(scratch)
        parquet.write(edition, release)
        scripts.write(edition, release)
        subprocess.run([python, str(ROWS), master, *FRAMES], cwd=release, check=True)
        return {name: read_rows(release / f"{name}.json") for name in FRAMES}


def read_rows(path: Path) -> pd.DataFrame:
    content = json.loads(path.read_text(encoding="utf-8"))
    return pd.DataFrame(content["rows"], columns=content["columns"], dtype=object)


def check(edition: Edition, place: str, found: Mapping[str, pd.DataFrame]) -> bool:
    """Tell whether every frame has the rows that SQLite gives, and print which has."""
    record = Record(Frames(edition.frames), edition.package, SqliteEngine())
    equal = True
    for name, measure in FRAMES.items():
        expected = record.frame(name)
        try:
            typed = type_measure(found[name], describe_measure(measure, edition.package))
            pd.testing.assert_frame_equal(typed, expected, check_exact=True)
        except AssertionError as difference:
            equal = False
            print(f"{place}: {name} differs: {difference}", flush=True)
        else:
            print(f"{place}: {name} is equal in {len(expected):,} rows", flush=True)
    return equal


if __name__ == "__main__":
    main(*sys.argv[1:])
