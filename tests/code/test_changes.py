"""What changed: exact cell by cell, in order, and told with the version it needs."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dprk_russia.checks.faults import Specimen
from dprk_russia.checks.validation import validate_change
from dprk_russia.contract.package import (
    Package,
    PackageError,
    installed_package,
    read_for_comparison,
    read_package,
)
from dprk_russia.versions.changes import (
    Change,
    Comparison,
    ContractChange,
    Step,
    compare,
    list_retired,
    parse_version,
)
from dprk_russia.versions.reports import TEXT_CAP, render_csv, render_json, render_markdown, render_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

pytestmark = pytest.mark.slow

Rows = dict[tuple[str, str], dict[str, str]]
COLUMNS = ("one", "other", "title", "note")
FIELDS = [
    {"name": name, "title": name, "description": name, "type": "string", "example": "x"} for name in COLUMNS
]


def write(folder: Path, rows: Rows) -> Package:
    """Write a package of one table, whose key has two columns."""
    schema = {"fields": FIELDS, "primaryKey": ["one", "other"]}
    descriptor = {
        "name": "things",
        "title": "Things",
        "description": "Things.",
        "version": "1.0.0",
        "created": "2026-01-01T00:00:00Z",
        "licenses": [{"name": "CC-BY-4.0"}],
        "resources": [{"name": "things", "path": "data/things.csv", "schema": schema}],
    }
    (folder / "data").mkdir(parents=True)
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    with (folder / "data" / "things.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([COLUMNS, *([*key, row["title"], row["note"]] for key, row in rows.items())])
    return read_package(folder)


def compare_rows(old: Rows, new: Rows) -> Comparison:
    with tempfile.TemporaryDirectory() as folder:
        return compare(write(Path(folder) / "old", old), write(Path(folder) / "new", new))


def apply(changes: tuple[Change, ...], rows: Rows) -> Rows:
    result = {"/".join(key): dict(row) for key, row in rows.items()}
    keys = {"/".join(key): key for key in rows}
    for change in changes:
        if change.column:
            assert result[change.row_id][change.column] == change.old
            result[change.row_id][change.column] = change.new or ""
        elif change.kind == "removed":
            cells = json.loads(change.old or "")
            assert result.pop(change.row_id) == {name: cells.get(name, "") for name in ("title", "note")}
        else:
            cells = json.loads(change.new or "")
            keys[change.row_id] = cells["one"], cells["other"]
            result[change.row_id] = {name: cells.get(name, "") for name in ("title", "note")}
    return {keys[row_id]: row for row_id, row in result.items()}


IDS = st.text("ab1-", min_size=1, max_size=2)
TEXTS = st.sampled_from(["", "NA", "a", "A", 'say "x", y', "김정은", "é", "e\u0301", "1", "1.0", "-1", " a"])
ROWS = st.dictionaries(
    st.tuples(IDS, IDS), st.fixed_dictionaries({"title": TEXTS, "note": TEXTS}), max_size=8
)


@settings(max_examples=60)
@given(ROWS, ROWS)
def test_the_changes_applied_to_the_old_rows_give_the_new_ones(old: Rows, new: Rows) -> None:
    changes = compare_rows(old, new).rows
    assert apply(changes, old) == new
    assert len({(change.row_id, change.column, change.kind) for change in changes}) == len(changes)


@settings(max_examples=20)
@given(ROWS, ROWS)
def test_changes_are_sorted_by_key_and_then_by_column(old: Rows, new: Rows) -> None:
    by_id = {"/".join(key): key for key in [*old, *new]}
    places = [(by_id[c.row_id], COLUMNS.index(c.column or "one")) for c in compare_rows(old, new).rows]
    assert places == sorted(places)


@settings(max_examples=10)
@given(ROWS)
def test_the_order_of_rows_in_a_file_changes_nothing(rows: Rows) -> None:
    assert compare_rows(rows, dict(reversed(rows.items()))).rows == ()


def test_a_row_that_repeats_a_key_is_compared_with_the_one_that_repeats_it_too(
    specimen: Specimen, later: Specimen
) -> None:
    for package in (specimen, later):
        package.add("topics", topic_id="arms", name="Arms again", definition="Again.")
    later.save("topics", [[cell.replace("Again.", "Twice.") for cell in row] for row in later.rows("topics")])
    assert diff(specimen, later).rows == (
        Change("topics", "arms", "definition", "changed", "Again.", "Twice."),
    )


@pytest.fixture
def later(tmp_path: Path) -> Specimen:
    """The next version of the specimen, before anything is changed in it."""
    return Specimen(tmp_path / "later")


def diff(old: Specimen, new: Specimen) -> Comparison:
    return compare(read_for_comparison(old.folder), read_for_comparison(new.folder))


def edit_schema(
    specimen: Specimen, name: str, column: str, edit: Callable[[dict[str, object]], object]
) -> None:
    schema = specimen.schema(name)
    edit(next(field for field in schema["fields"] if field["name"] == column))
    specimen.save_schema(name, schema)


def add_column(specimen: Specimen) -> None:
    schema = specimen.schema("topics")
    schema["fields"].append({**schema["fields"][-1], "name": "note"})
    specimen.save_schema("topics", schema)
    rows = specimen.rows("topics")
    specimen.save("topics", [[*row, "note" if row is rows[0] else "A note."] for row in rows])


def remove_column(specimen: Specimen) -> None:
    schema = specimen.schema("topics")
    schema["fields"] = [field for field in schema["fields"] if field["name"] != "definition"]
    specimen.save_schema("topics", schema)
    rows = specimen.rows("topics")
    at = rows[0].index("definition")
    specimen.save("topics", [[*row[:at], *row[at + 1 :]] for row in rows])


def remove_table(specimen: Specimen) -> None:
    descriptor = specimen.descriptor()
    descriptor["resources"] = [x for x in descriptor["resources"] if x["name"] != "claim_actors"]
    specimen.save_descriptor(descriptor)


def edit_codes(specimen: Specimen, codes: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> None:
    def edit(field: dict[str, object]) -> None:
        field["categories"] = codes(field["categories"])  # type: ignore[arg-type]
        field["constraints"] = {"required": True, "enum": [c["value"] for c in field["categories"]]}  # type: ignore[attr-defined]

    edit_schema(specimen, "retired_ids", "reason", edit)


def retire(specimen: Specimen) -> None:
    specimen.remove("military_figures", "M00004")
    specimen.add(
        "retired_ids",
        old_id="M00004",
        table="military_figures",
        reason="merged",
        replaced_by="M00002",
        retired_in="0.3.0",
    )


STEPS: Mapping[str, tuple[Callable[[Specimen], object], Step]] = {
    "nothing": (lambda _: None, Step.NONE),
    "a cell corrected": (lambda s: s.set("actors", "nis", aliases="NIS"), Step.PATCH),
    "a code explained otherwise": (
        lambda s: edit_codes(s, lambda codes: [{**c, "label": "Another."} for c in codes]),
        Step.PATCH,
    ),
    "a row added": (lambda s: s.add("topics", topic_id="oil", name="Oil", definition="Oil."), Step.MINOR),
    "a column added": (add_column, Step.MINOR),
    "a code added": (
        lambda s: edit_codes(s, lambda codes: [*codes, {"value": "split", "label": "Split."}]),
        Step.MINOR,
    ),
    "a row without an id removed": (lambda s: s.remove("claim_links", "C00003"), Step.MINOR),
    "a row removed": (lambda s: s.remove("military_figures", "M00004"), Step.MAJOR),
    "a row retired": (retire, Step.MAJOR),
    "a column removed": (remove_column, Step.MAJOR),
    "a code removed": (lambda s: edit_codes(s, lambda codes: codes[:1]), Step.MAJOR),
    "a table removed": (remove_table, Step.MAJOR),
    "another type": (
        lambda s: edit_schema(s, "places", "geonames_id", lambda f: f.update(type="string", constraints={})),
        Step.MAJOR,
    ),
    "a column no longer required": (
        lambda s: edit_schema(s, "topics", "definition", lambda f: f.update(constraints={})),
        Step.MINOR,
    ),
    "a column described otherwise": (
        lambda s: edit_schema(s, "topics", "definition", lambda f: f.update(description="Another.")),
        Step.NONE,
    ),
}


@pytest.mark.parametrize("name", STEPS)
def test_each_change_needs_its_step(specimen: Specimen, later: Specimen, name: str) -> None:
    edit, step = STEPS[name]
    edit(later)
    comparison = diff(specimen, later)
    assert comparison.step is step
    assert comparison.skipped == ()


@pytest.mark.parametrize(
    ("old", "step", "smallest"),
    [
        ("1.4.2", Step.MAJOR, "2.0.0"),
        ("1.4.2", Step.MINOR, "1.5.0"),
        ("1.4.2", Step.PATCH, "1.4.3"),
        ("1.4.2", Step.NONE, "1.4.2"),
        ("0.4.2", Step.MAJOR, "0.5.0"),
        ("0.4.2", Step.MINOR, "0.4.3"),
        ("0.4.2", Step.PATCH, "0.4.3"),
        ("0.4.2", Step.NONE, "0.4.2"),
    ],
)
def test_a_step_raises_its_number(old: str, step: Step, smallest: str) -> None:
    assert str(parse_version(old).rise(step)) == smallest


@pytest.mark.parametrize(
    ("version", "enough"), [("0.2.0", False), ("0.2.1", False), ("0.3.0", True), ("1.0.0", True)]
)
def test_a_version_may_be_higher_than_it_must_but_not_lower(
    specimen: Specimen, later: Specimen, version: str, *, enough: bool
) -> None:
    specimen.save_descriptor({**specimen.descriptor(), "version": "0.2.0"})
    later.save_descriptor({**later.descriptor(), "version": version})
    retire(later)
    comparison = diff(specimen, later)
    assert comparison.suffices is enough
    assert [f.rule for f in validate_change(comparison).findings] == ([] if enough else ["version-too-small"])


def test_a_version_before_the_old_one_is_too_small_even_if_nothing_changed(
    specimen: Specimen, later: Specimen
) -> None:
    later.save_descriptor({**later.descriptor(), "version": "0.0.9"})
    assert [f.rule for f in validate_change(diff(specimen, later)).findings] == ["version-too-small"]


def test_an_added_column_is_told_once_and_not_in_every_row(specimen: Specimen, later: Specimen) -> None:
    add_column(later)
    comparison = diff(specimen, later)
    assert comparison.contract == (ContractChange("topics", "note", None, "column", "added"),)
    assert comparison.rows == ()


def test_a_changed_pattern_is_told_with_both(specimen: Specimen, later: Specimen) -> None:
    edit_schema(later, "topics", "topic_id", lambda field: field.update(constraints={"pattern": "[a-z]+"}))
    parts = {change.part: (change.old, change.new) for change in diff(specimen, later).contract}
    assert parts["pattern"][1] == "[a-z]+"
    assert parts["required"] == ("yes", None)


def test_retired_ids_are_told_with_what_replaces_them(specimen: Specimen, later: Specimen) -> None:
    retire(later)
    comparison = diff(specimen, later)
    assert comparison.retired == ((("military_figures", "M00004"), "M00002"),)
    assert "| `military_figures` | `M00004` | `M00002` |" in render_markdown(comparison)


def test_an_id_that_goes_with_a_record_has_not_vanished(specimen: Specimen, later: Specimen) -> None:
    retire(later)
    assert {f.rule for f in validate_change(diff(specimen, later)).findings} == {"version-too-small"}


@pytest.mark.parametrize(
    ("table", "key", "cells", "reused"),
    [
        ("actors", "institute", {"name": "Weekly of trade", "kind": "media"}, True),
        ("actors", "institute", {"name": "The Institut", "kind": "media"}, False),
        ("actors", "institute", {"name": "Weekly of trade"}, False),
        ("indicators", "killed", {"definition": "Price of rice in Rason.", "unit": "money"}, True),
        ("military_figures", "M00004", {"claim_id": "C00001", "indicator_id": "killed"}, True),
        ("military_figures", "M00004", {"indicator_id": "killed"}, False),
        ("topics", "arms", {"name": "Weather", "definition": "Rain and wind."}, True),
        ("places", "kursk-oblast", {"name": "Wonsan", "country": "KP"}, True),
        ("places", "kursk-oblast", {"name": "Kursk region", "country": "UA"}, False),
        ("places", "kursk-oblast", {"name": "Wonsan", "native_name": "원산"}, True),
        ("sources", "nis-2024-12-19", {"title": "Price list", "url": "https://nis.example/1"}, False),
        (
            "claims",
            "C00008",
            {"statement": "Bread became dearer in Rason.", "asserted_by": "bureau", "asserted": "2024-12-17"},
            True,
        ),
        (
            "claims",
            "C00008",
            {
                "statement": "The losses show that the soldiers were prepared badly.",
                "asserted_by": "bureau",
                "asserted": "2024-12-17",
            },
            False,
        ),
    ],
)
def test_an_id_is_reused_when_all_that_identifies_its_row_is_another(
    specimen: Specimen, later: Specimen, table: str, key: str, cells: dict[str, str], *, reused: bool
) -> None:
    later.set(table, key, **cells)
    later.save_descriptor({**later.descriptor(), "version": "9.0.0"})
    findings = validate_change(diff(specimen, later)).findings
    assert [(f.rule, f.row_id, f.line) for f in findings] == (
        [("id-reused", key, later.line(table, key))] if reused else []
    )


def test_rows_that_cannot_be_taken_apart_are_told_and_left_out_of_both(
    specimen: Specimen, later: Specimen
) -> None:
    later.edit("claims", "C00008,The losses", 'C00008,"The losses')
    comparison = diff(specimen, later)
    assert comparison.rows == ()
    assert [skipped.what for skipped in comparison.skipped] == ["rows of claims"]
    assert "not compared: rows of claims" in render_text(comparison, plain)


def test_a_table_that_cannot_be_read_is_told_and_not_taken_for_removed(
    specimen: Specimen, later: Specimen
) -> None:
    later.path("topics").write_bytes(b"\xff\xfe\x00")
    comparison = diff(specimen, later)
    assert (comparison.rows, comparison.contract) == ((), ())
    assert [skipped.what for skipped in comparison.skipped] == ["topics"]


def test_columns_that_a_file_lacks_are_told_in_one_line_by_name(specimen: Specimen, later: Specimen) -> None:
    rows = later.rows("actors")
    later.save("actors", [row[:1] for row in rows])
    assert [skipped.what for skipped in diff(specimen, later).skipped] == [
        f"actors, {', '.join(sorted(rows[0][1:]))}"
    ]


def plain(text: str, _: str) -> str:
    return text


def fill(specimen: Specimen, number: int) -> None:
    rows = specimen.rows("topics")
    added = [[f"topic-{index:04}", f"Topic {index}", "Filled."] for index in range(number)]
    specimen.save("topics", [*rows, *added])


def test_text_is_cut_with_a_count_and_other_forms_are_whole(specimen: Specimen, later: Specimen) -> None:
    fill(later, TEXT_CAP + 1204)
    comparison = diff(specimen, later)
    text = render_text(comparison, plain)
    assert text.count("\n  + topic-") == TEXT_CAP
    assert "  … and 1,204 more; use --format csv" in text
    assert render_markdown(comparison).count("\n| `topic-") == TEXT_CAP + 1204
    assert len(json.loads(render_json(comparison))["changes"]) == TEXT_CAP + 1204
    assert render_csv(comparison).count("\n") == TEXT_CAP + 1204 + 1


def test_what_is_removed_is_shown_before_what_is_added(specimen: Specimen, later: Specimen) -> None:
    fill(later, 2 * TEXT_CAP)
    later.remove("topics", "casualties")
    assert "topics: 40 added, 1 removed\n  - casualties Casualties\n" in render_text(
        diff(specimen, later), plain
    )


def test_the_end_of_the_text_says_which_version_is_needed(specimen: Specimen, later: Specimen) -> None:
    later.save_descriptor({**later.descriptor(), "version": "0.2.0"})
    specimen.save_descriptor({**specimen.descriptor(), "version": "0.2.0"})
    assert render_text(diff(specimen, later), plain) == "Nothing changed since 0.2.0; 0.2.0 will do.\n"
    retire(later)
    assert render_text(diff(specimen, later), plain).endswith(
        "These changes are major: after 0.2.0 the smallest version is 0.3.0; 0.2.0 is too small.\n"
    )


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-x", "@SUM(A1)", "  =1", "\t=1"])
def test_a_cell_that_a_spreadsheet_would_execute_is_made_harmless(
    specimen: Specimen, later: Specimen, cell: str
) -> None:
    later.set("actors", "gazette", description=cell)
    (row,) = csv.DictReader(io.StringIO(render_csv(diff(specimen, later))))
    assert row["new"].startswith("'")
    assert row["old"] == "Newspaper"


@pytest.mark.parametrize("cell", ["-74.006", "-5", "Newspaper = daily", "C00001"])
def test_a_harmless_cell_is_written_as_it_is(specimen: Specimen, later: Specimen, cell: str) -> None:
    later.set("actors", "gazette", description=cell)
    (row,) = csv.DictReader(io.StringIO(render_csv(diff(specimen, later))))
    assert row["new"] == cell


def test_no_form_sends_a_control_character_to_a_terminal(specimen: Specimen, later: Specimen) -> None:
    later.set("actors", "gazette", description="\x1b[2J<script>|\u202e")
    comparison = diff(specimen, later)
    for text in (render_text(comparison, plain), render_csv(comparison), render_json(comparison)):
        assert "\x1b" not in text
    assert "\x1b" not in render_markdown(comparison)


HOSTILE_CELLS = [
    "@name and <script>alert(1)</script> & https://a.example www.a.example a@a.example",
    "a|b | [c](d) ![e](f) *g* ~~h~~ #1",
    "``` `@a` \\`@b` \\|@c \\\\|@d|",
    "`" * 90 + "@name" + "`" * 85,
]


@pytest.mark.parametrize("cell", HOSTILE_CELLS)
def test_markdown_shows_what_the_data_hold_as_code_and_nothing_else(
    specimen: Specimen, later: Specimen, cell: str
) -> None:
    """A forge links names and addresses in all other text."""
    later.set("actors", "gazette", name=cell, description=cell)
    later.add("topics", topic_id=f"x {cell}", name=cell)
    edit_codes(later, lambda codes: [{**codes[0], "label": cell}, *codes[1:]])
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(render_markdown(diff(specimen, later)))
    cells = [inline.children or [] for opening, inline in pairwise(tokens) if opening.type == "td_open"]
    pieces = [piece for children in cells for piece in children]
    assert {piece.type for piece in pieces} == {"code_inline", "text"}
    bare = {piece.content.strip(" `|") for piece in pieces if piece.type == "text"}
    assert bare <= {"", "0", "1", "changed"}
    shown = ["".join(piece.content for piece in children) for children in cells]
    # The name is what the row of the topic and the changed actor are about, too.
    assert [shown.count(cell), shown.count(f"x {cell}")] == [4, 1]


def test_a_changed_figure_is_told_with_indicator_number_and_claim(
    specimen: Specimen, later: Specimen
) -> None:
    later.set("military_figures", "M00004", value_high="70", method="estimated")
    later.set("military_figures", "M00003", bound="vague", value="")
    later.set("military_figures", "M00001", bound="range", value_high="40")
    later.add("military_figures", figure_id="M00006", indicator_id="killed", value="7", claim_id="C00001")
    comparison = diff(specimen, later)
    text, markdown = render_text(comparison, plain), render_markdown(comparison)
    assert "  ~ M00004 (ammo-share, at most 70, C00002) value_high: 60 → 70\n" in text
    assert "  ~ M00004 method: reported → estimated\n" in text
    assert "~ M00003 (killed, “trente morts”, C00004) " in text
    assert "~ M00001 (casualties, range 30 to 40, C00001) " in text
    assert "+ M00006 killed, 7, C00001\n" in text
    assert "| `M00004` | `ammo-share, at most 70, C00002` | `value_high` | `60` | `70` |\n" in markdown
    assert "|  |  | `method` | `reported` | `estimated` |\n" in markdown


def test_evidence_is_told_with_title_and_publisher_of_its_source(specimen: Specimen, later: Specimen) -> None:
    later.add("evidence", claim_id="C00005", source_id="gazette-2024-12-18", relays_id="institute-2024-10")
    later.add("evidence", claim_id="C00005", source_id="nowhere")
    later.remove("sources", "bureau-2024-12-19")
    later.remove("evidence", "C00002")
    comparison = diff(specimen, later)
    assert "  + C00005/gazette-2024-12-18 Les morts, The Gazette\n" in render_text(comparison, plain)
    assert "  + C00005/nowhere\n" in render_text(comparison, plain)
    row = "| `C00002/bureau-2024-12-19` | `Hundred dead, says service, The Bureau` |\n"
    assert row in render_markdown(comparison)


@pytest.mark.parametrize("name", ["sources", "actors"])
def test_evidence_is_told_when_the_tables_it_points_to_cannot_be_read(
    specimen: Specimen, later: Specimen, name: str
) -> None:
    later.add("evidence", claim_id="C00005", source_id="gazette-2024-12-18")
    later.path(name).write_bytes(b"\xff\xfe\x00")
    assert "  + C00005/gazette-2024-12-18" in render_text(diff(specimen, later), plain)


@pytest.mark.parametrize("apart", [False, True], ids=["in the descriptor", "in a file"])
def test_a_former_table_is_read_wherever_its_schema_stands(tmp_path: Path, apart: bool) -> None:  # noqa: FBT001
    folder = write(tmp_path / "package", {("a", "b"): {"title": "c", "note": ""}}).folder
    if apart:
        descriptor = json.loads((folder / "datapackage.json").read_text())
        (folder / "things.json").write_text(json.dumps(descriptor["resources"][0]["schema"]))
        descriptor["resources"][0]["schema"] = "things.json"
        (folder / "datapackage.json").write_text(json.dumps(descriptor))
    assert [table.name for table in read_for_comparison(folder).tables] == ["things"]
    (folder / "data" / "things.csv").unlink()
    assert read_for_comparison(folder).tables == ()


@pytest.mark.parametrize(
    "harm",
    [
        {"fields": []},
        {"fields": [*FIELDS, {"type": "string"}]},
        {"fields": [*FIELDS, FIELDS[0]]},
        {"primaryKey": ["one", "another"]},
    ],
    ids=["no columns", "a column without a name", "two of one name", "a key of another column"],
)
def test_a_former_table_without_columns_or_a_key_of_them_is_not_read(
    tmp_path: Path, harm: dict[str, Any]
) -> None:
    folder = write(tmp_path / "package", {("a", "b"): {"title": "c", "note": ""}}).folder
    descriptor = json.loads((folder / "datapackage.json").read_text())
    descriptor["resources"][0]["schema"] |= harm
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    package = read_for_comparison(folder)
    assert (package.tables, package.declared) == ((), ("things",))


@pytest.mark.parametrize("name", ["", "topics"])
def test_a_package_with_a_table_without_a_name_of_its_own_is_not_compared(
    specimen: Specimen, name: str
) -> None:
    specimen.change_resource("places", name=name)
    with pytest.raises(PackageError, match="has no name of its own"):
        read_for_comparison(specimen.folder)


def test_retired_ids_are_read_from_a_table_of_no_more_than_these() -> None:
    columns = ["table", "old_id", "replaced_by"]
    frame = pd.DataFrame([["topics", "old", "new"], ["topics", "older", None]], columns=columns)
    assert list_retired({"retired_ids": frame}) == {("topics", "old"): "new", ("topics", "older"): ""}
    assert list_retired({"retired_ids": frame.drop(columns="replaced_by")}) == {}


@pytest.mark.parametrize(("version", "told"), [("one", "one"), ("", "not given")])
def test_after_a_version_of_another_form_none_is_known_to_be_needed(
    specimen: Specimen, later: Specimen, version: str, told: str
) -> None:
    specimen.change_descriptor(version=version)
    last = render_text(diff(specimen, later), plain).splitlines()[-1]
    assert last == f"Which version these changes need is unknown: the old one is {told}."


def test_of_many_changes_to_the_contract_some_are_told_and_the_others_counted() -> None:
    package = installed_package()
    changes = tuple(ContractChange(f"t{n}", None, None, "table", "added") for n in range(TEXT_CAP + 3))
    told = render_text(Comparison(package, package, changes, (), {}, {}, ()), plain)
    assert told.count("\n  + table t") == TEXT_CAP
    assert "3 more" in told
