"""Reports: every form carries every finding, and nothing in a finding can break out of its form."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

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
from dprk_russia.contract.findings import PACKAGE_RULES, RULES, Finding, Report
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


def test_text_shows_fifty_findings_of_a_rule_and_counts_the_rest() -> None:
    report = report_of(*(finding(line) for line in range(2, 202)))
    lines = render_text(report, SETTING).splitlines()
    assert len(lines) == 52
    assert lines[50] == "… and 150 more of enum; --format json shows them all"
    assert len(json.loads(render_json(report, SETTING))["findings"]) == 200


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
