"""What lies beside the descriptor: which versions were released, what users notice, README and licences."""

from __future__ import annotations

import hashlib
import os
import zipfile
from typing import TYPE_CHECKING

import pytest

from dprk_russia.contract import companions as beside
from dprk_russia.contract.package import PackageError, read_package
from dprk_russia.release import companions
from dprk_russia.release.documents.changes import find_section
from dprk_russia.release.errors import ReleaseError
from dprk_russia.release.formats.archive import write_archive
from dprk_russia.versions.history import open_package
from dprk_russia.versions.releases import (
    VersionTakenError,
    check_version,
    read_releases,
    record_release,
    sum_tables,
)

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

    from dprk_russia.checks.faults import Specimen

TEXTS = {"README.md": b"Read me.\n", "LICENSE": b"Free.\n", "LICENSE-DATA": b"Free, too.\n"}


def write_texts(folder: Path) -> None:
    for name, content in TEXTS.items():
        (folder / name).write_bytes(content)


def test_the_sum_of_the_tables_is_that_of_the_sums_of_their_files(specimen: Specimen) -> None:
    files = sorted((specimen.folder / "data").iterdir())
    sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  data/{file.name}\n" for file in files]
    expected = hashlib.sha256("".join(sums).encode()).hexdigest()
    assert sum_tables(read_package(specimen.folder)) == expected


def test_a_version_is_recorded_once_and_then_bears_no_other_tables(specimen: Specimen) -> None:
    package = read_package(specimen.folder)
    record_release(package)
    record_release(package)
    listed = (specimen.folder / "releases.csv").read_text(encoding="utf-8")
    assert listed == f"version,date,sha256\n{package.version},{package.created},{sum_tables(package)}\n"
    check_version(package)
    specimen.set("claims", "C00001", note="Another note.")
    with pytest.raises(
        VersionTakenError, match=f"^{package.version} was released on {package.created} with other"
    ):
        check_version(package)
    specimen.change_descriptor(version="9.0.0")
    later = read_package(specimen.folder)
    record_release(later)
    assert [str(release.version) for release in read_releases(specimen.folder)] == [package.version, "9.0.0"]


def test_a_package_without_a_list_has_no_releases(specimen: Specimen) -> None:
    assert read_releases(specimen.folder) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version;date;sha256\n", r"releases\.csv:1: the line must be version,date,sha256\."),
        ("0.1.0,2026-11-22," + "0" * 64 + "\n", r"releases\.csv:1: the line must be version,date,sha256\."),
        (
            "version,date,sha256\n0.1,2026-11-22," + "0" * 64 + "\n",
            r"releases\.csv:2: the line names no release\.",
        ),
        (
            "version,date,sha256\n0.1.0,20261122," + "0" * 64 + "\n",
            r"releases\.csv:2: the line names no release\.",
        ),
        ("version,date,sha256\n0.1.0,2026-11-22,abc\n", r"releases\.csv:2: the line names no release\."),
        ("version,date,sha256\n\n", r"releases\.csv:2: the line names no release\."),
    ],
)
def test_a_list_that_cannot_be_read_stops_a_build_rather_than_pass(
    specimen: Specimen, text: str, message: str
) -> None:
    (specimen.folder / "releases.csv").write_text(text, encoding="utf-8")
    with pytest.raises(PackageError, match=message):
        check_version(read_package(specimen.folder))


def test_the_versions_of_this_repository_are_recorded_up_to_the_one_at_work() -> None:
    from dprk_russia.contract.package import installed_package

    package = installed_package()
    check_version(package)
    assert [str(release.version) for release in read_releases(package.folder)][:2] == ["0.1.0", "0.2.0"]


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("## 0.3.0 (unreleased)", "- New."),
        ("## 0.3.0", "- New."),
        ("## [0.3.0] - 2026-11-29", "- New."),
        ("## v0.3.0", "- New."),
        ("## 0.3.0.1", ""),
        ("## 0.3.01", ""),
        ("## Unreleased", ""),
    ],
)
def test_what_a_changelog_says_of_a_version_is_found_by_its_heading(heading: str, section: str) -> None:
    changelog = f"# Changelog\n\n{heading}\n\n- New.\n\n## 0.2.0 (2026-11-24)\n\n- Old.\n"
    assert find_section(changelog, "0.3.0") == section
    assert find_section(changelog, "0.2.0") == "- Old."


@pytest.mark.slow
def test_changes_tell_what_users_notice_and_which_releases_there_were(
    specimen: Specimen, tmp_path: Path, run: Run, left_out: list[str]
) -> None:
    from dprk_russia.release.artefacts import ARTEFACTS
    from dprk_russia.release.documents import changes

    assert "what changed" in left_out
    ARTEFACTS["what changed"] = changes.write
    write_texts(specimen.folder)
    old = str(specimen.descriptor()["version"])
    assert run("build", specimen.folder, "--out", tmp_path / "old", "--record").code == 0
    assert "The first release" in (tmp_path / "old" / "CHANGES.md").read_text(encoding="utf-8")
    specimen.set("claims", "C00001", note="Another note.")
    refused = run("build", specimen.folder, "--out", tmp_path / "dist")
    assert (refused.code, (tmp_path / "dist").exists()) == (1, False)
    assert f"{old} was released on" in refused.err
    specimen.change_descriptor(version="9.0.0")
    (specimen.folder / "CHANGELOG.md").write_text("## 9.0.0\n\n- A note is another.\n", encoding="utf-8")
    (tmp_path / "thing-9.0.0.whl").write_bytes(b"wheel")
    code, _, _ = run(
        "build", specimen.folder, "--out", tmp_path / "dist", "--include", tmp_path / "thing-9.0.0.whl"
    )
    assert code == 0
    text = (tmp_path / "dist" / "CHANGES.md").read_text(encoding="utf-8")
    assert "\n\n- A note is another.\n" in text
    assert f"\nEarlier releases: {old} (" in text
    assert f"The changes since {old} are not listed row by row" in text
    assert (tmp_path / "dist" / "thing-9.0.0.whl").read_bytes() == b"wheel"
    assert "  thing-9.0.0.whl\n" in (tmp_path / "dist" / "SHA256SUMS").read_text(encoding="utf-8")


def test_readme_and_licences_go_into_the_zip_and_nothing_else_does(
    specimen: Specimen, tmp_path: Path
) -> None:
    write_texts(specimen.folder)
    (specimen.folder / "secret.txt").write_text("x", encoding="utf-8")
    write_archive(read_package(specimen.folder), tmp_path / "release.zip")
    with zipfile.ZipFile(tmp_path / "release.zip") as content:
        others = {name for name in content.namelist() if "/" not in name} - {"datapackage.json"}
        assert {name: content.read(name) for name in others} == TEXTS
    with open_package(tmp_path / "release.zip") as folder:
        assert read_package(folder).tables


def _link(file: Path) -> None:
    file.symlink_to("/etc/hostname")


def _pipe(file: Path) -> None:
    os.mkfifo(file)


def _swell(file: Path) -> None:
    file.write_bytes(b"x" * (beside.MAX_BYTES + 1))


@pytest.mark.parametrize("harm", [_link, _pipe, _swell])
def test_a_readme_that_is_a_link_a_pipe_or_endless_is_refused(
    specimen: Specimen, tmp_path: Path, harm: object
) -> None:
    assert callable(harm)
    harm(specimen.folder / "README.md")
    with pytest.raises(PackageError, match=r"^README\.md "):
        write_archive(read_package(specimen.folder), tmp_path / "release.zip")


def test_a_changelog_that_is_not_text_is_refused(specimen: Specimen) -> None:
    (specimen.folder / "CHANGELOG.md").write_bytes(b"\xff\xfe")
    with pytest.raises(PackageError, match=r"^CHANGELOG\.md is not in UTF-8"):
        beside.read_companion_text(specimen.folder, "CHANGELOG.md")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("CODEBOOK.md", "has a file of this name already"),
        ("codebook.MD", "has a file of this name already"),
        ("sha256sums", "has a file of this name already"),
        ("other.zip", "must be of letters"),
        ("claims.parquet", "must be of letters"),
        (".hidden", "must be of letters"),
        ("two words", "must be of letters"),
    ],
)
def test_a_file_that_would_pass_for_another_is_not_included(tmp_path: Path, name: str, reason: str) -> None:
    release, file = tmp_path / "release", tmp_path / name
    release.mkdir()
    (release / "CODEBOOK.md").write_text("", encoding="utf-8")
    file.write_text("x", encoding="utf-8")
    with pytest.raises(ReleaseError, match=reason):
        companions.include([file], release)


def test_two_files_of_one_name_are_not_included(tmp_path: Path) -> None:
    files = [tmp_path / folder / "thing.whl" for folder in ("one", "two", "release")]
    for file in files:
        file.parent.mkdir()
    for file in files[:2]:
        file.write_bytes(b"x")
    with pytest.raises(ReleaseError, match=r"thing\.whl is not included"):
        companions.include(files[:2], files[2].parent)
