"""Derived frames as files: how their cells are written, and the schemas that tell of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from dprk_russia.contract.package import (
    FRAMES,
    installed_package,
    locate_derived,
    read_for_comparison,
    read_package,
)
from dprk_russia.contract.schema import make_table, state_schema
from dprk_russia.record.derived import describe_resource, write_csv
from dprk_russia.record.measures import describe_frames
from dprk_russia.tabular.unpacking import unpack
from dprk_russia.versions.changes import compare

if TYPE_CHECKING:
    from pathlib import Path

    from dprk_russia.checks.faults import Specimen
    from dprk_russia.contract.schema import Table

pytestmark = pytest.mark.slow

FRAMES_TOLD = describe_frames(installed_package())


def test_each_kind_of_cell_is_written_in_the_form_of_the_tables() -> None:
    rows = pd.DataFrame(
        {
            "text": pd.Series(['say "x", y', None, "김정은"], dtype="str"),
            "day": pd.to_datetime(pd.Series(["2024-12-16", None, "2024-01-02"])),
            "number": pd.array([1e15, None, 0.000000001], dtype="Float64"),
            "whole": pd.array([-3, None, 0], dtype="Int64"),
            "flag": pd.Series([True, False, True]),
            "maybe": pd.array([False, None, True], dtype="boolean"),
            "code": pd.Categorical(["b", None, "a"], categories=["a", "b"]),
        }
    )
    assert write_csv(rows).decode() == (
        "text,day,number,whole,flag,maybe,code\n"
        '"say ""x"", y",2024-12-16,1000000000000000,-3,true,false,b\n'
        ",,,,false,,\n"
        "김정은,2024-01-02,0.000000001,0,true,true,a\n"
    )
    assert write_csv(rows.iloc[:0]) == b"text,day,number,whole,flag,maybe,code\n"


@pytest.mark.parametrize("table", installed_package().tables, ids=lambda table: table.name)
def test_a_schema_that_is_stated_is_read_as_the_table_it_states(table: Table) -> None:
    stated = json.loads(json.dumps(state_schema(table)))
    assert make_table(table.name, table.path, table.schema_path, stated) == table


def test_the_schema_of_a_table_is_stated_as_it_was_written() -> None:
    package = installed_package()
    table = package.table("places")
    written = json.loads((package.folder / table.schema_path).read_text(encoding="utf-8"))
    stated = state_schema(table)
    assert [field["name"] for field in stated["fields"]] == [field["name"] for field in written["fields"]]
    for field, own in zip(stated["fields"], written["fields"], strict=True):
        assert field == own
    assert {key: value for key, value in stated.items() if key != "fields"} == {
        key: value for key, value in written.items() if key != "fields"
    }


@pytest.mark.parametrize("frame", FRAMES_TOLD, ids=lambda frame: frame.name)
def test_the_resource_of_a_frame_tells_types_keys_and_meanings(frame: Table) -> None:
    resource = describe_resource(frame)
    schema = resource["schema"]
    assert resource["path"] == locate_derived(frame.name) == f"derived/{frame.name}.csv"
    assert tuple(schema.get("primaryKey", ())) == frame.primary_key
    keys = {key["fields"][0]: key["reference"] for key in schema["foreignKeys"]}
    assert keys == {
        key.column: {"resource": key.table, "fields": [key.reference]} for key in frame.foreign_keys
    }
    types = {"day": "date", "integer": "integer", "number": "number", "boolean": "boolean"}
    examples = {"integer": int, "number": int | float, "boolean": bool}
    for field, own in zip(schema["fields"], frame.fields, strict=True):
        assert (field["name"], field["description"]) == (own.name, own.description)
        assert field["type"] == types.get(own.form, "string")
        assert isinstance(field["example"], examples.get(own.form, str))
        assert field.get("constraints", {}).get("required", False) is own.required


def test_every_derived_frame_is_known_to_the_contract() -> None:
    assert {frame.name for frame in FRAMES_TOLD} == FRAMES


def test_a_release_is_compared_with_a_checkout_by_its_tables_alone(
    specimen_release: Path, specimen: Specimen, tmp_path: Path
) -> None:
    (archive,) = specimen_release.glob("*.zip")
    (tmp_path / "unpacked").mkdir()
    unpack(archive, tmp_path / "unpacked")
    released = read_package(tmp_path / "unpacked")
    assert set(released.derived) == FRAMES
    assert released.declared == read_package(specimen.folder).declared
    comparison = compare(read_for_comparison(tmp_path / "unpacked"), read_package(specimen.folder))
    assert comparison.skipped == ()
    assert set(comparison.after) == set(released.declared)
