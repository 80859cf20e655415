"""Fail closed: what could not be read or checked has not passed, and a fault of the tool is not one of the data."""

from __future__ import annotations

import io
import json
import os
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dprk_russia.checks import rules, validation
from dprk_russia.checks.faults import Specimen
from dprk_russia.checks.reports import FORMATS, Setting, render_summary
from dprk_russia.checks.validation import validate, validate_change
from dprk_russia.cli.command import main
from dprk_russia.contract.findings import PACKAGE_RULES, Consequence, Report, Skipped
from dprk_russia.contract.package import (
    UnsoundError,
    explain_closed_file,
    inspect_package,
    installed_package,
    read_for_comparison,
    read_package,
)
from dprk_russia.release.formats.archive import write_archive
from dprk_russia.release.publication import checksums
from dprk_russia.release.publication.verification import verify
from dprk_russia.versions.changes import Comparison, compare

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Run

pytestmark = pytest.mark.slow

DESCRIPTOR = "datapackage.json"
TABLES = sorted(table.path for table in installed_package().tables)
SCHEMAS = sorted({table.schema_path for table in installed_package().tables})
# What a citation of a claim is made from.
CITED = [
    f"data/{name}.csv"
    for name in ("actors", "claims", "economic_figures", "evidence", "military_figures", "sources")
]


@pytest.fixture
def later(tmp_path: Path) -> Specimen:
    """The next version of the specimen, before anything is changed in it."""
    return Specimen(tmp_path / "later")


# Every way of spoiling a file leaves something in it that cannot be read.


def cut(path: Path) -> None:
    """Tear the last line in its first cell."""
    content = path.read_bytes().rstrip(b"\n")
    path.write_bytes(content[: content.rfind(b"\n") + 4])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-10] ^= 0x80
    path.write_bytes(content)


def remove(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def blank(path: Path) -> None:
    path.write_bytes(b" \n\n\t\n")


def put_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def put_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def link_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def link_out(path: Path) -> None:
    outside = path.parents[2] / "outside"
    path.rename(outside)
    path.symlink_to(outside)


def link_round(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def fill(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 16)


def encode(path: Path) -> None:
    path.write_bytes(path.read_bytes().decode("latin-1").encode("utf-16"))


def put_zeros(path: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)


def open_quote(path: Path) -> None:
    content = path.read_bytes()
    at = content.find(b"\n") + 1
    path.write_bytes(content[:at] + b'"' + content[at:])


def drop_half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def drop_header(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[content.find(b"\n") + 1 :] or b",")


def drop_column(path: Path) -> None:
    path.write_bytes(b"".join(line.split(b",", 1)[1] for line in path.read_bytes().splitlines(keepends=True)))


def rename_column(path: Path) -> None:
    path.write_bytes(b"x" + path.read_bytes())


def repeat_column(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(line.split(b",", 1)[0] + b"," + line for line in lines))


def separate_by_semicolons(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b",", b";"))


def add_cell(path: Path) -> None:
    path.write_bytes(path.read_bytes().rstrip(b"\n") + b",x\n")


def nest(path: Path) -> None:
    path.write_text("[" * 100_000)


def put_list(path: Path) -> None:
    path.write_text("[]")


def put_object(path: Path) -> None:
    path.write_text("{}")


def repeat_key(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("{", '{"title": "x", "title": "y", ', 1), "utf-8")


ANY = (
    remove, empty, blank, put_folder, put_pipe, link_nowhere, link_out, link_round, fill, encode, put_zeros, flip,
)  # fmt: skip
TABLE = (
    cut, open_quote, drop_header, drop_column, rename_column, repeat_column, separate_by_semicolons, add_cell,
)  # fmt: skip
JSON = (drop_half, nest, put_list, put_object, repeat_key)
# The record of retired ids has one row in the specimen, and no line to tear.
SPOILS = [
    *((path, spoil) for path in TABLES for spoil in (*ANY, *TABLE)),
    *((path, spoil) for path in (*SCHEMAS, DESCRIPTOR) for spoil in (*ANY, *JSON)),
]
Spoil = tuple[str, "Callable[[Path], None]"]


def run_quietly(*arguments: object) -> tuple[int, str]:
    """Return the exit code of a command and what it wrote."""
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out), pytest.raises(SystemExit) as stopped:
        main([str(argument) for argument in arguments])
    return int(str(stopped.value.code or 0)), out.getvalue()


def refuse(spoil: Spoil, *arguments: object) -> None:
    """Check that a command does not pass what was spoiled, and lays nothing to the tool."""
    code, told = run_quietly(*arguments)
    assert (code in {1, 2}, told != "", "Traceback" in told) == (True, True, False), (spoil, arguments, told)


@settings(max_examples=8)
@given(st.sampled_from(SPOILS))
def test_no_command_passes_what_it_could_not_read(spoil: Spoil) -> None:
    path, harm = spoil
    with tempfile.TemporaryDirectory() as place:
        sound, spoiled = Specimen(Path(place) / "sound").folder, Specimen(Path(place) / "spoiled").folder
        harm(spoiled / path)
        refuse(spoil, "tidy", "--check", spoiled)
        refuse(spoil, "diff", sound, spoiled)
        refuse(spoil, "diff", spoiled, sound)
        if path not in TABLES or path in CITED:
            refuse(spoil, "cite", "C00001", "--package", spoiled)


@settings(max_examples=3)
@given(st.sampled_from(SPOILS))
def test_no_command_that_validates_passes_what_it_could_not_read(spoil: Spoil) -> None:
    path, harm = spoil
    with tempfile.TemporaryDirectory() as place:
        out, spoiled = Path(place) / "dist", Specimen(Path(place) / "spoiled").folder
        harm(spoiled / path)
        for arguments in (["validate", spoiled], ["describe", "--package", spoiled], ["build", spoiled]):
            refuse(spoil, *arguments, *(["--out", out] if "build" in arguments else []))
        assert not out.exists()


@settings(max_examples=2)
@given(st.sampled_from(SPOILS))
def test_no_release_is_built_after_one_that_could_not_be_read(spoil: Spoil) -> None:
    path, harm = spoil
    with tempfile.TemporaryDirectory() as place:
        sound, spoiled = Specimen(Path(place) / "sound").folder, Specimen(Path(place) / "spoiled").folder
        harm(spoiled / path)
        refuse(spoil, "build", sound, "--since", spoiled, "--out", Path(place) / "dist")
        assert not (Path(place) / "dist").exists()


@cache
def make_archive() -> bytes:
    """Return the Data Package of the specimen."""
    with tempfile.TemporaryDirectory() as folder:
        package = read_package(Specimen(Path(folder) / "package").folder)
        write_archive(package, Path(folder) / "package.zip")
        return (Path(folder) / "package.zip").read_bytes()


def make_release(folder: Path) -> Path:
    """Make a release of the specimen that has a Data Package and a page alone."""
    release = folder / "dist"
    release.mkdir()
    (release / "package.zip").write_bytes(make_archive())
    (release / "CODEBOOK.md").write_text("".join(f"Line {number}\n" for number in range(99)))
    checksums.write(release, "SHA256SUMS")
    return release


@settings(max_examples=6)
@given(st.sampled_from(["package.zip", "CODEBOOK.md", "SHA256SUMS"]), st.sampled_from((*ANY, cut, drop_half)))
def test_no_release_verifies_of_which_a_file_could_not_be_read(
    name: str, harm: Callable[[Path], None]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        release = make_release(Path(place))
        harm(release / name)
        refuse((name, harm), "verify", release)


# 1. tidy


def test_tidy_does_not_pass_a_descriptor_that_is_no_json(specimen: Specimen, run: Run) -> None:
    specimen.path(DESCRIPTOR).write_text('{"name": "x", ')
    code, out, _ = run("tidy", specimen.folder, "--check")
    assert code == 1
    assert out.startswith("datapackage.json: This is not JSON: ")


def test_tidy_does_not_pass_a_table_whose_schema_has_a_fault(specimen: Specimen, run: Run) -> None:
    specimen.change_schema("topics", missingValues=["", "NA"])
    specimen.save("topics", list(reversed(specimen.rows("topics"))))
    code, out, _ = run("tidy", specimen.folder, "--check")
    assert code == 1
    assert out.startswith('schemas/topics.json: "missingValues" must be')


def test_tidy_mends_other_tables_beside_one_that_it_leaves(specimen: Specimen, run: Run) -> None:
    before = specimen.path("claims").read_bytes()
    specimen.path("claims").write_bytes(before.replace(b"\n", b"\r\n"))
    specimen.path("topics").unlink()
    assert run("tidy", specimen.folder).code == 1
    assert specimen.path("claims").read_bytes() == before


# 2. diff


@pytest.mark.parametrize("spoiled", ["old", "new"])
def test_diff_does_not_say_that_nothing_changed_in_what_it_could_not_read(
    specimen: Specimen, later: Specimen, run: Run, spoiled: str
) -> None:
    (specimen if spoiled == "old" else later).path("claims").write_bytes(b"\xff\xfe\x00")
    code, out, err = run("diff", specimen.folder, later.folder)
    assert code == 1
    assert "Nothing changed" not in out
    assert (
        f"not compared: claims: in version {installed_package().version} the table could not be read"
        in out.splitlines()
    )
    assert err == "Not everything could be compared.\n"


@pytest.mark.parametrize("spoiled", ["old", "new"])
def test_diff_does_not_take_the_tables_of_a_torn_descriptor_for_removed(
    specimen: Specimen, later: Specimen, run: Run, spoiled: str
) -> None:
    drop_half((specimen if spoiled == "old" else later).path(DESCRIPTOR))
    code, out, err = run("diff", specimen.folder, later.folder)
    assert (code, out) == (2, "")
    assert "cannot be used: datapackage.json: This is not JSON: " in err


@pytest.mark.parametrize("resources", [None, [], [1], "x", [{"path": "data/claims.csv"}], [{}] * 101])
def test_a_descriptor_that_does_not_tell_its_tables_is_not_compared(
    specimen: Specimen, later: Specimen, run: Run, resources: object
) -> None:
    specimen.change_descriptor(resources=resources)
    code, out, err = run("diff", specimen.folder, later.folder)
    assert (code, out) == (2, "")
    assert "cannot be compared: " in err


def test_a_column_that_stands_twice_is_not_compared_in_silence(specimen: Specimen, later: Specimen) -> None:
    repeat_column(later.path("topics"))
    assert [skipped.what for skipped in diff(specimen, later).skipped] == ["topics, other columns"]


# 3. build


def diff(old: Specimen, new: Specimen) -> Comparison:
    return compare(read_for_comparison(old.folder), read_for_comparison(new.folder))


def test_no_release_is_built_after_claims_that_could_not_be_read(
    specimen: Specimen, later: Specimen, run: Run, tmp_path: Path
) -> None:
    specimen.path("claims").write_bytes(b"\xff\xfe\x00")
    later.rise("major")
    code, out, err = run("build", later.folder, "--since", specimen.folder, "--out", tmp_path / "dist")
    assert code == 1
    assert (
        f"not compared: claims: in version {installed_package().version} the table could not be read" in out
    )
    assert "Nothing was built" in err


def _demand_another_type(specimen: Specimen) -> None:
    specimen.change_field("topics", "definition", type="richtext", format="html")


def _use_another_constraint(specimen: Specimen) -> None:
    specimen.change_field("topics", "definition", constraints={"minLength": 3, "maximum": "x", "pattern": 7})


def _describe_nothing(specimen: Specimen) -> None:
    schema = specimen.schema("topics")
    fields = [{"name": field["name"], "type": field["type"]} for field in schema["fields"]]
    specimen.save_schema("topics", {"fields": fields, "primaryKey": schema["primaryKey"], "dialect": {}})


def _add_properties(specimen: Specimen) -> None:
    specimen.change_resource("topics", profile="tabular-data-resource", encoding="utf8", title="\0")


def _write_other_lists(specimen: Specimen) -> None:
    specimen.change_field("topics", "definition", categories="x", categoriesOrdered=1, example=None)
    specimen.change_schema("topics", uniqueKeys="name", foreignKeys=[{"fields": "nothing"}], title=None)


OTHER_TIMES = [
    _demand_another_type, _use_another_constraint, _describe_nothing, _add_properties, _write_other_lists,
]  # fmt: skip


@pytest.mark.parametrize("harm", OTHER_TIMES)
def test_a_version_made_under_other_rules_for_schemas_is_compared(
    specimen: Specimen, later: Specimen, harm: Callable[[Specimen], None]
) -> None:
    harm(specimen)
    specimen.add("topics", topic_id="zeal", name="Zeal", definition="Zeal.")
    assert inspect_package(specimen.folder)[1]
    comparison = diff(specimen, later)
    assert comparison.skipped == ()
    assert [(change.kind, change.row_id) for change in comparison.rows] == [("removed", "zeal")]
    assert "id-vanished" in {finding.rule for finding in validate_change(comparison).findings}


@pytest.mark.parametrize(
    ("version", "told"), [("", "not given"), ("1.0", "1.0"), ("v1.0.0", "v1.0.0"), (None, "not given")]
)
def test_an_earlier_version_without_a_number_does_not_pass(
    specimen: Specimen, later: Specimen, version: str | None, told: str
) -> None:
    specimen.change_descriptor(version=version)
    report = validate_change(diff(specimen, later))
    assert (report.counts["error"], report.passes()) == (0, False)
    (skipped,) = report.skipped
    assert (skipped.what, skipped.why) == ("the version", f"that of the old package is {told}")


def test_a_package_that_has_a_fault_is_not_read_as_a_sound_one(specimen: Specimen) -> None:
    specimen.path("topics").unlink()
    specimen.path("places").unlink()
    with pytest.raises(UnsoundError, match=r"data/topics\.csv: .* There is 1 more finding\. Run dprk-russia"):
        read_package(specimen.folder)


# 4. Faults of the tool


def _raise(error: Exception) -> Callable[..., Any]:
    def fail(*_: object) -> None:
        raise error

    return fail


def _break_row_rule(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    broken = replace(rules.ROW_RULES[0], holds=_raise(error))
    monkeypatch.setattr(rules, "ROW_RULES", (broken, *rules.ROW_RULES[1:]))


def _break_table_rule(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    first: Any
    first, *others = (rule for rule in rules.TABLE_RULES if rule.id == "relay-after-carrier")
    broken = replace(first, **{"find_lines" if hasattr(first, "find_lines") else "search": _raise(error)})
    monkeypatch.setattr(validation, "TABLE_RULES", (broken, *others))


@pytest.mark.parametrize("error", [KeyError("x"), AttributeError("x"), TypeError("x"), ValueError("x\ny")])
@pytest.mark.parametrize("harm", [_break_row_rule, _break_table_rule])
@pytest.mark.parametrize("foreign", [False, True])
def test_a_mistake_in_the_code_of_a_rule_is_not_laid_to_the_data(
    specimen: Specimen,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    harm: Callable[[pytest.MonkeyPatch, Exception], None],
    error: Exception,
    *,
    foreign: bool,
) -> None:
    if foreign:
        for schema in ("claims", "evidence"):
            specimen.change_field(schema, specimen.schema(schema)["fields"][0]["name"], title="Another")
    harm(monkeypatch, error)
    code, out, err = run("validate", specimen.folder)
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert err.startswith("dprk-russia: This is a fault of dprk-russia, not of your data: ")
    assert "report it" in err
    assert "--traceback" in err


def test_the_traceback_is_shown_where_it_is_asked_for(
    specimen: Specimen, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    _break_table_rule(monkeypatch, KeyError("x"))
    assert "Traceback" in run("--traceback", "validate", specimen.folder).err
    monkeypatch.setenv("DPRK_RUSSIA_TRACEBACK", "1")
    assert "Traceback" in run("validate", specimen.folder).err
    assert "DPRK_RUSSIA_TRACEBACK" in run("--help").out


def test_a_rule_across_tables_that_fails_on_a_column_of_another_type_finds_that_too(
    specimen: Specimen, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule: Any = next(rule for rule in rules.TABLE_RULES if rule.id == "relay-after-carrier")
    broken = replace(rule, find_lines=_raise(TypeError("x")), rests=("economic_figures.value",))
    specimen.change_field("figures", "value", type="string", constraints={}, example="x")
    monkeypatch.setattr(validation, "TABLE_RULES", (broken,))
    messages = [finding.message for finding in validate(specimen.folder).findings]
    assert 'The rules on "value" cannot be checked: it is of the type text, not number.' in messages


def test_a_row_rule_that_fails_is_named_where_the_traceback_is_asked_for(
    specimen: Specimen, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    _break_row_rule(monkeypatch, KeyError("x"))
    specimen.set("claims", "C00001", note="Read anew.")
    assert "CheckError: The check " in run("--traceback", "validate", specimen.folder).err


def test_a_rule_that_fails_on_a_column_of_another_type_finds_a_fault_of_the_schema(
    specimen: Specimen, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The tables that stay as they are get inspected while all rules are sound.
    validate(specimen.folder)
    broken = next(rule for rule in rules.ROW_RULES if "economic_figures.value" in rule.rests)
    monkeypatch.setattr(rules, "ROW_RULES", (replace(broken, holds=_raise(TypeError("x"))),))
    specimen.change_field("figures", "value", type="string", constraints={}, example="x")
    findings = validate(specimen.folder).findings
    assert {(finding.rule, finding.message) for finding in findings} == {
        ("schema-invalid", 'The rules on "value" cannot be checked: it is of the type text, not number.')
    }


# 5. Control characters


@pytest.mark.parametrize(
    ("target", "column", "is_sound"),
    [
        ("topics", "topic_id", True),
        ("topics", "name", False),
        ("nothing", "topic_id", False),
        ("parts", "topic_id", False),
    ],
)
def test_a_foreign_key_points_to_the_primary_key_of_a_table(
    specimen: Specimen, target: str, column: str, *, is_sound: bool
) -> None:
    reference = {"resource": target, "fields": [column]}
    specimen.change_schema("claims", foreignKeys=[{"fields": ["topic_id"], "reference": reference}])
    message = 'The foreign key "topic_id" does not point to the primary key of a table.'
    assert [
        (finding.rule, finding.path, finding.table, finding.message)
        for finding in inspect_package(specimen.folder)[1]
    ] == ([] if is_sound else [("schema-invalid", "schemas/claims.json", "claims", message)])


def test_a_foreign_key_may_point_to_a_table_whose_own_schema_has_a_fault(specimen: Specimen) -> None:
    specimen.change_schema("topics", title="\0")
    assert {finding.table for finding in inspect_package(specimen.folder)[1]} == {"topics"}


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\ufffe", "\uffff"])
@pytest.mark.parametrize("place", ["title", "licenses", "keywords", "note"])
def test_a_control_character_in_the_descriptor_is_one_finding(
    specimen: Specimen, place: str, sign: str
) -> None:
    values: dict[str, object] = {"licenses": [{"name": sign}], "keywords": [sign]}
    specimen.change_descriptor(**{place: values.get(place, f"x{sign}")})
    (finding,) = inspect_package(specimen.folder)[1]
    told = f'"{place}" holds U+{ord(sign):04X}, a control character.'
    assert (finding.rule, finding.path, finding.message) == ("descriptor-invalid", DESCRIPTOR, told)


def test_a_control_character_in_the_title_of_a_table_is_found(specimen: Specimen) -> None:
    specimen.change_resource("topics", title="\0")
    findings = inspect_package(specimen.folder)[1]
    assert any('"title" holds U+0000' in finding.message for finding in findings)


@pytest.mark.parametrize(
    "harm",
    [
        lambda s: s.change_schema("topics", title="\0"),
        lambda s: s.save_schema("topics", {**s.schema("topics"), "name": "\0"}),
        lambda s: s.change_field("topics", "name", title="\0"),
        lambda s: s.change_field("topics", "name", description="x\x1b[2J"),
        lambda s: s.change_field("topics", "name", example="\0"),
        lambda s: s.change_field("topics", "name", constraints={"pattern": "\0"}),
        lambda s: s.change_field("topics", "name", rdfType="\0"),
    ],
)
def test_a_control_character_in_a_schema_is_one_finding(
    specimen: Specimen, harm: Callable[[Specimen], None]
) -> None:
    harm(specimen)
    (finding,) = inspect_package(specimen.folder)[1]
    assert (finding.rule, finding.path) == ("schema-invalid", "schemas/topics.json")
    assert "a control character" in finding.message


def test_a_control_character_in_a_code_is_found(specimen: Specimen) -> None:
    schema = specimen.schema("claims")
    kind = next(field for field in schema["fields"] if field["name"] == "kind")
    kind["categories"][0]["label"] = "\0"
    specimen.save_schema("claims", schema)
    (finding,) = inspect_package(specimen.folder)[1]
    assert finding.message == 'Field "kind": "categories" holds U+0000, a control character.'


# 6. Permissions


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of files that may not be opened."""
    names: set[str] = set()
    opened = Path.open

    def refuse_open(path: Path, *arguments: Any, **named: Any) -> Any:
        if path.name in names:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", refuse_open)
    return names


@pytest.mark.parametrize("path", ["data/topics.csv", "schemas/topics.json", DESCRIPTOR])
def test_a_file_that_may_not_be_read_is_told_to_be_one(
    specimen: Specimen, closed: set[str], run: Run, path: str
) -> None:
    closed.add(Path(path).name)
    findings = validate(specimen.folder).findings
    assert [(finding.rule, finding.path) for finding in findings] == [("missing-file", path)]
    assert findings[0].message == "The file may not be read; its permissions forbid it."
    code, out, _ = run("tidy", specimen.folder, "--check")
    assert (code, "may not be read" in out) == (1, True)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(13, "Permission denied"), "The file may not be read; its permissions forbid it."),
        (OSError(5, "Input/output error"), "The file cannot be read: Input/output error."),
    ],
)
def test_why_a_file_cannot_be_opened_is_told_in_a_sentence(error: OSError, told: str) -> None:
    assert explain_closed_file(error) == told


def test_a_file_of_a_release_that_may_not_be_read_is_a_finding(tmp_path: Path, closed: set[str]) -> None:
    release = make_release(tmp_path)
    closed.add("CODEBOOK.md")
    (finding,) = verify(release).findings
    assert (finding.rule, finding.path) == ("artefact-missing", "CODEBOOK.md")
    assert "may not be read" in finding.message


def test_a_measured_table_that_may_not_be_read_is_one_finding(specimen: Specimen, closed: set[str]) -> None:
    specimen.change_resource("topics", bytes=7)
    closed.add("topics.csv")
    assert [finding.rule for finding in validate(specimen.folder).findings] == ["missing-file"]


# 7. Damaged zip files


def test_a_damaged_zip_does_not_keep_other_files_from_being_checked(tmp_path: Path, run: Run) -> None:
    release = make_release(tmp_path)
    drop_half(release / "package.zip")
    (release / "CODEBOOK.md").write_text("x")
    code, out, _ = run("verify", release)
    assert code == 1
    assert "package.zip: error artefact-changed" in out
    assert "CODEBOOK.md: error artefact-changed" in out
    assert "not checked: the Data Package: " in out
    assert "download it again" in out
    assert "not compared: Parquet, SQLite and JSON Lines: " in out


def test_a_damaged_zip_whose_sum_is_right_does_not_pass(tmp_path: Path, run: Run) -> None:
    release = make_release(tmp_path)
    drop_half(release / "package.zip")
    (release / "SHA256SUMS").unlink()
    checksums.write(release, "SHA256SUMS")
    code, out, _ = run("verify", release, "--format", "json")
    report = json.loads(out)
    assert (code, report["findings"]) == (1, [])
    assert report["skipped"][0]["consequence"] == "not checked"


def test_a_release_that_lacks_its_zip_is_checked_for_the_rest(tmp_path: Path) -> None:
    release = make_release(tmp_path)
    (release / "package.zip").unlink()
    (release / "CODEBOOK.md").write_text("x")
    report = verify(release)
    found = {(finding.rule, finding.path) for finding in report.findings}
    assert found == {("artefact-missing", "package.zip"), ("artefact-changed", "CODEBOOK.md")}
    assert not report.passes()


def test_a_damaged_zip_alone_is_told_to_be_downloaded_again(tmp_path: Path, run: Run) -> None:
    archive = make_release(tmp_path) / "package.zip"
    drop_half(archive)
    code, out, err = run("verify", archive)
    assert (code, out) == (2, "")
    assert "download it again" in err


# Reports

SKIPPED = Skipped("rule-of-thumb", "the table a|b\x1b could not be read")
UNLISTED = Skipped.unlisted("claims", 7)


def report_of(*skipped: Skipped) -> Report:
    return Report("dprk-russia", "1.0.0", {"claims": 9}, skipped)


def test_what_was_skipped_and_could_hide_an_error_does_not_pass() -> None:
    assert report_of().passes()
    assert report_of(UNLISTED).passes()
    for consequence in (Consequence.NOT_CHECKED, Consequence.NOT_COMPARED):
        assert not report_of(UNLISTED, Skipped("x", "y", consequence)).passes()
    unwarned = report_of(Skipped("x", "y", Consequence.NOT_CHECKED_FOR_WARNINGS))
    assert (unwarned.passes(), unwarned.passes(strict=True)) == (True, False)


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_tells_what_was_skipped(form: str) -> None:
    told = FORMATS[form](report_of(SKIPPED, UNLISTED), Setting(rules=PACKAGE_RULES))
    assert "rule-of-thumb" in told
    assert "not checked" in told
    assert "could not be read" in told
    assert "7 further findings are not listed" in told
    assert "\x1b" not in told


def test_programs_are_told_that_not_everything_was_checked() -> None:
    setting = Setting(rules=PACKAGE_RULES)
    (run,) = json.loads(FORMATS["sarif"](report_of(SKIPPED, UNLISTED), setting))["runs"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [told["level"] for told in invocation["toolExecutionNotifications"]] == ["error", "note"]
    (passed,) = json.loads(FORMATS["sarif"](report_of(UNLISTED), setting))["runs"]
    assert passed["invocations"][0]["executionSuccessful"] is True
    assert 'errors="1"' in FORMATS["junit"](report_of(SKIPPED, UNLISTED), setting)
    assert "::error::not checked: rule-of-thumb" in FORMATS["github"](report_of(SKIPPED), setting)
    assert "rule-of-thumb" in render_summary(report_of(SKIPPED), setting)
    assert json.loads(FORMATS["json"](report_of(UNLISTED), setting))["skipped"] == [
        {
            "what": "more of claims",
            "why": "7 further findings are not listed",
            "consequence": "not listed",
        }
    ]


def test_a_rule_that_only_warns_hides_no_error_when_it_is_not_checked(
    specimen: Specimen, monkeypatch: pytest.MonkeyPatch
) -> None:
    warning = [rule for rule in rules.TABLE_RULES if rule.rule.severity == "warning"]
    monkeypatch.setattr(validation, "TABLE_RULES", tuple(warning))
    monkeypatch.setattr("dprk_russia.record.run.MAX_PAIRS", 0)
    report = validate(specimen.folder)
    assert {skipped.hides for skipped in report.skipped} == {"warning"}
    assert (report.findings, report.passes(), report.passes(strict=True)) == ((), True, False)


def test_a_rule_whose_figures_are_too_many_to_compare_does_not_pass(
    specimen: Specimen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dprk_russia.record.run.MAX_PAIRS", 0)
    report = validate(specimen.folder)
    assert (report.findings, report.passes()) == ((), False)


def test_what_follows_from_a_finding_stands_beside_it(specimen: Specimen) -> None:
    empty(specimen.path("evidence"))
    report = validate(specimen.folder)
    assert report.counts == {"error": 1, "warning": 0}
    assert Skipped("evidence", "the table could not be read") in report.skipped


def test_control_characters_in_a_descriptor_are_told_in_order(specimen: Specimen) -> None:
    specimen.change_descriptor(**dict.fromkeys(("g", "b", "f", "c", "e", "a", "d"), "\0"))
    found = [finding.message.partition(" ")[0] for finding in validate(specimen.folder).findings]
    assert found == [f'"{key}"' for key in "abcdefg"]
