"""Drafts: each id as its table numbers or names rows, wrong cells explained, and a write that harms nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dprk_russia.checks.validation import validate
from dprk_russia.contract.package import inspect_package
from dprk_russia.drafts.catalogue import Catalogue, CatalogueError
from dprk_russia.drafts.drafts import Draft, Outcome, add, choose_table, find_fault, order_fields

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dprk_russia.checks.faults import Specimen

pytestmark = pytest.mark.slow

CLAIM = {
    "statement": "North Korea has given Russia shells, and rockets.",
    "topic_id": "arms",
    "kind": "event",
    "asserted_by": "institute",
    "asserted": "2024-10",
    "certainty": "asserted",
    "subject_id": "north-korea",
}
SOURCE = {
    "title": "Morts",
    "publisher_id": "gazette",
    "published": "2024-12-16",
    "kind": "news",
    "access": "open",
    "read": "no",
}
ACTOR = {"name": "Korean People's Army", "kind": "armed_force"}
FIGURE = {
    "indicator_id": "killed",
    "claim_id": "C00001",
    "source_id": "gazette-2024-12-16",
    "as_stated": "au moins cinq",
    "value_low": "5",
    "bound": "at_least",
    "method": "reported",
    "period_end": "2024-12-15",
}


def open_catalogue(specimen: Specimen) -> Catalogue:
    return Catalogue(inspect_package(specimen.folder)[0])


def propose(specimen: Specimen, kind: str, cells: dict[str, str]) -> str:
    catalogue = open_catalogue(specimen)
    return catalogue.propose_id(choose_table(catalogue, kind, cells), cells)


def add_row(
    specimen: Specimen, kind: str, cells: dict[str, str], row_id: str = "", source: str = ""
) -> Outcome:
    catalogue = open_catalogue(specimen)
    table = choose_table(catalogue, kind, cells)
    row_id = row_id or catalogue.propose_id(table, cells)
    drafts = [Draft(table, cells | {table.primary_key[0]: row_id})]
    if source:
        drafts.append(Draft(catalogue.table("evidence"), {"claim_id": row_id, "source_id": source}))
    return add(catalogue.package, drafts)


def fault_of(specimen: Specimen, table: str, column: str, text: str) -> str | None:
    catalogue = open_catalogue(specimen)
    contract = catalogue.table(table)
    return find_fault(catalogue, contract, contract.field(column), text)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("kind", "cells", "row_id"),
    [
        ("claim", CLAIM, "C00010"),
        ("source", SOURCE, "gazette-2024-12-16-2"),
        ("source", SOURCE | {"published": "2024-12"}, "gazette-2024-12"),
        ("source", SOURCE | {"published": ""}, "gazette-undated"),
        ("actor", ACTOR, "korean-peoples-army"),
        ("actor", {"name": "Émile Čapek & Söhne"}, "emile-capek-sohne"),
        ("actor", {"name": "국가정보원"}, ""),
        ("figure", FIGURE, "M00006"),
        ("figure", FIGURE | {"indicator_id": "trade"}, "E00003"),
    ],
)
def test_an_id_follows_the_scheme_of_its_table(
    specimen: Specimen, kind: str, cells: dict[str, str], row_id: str
) -> None:
    assert propose(specimen, kind, cells) == row_id


def test_a_number_is_as_wide_as_the_others(specimen: Specimen) -> None:
    specimen.add("claims", claim_id="C0099999")
    assert propose(specimen, "claim", CLAIM) == "C0100000"


def test_an_empty_table_begins_with_the_first_number(specimen: Specimen) -> None:
    specimen.save("claims", specimen.rows("claims")[:1])
    assert propose(specimen, "claim", CLAIM) == "C00001"


def test_a_retired_id_is_not_used_again(specimen: Specimen) -> None:
    header = specimen.rows("retired_ids")[0]
    retired = {
        "C00010": "claims",
        "C00011": "claims",
        "C00012": "economic_figures",
        "gazette-2024-12-16-2": "sources",
    }
    rows = [[old_id, table, "withdrawn", "", "0.1.0", ""] for old_id, table in retired.items()]
    specimen.save("retired_ids", [header, *rows])
    assert propose(specimen, "claim", CLAIM) == "C00012"
    assert propose(specimen, "source", SOURCE) == "gazette-2024-12-16-3"
    assert fault_of(specimen, "claims", "claim_id", "C00010") == "C00010 was retired; C00012 is free."


def test_a_taken_id_is_refused_with_one_that_is_free(specimen: Specimen) -> None:
    fault = fault_of(specimen, "actors", "actor_id", "gazette")
    assert fault == "gazette is taken by “The Gazette”; gazette-2 is free."


@pytest.mark.parametrize(("name", "label"), [("x" * 60, "x" * 60), ("x" * 61, f"{'x' * 59}…")])
def test_a_name_of_more_than_sixty_signs_is_shortened(specimen: Specimen, name: str, label: str) -> None:
    specimen.set("actors", "gazette", name=name)
    fault = fault_of(specimen, "actors", "actor_id", "gazette")
    assert fault == f"gazette is taken by “{label}”; gazette-2 is free."


@pytest.mark.parametrize(
    ("table", "column", "text", "fault"),
    [
        ("claims", "statement", "", "required"),
        ("claims", "statement", "=SUM(A1)", "begins with"),
        ("claims", "statement", "x" * 401, "401 characters"),
        ("claims", "statement", "\udcff", "UTF-8"),
        ("claims", "kind", "evnt", "Did you mean event?"),
        ("claims", "asserted", "2024-02-30", "exists"),
        ("claims", "asserted_by", "kremlyn", "kremlin"),
        ("claims", "asserted_by", "korean service", "nis  National Intelligence Service"),
        (
            "claims",
            "asserted_by",
            "weather",
            "To search, give words of its row, in any order; dprk-russia new actor adds",
        ),
        ("claims", "topic_id", "weather", "in any order, or add it first."),
        ("military_figures", "scope", "kurks", "kursk  In Kursk oblast"),
        ("military_figures", "assumption", "only oblast", "kursk  In Kursk oblast"),
        ("sources", "url", "www.example.org", "web address"),
    ],
)
def test_a_wrong_cell_is_explained(
    specimen: Specimen, table: str, column: str, text: str, fault: str
) -> None:
    assert fault in str(fault_of(specimen, table, column, text))


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        ("claims", "note", ""),
        ("claims", "asserted", "2024-12"),
        ("claims", "asserted_by", "ua-hur"),
        ("claims", "claim_id", "C00010"),
        ("sources", "author", "@gazette"),
        ("economic_figures", "value", "-3.5"),
    ],
)
def test_a_sound_cell_has_no_fault(specimen: Specimen, table: str, column: str, text: str) -> None:
    assert fault_of(specimen, table, column, text) is None


def test_alike_numbers_are_not_suggested(specimen: Specimen) -> None:
    fault = fault_of(specimen, "economic_figures", "claim_id", "C00091")
    assert str(fault).splitlines() == [
        'claims has no row "C00091".',
        "To search, give words of its row, in any order; dprk-russia new claim adds what is missing.",
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ukraine MILITARY", ["ua-hur"]),
        ("intelligense ukraine", ["ua-hur"]),
        ("military gazette", ["gazette"]),
        # Those whose name holds the words come before those whose description does.
        ("defense korea", ["kp-mod", "kr-mod", "observer", "defence-post"]),
        ("The Defence Post of Korea", ["defence-post", "observer"]),
        ("defence post of korea", ["observer", "defence-post"]),
    ],
)
def test_a_search_finds_rows_that_hold_every_word_bodies_before_outlets(
    specimen: Specimen, words: str, found: list[str]
) -> None:
    for actor_id, name, kind, description in (
        ("defence-post", "The Defence Post of Korea", "media", ""),
        ("kp-mod", "Ministry of Defense of North Korea", "government_body", ""),
        ("kr-mod", "Ministry of Defence of South Korea", "government_body", ""),
        ("observer", "The Observer", "person", "Writes on defence for the Post of Korea"),
    ):
        specimen.add("actors", actor_id=actor_id, name=name, kind=kind, description=description)
    assert open_catalogue(specimen).suggest("actors", words) == found


def test_a_figure_is_asked_for_its_indicator_first_and_its_id_last(specimen: Specimen) -> None:
    table = open_catalogue(specimen).table("military_figures")
    names = [field.name for field in order_fields(table)]
    assert (names[0], names[-1]) == ("indicator_id", "figure_id")
    assert sorted(names) == sorted(table.columns)


def test_an_indicator_without_a_domain_is_told(specimen: Specimen) -> None:
    specimen.set("indicators", "killed", domain="naval")
    with pytest.raises(CatalogueError, match='domain of killed is "naval"'):
        propose(specimen, "figure", FIGURE)


@pytest.mark.parametrize(
    ("kind", "cells", "source", "tasks", "changed"),
    [
        ("claim", CLAIM, "institute-2024-10", [], {"claims.csv": 11, "evidence.csv": 14}),
        ("claim", CLAIM, "", ["claim-without-evidence"], {"claims.csv": 11}),
        ("source", SOURCE, "", ["unused-row"], {"sources.csv": 4}),
        ("actor", ACTOR, "", ["unused-row"], {"actors.csv": 5}),
        ("figure", FIGURE, "", [], {"military_figures.csv": 7}),
    ],
)
def test_a_row_is_put_in_its_place_and_no_other_line_changes(
    specimen: Specimen,
    kind: str,
    cells: dict[str, str],
    source: str,
    tasks: list[str],
    changed: dict[str, int],
) -> None:
    before = files(specimen.folder)
    outcome = add_row(specimen, kind, cells, source=source)
    after = files(specimen.folder)
    assert [finding.rule for finding in outcome.tasks] == tasks
    assert [line for _, line in outcome.placed] == list(changed.values())
    assert {name for name in after if after[name] != before.get(name)} == set(changed)
    for name, line in changed.items():
        lines = after[name].splitlines(keepends=True)
        del lines[line - 1]
        assert b"".join(lines) == before[name]
    assert {finding.rule for finding in validate(specimen.folder).findings} == set(tasks)


def test_what_is_still_to_do_for_a_quantity_and_a_denial_does_not_block(specimen: Specimen) -> None:
    for kind, task in (("quantity", "quantity-without-figure"), ("denial", "denial-without-link")):
        outcome = add_row(specimen, "claim", CLAIM | {"kind": kind, "statement": f"A {kind}."})
        assert [finding.rule for finding in outcome.tasks] == ["claim-without-evidence", task]
        assert outcome.refusals == []
    assert [row[0] for row in specimen.rows("claims")[-2:]] == ["C00010", "C00011"]


@pytest.mark.parametrize(
    ("kind", "cells", "source", "rule"),
    [
        ("claim", {"period_start": "2024", "period_end": "2023"}, "", "period-order"),
        ("claim", {"credibility": "1"}, "", "basis-required"),
        ("claim", {"asserted": "2031"}, "", "future-date"),
        ("claim", {}, "gazette-2024-12-18", "origin-not-speaker"),
        ("source", {"read": "full"}, "", "read-needs-day"),
        ("source", {"url": "https://gazette.example/16"}, "", "unique-key"),
        ("actor", {"wikidata_id": "Q423"}, "", "unique-key"),
        ("figure", {"value_high": "4"}, "", "value-order"),
        ("figure", {"source_id": "bureau-2024-12-19"}, "", "figure-source-not-evidence"),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused_and_nothing_changes(
    specimen: Specimen, kind: str, cells: dict[str, str], source: str, rule: str
) -> None:
    before = files(specimen.folder)
    full = {"claim": CLAIM, "source": SOURCE, "actor": ACTOR, "figure": FIGURE}[kind]
    outcome = add_row(specimen, kind, full | cells, source=source)
    assert rule in {finding.rule for finding in outcome.refusals}
    assert files(specimen.folder) == before


def test_an_error_the_row_causes_elsewhere_is_refused(specimen: Specimen) -> None:
    """The later row of two with one address is the one reported; here that is the old one."""
    specimen.set("sources", "ua-hur-2024-12-16", published="2024-12-15")
    cells = SOURCE | {"url": "https://hur.example/16", "published": "2024-12-15"}
    outcome = add_row(specimen, "source", cells)
    assert [(finding.rule, finding.row_id) for finding in outcome.refusals] == [
        ("unique-key", "ua-hur-2024-12-16")
    ]


def test_findings_the_package_has_already_do_not_block(specimen: Specimen) -> None:
    specimen.set("claims", "C00008", kind="assesment")
    specimen.set("sources", "kremlin-2024-12-17", read_on="", title="Answer  ")
    specimen.set("sources", "nis-2024-12-19", publisher_id="nobody")
    specimen.edit("topics", "casualties,Casualties", "casualties,Casualties,more")
    old = {(f.rule, f.row_id) for f in validate(specimen.folder).findings}
    outcome = add_row(specimen, "source", SOURCE)
    assert [finding.rule for finding in outcome.findings if finding.rule != "unused-row"] == []
    new = {(f.rule, f.row_id) for f in validate(specimen.folder).findings}
    assert new - old <= {("unused-row", "gazette-2024-12-16-2")}
    assert old <= new


def test_a_duplicate_reported_before_is_not_new_when_its_line_moves(specimen: Specimen) -> None:
    """The message of a repeated key names a line, which the new row shifts."""
    page = {"published": "2024-12-17", "url": "https://kremlin.example/17", "note": "Called 2024-12-16."}
    specimen.set("sources", "ua-hur-2024-12-16", **page)
    assert [f.rule for f in validate(specimen.folder).findings] == ["unique-key"]
    outcome = add_row(specimen, "source", SOURCE)
    assert [finding.rule for finding in outcome.findings] == ["unused-row"]


def _mark(content: bytes) -> bytes:
    return b"\xef\xbb\xbf" + content


def _return(content: bytes) -> bytes:
    return content.replace(b"\n", b"\r\n")


def _cut_header(content: bytes) -> bytes:
    return content.split(b"\n", 1)[1]


def _cut_end(content: bytes) -> bytes:
    return content.removesuffix(b"\n")


def _garble(content: bytes) -> bytes:
    return content.replace("Администрация".encode(), b"\xff")


def _empty(_: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("harm", [_mark, _return, _cut_header, _cut_end, _garble, _empty])
def test_a_file_that_is_not_sound_is_left_and_tidy_named(
    specimen: Specimen, harm: Callable[[bytes], bytes]
) -> None:
    path = specimen.path("actors")
    path.write_bytes(harm(path.read_bytes()))
    before = files(specimen.folder)
    with pytest.raises(CatalogueError, match=r"^data/actors\.csv: .*dprk-russia tidy"):
        add_row(specimen, "actor", ACTOR, "army")
    assert files(specimen.folder) == before


def test_a_table_without_a_schema_is_told(specimen: Specimen) -> None:
    specimen.save_schema("actors", {})
    with pytest.raises(CatalogueError, match="actors cannot be used; run dprk-russia validate"):
        add_row(specimen, "actor", ACTOR)


def test_rows_beyond_a_line_break_in_a_cell_are_found(specimen: Specimen) -> None:
    """Such a cell is a finding of its own, and the lines after it are still counted rightly."""
    specimen.set("actors", "bureau", description="News\nagency")
    outcome = add_row(specimen, "actor", ACTOR)
    assert [line for _, line in outcome.placed] == [6]
    assert specimen.rows("actors")[4][0] == "korean-peoples-army"


def test_a_row_with_a_cell_that_is_the_text_comes_first_and_then_those_that_hold_it_in_an_earlier_column(
    specimen: Specimen,
) -> None:
    specimen.add("actors", actor_id="press-agency", name="An agency", kind="media", description="The press.")
    specimen.add("actors", actor_id="zz", name="Press", kind="media")
    specimen.add("actors", actor_id="express", name="Express", kind="media")
    catalogue = open_catalogue(specimen)
    assert catalogue.suggest("actors", "PRESS")[:3] == ["zz", "express", "press-agency"]
