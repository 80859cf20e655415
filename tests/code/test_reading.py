"""Reading: whatever a file holds, lines keep their numbers and nothing is raised."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dprk_russia.contract.package import installed_package
from dprk_russia.tabular.lines import MAX_LINE_BYTES, Faults, find_records, read_lines
from dprk_russia.tabular.reading import read_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dprk_russia.checks.faults import Specimen

TOPICS = installed_package().table("topics")
CELL = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=8)
COMMON = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def write(folder: Path, content: bytes) -> Path:
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "topics.csv").write_bytes(content)
    return folder


def _write_rows(rows: Sequence[Sequence[str]]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


@COMMON
@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1))
def test_well_formed_rows_are_read_as_the_csv_module_reads_them(
    tmp_path: Path, rows: list[tuple[str, str, str]]
) -> None:
    text = read_text(TOPICS, write(tmp_path, _write_rows([TOPICS.columns, *rows]).encode()))
    read = text.frame.fillna("").to_numpy().tolist()
    assert read == [list(row) for row in rows]
    assert list(text.frame.index) == list(range(2, len(rows) + 2))


@COMMON
@given(st.text('ab,"\n\r') | st.lists(st.tuples(CELL, CELL, CELL)).map(_write_rows))
def test_a_file_without_findings_is_read_as_the_csv_module_reads_it(tmp_path: Path, content: str) -> None:
    content = f"topic_id,name,definition\n{content}"
    text = read_text(TOPICS, write(tmp_path, content.encode()))
    rows = list(csv.reader(io.StringIO(content, newline=""), strict=True)) if not text.findings else []
    assert text.findings or text.frame.fillna("").to_numpy().tolist() == rows[1:]


@COMMON
@given(st.binary(max_size=200) | st.text('a,"\n\r\0é\ufeff').map(str.encode))
def test_no_content_of_a_file_raises(tmp_path: Path, content: bytes) -> None:
    for start in (b"", b"topic_id,name,definition\n"):
        text = read_text(TOPICS, write(tmp_path, start + content))
        assert text.readable or text.findings


def test_lines_after_a_cell_with_line_breaks_keep_their_numbers(specimen: Specimen) -> None:
    specimen.edit("actors", "Newspaper", '"News\n\npaper"')
    text = read_text(installed_package().table("actors"), specimen.folder)
    assert text.frame["actor_id"].loc[6] == "institute"
    assert [(f.rule, f.line) for f in text.findings] == [("newline-in-cell", 3)]


def test_an_unclosed_quote_hides_nothing_below_it(specimen: Specimen) -> None:
    specimen.edit("actors", "Newspaper", '"Newspaper')
    specimen.edit("actors", "Q212", 'Q"212')
    text = read_text(installed_package().table("actors"), specimen.folder)
    assert [(f.rule, f.line) for f in text.findings] == [("unclosed-quote", 3), ("unclosed-quote", 11)]
    assert "institute" in set(text.frame["actor_id"])


@pytest.mark.parametrize(
    ("header", "readable"), [('topic_id,name,"definition', True), ('topic_id,na"me,definition', False)]
)
def test_a_torn_header_hides_no_row_if_its_names_can_be_told(
    tmp_path: Path, header: str, *, readable: bool
) -> None:
    text = read_text(TOPICS, write(tmp_path, f"{header}\narms,Arms,Munitions.\n".encode()))
    assert [(finding.rule, finding.line) for finding in text.findings] == [("unclosed-quote", 1)]
    assert (text.readable, len(text.frame)) == (readable, int(readable))


def test_namibia_is_not_a_missing_value(specimen: Specimen) -> None:
    specimen.set("actors", "gazette", country="NA")
    text = read_text(installed_package().table("actors"), specimen.folder)
    assert text.frame["country"].loc[3] == "NA"
    assert pd.isna(text.frame["parent_id"].loc[3])


def test_a_header_of_a_thousand_columns_is_one_finding(tmp_path: Path) -> None:
    text = read_text(TOPICS, write(tmp_path, ",".join(f"c{n}" for n in range(1000)).encode() + b"\n"))
    assert [f.rule for f in text.findings] == ["extra-column"]
    assert not text.readable


def test_an_endless_cell_below_a_header_with_a_comma_too_many_raises_nothing(tmp_path: Path) -> None:
    content = b"topic_id,name,definition,\n" + b"x" * 1_000_000 + b",a,b\n"
    text = read_text(TOPICS, write(tmp_path, content))
    assert "cell-too-large" in {finding.rule for finding in text.findings}


def test_a_file_of_too_many_lines_is_one_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dprk_russia.tabular.lines.MAX_LINES", 99)
    text = read_text(TOPICS, write(tmp_path, b"topic_id,name,definition\n" + b"\n" * 100))
    assert [(f.rule, f.message) for f in text.findings] == [
        ("file-too-large", "The file has more than 99 lines.")
    ]
    assert not text.readable


@pytest.mark.parametrize(
    ("content", "rule", "line"),
    [
        (b"", "empty-file", None),
        (b" \n\t\n", "empty-file", None),
        (b"\ntopic_id,name,definition\n", "empty-file", 1),
        (b"topic_id;name;definition\n", "wrong-delimiter", 1),
        (b"topic_id,na\x07me,definition\n", "not-utf8", 1),
        (b"\xfftopic_id,name,definition\n", "not-utf8", 1),
        (b"topic_id,name,definition" + b"x" * MAX_LINE_BYTES + b"\n", "cell-too-large", 1),
    ],
)
def test_a_file_without_a_header_is_one_finding_in_its_first_line_if_it_has_one(
    tmp_path: Path, content: bytes, rule: str, line: int | None
) -> None:
    text = read_text(TOPICS, write(tmp_path, content))
    assert [(finding.rule, finding.line) for finding in text.findings] == [(rule, line)]
    assert not text.readable


@pytest.mark.parametrize(("rows", "listed", "unlisted"), [(1, 1, 0), (2, 2, 0), (3, 2, 1), (5, 2, 3)])
def test_findings_that_are_too_many_to_list_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, listed: int, unlisted: int
) -> None:
    monkeypatch.setattr("dprk_russia.tabular.lines.MAX_ALIKE", 2)
    text = read_text(TOPICS, write(tmp_path, b"topic_id,name,definition\n" + b"arms\n" * rows))
    assert [(finding.rule, finding.line) for finding in text.findings] == [
        ("ragged-row", line) for line in range(2, listed + 2)
    ]
    assert text.unlisted == unlisted


@pytest.mark.parametrize("size", [1, 5, 6, 7, 12, 1000])
def test_lines_are_records_however_many_are_looked_at_in_one_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr("dprk_russia.tabular.lines.BLOCK_BYTES", size)
    file = tmp_path / "table.csv"
    file.write_text('a\na,"b"\n\n"a,b"\n"a,b",c\n,\na"b,c\na,b,c\n"a"", b",c\n', encoding="utf-8")
    found = find_records(read_lines(file, Faults(TOPICS)), 2).tolist()
    assert found == [False, True, False, False, True, True, False, False, True]


def test_a_line_of_one_sign_is_a_record(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    for content, width in (("a\nb\n", 1), (",\n,\n", 2)):
        file.write_text(content, encoding="utf-8")
        assert find_records(read_lines(file, Faults(TOPICS)), width).all()


def test_a_last_column_that_the_schema_lacks_is_no_sign_of_a_file_that_breaks_off(tmp_path: Path) -> None:
    text = read_text(TOPICS, write(tmp_path, b"topic_id,name,definition,more\narms,Arms,Munitions.,1"))
    assert [finding.rule for finding in text.findings] == ["extra-column", "line-ending"]
    assert (text.torn, text.ended, len(text.frame)) == (False, False, 1)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"topic_id,na", [("table-cut", 1)]),
        (b"topic_id,name,definition", [("line-ending", 1)]),
        (b"topic_id,name,definition,more", [("extra-column", 1), ("line-ending", 1)]),
        (b"topic_id,name\n", [("missing-column", 1)]),
        (b"topic_id,name\narms,Arms", [("missing-column", 1), ("line-ending", 2)]),
    ],
    ids=["inside it", "behind it", "behind one name more", "no row", "a row"],
)
def test_a_file_breaks_off_inside_its_header_only_where_nothing_follows_that(
    tmp_path: Path, content: bytes, found: list[tuple[str, int]]
) -> None:
    text = read_text(TOPICS, write(tmp_path, content))
    assert [(finding.rule, finding.line) for finding in text.findings] == found


@pytest.mark.parametrize(("beyond", "rule"), [(0, "extra-column"), (1, "cell-too-large")])
def test_a_header_may_be_as_long_as_any_line_and_no_longer(tmp_path: Path, beyond: int, rule: str) -> None:
    header = b"topic_id,name,definition,".ljust(MAX_LINE_BYTES + beyond, b"x")
    text = read_text(TOPICS, write(tmp_path, header + b"\n"))
    assert [finding.rule for finding in text.findings] == [rule]
    assert text.readable is (beyond == 0)


def test_a_file_may_end_inside_a_record_of_several_lines(tmp_path: Path) -> None:
    text = read_text(TOPICS, write(tmp_path, b'topic_id,name,definition\narms,"Ar\nms",Munitions.'))
    assert [(finding.rule, finding.line) for finding in text.findings] == [
        ("newline-in-cell", 2),
        ("line-ending", 3),
    ]
    assert text.torn is False


def test_carriage_returns_are_told_once_with_the_line_of_the_first(tmp_path: Path) -> None:
    content = b"topic_id,name,definition\narms,Arms,Munitions.\r\noil,Oil,Fuel.\r\n"
    (found,) = read_text(TOPICS, write(tmp_path, content)).findings
    assert (found.rule, found.line) == ("line-ending", 2)
    assert found.message == "The file has 2 carriage returns; the first is here."
