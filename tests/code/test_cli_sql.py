"""The command sql: a script for each database, one clear line for a name that no measure has."""

from __future__ import annotations

import sys

import pytest

from dprk_russia.cli.command import main
from dprk_russia.record.dialects import DIALECTS, write_script
from dprk_russia.record.measures import read_measures


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        main(["sql", *arguments])
    out, err = capsys.readouterr()
    return int(str(stopped.value.code or 0)), out, err


def test_without_more_the_script_of_all_measures_for_sqlite_is_printed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(capsys) == (0, write_script("sqlite"), "")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_one_measure_is_printed_for_each_database(capsys: pytest.CaptureFixture[str], dialect: str) -> None:
    code, out, _ = run(capsys, "echoes", "--dialect", dialect)
    assert (code, out) == (0, write_script(dialect, ["echoes"]))
    assert out != write_script(dialect)


@pytest.mark.parametrize(
    ("name", "nearest"), [("assesments", "assessments"), ("claim_list", "claim_lists"), ("Rivals", "rivals")]
)
def test_a_misspelt_name_is_met_with_the_nearest(
    capsys: pytest.CaptureFixture[str], name: str, nearest: str
) -> None:
    code, out, err = run(capsys, name)
    assert (code, out) == (2, "")
    assert err.endswith(f"There is no measure {name}. Did you mean {nearest}?\n")


def test_a_name_like_no_other_is_met_with_all_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "zzzzzz")
    assert (code, out) == (2, "")
    last = err.splitlines()[-1]
    assert "There is no measure zzzzzz." in last
    assert all(name in last for name in read_measures())


def test_a_table_is_no_measure(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "claims")[0] == 2


def test_a_missing_library_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sqlglot", None)
    monkeypatch.delitem(sys.modules, "dprk_russia.record.translation", raising=False)
    code, out, err = run(capsys, "--dialect", "duckdb")
    assert (code, out) == (2, "")
    assert err == "dprk-russia: sqlglot is not installed; run: pip install 'dprk-russia[build]'\n"
