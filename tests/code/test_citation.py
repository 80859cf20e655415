"""Citations: what they name, in which order, and that no text can break the form it is written in."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dprk_russia
from dprk_russia.checks.faults.specimen import Specimen
from dprk_russia.contract.package import Package, PackageError, installed_package
from dprk_russia.record.citation import (
    _BIBTEX_TYPES,
    _KINDS,
    _RIS_TYPES,
    FORMATS,
    CitationError,
    describe_dataset,
    describe_sources,
    gather_items,
    read_citable_package,
    read_record,
    render_bibtex,
    render_csl,
    render_ris,
    render_text,
)
from dprk_russia.release.documents import bibliography
from dprk_russia.release.edition import read_edition
from dprk_russia.release.formats.archive import write_archive
from dprk_russia.tabular.loading import read_frames

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd
    from conftest import Run


pytestmark = pytest.mark.slow


def package_of(specimen: Specimen) -> Package:
    return read_citable_package(specimen.folder)


def cite(specimen: Specimen, *ids: str, form: str = "text") -> str:
    return FORMATS[form](gather_items(read_record(package_of(specimen)), ids))


def keys(specimen: Specimen, *ids: str) -> list[str]:
    return [
        item["id"].replace(describe_dataset(package_of(specimen))["id"], "whole")
        for item in gather_items(read_record(package_of(specimen)), ids)
    ]


def with_descriptor(**properties: object) -> Package:
    package = installed_package()
    return replace(package, descriptor={**package.descriptor, **properties})


def describe_one(specimen: Specimen, **cells: str) -> dict[str, Any]:
    """Return the item of one source whose cells were overwritten, valid or not."""
    frames = dict(read_frames(package_of(specimen)))
    frames["sources"] = frames["sources"].head(1).assign(**cells)
    return next(describe_sources(package_of(specimen), frames, frames["sources"]))


# The data set


def test_creators_come_from_the_descriptor_alone() -> None:
    person = {"title": "Ada Lee", "givenName": "Ada", "familyName": "Lee", "roles": ["creator"]}
    group = {"title": "The group", "roles": ["creator"]}
    editor = {"title": "Somebody else", "roles": ["editor"]}
    item = describe_dataset(with_descriptor(contributors=[person, group, editor, {"title": "No role"}]))
    assert item["author"] == [{"family": "Lee", "given": "Ada"}, {"literal": "The group"}]
    assert render_text([item]).startswith("Lee, Ada; The group (")
    assert "author = {{Lee}, {Ada} and {The group}},\n" in render_bibtex([item])


def test_a_data_set_without_creators_is_cited_without_an_author() -> None:
    item = describe_dataset(with_descriptor(contributors=[{"title": "A publisher", "roles": ["publisher"]}]))
    assert "author" not in item
    assert render_text([item]).startswith("(2026). The alliance of")
    assert "author" not in render_bibtex([item])


@pytest.mark.parametrize(
    "doi", ["10.5281/zenodo.1", "https://doi.org/10.5281/zenodo.1", "doi:10.5281/zenodo.1"]
)
def test_a_doi_is_given_when_the_descriptor_has_one(doi: str) -> None:
    item = describe_dataset(with_descriptor(id=doi))
    assert item["DOI"] == "10.5281/zenodo.1"
    assert " https://doi.org/10.5281/zenodo.1" in render_text([item])
    assert "  doi = {10.5281/zenodo.1},\n" in render_bibtex([item])
    assert "DO  - 10.5281/zenodo.1\n" in render_ris([item])
    assert "DOI" not in describe_dataset(installed_package())
    assert "DOI" not in describe_dataset(with_descriptor(id="a-name"))


def test_a_licence_is_named_as_people_write_it() -> None:
    names = ["CC-BY-4.0", "CC-BY-NC-SA-4.0", "ODbL-1.0"]
    item = describe_dataset(with_descriptor(licenses=[{"name": name} for name in names]))
    assert item["note"] == "CC BY 4.0, CC BY-NC-SA 4.0, ODbL-1.0."


# What ids give


def test_a_claim_gives_the_data_set_and_its_sources_origins_first(specimen: Specimen) -> None:
    assert keys(specimen, "C00001") == [
        "whole-C00001",
        "ua-hur-2024-12-16",
        "gazette-2024-12-16",
        "gazette-2024-12-18",
    ]
    first = cite(specimen, "C00001").splitlines()[0]
    assert first == (
        "dprk-russia contributors (2026). Claim C00001. The alliance of North Korea and Russia: claims, evidence and "
        f"figures (version {dprk_russia.__version__}) [data set]. CC BY 4.0."
    )


def test_a_figure_gives_its_claim_and_the_page_that_shows_it(specimen: Specimen) -> None:
    assert keys(specimen, "M00002") == ["whole-M00002", "bureau-2024-12-19"]
    assert "Figure M00002 of claim C00002. " in cite(specimen, "M00002")


def test_what_several_ids_share_is_given_once_and_in_their_order(specimen: Specimen) -> None:
    assert keys(specimen, "bureau-2024-12-19", "M00002", "M00002", "C00002") == [
        "bureau-2024-12-19",
        "whole-M00002",
        "whole-C00002",
        "nis-2024-12-19",
    ]


@pytest.mark.parametrize(
    ("row_id", "message"),
    [
        ("C00099", "C00099 was retired in version 0.1.0 (merged); cite C00001 instead."),
        (
            "gazette",
            "gazette is an id of actors; claims, figures and sources can be cited. dprk-russia describe gazette shows its row.",
        ),
        (
            "killed",
            "killed is an id of indicators; claims, figures and sources can be cited. dprk-russia describe killed shows its row.",
        ),
        (
            "gazette-2024-12-61",
            "There is no claim, figure or source gazette-2024-12-61. Did you mean gazette-2024-12-16?",
        ),
        ("C77777", "There is no claim, figure or source C77777."),
        ("", "There is no claim, figure or source ."),
        ("C1\x1b[2J\nC2", "There is no claim, figure or source C1\ufffd[2J C2."),
    ],
)
def test_an_id_that_cannot_be_cited_is_explained(specimen: Specimen, row_id: str, message: str) -> None:
    with pytest.raises(CitationError) as error:
        gather_items(read_record(package_of(specimen)), ["C00001", row_id])
    assert str(error.value) == message


def test_a_withdrawn_id_has_nothing_in_its_place(specimen: Specimen) -> None:
    specimen.set("retired_ids", "C00099", reason="withdrawn", replaced_by="")
    with pytest.raises(CitationError, match=r"\(withdrawn\); nothing replaces it"):
        gather_items(read_record(package_of(specimen)), ["C00099"])


# Sources


def test_a_source_is_described_as_published(specimen: Specimen) -> None:
    item = gather_items(read_record(package_of(specimen)), ["gazette-2024-12-16"])[0]
    assert item == {
        "id": "gazette-2024-12-16",
        "type": "article-newspaper",
        "title": "Trente soldats",
        "translated-title": "Thirty soldiers",
        "author": [{"literal": "@gazette"}],
        "container-title": "The Gazette",
        "issued": {"date-parts": [[2024, 12, 16]]},
        "language": "fr",
        "URL": "https://gazette.example/16",
        "archive_location": "https://copies.example/16",
        "accessed": {"date-parts": [[2025, 1, 2]]},
    }
    assert render_text([item]) == (
        "@gazette (2024-12-16). Trente soldats [Thirty soldiers]. The Gazette. https://gazette.example/16 "
        "(read 2025-01-02 at https://copies.example/16)\n"
    )
    assert render_bibtex([item]) == (
        "@article{gazette-2024-12-16,\n"
        "  author = {{@gazette}},\n"
        "  title = {{Trente soldats}},\n"
        "  titleaddon = {Thirty soldiers},\n"
        "  journal = {The Gazette},\n"
        "  year = {2024},\n"
        "  month = dec,\n"
        "  date = {2024-12-16},\n"
        "  language = {fr},\n"
        "  url = {https://gazette.example/16},\n"
        "  urldate = {2025-01-02},\n"
        "  note = {Read at https://copies.example/16},\n"
        "}\n"
    )
    assert render_ris([item]) == (
        "TY  - NEWS\n"
        "ID  - gazette-2024-12-16\n"
        "AU  - @gazette\n"
        "TI  - Trente soldats\n"
        "TT  - Thirty soldiers\n"
        "T2  - The Gazette\n"
        "PY  - 2024\n"
        "DA  - 2024/12/16\n"
        "LA  - fr\n"
        "UR  - https://gazette.example/16\n"
        "Y2  - 2025/01/02\n"
        "AV  - https://copies.example/16\n"
        "ER  - \n"
    )
    assert json.loads(render_csl([item]))[0]["note"] == "English title: Thirty soldiers."


@pytest.mark.parametrize(
    ("published", "text", "parts"),
    [("2024", "(2024)", [2024]), ("2024-12", "(2024-12)", [2024, 12]), ("", "(n.d.)", None)],
)
def test_a_date_is_as_precise_as_the_page(
    specimen: Specimen, published: str, text: str, parts: list[int] | None
) -> None:
    item = describe_one(specimen, published=published)
    assert item.get("issued") == (parts and {"date-parts": [parts]})
    assert text in render_text([item])
    assert ("month = dec,\n" in render_bibtex([item])) is (published == "2024-12")


def test_authors_are_taken_apart_at_semicolons_and_nowhere_else(specimen: Specimen) -> None:
    item = describe_one(specimen, author="Kim Il-chang; Lee and Sons, Ltd;박소은;")
    assert [author["literal"] for author in item["author"]] == ["Kim Il-chang", "Lee and Sons, Ltd", "박소은"]
    assert "author = {{Kim Il-chang} and {Lee and Sons, Ltd} and {박소은}},\n" in render_bibtex([item])


def test_an_article_without_a_byline_is_filed_under_its_outlet(specimen: Specimen) -> None:
    item = describe_one(specimen, author="", kind="news")
    assert "author" not in item
    assert item["container-title"] == "The Bureau"
    assert render_text([item]).count("The Bureau") == 1
    assert "author = {{The Bureau}},\n" in render_bibtex([item])


def test_a_statement_without_a_byline_is_its_publishers(specimen: Specimen) -> None:
    item = describe_one(specimen, author="", kind="official_statement")
    assert item["author"] == [{"literal": "The Bureau"}]
    assert "publisher" not in item
    report = describe_one(specimen, author="", kind="report")
    assert "institution = {The Bureau},\n" in render_bibtex([report])


@pytest.mark.parametrize("form", FORMATS)
def test_a_source_that_was_not_read_says_so(specimen: Specimen, form: str) -> None:
    unread = describe_one(specimen, read="no", read_on="")
    assert "Not read; known through other sources." in FORMATS[form]([unread])
    assert "Not read" not in FORMATS[form]([describe_one(specimen)])


@pytest.mark.parametrize(
    ("kind", "tag"),
    [
        ("official_statement", "ELEC"),
        ("briefing", "GEN"),
        ("report", "RPRT"),
        ("legal_document", "STAT"),
        ("dataset", "DATA"),
        ("wire", "NEWS"),
        ("analysis", "MGZN"),
        ("social_media", "ELEC"),
        ("audio_video", "VIDEO"),
    ],
)
def test_ris_has_a_type_for_most_kinds_of_sources(
    frames: dict[str, pd.DataFrame], kind: str, tag: str
) -> None:
    assert render_ris([describe_with(frames, {"kind": kind})]).startswith(f"TY  - {tag}\n")


def test_every_kind_of_source_has_a_type() -> None:
    assert tuple(_KINDS) == installed_package().table("sources").field("kind").codes
    types = {kind for kind, _ in _KINDS.values()}
    assert types >= _BIBTEX_TYPES.keys() | _RIS_TYPES.keys()


def test_a_kind_that_the_type_of_an_item_does_not_say_is_told_in_a_word(
    frames: dict[str, pd.DataFrame],
) -> None:
    texts = {kind: render_text([describe_with(frames, {"kind": kind, "title_en": ""})]) for kind in _KINDS}
    told = {kind: re.findall(r"\[([^]]*)\]\. ", text) for kind, text in texts.items()}
    assert {kind: words for kind, words in told.items() if words} == {
        "briefing": ["briefing"],
        "dataset": ["data set"],
        "imagery_analysis": ["imagery analysis"],
        "interview": ["interview"],
        "social_media": ["post"],
        "audio_video": ["recording"],
        "reference": ["reference work"],
    }


@pytest.mark.parametrize("kind", ["news", "report"])
def test_what_has_no_year_is_a_misc_since_styles_demand_one_of_others(specimen: Specimen, kind: str) -> None:
    assert render_bibtex([describe_one(specimen, kind=kind, published="")]).startswith("@misc{")
    assert not render_bibtex([describe_one(specimen, kind=kind)]).startswith("@misc{")


# Hostile texts

TEXTS = st.text(st.characters(codec="utf-8"), max_size=60) | st.text(
    "\\{}%&#$_~^\"'`-,<>?! \n\r\tER@", max_size=30
)
CELLS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("title", "title_en", "author", "url", "read_at", "source_id"), TEXTS)
)


@pytest.fixture(scope="module")
def frames(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    return read_frames(package_of(Specimen(tmp_path_factory.mktemp("small") / "package")))


def describe_with(frames: dict[str, pd.DataFrame], cells: dict[str, str]) -> dict[str, Any]:
    (item,) = describe_sources(installed_package(), frames, frames["sources"].head(1).assign(**cells))
    return item


@given(cells=CELLS)
def test_no_text_breaks_a_line_of_ris_or_adds_one(
    frames: dict[str, pd.DataFrame], cells: dict[str, str]
) -> None:
    item = describe_with(frames, cells)
    lines = render_ris([item]).splitlines()
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    tags = [line[:2] for line in lines]
    assert tags[0] == "TY"
    assert tags.count("TY") == tags.count("ER") == 1
    assert tags[-1] == "ER"
    assert [line[6:] for line in lines if line.startswith("TI")] == ([item["title"]] if item["title"] else [])


@given(cells=CELLS)
def test_no_text_breaks_an_entry_of_bibtex(frames: dict[str, pd.DataFrame], cells: dict[str, str]) -> None:
    item = describe_with(frames, cells)
    entry = render_bibtex([item])
    depth = 0
    for place, sign in enumerate(entry):
        depth += (sign == "{") - (sign == "}")
        assert depth > 0 or place < entry.index("{") or place >= len(entry) - 2
    assert depth == 0
    assert all(
        re.fullmatch(r"@[a-z]+\{[A-Za-z0-9.:_-]*,|  [a-z]+ = (\{.*\}|[a-z]{3}),|\}", line)
        for line in entry.splitlines()
    )


@given(cells=CELLS)
def test_every_text_is_one_line_and_json_keeps_it(
    frames: dict[str, pd.DataFrame], cells: dict[str, str]
) -> None:
    item = describe_with(frames, cells)
    assert len(render_text([item]).splitlines()) == 1
    (read,) = json.loads(render_csl([item]))
    assert read["title"] == item["title"]


def test_no_text_of_a_contract_adds_a_line(specimen: Specimen) -> None:
    schema = specimen.schema("sources")
    read = next(field for field in schema["fields"] if field["name"] == "read")
    read["categories"][2]["label"] = "Not read.\nER  - \nTY  - NEWS\u2028"
    specimen.save_schema("sources", schema)
    descriptor = specimen.descriptor()
    descriptor["title"] = "A\nER  - "
    descriptor["contributors"] = [{"title": "B\r\nTY  - JOUR", "roles": ["creator"]}]
    descriptor["licenses"] = [{"name": "C\u2028AU  - D"}]
    specimen.save_descriptor(descriptor)
    specimen.set("sources", "bureau-2024-12-19", read="no")
    lines = cite(specimen, "M00002", form="ris").splitlines()
    assert [line for line in lines if line.startswith(("TY", "ER", "AU"))] == [
        "TY  - DATA",
        "AU  - B TY  - JOUR",
        "ER  - ",
        "TY  - NEWS",
        "ER  - ",
    ]
    assert "\u2028" not in "".join(lines)


# The command


@pytest.mark.parametrize("form", FORMATS)
def test_the_command_and_the_function_say_the_same(run: Run, form: str) -> None:
    assert run("cite", "C00132", "--format", form) == (0, dprk_russia.cite("C00132", format=form), "")
    assert run("cite", "--format", form) == (0, dprk_russia.cite(format=form), "")


def test_the_command_cites_another_package_and_a_zip_of_it(
    specimen: Specimen, tmp_path: Path, run: Run
) -> None:
    descriptor = specimen.descriptor() | {"title": "Another record", "version": "7.8.9"}
    specimen.save_descriptor(descriptor)
    write_archive(package_of(specimen), tmp_path / "other.zip")
    for place in (specimen.folder, specimen.folder / "datapackage.json", tmp_path / "other.zip"):
        code, out, _ = run("cite", "C00001", "--package", place)
        assert code == 0
        assert out.splitlines()[0].startswith(
            "dprk-russia contributors (2026). Claim C00001. Another record (version 7.8.9)"
        )


def test_the_command_tells_an_unknown_id_in_one_line(run: Run) -> None:
    assert run("cite", "kcna") == (
        2,
        "",
        (
            "dprk-russia: kcna is an id of actors; claims, figures and sources can be cited. "
            "dprk-russia describe kcna shows its row.\n"
        ),
    )


def break_cell(specimen: Specimen) -> None:
    specimen.set("sources", "gazette-2024-12-16", published="2024-99-99")


def break_quotes(specimen: Specimen) -> None:
    specimen.path("claims").write_text('claim_id\n"')


def break_bytes(specimen: Specimen) -> None:
    specimen.path("sources").write_bytes(bytes(range(256)))


def empty_table(specimen: Specimen) -> None:
    specimen.path("evidence").write_text("")


def remove_source(specimen: Specimen) -> None:
    specimen.remove("sources", "gazette-2024-12-18")


def remove_table(specimen: Specimen) -> None:
    specimen.path("sources").unlink()


def rename_column(specimen: Specimen) -> None:
    specimen.path("sources").write_text("name\nx\n")


@pytest.mark.parametrize(
    "harm", [break_cell, break_quotes, break_bytes, empty_table, remove_source, remove_table, rename_column]
)
def test_broken_tables_are_told_in_one_line(
    specimen: Specimen, run: Run, harm: Callable[[Specimen], None]
) -> None:
    harm(specimen)
    code, out, err = run("cite", "C00001", "--package", specimen.folder)
    assert (code, out) == (2, "")
    assert err == "dprk-russia: The tables have faults; run dprk-russia validate to see them.\n"


@pytest.mark.parametrize(
    "harm",
    [{"title": 7}, {"version": None}, {"licenses": []}, {"created": "yesterday"}, {"contributors": [1]}],
)
def test_a_broken_descriptor_is_told_in_one_line(
    specimen: Specimen, run: Run, harm: dict[str, object]
) -> None:
    specimen.save_descriptor(specimen.descriptor() | harm)
    code, out, err = run("cite", "--package", specimen.folder)
    assert (code, out) == (2, "")
    assert err == "dprk-russia: datapackage.json has faults; run dprk-russia validate to see them.\n"


def test_citing_the_data_set_reads_no_table(specimen: Specimen, run: Run) -> None:
    shutil.rmtree(specimen.folder / "data")
    assert run("cite", "--package", specimen.folder)[0] == 0


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="There is no format word") as raised:
        dprk_russia.cite(format="word")
    assert isinstance(raised.value, dprk_russia.UnknownFormatError)
    assert str(raised.value) == "There is no format word. The formats are text, bibtex, ris, csl."


def test_a_package_that_cannot_be_cited_raises(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="is not a data package"):
        read_citable_package(tmp_path)


# The release


def test_the_bibliography_holds_every_source_in_order_and_is_always_the_same(
    specimen: Specimen, tmp_path: Path
) -> None:
    edition = read_edition(specimen.folder)
    bibliography.write(edition, tmp_path)
    contents = {path.name: path.read_bytes() for path in tmp_path.glob("sources.*")}
    assert contents.keys() == {"sources.bib", "sources.csl.json"}
    known = edition.frames["sources"]["source_id"].tolist()
    assert [item["id"] for item in json.loads(contents["sources.csl.json"])] == known
    assert re.findall(r"^@[a-z]+\{(.*),$", contents["sources.bib"].decode(), re.MULTILINE) == known
    bibliography.write(read_edition(specimen.folder), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.glob("sources.*")} == contents


def test_the_installed_data_can_be_cited_whole() -> None:
    package = installed_package()
    frames = read_record(package).tables
    items = list(describe_sources(package, frames, frames["sources"]))
    assert [item["id"] for item in items] == frames["sources"]["source_id"].tolist()
    assert all(item["title"] and (item.get("author") or item.get("container-title")) for item in items)
    ids = [*frames["claims"]["claim_id"], *frames["military_figures"]["figure_id"]]
    assert len(gather_items(read_record(package), ids)) > len(ids)


@pytest.mark.parametrize(
    ("properties", "told"),
    [
        ({}, ""),
        ({"accessed": {"date-parts": [[2025, 1, 2]]}}, " (read 2025-01-02)"),
        ({"archive_location": "https://copies.example/16"}, " (read at https://copies.example/16)"),
        (
            {"accessed": {"date-parts": [[2025, 1]]}, "archive_location": "https://copies.example/16"},
            " (read 2025-01 at https://copies.example/16)",
        ),
        ({"URL": "https://a.example", "DOI": "10.1/a"}, " https://doi.org/10.1/a https://a.example"),
    ],
)
def test_a_citation_ends_with_where_and_when_the_source_was_read(
    properties: dict[str, Any], told: str
) -> None:
    plain = render_text([{"id": "a", "type": "webpage", "title": "Losses"}])
    item = {"id": "a", "type": "webpage", "title": "Losses", **properties}
    assert render_text([item]) == f"{plain.rstrip()}{told}\n"
