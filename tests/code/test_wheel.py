"""The wheel: built and installed elsewhere, it loads every table with what it requires alone."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement

import dprk_russia

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[2]
# What the codebook and the data card are written with, and what rules and faults say.
TEXTS = (
    "checks/faults/faults.jsonl",
    "checks/report.schema.json",
    "checks/numerals/words.csv",
    "contract/rules.csv",
    "record/questions.csv",
    "documents/page.css",
    "release/documents/datacard.md",
    "site/dossier.schema.json",
    "site/hits.schema.json",
    "versions/changes.schema.json",
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
        path.relative_to(ROOT / "src").as_posix()
        for pattern in (
            "record/*/*.sql",
            "site/*.json",
            "site/templates/*.html",
            "site/assets/*.*",
            "site/assets/vendor/*.*",
        )
        for path in ROOT.glob(f"src/dprk_russia/{pattern}")
    }
    assert data == expected


def find_dependencies(requirements: Iterable[str]) -> Iterator[metadata.Distribution]:
    """Yield the distributions that requirements without an extra need, each with those it needs itself."""
    for requirement in map(Requirement, requirements):
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            found = metadata.distribution(requirement.name)
            yield found
            yield from find_dependencies(found.requires or ())


def link(distribution: metadata.Distribution, folder: Path) -> None:
    """Make what a distribution installs importable from a folder."""
    for top in {file.parts[0] for file in distribution.files or () if file.parts[0] != ".."}:
        if not (folder / top).exists():
            (folder / top).symlink_to(Path(str(distribution.locate_file(top))))


def test_the_installed_wheel_loads_every_table_with_what_it_requires_alone(
    wheel: Path, tmp_path: Path
) -> None:
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-index",
        "--no-deps",
    ]
    subprocess.run([*pip, "--target", str(tmp_path), str(wheel)], check=True)
    (installed,) = metadata.distributions(name="dprk-russia", path=[str(tmp_path)])
    for dependency in find_dependencies(installed.requires or ()):
        link(dependency, tmp_path)
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); "
        "import dprk_russia as d; print(d.__file__, d.__version__); "
        "print(sum(len(d.load(name)) for name in d.tables())); "
        "print(len(d.assessments()), len(d.estimates()), len(d.timeline()), len(d.disagreements())); "
        "print(sorted(name for name in sys.modules if name in {'pyarrow', 'pandera', 'duckdb', 'frictionless'}))"
    )
    printed = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout.split()
    views = (dprk_russia.assessments, dprk_russia.estimates, dprk_russia.timeline, dprk_russia.disagreements)
    rows = sum(len(dprk_russia.load(name)) for name in dprk_russia.tables())
    assert printed == [
        str(tmp_path / "dprk_russia" / "__init__.py"),
        dprk_russia.__version__,
        str(rows),
        *(str(len(view())) for view in views),
        "[]",
    ]


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
    assert "pip install 'dprk-russia[validate]'" in ran.stderr
    assert "Traceback" not in ran.stderr
