"""Loading: every column has the type its schema promises, and importing costs nothing."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

import dprk_russia
from dprk_russia.contract.package import installed_package, read_package
from dprk_russia.record.citation import read_record
from dprk_russia.record.measures import find_place, list_frames, read_measures
from dprk_russia.tabular.loading import CsvTables

if TYPE_CHECKING:
    from collections.abc import Callable

    from dprk_russia.checks.faults import Specimen
    from dprk_russia.contract.schema import Table

TABLES = installed_package().tables
TABLE_NAMES = [table.name for table in TABLES]
DERIVED = [measure.name for measure in list_frames()]
FRAMES = [*TABLE_NAMES, *DERIVED]


def run(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.mark.parametrize("table", TABLES, ids=TABLE_NAMES)
def test_every_column_has_the_type_of_its_schema(table: Table) -> None:
    frame = dprk_russia.load(table.name)
    expected: dict[str, object] = {}
    for field in table.fields:
        if field.form == "code":
            expected[field.name] = pd.CategoricalDtype(
                pd.Index(field.codes, dtype=pd.StringDtype(na_value=np.nan)), ordered=field.ordered
            )
        elif field.form == "integer":
            expected[field.name] = pd.Int64Dtype()
        elif field.form == "number":
            expected[field.name] = pd.Float64Dtype()
        else:
            expected[field.name] = pd.StringDtype(na_value=np.nan)
        if field.is_date:
            expected |= {f"{field.name}_{end}": np.dtype("datetime64[us]") for end in ("from", "to")}
    assert dict(frame.dtypes) == expected
    assert list(frame.columns) == list(expected)


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_the_compiled_schema_accepts_what_is_loaded(name: str) -> None:
    frame = dprk_russia.load(name)
    pd.testing.assert_frame_equal(dprk_russia.schema(name).validate(frame), frame)


def test_the_compiled_schema_refuses_a_broken_row() -> None:
    import pandera.errors

    frame = dprk_russia.load("economic_figures")
    frame.loc[frame["bound"] == "range", "value_low"] = 1e15
    with pytest.raises(pandera.errors.SchemaError, match="value-order"):
        dprk_russia.schema("economic_figures").validate(frame)


def test_a_date_covers_the_days_its_precision_says() -> None:
    claims = dprk_russia.load("claims")
    spans = (claims["asserted_to"] - claims["asserted_from"]).dt.days
    lengths = claims["asserted"].str.len()
    assert set(spans[lengths == 10]) == {0}
    assert set(spans[lengths == 7]) <= {27, 28, 29, 30}
    assert set(spans[lengths == 4]) <= {364, 365}


def test_the_rows_of_a_table_are_counted_before_it_is_read(specimen: Specimen) -> None:
    tables = CsvTables(read_package(specimen.folder))
    assert {name: tables.count_rows(name) for name in tables} == {
        name: len(specimen.rows(name)) - 1 for name in tables
    }


def test_describe_names_what_a_column_refers_to() -> None:
    columns = dprk_russia.describe("claims")
    assert columns.loc["asserted_by", "references"] == "actors"
    assert "denial" in str(columns.loc["kind", "codes"]).split(";")
    assert columns["description"].str.endswith(".").all()


@pytest.mark.parametrize("name", FRAMES)
def test_describe_lists_the_columns_that_are_loaded_with_their_types(name: str) -> None:
    frame, columns = dprk_russia.load(name), dprk_russia.describe(name)
    assert columns["dtype"].to_dict() == {str(column): str(dtype) for column, dtype in frame.dtypes.items()}
    assert list(columns.index) == list(frame.columns)
    filled = frame.columns[frame.notna().all()]
    assert set(columns.index[columns["required"]]) <= set(filled)


@pytest.mark.parametrize("name", DERIVED)
def test_a_derived_frame_is_loaded_by_its_name_as_by_its_function(name: str) -> None:
    pd.testing.assert_frame_equal(dprk_russia.load(name), getattr(dprk_russia, name)())


@pytest.mark.parametrize("name", DERIVED)
def test_a_column_taken_over_has_the_type_that_it_has_in_its_table(name: str) -> None:
    frame = dprk_russia.load(name)
    for column in read_measures()[name].columns:
        table, _, origin = find_place(column).partition(".")
        if table:
            assert frame[column.name].dtype == dprk_russia.load(table)[origin].dtype, column.name


def test_without_a_name_describe_lists_what_can_be_loaded() -> None:
    frames = dprk_russia.describe()
    assert list(frames.index) == FRAMES
    assert set(frames.index[frames["kind"].eq("table")]) == set(dprk_russia.tables())


def test_describe_tells_what_an_id_and_a_code_mean() -> None:
    row = dprk_russia.describe("kpa-killed")["value"]
    killed = dprk_russia.load("indicators").set_index("indicator_id").loc["kpa-killed"]
    assert row["indicators.definition"] == killed["definition"]
    meaning = dprk_russia.describe("denial")["value"]
    assert dict(meaning) == {"claims.kind": "Rejects an earlier assertion."}
    assert dprk_russia.describe("claims.kind")["value"]["denial"] == "Rejects an earlier assertion."
    assert dprk_russia.describe("claims.asserted_to")["value"]["dtype"] == "datetime64[us]"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: dprk_russia.load("claim"), "There is no frame claim. Did you mean claims?"),
        (lambda: dprk_russia.load("xx"), f"There is no frame xx. The frames are {', '.join(FRAMES)}."),
        (
            lambda: dprk_russia.describe("xx"),
            f"There is no frame, column, id or code xx. The frames are {', '.join(FRAMES)}.",
        ),
        (
            lambda: dprk_russia.describe("kpa-kiled"),
            "There is no frame, column, id or code kpa-kiled. Did you mean kpa-killed?",
        ),
        (
            lambda: dprk_russia.schema("assessments"),
            f"There is no table assessments. The tables are {', '.join(TABLE_NAMES)}.",
        ),
        (
            lambda: dprk_russia.estimates("deaths-on-mars"),
            "There is no indicator deaths-on-mars. load('indicators') lists them.",
        ),
        (
            lambda: dprk_russia.answer("deaths-on-mars", known_by="2025"),
            "There is no indicator deaths-on-mars. load('indicators') lists them.",
        ),
        (
            lambda: dprk_russia.silent("kpa-kiled"),
            "There is no indicator kpa-kiled. Did you mean kpa-killed?",
        ),
        (
            lambda: dprk_russia.cite("c00132"),
            "There is no claim, figure or source c00132. Did you mean C00132?",
        ),
        (
            lambda: dprk_russia.cite("kpa-killed"),
            (
                "kpa-killed is an id of indicators; claims, figures and sources can be cited. "
                "dprk-russia describe kpa-killed shows its row."
            ),
        ),
    ],
)
def test_what_does_not_exist_is_told_in_a_sentence(call: Callable[[], object], message: str) -> None:
    with pytest.raises(KeyError) as raised:
        call()
    assert isinstance(raised.value, dprk_russia.NotFoundError)
    assert str(raised.value) == message


def test_without_pandera_a_schema_names_the_extra_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.partition(".")[0] == "pandera"]:
        monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setitem(sys.modules, "pandera", None)
    with pytest.raises(ImportError, match=r"run: pip install 'dprk-russia\[validate\]'") as raised:
        dprk_russia.schema("claims")
    assert isinstance(raised.value, dprk_russia.MissingExtraError)


def test_a_step_to_a_frame_is_no_table_to_be_described() -> None:
    with pytest.raises(dprk_russia.NotFoundError, match="chains"):
        dprk_russia.describe("chains")


def test_whatever_is_offered_is_there_and_every_error_has_the_common_base() -> None:
    assert dir(dprk_russia) == sorted(dprk_russia.__all__)
    offered = {name: getattr(dprk_russia, name) for name in dprk_russia.__all__}
    errors = [thing for name, thing in offered.items() if name.endswith("Error")]
    assert len(errors) == 9
    assert all(issubclass(error, dprk_russia.DprkRussiaError) for error in errors)


def test_what_is_shown_of_an_object_fits_one_line() -> None:
    package = installed_package()
    record = read_record(package)
    things = [package, package.tables[0], package.tables[0].fields[0], record, read_measures()["echoes"]]
    assert all("\n" not in repr(thing) and len(repr(thing)) < 200 for thing in things)
    assert repr(package.table("claims")) == "<Table claims: 15 columns>"


def test_importing_the_package_imports_nothing_else() -> None:
    code = (
        "import sys; before = set(sys.modules); import dprk_russia; "
        "new = {name.split('.')[0] for name in set(sys.modules) - before}; "
        "print(sorted(new - set(sys.stdlib_module_names) - {'dprk_russia'}))"
    )
    assert run(code) == "[]"


def test_the_help_of_the_command_imports_click_alone() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from dprk_russia.cli.command import command; "
        "print(CliRunner().invoke(command, ['--help']).exit_code, "
        "sorted({'pandas', 'numpy', 'pandera', 'pyarrow', 'frictionless'} & set(sys.modules)))"
    )
    assert run(code) == "0 []"


def test_neither_imports_what_is_only_needed_later() -> None:
    code = (
        "import sys, dprk_russia; from click.testing import CliRunner; first = {*sys.modules}; "
        "from dprk_russia.cli.command import command; CliRunner().invoke(command, ['--help']); "
        "own = lambda names: sorted({n.split('.')[1] for n in names if n.startswith('dprk_russia.')}); "
        "print(own(first), own(sys.modules))"
    )
    assert run(code) == "[] ['cli']"


def test_loading_a_table_imports_neither_pandera_nor_frictionless() -> None:
    code = (
        "import sys, dprk_russia; dprk_russia.load('claims'); dprk_russia.assessments(); "
        "print(sorted({'pandera', 'frictionless', 'click'} & set(sys.modules)))"
    )
    assert run(code) == "[]"
