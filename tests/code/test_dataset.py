"""Loading: every column has the type its schema promises, and importing costs nothing."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

import dprk_russia
from dprk_russia.contract.package import installed_package

if TYPE_CHECKING:
    from dprk_russia.contract.schema import Table

TABLES = installed_package().tables
TABLE_NAMES = [table.name for table in TABLES]


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
                pd.Index(field.codes, dtype="str"), ordered=field.ordered
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


def test_describe_names_what_a_column_refers_to() -> None:
    columns = dprk_russia.describe("claims")
    assert columns.loc["asserted_by", "references"] == "actors"
    assert "denial" in str(columns.loc["kind", "codes"]).split(";")
    assert columns["description"].str.endswith(".").all()


def test_an_unknown_table_is_named_with_those_that_exist() -> None:
    with pytest.raises(KeyError, match="There is no table 'claim'; the tables are topics, "):
        dprk_russia.load("claim")


def test_an_unknown_indicator_is_refused() -> None:
    with pytest.raises(KeyError, match="There is no indicator 'deaths'"):
        dprk_russia.estimates("deaths")


def test_a_step_to_a_frame_is_no_table_to_be_described() -> None:
    with pytest.raises(KeyError, match="chains"):
        dprk_russia.describe("chains")


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
