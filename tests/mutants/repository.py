"""The repository, and copies of it whose code may be changed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = Path("src", "dprk_russia")


def read_sources() -> dict[str, str]:
    """Return the source of every module by its path in the package."""
    folder = ROOT / PACKAGE
    files = sorted(folder.rglob("*.py"))
    return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in files}


def copy_repository(folder: Path) -> None:
    """Copy what belongs to the repository, committed or not."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for path in filter(None, listed.split("\0")):
        if (ROOT / path).is_file():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, folder / path)


def make_environment(folder: Path) -> dict[str, str]:
    """Return the variables with which a Python process takes the code of a copy of the repository."""
    return {"PYTHONPATH": os.pathsep.join(str(folder / part) for part in ("src", "tests"))}
