"""The command describe: the codebook on a terminal, one line for what does not exist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import dprk_russia
from dprk_russia.record.measures import list_frames
from dprk_russia.release.formats.archive import write_archive

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

    from dprk_russia.checks.faults import Specimen


pytestmark = pytest.mark.slow


def test_without_a_name_every_table_and_derived_frame_is_listed_with_its_rows(
    run: Run,
) -> None:
    code, out, _ = run("describe")
    assert code == 0
    listed = dict(re.findall(r"^(\w+) +([\d,]+)  ", out, re.MULTILINE))
    assert listed.keys() == {*dprk_russia.tables(), *(frame.name for frame in list_frames())}
    assert listed["claims"] == f"{len(dprk_russia.load('claims')):,}"
    assert listed["echoes"] == f"{len(dprk_russia.echoes()):,}"


@pytest.mark.parametrize("name", ["claims", "assessments"])
def test_a_table_or_derived_frame_is_told_column_by_column(run: Run, name: str) -> None:
    code, out, _ = run("describe", name)
    assert code == 0
    told = re.findall(r"^(\w+) .* +[\w ]*\d+%  ", out, re.MULTILINE)
    assert told == list(dprk_russia.describe(name).index)


def test_a_column_is_told_with_its_codes_limits_references_and_cells(specimen: Specimen, run: Run) -> None:
    code, out, _ = run("describe", "claims.kind", "--package", specimen.folder)
    assert code == 0
    assert "\nfilled   9 of 9 rows (100%)\n" in out
    assert re.search(r"^denial +1  Rejects an earlier assertion.$", out, re.MULTILINE)
    assert re.search(r"^example +quantity$", out, re.MULTILINE)
    assert "id in actors.actor_id" in run("describe", "claims.asserted_by", "--package", specimen.folder)[1]
    assert "[A-Z]{2}" in run("describe", "actors.country", "--package", specimen.folder)[1]
    assert "integer" not in run("describe", "estimates.number", "--package", specimen.folder)[1]


def test_an_id_and_a_code_are_told_with_what_stands_under_them(run: Run) -> None:
    code, out, _ = run("describe", "kpa-killed")
    assert code == 0
    assert re.search(r"^indicators\.name +KPA killed$", out, re.MULTILINE)
    assert re.search(
        r"^claims\.kind +Rejects an earlier assertion\.$", run("describe", "denial")[1], re.MULTILINE
    )


def test_of_an_id_its_own_row_is_told_and_none_that_begins_with_it(run: Run) -> None:
    code, out, _ = run("describe", "C00001")
    assert code == 0
    assert {line.partition(".")[0] for line in out.splitlines() if re.match(r"\w+\.\w+ ", line)} == {"claims"}


def test_a_package_in_a_zip_file_is_described(specimen: Specimen, tmp_path: Path, run: Run) -> None:
    from dprk_russia.contract.package import read_package

    write_archive(read_package(specimen.folder), tmp_path / "release.zip")
    code, out, _ = run("describe", "topics", "--package", tmp_path / "release.zip")
    assert code == 0
    assert f"\n{len(specimen.rows('topics')) - 1} rows, one for each topic_id" in out


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("claim", "claims"),
        ("claims.knid", "claims.kind"),
        ("assesments", "assessments"),
        ("claims.", "claims"),
        ("kpa-kiled", "kpa-killed"),
        ("denal", "denial"),
    ],
)
def test_a_misspelt_name_is_met_with_the_nearest(run: Run, name: str, nearest: str) -> None:
    code, out, err = run("describe", name)
    assert (code, out) == (2, "")
    told = f"There is no frame, column, id or code {name}. Did you mean {nearest}?\n"
    assert err.endswith(f"\nError: Invalid value for NAME: {told}")


def test_a_name_like_no_other_is_refused(run: Run) -> None:
    code, _, err = run("describe", "zzzzzz")
    assert code == 2
    assert "dprk-russia describe lists what there is." in err


def test_a_package_with_errors_is_not_described(specimen: Specimen, run: Run) -> None:
    specimen.set("claims", "C00001", kind="nothing")
    code, out, err = run("describe", "claims", "--package", specimen.folder)
    assert (code, out) == (1, "")
    assert err == f"{specimen.folder} has errors; run dprk-russia validate {specimen.folder}\n"


def test_a_missing_package_is_told_in_one_line(tmp_path: Path, run: Run) -> None:
    code, out, err = run("describe", "--package", tmp_path / "nowhere")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
