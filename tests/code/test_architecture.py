"""Folders depend on each other in one direction only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "dprk_russia"
# From the ground up: a folder imports only itself, folders of floors below, and none beside it.
FLOORS = [
    {"contract", "documents"},
    {"tabular"},
    {"record", "versions"},
    {"checks", "charts"},
    {"drafts", "release"},
    {"site"},
    {"dataset"},
    {"cli"},
]
MODULES = sorted(SOURCE.rglob("*.py"))


def imports(module: Path) -> set[str]:
    """Return the names of all modules that a module imports, in functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{name.name}" for name in node.names if node.module == "dprk_russia"}
    return found


def name_of(module: Path) -> str:
    return module.relative_to(SOURCE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_module_imports_only_from_floors_below(module: Path) -> None:
    name = name_of(module)
    if name in {"__init__", "__main__"}:
        return
    floors = {folder: floor for floor, folders in enumerate(FLOORS) for folder in folders}
    used = {path.split(".")[1] for path in imports(module) if path.startswith("dprk_russia.")} - {name}
    assert {other for other in used if floors[other] >= floors[name]} == set()


@pytest.mark.parametrize(
    ("library", "modules"),
    [
        ("pandera", {"checks", "dataset"}),
        ("click", {"cli"}),
        ("frictionless", {"release"}),
        ("jinja2", {"site"}),
        ("sqlglot", {"record"}),
        ("typst", {"charts"}),
    ],
)
def test_a_library_is_imported_where_it_belongs(library: str, modules: set[str]) -> None:
    users = {
        name_of(module) for module in MODULES if any(x.split(".")[0] == library for x in imports(module))
    }
    assert users <= modules


def test_the_contract_knows_nothing_of_pandas() -> None:
    third_party = {"pandas", "numpy", "pyarrow", "pandera", "click", "frictionless"}
    used = {name for module in (SOURCE / "contract").glob("*.py") for name in imports(module)}
    assert not third_party & {name.split(".")[0] for name in used}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_module_names_a_type_that_versions_of_pandas_understand_differently(module: Path) -> None:
    # Before pandas 3 "str" makes missing cells the text "nan".
    constants = (
        node for node in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(node, ast.Constant)
    )
    assert "str" not in {node.value for node in constants if isinstance(node.value, str)}
