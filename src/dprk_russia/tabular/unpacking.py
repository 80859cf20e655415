"""Packages in zip files, unpacked into a temporary folder; an archive from a stranger is refused before it can do harm.

Only the descriptor and what lies in data/, schemas/ and derived/ is unpacked; other members, such as a README, are passed over.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from dprk_russia.contract.package import DESCRIPTOR, MAX_FILE_BYTES, MAX_PATH, PackageError
from dprk_russia.contract.schema import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A package has a few dozen files; the download of a whole repository has a few hundred.
MAX_MEMBERS = 1_000
MAX_DIRECTORY_BYTES = 1_000_000
# Tables shrink to a fifth, repetitive ones to a thirtieth.
MAX_RATIO = 100
PARTS = ("data/", "schemas/", "derived/")
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
_LOCAL_HEADER_BYTES = 30
_BLOCK_BYTES = 1 << 16
# What the library raises for archives that are cut, garbled or of a kind it does not know.
_CORRUPT = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, struct.error, OverflowError)


class _BoundedFile(io.FileIO):
    """A file of which no more is read at once than the directory of an archive may have, whatever its header says."""

    def read(self, size: int | None = -1, /) -> bytes:
        most = MAX_DIRECTORY_BYTES + 1
        content: bytes = super().read(most if size is None or size < 0 else min(size, most))
        if len(content) > MAX_DIRECTORY_BYTES:
            raise zipfile.BadZipFile("its directory is too large")
        return content


def unpack(place: Path, folder: Path) -> None:
    """Write the package in a zip file to a folder.

    Raises
    ------
    PackageError
        If the file is no zip file of a package that can be unpacked without harm.
    """
    try:
        _unpack(place, folder)
    except _CORRUPT as error:
        reason = shorten(ascii(str(error))[1:-1].rstrip(".")) or "it is cut short"
        raise PackageError(
            f"{place} is damaged or no zip file of a package: {reason}; download it again."
        ) from None


def _unpack(place: Path, folder: Path) -> None:
    with _BoundedFile(place) as file, zipfile.ZipFile(file) as archive:
        members = archive.infolist()
        for fault in _find_faults(members):
            raise PackageError(f"{place} is not unpacked: {fault}.")
        top = _find_top(members)
        budget = min(MAX_FILE_BYTES, MAX_RATIO * place.stat().st_size)
        for member in members:
            path = member.filename.removeprefix(top)
            if path == DESCRIPTOR or (path.startswith(PARTS) and not member.is_dir()):
                budget -= _extract(archive, member, folder / path, budget)
            if budget < 0:
                raise PackageError(
                    f"{place} is not unpacked: its files are too large for a zip file of its size."
                )
        if not (folder / DESCRIPTOR).is_file():
            raise PackageError(f"{place} has no {DESCRIPTOR}, so it is not a data package.")


def _find_faults(members: list[zipfile.ZipInfo]) -> Iterator[str]:
    """Yield what makes an archive unfit to be unpacked, judged by its directory."""
    if len(members) > MAX_MEMBERS:
        yield f"it has {len(members):,} members; at most {MAX_MEMBERS:,} are allowed"
    for member in members:
        for fault in _find_member_faults(member):
            yield f"{ascii(member.orig_filename)[:200]} {fault}"
    yield from _find_clashes(members)


def _find_clashes(members: list[zipfile.ZipInfo]) -> Iterator[str]:
    if len({member.filename.rstrip("/").casefold() for member in members}) != len(members):
        yield "two members have the same name"
    parents = {str(parent) for member in members for parent in PurePosixPath(member.filename).parents}
    if any(member.filename in parents and not member.is_dir() for member in members):
        yield "a member is a file and a folder"
    for one, other in pairwise(sorted(members, key=lambda member: member.header_offset)):
        if other.header_offset < one.header_offset + _LOCAL_HEADER_BYTES + one.compress_size:
            yield "two members share the same bytes"


def _find_member_faults(member: zipfile.ZipInfo) -> Iterator[str]:
    if fault := find_name_fault(member.orig_filename):
        yield fault
    if stat.S_IFMT(member.external_attr >> 16) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        yield "is a link or a device"
    if member.header_offset < 0:
        yield "lies outside the file"
    if member.flag_bits & _ENCRYPTED:
        yield "is encrypted"
    if member.compress_type not in _METHODS:
        yield "is compressed by a method other than deflate"


def find_name_fault(name: str) -> str | None:
    """Return what makes the name of a file or folder unfit to be written to a folder, or nothing."""
    parts = name.removesuffix("/").split("/")
    if not name.isprintable() or {"\\", ":"} & set(name) or {"", ".", ".."} & set(parts):
        return "is no path inside a folder"
    return "is too long" if len(name.encode()) > MAX_PATH else None


def _find_top(members: list[zipfile.ZipInfo]) -> str:
    """Return the one folder that all members lie in, as in a download from a host of repositories, or nothing."""
    tops = {member.filename.partition("/")[0] + "/" for member in members}
    names = {member.filename for member in members}
    top = tops.pop() if len(tops) == 1 else ""
    return top if top + DESCRIPTOR in names else ""


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, budget: int) -> int:
    """Write a member, or no more of it than the budget, and return the bytes it has; the header may lie about them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with archive.open(member) as source, path.open("xb") as target:
        while block := source.read(_BLOCK_BYTES):
            size += len(block)
            if size > budget:
                break
            target.write(block)
    return size
