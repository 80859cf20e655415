"""The workbook of a release: cells as they are, never formulas, within what Excel holds."""

from __future__ import annotations

import time
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from dprk_russia.checks.faults import Specimen
from dprk_russia.release import ReleaseError
from dprk_russia.release.edition import Edition, read_edition
from dprk_russia.release.formats import xlsx

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

NAMESPACE = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}

# Cells by sheet and place, and whether each is bold and wraps.
LOOKS = {
    ("README", "A1"): (True, False),
    ("README", "A3"): (True, False),
    ("README", "B3"): (False, True),
    ("estimates", "A1"): (True, True),
    ("codebook", "A2"): (False, False),
    ("codebook", "E2"): (False, True),
}


@pytest.fixture
def edition(specimen: Specimen) -> Edition:
    return read_edition(specimen.folder)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ET.Element]:
    """The parts of the workbook of the specimen."""
    folder = tmp_path_factory.mktemp("book")
    return read_parts(read_edition(Specimen(folder / "package").folder), folder)


def with_cells(edition: Edition, table: str, column: str, cells: list[object]) -> Edition:
    """Return an edition in which a table has a row for each cell, otherwise like its first row."""
    frame = edition.frames[table]
    series = pd.Series(cells, dtype=frame[column].dtype)
    frame = frame.iloc[[0] * len(cells)].reset_index(drop=True).assign(**{column: series})
    return replace(edition, frames={**edition.frames, table: frame})


def read_parts(edition: Edition, folder: Path) -> dict[str, ET.Element]:
    xlsx.write(edition, folder)
    with zipfile.ZipFile(folder / edition.name("xlsx")) as book:
        return {name: ET.fromstring(book.read(name)) for name in book.namelist()}  # noqa: S314


def list_sheets(parts: dict[str, ET.Element]) -> list[str]:
    return [
        sheet.attrib["name"] for sheet in parts["xl/workbook.xml"].iterfind("x:sheets/x:sheet", NAMESPACE)
    ]


def list_texts(parts: dict[str, ET.Element]) -> list[str]:
    return ["".join(item.itertext()) for item in parts["xl/sharedStrings.xml"].iterfind("x:si", NAMESPACE)]


def find_sheet(parts: dict[str, ET.Element], name: str) -> ET.Element:
    return parts[f"xl/worksheets/sheet{list_sheets(parts).index(name) + 1}.xml"]


def test_estimates_stand_first_then_other_frames_then_tables_then_the_codebook(
    edition: Edition, tmp_path: Path
) -> None:
    parts = read_parts(edition, tmp_path)
    others = [name for name in edition.views if name != "estimates"]
    assert list_sheets(parts) == ["README", "estimates", *others, *edition.frames, "codebook"]
    assert edition.package.version in list_texts(parts)


def test_heads_and_labels_are_bold_and_prose_wraps(book: dict[str, ET.Element]) -> None:
    fonts = book["xl/styles.xml"].findall("x:fonts/x:font", NAMESPACE)
    styles = book["xl/styles.xml"].findall("x:cellXfs/x:xf", NAMESPACE)

    def look_at(sheet: str, place: str) -> tuple[bool, bool]:
        cell = find_sheet(book, sheet).find(f".//x:c[@r='{place}']", NAMESPACE)
        assert cell is not None
        style = styles[int(cell.get("s", "0"))]
        is_bold = fonts[int(style.attrib["fontId"])].find("x:b", NAMESPACE) is not None
        return is_bold, style.find("x:alignment[@wrapText='1']", NAMESPACE) is not None

    assert {place: look_at(*place) for place in LOOKS} == LOOKS


def test_every_sheet_prints_as_wide_as_a_page_under_its_head(book: dict[str, ET.Element]) -> None:
    names = list_sheets(book)
    for number in range(1, len(names) + 1):
        sheet = book[f"xl/worksheets/sheet{number}.xml"]
        setup = sheet.find("x:pageSetup", NAMESPACE)
        fitting = sheet.find("x:sheetPr/x:pageSetUpPr", NAMESPACE)
        assert setup is not None
        assert fitting is not None
        assert (setup.attrib["orientation"], setup.attrib["fitToHeight"], setup.get("fitToWidth", "1")) == (
            "landscape",
            "0",
            "1",
        )
        assert fitting.attrib["fitToPage"] == "1"
    titles = [
        str(name.text)
        for name in book["xl/workbook.xml"].iterfind("x:definedNames/x:definedName", NAMESPACE)
        if name.attrib["name"] == "_xlnm.Print_Titles"
    ]
    assert sorted(titles) == sorted(f"{name}!$1:$1" for name in names if name != "README")


def test_a_column_has_room_for_its_name_and_the_button_beside_it(book: dict[str, ET.Element]) -> None:
    texts = list_texts(book)
    for name in list_sheets(book)[1:-1]:
        sheet = find_sheet(book, name)
        heads = [
            texts[int("".join(cell.itertext()))] for cell in sheet.iterfind(".//x:row[@r='1']/x:c", NAMESPACE)
        ]
        widths = [
            int(float(columns.attrib["width"]))
            for columns in sheet.iterfind("x:cols/x:col", NAMESPACE)
            for _ in range(int(columns.attrib["min"]), int(columns.attrib["max"]) + 1)
        ]
        assert len(widths) == len(heads)
        assert all(len(head) + 3 <= width <= 50 for head, width in zip(heads, widths, strict=True))


def test_rows_of_the_codebook_stand_at_the_top_of_their_lines(book: dict[str, ET.Element]) -> None:
    styles = book["xl/styles.xml"].findall("x:cellXfs/x:xf", NAMESPACE)
    tops = {
        str(number)
        for number, style in enumerate(styles)
        for alignment in style.iterfind("x:alignment", NAMESPACE)
        if alignment.get("vertical") == "top"
    }
    cells = find_sheet(book, "codebook").findall(".//x:c", NAMESPACE)
    assert {cell.attrib["r"][0] for cell in cells} == set("ABCDEFG")
    assert {cell.get("s") for cell in cells} <= tops


def test_two_writes_give_the_same_bytes_whatever_the_clock_and_the_time_zone(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / edition.name("xlsx")
    xlsx.write(edition, tmp_path)
    first = path.read_bytes()
    monkeypatch.setenv("TZ", "Asia/Pyongyang")
    time.tzset()
    time.sleep(1.1)
    xlsx.write(edition, tmp_path)
    monkeypatch.undo()
    time.tzset()
    assert path.read_bytes() == first


def test_the_file_says_the_date_of_the_package(edition: Edition, tmp_path: Path) -> None:
    facts = read_parts(edition, tmp_path)["docProps/core.xml"]
    assert [text for text in facts.itertext() if text[:2] == "20"] == [
        f"{edition.package.created}T00:00:00Z"
    ] * 2


def test_text_that_looks_like_something_else_is_text(edition: Edition, tmp_path: Path) -> None:
    texts: list[object] = [
        "=1+1", "{=1+1}", "+1", "@SUM(A1)", "007", "1e5", "TRUE", "2024", "2024-12-19", "#N/A", "http://example.org/",
        "mailto:a@example.org", "internal:'claims'!A1", "external:c.xlsx", "🚀", "북한", "a & b < c", 'say "x"',
        "<r><t>x</t></r>", "<r>&<f>1+1</f></r>", "<r></c></r>", "x" * xlsx.MAX_CHARACTERS, "<r>" + "x" * (xlsx.MAX_CHARACTERS - 3),
        "x" * (xlsx.MAX_CHARACTERS - 4) + "</r>",
    ]  # fmt: skip
    parts = read_parts(with_cells(edition, "claims", "statement", texts), tmp_path)
    assert set(texts) <= set(list_texts(parts))
    for name, part in parts.items():
        assert part.find(".//x:f", NAMESPACE) is None, name
        assert all(cell.get("t") in {"s", "b", None} for cell in part.iterfind(".//x:c", NAMESPACE)), name


def test_a_number_that_needs_more_digits_is_text(edition: Edition, tmp_path: Path) -> None:
    numbers: list[object] = [0.1, 0.1 + 0.2, 1e15, 123_456.12345678912, -0.5, 30.0]
    sheet = find_sheet(
        read_parts(with_cells(edition, "military_figures", "value_low", numbers), tmp_path),
        "military_figures",
    )
    column = list(edition.frames["military_figures"].columns).index("value_low")
    cells = [row.findall("x:c", NAMESPACE) for row in sheet.iterfind("x:sheetData/x:row", NAMESPACE)]
    name = cells[0][column].attrib["r"][:-1]
    found = [cell for row in cells[1:] for cell in row if cell.attrib["r"].rstrip("0123456789") == name]
    assert [cell.get("t") for cell in found] == [None, "s", None, "s", None, None]
    for cell, number in zip(found, numbers, strict=True):
        if cell.get("t") is None:
            assert float("".join(cell.itertext())) == number


def test_text_longer_than_a_cell_is_refused_with_its_place(edition: Edition, tmp_path: Path) -> None:
    for text in ("x" * (xlsx.MAX_CHARACTERS + 1), "🚀" * (xlsx.MAX_CHARACTERS // 2 + 1)):
        long = with_cells(edition, "claims", "statement", ["short", text])
        with pytest.raises(ReleaseError, match=r"claims, C00001, statement: .* 32,767 characters"):
            xlsx.write(long, tmp_path)
    assert not list(tmp_path.glob("*.xlsx"))


def test_a_table_with_more_rows_than_a_sheet_is_left_out_and_named(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = len(edition.frames["evidence"])
    assert rows == max(map(len, edition.frames.values()))
    monkeypatch.setattr(xlsx, "MAX_ROWS", rows - 1)
    parts = read_parts(edition, tmp_path)
    assert "evidence" not in list_sheets(parts)
    texts = list_texts(parts)
    assert any(text.startswith("Left out") for text in texts)
    cells = [
        (cell.attrib["r"], cell.findtext("x:v", "", NAMESPACE))
        for cell in find_sheet(parts, "README").iterfind(".//x:c", NAMESPACE)
    ]
    assert "evidence" in {texts[int(number)] for place, number in cells if place[0] == "A" and number}
    links = [link for part in parts.values() for link in part.iterfind(".//x:hyperlink", NAMESPACE)]
    assert links
    assert not [link for link in links if "'evidence'" in link.attrib["location"]]


def test_ids_are_plain_text_once_a_sheet_has_all_links_it_may_have(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(folder: Path) -> ET.Element:
        folder.mkdir()
        return find_sheet(read_parts(edition, folder), "evidence")

    whole = read(tmp_path / "whole")
    monkeypatch.setattr(xlsx, "MAX_LINKS", 3)
    limited = read(tmp_path / "limited")
    assert len(whole.findall(".//x:hyperlink", NAMESPACE)) > 3
    assert len(limited.findall(".//x:hyperlink", NAMESPACE)) == 3
    filled = [
        [cell.attrib["r"] for cell in sheet.iterfind(".//x:c", NAMESPACE)] for sheet in (whole, limited)
    ]
    assert filled[0] == filled[1]


def test_the_codebook_leads_to_the_heads_of_columns(edition: Edition, tmp_path: Path) -> None:
    links = find_sheet(read_parts(edition, tmp_path), "codebook").iterfind(".//x:hyperlink", NAMESPACE)
    targets = {link.attrib["location"] for link in links}
    heads = {
        xlsx._point(table.name, 0, n) for table, rows in edition.list_contents() for n in range(rows.shape[1])
    }
    assert targets == heads


def test_names_of_sheets_are_short_and_unique() -> None:
    long = "a" * 40
    tables = ["claims", "codebook", "readme", "history", long, long + "b", "a" * 29 + "_2", "a1"]
    sheets = xlsx.name_sheets(tables)
    assert list(sheets) == tables
    assert sheets["claims"] == "claims"
    assert sheets[long] == "a" * 31
    names = {name.lower() for name in sheets.values()}
    assert len(names) == len(tables)
    assert not names & {"readme", "codebook", "history"}
    assert max(map(len, names)) <= 31


def test_a_folder_that_cannot_be_written_is_an_os_error(edition: Edition, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        xlsx.write(edition, tmp_path / "missing")


def test_no_program_is_to_mark_text_of_digits_in_any_row(edition: Edition, tmp_path: Path) -> None:
    sheet = find_sheet(read_parts(edition, tmp_path), "claims")
    (ignored,) = sheet.iterfind("x:ignoredErrors/x:ignoredError", NAMESPACE)
    assert (ignored.attrib["sqref"], ignored.attrib["numberStoredAsText"]) == ("A2:XFD1048576", "1")
