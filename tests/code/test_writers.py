"""What writers of formats do that the release of a small package does not show."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pandas as pd
import pytest

from dprk_russia.checks.faults import Specimen
from dprk_russia.release.edition import Edition, read_edition
from dprk_russia.release.formats import jsonl, sqlite
from dprk_russia.release.metadata import croissant, datasette
from dprk_russia.release.metadata.description import Agent, describe, state_facts
from dprk_russia.release.publication import verification

if TYPE_CHECKING:
    from pathlib import Path


def write_lines(frame: pd.DataFrame, folder: Path) -> list[str]:
    contents = [(SimpleNamespace(name="things"), frame)]
    jsonl.write(cast("Edition", SimpleNamespace(list_contents=lambda: contents)), folder)
    return (folder / "jsonl" / "things.jsonl").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("rows", [0, 1, 2, 3, 4, 5, 6, 7])
def test_json_lines_hold_every_row_of_every_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    monkeypatch.setattr(jsonl, "ROWS_AT_ONCE", 3)
    frame = pd.DataFrame({"id": pd.array(range(rows), dtype="Int64")})
    assert write_lines(frame, tmp_path) == [f'{{"id": {row}}}' for row in range(rows)]


def test_json_lines_write_each_kind_of_cell_as_it_is(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "text": pd.Series(['say "x"', None, "김정은\n"], dtype="str"),
            "day": pd.to_datetime(pd.Series(["2024-12-16", None, "2024-01-02"])),
            "number": pd.array([1.5, None, -2], dtype="Float64"),
            "whole": pd.array([None, 3, 3], dtype="Int64"),
            "code": pd.Categorical(["b", None, "a"], categories=["a", "b"]),
        }
    )
    assert write_lines(frame, tmp_path) == [
        r'{"text": "say \"x\"", "day": "2024-12-16", "number": 1.5, "whole": null, "code": "b"}',
        '{"text": null, "day": null, "number": null, "whole": 3, "code": null}',
        r'{"text": "김정은\n", "day": "2024-01-02", "number": -2.0, "whole": 3, "code": "a"}',
    ]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return read_edition(Specimen(tmp_path_factory.mktemp("specimen") / "package").folder)


@pytest.fixture(scope="module")
def database(small: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("database")
    sqlite.write(small, folder)
    return folder / small.database


def query(path: Path, text: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(text).fetchall()


def test_sqlite_has_the_keys_of_every_table(small: Edition, database: Path) -> None:
    for table in small.package.tables:
        columns = query(database, f'PRAGMA table_info("{table.name}")')
        keyed = sorted((place, name) for _, name, _, _, _, place in columns if place)
        assert tuple(name for _, name in keyed) == table.primary_key
        keys = query(database, f'PRAGMA foreign_key_list("{table.name}")')
        assert {(key[3], key[2], key[4]) for key in keys} == {
            (key.column, key.table, key.reference) for key in table.foreign_keys
        }
        unique = {
            tuple(row[2] for row in query(database, f'PRAGMA index_info("{index[1]}")'))
            for index in query(database, f'PRAGMA index_list("{table.name}")')
            if index[3] == "u"
        }
        assert unique == set(table.unique_keys)


def test_sqlite_indexes_each_foreign_key_once(small: Edition, database: Path) -> None:
    for table in small.package.tables:
        indexes = query(database, f'PRAGMA index_list("{table.name}")')
        first = [query(database, f'PRAGMA index_info("{index[1]}")')[0][2] for index in indexes]
        for key in table.foreign_keys:
            assert first.count(key.column) == 1
        own = {index[1] for index in indexes if index[3] == "c"}
        assert own == {
            f"_{table.name}_by_{key.column}"
            for key in table.foreign_keys
            if key.column not in {unique[0] for unique in (table.primary_key, *table.unique_keys)}
        }


def test_sqlite_types_columns_and_demands_cells_as_the_schema_does(small: Edition, database: Path) -> None:
    types = {"integer": "INTEGER", "number": "REAL"}
    for table in small.package.tables:
        columns = {
            name: (kind, bool(filled))
            for _, name, kind, filled, _, _ in query(database, f'PRAGMA table_info("{table.name}")')
        }
        expected: dict[str, tuple[str, bool]] = {}
        for field in table.fields:
            expected[field.name] = (types.get(field.form, "TEXT"), field.required)
            expected |= dict.fromkeys(field.day_columns, ("TEXT", False))
        assert columns == expected


def test_sqlite_describes_the_package_its_columns_and_its_codes(small: Edition, database: Path) -> None:
    columns = query(
        database,
        "SELECT * FROM _columns WHERE \"table\" = 'retired_ids' OR \"column\" IN ('topic_id', 'asserted_to')",
    )
    told = {(row[0], row[1]): row[4:] for row in columns}
    assert told["claims", "topic_id"] == ("text", "topics")
    assert told["claims", "asserted_to"] == ("day", None)
    assert told["retired_ids", "reason"] == ("code", None)
    reasons = small.package.table("retired_ids").field("reason").categories
    assert query(
        database,
        "SELECT code, label FROM _codes WHERE \"table\" = 'retired_ids' AND \"column\" = 'reason'",
    ) == [(str(category.value), category.label) for category in reasons]
    assert query(database, "SELECT count(*) FROM _package") == [(1,)]


EXPECTED: dict[str, list[object]] = {"id": ["a", "b"], "number": [1.0, None]}


@pytest.mark.parametrize(
    ("found", "difference"),
    [
        (EXPECTED, None),
        ({"id": ["a", "b", "c"], "number": [1.0, None, 2.0]}, "it has not 2 rows, as the Data Package has"),
        ({"id": ["a"], "number": [1.0]}, "it has not 2 rows, as the Data Package has"),
        ({"id": [], "number": []}, "it has not 2 rows, as the Data Package has"),
        ({"id": ["a", "x"], "number": [1.0, None]}, "id of row 2 is 'x', not 'b'"),
        ({"id": ["a", "b"], "number": [1.5, 0]}, "number of row 1 is 1.5, not 1.0"),
        ({"id": ["a", "b"], "number": [1.0, 0]}, "number of row 2 is 0, not None"),
        ({"number": [1.0, None], "id": ["a", "b"]}, "the columns differ: their order"),
        ({"id": ["a", "b"]}, "the columns differ: number"),
        ({**EXPECTED, "x": [1, 2]}, "the columns differ: x"),
        ({"id": ["a", "b"], "x": [1, 2]}, "the columns differ: number, x"),
        ({}, "the columns differ: id, number"),
    ],
)
def test_the_first_difference_of_a_format_is_told(
    found: dict[str, list[object]], difference: str | None
) -> None:
    assert verification._find_difference(EXPECTED, lambda _: found) == difference


def test_a_format_is_read_one_row_further_than_the_data_package_goes() -> None:
    asked: list[int] = []
    verification._find_difference(EXPECTED, lambda limit: asked.append(limit) or EXPECTED)  # type: ignore[func-returns-value]
    assert asked == [3]


def test_a_table_without_rows_has_no_columns_in_json_lines_alone() -> None:
    empty: dict[str, list[object]] = {"id": [], "number": []}
    assert verification._find_difference(empty, lambda _: {}) is None
    assert verification._find_difference(empty, lambda _: empty) is None
    assert verification._find_difference(empty, lambda _: {"id": []}) == "the columns differ: number"
    assert verification._find_difference(empty, lambda _: {"id": ["a"], "number": [1.0]}) == (
        "it has not 0 rows, as the Data Package has"
    )


def test_a_table_that_the_data_package_lacks_is_a_difference() -> None:
    assert verification._find_difference(None, lambda _: EXPECTED) == "the Data Package has no such table"


@pytest.mark.parametrize(
    "error", [OSError("x."), ValueError("x."), TypeError("x"), KeyError("x"), sqlite3.Error("x")]
)
def test_a_format_that_cannot_be_read_is_a_difference(error: Exception) -> None:
    def fail(_: int) -> dict[str, list[object]]:
        raise error

    told = verification._find_difference(EXPECTED, fail)
    assert told in {"it cannot be read, x", "it cannot be read, 'x'"}


@pytest.mark.parametrize("suffix", [".parquet", ".sqlite", ".jsonl"])
def test_each_reader_gives_the_rows_that_were_written_and_no_more_than_it_is_asked(
    tmp_path: Path, suffix: str
) -> None:
    frame = pd.DataFrame({"id": ["a", "b", "c"], "number": [1.0, None, 3.0]}).astype(
        {"id": "str", "number": "Float64"}
    )
    path = tmp_path / f"things{suffix}"
    if suffix == ".parquet":
        frame.to_parquet(path)
    elif suffix == ".jsonl":
        path.write_text(
            "".join(
                f"{json.dumps(row)}\n"
                for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
            )
        )
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE things (id TEXT, number REAL)")
            connection.execute("INSERT INTO things VALUES ('a', 1), ('b', NULL), ('c', 3)")
            connection.commit()
    read = verification._READERS[suffix]
    whole = {"id": ["a", "b", "c"], "number": [1.0, None, 3.0]}
    assert read(path, "things", 3) == whole
    assert read(path, "things", 4) == whole
    if suffix == ".parquet":
        with pytest.raises(ValueError, match="it has 3 rows"):
            read(path, "things", 2)
    else:
        assert read(path, "things", 2) == {"id": ["a", "b"], "number": [1.0, None]}


def test_a_view_or_nothing_is_no_table_of_a_database(tmp_path: Path) -> None:
    path = tmp_path / "things.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE VIEW things AS SELECT 1 AS id")
        connection.execute("CREATE TABLE empty (id TEXT, number REAL)")
    for name in ("things", "nothing"):
        with pytest.raises(ValueError, match="there is no such table"):
            verification._read_sqlite(path, name, 9)
    assert verification._read_sqlite(path, "empty", 9) == {"id": [], "number": []}


def test_datasette_filters_by_what_repeats_and_sorts_by_all_but_addresses(
    small: Edition, tmp_path: Path
) -> None:
    datasette.write(describe(small, tmp_path), tmp_path)
    (database,) = json.loads((tmp_path / "datasette.json").read_text(encoding="utf-8"))["databases"].values()
    sources, claims = database["tables"]["sources"], database["tables"]["claims"]
    assert claims["facets"] == ["topic_id", "kind", "certainty", "place_id", "credibility"]
    assert claims["sortable_columns"] == list(claims["columns"])
    assert [name for name in sources["columns"] if name not in sources["sortable_columns"]] == [
        "url",
        "read_at",
    ]


def test_croissant_tells_the_type_of_every_column(small: Edition, tmp_path: Path) -> None:
    croissant.write(describe(small, tmp_path), tmp_path)
    content = json.loads((tmp_path / "croissant.json").read_text(encoding="utf-8"))
    types = {
        field["@id"]: field["dataType"] for records in content["recordSet"] for field in records["field"]
    }
    assert {
        name: types[name]
        for name in (
            "claims/statement",
            "claims/credibility",
            "sources/url",
            "military_figures/value_low",
            "estimates/is_current",
            "estimates/asserted_on",
        )
    } == {
        "claims/statement": "sc:Text",
        "claims/credibility": "sc:Integer",
        "sources/url": "sc:URL",
        "military_figures/value_low": "sc:Float",
        "estimates/is_current": "sc:Boolean",
        "estimates/asserted_on": "sc:Date",
    }


@pytest.mark.parametrize(
    ("contributors", "creators"),
    [
        ([{"title": "House", "roles": ["creator"]}], "House"),
        (
            [{"title": "House", "roles": ["editor", "creator"]}, {"title": "Reader", "roles": ["reviewer"]}],
            "House",
        ),
        ([{"title": "House", "roles": ["creator"]}, {"title": "Reader"}], "House"),
        ([{"title": "House", "roles": ["creator"]}, {"title": "Reader", "roles": "creator"}], "House"),
        ([{"title": "House", "roles": ["creator"]}, {"title": " ", "roles": ["creator"]}], "House"),
        ([{"title": "House", "roles": ["creator"]}] * 2, "House"),
        ([{"givenName": "Min", "familyName": "Kim", "roles": ["creator"]}], "Min Kim"),
        ([{"title": "Reader", "roles": ["reviewer"]}], "dprk-russia"),
    ],
)
def test_creators_are_those_who_have_that_role_and_a_name(
    small: Edition, contributors: list[dict[str, object]], creators: str
) -> None:
    package = replace(small.package, descriptor={**small.package.descriptor, "contributors": contributors})
    assert state_facts(package)["creators"] == creators


@pytest.mark.parametrize(
    ("agent", "inverted"),
    [
        (Agent("Min Kim", "Min", "Kim"), "Kim, Min"),
        (Agent("Min", "Min"), "Min"),
        (Agent("Kim", "", "Kim"), "Kim"),
        (Agent("House"), "House"),
    ],
)
def test_a_name_is_inverted_if_both_its_parts_are_known(agent: Agent, inverted: str) -> None:
    assert agent.inverted_name == inverted
    assert bool(agent.names) is (", " in inverted)
