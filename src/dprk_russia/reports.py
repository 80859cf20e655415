"""Reports rendered for people and for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dprk_russia.findings import Finding, Report


def render_text(report: Report) -> str:
    """Return one line for each finding, the place first so that editors link it, and a summary."""
    return "\n".join(_text_lines(report))


def _text_lines(report: Report) -> Iterator[str]:
    for finding in report.findings:
        yield f"{_place(finding)} {finding.severity} {finding.rule}: {finding.message} {finding.hint}"
    for what, why in report.skipped.items():
        yield f"not checked: {what}: {why}"
    rows = sum(report.checked.values())
    counts = report.counts
    outcome = "passes" if report.passes() else "fails"
    yield (
        f"{report.package or 'package'} {report.version} {outcome}: {rows:,} rows in {len(report.checked)} tables, "
        f"{_number(counts['error'], 'error')}, {_number(counts['warning'], 'warning')}"
    )


def _place(finding: Finding) -> str:
    line = "" if finding.line is None else f"{finding.line}:"
    where = ", ".join(filter(None, (finding.row_id, finding.column)))
    return f"{finding.path}:{line}" + (f" [{where}]" if where else "")


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def render_json(report: Report) -> str:
    """Return the report as one JSON object."""
    content = asdict(report) | {"counts": report.counts}
    return json.dumps(content, ensure_ascii=False, indent=2)


FORMATS = {"text": render_text, "json": render_json}
