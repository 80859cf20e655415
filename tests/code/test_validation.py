"""Validation: independent defects are all found, and one never makes another appear or vanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dprk_russia.checks.validation import validate

if TYPE_CHECKING:
    from dprk_russia.checks.faults import Specimen


pytestmark = pytest.mark.slow


def rules(specimen: Specimen) -> list[str]:
    return [finding.rule for finding in validate(specimen.folder).findings]


def test_defects_in_one_row_are_all_found(specimen: Specimen) -> None:
    specimen.set("claims", "C00006", kind="evnt", period_end="2024-12-13", certainty="sure")
    assert sorted(rules(specimen)) == ["enum", "enum", "period-order"]


def test_a_bad_cell_makes_no_false_dangling_reference(specimen: Specimen) -> None:
    specimen.set("claims", "C00001", statement="", kind="quantum")
    assert sorted(rules(specimen)) == ["enum", "required"]


def test_a_row_that_cannot_be_taken_apart_still_counts_as_existing(specimen: Specimen) -> None:
    specimen.edit("sources", "nis-2024-12-19,", 'nis-2024-12-19,"')
    assert rules(specimen) == ["unclosed-quote"]


def test_a_misspelt_id_is_one_finding_although_others_refer_to_it(specimen: Specimen) -> None:
    specimen.set("topics", "arms", topic_id="Arms")
    assert rules(specimen) == ["pattern"]


@pytest.mark.parametrize(("scope", "rule"), [("Kursk!", "pattern"), ("kursc", "foreign-key")])
def test_a_scope_that_is_not_known_makes_no_other_series(specimen: Specimen, scope: str, rule: str) -> None:
    for figure_id, source_id in (("M00006", "gazette-2024-12-16"), ("M00007", "gazette-2024-12-18")):
        specimen.add(
            "military_figures",
            figure_id=figure_id,
            claim_id="C00001",
            indicator_id="casualties",
            source_id=source_id,
            as_stated="trente",
            value="30",
            bound="exact",
            method="reported",
            scope="kursk",
            period_end=f"2024-12-{source_id[-2:]}",
        )
    assert rules(specimen) == []
    specimen.set("military_figures", "M00006", scope=scope)
    assert rules(specimen) == [rule]


def test_findings_do_not_depend_on_the_pieces_in_which_a_file_is_parsed(
    specimen: Specimen, monkeypatch: pytest.MonkeyPatch
) -> None:
    graded = next(row[0] for row in reversed(specimen.rows("sources")[1:]) if row[-2])
    specimen.set("sources", graded, note="ends with a space ", reliability_basis="")
    at_once = validate(specimen.folder)
    assert [finding.rule for finding in at_once.findings] == ["edge-space", "basis-required"]
    monkeypatch.setattr("dprk_russia.tabular.reading.PARSED_BYTES", 400)
    assert validate(specimen.folder) == at_once


def test_a_finding_on_a_row_without_an_id_names_none(specimen: Specimen) -> None:
    specimen.set("military_figures", "M00004", figure_id="", indicator_id="nobody")
    found = {finding.rule: finding.row_id for finding in validate(specimen.folder).findings}
    assert found == {"primary-key": None, "foreign-key": None}


def test_a_missing_column_is_one_finding(specimen: Specimen) -> None:
    rows = specimen.rows("evidence")
    at = rows[0].index("attribution")
    specimen.save("evidence", [row[:at] + row[at + 1 :] for row in rows])
    assert rules(specimen) == ["missing-column"]


def test_an_unreadable_table_does_not_hide_defects_in_others(specimen: Specimen) -> None:
    specimen.path("evidence").write_bytes(b"")
    specimen.set("claims", "C00001", certainty="sure")
    report = validate(specimen.folder)
    assert [finding.rule for finding in report.findings] == ["enum", "empty-file"]
    assert {"evidence", "claim-without-evidence"} <= {skipped.what for skipped in report.skipped}
    assert {"actors", "claims"} <= report.checked.keys()
    assert "evidence" not in report.checked


def test_the_hint_of_a_dangling_reference_names_the_nearest_id(specimen: Specimen) -> None:
    specimen.set("claims", "C00008", topic_id="casulties")
    (finding,) = validate(specimen.folder).findings
    assert finding.hint == "Did you mean casualties?"


def test_a_double_id_names_the_line_of_the_other(specimen: Specimen) -> None:
    specimen.add("topics", topic_id="arms", name="Z arms", definition="Again.")
    (finding,) = validate(specimen.folder).findings
    assert finding.message == "topic_id already stands at line 2: arms."


def test_warnings_do_not_fail_unless_asked(specimen: Specimen) -> None:
    specimen.add("actors", actor_id="idle", name="Idle", kind="person")
    report = validate(specimen.folder)
    assert report.counts == {"error": 0, "warning": 1}
    assert report.passes()
    assert not report.passes(strict=True)


@pytest.mark.parametrize(
    "table", ["actors", "claim_links", "claims", "evidence", "indicators", "military_figures", "sources"]
)
def test_a_table_of_a_header_alone_raises_nothing(specimen: Specimen, table: str) -> None:
    specimen.save(table, specimen.rows(table)[:1])
    assert validate(specimen.folder).findings


def test_a_missing_table_is_one_finding_and_no_false_alarm(specimen: Specimen) -> None:
    specimen.path("claims").unlink()
    assert rules(specimen) == ["missing-file"]


def test_a_table_that_no_resource_names_fails_the_package(specimen: Specimen) -> None:
    descriptor = specimen.descriptor()
    descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] != "claim_links"]
    specimen.save_descriptor(descriptor)
    specimen.path("claim_links").unlink()
    found = [(finding.rule, finding.message) for finding in validate(specimen.folder).findings]
    assert ("descriptor-invalid", 'No resource is the table "claim_links".') in found


@pytest.mark.parametrize(
    ("table", "column"),
    [("claims", "kind"), ("evidence", "relays_id"), ("sources", "read"), ("actors", "parent_id")],
)
def test_a_schema_without_a_column_that_rules_need_is_a_finding(
    specimen: Specimen, table: str, column: str
) -> None:
    schema = specimen.schema(table)
    schema["fields"] = [field for field in schema["fields"] if field["name"] != column]
    schema["foreignKeys"] = [key for key in schema.get("foreignKeys", []) if key["fields"] != [column]]
    specimen.save_schema(table, schema)
    rows = specimen.rows(table)
    at = rows[0].index(column)
    specimen.save(table, [row[:at] + row[at + 1 :] for row in rows])
    assert "schema-invalid" in rules(specimen)


def test_a_future_date_breaks_one_rule(specimen: Specimen) -> None:
    specimen.set("claims", "C00008", asserted="2999")
    assert rules(specimen) == ["future-date"]


def test_a_dangling_reference_in_a_key_does_not_blame_the_next_row(specimen: Specimen) -> None:
    specimen.set("claim_links", "C00003", other_id="C99999")
    assert rules(specimen) == ["foreign-key"]
