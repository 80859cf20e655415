"""Reports rendered for people and for programs; every form is made from the same findings."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree import ElementTree as ET

from dprk_russia.contract.schema import shorten
from dprk_russia.contract.tool import TOOL_VERSION
from dprk_russia.documents.markdown import escape_markdown
from dprk_russia.documents.text import count_noun, make_printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dprk_russia.contract.findings import Finding, Report, Rule, Skipped

TEXT_CAP = 50
ANNOTATION_CAP = 50
# That of `report.schema.json`.
JSON_FORMAT = "1.0"
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a form needs beside the report: all rules, where the package lies, and how to colour text.

    `base` is the folder of the package relative to the workspace; places in annotations and SARIF begin with it.
    """

    rules: tuple[Rule, ...]
    base: PurePosixPath = field(default_factory=PurePosixPath)
    style: Callable[[str, str], str] = lambda text, _: text

    def locate(self, finding: Finding) -> str:
        """Return the path of a finding as the workspace knows it."""
        return (self.base / finding.path).as_posix()


def render_text(report: Report, setting: Setting) -> str:
    """Return one line for each finding, the place first so that editors link it, and a summary.

    Of each rule the first fifty findings are shown; how many more there are is said.
    """
    return "\n".join(_text_lines(report, setting))


def _text_lines(report: Report, setting: Setting) -> Iterator[str]:
    shown: Counter[str] = Counter()
    for finding in report.findings:
        shown[finding.rule] += 1
        if shown[finding.rule] <= TEXT_CAP:
            severity = setting.style(finding.severity, finding.severity)
            rule = setting.style(finding.rule, "rule")
            told = make_printable(f"{finding.message} {finding.hint}")
            yield f"{make_printable(_place(finding))} {severity} {rule}: {told}"
    for rule, count in shown.items():
        if count > TEXT_CAP:
            yield f"… and {count - TEXT_CAP:,} more of {rule}; --format json shows them all"
    yield from map(_tell_skipped, report.skipped)
    outcome = setting.style("passes", "pass") if report.passes() else setting.style("fails", "error")
    yield f"{_name(report)} {outcome}: {_summarise(report)}"


def _name(report: Report) -> str:
    return make_printable(f"{shorten(report.package) or 'package'} {shorten(report.version)}")


def _summarise(report: Report) -> str:
    rows, counts = sum(report.checked.values()), report.counts
    return (
        f"{rows:,} rows in {len(report.checked)} tables, "
        f"{count_noun(counts['error'], 'error')}, {count_noun(counts['warning'], 'warning')}"
    )


def _tell_skipped(skipped: Skipped) -> str:
    return make_printable(f"{skipped.consequence}: {skipped.what}: {shorten(skipped.why)}")


def _place(finding: Finding) -> str:
    line = "" if finding.line is None else f"{finding.line}:"
    where = ", ".join(filter(None, (finding.row_id, finding.column)))
    return f"{finding.path}:{line}" + (f" [{where}]" if where else "")


def render_json(report: Report, _: Setting) -> str:
    """Return the report as one JSON object, which `report.schema.json` describes."""
    return json.dumps(
        {"format": JSON_FORMAT} | asdict(report) | {"counts": report.counts}, ensure_ascii=False, indent=2
    )


def render_github(report: Report, setting: Setting) -> str:
    """Return workflow commands that annotate the lines of a pull request, the first fifty, and a summary."""
    lines = [_annotate(finding, setting) for finding in report.findings[:ANNOTATION_CAP]]
    hidden = len(report.findings) - len(lines)
    if hidden > 0:
        lines.append(f"::notice::{hidden:,} more findings are listed in the summary of this step.")
    lines += [
        f"::{skipped.hides or 'notice'}::{_escape(_tell_skipped(skipped))}" for skipped in report.skipped
    ]
    return "\n".join([*lines, _summarise(report)])


def _annotate(finding: Finding, setting: Setting) -> str:
    properties = {
        "file": setting.locate(finding),
        "line": finding.line,
        "title": f"{finding.rule} {finding.column or ''}".strip(),
    }
    given = ",".join(
        f"{key}={_escape(str(value)).replace(':', '%3A').replace(',', '%2C')}"
        for key, value in properties.items()
        if value is not None
    )
    return f"::{finding.severity} {given}::{_escape(f'{finding.message} {finding.hint}')}"


def _escape(text: str) -> str:
    return make_printable(text).replace("%", "%25")


def _group(report: Report) -> defaultdict[str, list[Finding]]:
    """Return the findings by rule."""
    by_rule: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        by_rule[finding.rule].append(finding)
    return by_rule


def render_summary(report: Report, setting: Setting) -> str:
    """Return the report as Markdown for the summary of a workflow step: every finding, by rule."""
    by_rule = _group(report)
    lines = [f"### {escape_markdown(_name(report))}: {_summarise(report)}", ""]
    for rule, findings in by_rule.items():
        lines += [
            f"<details><summary>{rule}: {len(findings):,}</summary>",
            "",
            "| place | finding |",
            "|---|---|",
        ]
        lines += [
            f"| {escape_markdown(f'{setting.locate(f)}:{f.line or 1}')} | {escape_markdown(f'{f.message} {f.hint}')} |"
            for f in findings
        ]
        lines += ["", "</details>", ""]
    lines += [f"- {escape_markdown(_tell_skipped(skipped))}" for skipped in report.skipped]
    return "\n".join(lines) + "\n"


def render_sarif(report: Report, setting: Setting) -> str:
    """Return the report as a SARIF 2.1.0 log."""
    order = {rule.id: index for index, rule in enumerate(setting.rules)}
    log = {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "dprk-russia",
                        "version": TOOL_VERSION,
                        "rules": [_describe_rule(rule) for rule in setting.rules],
                    }
                },
                "properties": {"package": report.package, "packageVersion": report.version},
                "columnKind": "unicodeCodePoints",
                "invocations": [_describe_run(report)],
                "results": [_describe_result(finding, order, setting) for finding in report.findings],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


def _describe_run(report: Report) -> dict[str, object]:
    """Return whether everything was checked, and what was not."""
    return {
        "executionSuccessful": not any(skipped.hides for skipped in report.skipped),
        "toolExecutionNotifications": [
            {
                "level": skipped.hides or "note",
                "message": {"text": _tell_skipped(skipped)},
            }
            for skipped in report.skipped
        ],
    }


def _describe_rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.sentence},
        "help": {"text": rule.hint},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"group": rule.group},
    }


def _describe_result(finding: Finding, order: dict[str, int], setting: Setting) -> dict[str, object]:
    physical: dict[str, object] = {
        "artifactLocation": {"uri": quote(setting.locate(finding), errors="surrogateescape")}
    }
    if finding.line:
        physical["region"] = {"startLine": finding.line}
    location: dict[str, object] = {"physicalLocation": physical}
    names = [name for name in (finding.table, finding.row_id, finding.column) if name]
    if names:
        location["logicalLocations"] = [{"fullyQualifiedName": "/".join(names)}]
    return {
        "ruleId": finding.rule,
        "ruleIndex": order[finding.rule],
        "level": finding.severity,
        "message": {"text": f"{finding.message} {finding.hint}"},
        "locations": [location],
    }


def render_junit(report: Report, setting: Setting) -> str:
    """Return the report as JUnit XML: a test case for each rule, which fails once for each of its errors.

    What was left out is a case too: an error if it could hide one.
    """
    by_rule = _group(report)
    failed = len({finding.rule for finding in report.findings if finding.severity == "error"})
    totals = {
        "name": "dprk-russia validate",
        "tests": str(len(setting.rules) + len(report.skipped)),
        "failures": str(failed),
        "errors": str(sum(skipped.hides == "error" for skipped in report.skipped)),
    }
    suites = ET.Element("testsuites", totals)
    suite = ET.SubElement(suites, "testsuite", totals)
    for rule in setting.rules:
        case = ET.SubElement(suite, "testcase", classname=f"dprk-russia.{rule.group}", name=rule.id)
        for finding in by_rule[rule.id]:
            failure = {"type": rule.id, "message": make_printable(finding.message)}
            is_error = finding.severity == "error"
            told = ET.SubElement(case, "failure", failure) if is_error else ET.SubElement(case, "system-out")
            told.text = make_printable(f"{_place(finding)} {finding.message} {finding.hint}")
    for skipped in report.skipped:
        _add_skipped(suite, skipped)
    ET.indent(suites)
    return ET.tostring(suites, encoding="unicode", xml_declaration=True)


def _add_skipped(suite: ET.Element, skipped: Skipped) -> None:
    kind, why = str(skipped.consequence), make_printable(skipped.why)
    name = make_printable(skipped.what)
    case = ET.SubElement(suite, "testcase", classname=f"dprk-russia.{kind}", name=name)
    if skipped.hides == "error":
        ET.SubElement(case, "error", {"type": kind, "message": why}).text = f"{kind}: {name}: {why}"
    else:
        ET.SubElement(case, "system-out").text = f"{kind}: {name}: {why}"


FORMATS: dict[str, Callable[[Report, Setting], str]] = {
    "text": render_text,
    "json": render_json,
    "github": render_github,
    "sarif": render_sarif,
    "junit": render_junit,
}
