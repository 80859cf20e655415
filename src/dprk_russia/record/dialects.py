"""Measures as scripts that make them as views on the tables of a release, each in the SQL of one database.

SQLite runs the files as they are, so its script needs no other library.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dprk_russia.record.measures import find_needed, read_measures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dprk_russia.record.measures import Measure

# Where a recursion cannot drop the rows that it has found already, so many of its steps are written out.
STEPS = 12
# Where BigQuery is to find the tables.
DATASET = "dprk_russia"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one database makes a view of some `name`; `drop` stands before it where it cannot replace a former one.

    `introduction` tells what the script needs. `read` makes a table of the release known, where the script does that too.
    """

    introduction: str
    create: str
    drop: str = ""
    read: str = ""


_STEPS_NOTE = f"-- A recursion that goes on until it finds nothing new is written out in {STEPS} steps, and goes no further.\n"
DIALECTS: Mapping[str, Dialect] = {
    "sqlite": Dialect(
        introduction=(
            "-- Views for SQLite, to be run on the SQLite file of a release, which has them from the start. The derived\n"
            "-- frames are tables there, so their views are called NAME_view.\n"
        ),
        drop="DROP VIEW IF EXISTS {name};\n",
        create="CREATE VIEW {name} AS\n",
    ),
    "duckdb": Dialect(
        introduction="-- Views for DuckDB, to be run in the folder of a release, whose Parquet files they read.\n",
        read="CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet('parquet/{name}.parquet');\n",
        create="CREATE OR REPLACE VIEW {name} AS\n",
    ),
    "spark": Dialect(
        introduction=(
            "-- Views for Spark 4.1 or later, to be run in the folder of a release, whose Parquet files they read. A\n"
            "-- semicolon ends a line where it ends a statement, and nowhere else.\n" + _STEPS_NOTE
        ),
        read="CREATE OR REPLACE TEMPORARY VIEW {name} USING parquet OPTIONS (path 'parquet/{name}.parquet');\n",
        create="CREATE OR REPLACE TEMPORARY VIEW {name} AS\n",
    ),
    "bigquery": Dialect(
        introduction=(
            f"-- Views for BigQuery. The tables of a release must have been loaded under their names into the dataset\n"
            f"-- {DATASET}, columns of days, whose names end in _from and _to, as DATE, DATETIME or TIMESTAMP.\n"
            + _STEPS_NOTE
        ),
        create=f"CREATE OR REPLACE VIEW {DATASET}.{{name}} AS\n",
    ),
    "postgres": Dialect(
        introduction=(
            "-- Views for PostgreSQL. The tables of a release must have been loaded under their names: columns of days,\n"
            "-- whose names end in _from and _to, as date or timestamp, numbers as double precision, text as text. Lists\n"
            "-- and rows are in order where text sorts by its bytes: if the database or the columns have the collation C.\n"
            "-- Run ANALYZE once the tables are loaded: without it some views take fifty times as long.\n"
        ),
        create="CREATE OR REPLACE VIEW {name} AS\n",
    ),
}


def write_script(dialect: str, names: Iterable[str] | None = None) -> str:
    """Return the script for one of `DIALECTS` that makes some measures, all if none are named, and what they need."""
    form = DIALECTS[dialect]
    parts = [form.introduction]
    if form.read:
        tables = {name for measure in _choose(names) for name in measure.needs} - read_measures().keys()
        parts.append("".join(form.read.format(name=table) for table in sorted(tables)))
    parts += [
        f"{form.drop.format(name=name)}{statement};\n" for name, statement in create_views(dialect, names)
    ]
    return "\n".join(parts)


def create_views(dialect: str, names: Iterable[str] | None = None) -> Iterator[tuple[str, str]]:
    """Yield the name of each view and the statement that makes it, those first that others need.

    Views are made of the measures of some names, of all if none are named, and of what they need.
    """
    form = DIALECTS[dialect]
    for measure in _choose(names):
        name = f"{measure.name}_view" if dialect == "sqlite" and measure.is_frame else measure.name
        yield name, form.create.format(name=name) + _translate(measure, dialect)


def _choose(names: Iterable[str] | None) -> Iterator[Measure]:
    return find_needed(read_measures() if names is None else names)


def _translate(measure: Measure, dialect: str) -> str:
    if dialect == "sqlite":
        return measure.text.rstrip()
    from dprk_russia.record.translation import translate

    head = measure.text.removesuffix("\n").removesuffix(measure.query)
    return head + translate(measure.query, dialect)
