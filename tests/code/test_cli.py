"""The command: exit codes, one clear line for bad input, and never a traceback."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import dprk_russia

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

    from dprk_russia.checks.faults import Specimen


def test_a_sound_package_passes(specimen: Specimen, run: Run) -> None:
    code, out, _ = run("validate", specimen.folder)
    assert code == 0
    assert out.endswith("passes: 61 rows in 13 tables, 0 errors, 0 warnings\n")


def test_the_descriptor_may_be_named_instead_of_the_folder(specimen: Specimen, run: Run) -> None:
    assert run("validate", specimen.folder / "datapackage.json")[0] == 0


def test_a_finding_begins_with_its_place(specimen: Specimen, run: Run) -> None:
    specimen.set("claims", "C00008", kind="assesment")
    code, out, _ = run("validate", specimen.folder)
    assert code == 1
    assert out.splitlines()[0] == (
        'data/claims.csv:9: [C00008, kind] error enum: "assesment" is not a code of kind. Did you mean assessment?'
    )


def test_the_json_report_has_the_documented_keys(specimen: Specimen, run: Run) -> None:
    specimen.set("claims", "C00008", kind="assesment")
    code, out, _ = run("validate", specimen.folder, "--format", "json")
    report = json.loads(out)
    assert code == 1
    assert set(report) == {"format", "package", "version", "checked", "skipped", "findings", "counts"}
    assert report["counts"] == {"error": 1, "warning": 0}
    assert report["checked"]["claims"] == 9
    assert report["findings"] == [
        {
            "rule": "enum",
            "severity": "error",
            "table": "claims",
            "path": "data/claims.csv",
            "line": 9,
            "column": "kind",
            "row_id": "C00008",
            "value": "assesment",
            "message": '"assesment" is not a code of kind.',
            "hint": "Did you mean assessment?",
        }
    ]


def test_strict_lets_warnings_fail(specimen: Specimen, run: Run) -> None:
    specimen.add("actors", actor_id="idle", name="Idle", kind="person")
    assert run("validate", specimen.folder)[0] == 0
    assert run("validate", specimen.folder, "--strict")[0] == 1


def _break_json(specimen: Specimen) -> None:
    (specimen.folder / "datapackage.json").write_text('{"name": "x", ')


def _nest_json(specimen: Specimen) -> None:
    (specimen.folder / "datapackage.json").write_text("[" * 100_000)


def _truncate(specimen: Specimen) -> None:
    content = specimen.path("claims").read_bytes()
    specimen.path("claims").write_bytes(content[: len(content) // 2])


def _fill_with_bytes(specimen: Specimen) -> None:
    specimen.path("claims").write_bytes(bytes(range(256)) * 64)


@pytest.mark.parametrize("harm", [_break_json, _nest_json, _truncate, _fill_with_bytes])
@pytest.mark.parametrize("verb", ["validate", "build"])
def test_broken_input_gives_findings_and_leaves_the_release_alone(
    specimen: Specimen,
    tmp_path: Path,
    run: Run,
    harm: Callable[[Specimen], None],
    verb: str,
) -> None:
    release = tmp_path / "dist"
    release.mkdir()
    (release / "SHA256SUMS").write_text("")
    harm(specimen)
    target = ["--out", str(release)] if verb == "build" else []
    code, out, err = run(verb, specimen.folder, *target)
    assert code == 1
    assert out.count("\n") <= 40
    assert "Traceback" not in out + err
    assert [path.name for path in release.iterdir()] == ["SHA256SUMS"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("verb", ["validate", "build"])
@pytest.mark.parametrize("place", ["nowhere", "empty", "file"])
def test_a_missing_package_is_told_in_one_line(tmp_path: Path, run: Run, verb: str, place: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    code, out, err = run(verb, tmp_path / place)
    assert code == 2
    assert out == ""
    assert [line for line in err.splitlines() if line.startswith("dprk-russia: ")]
    assert err.count("\n") <= 2


def test_wrong_usage_is_exit_code_two(run: Run) -> None:
    assert run("validate", "--format", "yaml")[0] == 2
    assert run("invalidate")[0] == 2


@pytest.mark.parametrize("arguments", [[], ["validate"], ["build"]])
def test_every_help_names_an_example_or_the_verbs(run: Run, arguments: list[str]) -> None:
    code, out, _ = run(*arguments, "--help")
    assert code == 0
    assert "Example: dprk-russia" in out or "Commands:" in out


def test_the_version_of_the_tool_is_told_beside_that_of_the_data(run: Run) -> None:
    versions = dprk_russia.TOOL_VERSION, dprk_russia.__version__
    assert run("--version") == (0, "dprk-russia {}, data {}\n".format(*versions), "")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("rules", "no-such-rule"), "Invalid value for RULE: "),
        (("sql", "no-such-measure"), "Invalid value for MEASURE: "),
        (
            ("build", "--include", "no-such-file"),
            "Invalid value for '--include': File 'no-such-file' does not exist.",
        ),
    ],
)
def test_what_there_is_not_is_told_with_the_name_of_the_argument(
    run: Run, arguments: tuple[str, ...], told: str
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert f"\nError: {told}" in err
