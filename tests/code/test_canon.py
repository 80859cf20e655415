"""The canonical form: reached in one step, with nothing lost, and never by guessing."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dprk_russia.checks.validation import validate
from dprk_russia.contract.package import installed_package
from dprk_russia.tabular.canon import UntidyError, canonise, insert_row, replace_files

if TYPE_CHECKING:
    from conftest import Run

    from dprk_russia.checks.faults import Specimen

PACKAGE = installed_package()
TOPICS = PACKAGE.table("topics")
FIGURES = PACKAGE.table("economic_figures")
CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=10)
ROWS = st.lists(st.tuples(CELL, CELL, CELL))


def write(rows: list[tuple[str, ...]], **dialect: object) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, **dialect).writerows([TOPICS.columns, *rows])  # type: ignore[arg-type]
    return buffer.getvalue().encode()


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def plain(row: tuple[str, ...]) -> list[str]:
    return [" ".join(unicodedata.normalize("NFC", cell).split()) for cell in row]


@given(ROWS, st.sampled_from(["\n", "\r\n"]), st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
def test_tidying_twice_is_tidying_once_and_loses_no_cell(
    rows: list[tuple[str, ...]], ends: str, quoting: int
) -> None:
    once = canonise(TOPICS, write(rows, lineterminator=ends, quoting=quoting))
    assert canonise(TOPICS, once) == once
    assert sorted(read(once)[1:]) == sorted(map(plain, rows))
    assert b"\r" not in once


@pytest.mark.parametrize("table", PACKAGE.tables, ids=lambda table: table.name)
def test_the_data_of_the_project_are_in_canonical_form(table: object) -> None:
    content = (PACKAGE.folder / table.path).read_bytes()  # type: ignore[attr-defined]
    assert canonise(table, content) == content  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("12 000", "12000"),
        ("1,234,567", "1234567"),
        ("1_000", "1000"),
        ("30.0", "30"),
        ("1.7E9", "1700000000"),
        ("+5", "5"),
        ("-0.50", "-0.5"),
        ("0.0", "0"),
        ("1,100", "1,100"),
        ("1.100,5", "1.100,5"),
        ("about 5", "about 5"),
    ],
)
def test_a_number_is_rewritten_only_if_it_has_one_reading(written: str, canonical: str) -> None:
    assert canonise_cell("value", written) == canonical


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("2024/12/9", "2024-12-09"),
        ("2024.1.02", "2024-01-02"),
        ("2024-12", "2024-12"),
        ("01/02/2024", "01/02/2024"),
        ("2024/13/01", "2024/13/01"),
        ("19 Dec 2024", "19 Dec 2024"),
    ],
)
def test_a_date_is_rewritten_only_if_it_has_one_reading(written: str, canonical: str) -> None:
    assert canonise_cell("period_end", written) == canonical


def test_rows_are_sorted_by_every_part_of_their_key_and_by_nothing_else() -> None:
    links = PACKAGE.table("claim_links")
    rows = ("C2,denies,C1,a", "C1,updates,C3,b", "C1,denies,C9,c", "C1,updates,C2,z", "C1,updates,C2,d")
    content = "\n".join(["claim_id,relation,other_id,note", *rows, ""]).encode()
    assert canonise(links, content).decode().splitlines()[1:] == [
        "C1,denies,C9,c",
        "C1,updates,C2,z",
        "C1,updates,C2,d",
        "C1,updates,C3,b",
        "C2,denies,C1,a",
    ]


def test_columns_stand_in_the_order_of_the_schema_and_others_behind_them() -> None:
    content = b"x0,definition,topic_id,a,name\n1,Munitions.,arms,2,Arms\n"
    assert canonise(TOPICS, content) == b"topic_id,name,definition,x0,a\narms,Arms,Munitions.,1,2\n"


def test_rows_are_sorted_by_as_much_of_their_key_as_there_is() -> None:
    links = PACKAGE.table("claim_links")
    content = b"other_id,claim_id\nC3,C2\nC2,C2\nC9,C1\n"
    assert canonise(links, content) == b"claim_id,other_id\nC1,C9\nC2,C2\nC2,C3\n"


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ({"claim_id": "C1", "relation": "denies", "other_id": "C1"}, 2),
        ({"claim_id": "C1", "relation": "updates", "other_id": "C3"}, 3),
        ({"claim_id": "C2", "relation": "corroborates", "other_id": "C9"}, 4),
        ({"claim_id": "C2", "relation": "denies", "other_id": "C1"}, 5),
        ({"claim_id": "C2", "relation": "denies", "other_id": "C0"}, 4),
    ],
)
def test_a_row_is_inserted_at_the_place_of_its_whole_key(row: dict[str, str], line: int) -> None:
    links = PACKAGE.table("claim_links")
    content = b"claim_id,relation,other_id,note\nC1,updates,C2,\nC1,updates,C4,\nC2,denies,C1,\n"
    inserted, found = insert_row(links, content, row)
    lines = inserted.decode().splitlines()
    assert (found, lines[found - 1]) == (line, f"{row['claim_id']},{row['relation']},{row['other_id']},")
    assert [*lines[: line - 1], *lines[line:]] == content.decode().splitlines()


@pytest.mark.parametrize(
    "content",
    [
        b"topic_id,definition,name\n",
        b"\xef\xbb\xbftopic_id,name,definition\n",
        b"topic_id,name,definition\r\n",
        b"topic_id,name,definition",
    ],
)
def test_no_row_is_inserted_where_that_would_rewrite_others(content: bytes) -> None:
    with pytest.raises(UntidyError):
        insert_row(TOPICS, content, {"topic_id": "arms"})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"topic_id\na\n\xff\n", "line 3 is not in UTF-8"),
        (b"topic_id,name\n\n1\n", "line 3 has 1 cells; the header has 2"),
        (b"a,a\n", "a column stands twice in the header"),
        (b"a,\n", "a column of the header has no name"),
        (b"a,b\x07\n", "a column of the header holds a character that cannot be printed"),
        (b"", "the file is empty"),
        (b"a\n" + b"x" * 100_001 + b"\n", "line 2 is longer than 100,000 bytes"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(content: bytes, message: str) -> None:
    with pytest.raises(UntidyError) as error:
        canonise(TOPICS, content)
    assert str(error.value) == message


def test_a_line_of_the_greatest_length_is_read() -> None:
    assert canonise(TOPICS, b"a\n" + b"x" * 100_000 + b"\n").count(b"x") == 100_000


def canonise_cell(column: str, text: str) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, FIGURES.columns)
    writer.writeheader()
    writer.writerow({column: text})
    return read(canonise(FIGURES, buffer.getvalue().encode()))[1][FIGURES.columns.index(column)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"topic_id,name\n1\n",
        b"topic_id\n\xff\n",
        b'a,b\n"x,y\n',
        b"a,a\n1,2\n",
        b"a,\n1,2\n",
        b'a\n"x"y\n',
    ],
)
def test_what_has_no_single_reading_is_refused(content: bytes) -> None:
    with pytest.raises(UntidyError):
        canonise(TOPICS, content)


def _spoil(specimen: Specimen) -> None:
    """Do to a table what a spreadsheet does to it."""
    rows = specimen.rows("claims")
    at = rows[0].index("credibility")
    rows[1][at] = "3.0"
    rows[2][1] += "  "
    rows = [rows[0], *reversed(rows[1:])]
    with specimen.path("claims").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([*rows, []])


def test_tidy_mends_what_a_spreadsheet_spoils(specimen: Specimen, run: Run) -> None:
    before = specimen.path("claims").read_bytes()
    _spoil(specimen)
    assert validate(specimen.folder).findings
    assert run("tidy", specimen.folder, "--check") == (1, "data/claims.csv: is not in canonical form\n", "")
    assert run("tidy", specimen.folder) == (0, "data/claims.csv: rewritten\n", "")
    assert specimen.path("claims").read_bytes() == before
    assert (
        sorted(path.name for path in (specimen.folder / "data").iterdir() if path.name.startswith(".")) == []
    )


def test_tidy_leaves_a_file_it_cannot_take_apart(specimen: Specimen, run: Run) -> None:
    specimen.edit("actors", "Newspaper", '"Newspaper')
    before = Path(specimen.path("actors")).read_bytes()
    code, out, _ = run("tidy", specimen.folder)
    assert code == 1
    assert out.startswith("data/actors.csv: left as it is: line ")
    assert specimen.path("actors").read_bytes() == before


def test_several_files_are_replaced_only_after_all_are_written(tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_bytes(b"old")
    with pytest.raises(FileNotFoundError):
        replace_files({tmp_path / "claims.csv": b"new", tmp_path / "gone" / "evidence.csv": b"new"})
    assert [path.name for path in tmp_path.iterdir()] == ["claims.csv"]
    assert (tmp_path / "claims.csv").read_bytes() == b"old"
