"""The command describe: the codebook on a terminal, one line for what does not exist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import dprk_russia
from dprk_russia.cli.command import main
from dprk_russia.record.measures import list_frames
from dprk_russia.release.formats.archive import write_archive

if TYPE_CHECKING:
    from pathlib import Path

    from dprk_russia.checks.faults import Specimen


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        main(["describe", *(str(argument) for argument in arguments)])
    out, err = capsys.readouterr()
    return int(str(stopped.value.code or 0)), out, err


def test_without_a_name_every_table_and_derived_frame_is_listed_with_its_rows(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = run(capsys)
    assert code == 0
    listed = dict(re.findall(r"^(\w+) +([\d,]+)  ", out, re.MULTILINE))
    assert listed.keys() == {*dprk_russia.tables(), *(frame.name for frame in list_frames())}
    assert listed["claims"] == f"{len(dprk_russia.load('claims')):,}"
    assert listed["echoes"] == f"{len(dprk_russia.echoes()):,}"


@pytest.mark.parametrize("name", ["claims", "assessments"])
def test_a_table_or_derived_frame_is_told_column_by_column(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    code, out, _ = run(capsys, name)
    assert code == 0
    told = re.findall(r"^(\w+) .* +[\w ]*\d+%  ", out, re.MULTILINE)
    assert told == list(dprk_russia.describe(name).index)


def test_a_column_is_told_with_its_codes_limits_references_and_cells(
    specimen: Specimen, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "claims.kind", "--package", specimen.folder)
    assert code == 0
    assert "\nfilled   9 of 9 rows (100%)\n" in out
    assert re.search(r"^denial +1  Rejects an earlier assertion.$", out, re.MULTILINE)
    assert re.search(r"^example +quantity$", out, re.MULTILINE)
    assert "id in actors.actor_id" in run(capsys, "claims.asserted_by", "--package", specimen.folder)[1]
    assert "[A-Z]{2}" in run(capsys, "actors.country", "--package", specimen.folder)[1]
    assert "integer" not in run(capsys, "echoes.echo", "--package", specimen.folder)[1]


def test_a_package_in_a_zip_file_is_described(
    specimen: Specimen, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from dprk_russia.contract.package import read_package

    write_archive(read_package(specimen.folder)[0], tmp_path / "release.zip")
    code, out, _ = run(capsys, "topics", "--package", tmp_path / "release.zip")
    assert code == 0
    assert f"\n{len(specimen.rows('topics')) - 1} rows, one for each topic_id" in out


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("claim", "claims"),
        ("claims.knid", "claims.kind"),
        ("assesments", "assessments"),
        ("claims.", "claims"),
    ],
)
def test_a_misspelt_name_is_met_with_the_nearest(
    capsys: pytest.CaptureFixture[str], name: str, nearest: str
) -> None:
    code, out, err = run(capsys, name)
    assert (code, out) == (2, "")
    assert err.endswith(f"There is no table or column {name}. Did you mean {nearest}?\n")


def test_a_name_like_no_other_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "zzzzzz")
    assert code == 2
    assert "dprk-russia describe lists what there is." in err


def test_a_package_with_errors_is_not_described(
    specimen: Specimen, capsys: pytest.CaptureFixture[str]
) -> None:
    specimen.set("claims", "C00001", kind="nothing")
    code, out, err = run(capsys, "claims", "--package", specimen.folder)
    assert (code, out) == (1, "")
    assert err == f"{specimen.folder} has errors; run dprk-russia validate {specimen.folder}\n"


def test_a_missing_package_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "--package", tmp_path / "nowhere")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
