"""The place of a release: held by one build at a time, and changed in one step.

Whoever reads the place, and whatever ends a build half way, finds the former release or the new one, whole.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dprk_russia.checks.rules.releases import CHECKSUMS
from dprk_russia.release.errors import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Where the place has to stand empty for a moment, because the system cannot exchange two folders.
_FORMER = "former"
# What systems answer that have no exchange, or a file system without it.
_UNABLE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}
_THIS_FOLDER = -100
_EXCHANGE = 2


@contextmanager
def reserve(out: Path, what: str = "release") -> Iterator[Path]:
    """Yield an empty folder beside `out` to build a release in, or what else has its checksums, and remove it at the end.

    What a killed build has left there is removed first; a folder that a running build holds is left alone.

    Raises
    ------
    ReleaseError
        If `out` holds anything but a release, or another build is at work on it.
    """
    _check(out, what)
    out.parent.mkdir(parents=True, exist_ok=True)
    workshop = out.parent / f".{out.name}-build"
    with _hold(workshop, out):
        _recover(out, workshop)
        release = workshop / "release"
        release.mkdir()
        try:
            yield release
        finally:
            shutil.rmtree(workshop, ignore_errors=True)


def _check(out: Path, what: str) -> None:
    """Refuse a place that holds anything but a release, so that nothing else is ever replaced."""
    if out.is_symlink() or (out.exists() and not _is_release(out)):
        raise ReleaseError(f"{out} exists and is not a {what}; nothing was written. Choose another --out.")


def _is_release(out: Path) -> bool:
    """Tell whether a folder is empty or holds nothing but what its own checksums name."""
    if not out.is_dir():
        return False
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if not path.is_dir()}
    if not files:
        return True
    if CHECKSUMS not in files:
        return False
    lines = (out / CHECKSUMS).read_text(encoding="utf-8", errors="replace").splitlines()
    return files <= {CHECKSUMS, *(line.partition("  ")[2] for line in lines)}


@contextmanager
def _hold(workshop: Path, out: Path) -> Iterator[None]:
    """Make a folder and hold a lock on it, which the system lets go of when the program ends in whatever way."""
    if workshop.is_symlink():
        raise ReleaseError(f"{workshop} is a link; remove it first.")
    workshop.mkdir(exist_ok=True)
    if sys.platform == "win32":  # which has no locks on folders
        yield
        return
    handle = os.open(workshop, os.O_RDONLY)
    try:
        if not _lock(handle, workshop):
            raise ReleaseError(f"Another build is at work on {out}; wait until it has ended.")
        yield
    finally:
        os.close(handle)


def _lock(handle: int, workshop: Path) -> bool:
    """Lock a folder, unless another build holds it or has just removed it."""
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.fstat(handle).st_ino == workshop.stat().st_ino
    except (BlockingIOError, FileNotFoundError):
        return False


def _recover(out: Path, workshop: Path) -> None:
    """Clear what a killed build has left, after putting back a release that it had moved away."""
    former = workshop / _FORMER
    if former.exists() and not out.exists():
        former.rename(out)
    for path in workshop.iterdir():
        shutil.rmtree(path)


def put(release: Path, out: Path) -> None:
    """Put a finished release into its place; a former release there goes where the new one was.

    Raises
    ------
    OSError
        If the place cannot be written to; it is then as it was.
    """
    if not out.exists():
        release.rename(out)
    elif not _exchange(release, out):
        former = release.parent / _FORMER
        out.rename(former)
        try:
            release.rename(out)
        except OSError:
            former.rename(out)
            raise


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, or return false where the system cannot."""
    if sys.platform == "win32":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    paths = os.fsencode(one), os.fsencode(other)
    if hasattr(library, "renameat2"):
        failed = library.renameat2(_THIS_FOLDER, paths[0], _THIS_FOLDER, paths[1], _EXCHANGE)
    elif hasattr(library, "renamex_np"):
        failed = library.renamex_np(*paths, _EXCHANGE)
    else:
        return False
    if failed and ctypes.get_errno() not in _UNABLE:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))
    return not failed
