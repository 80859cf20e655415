"""Versions of a package: in a folder, in a zip file, or as committed to the git repository the package lies in.

Git is asked for names and contents of files alone: they are taken byte for byte as committed, and no hook, filter,
attribute or remote of a repository has a say.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from dprk_russia.contract.package import (
    DESCRIPTOR,
    MAX_FILE_BYTES,
    MAX_PATH,
    VERSION,
    PackageError,
    find_folder,
    read_for_comparison,
)
from dprk_russia.contract.schema import shorten
from dprk_russia.tabular.unpacking import MAX_MEMBERS, PARTS, find_name_fault, unpack
from dprk_russia.versions.changes import compare, parse_version, read_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dprk_russia.contract.package import Package
    from dprk_russia.versions.changes import Version

_REGULAR = {"100644", "100755"}
# Variables, set while a hook runs, that would lead git to another repository than that of the folder.
_REDIRECTING = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"}
# Git tells what is wrong in English, asks nobody anything, fetches nothing, and starts no other program.
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_SETTINGS = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never")


@contextmanager
def open_package(place: str | Path, beside: Path | None = None) -> Iterator[Path]:
    """Yield the folder of a package: a folder, its datapackage.json, a zip file of one, or a git revision.

    A revision is one of the repository that `beside` lies in, the current folder if it is left out. What exists as a
    file or folder is no revision.

    Raises
    ------
    PackageError
        If there is no such package, or none that can be unpacked without harm.
    """
    path = find_folder(Path(place))
    exists = os.path.lexists(place)
    if exists and not path.is_file():
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="dprk-russia-") as name:
        if exists:
            unpack(path, Path(name))
        else:
            _check_out(str(place), beside or Path(), Path(name))
        yield Path(name)


def previous_version(package: Package) -> str | None:
    """Return the release tag that a package is to be compared with, if there is one.

    That is the highest tag vMAJOR.MINOR.PATCH not above the version of the package. The tag of the version itself is
    passed over while nothing has changed since, so that a release can be built again.

    Raises
    ------
    PackageError
        If the repository cannot be read.
    """
    version = read_version(package)
    if version is None:
        return None
    for tagged, tag in sorted(_list_tags(package.folder).items(), reverse=True):
        if tagged < version or (tagged == version and _differs(package, tag)):
            return tag
    return None


def _differs(package: Package, tag: str) -> bool:
    with open_package(tag, package.folder) as folder:
        return compare(read_for_comparison(folder), package).changed


def _list_tags(folder: Path) -> dict[Version, str]:
    """Return the release tags that have a package at the place of a folder, by version; none without git."""
    # Without a repository there is nothing to ask; one that git refuses to read is an error.
    if not shutil.which("git") or not any((p / ".git").exists() for p in (folder, *folder.resolve().parents)):
        return {}
    tags = _git(folder, "tag", "--list", "v*").decode(errors="replace").split()
    versions = {parse_version(tag[1:]): f"refs/tags/{tag}" for tag in tags if VERSION.fullmatch(tag[1:])}
    return {version: tag for version, tag in versions.items() if _list_files(tag, folder)}


def _find_commit(revision: str, beside: Path) -> str:
    """Return the name of the commit that a revision means."""
    shown = ascii(shorten(revision))
    if not revision.isprintable() or not revision or revision.startswith("-"):
        raise PackageError(f"{shown} is neither a file or folder nor the name of a git revision.")
    _git(beside, "rev-parse", "--git-dir", failure=f"{shown} does not exist")
    missing = f"{shown} is neither a file or folder nor a revision of the git repository of {beside}"
    name = _git(beside, "rev-parse", "--quiet", "--verify", f"{revision}^{{commit}}", failure=missing)
    return name.decode().strip()


def _check_out(revision: str, beside: Path, folder: Path) -> None:
    """Write the package that a revision has at the place of a folder to another."""
    commit = _find_commit(revision, beside)
    files = _list_files(commit, beside)
    shown = ascii(shorten(revision))
    if DESCRIPTOR not in (file.path for file in files):
        raise PackageError(f"{shown} has no {DESCRIPTOR} in {beside}, so it is not a data package.")
    if len(files) > MAX_MEMBERS or sum(file.size for file in files) > MAX_FILE_BYTES:
        raise PackageError(f"{shown} is not opened: its files are too many or too large for a package.")
    for file in files:
        fault = find_name_fault(file.path) or ("" if file.mode in _REGULAR else "is a link or a repository")
        if fault:
            raise PackageError(f"{shown} is not opened: {ascii(file.path)[:MAX_PATH]} {fault}.")
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as content:
            _git(beside, "cat-file", "blob", file.blob, target=content)


class _File(NamedTuple):
    """A file of a commit."""

    mode: str
    blob: str
    size: int
    path: str


def _list_files(commit: str, beside: Path) -> list[_File]:
    """Return the files that a package at the place of a folder has in a commit."""
    listing = _git(beside, "ls-tree", "-r", "-l", "-z", commit, "--", DESCRIPTOR, *PARTS)
    files = []
    for entry in listing.decode(errors="surrogateescape").split("\0")[:-1]:
        known, _, path = entry.partition("\t")
        mode, _, blob, size = known.split()
        files.append(_File(mode, blob, int(size) if size.isdigit() else 0, path))
    return files


def _git(
    folder: Path, *arguments: str, failure: str = "", target: IO[bytes] | int = subprocess.PIPE
) -> bytes:
    """Return what git prints when it is run in a folder.

    Raises
    ------
    PackageError
        If git is missing, or fails; the message is `failure` with what git says.
    """
    environment = {key: value for key, value in os.environ.items() if key not in _REDIRECTING}
    try:
        done = subprocess.run(
            ["git", *_SETTINGS, *arguments],
            cwd=folder,
            env=environment | _ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=target,
            stderr=subprocess.PIPE,
            check=False,
        )
    except FileNotFoundError:
        raise PackageError(f"{failure or 'The revision cannot be read'}: git is not installed.") from None
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().partition("\n")[0].removeprefix("fatal: ")
        reasons = [failure or "The git repository cannot be read", ascii(shorten(reason.rstrip(".")))[1:-1]]
        raise PackageError(f"{': '.join(filter(None, reasons))}.")
    return done.stdout or b""
