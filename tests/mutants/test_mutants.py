"""The changes that are made to code, and which tests are asked of them."""

from __future__ import annotations

import pytest

from mutants import probe
from mutants.__main__ import read_equivalent
from mutants.changes import apply, list_mutants
from mutants.reach import APPROVED, Reach, Witness, instrument
from mutants.repository import read_sources


def change(source: str) -> set[str]:
    """Return the module as every change leaves it."""
    return {apply(mutant, source).strip() for mutant in list_mutants("module.py", source)}


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("x = a < b", {"x = a <= b", "x = a >= b"}),
        ("x = a <= b", {"x = a < b", "x = a > b"}),
        ("x = a == b", {"x = a != b"}),
        ("x = a in b", {"x = a not in b"}),
        ("x = a is None", {"x = a is not None"}),
        ("x = a and b", {"x = a or b", "x = a", "x = b"}),
        ("x = a & b", {"x = a | b", "x = a", "x = b"}),
        ("x = not a", {"x = a"}),
        ("x = ~a", {"x = a"}),
        ("x = a + b", {"x = a - b"}),
        ("x = 5", {"x = 6", "x = 4"}),
        ("x = True", {"x = False"}),
        ("x = 'denies'", {"x = 'deniesx'"}),
        ("x = 'No row refers to it.'", set()),
        ("x = f'No row {a}.'", set()),
        ("x = ''", {"x = 'x'"}),
        ("x = a[b:c]", {"x = a[:c]", "x = a[b:]"}),
        ("x = a if b else c", {"x = a if not b else c"}),
        ("x = [a for a in b if a]", {"x = [a for a in b]"}),
        ("x = max(a)", {"x = min(a)"}),
        ("@dataclass(frozen=True)\nclass A:\n    a: int", set()),
        ("x = sorted(a)", {"x = list(a)"}),
        ("x = zip(a, b, strict=True)", set()),
        ("x: Literal['a'] = b", set()),
        ("import a", set()),
        ("'''About.'''", set()),
        ("if TYPE_CHECKING:\n    a = 1", set()),
        ("a()", {"pass"}),
        ("raise a", {"pass"}),
        ("a += b", {"pass"}),
    ],
)
def test_a_module_is_changed_in_each_of_these_ways(source: str, changed: set[str]) -> None:
    assert change(source) == changed


def test_guards_answers_and_defaults_of_functions_are_changed() -> None:
    assert change("def f(a: 'A'=0) -> 'B':\n    if a:\n        return a") == {
        "def f(a: 'A'=1) -> 'B':\n    if a:\n        return a",
        "def f(a: 'A'=-1) -> 'B':\n    if a:\n        return a",
        "def f(a: 'A'=0) -> 'B':\n    if not a:\n        return a",
        "def f(a: 'A'=0) -> 'B':\n    pass",
        "def f(a: 'A'=0) -> 'B':\n    if a:\n        return",
    }


def test_to_return_none_is_no_change_from_returning_nothing() -> None:
    assert "def f():\n    return" not in change("def f():\n    return None")


def test_what_is_caught_is_raised_again() -> None:
    assert "try:\n    a()\nexcept E:\n    raise" in change("try:\n    a()\nexcept E:\n    b()")


def test_equal_changes_in_one_function_have_names_of_their_own() -> None:
    assert [str(mutant) for mutant in list_mutants("m.py", "def f():\n    return [True, True]")] == [
        "m.py: f: return [True, True] -> return",
        "m.py: f: True -> False",
        "m.py: f: True -> False (2)",
    ]


def test_probes_stand_at_the_head_of_each_block_behind_its_documentation() -> None:
    source = "def f():\n    '''About.'''\n    if a:\n        b()\n    else:\n        c()\n"
    assert instrument(source, "m.py").splitlines() == [
        "import _probe",
        "",
        "def f():",
        '    """About."""',
        "    _probe.reach('m.py:2')",
        "    if a:",
        "        _probe.reach('m.py:4')",
        "        b()",
        "    else:",
        "        _probe.reach('m.py:6')",
        "        c()",
    ]


def test_what_is_kept_counts_as_reached_again_whenever_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(probe, "blocks", set[str]())

    class Thing:
        @probe.cached_property
        def part(self) -> int:
            probe.reach("part")
            return len(probe.blocks)

        @probe.lru_cache(maxsize=1)
        def whole(self) -> int:
            probe.reach("whole")
            return int(self.part)

    thing = Thing()
    for _ in range(2):
        probe.blocks.clear()
        assert (thing.part, probe.blocks) == (1, {"part"})
        assert (thing.whole(), probe.blocks) == (1, {"part", "whole"})


SOURCES = {
    "one.py": "LIMIT = 5\nCODES = (LIMIT, 7)\n\ndef f(a):\n    if a:\n        return 1\n    return 2\n",
    "two.py": "from one import CODES\n\ndef g():\n    return CODES\n",
}
TESTS = [
    Witness("slow", 2.0, frozenset({"one.py:5", "one.py:6"})),
    Witness("quick", 1.0, frozenset({"one.py:5"})),
    Witness("other", 3.0, frozenset({"two.py:4"})),
    Witness("test_it.py::named", 4.0, frozenset()),
    Witness("idle", 5.0, frozenset({"three.py:2"})),
    Witness("", 0.0, frozenset({"two.py:4"})),
]


WORDS = {"test_it.py": frozenset({"CODES"})}


@pytest.mark.parametrize(
    ("what", "tests"),
    [
        ("return 1 -> return", ["slow"]),
        ("return 2 -> return", ["quick", "slow"]),
        ("7 -> 8", ["test_it.py::named", "quick", "other", "slow"]),
        ("5 -> 6", ["test_it.py::named", "quick", "other", "slow"]),
    ],
)
def test_a_change_is_tried_by_the_tests_that_reach_it_and_little_else_first(
    what: str, tests: list[str]
) -> None:
    (mutant,) = (mutant for mutant in list_mutants("one.py", SOURCES["one.py"]) if mutant.what == what)
    assert [test.id for test in Reach(TESTS, SOURCES, WORDS).find("one.py", mutant.context)] == tests


def test_what_is_reached_by_importing_is_tried_by_the_tests_of_its_module_and_of_its_names() -> None:
    (mutant,) = list_mutants("two.py", SOURCES["two.py"])
    words = {"test_it.py": frozenset({"g"})}
    found = Reach(TESTS, SOURCES, words).find("two.py", mutant.context)
    assert [test.id for test in found] == ["test_it.py::named", "other"]


def test_of_what_is_reached_by_importing_tests_that_name_the_module_or_read_all_are_asked_first() -> None:
    (mutant,) = list_mutants("two.py", SOURCES["two.py"])
    files = {"quick": 1.0, "test_named.py": 2.0, f"{APPROVED}test_all.py": 3.0}
    tests = [Witness(f"{file}::it", seconds, frozenset({"two.py:4"})) for file, seconds in files.items()]
    words = {"test_named.py": frozenset({"two"})}
    found = Reach([*tests, *TESTS], SOURCES, words).find("two.py", mutant.context)
    assert [test.file for test in found] == ["test_named.py", f"{APPROVED}test_all.py", "quick", "other"]


def test_every_change_that_is_known_to_change_nothing_is_still_made() -> None:
    sources = read_sources()
    known = read_equivalent()
    paths = {what.partition(":")[0] for what in known}
    made = {str(mutant) for path in paths & sources.keys() for mutant in list_mutants(path, sources[path])}
    assert known.keys() - made == set()
    assert all(reason.endswith(".") for reason in known.values())
