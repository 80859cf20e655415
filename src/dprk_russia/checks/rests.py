"""What rules, measures and writers of a release rest on, and what of it a package lacks.

It is named in short: `claims` is a table or a measure, `claims.kind` a column, `claims.kind:denial` a code of its closed list,
`claims.asserted_by>actors` a foreign key. A column whose name ends in `_from` or `_to` is a day beside a date.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dprk_russia.contract.findings import RULES
from dprk_russia.contract.package import DESCRIPTOR, installed_package
from dprk_russia.record.measures import find_needed, read_measures

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from dprk_russia.contract.findings import Finding
    from dprk_russia.contract.package import Package
    from dprk_russia.contract.schema import Table
    from dprk_russia.record.measures import Measure

_FORM = re.compile(r"(?P<table>[a-z_]+)(?:\.(?P<column>[a-z_]+))?(?::(?P<code>.+)|>(?P<target>[a-z_]+))?")
# Where SQL compares a column with codes.
_COMPARED = re.compile(
    r"(?:CASE )?\b(?:([a-z_]+)\.)?([a-z_]+) (?:=|<>|(?:NOT )?IN|WHEN) (\('[^()]*\)|'[^']*')"
)


@dataclass(frozen=True, slots=True)
class Rest:
    """One thing that something rests on; what is not meant is empty."""

    text: str
    table: str
    column: str
    code: str
    target: str

    def stands_in(self, table: Table) -> bool:
        """Tell whether the schema of its table has it."""
        if not self.column:
            return True
        fields = [field for field in table.fields if self.column in field.loaded_columns]
        targets = {key.table for key in table.foreign_keys if key.column == self.column}
        has_code = any(self.code in {"", *field.codes} for field in fields)
        return has_code and self.target in {"", *targets}


def name_columns(tables: Iterable[str], columns: Collection[str]) -> tuple[str, ...]:
    """Return the names in short of columns, or codes of columns (COLUMN:CODE), that each of some tables has."""
    return tuple(f"{table}.{column}" for table in tables for column in columns)


def name_measure(measure: str) -> str:
    """Return what findings call a measure."""
    return f"The measure {measure}"


@cache
def read_rest(text: str) -> Rest:
    """Return what a text of the short form names; raise ValueError if it has another form."""
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return Rest(text, **{name: part or "" for name, part in match.groupdict().items()})


def find_tables(rests: Iterable[str]) -> tuple[str, ...]:
    """Return the tables of the package that must be there, those that measures need among them."""
    named = dict.fromkeys(
        name for rest in map(read_rest, rests) for name in (rest.table, rest.target) if name
    )
    measures = list(find_needed(named))
    needed = sorted(set[str]().union(*(measure.needs for measure in measures)))
    return tuple(name for name in dict.fromkeys((*named, *needed)) if name not in read_measures())


def find_lacking(
    users: Iterable[tuple[str, Iterable[str]]], package: Package
) -> Iterator[tuple[str, Finding]]:
    """Yield each user, by name, of something that the schema of its table lacks, with the finding that says so."""
    tables = {table.name: table for table in package.tables}
    for user, rests in users:
        for rest in map(read_rest, rests):
            table = tables.get(rest.table)
            if table and not rest.stands_in(table):
                message = f"{user} rests on {rest.text}, which the schema lacks."
                yield user, RULES["schema-invalid"].found(message, path=table.schema_path, table=table.name)


def find_retyped(columns: Mapping[str, Collection[str]], tables: Iterable[Table]) -> Iterator[Finding]:
    """Find columns, given by table, that are of another type than code was written for, which may not bear it.

    A table that is given without columns is looked at whole.
    """
    known = {
        (table.name, field.name): field.form for table in installed_package().tables for field in table.fields
    }
    for table in tables:
        if table.name not in columns:
            continue
        for field in table.fields:
            form = known.get((table.name, field.name), field.form)
            meant = not columns[table.name] or set(field.loaded_columns).intersection(columns[table.name])
            if meant and field.form != form:
                message = f'The rules on "{field.name}" cannot be checked: it is of the type {field.form}, not {form}.'
                yield RULES["schema-invalid"].found(message, path=table.schema_path, table=table.name)


def list_codes(measure: Measure, tables: Mapping[str, Table]) -> tuple[str, ...]:
    """Return the codes that the query of a measure compares with columns of tables of a package."""
    needed = {name for step in (*find_needed(measure.needs), measure) for name in step.needs} & tables.keys()
    return tuple(
        f"{name}.{column}:{code}"
        for relation, column, codes in _COMPARED.findall(measure.query)
        for name in sorted(needed & {relation} or needed)
        if column in tables[name].columns
        for code in re.findall(r"'([^']*)'", codes)
    )


def find_broken_measures(package: Package) -> Iterator[tuple[str, Finding]]:
    """Yield each measure that reads a column or compares a code that no schema has, with the finding that says so.

    SQLite reads the queries over tables without rows. A measure is left out if a table is missing, or a measure it needs is
    broken.
    """
    tables = {table.name: table for table in package.tables}
    known = set(tables)
    with closing(sqlite3.connect(":memory:")) as connection:
        for table in tables.values():
            names = ", ".join(f'"{name}"' for field in table.fields for name in field.loaded_columns)
            connection.execute(f'CREATE TABLE "{table.name}" ({names})')
        for measure in read_measures().values():
            if not measure.needs <= known:
                continue
            user = name_measure(measure.name)
            yield from find_lacking([(user, list_codes(measure, tables))], package)
            try:
                connection.execute(f'CREATE TABLE "{measure.name}" AS {measure.query}')
            except sqlite3.OperationalError as error:
                message = f"{user} cannot be made: {error}."
                yield user, RULES["schema-invalid"].found(message, path=DESCRIPTOR)
            else:
                known.add(measure.name)
