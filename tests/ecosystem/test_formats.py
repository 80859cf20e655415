"""Every format of a release holds the same cells in the same types, by itself and as other people's tools read it."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pandas as pd
import polars as pl
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dprk_russia.contract.package import installed_package
from dprk_russia.record.run import Record
from dprk_russia.release.edition import Edition
from dprk_russia.release.formats import jsonl, parquet, sqlite
from dprk_russia.release.metadata.description import state_facts
from dprk_russia.tabular.frames import Frames, list_columns, plain_cells, type_frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from dprk_russia.contract.schema import Field, Table

Rows = list[tuple[object, ...]]
TYPES = {"integer": int, "number": float, "boolean": bool}


def expect(frame: pd.DataFrame) -> Rows:
    return list(zip(*(plain_cells(frame[name]) for name in frame.columns), strict=True))


def from_pandas(edition: Edition, folder: Path, name: str) -> Rows:
    frame = pd.read_parquet(folder / "parquet" / f"{name}.parquet")
    expected = {**edition.frames, **edition.views}[name]
    if expected.empty:  # A file without rows has no dictionary, so no codes either.
        assert list(frame.columns) == list(expected.columns)
        frame = frame.astype(expected.dtypes)
    pd.testing.assert_frame_equal(frame, expected)
    return expect(frame)


def from_polars(_: Edition, folder: Path, name: str) -> Rows:
    frame = pl.read_parquet(folder / "parquet" / f"{name}.parquet")
    days = pl.selectors.datetime().dt.strftime("%Y-%m-%d")
    return frame.with_columns(days).rows()


def from_pyarrow(_: Edition, folder: Path, name: str) -> Rows:
    rows = pyarrow.parquet.read_table(folder / "parquet" / f"{name}.parquet").to_pylist()
    return [tuple(x.date().isoformat() if hasattr(x, "date") else x for x in row.values()) for row in rows]


def from_sqlite(edition: Edition, folder: Path, name: str) -> Rows:
    connection = sqlite3.connect(folder / edition.database)
    rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608
    connection.close()
    contents = {table.name: list_columns(table) for table, _ in edition.list_contents()}
    # SQLite has no booleans.
    kinds = [bool if column.form == "boolean" else None for column in contents[name]]
    return [
        tuple(kind(x) if kind and x is not None else x for x, kind in zip(row, kinds, strict=True))
        for row in rows
    ]


def from_jsonl(_: Edition, folder: Path, name: str) -> Rows:
    text = (folder / "jsonl" / f"{name}.jsonl").read_text(encoding="utf-8")
    return [tuple(json.loads(line).values()) for line in text.split("\n")[:-1]]


@pytest.mark.parametrize("read", [from_pandas, from_polars, from_pyarrow, from_sqlite, from_jsonl])
def test_every_route_gives_equal_cells_of_equal_types(
    released: tuple[Edition, Path], read: Callable[[Edition, Path, str], Rows]
) -> None:
    edition, folder = released
    for table, frame in edition.list_contents():
        rows = read(edition, folder, table.name)
        assert rows == expect(frame)
        kinds = [TYPES.get(column.form, str) for column in list_columns(table)]
        assert all(
            cell is None or type(cell) is kind for row in rows for cell, kind in zip(row, kinds, strict=True)
        )


def test_json_lines_keep_odd_cells_as_they_are(edition: Edition, tmp_path: Path) -> None:
    texts = [
        "007",
        "NA",
        "null",
        "true",
        "1e5",
        "2024-12",
        "=1+1",
        "🚀",
        "북한",
        'a"b\\c\n\x01',
        "x" * 40_000,
    ]
    integers = [10**18 - 1, -1, 0, None, 2**53 + 1, *range(6)]
    numbers = [0.1, 1e15, 0.1 + 0.2, 3.0, None, -0.000000001, *(float(n) for n in range(5))]
    frame = pd.DataFrame(
        {
            "text": pd.Series(texts, dtype="str"),
            "integer": pd.Series(integers, dtype="Int64"),
            "number": pd.Series(numbers, dtype="Float64"),
        }
    )
    contents = [(SimpleNamespace(name="odd"), frame)]
    jsonl.write(cast("Edition", SimpleNamespace(list_contents=lambda: contents)), tmp_path)
    rows = from_jsonl(edition, tmp_path, "odd")
    assert repr(rows) == repr(list(zip(texts, integers, numbers, strict=True)))
    assert "북한" in (tmp_path / "jsonl" / "odd.jsonl").read_text(encoding="utf-8")


ODD_TEXTS = [
    "007", "NA", "N/A", "nan", "null", "None", "true", "1e5", "-0", "2024-12", "=1+1", " ", "🚀", "북한",
    "a\"b'c", "\\n\\", "{x}", "\u2028", "\r\n\t",
]  # fmt: skip
ODD_NUMBERS = [0.1, 0.1 + 0.2, 1e15, 1e-9, 3.0, -2.5]
FORMS: dict[str, st.SearchStrategy[object]] = {
    "integer": st.integers(-(10**18), 10**18),
    "number": st.sampled_from(ODD_NUMBERS) | st.floats(allow_nan=False, allow_infinity=False),
    "day": st.dates().map(str),
    "partial_date": st.builds(lambda day, length: str(day)[:length], st.dates(), st.sampled_from([4, 7, 10])),
}


def draw_cells(field: Field) -> st.SearchStrategy[object]:
    if field.form == "code":
        cells: st.SearchStrategy[object] = st.sampled_from(field.codes)
    else:
        cells = FORMS.get(field.form, st.sampled_from(ODD_TEXTS) | st.text(min_size=1))
    return cells if field.required else st.none() | cells


def draw_rows(table: Table) -> st.SearchStrategy[Rows]:
    keys = (table.primary_key, *table.unique_keys)
    cells = st.tuples(*map(draw_cells, table.fields))
    return st.lists(
        cells, min_size=1, max_size=5, unique_by=tuple(partial(take_key, table, key) for key in keys)
    )


def take_key(table: Table, key: tuple[str, ...], row: tuple[object, ...]) -> object:
    """Return what no other row may have: the cells of a key, unless one of them is empty."""
    cells = tuple(row[table.columns.index(column)] for column in key)
    return object() if None in cells else cells


@pytest.mark.parametrize("name", ["places", "military_figures"])
@settings(max_examples=30)
@given(data=st.data())
def test_odd_cells_come_back_as_they_are(name: str, data: st.DataObject) -> None:
    package = installed_package()
    table = package.table(name)
    rows = data.draw(draw_rows(table))
    texts = [[None if cell is None else str(cell) for cell in row] for row in rows]
    frame = type_frame(pd.DataFrame(texts, columns=list(table.columns), dtype="str"), table)
    package = replace(package, tables=(table,))
    edition = Edition(package, {name: frame}, {}, Record(Frames(), package))
    places = [frame.columns.get_loc(column) for column in table.columns]
    with TemporaryDirectory() as folder:
        for artefact in (parquet, sqlite, jsonl):
            artefact.write(edition, Path(folder))
        for read in (from_polars, from_pyarrow, from_sqlite, from_jsonl):
            found = [tuple(row[place] for place in places) for row in read(edition, Path(folder), name)]
            assert found == rows, read.__name__


def test_sqlite_and_parquet_describe_themselves(released: tuple[Edition, Path]) -> None:
    edition, folder = released
    connection = sqlite3.connect(folder / edition.database)
    facts = state_facts(edition.package)
    assert connection.execute('SELECT * FROM "_package"').fetchall() == [tuple(facts.values())]
    texts = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    for table, _ in edition.list_contents():
        schema = pyarrow.parquet.read_schema(folder / "parquet" / f"{table.name}.parquet")
        assert schema.metadata[b"package_version"].decode() == edition.package.version
        assert schema.metadata[b"description"].decode() == table.description
        for field in table.fields:
            about = " ".join(field.description.split())
            assert schema.field(field.name).metadata[b"description"].decode() == about
            assert f'-- {about}\n  "{field.name}" ' in texts[table.name]
    connection.close()


def test_a_look_up_by_a_foreign_key_uses_an_index(released: tuple[Edition, Path]) -> None:
    edition, folder = released
    connection = sqlite3.connect(folder / edition.database)
    for table, _ in edition.list_contents():
        for key in table.foreign_keys:
            query = f'EXPLAIN QUERY PLAN SELECT * FROM "{table.name}" WHERE "{key.column}" = ?'  # noqa: S608
            plan = connection.execute(query, ["x"]).fetchone()[3]
            assert re.match(r"SEARCH \w+ USING (COVERING )?INDEX", plan)
    connection.close()
