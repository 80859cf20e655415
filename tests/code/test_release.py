"""Releases: whole or not at all, and the same in every format."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from dprk_russia import release
from dprk_russia.checks.rules.releases import CHECKSUMS
from dprk_russia.contract.package import read_package
from dprk_russia.release import RefusedError, RejectedError, ReleaseError
from dprk_russia.release.artefacts import ARTEFACTS
from dprk_russia.release.formats import archive
from dprk_russia.release.publication import place
from dprk_russia.tabular.frames import plain_cells
from dprk_russia.tabular.loading import read_frames

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

    from dprk_russia.checks.faults import Specimen


pytestmark = pytest.mark.slow


def build(specimen: Specimen, out: Path) -> Path:
    release.build(specimen.folder, out, lambda _: None)
    return out


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture
def out(specimen_release: Path, tmp_path: Path) -> Path:
    """Return where the specimen has been released."""
    return shutil.copytree(specimen_release, tmp_path / "dist")


def _one(folder: Path, pattern: str) -> Path:
    (path,) = folder.glob(pattern)
    return path


def test_the_archive_is_a_data_package_with_hashes_and_counts(specimen_release: Path) -> None:
    path = _one(specimen_release, "*.zip")
    assert archive.check(path) == []
    with zipfile.ZipFile(path) as content:
        descriptor = json.loads(content.read("datapackage.json"))
        for resource in descriptor["resources"]:
            data = content.read(resource["path"])
            assert resource["bytes"] == len(data)
            assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
            assert resource["rowCount"] == data.count(b"\n") - 1
            assert resource["schema"]["fields"][0]["title"]


def test_a_changed_byte_in_the_archive_is_noticed(specimen_release: Path, tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(_one(specimen_release, "*.zip")) as old,
        zipfile.ZipFile(tmp_path / "bad.zip", "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"Newspaper", b"newspaper"))
    assert archive.check(tmp_path / "bad.zip")


@pytest.mark.parametrize(("rows", "faults"), [(2, 2), (3, 0)])
def test_foreign_keys_of_an_archive_are_checked_again_where_no_table_is_long(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rows: int, faults: int
) -> None:
    monkeypatch.setattr(archive, "MAX_CHECKED_ROWS", 2)
    key = {"fields": "one", "reference": {"resource": "others", "fields": "one"}}
    lines = {"things": ["1"] * rows, "others": ["2"]}
    schemas: dict[str, dict[str, Any]] = {"things": {"foreignKeys": [key]}, "others": {}}
    resources = [
        {
            "name": name, "path": f"{name}.csv", "rowCount": len(lines[name]),
            "schema": {"fields": [{"name": "one", "type": "integer"}], **schema},
        }
        for name, schema in schemas.items()
    ]  # fmt: skip
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as package:
        package.writestr("datapackage.json", json.dumps({"name": "p", "resources": resources}))
        for name, cells in lines.items():
            package.writestr(f"{name}.csv", "\n".join(["one", *cells, ""]))
    assert len(archive.check(tmp_path / "p.zip")) == faults


def test_sqlite_keeps_keys_and_holds_the_views(out: Path) -> None:
    connection = sqlite3.connect(_one(out, "*.sqlite"))
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        connection.execute("UPDATE claims SET topic_id = 'nothing'")
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        connection.execute("UPDATE claims SET kind = 'nothing'")
    row = connection.execute(
        "SELECT own_sources, carriers FROM assessments WHERE claim_id = 'C00001'"
    ).fetchone()
    assert row == (1, 3)
    connection.close()


def tell_kinds(frame: pd.DataFrame) -> list[tuple[object, str, object]]:
    """Return of each column its name, its kind and whether its codes have an order, which no version of pandas changes."""
    return [(name, dtype.kind, getattr(dtype, "ordered", None)) for name, dtype in frame.dtypes.items()]


def test_tables_are_equal_in_parquet_and_sqlite(specimen_release: Path) -> None:
    connection = sqlite3.connect(_one(specimen_release, "*.sqlite"))
    for name, frame in read_frames(read_package(specimen_release.parent / "package")).items():
        read = pd.read_parquet(specimen_release / "parquet" / f"{name}.parquet")
        assert tell_kinds(read) == tell_kinds(frame)
        assert [plain_cells(read[column]) for column in frame] == [
            plain_cells(frame[column]) for column in frame
        ]
        rows = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        assert rows == len(frame)
    figures = connection.execute("SELECT value_low, period_end_to FROM military_figures").fetchall()
    assert figures[0] == (30.0, "2024-12-15")
    connection.close()


def test_checksums_cover_every_file(specimen_release: Path) -> None:
    content = files(specimen_release)
    lines = [line.split("  ") for line in content.pop("SHA256SUMS").decode().splitlines()]
    sums = {name: digest for digest, name in lines}
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in content.items()}


def test_two_builds_give_the_same_bytes(specimen: Specimen, specimen_release: Path, tmp_path: Path) -> None:
    assert files(build(specimen, tmp_path / "again")) == files(specimen_release)


def test_a_package_with_findings_is_refused_and_the_earlier_release_stays(
    specimen: Specimen, out: Path
) -> None:
    before = files(out)
    specimen.set("claims", "C00001", kind="")
    with pytest.raises(RefusedError):
        build(specimen, out)
    assert files(out) == before


def test_a_failure_half_way_leaves_the_earlier_release_and_no_litter(
    specimen: Specimen, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(out)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(ARTEFACTS, "the codebook", fail)
    with pytest.raises(ReleaseError, match="The codebook cannot be written: No space left"):
        build(specimen, out)
    assert files(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dist", "package"]


def test_an_archive_that_frictionless_rejects_is_not_released(
    specimen: Specimen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dprk_russia.release.formats.archive.check", lambda _: ["row 3 is wrong"])
    with pytest.raises(RejectedError, match="row 3 is wrong"):
        build(specimen, tmp_path / "dist")
    assert not (tmp_path / "dist").exists()


def test_a_new_release_replaces_the_earlier_one(specimen: Specimen, out: Path) -> None:
    before = files(out)
    after = files(build(edit(specimen), out))
    assert after.keys() == before.keys()
    assert after["SHA256SUMS"] != before["SHA256SUMS"]


def test_a_file_beside_a_release_is_never_deleted(specimen: Specimen, out: Path) -> None:
    (out / "thesis.txt").write_text("x")
    with pytest.raises(ReleaseError, match="is not a release"):
        build(specimen, out)
    assert (out / "thesis.txt").read_text() == "x"


def test_a_link_is_never_replaced(specimen: Specimen, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "dist").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ReleaseError, match="is not a release"):
        build(specimen, tmp_path / "dist")


def test_a_folder_that_is_no_release_is_never_replaced(specimen: Specimen, tmp_path: Path) -> None:
    out = tmp_path / "documents"
    out.mkdir()
    (out / "thesis.txt").write_text("x")
    with pytest.raises(ReleaseError, match="is not a release"):
        build(specimen, out)
    assert list(files(out)) == ["thesis.txt"]
    shutil.rmtree(out)


def test_two_builds_at_once_are_held_apart(specimen: Specimen, out: Path) -> None:
    before = files(out)
    with place.reserve(out), pytest.raises(ReleaseError, match="Another build is at work"):
        build(specimen, out)
    assert files(out) == before


def test_a_place_is_held_until_it_is_let_go(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    with place.reserve(out) as held:
        (held / "half.txt").write_text("x")
        with pytest.raises(ReleaseError, match="Another build is at work"), place.reserve(out):
            pass
        assert (held / "half.txt").exists()
    with place.reserve(out) as held:
        assert not list(held.iterdir())


def test_a_release_is_put_into_its_place_on_a_system_without_locks_and_exchanges(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setattr("ctypes.CDLL", None)
    out = tmp_path / "dist"
    for name in ("former", "new"):
        with place.reserve(out) as folder:
            (folder / CHECKSUMS).write_text(f"0  {name}\n", encoding="utf-8")
            place.put(folder, out)
        assert name in (out / CHECKSUMS).read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


KILLED = """
import ctypes, os, pathlib, signal, sys
from dprk_russia import release
from dprk_russia.release import artefacts
from dprk_russia.release.publication import place

def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)

moment, folder, out, *left_out = sys.argv[1:]
put = place.put
if moment == "before":
    place.put = kill
elif moment == "after":
    place.put = lambda new, old: kill(put(new, old))
elif moment == "between":
    # As on a system that cannot exchange two folders in one step.
    rename = pathlib.Path.rename

    def put_by_renaming(new, old):
        ctypes.CDLL = lambda *_, **__: object()
        pathlib.Path.rename = lambda one, other: kill(rename(one, other))
        put(new, old)

    place.put = put_by_renaming
for title in left_out:
    del artefacts.ARTEFACTS[title]
release.build(pathlib.Path(folder), pathlib.Path(out), lambda step: kill() if moment in step else None)
"""


def edit(specimen: Specimen) -> Specimen:
    specimen.set("actors", "gazette", description="Daily")
    return specimen


@pytest.mark.parametrize("moment", ["SQLite", "before", "between", "after"])
def test_a_killed_build_leaves_a_whole_release_that_the_next_one_replaces(
    specimen: Specimen, out: Path, tmp_path: Path, left_out: list[str], moment: str
) -> None:
    former = files(out)
    command = [sys.executable, "-c", KILLED, moment, str(edit(specimen).folder), str(out), *left_out]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert out.exists() == (moment != "between")
    left = files(out)
    with place.reserve(out):
        recovered = files(out)
    edited = files(build(specimen, out))
    assert left == {"between": {}, "after": edited}.get(moment, former)
    assert recovered == (edited if moment == "after" else former)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dist", "package"]


@pytest.mark.parametrize(("is_there", "kept"), [(False, b"former"), (True, b"new")])
def test_a_release_that_a_killed_build_has_moved_away_is_put_back_unless_another_is_there(
    tmp_path: Path, kept: bytes, *, is_there: bool
) -> None:
    out, workshop = tmp_path / "dist", tmp_path / ".dist-build"
    for folder, content in [(workshop / "former", b"former"), *([(out, b"new")] if is_there else [])]:
        folder.mkdir(parents=True)
        (folder / "SHA256SUMS").write_bytes(content)
    with place.reserve(out) as release:
        assert list(workshop.iterdir()) == [release]
    assert files(out) == {"SHA256SUMS": kept}


def test_a_package_with_too_many_pairs_of_figures_is_told_so_in_one_line(
    specimen: Specimen, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dprk_russia.record.run.MAX_PAIRS", 0)
    code, out, err = run("build", specimen.folder, "--out", tmp_path / "dist")
    assert (code, (tmp_path / "dist").exists()) == (1, False)
    told = ": 2 pairs of figures would have to be compared; at most 0 are."
    assert [line for line in out.splitlines() if line.startswith("not checked: ") and told in line]
    assert err.splitlines()[-1].startswith("Nothing was built")
