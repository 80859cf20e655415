"""Which tests reach which block of statements, found by one run of the tests over code with a probe in every block."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mutants.changes import list_nodes
from mutants.repository import PACKAGE, ROOT, copy_repository, make_environment, read_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mutants.changes import Context

CACHE = ROOT / ".mutants"
# The first runs all cases of all measures for each change of a measure; no browser starts in the memory that a mutant may take.
LEFT_OUT = ("--deselect=tests/measures/test_mutation.py", "--ignore=tests/explorer/test_browser.py")
# Tests that compare all that is written, and as how many blocks what they reach counts.
APPROVED, FEW = "tests/approved/", 10
# The code with which pytest ends where tests ran and some failed.
SOME_FAILED = 1
# Names that the standard library gives and that the probe gives in its place.
_CACHES = {"cache", "cached_property", "lru_cache"}


@dataclass(frozen=True, slots=True)
class Witness:
    """One test: its id, how many seconds it takes alone, and the blocks it reaches, each as PATH:LINE.

    Without an id it is the import of the modules.
    """

    id: str
    seconds: float
    blocks: frozenset[str]

    @property
    def effort(self) -> float:
        """What it costs to ask for what it tells: a test that reaches much tells little of each, unless it reads all that is written."""
        return self.seconds * (FEW if self.reads_all else len(self.blocks))

    @property
    def reads_all(self) -> bool:
        """Tell whether it compares all that is written."""
        return self.id.startswith(APPROVED)

    @property
    def file(self) -> str:
        """The path of its file."""
        return self.id.partition("::")[0]


def instrument(source: str, path: str) -> str:
    """Return the source of a module with a probe at the head of every block of a function."""
    tree = ast.parse(source)
    for node in list(ast.walk(tree)):
        if isinstance(node, ast.FunctionDef):
            _add_probes(node, path)
    for node in list(ast.walk(tree)):
        if isinstance(node, ast.ImportFrom) and node.module == "functools":
            _exchange_caches(tree, node)
    first = next((i for i, node in enumerate(tree.body) if _is_future(node)), -1) + 1
    documented = 1 if not first and ast.get_docstring(tree) else first
    tree.body.insert(documented, ast.parse("import _probe").body[0])
    return ast.unparse(tree)


def _is_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _add_probes(function: ast.FunctionDef, path: str) -> None:
    """Add a probe to each block of a function, but for functions within it."""
    nodes: list[ast.AST] = [function]
    while nodes:
        node = nodes.pop()
        for field in ("body", "orelse", "finalbody", "handlers", "cases"):
            children = getattr(node, field, None)
            if not isinstance(children, list) or not children:
                continue
            nodes += [child for child in children if not isinstance(child, ast.FunctionDef | ast.ClassDef)]
            if isinstance(children[0], ast.stmt):
                probe = ast.parse(f"_probe.reach({f'{path}:{children[0].lineno}'!r})").body[0]
                documented = isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None
                children.insert(1 if documented else 0, probe)


def _exchange_caches(tree: ast.Module, node: ast.ImportFrom) -> None:
    """Import the caches of the probe in the place of those of the standard library."""
    taken = [name for name in node.names if name.name in _CACHES]
    node.names = [name for name in node.names if name.name not in _CACHES] or [ast.alias("wraps", "_wraps")]
    if taken:
        at = tree.body.index(node)
        tree.body.insert(at + 1, ast.ImportFrom("_probe", taken, 0))


def find_tests() -> list[Witness]:
    """Return the tests that pass, with what they reach; they are run if code or tests have changed since they were."""
    file = CACHE / f"{_sum_files()}.jsonl"
    if not file.is_file():
        shutil.rmtree(CACHE, ignore_errors=True)
        CACHE.mkdir()
        file.write_text(_record_tests(), encoding="utf-8")
    tests = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return [Witness(test["id"], test["seconds"], frozenset(test["blocks"])) for test in tests]


def _sum_files() -> str:
    """Return a sum over the code and the tests."""
    digest = hashlib.sha256()
    for file in sorted(file for folder in ("src", "tests") for file in (ROOT / folder).rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _record_tests() -> str:
    """Run all tests in a copy of the repository whose code has probes; return a line of JSON for each test that passes."""
    with TemporaryDirectory(prefix="mutants-") as name:
        folder, found = Path(name, "repository"), Path(name, "reached")
        found.mkdir()
        copy_repository(folder)
        for path, source in read_sources().items():
            (folder / PACKAGE / path).write_text(instrument(source, path), encoding="utf-8")
        shutil.copy(Path(__file__).parent / "probe.py", folder / "src" / "_probe.py")
        environment = os.environ | make_environment(folder) | {"REACHED": str(found)}
        command = [sys.executable, "-m", "pytest", "-p", "mutants.recording", *LEFT_OUT]
        if subprocess.run(command, cwd=folder, env=environment, check=False).returncode > SOME_FAILED:
            raise SystemExit("the tests could not be run")
        return "".join(file.read_text(encoding="utf-8") for file in sorted(found.glob("*.jsonl")))


class Reach:
    """Which tests can tell of a change at some place: those that reach its block.

    Outside of functions, and where a block is reached while modules are imported, they are also those that reach a block of the same
    module, or one that uses a name which the statement defines, or which is defined by it in turn, and those whose file has it.
    """

    def __init__(
        self, tests: Iterable[Witness], sources: Mapping[str, str], words: Mapping[str, frozenset[str]]
    ) -> None:
        """Take the tests, the modules by path, and the words of the files of tests, by path."""
        self._tests: defaultdict[str, list[Witness]] = defaultdict(list)
        self._users: defaultdict[str, set[str]] = defaultdict(set)
        self._definitions: defaultdict[str, set[str]] = defaultdict(set)
        self._imported: set[str] = set()
        self._words = words
        for test in tests:
            if not test.id:
                self._imported |= test.blocks
                continue
            modules = {block.partition(":")[0] for block in test.blocks}
            for key in (*test.blocks, *modules, *words.get(test.file, ())):
                self._tests[key].append(test)
        for path, source in sources.items():
            for node, context in list_nodes(source):
                self._note(node, context, path)

    def _note(self, node: ast.AST, context: Context, path: str) -> None:
        name = getattr(node, "id", None) or getattr(node, "attr", None)
        if not isinstance(name, str):
            return
        if context.block:
            self._users[name].add(f"{path}:{context.block}")
        else:
            self._definitions[name] |= context.names

    def find(self, path: str, context: Context) -> list[Witness]:
        """Return the tests that reach a place, those first that are quick and reach little else.

        Of the many that a module may reach while it is imported, those first whose file names it, or that read all that is written.
        """
        block = f"{path}:{context.block}"
        found, first = self._tests.get(block, []), set[str]()
        if not found or block in self._imported:
            names = self._follow(context.names or {context.scope.rpartition(".")[2]})
            keys = {path, *names}.union(*(self._users[name] for name in names))
            found = list({test.id: test for key in keys for test in self._tests.get(key, ())}.values())
            module = PurePosixPath(path).stem
            first = {test.id for test in found if test.reads_all or module in self._words.get(test.file, ())}
        return sorted(found, key=lambda test: (test.id not in first, test.effort, test.id))

    def _follow(self, names: Iterable[str]) -> set[str]:
        """Return some names and those of whatever is defined by them outside of functions."""
        known: set[str] = set()
        waiting = set(names)
        while waiting:
            name = waiting.pop()
            known.add(name)
            waiting |= self._definitions[name] - known
        return known


def read_words() -> dict[str, frozenset[str]]:
    """Return the words of each file of tests, by its path in the repository."""
    return {
        file.relative_to(ROOT).as_posix(): frozenset(
            re.findall(r"[A-Za-z_]\w*", file.read_text(encoding="utf-8"))
        )
        for file in (ROOT / "tests").rglob("test_*.py")
    }
