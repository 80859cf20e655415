"""Versions out of git: as committed, from names that strangers chose, and the release a build is compared with."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from dprk_russia.checks.faults import Specimen
from dprk_russia.contract.package import PackageError, read_package
from dprk_russia.versions import history
from dprk_russia.versions.history import open_package, previous_version


def git(folder: Path, *arguments: str) -> str:
    settings = ("user.name=x", "user.email=x@x.example", "commit.gpgsign=false", "tag.gpgsign=false")
    options = [part for setting in settings for part in ("-c", setting)]
    done = subprocess.run(
        ["git", *options, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


def commit(specimen: Specimen, version: str, tag: str | None = None) -> None:
    specimen.save_descriptor({**specimen.descriptor(), "version": version})
    git(specimen.folder, "add", "--all")
    git(specimen.folder, "commit", "--quiet", "--allow-empty", "-m", version)
    if tag:
        git(specimen.folder, "tag", tag)


def describe(specimen: Specimen, text: str) -> None:
    specimen.set("actors", "gazette", description=text)


@pytest.fixture
def tracked(specimen: Specimen) -> Specimen:
    """The specimen in a git repository of its own, released as 0.1.0."""
    git(specimen.folder, "init", "--quiet")
    commit(specimen, "0.1.0", "v0.1.0")
    return specimen


def find_previous(specimen: Specimen) -> str | None:
    return previous_version(read_package(specimen.folder))


def test_a_revision_is_opened_as_it_was_committed(tracked: Specimen) -> None:
    before = tracked.path("actors").read_bytes()
    (tracked.folder / ".gitattributes").write_text("*.csv text eol=crlf export-ignore ident filter=harm\n")
    git(tracked.folder, "config", "filter.harm.smudge", "touch harmed; cat")
    describe(tracked, "$Id$")
    with open_package("v0.1.0", tracked.folder) as folder:
        assert (folder / "data" / "actors.csv").read_bytes() == before
        assert read_package(folder).version == "0.1.0"
    commit(tracked, "0.1.1")
    with open_package("HEAD", tracked.folder) as folder:
        assert b"$Id$" in (folder / "data" / "actors.csv").read_bytes()
    assert not (tracked.folder / "harmed").exists()
    assert not folder.exists()


def test_a_package_in_a_subfolder_of_a_repository_is_found(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    specimen = Specimen(tmp_path / "deep" / "package")
    commit(specimen, "0.1.0", "v0.1.0")
    with open_package("v0.1.0", specimen.folder) as folder:
        assert read_package(folder).version == "0.1.0"
    with pytest.raises(PackageError, match=r"has no datapackage\.json"), open_package("v0.1.0", tmp_path):
        pass


def test_a_folder_and_a_zip_file_are_versions_too(built: Path, specimen: Specimen) -> None:
    for place in (built, specimen.folder, specimen.folder / "datapackage.json"):
        with open_package(str(place), Path()) as folder:
            assert read_package(folder).name == "dprk-russia"


@pytest.fixture
def built(specimen: Specimen, tmp_path: Path) -> Path:
    from dprk_russia.release.formats.archive import write_archive

    write_archive(read_package(specimen.folder), tmp_path / "package.zip")
    return tmp_path / "package.zip"


@pytest.mark.parametrize(
    "revision",
    [
        "--output=harmed",
        "-h",
        "--upload-pack=touch harmed",
        "",
        "HEAD\0",
        "HEAD\nHEAD",
        "$(touch harmed)",
        "; touch harmed",
        "HEAD:data",
        "HEAD...v0.1.0",
        "v9.9.9",
        "x" * 100_000,
        "\x1b[2J",
        "ext::sh -c touch% harmed",
    ],
)
def test_a_hostile_revision_is_refused_in_one_line(tracked: Specimen, revision: str) -> None:
    with pytest.raises(PackageError) as refused, open_package(revision, tracked.folder):
        pass
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 600
    assert not list(tracked.folder.rglob("harmed"))


def test_what_git_is_told_to_show_in_the_place_of_a_file_is_not_shown(tracked: Specimen) -> None:
    content = tracked.path("actors").read_bytes()
    of, other = (
        git(tracked.folder, "rev-parse", f"HEAD:data/{name}.csv").strip() for name in ("actors", "topics")
    )
    git(tracked.folder, "replace", of, other)
    with open_package("HEAD", tracked.folder) as folder:
        assert (folder / "data" / "actors.csv").read_bytes() == content


def test_a_link_in_a_commit_is_refused(tracked: Specimen) -> None:
    (tracked.folder / "data" / "secret.csv").symlink_to("/etc/passwd")
    commit(tracked, "0.1.1")
    with pytest.raises(PackageError, match="is a link"), open_package("HEAD", tracked.folder):
        pass


@pytest.mark.parametrize("limit", ["MAX_MEMBERS", "MAX_FILE_BYTES"])
def test_a_commit_is_opened_if_its_files_are_neither_too_many_nor_too_large(
    tracked: Specimen, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    listed = git(tracked.folder, "ls-tree", "-r", "--long", "HEAD", "datapackage.json", "data/", "schemas/")
    sizes = [int(line.split()[3]) for line in listed.splitlines()]
    enough = len(sizes) if limit == "MAX_MEMBERS" else sum(sizes)
    monkeypatch.setattr(history, limit, enough)
    with open_package("HEAD", tracked.folder) as folder:
        assert (folder / "datapackage.json").is_file()
    monkeypatch.setattr(history, limit, enough - 1)
    with (
        pytest.raises(PackageError, match="are too many or too large for a package"),
        open_package("HEAD", tracked.folder),
    ):
        pass


def test_a_name_in_a_commit_that_is_no_text_is_refused(tracked: Specimen) -> None:
    Path(os.fsdecode(os.fsencode(tracked.folder / "data") + b"/\xff.csv")).touch()
    commit(tracked, "0.1.1")
    with (
        pytest.raises(PackageError, match=r"'data/\\udcff\.csv' is no path"),
        open_package("HEAD", tracked.folder),
    ):
        pass


def test_a_revision_outside_of_a_repository_does_not_exist(specimen: Specimen) -> None:
    with (
        pytest.raises(PackageError, match=r"not a git repository.*git\.$"),
        open_package("v0.1.0", specimen.folder),
    ):
        pass


def test_a_repository_that_git_cannot_read_is_told_with_what_was_wanted_of_it(specimen: Specimen) -> None:
    (specimen.folder / ".git").write_text("x")
    wanted = pytest.raises(PackageError, match=r"^'v0\.1\.0' does not exist: invalid gitfile format")
    with wanted, open_package("v0.1.0", specimen.folder):
        pass
    with pytest.raises(PackageError, match=r"^The git repository cannot be read: invalid gitfile format"):
        find_previous(specimen)


@pytest.mark.parametrize("variable", ["GIT_DIR", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY"])
def test_no_variable_leads_to_another_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    git(tmp_path, "init", "--quiet")
    specimen = Specimen(tmp_path / "deep" / "package")
    commit(specimen, "0.1.0", "v0.1.0")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setenv(variable, str(tmp_path / "elsewhere"))
    with open_package("v0.1.0", specimen.folder) as folder:
        assert read_package(folder).version == "0.1.0"


def test_without_git_a_revision_is_told_to_need_it(
    tracked: Specimen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PackageError, match="git is not installed"), open_package("v0.1.0", tracked.folder):
        pass
    assert find_previous(tracked) is None


def test_without_a_repository_or_without_tags_there_is_no_previous_version(specimen: Specimen) -> None:
    assert find_previous(specimen) is None
    git(specimen.folder, "init", "--quiet")
    commit(specimen, "0.1.0")
    assert find_previous(specimen) is None


def test_the_first_release_built_again_has_no_previous_version(tracked: Specimen) -> None:
    assert find_previous(tracked) is None


def test_the_highest_tag_not_above_the_version_is_the_previous_one(tracked: Specimen) -> None:
    describe(tracked, "Nine")
    commit(tracked, "0.9.0", "v0.9.0")
    describe(tracked, "Ten")
    commit(tracked, "0.10.0", "v0.10.0")
    git(tracked.folder, "tag", "v0.11.0-rc1")
    git(tracked.folder, "tag", "v0.011.0")
    git(tracked.folder, "tag", "version-9")
    for version, previous in (("0.11.0", "v0.10.0"), ("0.9.5", "v0.9.0"), ("0.0.1", None)):
        tracked.save_descriptor({**tracked.descriptor(), "version": version})
        assert find_previous(tracked) == (previous and f"refs/tags/{previous}")


def test_the_tag_of_the_version_itself_is_passed_over_until_something_changes(tracked: Specimen) -> None:
    describe(tracked, "Two")
    commit(tracked, "0.2.0", "v0.2.0")
    assert find_previous(tracked) == "refs/tags/v0.1.0"
    describe(tracked, "Three")
    assert find_previous(tracked) == "refs/tags/v0.2.0"


def test_tags_of_a_repository_that_does_not_hold_the_package_are_passed_over(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "other.txt").write_text("x")
    git(tmp_path, "add", "other.txt")
    git(tmp_path, "commit", "--quiet", "-m", "x")
    git(tmp_path, "tag", "v0.1.0")
    assert find_previous(Specimen(tmp_path / "package")) is None
