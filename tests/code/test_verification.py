"""Verification: a release is what its checksums say, and every format holds the tables of the Data Package."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from dprk_russia.contract.package import PackageError
from dprk_russia.release.publication.verification import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run


pytestmark = pytest.mark.slow


@pytest.fixture
def downloaded(specimen_release: Path, tmp_path: Path) -> Path:
    return shutil.copytree(specimen_release, tmp_path / "downloaded")


def sign(folder: Path) -> None:
    """Give the files the sums they have, as one would who forges a release."""
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    names = [line[66:] for line in lines]
    sums = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    (folder / "SHA256SUMS").write_text("".join(f"{digest}  {name}\n" for name, digest in sums.items()))


def test_a_release_as_built_verifies(downloaded: Path) -> None:
    report = verify(downloaded)
    assert report.findings == ()
    assert report.checked["claims"] > 0


def test_the_data_package_alone_verifies(downloaded: Path) -> None:
    (archive,) = downloaded.glob("*.zip")
    assert verify(archive).findings == ()


def remove(folder: Path) -> None:
    (folder / "CODEBOOK.md").unlink()


def change(folder: Path) -> None:
    with (folder / "CODEBOOK.md").open("a") as file:
        file.write("x")


def add(folder: Path) -> None:
    (folder / "parquet" / "notes.txt").write_text("x")


def link(folder: Path) -> None:
    target = folder.parent / "elsewhere.md"
    (folder / "CODEBOOK.md").rename(target)
    (folder / "CODEBOOK.md").symlink_to(target)


def pipe(folder: Path) -> None:
    (folder / "CODEBOOK.md").unlink()
    os.mkfifo(folder / "CODEBOOK.md")


def climb(folder: Path) -> None:
    (folder.parent / "secret").write_text("x")
    with (folder / "SHA256SUMS").open("a") as file:
        file.write(f"{hashlib.sha256(b'x').hexdigest()}  ../secret\n")


def garble(folder: Path) -> None:
    with (folder / "SHA256SUMS").open("a") as file:
        file.write("\0\n")


def repeat(folder: Path) -> None:
    lines = (folder / "SHA256SUMS").read_text().splitlines(keepends=True)
    (folder / "SHA256SUMS").write_text("".join([*lines, lines[0]]))


@pytest.mark.parametrize(
    ("harm", "rule", "path"),
    [
        (remove, "artefact-missing", "CODEBOOK.md"),
        (change, "artefact-changed", "CODEBOOK.md"),
        (add, "artefact-unlisted", "parquet/notes.txt"),
        (link, "artefact-missing", "CODEBOOK.md"),
        (pipe, "artefact-missing", "CODEBOOK.md"),
        (climb, "checksums-invalid", "SHA256SUMS"),
        (garble, "checksums-invalid", "SHA256SUMS"),
        (repeat, "checksums-invalid", "SHA256SUMS"),
    ],
)
def test_a_file_that_is_not_as_released_is_one_finding(
    downloaded: Path, harm: Callable[[Path], None], rule: str, path: str
) -> None:
    harm(downloaded)
    assert [(finding.rule, finding.path) for finding in verify(downloaded).findings] == [(rule, path)]


def test_of_sums_that_differ_the_first_twelve_digits_are_told(downloaded: Path) -> None:
    before = hashlib.sha256((downloaded / "CODEBOOK.md").read_bytes()).hexdigest()
    change(downloaded)
    after = hashlib.sha256((downloaded / "CODEBOOK.md").read_bytes()).hexdigest()
    (found,) = verify(downloaded).findings
    assert found.message == f"Its sum is {after[:12]}…, not {before[:12]}…."


def alter_parquet(folder: Path) -> str:
    path = folder / "parquet" / "topics.parquet"
    frame = pd.read_parquet(path)
    frame.loc[0, "name"] = "Another"
    frame.to_parquet(path)
    return "parquet/topics.parquet"


def drop_row(folder: Path) -> str:
    path = folder / "parquet" / "topics.parquet"
    pd.read_parquet(path).iloc[1:].to_parquet(path)
    return "parquet/topics.parquet"


def drop_column(folder: Path) -> str:
    path = folder / "parquet" / "topics.parquet"
    pd.read_parquet(path).drop(columns="name").to_parquet(path)
    return "parquet/topics.parquet"


def alter_sqlite(folder: Path) -> str:
    (path,) = folder.glob("*.sqlite")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE military_figures SET value_low = value_low + 1")
    connection.close()
    return path.name


def alter_derived_parquet(folder: Path) -> str:
    path = folder / "parquet" / "estimates.parquet"
    frame = pd.read_parquet(path)
    frame["is_current"] = True
    frame.to_parquet(path)
    return "parquet/estimates.parquet"


def alter_derived_lines(folder: Path) -> str:
    path = folder / "jsonl" / "timeline.jsonl"
    path.write_text(path.read_text().replace('"credibility": 3', '"credibility": 1').replace("C0", "C1"))
    return "jsonl/timeline.jsonl"


def alter_derived_sqlite(folder: Path) -> str:
    (path,) = folder.glob("*.sqlite")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE disagreements SET how = 'doubts'")
    connection.close()
    return path.name


def make_endless(folder: Path) -> str:
    (path,) = folder.glob("*.sqlite")
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE retired_ids")
        connection.execute(
            "CREATE VIEW retired_ids AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT * FROM n"
        )
    connection.close()
    return path.name


def cut(folder: Path) -> str:
    path = folder / "parquet" / "topics.parquet"
    path.write_bytes(path.read_bytes()[:100])
    return "parquet/topics.parquet"


@pytest.mark.parametrize(
    "harm",
    [
        alter_parquet,
        drop_row,
        drop_column,
        alter_sqlite,
        alter_derived_parquet,
        alter_derived_lines,
        alter_derived_sqlite,
        make_endless,
        cut,
    ],
)
def test_a_format_that_differs_is_found_though_its_sum_is_right(
    downloaded: Path, harm: Callable[[Path], str]
) -> None:
    name = harm(downloaded)
    sign(downloaded)
    assert {(finding.rule, finding.path) for finding in verify(downloaded).findings} == {
        ("artefact-differs", name)
    }


def test_what_is_wrong_in_the_data_package_is_found_at_its_line(downloaded: Path, tmp_path: Path) -> None:
    (archive,) = downloaded.glob("*.zip")
    folder = tmp_path / "unpacked"
    shutil.unpack_archive(archive, folder)
    table = folder / "data" / "claims.csv"
    table.write_text(table.read_text().replace("quantity", "quantities", 1))
    archive.unlink()
    shutil.make_archive(str(archive.with_suffix("")), "zip", folder)
    sign(downloaded)
    found = {(finding.rule, finding.path) for finding in verify(downloaded).findings}
    assert ("enum", f"{archive.name}/data/claims.csv") in found


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit"])
def test_each_form_names_what_differs(downloaded: Path, run: Run, form: str) -> None:
    change(downloaded)
    code, out, _ = run("verify", downloaded, "--format", form)
    assert code == 1
    assert "artefact-changed" in out
    assert "CODEBOOK.md" in out


@pytest.mark.parametrize("name", ["empty", "missing"])
def test_a_place_without_a_release_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(PackageError, match="is not a release"):
        verify(tmp_path / name)


def test_of_a_release_without_a_data_package_nothing_else_is_told(tmp_path: Path) -> None:
    (tmp_path / "SHA256SUMS").touch()
    report = verify(tmp_path)
    assert (report.package, report.version, report.checked, report.findings) == ("", "", {}, ())
    assert [skipped.what for skipped in report.skipped] == [
        "the Data Package",
        "Parquet, SQLite and JSON Lines",
    ]
    assert not report.passes()


def test_a_derived_row_that_was_changed_in_the_data_package_is_found_at_its_line(
    downloaded: Path, tmp_path: Path
) -> None:
    (archive,) = downloaded.glob("*.zip")
    folder = tmp_path / "unpacked"
    shutil.unpack_archive(archive, folder)
    table = folder / "derived" / "estimates.csv"
    content = table.read_text().replace(",100,low,", ",900,low,")
    table.write_text(content)
    descriptor = json.loads((folder / "datapackage.json").read_text())
    (resource,) = (one for one in descriptor["resources"] if one["name"] == "estimates")
    resource["hash"] = f"sha256:{hashlib.sha256(content.encode()).hexdigest()}"
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    archive.unlink()
    shutil.make_archive(str(archive.with_suffix("")), "zip", folder)
    sign(downloaded)
    report = verify(downloaded)
    assert [(one.rule, one.path, one.line, one.column) for one in report.findings] == [
        ("derived-differs", f"{archive.name}/derived/estimates.csv", 6, "number")
    ]
    assert not report.passes()


def test_the_command_tells_what_differs(downloaded: Path, run: Run) -> None:
    alter_sqlite(downloaded)
    sign(downloaded)
    code, out, _ = run("verify", downloaded, "--format", "json")
    assert code == 1
    (finding,) = json.loads(out)["findings"]
    assert "military_figures: value_low of row 1 is 31.0, not 30.0" in finding["message"]


def test_of_cells_that_differ_the_first_eighty_characters_are_told(downloaded: Path) -> None:
    path, text = downloaded / "parquet" / "topics.parquet", "".join(map(str, range(100)))
    frame = pd.read_parquet(path)
    before = str(frame.loc[0, "name"])
    frame.loc[0, "name"] = text
    frame.to_parquet(path)
    sign(downloaded)
    (found,) = verify(downloaded).findings
    assert f"name of row 1 is '{text[:79]}, not '{before}'" in found.message
