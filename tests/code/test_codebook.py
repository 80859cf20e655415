"""The codebook: it says everything once, alike in every form, and no text of a stranger does anything in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import dprk_russia
from dprk_russia.contract.findings import PACKAGE_RULES as RULES
from dprk_russia.contract.package import DERIVED, installed_package
from dprk_russia.documents import Code, Grid, Heading, Paragraph, Row
from dprk_russia.documents.html import render_html
from dprk_russia.documents.markdown import render_markdown
from dprk_russia.documents.terminal import render_terminal
from dprk_russia.record.measures import describe_frames, read_measures
from dprk_russia.release.documents.codebook import write, write_codebook, write_part, write_share
from dprk_russia.release.edition import Edition, read_edition

if TYPE_CHECKING:
    from pathlib import Path

    from dprk_russia.checks.faults import Specimen
    from dprk_russia.contract.schema import Table

VOID = {"meta", "br", "img", "input", "link", "hr"}
HOSTILE = "\"><script>alert('x')</script> | [a](javascript:b) `c` \u202e\x1b[31m\x00 {curly}"


class Page(HTMLParser):
    """A page taken apart: its elements, its anchors, its links, and whether every element is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.faults: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if len(dict(attrs)) != len(attrs):
            self.faults.append(f"an attribute of {tag} stands twice")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes what is not open")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def values(self, attribute: str) -> list[str]:
        return [str(attrs[attribute]) for _, attrs in self.tags if attribute in attrs]

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


@pytest.fixture(scope="module")
def page(edition: Edition) -> Page:
    return Page(render_html(write_codebook(edition)))


@pytest.mark.parametrize("view", describe_frames(installed_package()), ids=lambda v: v.name)
def test_a_derived_frame_holds_what_is_declared_of_it(edition: Edition, view: Table) -> None:
    frame = edition.views[view.name]
    assert list(frame.columns) == list(view.columns)
    for field in view.fields:
        cells = frame[field.name]
        assert pd.api.types.is_bool_dtype(cells) == (field.form == "boolean")
        assert pd.api.types.is_datetime64_dtype(cells) == (field.form == "day")
        assert (str(cells.dtype) == "Int64") == (field.form == "integer")
        assert (str(cells.dtype) == "Float64") == (field.form == "number")
        assert cells.notna().all() or not field.required
        assert field.description.endswith(".")
    if view.primary_key:
        assert not frame[list(view.primary_key)].duplicated().any()


@pytest.mark.parametrize("view", describe_frames(installed_package()), ids=lambda v: v.name)
def test_a_reference_of_a_derived_frame_holds_ids_of_its_table(edition: Edition, view: Table) -> None:
    for key in view.foreign_keys:
        ids = set(edition.frames[key.table][key.reference])
        assert set(edition.views[view.name][key.column].dropna()) <= ids


def test_no_table_can_take_the_name_of_a_measure() -> None:
    assert read_measures().keys() == DERIVED


def test_describe_tells_of_derived_frames_too() -> None:
    columns = dprk_russia.describe("assessments")
    assert list(columns.index) == list(dprk_russia.assessments().columns)
    assert columns.loc["misreported", "type"] == "boolean"
    assert dprk_russia.describe("echoes").loc["speaker_id", "references"] == "actors"


def test_the_page_is_well_formed_and_its_anchors_are_unique(page: Page) -> None:
    assert page.faults == []
    assert page.open == []
    anchors = page.values("id")
    assert len(set(anchors)) == len(anchors)


def test_every_link_of_the_page_leads_to_an_anchor_of_it(page: Page) -> None:
    links = page.values("href")
    assert len(links) > 100
    assert {link for link in links if link[:1] != "#" or link[1:] not in page.values("id")} == set()


def test_the_page_asks_for_nothing_and_runs_nothing(page: Page) -> None:
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "link", "img", "iframe", "object", "form"}
    assert not any(name.startswith("on") or name == "src" for _, attrs in page.tags for name in attrs)
    assert not re.search(r"url\(|@import", "".join(page.words))


def test_every_head_of_the_page_says_what_it_heads(page: Page) -> None:
    assert {attrs.get("scope") for tag, attrs in page.tags if tag == "th"} == {"col", "row"}
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_every_column_reference_code_measure_and_rule_stands_on_the_page(
    edition: Edition, page: Page
) -> None:
    anchors, links, words = set(page.values("id")), set(page.values("href")), set(page.words)
    for table in (*edition.package.tables, *describe_frames(edition.package)):
        assert {table.name, *(f"{table.name}.{column}" for column in table.columns)} <= anchors
        assert {f"#{key.table}.{key.reference}" for key in table.foreign_keys} <= links
        for field in table.fields:
            assert field.description in words
            assert {category.label for category in field.categories} <= words
    assert {f"indicator-{one}" for one in edition.frames["indicators"]["indicator_id"]} <= anchors
    assert {f"part-{one}" for one in edition.frames["parts"]["part_id"]} <= anchors
    assert {f"#part-{one}" for one in edition.frames["parts"]["part_of"].dropna()} <= links
    assert set(edition.frames["parts"]["definition"]) <= words
    assert {f"rule-{rule.id}" for rule in RULES} <= anchors
    assert {rule.hint for rule in RULES} <= words


def test_markdown_and_page_have_the_same_anchors_and_links(edition: Edition, page: Page) -> None:
    text = render_markdown(write_codebook(edition))
    assert re.findall(r'<a id="([^"]*)"></a>', text) == page.values("id")
    contents = page.values("id")
    links = re.findall(r"\]\(#([^)]*)\)", text)
    assert links
    assert set(links) <= set(contents)


def test_counts_are_those_of_the_rows(specimen: Specimen) -> None:
    edition = read_edition(specimen.folder)
    heads, *rows = specimen.rows("claims")
    kinds = [row[heads.index("kind")] for row in rows]
    kind = render_markdown(write_part(edition, "claims.kind"))
    assert "- filled: 9 of 9 rows (100%)\n" in kind
    counts = {code: int(count) for code, count in re.findall(r"^\| `(\w+)` \| (\d+) \|", kind, re.MULTILINE)}
    assert counts == {code: kinds.count(code) for code in edition.package.table("claims").field("kind").codes}
    filled = sum(bool(row[heads.index("place_id")]) for row in rows)
    assert f"- filled: {filled} of 9 rows" in render_markdown(write_part(edition, "claims.place_id"))


def test_what_is_measured_is_told_with_its_unit_and_what_it_counts(specimen: Specimen) -> None:
    specimen.set("indicators", "arms-value", per="person_year", includes="Transport.")
    text = render_markdown(write_codebook(read_edition(specimen.folder)))
    rows = re.findall(r'^\| <a id="indicator-[\w-]+"></a>(.*) \|$', text, re.MULTILINE)
    assert rows[1:3] == [
        "`arms-value` | 1 | money per person and year, cumulative | Value of arms delivered. | Transport. | ",
        "`casualties` | 2 | person, flow | Soldiers killed or wounded. | Missing where counted. | ",
    ]


def test_of_a_column_without_limits_none_are_told(specimen: Specimen) -> None:
    edition = read_edition(specimen.folder)
    told = {
        name: re.findall(r"^- (\w+): ", render_markdown(write_part(edition, name)), re.MULTILINE)
        for name in ("claims.claim_id", "claims.credibility")
    }
    assert told == {
        "claims.claim_id": ["type", "limits", "filled", "example"],
        "claims.credibility": ["type", "filled", "example"],
    }


def test_a_share_is_never_rounded_to_nothing_or_all() -> None:
    assert [write_share(part, 1_000) for part in (0, 1, 500, 999, 1_000)] == [
        "0%", "under 1%", "50%", "over 99%", "100%",
    ]  # fmt: skip
    assert write_share(0, 0) == ""


def test_texts_of_a_schema_do_nothing_in_any_form(specimen: Specimen) -> None:
    schema = specimen.schema("claims")
    # Control characters are refused before.
    printable = HOSTILE.replace("\x1b", "").replace("\x00", "")
    for field in schema["fields"]:
        field["description"] = printable
    schema["description"] = printable
    specimen.save_schema("claims", schema)
    document = write_codebook(read_edition(specimen.folder))
    page = Page(render_html(document))
    assert page.faults == []
    assert page.count("script") == 0
    assert {link[:1] for link in page.values("href")} == {"#"}
    assert any("<script>alert('x')</script>" in word for word in page.words)
    markdown, terminal = render_markdown(document), render_terminal(document, 80)
    assert "<script" not in markdown
    assert "[a](" not in markdown.replace("\\[", "")
    for text in (render_html(document), markdown, terminal):
        assert "\u202e" not in text


@pytest.mark.parametrize("text", ["a|b", "`", "\\|", "x\ny", "<b>", "[a](b)", "*a*", "_a_", "a_b"])
def test_a_cell_of_markdown_stays_one_cell(text: str) -> None:
    grid = Grid(("name", "text"), (Row((("x",), (text, Code(text)))),))
    row = render_markdown([grid]).splitlines()[2]
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 3
    assert "<b>" not in row.replace("`<b>`", "")


@pytest.mark.parametrize("width", [20, 40, 80, 120])
def test_no_line_on_a_terminal_is_wider_than_it(width: int) -> None:
    cells = ("name", "말 " * 30 + "말" * 40, "word " * 30, "12")
    document = (
        Heading(1, "t" * 10, "t"),
        Paragraph(("word " * 50,)),
        Grid(tuple("abcd"), (Row(tuple((cell,) for cell in cells)),)),
    )
    for line in render_terminal(document, width).splitlines():
        assert len(line) + sum(sign == "말" for sign in line) <= width + 1


def test_the_same_edition_gives_the_same_codebook(specimen: Specimen, tmp_path: Path) -> None:
    contents = []
    for name in ("one", "two"):
        out = tmp_path / name
        out.mkdir()
        write(read_edition(specimen.folder), out)
        contents.append([(path.name, path.read_bytes()) for path in sorted(out.iterdir())])
    assert [name for name, _ in contents[0]] == ["CODEBOOK.md", "codebook.html"]
    assert contents[0] == contents[1]
