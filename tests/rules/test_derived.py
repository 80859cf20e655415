"""The derived frames that lie in a package: what is told of a line that the rows do not give."""

from __future__ import annotations

import shutil
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dprk_russia.checks.derived import check_derived
from dprk_russia.checks.faults import Specimen
from dprk_russia.contract.findings import RULES, Finding, Report, Skipped
from dprk_russia.contract.package import inspect_package, read_package
from dprk_russia.record import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PASSED = Report("dprk-russia", "1.0.0", {})
KILLED = "derived/estimates.csv"
PAIRS = "derived/disagreements.csv"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Specimen:
    specimen = Specimen(tmp_path_factory.mktemp("made") / "package")
    for name in ("disagreements", "estimates", "sides"):
        specimen.derive(name)
    return specimen


@pytest.fixture
def derived(made: Specimen, tmp_path: Path) -> Specimen:
    specimen = copy(made)
    specimen.folder = shutil.copytree(made.folder, tmp_path / "package")
    return specimen


def check(specimen: Specimen, report: Report = PASSED) -> Report:
    return check_derived(read_package(specimen.folder), report)


def tell(finding: Finding) -> tuple[str, int | None, str | None, str | None, str]:
    return finding.path, finding.line, finding.column, finding.row_id, finding.message


def swap(text: str) -> str:
    lines = text.split("\n")
    return "\n".join([*lines[:1], lines[2], lines[1], *lines[3:]])


FIRST = "M00004"  # The row of the first line, and of the last.
LAST = "E00002"


@pytest.mark.parametrize(
    ("path", "harm", "expected"),
    [
        (KILLED, lambda text: text.replace(",60,high", ",61,high"), (2, "number", FIRST, "number is 61; the tables give 60.")),
        (KILLED, lambda text: text.replace(",60,high", ",,high"), (2, "number", FIRST, "number is empty; the tables give 60.")),
        (KILLED, lambda text: text.replace("true,,M00004", "true,x,M00004"), (2, "note", FIRST, "note is x; the tables give empty.")),
        (KILLED, lambda text: text.replace("M00004,", "M00014,"), (2, None, FIRST, "The tables give M00004 here.")),
        (KILLED, swap, (2, None, FIRST, "The tables give M00004 here.")),
        (KILLED, lambda text: text[: text.rindex("trade,")], (7, None, LAST, "The tables give E00002 here.")),
        (KILLED, lambda text: text[:-40], (7, None, LAST, "The tables give E00002 here.")),
        (KILLED, lambda text: text + text[-400:], (8, None, None, "The tables give no such row.")),
        (KILLED, lambda text: text + "\n", (8, None, None, "The tables give no such row.")),
        (KILLED, lambda text: text[:-1], (7, None, LAST, "The row is written in another form.")),
        (KILLED, lambda text: text.replace("M00004,", '"M00004",'), (2, None, FIRST, "The row is written in another form.")),
        (KILLED, lambda text: text.replace("M00004,C", "M00004\r,C"), (2, None, FIRST, "The tables give M00004 here.")),
        (KILLED, lambda text: text.replace("bureau.example/19\n", "bureau.example/19\r\n", 1), (2, None, FIRST, "The row is written in another form.")),
        (KILLED, lambda text: text.replace(",number,", ",count,"), (1, None, None, "The header does not name the columns of the frame.")),
        (KILLED, lambda text: "\ufeff" + text, (1, None, None, "The header does not name the columns of the frame.")),
        (KILLED, lambda _: "", (1, None, None, "The header does not name the columns of the frame.")),
        (KILLED, lambda text: text.replace("likely", "l\udcffkely", 1), (2, "certainty", FIRST, "certainty is l\ufffdkely; the tables give likely.")),
        (KILLED, lambda text: text.replace("likely", "x" * 300, 1), (2, "certainty", FIRST, f"certainty is {'x' * 200}…; the tables give likely.")),
        (PAIRS, lambda text: text.replace("denies", "doubts", 1), (3, "how", None, "how is doubts; the tables give denies.")),
        (PAIRS, lambda text: text[: text.index("\n") + 1], (2, None, None, "The tables give another row here.")),
    ],
)  # fmt: skip
def test_the_first_line_that_the_rows_do_not_give_is_told(
    derived: Specimen,
    path: str,
    harm: Callable[[str], str],
    expected: tuple[int, str | None, str | None, str],
) -> None:
    text = derived.path(path).read_text(encoding="utf-8")
    assert harm(text) != text
    derived.write(path, harm(text))
    report = check(derived)
    assert list(map(tell, report.findings)) == [(path, *expected)]
    assert not report.passes()


def test_each_frame_that_differs_is_told_once(derived: Specimen) -> None:
    derived.replace(KILLED, ",true,", ",false,")
    derived.replace(PAIRS, "denies", "doubts")
    assert [finding.path for finding in check(derived).findings] == [PAIRS, KILLED]


def test_frames_as_the_rows_give_them_pass_and_so_does_a_package_without_any(derived: Specimen) -> None:
    assert check(derived) == PASSED
    for path in ("estimates", "disagreements", "sides"):
        derived.delete(f"derived/{path}.csv")
    resources = [one for one in derived.descriptor()["resources"] if not one["path"].startswith("derived/")]
    derived.change_descriptor(resources=resources)
    assert check(derived) is PASSED


def test_a_sound_row_that_was_changed_shows_in_what_follows_from_it(derived: Specimen) -> None:
    derived.set("claims", "C00002", certainty="asserted")
    (finding,) = check(derived).findings
    told = "certainty is likely; the tables give asserted."
    assert tell(finding) == (KILLED, 2, "certainty", FIRST, told)


@pytest.mark.parametrize("harm", ["title", "schema", "column"])
def test_a_resource_that_tells_something_else_of_a_frame_is_found(derived: Specimen, harm: str) -> None:
    (resource,) = (one for one in derived.descriptor()["resources"] if one["name"] == "estimates")
    schema = resource["schema"]
    changed: dict[str, dict[str, object]] = {
        "title": {"title": "Facts"},
        "schema": {"schema": {key: value for key, value in schema.items() if key != "foreignKeys"}},
        "column": {"schema": {**schema, "fields": schema["fields"][:-1]}},
    }
    derived.change_resource("estimates", **changed[harm])
    (finding,) = check(derived).findings
    assert (finding.rule, finding.path, finding.table) == ("derived-differs", "datapackage.json", "estimates")


def test_what_a_release_measures_of_a_frame_is_no_difference(derived: Specimen) -> None:
    derived.change_resource("sides", bytes=1, hash="sha256:0", rowCount=1)
    package, findings = inspect_package(derived.folder)
    assert [finding.rule for finding in findings] == ["content-changed"]
    assert check_derived(package, PASSED) == PASSED


def test_a_line_is_told_of_a_file_that_is_known_to_be_changed(derived: Specimen) -> None:
    derived.change_resource("estimates", bytes=1)
    derived.replace(KILLED, ",60,high", ",61,high")
    package, findings = inspect_package(derived.folder)
    report = check_derived(package, replace(PASSED, findings=tuple(findings)))
    assert [(finding.rule, finding.line) for finding in report.findings] == [
        ("content-changed", None),
        ("derived-differs", 2),
    ]


def test_frames_are_not_compared_with_tables_that_do_not_pass(derived: Specimen) -> None:
    derived.replace(KILLED, ",60,high", ",61,high")
    finding = RULES["enum"].found("Wrong.", path="data/claims.csv", table="claims", line=2)
    report = check(derived, replace(PASSED, findings=(finding,)))
    assert report.findings == (finding,)
    why = "the tables, from which derived frames follow, do not pass"
    assert report.skipped == (Skipped("derived-differs", why),)
    unread = replace(PASSED, skipped=(Skipped("claims", "the table could not be read"),))
    assert check(derived, unread).skipped == (*unread.skipped, Skipped("derived-differs", why))
    warning = RULES["unused-row"].found("Idle.", path="data/actors.csv", table="actors", line=2)
    assert [one.rule for one in check(derived, replace(PASSED, findings=(warning,))).findings] == [
        "unused-row",
        "derived-differs",
    ]


def test_frames_that_cannot_be_derived_or_read_have_not_passed(
    derived: Specimen, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(run, "MAX_PAIRS", 0)
        report = check(derived)
    assert not report.passes()
    assert [one.what for one in report.skipped] == ["derived-differs"]
    package = read_package(derived.folder)
    derived.delete(KILLED)
    derived.path(KILLED).mkdir()
    report = check_derived(package, PASSED)
    assert not report.passes()
    assert [(one.rule, one.path) for one in report.findings] == [("missing-file", KILLED)]


@pytest.mark.parametrize(
    ("harm", "rule", "path"),
    [
        (lambda derived: derived.write("derived/notes.csv", "x\n"), "unlisted-file", "derived/notes.csv"),
        (lambda derived: derived.delete(KILLED), "missing-file", KILLED),
        (
            lambda derived: derived.change_resource("sides", path="derived/topics.csv"),
            "descriptor-invalid",
            "datapackage.json",
        ),
        (lambda derived: derived.derive("estimates"), "descriptor-invalid", "datapackage.json"),
        (
            lambda derived: derived.change_resource("sides", dialect={"delimiter": ";"}),
            "descriptor-invalid",
            "datapackage.json",
        ),
    ],
)
def test_a_frame_must_lie_where_its_name_says_as_any_file_must(
    derived: Specimen, harm: Callable[[Specimen], None], rule: str, path: str
) -> None:
    harm(derived)
    _, findings = inspect_package(derived.folder)
    assert (rule, path) in {(finding.rule, finding.path) for finding in findings}
    assert {finding.severity for finding in findings} == {"error"}
