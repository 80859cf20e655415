"""The wheel: built, installed into a clean environment elsewhere, it loads every table with pandas alone."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import dprk_russia

ROOT = Path(__file__).parents[2]
# What the codebook and the data card are written with, and what rules and faults say.
TEXTS = (
    "checks/faults/faults.jsonl",
    "contract/rules.csv",
    "documents/page.css",
    "release/documents/datacard.md",
)
SPECIMEN = [f"checks/faults/data/{name}.csv" for name in dprk_russia.tables()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as content:
        names = {name for name in content.namelist() if ".dist-info/" not in name}
    code = {name for name in names if name.endswith(".py")}
    data = {name.removeprefix("dprk_russia/_package/") for name in names - code}
    expected = {
        path.relative_to(ROOT).as_posix()
        for pattern in ("data/*.csv", "schemas/*.json", "datapackage.json")
        for path in ROOT.glob(pattern)
    }
    expected |= {f"dprk_russia/{path}" for path in ("py.typed", *TEXTS, *SPECIMEN)}
    expected |= {
        path.relative_to(ROOT / "src").as_posix() for path in ROOT.glob("src/dprk_russia/record/*/*.sql")
    }
    assert data == expected


@pytest.mark.index
@pytest.mark.slow
def test_the_installed_wheel_loads_every_table_offline(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    constraints = ROOT / "scripts" / "constraints.txt"
    subprocess.run([*pip, "--constraint", str(constraints), str(wheel)], check=True)
    code = (
        "import dprk_russia as d; print(d.__version__); "
        "print(sum(len(d.load(name)) for name in d.tables())); "
        "print(len(d.assessments()), len(d.estimates()), len(d.timeline()), len(d.disagreements()))"
    )
    printed = subprocess.run(
        [str(python), "-I", "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout.split()
    views = (dprk_russia.assessments, dprk_russia.estimates, dprk_russia.timeline, dprk_russia.disagreements)
    rows = sum(len(dprk_russia.load(name)) for name in dprk_russia.tables())
    assert printed == [dprk_russia.__version__, str(rows), *(str(len(view())) for view in views)]


def test_without_the_extra_the_command_says_what_to_install(wheel: Path, tmp_path: Path) -> None:
    """Runs the wheel's code where pyarrow and pandera cannot be imported."""
    with zipfile.ZipFile(wheel) as content:
        content.extractall(tmp_path)
    code = (
        "import sys; sys.modules.update(pandera=None, pyarrow=None, frictionless=None); "
        "from dprk_russia.cli.command import main; main(['validate', 'dprk_russia/_package'])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert ran.returncode == 2
    assert "pip install 'dprk-russia[build]'" in ran.stderr
    assert "Traceback" not in ran.stderr
