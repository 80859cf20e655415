"""The measures as scripts: each makes them as views in a database that reads files of the release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.record.dialects import write_script

if TYPE_CHECKING:
    from pathlib import Path

    from dprk_russia.release.edition import Edition

# BigQuery and PostgreSQL read no file of a release as it lies there; `dprk-russia sql` prints their scripts.
DIALECTS = ("sqlite", "duckdb", "spark")


def write(_: Edition, release: Path) -> None:
    """Write a script for each database; it depends on the measures alone."""
    folder = release / "sql"
    folder.mkdir()
    for dialect in DIALECTS:
        script = write_script(dialect)
        (folder / f"measures-{dialect}.sql").write_text(script, encoding="utf-8", newline="\n")
