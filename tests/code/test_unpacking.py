"""Packages in zip files: what a release writes is taken, and what would do harm is refused in one line."""

from __future__ import annotations

import json
import struct
import zipfile
from contextlib import nullcontext
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from dprk_russia.checks.validation import validate
from dprk_russia.contract.package import MAX_PATH, PackageError, read_package
from dprk_russia.release.formats.archive import write_archive
from dprk_russia.tabular import unpacking
from dprk_russia.tabular.unpacking import MAX_RATIO, unpack
from dprk_russia.versions.history import open_package

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from conftest import Run

    from dprk_russia.checks.faults import Specimen


def pack(
    specimen: Specimen, place: Path, extra: Mapping[str, bytes] = MappingProxyType({}), top: str = ""
) -> Path:
    """Write the specimen into a zip file, below the folder `top` if one is given."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(specimen.folder.rglob("*")):
            archive.write(path, top + path.relative_to(specimen.folder).as_posix())
        for name, content in extra.items():
            archive.writestr(top + name, content)
    return place


def refusal(place: Path) -> str:
    """Return why a zip file is refused; nothing may be left behind."""
    with pytest.raises(PackageError) as error, open_package(place):
        pass
    return str(error.value)


def test_the_archive_of_a_release_passes(specimen: Specimen, tmp_path: Path, run: Run) -> None:
    archive = tmp_path / "release.zip"
    write_archive(read_package(specimen.folder), archive)
    code, out, _ = run("validate", archive)
    assert code == 0
    assert "passes: 61 rows in 13 tables, 0 errors, 0 warnings" in out


def test_a_release_made_from_an_unpacked_release_is_the_same(specimen: Specimen, tmp_path: Path) -> None:
    once, again = tmp_path / "once.zip", tmp_path / "again.zip"
    write_archive(read_package(specimen.folder), once)
    with open_package(once) as folder:
        write_archive(read_package(folder), again)
    assert again.read_bytes() == once.read_bytes()


def test_a_release_with_one_cell_changed_is_told_apart(specimen: Specimen, tmp_path: Path) -> None:
    archive = tmp_path / "release.zip"
    write_archive(read_package(specimen.folder), archive)
    with open_package(archive) as folder:
        table = folder / "data" / "topics.csv"
        table.write_bytes(table.read_bytes().replace(b"Arms", b"Alms"))
        found = [(finding.rule, finding.path) for finding in validate(folder).findings]
    assert found == [("content-changed", "data/topics.csv")]


@pytest.mark.parametrize("top", ["", "dprk-russia-main/"])
def test_findings_in_a_zip_file_have_the_paths_of_the_package(
    specimen: Specimen, tmp_path: Path, top: str
) -> None:
    specimen.set("claims", "C00008", kind="assesment")
    with open_package(pack(specimen, tmp_path / "p.zip", {"README.md": b"#"}, top)) as folder:
        found = [(finding.rule, finding.path, finding.line) for finding in validate(folder).findings]
        names = {path.name for path in folder.iterdir()}
    assert found == [("enum", "data/claims.csv", 9)]
    assert names == {"data", "schemas", "datapackage.json"}
    assert not folder.exists()


def test_a_member_whose_name_only_ends_as_that_of_the_descriptor_is_passed_over(
    specimen: Specimen, tmp_path: Path
) -> None:
    with open_package(pack(specimen, tmp_path / "p.zip", {"xdatapackage.json": b"{}"})) as folder:
        assert validate(folder).findings == ()


@pytest.mark.parametrize(
    "name",
    [
        "../claims.csv",
        "data/../../claims.csv",
        "/etc/claims.csv",
        "data\\claims.csv",
        "C:claims.csv",
        "data/./x.csv",
        "data//x.csv",
        "data/x\n.csv",
        "data/\u202ex.csv",
        "DATA/CLAIMS.CSV",
        "data/claims.csv/x",
        "data/" + "x" * 300,
    ],
)
def test_a_member_that_is_no_file_of_its_own_inside_is_refused(
    specimen: Specimen, tmp_path: Path, name: str
) -> None:
    place = pack(specimen, tmp_path / "p.zip", {name: b"x"})
    assert "is not unpacked" in refusal(place)
    assert {path.name for path in tmp_path.iterdir()} == {"package", "p.zip"}


def test_a_null_byte_in_a_name_is_refused(specimen: Specimen, tmp_path: Path) -> None:
    place = pack(specimen, tmp_path / "p.zip", {"data/x.csv~.txt": b"x"})
    place.write_bytes(place.read_bytes().replace(b"x.csv~.txt", b"x.csv\0.txt"))
    assert "is no path inside a folder" in refusal(place)


@pytest.mark.parametrize("mode", [0o120777, 0o020666, 0o010644])
def test_a_link_or_a_device_is_refused(specimen: Specimen, tmp_path: Path, mode: int) -> None:
    place = pack(specimen, tmp_path / "p.zip")
    with zipfile.ZipFile(place, "a") as archive:
        member = zipfile.ZipInfo("data/x.csv")
        member.external_attr = mode << 16
        archive.writestr(member, "/etc/passwd")
    assert "is a link or a device" in refusal(place)


def _set_in_directory(content: bytes, offset: int, form: str, value: int) -> bytes:
    """Change a number in the directory entry of the last member."""
    at = content.rfind(b"PK\x01\x02") + offset
    return content[:at] + struct.pack(form, value) + content[at + struct.calcsize(form) :]


def _lengthen_name(content: bytes) -> bytes:
    """Let the own header of the last member take the bytes behind it for its name."""
    at = content.rfind(b"PK\x03\x04") + 26
    return content[:at] + struct.pack("<H", 2_000) + content[at + 2 :]


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (lambda b: _set_in_directory(b, 8, "<H", 1), "is encrypted"),
        (lambda b: _set_in_directory(b, 10, "<H", 14), "by a method other than deflate"),
        (lambda b: _set_in_directory(b, 42, "<L", 0), "share the same bytes"),
        (lambda b: _set_in_directory(b, 42, "<L", len(b) - 10), "no zip file of a package"),
        (lambda b: _set_in_directory(b, 16, "<L", 7), "Bad CRC-32"),
        (lambda b: _set_in_directory(b, 12, "<L", 0), ""),
        (lambda b: b[: len(b) // 2], "File is not a zip file"),
        (_lengthen_name, "File name in directory"),
        (lambda b: b.replace(b"PK\x03\x04", b"PK\x03\x05"), "Bad magic number"),
    ],
    ids=["encrypted", "method", "overlap", "offset", "sum", "time", "cut", "name", "header"],
)
def test_a_harmed_archive_is_told_in_one_line(
    specimen: Specimen, tmp_path: Path, harm: Callable[[bytes], bytes], reason: str
) -> None:
    place = pack(specimen, tmp_path / "p.zip")
    place.write_bytes(harm(place.read_bytes()))
    if reason:
        assert reason in refusal(place)
        assert "\n" not in refusal(place)
        assert len(refusal(place)) <= len(str(place)) + 300
    else:
        with open_package(place) as folder:
            assert validate(folder).findings == ()


@pytest.mark.slow
@pytest.mark.parametrize("declared", [200_000_000, 10])
def test_a_bomb_is_not_unpacked_whatever_its_header_says(
    specimen: Specimen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, declared: int
) -> None:
    place = pack(specimen, tmp_path / "p.zip", {"data/zz.csv": b"0" * 200_000_000})
    place.write_bytes(_set_in_directory(place.read_bytes(), 24, "<L", declared))
    with pytest.raises(PackageError):
        unpack(place, tmp_path / "unpacked")
    written = [path.stat().st_size for path in (tmp_path / "unpacked").rglob("*") if path.is_file()]
    assert 0 < sum(written) <= MAX_RATIO * place.stat().st_size
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    refusal(place)
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_package_is_unpacked_up_to_the_size_that_its_files_may_have_together(
    specimen: Specimen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = pack(specimen, tmp_path / "p.zip")
    size = sum(path.stat().st_size for path in specimen.folder.rglob("*") if path.is_file())
    monkeypatch.setattr(unpacking, "MAX_FILE_BYTES", size)
    unpack(place, tmp_path / "whole")
    monkeypatch.setattr(unpacking, "MAX_FILE_BYTES", size - 1)
    with pytest.raises(PackageError, match="its files are too large for a zip file of its size"):
        unpack(place, tmp_path / "part")


@pytest.mark.parametrize(("ratio", "is_refused"), [(99.5, False), (100.5, True)])
def test_files_may_be_a_hundred_times_as_large_as_the_zip_file(
    specimen: Specimen, tmp_path: Path, ratio: float, *, is_refused: bool
) -> None:
    package = sum(path.stat().st_size for path in specimen.folder.rglob("*") if path.is_file())
    place, more = tmp_path / "p.zip", 0
    # More zeros make the zip file a little larger too.
    for _ in range(9):
        place = pack(specimen, place, {"data/zz.csv": b"0" * more})
        more = int(ratio * place.stat().st_size) - package
    with pytest.raises(PackageError) if is_refused else nullcontext():
        unpack(place, tmp_path / "unpacked")


def test_too_many_members_are_refused_before_any_is_unpacked(specimen: Specimen, tmp_path: Path) -> None:
    place = pack(specimen, tmp_path / "p.zip", {f"x{n}": b"" for n in range(1_001)})
    assert "members; at most 1,000 are allowed" in refusal(place)


@pytest.mark.parametrize(
    ("size", "reason"),
    [
        (1_000_000, "Bad magic number"),
        (1_000_001, "its directory is too large"),
        (300_000_000, "its directory is too large"),
    ],
)
def test_a_directory_of_megabytes_is_not_read(tmp_path: Path, size: int, reason: str) -> None:
    place = tmp_path / "p.zip"
    with place.open("wb") as file:
        file.truncate(size)
        file.seek(0, 2)
        file.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, size, 0, 0))
    assert f"{place} is damaged or no zip file of a package: {reason}" in refusal(place)


def test_an_archive_without_a_descriptor_is_no_package(specimen: Specimen, tmp_path: Path) -> None:
    (specimen.folder / "datapackage.json").rename(specimen.folder / "xdatapackage.json")
    assert refusal(pack(specimen, tmp_path / "p.zip")).endswith(
        "p.zip has no datapackage.json, so it is not a data package."
    )


@pytest.mark.slow
def test_a_bomb_in_the_descriptor_is_a_finding(specimen: Specimen, tmp_path: Path) -> None:
    noise = json.dumps([str(n) for n in range(1_000_000)])
    (specimen.folder / "datapackage.json").write_text(noise)
    with open_package(pack(specimen, tmp_path / "p.zip")) as folder:
        assert [finding.rule for finding in validate(folder).findings] == ["file-too-large"]


@pytest.mark.parametrize(("beyond", "fault"), [(0, None), (1, "is too long")])
def test_a_name_may_have_so_many_bytes(beyond: int, fault: str | None) -> None:
    assert unpacking.find_name_fault("é" + "a" * (MAX_PATH - 2 + beyond)) == fault
