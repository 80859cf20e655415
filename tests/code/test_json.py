"""The JSON that commands print is what its JSON Schemas, which are installed with the package, say."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from dprk_russia.checks.faults import FAULTS, VERSION_FAULTS, Fault, Specimen
from dprk_russia.checks.reports import JSON_FORMAT as REPORT_FORMAT
from dprk_russia.versions.reports import JSON_FORMAT as CHANGES_FORMAT

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

pytestmark = pytest.mark.slow


def read_schema(path: str) -> dict[str, Any]:
    """Return a schema that admits no other keys than those it names, so that none can be added unsaid."""
    schema: dict[str, Any] = json.loads((files("dprk_russia") / path).read_text(encoding="utf-8"))
    for part in (schema, *schema["$defs"].values()):
        if "properties" in part:
            part["additionalProperties"] = False
    return schema


REPORT = Draft202012Validator(read_schema("checks/report.schema.json"))
CHANGES = Draft202012Validator(read_schema("versions/changes.schema.json"))


@pytest.mark.parametrize("validator", [REPORT, CHANGES], ids=["report", "changes"])
def test_a_schema_is_itself_sound(validator: Draft202012Validator) -> None:
    Draft202012Validator.check_schema(validator.schema)
    assert validator.schema["properties"]["format"]["const"] in {REPORT_FORMAT, CHANGES_FORMAT}


@pytest.mark.parametrize("fault", FAULTS[::8], ids=lambda fault: fault.name)
def test_the_report_of_a_fault_is_as_its_schema_says(fault: Fault, specimen: Specimen, run: Run) -> None:
    fault.edit(specimen)
    code, out, _ = run("validate", specimen.folder, "--format", "json")
    report = json.loads(out)
    assert list(REPORT.iter_errors(report)) == []
    assert (code, bool(report["findings"])) in {(1, True), (0, True)}


def test_the_report_on_a_release_is_as_its_schema_says(specimen_release: Path, run: Run) -> None:
    code, out, _ = run("verify", specimen_release, "--format", "json")
    assert code == 0
    assert list(REPORT.iter_errors(json.loads(out))) == []


@pytest.mark.parametrize("fault", [*VERSION_FAULTS, *FAULTS[::10]], ids=lambda fault: fault.name)
def test_changes_are_as_their_schema_says(fault: Fault, specimen: Specimen, tmp_path: Path, run: Run) -> None:
    later = Specimen(tmp_path / "later")
    fault.edit(later)
    _, out, _ = run("diff", specimen.folder, later.folder, "--format", "json")
    if out:
        assert list(CHANGES.iter_errors(json.loads(out))) == []


def test_a_key_that_a_schema_does_not_name_is_noticed(specimen: Specimen, run: Run) -> None:
    report = json.loads(run("validate", specimen.folder, "--format", "json")[1])
    assert [error.message for error in REPORT.iter_errors(report | {"mood": "good"})]
    assert [error.message for error in REPORT.iter_errors({"format": "1.0"})]
