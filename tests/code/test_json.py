"""The JSON that commands print is what its JSON Schemas, which are installed with the package, say."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from dprk_russia.checks.faults import FAULTS, VERSION_FAULTS, Fault, Specimen
from dprk_russia.checks.reports import JSON_FORMAT as REPORT_FORMAT
from dprk_russia.contract.package import read_package
from dprk_russia.record.citation import read_record
from dprk_russia.site.content import KINDS
from dprk_russia.site.dossier import tell_dossier
from dprk_russia.site.forms import DOSSIER_FORMAT, HITS_FORMAT, write_hits, write_json
from dprk_russia.site.search import find_entries
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
DOSSIER = Draft202012Validator(read_schema("site/dossier.schema.json"))
HITS = Draft202012Validator(read_schema("site/hits.schema.json"))
PARTS = ("sentences", "facts", "table", "evidence")
FORMATS = [(REPORT, REPORT_FORMAT), (CHANGES, CHANGES_FORMAT), (DOSSIER, DOSSIER_FORMAT), (HITS, HITS_FORMAT)]


@pytest.mark.parametrize(("validator", "version"), FORMATS, ids=["report", "changes", "dossier", "hits"])
def test_a_schema_is_itself_sound(validator: Draft202012Validator, version: str) -> None:
    Draft202012Validator.check_schema(validator.schema)
    assert validator.schema["properties"]["format"]["const"] == version


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


@pytest.mark.parametrize("known_by", [None, date(2024, 12, 19)])
def test_the_dossier_of_each_row_is_as_its_schema_says(specimen: Specimen, known_by: date | None) -> None:
    names = [
        f"{kind}/{row[0]}"
        for table, kind in (*KINDS.items(), ("military_figures", "figure"), ("economic_figures", "figure"))
        for row in specimen.rows(table)[1:]
    ]
    record = read_record(read_package(specimen.folder))
    dossiers = [json.loads(write_json(tell_dossier(record, name, known_by))) for name in names]
    assert [list(DOSSIER.iter_errors(dossier)) for dossier in dossiers] == [[]] * len(names)
    assert {dossier["known_by"] for dossier in dossiers} == {known_by and str(known_by)}
    assert [f"{dossier['kind']}/{dossier['id']}" for dossier in dossiers] == names
    cells = [
        (len(section["table"]["columns"]), len(row))
        for dossier in dossiers
        for section in dossier["sections"]
        if section["table"]
        for row in section["table"]["rows"]
    ]
    assert all(
        any(section[part] for part in PARTS) for dossier in dossiers for section in dossier["sections"]
    )
    assert cells
    assert all(columns == width for columns, width in cells)


def test_a_dossier_names_the_rows_to_which_its_words_lead(specimen: Specimen) -> None:
    dossier = json.loads(write_json(tell_dossier(read_record(read_package(specimen.folder)), "C00001")))
    facts = {fact["name"]: fact["values"] for section in dossier["sections"] for fact in section["facts"]}
    speaker = {"text": "Military intelligence of Ukraine", "kind": "actor", "id": "ua-hur"}
    assert facts["Speaker"] == [speaker]
    (tree,) = (section["evidence"] for section in dossier["sections"] if section["evidence"])
    assert tree[0]["publisher"] == speaker
    assert tree[0]["read"] is False
    assert tree[0]["takers"][0]["source"] == {
        "text": "Trente soldats", "kind": "source", "id": "gazette-2024-12-16", "language": "fr",
    }  # fmt: skip
    (table,) = (section["table"] for section in dossier["sections"] if section["table"])
    stated = table["rows"][0][table["columns"].index("As published")]["words"]
    assert stated == [
        {"text": "au moins trente", "url": "https://copies.example/16", "language": "fr"},
    ]


def test_hits_are_as_their_schema_says(specimen: Specimen) -> None:
    record = read_record(read_package(specimen.folder))
    for text in ("north", "Администрацией", "nothing"):
        for known_by in (None, date(2024, 12, 17)):
            assert list(HITS.iter_errors(json.loads(write_hits(find_entries(record, text, known_by))))) == []


def test_a_key_that_a_schema_does_not_name_is_noticed(specimen: Specimen, run: Run) -> None:
    report = json.loads(run("validate", specimen.folder, "--format", "json")[1])
    assert [error.message for error in REPORT.iter_errors(report | {"mood": "good"})]
    assert [error.message for error in REPORT.iter_errors({"format": "1.0"})]
