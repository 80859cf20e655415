"""Hostile input: whatever a stranger puts into a package is a finding, within bounds, and never reaches the network."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from dprk_russia.checks.reports import FORMATS, Setting, render_summary
from dprk_russia.checks.validation import validate
from dprk_russia.contract.findings import PACKAGE_RULES, Report, Rule
from dprk_russia.contract.package import MAX_FILE_BYTES, inspect_package, installed_package
from dprk_russia.contract.strict_json import JsonError, parse_object
from dprk_russia.tabular.canon import UntidyError, canonise

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dprk_russia.checks.faults import Specimen

pytestmark = pytest.mark.slow

HOSTILE_TEXT = "\n::error::x\x1b[31m\u202e<img src=x>"


def rules(specimen: Specimen) -> list[str]:
    return [finding.rule for finding in validate(specimen.folder).findings]


def replace_table(specimen: Specimen, make: Callable[[Path], object]) -> None:
    """Put something else in the place of a table nobody refers to."""
    path = specimen.path("retired_ids")
    path.unlink()
    make(path)


# Files


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda path: path.symlink_to("/etc/passwd"), "unsafe-path"),
        (lambda path: path.symlink_to("../../outside.csv"), "unsafe-path"),
        (lambda path: path.symlink_to("/dev/zero"), "unsafe-path"),
        (lambda path: path.symlink_to("nowhere.csv"), "missing-file"),
        (lambda path: path.symlink_to(path), "missing-file"),
        (os.mkfifo, "missing-file"),
        (lambda path: path.mkdir(), "missing-file"),
    ],
    ids=["link-out", "relative-link-out", "device", "dangling", "loop", "fifo", "folder"],
)
def test_what_is_no_regular_file_inside_the_package_is_never_opened(
    specimen: Specimen, make: Callable[[Path], object], rule: str
) -> None:
    (specimen.folder.parent / "outside.csv").write_text("secret\n")
    replace_table(specimen, make)
    assert rules(specimen) == [rule]


@pytest.mark.skipif(not hasattr(os, "mknod") or os.geteuid() != 0, reason="only root makes devices")
def test_a_device_in_the_package_is_never_opened(specimen: Specimen) -> None:
    try:
        replace_table(specimen, lambda path: os.mknod(path, 0o020666, os.makedev(1, 5)))
    except PermissionError:
        pytest.skip("devices cannot be made here")
    assert rules(specimen) == ["missing-file"]


def test_a_folder_linked_from_outside_tells_nothing_of_what_lies_there(specimen: Specimen) -> None:
    outside = specimen.folder.parent / "outside"
    (specimen.folder / "data").rename(outside)
    (outside / "secret.csv").write_text("secret\n")
    (specimen.folder / "data").symlink_to(outside)
    findings = validate(specimen.folder).findings
    assert {finding.rule for finding in findings} == {"unsafe-path"}
    assert "secret" not in str(findings)


def test_a_descriptor_linked_from_outside_is_not_read(specimen: Specimen) -> None:
    descriptor = specimen.folder / "datapackage.json"
    descriptor.rename(specimen.folder.parent / "outside.json")
    descriptor.symlink_to("../outside.json")
    assert rules(specimen) == ["unsafe-path"]


def test_a_name_of_a_file_that_is_no_text_can_be_reported(specimen: Specimen) -> None:
    place = os.fsencode(specimen.folder / "data") + b"/\xff\n::error::.csv"
    with open(place, "wb"):  # noqa: PTH123
        pass
    report = validate(specimen.folder)
    assert [finding.rule for finding in report.findings] == ["unlisted-file"]
    for render in FORMATS.values():
        assert "\n::error::." not in render(report, Setting(rules=PACKAGE_RULES)).encode().decode()


@pytest.mark.parametrize("measured", [{}, {"bytes": 7}])
def test_a_file_beyond_the_limit_is_not_read(specimen: Specimen, measured: dict[str, int]) -> None:
    specimen.change_resource("retired_ids", **measured)
    with specimen.path("retired_ids").open("r+b") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    assert rules(specimen) == ["file-too-large"]


MEASURE = """
import re, sys
from pathlib import Path
from dprk_russia.checks.validation import validate
findings = validate(Path(sys.argv[1])).findings
print(*sorted({finding.rule for finding in findings}))
# getrusage would count the process that started this one too.
print(int(re.search(r"VmHWM:\\s*([0-9]+) kB", Path("/proc/self/status").read_text())[1]) * 1024)
"""


@pytest.mark.parametrize("quote", ["", '"'])
def test_an_endless_cell_takes_memory_in_proportion(specimen: Specimen, quote: str) -> None:
    size = 100_000_000
    header = specimen.path("retired_ids").read_text().split("\n")[0]
    with specimen.path("retired_ids").open("w") as file:
        file.write(f"{header}\n{quote}")
        file.write("x" * size + "\n")
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, str(specimen.folder)], capture_output=True, text=True, check=True
    )
    found, peak = run.stdout.splitlines()
    assert found == "cell-too-large"
    assert int(peak) < 6 * size


@pytest.mark.parametrize(
    "content",
    [
        b"," * 1_000_000 + b"\n",
        b"old_id" + b",x" * 40_000 + b"\n",
        b"old_id,table\n" + b"," * 1_000_000 + b"\n",
        b'"' * 1_000_000,
        b"\n" * 1_000_000,
        b"\r" * 1_000_000,
        b"\0" * 1_000_000,
        b"old\0_id,table\n",
        "old_id,table\n".encode("utf-16"),
        "old_id,table\n".encode("utf-32"),
        "old_id,t\u202eable\n".encode(),
        "\u043eld_id,table\n".encode(),
    ],
    ids=[
        "columns", "long-header", "cells", "quotes", "lines", "returns", "nulls", "null", "utf-16", "utf-32", "bidi", "cyrillic",
    ],
)  # fmt: skip
def test_a_file_that_is_hardly_a_table_gives_few_findings(specimen: Specimen, content: bytes) -> None:
    specimen.path("retired_ids").write_bytes(content)
    assert 1 <= len(validate(specimen.folder).findings) <= 10


def test_a_header_with_a_stray_quote_does_not_pass(specimen: Specimen) -> None:
    specimen.edit("claim_actors", "claim_id,actor_id,role", 'claim_id,""actor_id,role')
    assert rules(specimen)


# Descriptor and schemas


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/claims.csv", "file:///etc/passwd", "data:text/csv,a", "//evil.example/x.csv", "C:\\x.csv",
        "data\\claims.csv", "data/../../x.csv", "~/x.csv", "data/\u202ex.csv", "data/x.csv\0", "data/x.csv\n", "x" * 5_000, "/dev/zero",
    ],
)  # fmt: skip
@pytest.mark.parametrize("role", ["path", "schema"])
def test_a_path_that_is_not_plain_is_one_finding(specimen: Specimen, role: str, path: str) -> None:
    descriptor = specimen.descriptor()
    descriptor["resources"][-1][role] = path
    specimen.save_descriptor(descriptor)
    assert rules(specimen) == ["unsafe-path"]


@pytest.mark.parametrize(
    "content",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"a": ' + "[" * 400 + "]" * 400 + "}",
        '{"version": ' + "9" * 1_000_000 + "}",
        '{"version": 1e999}',
        '{"version": NaN}',
        '{"version": "\\ud800"}',
        '{"a": 1, "a": 2}',
        '{"name": "\0"}',
        "{",
        "",
    ],
)
def test_a_descriptor_that_is_no_plain_json_is_a_finding(specimen: Specimen, content: str) -> None:
    (specimen.folder / "datapackage.json").write_text(content)
    assert set(rules(specimen)) <= {"descriptor-invalid", "version-form"}
    assert rules(specimen)


def test_of_a_wrong_version_the_first_80_characters_are_told(specimen: Specimen) -> None:
    version = "".join(map(str, range(100)))
    specimen.change_descriptor(version=version)
    (found,) = inspect_package(specimen.folder)[1]
    assert (found.rule, found.message) == ("version-form", f'The version is "{version[:79]}.')


@pytest.mark.parametrize(("role", "path"), [("path", ""), ("path", ["a.csv", "b.csv"]), ("schema", "")])
def test_a_table_without_one_path_is_told_in_the_descriptor(
    specimen: Specimen, role: str, path: object
) -> None:
    specimen.change_resource("topics", **{role: path})
    found = [(finding.rule, finding.message) for finding in inspect_package(specimen.folder)[1]]
    assert ("descriptor-invalid", f'The {role} of "topics" is missing or not the path of one file.') in found


def test_a_repeated_key_among_many_is_found_in_one_pass() -> None:
    keys = ",".join(f'"{number}":0' for number in range(300_000))
    with pytest.raises(JsonError, match='The key "299999" stands twice'):
        parse_object(f'{{{keys},"299999":0}}'.encode())


def _many_resources(descriptor: dict[str, Any]) -> None:
    descriptor["resources"] += [
        {**descriptor["resources"][0], "name": f"copy{number}"} for number in range(10_000)
    ]


def _same_name(descriptor: dict[str, Any]) -> None:
    descriptor["resources"][-1]["name"] = descriptor["resources"][0]["name"]


def _same_path(descriptor: dict[str, Any]) -> None:
    descriptor["resources"][-1]["path"] = descriptor["resources"][0]["path"]


def _many_properties(descriptor: dict[str, Any]) -> None:
    descriptor["resources"][-1].update({f"{number}": 0 for number in range(100_000)})


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        (_many_resources, {"descriptor-invalid", "unsafe-path"}),
        (_same_name, {"descriptor-invalid"}),
        (_same_path, {"unsafe-path"}),
        (_many_properties, {"descriptor-invalid"}),
    ],
)
def test_a_descriptor_that_repeats_itself_gives_few_findings(
    specimen: Specimen, harm: Callable[[dict[str, Any]], None], expected: set[str]
) -> None:
    descriptor = specimen.descriptor()
    harm(descriptor)
    specimen.save_descriptor(descriptor)
    found = rules(specimen)
    assert set(found) == expected
    assert len(found) <= 200


def _retired(specimen: Specimen, harm: Callable[[dict[str, Any]], object]) -> None:
    schema = specimen.schema("retired_ids")
    harm(schema)
    specimen.save_schema("retired_ids", schema)


LONG = "x" * 100_000


@pytest.mark.parametrize(
    "harm",
    [
        lambda s: s["fields"][0].update(name=LONG, **{f"{n}": 0 for n in range(10_000)}),
        lambda s: s.update({f"{n}{HOSTILE_TEXT}": 0 for n in range(10_000)}),
        lambda s: s.update(fields=s["fields"] * 1_000),
        lambda s: s["fields"][0].update(example=LONG),
        lambda s: s["fields"][0].update(format=[[]]),
        lambda s: s["fields"][0].update(name={"a": []}),
        lambda s: s["fields"][0]["constraints"].update(pattern="(" * 400),
        lambda s: s["fields"][0]["constraints"].update(pattern="a{99999999999999999999}"),
        lambda s: s["fields"][0]["constraints"].update(pattern="a|" * 100_000),
        lambda s: s["fields"][0]["constraints"].update(pattern="((a{99}){99}){99}"),
        lambda s: s["fields"][5]["constraints"].update(maxLength=10**4000),
        lambda s: s["fields"][2]["categories"].extend({"value": f"{n}", "label": "x"} for n in range(10_000)),
        lambda s: s["fields"][2]["categories"].append({"value": LONG, "label": "x"}),
        lambda s: s["fields"][0].update(categories=None),
        lambda s: s.update(uniqueKeys=[["old_id", "note"]] * 100_000),
        lambda s: s.update(foreignKeys=[None] * 100_000),
    ],
)
def test_a_schema_that_is_a_trap_gives_few_and_short_findings(
    specimen: Specimen, harm: Callable[[dict[str, Any]], object]
) -> None:
    _retired(specimen, harm)
    findings = validate(specimen.folder).findings
    assert {finding.rule for finding in findings} == {"schema-invalid"}
    assert len(findings) <= 200
    assert sum(len(finding.message) for finding in findings) <= 100_000


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(.*)*x", "([a-z]+)*[0-9]"])
def test_a_pattern_that_makes_engines_backtrack_is_evaluated_in_linear_time(
    specimen: Specimen, pattern: str
) -> None:
    _retired(specimen, lambda s: s["fields"][0]["constraints"].update(pattern=pattern))
    specimen.set("retired_ids", "C00099", old_id="a" * 5_000 + "!")
    assert rules(specimen) == ["pattern"]


def test_a_long_list_of_codes_is_not_repeated_for_every_wrong_cell(specimen: Specimen) -> None:
    codes = [
        f"{number:03}".translate(str.maketrans("0123456789", "abcdefghij")) * 30 for number in range(1_000)
    ]

    def harm(schema: dict[str, Any]) -> None:
        field = schema["fields"][2]
        field["categories"] = [{"value": code, "label": "x"} for code in codes]
        field["constraints"]["enum"] = codes

    _retired(specimen, harm)
    header, row = specimen.rows("retired_ids")
    rows = [[f"C{number + 500:05}", *row[1:2], "\u4e00" * 30_000, *row[3:]] for number in range(100)]
    specimen.save("retired_ids", [header, *rows])
    findings = validate(specimen.folder).findings
    assert [finding.rule for finding in findings] == ["enum"] * 100
    assert max(len(f"{finding.message}{finding.hint}") for finding in findings) <= 1_000


# Cells


@pytest.mark.parametrize(
    ("table", "key", "column", "value", "rule"),
    [
        ("claims", "C00008", "claim_id", "\u042100008", "pattern"),
        ("topics", "arms", "topic_id", "\u0430rms", "pattern"),
        ("claims", "C00008", "kind", "\u0430ssessment", "enum"),
        ("claims", "C00008", "kind", "assess\u200bment", "bidi-character"),
        ("claims", "C00008", "kind", "assessment\u202e", "bidi-character"),
        ("claims", "C00008", "claim_id", "C00008\u2060", "bidi-character"),
        ("sources", "gazette-2024-12-16", "url", "javascript:alert(1)//https://a.example", "url-form"),
        ("sources", "gazette-2024-12-16", "url", "data:text/html;base64,PHNjcmlwdD4=", "url-form"),
        ("sources", "gazette-2024-12-16", "url", "JaVaScRiPt:alert(1)", "url-form"),
        ("sources", "gazette-2024-12-16", "url", "https://gazette.example@evil.example/", "url-form"),
        ("actors", "gazette", "name", "+cmd|' /C calc'!A0", "formula-cell"),
    ],
)
def test_a_cell_that_is_not_what_it_looks_like_is_one_finding(
    specimen: Specimen, table: str, key: str, column: str, value: str, rule: str
) -> None:
    specimen.set(table, key, **{column: value})
    assert rules(specimen) == [rule]


def test_a_letter_that_looks_like_another_is_named(specimen: Specimen) -> None:
    specimen.set("claims", "C00008", kind="\u0430ssessment")
    (finding,) = validate(specimen.folder).findings
    assert "Character 1 is CYRILLIC SMALL LETTER A (U+0430)." in finding.message
    assert finding.hint == "Did you mean assessment?"


# Reports


@pytest.mark.parametrize("form", ["text", "github"])
def test_no_text_of_a_stranger_begins_a_line_of_a_report(specimen: Specimen, form: str) -> None:
    descriptor = specimen.descriptor()
    descriptor["name"] = descriptor["version"] = HOSTILE_TEXT
    descriptor["resources"][-1][HOSTILE_TEXT] = HOSTILE_TEXT
    descriptor["resources"][0]["name"] = HOSTILE_TEXT
    specimen.save_descriptor(descriptor)
    _retired(specimen, lambda s: s.update({HOSTILE_TEXT: 0}))
    report = validate(specimen.folder)
    rendered = FORMATS[form](report, Setting(rules=PACKAGE_RULES))
    assert "\n::error::x" not in rendered
    assert len(report.findings) >= 3
    assert "<img" not in render_summary(report, Setting(rules=PACKAGE_RULES))


def test_a_report_in_text_shows_what_a_terminal_would_obey() -> None:
    finding = Rule("r", "cell", "error", "s", "h").found(HOSTILE_TEXT, path="data/\x1b.csv", line=1)
    text = FORMATS["text"](Report("p", "1.0.0", {}, (), (finding,)), Setting(rules=()))
    assert text.splitlines()[0] == ("data/\\x1b.csv:1: error r: \\n::error::x\\x1b[31m\\u202e<img src=x> h")


# Tidying


FIGURES = installed_package().table("economic_figures")


@pytest.mark.parametrize(
    "cell", ["\u0663", "\uff11\uff12", "1234567890123456789012345678901234567", "9" * 400, "1e99", "-", "."]
)
def test_tidying_a_number_loses_no_digit_and_raises_nothing(cell: str) -> None:
    tidied = canonise(FIGURES, f"value\n{cell}\n".encode()).decode().split("\n")[1]
    assert tidied == (cell if cell != "1e99" else "1" + "0" * 99)


@pytest.mark.parametrize("name", ["\ufeffvalue", "val\rue", "val\nue", "val\0ue", "val\u202eue"])
def test_a_header_that_cannot_be_printed_is_left_as_it_is(name: str) -> None:
    with pytest.raises(UntidyError, match="cannot be printed"):
        canonise(FIGURES, f'\ufeff"{name}",note\n1,x\n'.encode())


# Network


def test_nothing_ever_reaches_for_the_network(specimen: Specimen, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was reached for")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    address = "https://evil.example/x.json"
    assert rules(specimen) == []
    schema = specimen.schema("retired_ids")
    specimen.save_schema("retired_ids", {**schema, "$schema": address, "description": address})
    for column in ("name", "definition"):
        specimen.set("topics", "arms", **{column: address})
    descriptor = {**specimen.descriptor(), "$schema": address, "homepage": address, "profile": address}
    specimen.save_descriptor(descriptor)
    assert rules(specimen) == []
    for resource in descriptor["resources"]:
        resource["path"] = resource["schema"] = resource["dialect"] = address
    specimen.save_descriptor(descriptor)
    assert set(rules(specimen)) == {"unsafe-path", "descriptor-invalid"}
    (specimen.folder / "datapackage.json").write_text(json.dumps({"$ref": address, "resources": address}))
    assert set(rules(specimen)) == {"version-form", "descriptor-invalid"}
