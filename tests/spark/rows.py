"""Runs the script of a release in Spark, in whose folder it is started, and leaves the rows of some frames in files there.

    python rows.py MASTER FRAME...

It knows nothing of the project, whose pandas is newer than the one that Spark works with.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

from pyspark.sql import SparkSession

SETTINGS = {
    "spark.sql.shuffle.partitions": "4",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def main(master: str, *frames: str) -> None:
    spark = SparkSession.builder.master(master).config(map=SETTINGS).getOrCreate()
    for statement in Path("sql/measures-spark.sql").read_text(encoding="utf-8").split(";\n"):
        if statement:
            spark.sql(statement)
    for frame in frames:
        rows = spark.table(frame)
        cells = [[make_plain(cell) for cell in row] for row in rows.collect()]
        content = json.dumps({"columns": rows.columns, "rows": cells})
        Path(f"{frame}.json").write_text(content, encoding="utf-8")
    spark.stop()


def make_plain(cell: object) -> object:
    """Return a cell as JSON can hold it: a day as its text."""
    return cell.date().isoformat() if isinstance(cell, datetime) else cell


if __name__ == "__main__":
    main(*sys.argv[1:])
