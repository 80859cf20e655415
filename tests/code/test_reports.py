"""Reports: every form carries every finding, and nothing in a finding can break out of its form."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from junitparser import JUnitXml

from dprk_russia.checks.reports import (
    FORMATS,
    Setting,
    render_github,
    render_json,
    render_junit,
    render_sarif,
    render_summary,
    render_text,
)
from dprk_russia.checks.validation import validate
from dprk_russia.cli.reporting import COLOURS, style
from dprk_russia.contract.findings import PACKAGE_RULES, RULES, Consequence, Finding, Report, Skipped
from dprk_russia.contract.tool import TOOL_VERSION

if TYPE_CHECKING:
    from dprk_russia.checks.faults import Specimen

SETTING = Setting(rules=PACKAGE_RULES, base=PurePosixPath("contributions/mine"))
NASTY = "a\n::error::b,c:%25 <img src=x> | ]]> \x1b[31m \u202e `x` **y**"


def report_of(*findings: Finding) -> Report:
    return Report("dprk-russia", "1.0.0", {"claims": 9}, (), findings)


def finding(line: int = 9, message: str = "The kind is wrong.") -> Finding:
    return RULES["enum"].found(
        message, path="data/claims.csv", table="claims", line=line, column="kind", row_id="C00008"
    )


def test_every_finding_is_in_every_form(specimen: Specimen) -> None:
    specimen.set("claims", "C00008", kind="assesment", certainty="sure")
    specimen.add("actors", actor_id="idle", name="Idle", kind="person")
    report = validate(specimen.folder)
    assert len(report.findings) == 3
    for form, render in FORMATS.items():
        text = render(report, SETTING)
        for found in report.findings:
            message = (
                json.dumps(found.message, ensure_ascii=False)[1:-1]
                if form in {"json", "sarif"}
                else found.message
            )
            assert found.rule in text
            assert message.replace('"', "&quot;") in text or message in text


def test_findings_on_no_table_sort_first_and_those_on_a_file_before_those_on_its_lines() -> None:
    def found(path: str, table: str | None, line: int | None = None, column: str | None = None) -> Finding:
        return RULES["enum"].found("Wrong.", path=path, table=table, line=line, column=column)

    in_order = [
        found("schemas/x.json", None),
        found("data/actors.csv", "actors", 9),
        found("data/claims.csv", "claims"),
        found("data/claims.csv", "claims", 1),
        found("data/claims.csv", "claims", 2),
        found("data/claims.csv", "claims", 2, "kind"),
        found("data/claims.csv", "claims", 10, "asserted"),
    ]
    assert sorted([*in_order[4:], *in_order[:4]], key=lambda one: one.place) == in_order


def test_text_shows_fifty_findings_of_a_rule_and_counts_the_rest() -> None:
    report = report_of(*(finding(line) for line in range(2, 202)))
    lines = render_text(report, SETTING).splitlines()
    assert len(lines) == 52
    assert lines[50] == "… and 150 more of enum; --format json shows them all"
    assert len(json.loads(render_json(report, SETTING))["findings"]) == 200


def test_the_name_of_a_rule_is_bold_on_a_terminal_alone_among_what_is_coloured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert [role for role in ("rule", *COLOURS) if "\x1b[1m" in style("text", role)] == ["rule"]


def test_text_is_coloured_by_the_style_it_is_given() -> None:
    setting = Setting(rules=PACKAGE_RULES, style=lambda text, role: f"<{role}>{text}</>")
    assert "<error>error</> <rule>enum</>:" in render_text(report_of(finding()), setting)


def test_annotations_name_the_file_as_the_workspace_does() -> None:
    first = render_github(report_of(finding()), SETTING).splitlines()[0]
    assert first.startswith(
        "::error file=contributions/mine/data/claims.csv,line=9,title=enum kind::The kind"
    )


def test_annotations_are_capped_and_the_summary_is_not() -> None:
    report = report_of(*(finding(line) for line in range(2, 202)))
    annotations = render_github(report, SETTING).splitlines()
    assert sum(line.startswith("::error") for line in annotations) == 50
    assert annotations[50] == "::notice::150 more findings are listed in the summary of this step."
    assert render_summary(report, SETTING).count("contributions/mine/data/claims.csv&#58;") == 0
    assert render_summary(report, SETTING).count("claims.csv:") == 200


def test_a_finding_cannot_issue_a_workflow_command() -> None:
    text = render_github(report_of(finding(message=NASTY)), SETTING)
    assert [line[:8] for line in text.splitlines()[:-1]] == ["::error "]


def test_an_annotation_is_one_line_whatever_ends_lines() -> None:
    told = render_github(report_of(finding(message="a\x85b\u2028c\x0cd\x1ee")), SETTING)
    assert len(told.splitlines()) == 2


def test_a_finding_cannot_put_markup_into_the_summary() -> None:
    text = render_summary(report_of(finding(message=NASTY)), SETTING)
    assert "<img" not in text
    row = next(line for line in text.splitlines() if "claims.csv" in line)
    assert row.count("|") == 3


def test_junit_has_a_case_for_each_rule_and_a_failure_for_each_error(tmp_path: Path) -> None:
    path = tmp_path / "report.xml"
    path.write_text(render_junit(report_of(finding(2), finding(3, NASTY)), SETTING), encoding="utf-8")
    (suite,) = JUnitXml.fromfile(str(path))
    assert len(list(suite)) == len(PACKAGE_RULES) == suite.tests
    assert suite.failures == 1
    (failed,) = [case for case in suite if case.result]
    assert (failed.name, len(failed.result)) == ("enum", 2)


def test_sarif_places_every_result_and_names_its_rule() -> None:
    log = json.loads(render_sarif(report_of(finding()), SETTING))
    (run,) = log["runs"]
    (result,) = run["results"]
    assert run["tool"]["driver"]["version"] == TOOL_VERSION
    assert run["properties"] == {"package": "dprk-russia", "packageVersion": "1.0.0"}
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "enum"
    assert result["locations"][0] == {
        "physicalLocation": {
            "artifactLocation": {"uri": "contributions/mine/data/claims.csv"},
            "region": {"startLine": 9},
        },
        "logicalLocations": [{"fullyQualifiedName": "claims/C00008/kind"}],
    }


@pytest.mark.parametrize("form", FORMATS)
def test_a_clean_report_has_every_form(form: str) -> None:
    assert FORMATS[form](report_of(), SETTING)


def warning() -> Finding:
    return RULES["unused-row"].found(
        "No row refers to idle.",
        path="data/actors.csv",
        table="actors",
        line=4,
        column="actor_id",
        row_id="idle",
    )


def on_the_package() -> Finding:
    return RULES["descriptor-invalid"].found("A title is missing.", path="data package.json")


def test_text_has_place_severity_rule_message_and_hint_in_one_line() -> None:
    report = report_of(on_the_package(), finding(), warning())
    assert render_text(report, SETTING).splitlines() == [
        "data package.json: error descriptor-invalid: A title is missing. Correct datapackage.json.",
        "data/claims.csv:9: [C00008, kind] error enum: The kind is wrong. Choose one of the codes.",
        (
            "data/actors.csv:4: [idle, actor_id] warning unused-row: No row refers to idle. "
            "Remove the row, or add what refers to it."
        ),
        "dprk-russia 1.0.0 fails: 9 rows in 1 tables, 2 errors, 1 warning",
    ]


def test_text_says_what_was_not_checked_and_that_warnings_pass() -> None:
    report = Report(
        "",
        "1.0.0",
        {"claims": 1200, "actors": 34},
        (Skipped("retired_ids", "it could not be read", Consequence.NOT_CHECKED_FOR_WARNINGS),),
        (warning(),),
    )
    assert render_text(report, SETTING).splitlines()[1:] == [
        "not checked for warnings: retired_ids: it could not be read",
        "package 1.0.0 passes: 1,234 rows in 2 tables, 0 errors, 1 warning",
    ]


def test_text_shows_fifty_of_fifty_and_counts_each_rule_by_itself() -> None:
    exact = report_of(*(finding(line) for line in range(50)), *[warning()] * 51)
    assert [line for line in render_text(exact, SETTING).splitlines() if line.startswith("…")] == [
        "… and 1 more of unused-row; --format json shows them all"
    ]


def test_json_has_the_counts_and_every_part_of_a_finding() -> None:
    text = render_json(report_of(finding(), warning()), SETTING)
    told = json.loads(text)
    assert text.startswith('{\n  "format": "1.0",\n  "package": "dprk-russia",\n')
    assert told["counts"] == {"error": 1, "warning": 1}
    assert told["checked"] == {"claims": 9}
    assert told["findings"][1] == {
        "rule": "unused-row",
        "severity": "warning",
        "table": "actors",
        "path": "data/actors.csv",
        "line": 4,
        "column": "actor_id",
        "row_id": "idle",
        "value": None,
        "message": "No row refers to idle.",
        "hint": "Remove the row, or add what refers to it.",
    }


def test_annotations_escape_what_ends_a_property_or_a_command() -> None:
    setting = Setting(rules=PACKAGE_RULES, base=PurePosixPath("a:b,c%d"))
    assert render_github(report_of(finding(message="50%: a, b\n::c")), setting).splitlines() == [
        (
            "::error file=a%3Ab%2Cc%25d/data/claims.csv,line=9,title=enum kind"
            "::50%25: a, b\\n::c Choose one of the codes."
        ),
        "9 rows in 1 tables, 1 error, 0 warnings",
    ]


def test_annotations_of_warnings_are_warnings_and_leave_out_what_is_not_known() -> None:
    lines = render_github(report_of(warning(), on_the_package()), Setting(rules=PACKAGE_RULES)).splitlines()
    assert lines[0].startswith("::warning file=data/actors.csv,line=4,title=unused-row actor_id::No row")
    assert lines[1].startswith("::error file=data package.json,title=descriptor-invalid::A title")


@pytest.mark.parametrize(("number", "told"), [(50, False), (51, True)])
def test_annotations_beyond_fifty_are_counted(number: int, *, told: bool) -> None:
    text = render_github(report_of(*[finding()] * number), SETTING)
    assert text.count("::error") == 50
    assert ("::notice::1 more findings" in text) is told


def test_the_summary_has_a_table_of_places_for_each_rule() -> None:
    assert render_summary(report_of(finding(), warning(), on_the_package()), SETTING).splitlines()[:8] == [
        "### dprk-russia 1.0.0: 9 rows in 1 tables, 2 errors, 1 warning",
        "",
        "<details><summary>enum: 1</summary>",
        "",
        "| place | finding |",
        "|---|---|",
        "| contributions/mine/data/claims.csv:9 | The kind is wrong. Choose one of the codes. |",
        "",
    ]
    lines = render_summary(report_of(on_the_package()), SETTING).splitlines()
    assert lines[6].startswith("| contributions/mine/data package.json:1 |")
    assert lines[7:] == ["", "</details>", ""]


def test_sarif_gives_warnings_their_level_and_places_without_lines() -> None:
    log = json.loads(render_sarif(report_of(warning(), on_the_package()), SETTING))
    (run,) = log["runs"]
    first, second = run["results"]
    assert (log["version"], run["columnKind"], run["tool"]["driver"]["name"]) == (
        "2.1.0",
        "unicodeCodePoints",
        "dprk-russia",
    )
    assert [first["level"], second["level"]] == ["warning", "error"]
    assert second["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "contributions/mine/data%20package.json"}}}
    ]
    assert first["message"] == {"text": "No row refers to idle. Remove the row, or add what refers to it."}
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]] == {
        "id": "unused-row",
        "shortDescription": {"text": "Every actor, source, place, indicator and topic is referred to."},
        "help": {"text": "Remove the row, or add what refers to it."},
        "defaultConfiguration": {"level": "warning"},
        "properties": {"group": "across tables"},
    }


def test_a_warning_fails_no_case_of_junit_and_is_told_in_it(tmp_path: Path) -> None:
    path = tmp_path / "report.xml"
    path.write_text(render_junit(report_of(warning()), SETTING), encoding="utf-8")
    (suite,) = JUnitXml.fromfile(str(path))
    assert (suite.failures, suite.errors) == (0, 0)
    (case,) = [case for case in suite if case.name == "unused-row"]
    assert list(case.result) == []
    assert case.system_out == (
        "data/actors.csv:4: [idle, actor_id] No row refers to idle. Remove the row, or add what refers to it."
    )


def test_a_failure_of_junit_has_rule_message_and_place() -> None:
    root = ET.fromstring(render_junit(report_of(finding(), warning()), SETTING))  # noqa: S314
    (failure,) = root.iter("failure")
    assert failure.attrib == {"type": "enum", "message": "The kind is wrong."}
    assert failure.text == "data/claims.csv:9: [C00008, kind] The kind is wrong. Choose one of the codes."
    totals = {
        "name": "dprk-russia validate",
        "tests": str(len(PACKAGE_RULES)),
        "failures": "1",
        "errors": "0",
    }
    assert (root.attrib, root[0].attrib) == (totals, totals)
    assert {case.get("classname") for case in root.iter("testcase")} >= {
        "dprk-russia.cell",
        "dprk-russia.row",
    }
