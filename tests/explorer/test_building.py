"""A site as a whole: its links, its size, what it loads, and how it is put into its place."""

from __future__ import annotations

import csv
import gzip
import json
import re
import struct
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, replace
from hashlib import sha256
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen
from xml.etree import ElementTree as ET

import pytest

from dprk_russia.contract.package import installed_package
from dprk_russia.release.edition import read_edition
from dprk_russia.site import evidence
from dprk_russia.site.atlas import draw_window, list_shown
from dprk_russia.site.building import ASSETS, Options, write_site
from dprk_russia.site.cards import choose_card
from dprk_russia.site.content import KINDS, Cell, Page, SiteError, Words, address, is_web
from dprk_russia.site.history import Knowledge
from dprk_russia.site.library import Library
from dprk_russia.site.pages import about, source, topic
from dprk_russia.site.pages.actor import Party
from dprk_russia.site.rendering import POLICY, SQL_POLICY, Renderer, Setting, embed_json, write_words
from dprk_russia.versions.changes import Change, Comparison
from explorer.conftest import REPOSITORY
from explorer.links import Reading, find_dead, measure_depths, read, read_site

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

    from dprk_russia.checks.faults import Specimen
    from dprk_russia.release.edition import Edition

HOSTILE = "</script><img src=x onerror=alert(1)>\"'><a href='javascript:alert(1)'>&amp;{{ 7 * 7 }}</q> "

pytestmark = pytest.mark.slow


def squeeze(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


@pytest.fixture(scope="session")
def real_pages(real_site: Path) -> dict[str, Reading]:
    return read_site(real_site)


@pytest.fixture(scope="session")
def specimen_pages(specimen_site: Path) -> dict[str, Reading]:
    return read_site(specimen_site)


def test_no_page_has_faults(specimen_pages: dict[str, Reading], real_pages: dict[str, Reading]) -> None:
    faults = [
        (page, reading.faults) for pages in (specimen_pages, real_pages) for page, reading in pages.items()
    ]
    assert [fault for fault in faults if fault[1]] == []


def test_every_link_leads_somewhere(
    specimen_site: Path, specimen_pages: dict[str, Reading], real_site: Path, real_pages: dict[str, Reading]
) -> None:
    assert list(find_dead(specimen_site, specimen_pages)) == []
    assert list(find_dead(real_site, real_pages)) == []


def test_the_checker_of_links_finds_what_is_dead(tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text(
        '<a href="two.html"></a><a href="#here"></a><b id="there"></b><script src="x.js"></script>'
    )
    assert len(list(find_dead(tmp_path, read_site(tmp_path)))) == 3
    assert read("<p><b></p></b>").faults
    assert read('<p onclick="x"></p>').faults
    assert read('<p id="a"></p><p id="a"></p>').faults


def test_every_page_but_those_of_retired_ids_is_reached_in_four_steps(
    real_pages: dict[str, Reading], library: Library
) -> None:
    depths = measure_depths(real_pages, "index.html")
    retired = {row["old_id"] for row in library.rows("retired_ids")}
    lost = {page for page in real_pages if page not in depths or depths[page] > 4}
    assert {page for page in lost if page.split("/")[-1].removesuffix(".html") not in retired} == set()


def test_every_row_of_a_kind_that_has_pages_has_one(real_pages: dict[str, Reading], library: Library) -> None:
    for table, kind in (
        ("actors", "actor"), ("claims", "claim"), ("indicators", "indicator"),
        ("parts", "part"), ("places", "place"), ("sources", "source"), ("topics", "topic"),
    ):  # fmt: skip
        assert {address(kind, row[f"{kind}_id"]) for row in library.rows(table)} <= set(real_pages)


def test_no_page_leaves_out_rows(real_pages: dict[str, Reading], library: Library) -> None:
    def find(home: str, table: str) -> set[str]:
        """Return what the page of a row and those on which a table of it goes on lead to."""
        stem = home.removesuffix(".html")
        on = [page for page in real_pages if page == home or page.startswith(f"{stem}.{table}.")]
        return {link.removeprefix("../") for page in on for link in real_pages[page].links}

    listed = (
        ("topic", "claims", "topic_id", "claims", "claim"), ("place", "claims", "place_id", "claims", "claim"),
        ("actor", "claims", "asserted_by", "claims", "claim"), ("actor", "sources", "publisher_id", "publications", "source"),
        ("topic", "disagreements", "topic_id", "disagreements", "claim"), ("topic", "timeline", "topic_id", "events", "claim"),
        ("actor", "disagreements", "other_speaker_id", "disagreements", "claim"), ("source", "evidence", "source_id", "carries", "claim"),
        ("source", "evidence", "relays_id", "taken", "claim"), ("part", "estimates", "scope", "figures", "indicator"),
        ("part", "estimates", "assumption", "figures", "indicator"),
    )  # fmt: skip
    for kind, frame, column, table, leaf in listed:
        for row_id, rows in library.group(frame, column).items():
            expected = {address(leaf, row[f"{leaf}_id"]) for row in rows}
            assert expected <= find(address(kind, row_id), table), (kind, row_id, table)


def test_a_page_says_what_the_parts_that_it_measures_mean_and_leads_to_them(
    real_pages: dict[str, Reading], library: Library
) -> None:
    measured = {
        (row["indicator_id"], row[column])
        for row in library.rows("estimates")
        for column in ("scope", "assumption")
        if row[column]
    }
    for indicator_id, part_id in measured:
        page = real_pages[address("indicator", indicator_id)]
        assert f"../{address('part', part_id)}" in page.links
        meaning = library.row("parts", part_id)["definition"]
        assert any(text.startswith(meaning) for text in page.text), (indicator_id, part_id)


@pytest.mark.parametrize("kind", ["actor", "part", "place", "source", "topic"])
def test_the_lists_have_every_row_of_their_kind(
    real_pages: dict[str, Reading], library: Library, kind: str
) -> None:
    lists = [page for page in real_pages if page == f"{kind}s.html" or page.startswith(f"{kind}s/")]
    links = {link.removeprefix("../") for page in lists for link in real_pages[page].links}
    assert {address(kind, row_id) for row_id in library.index(f"{kind}s")} <= links


def test_a_retired_id_has_a_page_that_leads_to_its_successor(
    real_pages: dict[str, Reading], library: Library
) -> None:
    for row in library.rows("retired_ids"):
        name = f"{row['old_id']}.html"
        (page,) = [page for page in real_pages if page.endswith(f"/{name}")]
        assert row["replaced_by"] is None or any(row["replaced_by"] in text for text in real_pages[page].text)


def test_pages_load_what_lies_beside_them_and_nothing_else(real_pages: dict[str, Reading]) -> None:
    loaded = {link.removeprefix("../") for reading in real_pages.values() for link in reading.loaded}
    assert loaded == {"data:,", "site.css", "site.js", "query.js"}


def test_every_page_states_the_policy(real_site: Path, real_pages: dict[str, Reading]) -> None:
    for page in real_pages:
        policy = SQL_POLICY if page == "sql.html" else POLICY
        head = f'<meta http-equiv="Content-Security-Policy" content="{policy.replace(chr(39), "&#39;")}">'
        assert head in (real_site / page).read_text(encoding="utf-8")[:600], page


def test_the_policy_allows_no_script_or_style_inside_a_page() -> None:
    assert "unsafe" not in POLICY
    assert SQL_POLICY.replace(" 'wasm-unsafe-eval'", "") == POLICY
    assert POLICY.startswith("default-src 'none'")


def test_a_question_that_only_parts_answer_says_so(real_pages: dict[str, Reading], library: Library) -> None:
    unanswered = [one for one in topic.ask(library, Knowledge(library)) if not one.answers]
    told = [
        text
        for text in real_pages["indicators.html"].text
        if text == "no figure for the whole, but for parts"
    ]
    assert len(told) == len(unanswered) > 0


def test_no_page_says_none_or_nan(real_pages: dict[str, Reading]) -> None:
    for page, reading in real_pages.items():
        assert not {"None", "nan", "NaT", "<NA>"} & {text.strip() for text in reading.text}, page


def test_a_source_without_a_date_that_took_something_is_told_to_be_undated(specimen: Specimen) -> None:
    specimen.set("sources", "gazette-2024-12-18", published="")
    page = source.write(Library(read_edition(specimen.folder)), "gazette-2024-12-16", "")
    _, taken = page.content.tables
    assert taken.rows[0][2] == Cell((Words("undated"),), "")


# What pages may weigh, in bytes as they are sent: those that tell of one row, and those that list many.
PAGE, LIST = 15_000, 40_000


def test_pages_keep_their_budgets(real_site: Path, real_pages: dict[str, Reading]) -> None:
    assert squeeze(real_site / "site.js") <= 6_000
    assert squeeze(real_site / "site.css") <= 4_000
    for page, reading in real_pages.items():
        kind, _, row_id = page.removesuffix(".html").partition("/")
        tells_of_one = kind in KINDS.values() and not re.search(r"\.[a-z]+\.[0-9]+$", row_id)
        assert squeeze(real_site / page) <= (PAGE if tells_of_one else LIST), page
        if kind == "indicator":
            assert reading.elements <= 1_500, page


def test_the_same_rows_give_the_same_bytes(
    specimen_edition: Edition, specimen_site: Path, tmp_path: Path
) -> None:
    write_site(specimen_edition, tmp_path)
    for path in specimen_site.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / path.relative_to(specimen_site)).read_bytes()


def test_the_csv_of_an_indicator_is_its_rows_of_estimates(real_site: Path, library: Library) -> None:
    for indicator_id in ("kpa-casualties", "gdp", "trade-share-china"):
        with (real_site / f"indicator/{indicator_id}.csv").open(encoding="utf-8", newline="") as file:
            written = list(csv.DictReader(file))
        rows = library.group("estimates", "indicator_id")[indicator_id]
        assert [row["figure_id"] for row in written] == [row["figure_id"] for row in rows]
        assert [row["value"] and float(row["value"]) for row in written] == [
            row["value"] or ("" if row["value"] is None else 0.0) for row in rows
        ]
        assert list(written[0]) == list(rows[0])


def test_the_json_of_a_claim_has_its_rows(real_site: Path, library: Library) -> None:
    told = json.loads((real_site / "claim/C00132.json").read_text(encoding="utf-8"))
    assert told["claim"] == library.row("claims", "C00132")
    assert len(told["evidence"]) == len(library.group("evidence", "claim_id")["C00132"])
    assert told["version"] == library.package.version


def test_a_claim_describes_itself_without_a_verdict(real_site: Path) -> None:
    page = (real_site / "claim/C00132.html").read_text(encoding="utf-8")
    match = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert match is not None
    told = json.loads(match[1])
    assert told["@type"] == "Claim"
    assert told["author"]["name"] == "Volodymyr Zelensky"
    assert "ClaimReview" not in page


def test_json_in_a_page_cannot_end_its_element() -> None:
    text = embed_json({"a": "</script><!--&\u2028"})
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"a": "</script><!--&\u2028"}


def test_what_a_stranger_wrote_is_text_on_every_page(specimen: Specimen, tmp_path: Path) -> None:
    for table, key, columns in (
        ("claims", "C00001", ("statement", "note", "credibility_basis")),
        ("sources", "gazette-2024-12-16", ("title", "title_en", "author", "note")),
        ("actors", "gazette", ("name", "native_name", "aliases", "description")),
        ("topics", "casualties", ("name", "definition")),
        ("indicators", "casualties", ("name", "question", "definition")),
    ):
        specimen.set(table, key, **dict.fromkeys(columns, HOSTILE.strip()))
    specimen.set("sources", "gazette-2024-12-16", url="javascript:alert(1)")
    descriptor = specimen.descriptor()
    specimen.save_descriptor(descriptor | {"title": HOSTILE, "homepage": "https://evil.example/"})
    write_site(read_edition(specimen.folder), tmp_path)
    pages = read_site(tmp_path)
    assert [(page, reading.faults) for page, reading in pages.items() if reading.faults] == []
    assert not any(
        link.startswith("javascript")
        for reading in pages.values()
        for link in (*reading.links, *reading.loaded)
    )
    assert list(find_dead(tmp_path, pages)) == []
    assert HOSTILE.strip() in "".join(pages["claim/C00001.html"].text)
    for page in tmp_path.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<img" not in text
        assert text.count("<script") == text.count("</script>")


def test_a_chain_that_is_too_long_is_not_cut_but_refused(
    specimen: Specimen, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(read_edition(specimen.folder))
    depth = 3
    monkeypatch.setattr(evidence, "MOST_LEVELS", depth)
    assert len(evidence.grow(library, "C00001").nodes) == depth
    monkeypatch.setattr(evidence, "MOST_LEVELS", depth - 1)
    with pytest.raises(SiteError, match="C00001 went from hand to hand more than 2 times"):
        evidence.grow(library, "C00001")


def test_a_very_long_title_stays_one_title(specimen: Specimen, tmp_path: Path) -> None:
    specimen.set("sources", "gazette-2024-12-16", title="word " * 2_000 + "\u202eend")
    write_site(read_edition(specimen.folder), tmp_path)
    text = (tmp_path / "source/gazette-2024-12-16.html").read_text(encoding="utf-8")
    assert text.count("word word") > 1
    assert "\u202e" not in text


@pytest.mark.parametrize("row_id", ["../up", "a/b", "", ".hidden", "a" * 200, "ends.", "a b", "a\n", "C\x00"])
def test_an_id_that_is_no_name_of_a_file_is_refused(row_id: str) -> None:
    with pytest.raises(SiteError, match="cannot be the name of a page"):
        address("claim", row_id)


@pytest.mark.parametrize(
    ("url", "web"),
    [
        ("https://example.org/a?b=c#d", True), ("http://example.org", True), ("HTTPS://EXAMPLE.ORG/", True),
        ("javascript:alert(1)", False), ("data:text/html,x", False), ("//example.org", False), ("https:", False),
        ("https://exa mple.org", False), ("https://example.org/\u202e", False), ("http://[", False), ("", False), (None, False),
    ],
)  # fmt: skip
def test_pages_lead_to_addresses_of_the_web_alone(url: str | None, web: bool) -> None:  # noqa: FBT001
    assert is_web(url) is web


def test_a_proposal_opens_the_form_of_a_known_forge_with_the_id(specimen: Specimen, tmp_path: Path) -> None:
    descriptor = specimen.descriptor()
    specimen.save_descriptor(descriptor | {"homepage": "https://github.com/someone/data"})
    write_site(read_edition(specimen.folder), tmp_path)
    links = read((tmp_path / "claim/C00001.html").read_text(encoding="utf-8")).links
    assert "https://github.com/someone/data/issues/new?template=claim.yml&corrects=C00001" in links


def test_every_row_proposes_a_correction_of_itself_where_a_repository_is_known(
    real_pages: dict[str, Reading], library: Library
) -> None:
    form = f"{REPOSITORY}/issues/new?template=claim.yml&corrects="
    pages = [
        (address(kind, row_id), row_id) for table, kind in KINDS.items() for row_id in library.index(table)
    ]
    pages += [
        (address("indicator", row["indicator_id"]), row["figure_id"]) for row in library.rows("estimates")
    ]
    pages += [(address("claim", row["claim_id"]), row["figure_id"]) for row in library.rows("stated_figures")]
    assert [(page, row_id) for page, row_id in pages if form + row_id not in real_pages[page].links] == []


def test_an_id_in_a_proposal_is_escaped() -> None:
    corrections = "https://github.com/someone/data/issues/new?template=claim.yml&corrects="
    renderer = Renderer(Setting("Title", "1", "", "", "", corrections=corrections))
    row_id = "a b&title=c#d?e/é"
    party = Party(row_id, (), ())
    text = renderer.render(Page("actor/x.html", "actor.html", "X", "X", party))
    (link,) = [link for link in read(text).links if "issues/new" in link]
    assert link == f"{corrections}a%20b%26title%3Dc%23d%3Fe/%C3%A9"
    assert parse_qs(urlsplit(link).query)["corrects"] == [row_id]


def test_an_option_names_the_repository_and_comes_before_the_homepage(
    specimen: Specimen, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    specimen.save_descriptor(specimen.descriptor() | {"homepage": "https://github.com/someone/data"})
    monkeypatch.setenv("DPRK_RUSSIA_REPOSITORY", "https://github.com/other/rows")
    assert run("site", specimen.folder, "--out", tmp_path / "site").code == 0
    links = read((tmp_path / "site/claim/C00001.html").read_text(encoding="utf-8")).links
    assert [link for link in links if "issues/new" in link] == [
        f"https://github.com/other/rows/issues/new?template=claim.yml&corrects={row_id}"
        for row_id in ("C00001", "M00001")
    ]


@pytest.mark.parametrize(
    "repository",
    [
        "http://github.com/a/b",
        "https://github.com/a",
        "javascript:x//a/b",
        "https://github.com/a/b/c",
        'https://x/a/b"',
    ],
)
def test_what_is_no_repository_is_refused(repository: str) -> None:
    with pytest.raises(SiteError, match="no repository"):
        Options(repository=repository)


def test_where_no_repository_is_known_nothing_is_proposed(specimen_pages: dict[str, Reading]) -> None:
    assert not any("issues/new" in link for reading in specimen_pages.values() for link in reading.links)


def test_a_base_address_gives_canonical_addresses_and_a_map(
    specimen_edition: Edition, tmp_path: Path
) -> None:
    pages = write_site(specimen_edition, tmp_path, Options("https://example.org/site"))
    text = (tmp_path / "claim/C00001.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://example.org/site/claim/C00001.html">' in text
    assert (tmp_path / "sitemap.xml").read_text(encoding="utf-8").count(
        "<loc>https://example.org/site/"
    ) == pages


def test_pictures_are_drawn_of_contested_questions_and_of_topics_and_named_in_their_pages(
    specimen: Specimen, tmp_path: Path
) -> None:
    # Another side answers too.
    specimen.set("claims", "C00009", asserted_by="nis")
    specimen.remove("claim_links", "C00009/updates/C00001")
    specimen.set("indicators", "casualties", question=HOSTILE.strip() + " #panic() " + "long " * 100)
    write_site(read_edition(specimen.folder), tmp_path, Options("https://example.org/", images=True))
    drawn = sorted(path.relative_to(tmp_path).as_posix() for path in (tmp_path / "images").rglob("*.png"))
    assert drawn == [
        f"images/{name}.png" for name in ("indicator/casualties", "topic/arms", "topic/casualties")
    ]
    for path in drawn:
        head = (tmp_path / path).read_bytes()[:24]
        assert head.startswith(b"\x89PNG")
        assert struct.unpack(">II", head[16:]) == (1200, 630)
        at = path.removeprefix("images/").replace(".png", ".html")
        page = (tmp_path / at).read_text(encoding="utf-8")
        assert f'<meta property="og:image" content="https://example.org/{path}">' in page
        assert '<meta property="og:image:alt" content="' in page
    assert "og:image" not in (tmp_path / "indicator/killed.html").read_text(encoding="utf-8")


def test_a_topic_is_pictured_by_its_most_contested_question(library: Library) -> None:
    asked = topic.ask(library, Knowledge(library))
    page = topic.write(library, "casualties", asked)
    card = choose_card(page, library)
    assert card is not None
    assert card.title == "Casualties: How many North Korean soldiers were killed or wounded?"
    assert len(card.chart.series[0].rows) == 30
    assert choose_card(replace(page, content=replace(page.content, questions=())), library) is None


def test_an_unlisted_site_is_left_out_by_search_engines_and_names_the_address_of_the_other(
    specimen_edition: Edition, specimen_site: Path, tmp_path: Path
) -> None:
    write_site(specimen_edition, tmp_path, Options("https://example.org/site", unlisted=True))
    asked = '<meta name="robots" content="noindex">'
    for path in tmp_path.rglob("*.html"):
        text, at = path.read_text(encoding="utf-8"), path.relative_to(tmp_path).as_posix()
        assert asked in text
        assert f'<link rel="canonical" href="https://example.org/site/{at}">' in text
    assert not (tmp_path / "sitemap.xml").exists()
    assert asked not in (specimen_site / "index.html").read_text(encoding="utf-8")


def test_a_site_has_nothing_beyond_its_pages_unless_it_is_asked_for(specimen_site: Path) -> None:
    assert not any(astuple(Options()))
    assert not (specimen_site / "sitemap.xml").exists()


@pytest.mark.parametrize(
    ("base_url", "images"), [("ftp://x", False), ("javascript:x", False), ('https://x"', False), ("", True)]
)
def test_options_that_cannot_be_are_refused(base_url: str, images: bool) -> None:  # noqa: FBT001
    with pytest.raises(SiteError):
        Options(base_url, images)


def test_the_command_writes_a_site_and_replaces_an_earlier_one(
    run: Run, specimen: Specimen, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    assert run("site", specimen.folder, "--out", out).code == 0
    (out / "SHA256SUMS").read_text(encoding="utf-8")
    before = (out / "index.html").read_bytes()
    done = run("site", specimen.folder, "--out", out)
    assert (done.code, (out / "index.html").read_bytes()) == (0, before)
    assert "open " in done.out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["package", "site"]


@pytest.mark.parametrize("options", [(), ("--serve",)])
def test_the_command_shows_the_site_on_this_machine_where_it_is_asked_to(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, options: tuple[str, ...]
) -> None:
    shown: dict[str, bytes] = {}

    def make_site(place: str, out: Path, *_: object) -> int:
        assert place == str(installed_package().folder)
        out.mkdir()
        (out / "index.html").write_text("The site.", encoding="utf-8")
        return 1

    def serve_once(server: ThreadingHTTPServer) -> None:
        address = f"http://127.0.0.1:{server.server_port}/"
        with ThreadPoolExecutor() as pool:
            page = pool.submit(urlopen, address, timeout=9)
            server.handle_request()
            shown[f"{address} shows it; Ctrl-C ends that."] = page.result().read()
        raise KeyboardInterrupt

    monkeypatch.setattr("dprk_russia.site.building.make_site", make_site)
    monkeypatch.setattr(ThreadingHTTPServer, "serve_forever", serve_once)
    done = run("site", "--out", tmp_path / "site", *options)
    assert done.code == 0
    assert list(shown.values()) == [b"The site."] * len(options)
    assert done.out.splitlines()[1:2] == list(shown)


def test_the_command_leaves_alone_what_is_no_site(run: Run, specimen: Specimen, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mine.txt").write_text("mine")
    done = run("site", specimen.folder, "--out", tmp_path / "site")
    assert done.code == 2
    assert "exists and is not a site" in done.err
    assert (tmp_path / "site" / "mine.txt").read_text() == "mine"


def test_the_command_refuses_a_package_with_findings(run: Run, specimen: Specimen, tmp_path: Path) -> None:
    specimen.set("claims", "C00001", topic_id="nothing")
    done = run("site", specimen.folder, "--out", tmp_path / "site")
    assert done.code == 1
    assert "foreign-key" in done.out
    assert not (tmp_path / "site").exists()


def test_each_change_is_told_and_leads_to_its_row_if_that_has_a_page(specimen_edition: Edition) -> None:
    package = specimen_edition.package
    rows = (
        Change("claims", "C00001", "note", "changed", "Old.", None),
        Change("claims", "C00098", None, "removed", "{}", None),
        Change("claim_links", "C00003/denies/C00001", None, "added", None, "{}"),
    )
    comparison = Comparison(package, package, (), rows, {}, {}, ())
    pages = about.write(Library(replace(specimen_edition, changes=comparison)))
    (content,) = (page.content for page in pages if page.address == "changes.html")
    told = [[cell.text for cell in row] for table in content.tables for row in table.rows]
    assert told == [
        ["C00001", "changed", "note", "Old.", ""],
        ["C00098", "removed", "", "{}", ""],
        ["C00003/denies/C00001", "added", "", "", "{}"],
    ]
    ids = [row[0].words[0].to for table in content.tables for row in table.rows]
    assert ids == ["claim/C00001.html", "", ""]


def test_the_command_draws_a_chart(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "chart.svg"
    done = run("chart", "kpa-killed", "-o", target, "--known-by", "2025-06-30")
    assert (done.code, done.err) == (0, "")
    assert target.read_text(encoding="utf-8").startswith("<svg")
    for name, hint in (
        ("kpa-kiled", "Did you mean kpa-killed?"),
        ("deaths-on-mars", "dprk-russia search finds ids by words."),
    ):
        done = run("chart", name, "-o", target)
        assert (done.code, done.err) == (2, f"dprk-russia: There is no indicator {name}. {hint}\n")


def test_the_program_of_others_is_that_which_was_looked_at() -> None:
    program = (ASSETS / "vendor" / "sql-wasm-inline.js").read_bytes()
    # Of the npm package sql.js 1.17.0.
    assert sha256(program).hexdigest() == "b2e4d04078fbf750e1d8d4b5b1a6e8e704aa770b88ff2a9a424838ba4ae95259"
    assert "MIT" in (ASSETS / "vendor" / "sql.js-LICENSE").read_text(encoding="utf-8")


def test_the_map_shows_the_places_that_lie_in_a_window_where_they_lie() -> None:
    def place(name: str, latitude: float | None, longitude: float | None) -> dict[str, object]:
        return {"name": name, "latitude": latitude, "longitude": longitude}

    places = [
        place("<Kyiv>", 50.45, 30.52), place("Moscow", 55.75, 37.62), place("Hanoi", 21.03, 105.85), place("Nowhere", None, None),
    ]  # fmt: skip
    assert [row["name"] for row in list_shown(places, "west")] == ["<Kyiv>", "Moscow"]
    drawn = ET.fromstring(draw_window(places, "west"))  # noqa: S314
    (kyiv, moscow) = (spot for spot in drawn.iter("circle"))
    assert float(str(kyiv.get("cx"))) < float(str(moscow.get("cx")))
    assert float(str(kyiv.get("cy"))) > float(str(moscow.get("cy")))
    assert [text.text for text in drawn.iter("text")] == ["<Kyiv>", "Moscow"]
    assert len(list(drawn.iter("path"))) > 10


def test_a_page_writes_nothing_in_the_place_of_what_is_missing() -> None:
    with pytest.raises(ValueError, match="nothing where it writes something"):
        write_words(Words(None), "")  # type: ignore[arg-type]
    assert write_words(Words(""), "") == ""


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (Words("a<b"), "a&lt;b"),
        (Words("죽음", lang="ko"), '<span lang="ko" dir="auto">죽음</span>'),
        (Words("a", title='"b"'), '<span title="&#34;b&#34;">a</span>'),
        (Words("a", to="claim/C1.html"), '<a href="../claim/C1.html">a</a>'),
        (Words("a", to="#b"), '<a href="#b">a</a>'),
        (
            Words("a", to="https://x.example/?a&b", lang="fr"),
            '<a href="https://x.example/?a&amp;b" rel="noopener" lang="fr" dir="auto">a</a>',
        ),
    ],
)
def test_words_are_a_link_or_bear_their_language(words: Words, written: str) -> None:
    assert write_words(words, "../") == written


def test_words_lead_to_no_address_that_runs() -> None:
    with pytest.raises(ValueError, match="No page leads to javascript:x"):
        write_words(Words("a", to="javascript:x"), "")


@pytest.mark.parametrize("chapter", ["tables", "derived"])
def test_the_sections_of_a_chapter_of_the_codebook_stand_right_below_its_title(
    specimen_site: Path, chapter: str
) -> None:
    page = (specimen_site / "codebook" / f"{chapter}.html").read_text(encoding="utf-8")
    assert set(re.findall(r"<h(\d)", page)) == {"1", "2"}
