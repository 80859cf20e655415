"""The command sql: a script for each database, one clear line for a name that no measure has."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from dprk_russia.record.dialects import DIALECTS, write_script
from dprk_russia.record.measures import read_measures

if TYPE_CHECKING:
    from conftest import Run


def test_without_more_the_script_of_all_measures_for_sqlite_is_printed(
    run: Run,
) -> None:
    assert run("sql") == (0, write_script("sqlite"), "")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_one_measure_is_printed_for_each_database(run: Run, dialect: str) -> None:
    code, out, _ = run("sql", "echoes", "--dialect", dialect)
    assert (code, out) == (0, write_script(dialect, ["echoes"]))
    assert out != write_script(dialect)


@pytest.mark.parametrize(
    ("name", "nearest"), [("assesments", "assessments"), ("claim_list", "claim_lists"), ("Rivals", "rivals")]
)
def test_a_misspelt_name_is_met_with_the_nearest(run: Run, name: str, nearest: str) -> None:
    code, out, err = run("sql", name)
    assert (code, out) == (2, "")
    assert err.endswith(f"There is no measure {name}. Did you mean {nearest}?\n")


def test_a_name_like_no_other_is_met_with_all_of_them(run: Run) -> None:
    code, out, err = run("sql", "zzzzzz")
    assert (code, out) == (2, "")
    last = err.splitlines()[-1]
    assert "There is no measure zzzzzz." in last
    assert all(name in last for name in read_measures())


def test_a_table_is_no_measure(run: Run) -> None:
    assert run("sql", "claims")[0] == 2


def test_a_missing_library_is_told_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlglot", None)
    monkeypatch.delitem(sys.modules, "dprk_russia.record.translation", raising=False)
    code, out, err = run("sql", "--dialect", "duckdb")
    assert (code, out) == (2, "")
    assert err == "dprk-russia: sqlglot is not installed; run: pip install 'dprk-russia[sql]'\n"
