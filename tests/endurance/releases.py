"""Builds releases over and over and harms them: whatever happens, the place holds a whole release.

Twenty builds in other folders, time zones, locales and orders of hashes give the same bytes; builds are killed at random
moments, run out of disk, meet a folder that is read-only, and run two at a time. After each the release in place has to
verify, and to be either the former or the new one. Mounts small file systems, so it runs as root or in a namespace of
its own. Usage: python tests/endurance/releases.py [--builds N] [--kills N] [--seed N]
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-m", "dprk_russia"]
ZONES = ("UTC", "Asia/Pyongyang", "Pacific/Kiritimati", "America/St_Johns")
LOCALES = ("C", "C.UTF-8", "ko_KR.UTF-8", "tr_TR.UTF-8")
# Shares of what a build needs beside the former release; each ends it at another artefact.
ROOM = (0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97)


def copy_package(folder: Path, *, other: bool = False) -> Path:
    """Copy the package; under `other` with one more keyword, so that its release differs."""
    for part in ("data", "schemas"):
        shutil.copytree(ROOT / part, folder / part)
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["keywords"] += ["revised"] * other
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


def start(package: Path, out: Path, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*PROGRAM, "build", str(package), "--out", str(out)],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def build(package: Path, out: Path, **environment: str) -> str:
    """Build a release and return its checksums."""
    process = start(package, out, **environment)
    _, errors = process.communicate()
    if process.returncode:
        raise SystemExit(f"a build failed: {errors}")
    return sums(out)


def sums(out: Path) -> str:
    return (out / "SHA256SUMS").read_text(encoding="utf-8")


def check(out: Path, allowed: set[str], what: str) -> str:
    """Fail unless the release in place verifies and is one of those allowed; return its checksums."""
    done = subprocess.run([*PROGRAM, "verify", str(out)], capture_output=True, text=True, check=False)
    if done.returncode or sums(out) not in allowed:
        raise SystemExit(f"{what}: the release is not whole\n{done.stdout}{done.stderr}")
    return sums(out)


def refuse(process: subprocess.Popen[str], what: str) -> str:
    """Fail unless a build ends with one line that says why."""
    _, errors = process.communicate()
    last = errors.rstrip().rpartition("\n")[2]
    if process.returncode != 2 or "a fault of dprk-russia" in errors or not last.startswith("dprk-russia: "):
        raise SystemExit(f"{what}: exit code {process.returncode}\n{errors}")
    return last


def repeat(folder: Path, number: int) -> None:
    """Build the same package in many surroundings."""
    surroundings = zip(
        itertools.cycle(ZONES), itertools.cycle(reversed(LOCALES)), range(number), strict=False
    )
    found = set()
    for zone, locale, turn in surroundings:
        place = folder / f"{'deep/' * (turn % 3)}copy {turn}"
        place.mkdir(parents=True)
        found.add(
            build(
                copy_package(place / "package"),
                place / "dist",
                TZ=zone,
                LC_ALL=locale,
                PYTHONHASHSEED=str(turn),
            )
        )
        shutil.rmtree(place)
    if len(found) != 1:
        raise SystemExit(f"{number} builds gave {len(found)} different releases")
    print(f"{number} of {number} builds identical")


def kill(folder: Path, number: int, draw: random.Random) -> None:
    """Kill builds at random moments, each of a package that differs from the one released."""
    packages = [copy_package(folder / "one"), copy_package(folder / "other", other=True)]
    out = folder / "dist"
    begun = time.monotonic()
    allowed = [build(packages[0], out)]
    duration = time.monotonic() - begun
    allowed.append(build(packages[1], folder / "second"))
    reached = 0
    for turn in range(number):
        before = sums(out)
        process = start(packages[1 - allowed.index(before)], out)
        time.sleep(draw.uniform(0, duration * 1.1))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        reached += check(out, set(allowed), f"kill {turn + 1}") != before
    build(packages[0], out)
    left = [path.name for path in folder.iterdir() if path.name.startswith(".")]
    if left:
        raise SystemExit(f"the build after the kills left {left}")
    print(f"{number} of {number} kills left a whole release; {reached} came after the exchange")


def fill(folder: Path) -> None:
    """Build on file systems too small for a second release."""
    one, other = copy_package(folder / "one"), copy_package(folder / "other", other=True)
    former = build(one, folder / "dist")
    size = sum(path.stat().st_blocks * 512 for path in (folder / "dist").rglob("*"))
    for share in ROOM:
        with mount(folder / "disk", size=int(size * (1 + share))) as disk:
            shutil.copytree(folder / "dist", disk / "dist")
            told = refuse(start(other, disk / "dist"), f"a disk with {share:.0%} of the room")
            check(disk / "dist", {former}, "a full disk")
            if os.listdir(disk) != ["dist"]:
                raise SystemExit(f"a full disk was left with {os.listdir(disk)}")
    print(f"{len(ROOM)} of {len(ROOM)} full disks left the former release: {told}")
    with mount(folder / "disk", size=size * 3) as disk:
        shutil.copytree(folder / "dist", disk / "dist")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        told = refuse(start(other, disk / "dist"), "a read-only folder")
        check(disk / "dist", {former}, "a read-only folder")
    print(f"a read-only folder left the former release: {told}")


@contextmanager
def mount(place: Path, *, size: int) -> Iterator[Path]:
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def race(folder: Path, number: int) -> None:
    """Start two builds of different packages at once."""
    packages = [copy_package(folder / "one"), copy_package(folder / "other", other=True)]
    allowed = {build(package, folder / f"dist-{turn}") for turn, package in enumerate(packages)}
    out = folder / "dist"
    for turn in range(number):
        both = [start(package, out) for package in packages]
        errors = [process.communicate()[1] for process in both]
        codes = [process.returncode for process in both]
        if sorted(codes) not in ([0, 0], [0, 2]) or (2 in codes and "Another build" not in "".join(errors)):
            raise SystemExit(f"two builds at once ended with {codes}\n{''.join(errors)}")
        check(out, allowed, f"race {turn + 1}")
    print(f"{number} of {number} races left a whole release")


def main() -> None:
    """Run everything, or stop at the first harm that shows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--builds", type=int, default=20)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    options: Any = parser.parse_args()
    draw = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="releases-") as name:
        for part in ("repeat", "kill", "fill", "race"):
            (Path(name) / part).mkdir()
        repeat(Path(name) / "repeat", options.builds)
        kill(Path(name) / "kill", options.kills, draw)
        fill(Path(name) / "fill")
        race(Path(name) / "race", 5)


if __name__ == "__main__":
    main()
