"""The site in a browser, from a folder: every kind of page, and what its script does."""

from __future__ import annotations

import csv
import json
from itertools import product
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe

from dprk_russia.site.content import address as address_of
from dprk_russia.site.history import History, Knowledge
from dprk_russia.site.rendering import POLICY
from dprk_russia.site.search import find_entries
from explorer.conftest import THOROUGH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Locator, Page

    from dprk_russia.site.library import Library

    Open = Callable[..., Page]

pytestmark = pytest.mark.slow

CASUALTIES = "indicator/kpa-casualties.html"
# One page of each kind.
KINDS = (
    "index.html", "indicators.html", CASUALTIES, "indicator/gdp.html", "claim/C00132.html", "claim/C00138.html",
    "source/xataka-2024-12.html", "actor/nis.html", "topic/casualties.html", "place/kursk-oblast.html",
    "disagreements.html", "echoes.html", "distortions.html", "timeline.html", "timeline/2024.html", "topics.html",
    "places.html", "actors.html", "sources.html", "figure/E00024.html", "search.html", "sql.html", "about.html",
    "cite.html", "changes.html", "codebook.html",
)  # fmt: skip
# Those whose forms are not also on one of the others.
FORMS = (
    KINDS
    if THOROUGH
    else ("index.html", CASUALTIES, "claim/C00132.html", "places.html", "sql.html", "search.html")
)
NARROW, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


@pytest.fixture
def visit(browser: Browser, real_site: Path) -> Iterator[Open]:
    """Open a page of the site of the data from its folder, and hold against it whatever it complains of or asks for."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    asked: list[str] = []

    def open_page(address: str, **options: object) -> Page:
        context = browser.new_context(**{"viewport": WIDE, **options})  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(
            (real_site / address.partition("#")[0]).as_uri() + address[len(address.partition("#")[0]) :]
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def rows(page: Page) -> Locator:
    return page.locator("table.figures tbody tr:visible")


def ids(page: Page) -> list[str]:
    return [str(row.get_attribute("id")) for row in rows(page).all()]


def export(page: Page) -> list[dict[str, str]]:
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV of these rows").first.click()
    with open(download.value.path(), encoding="utf-8", newline="") as file:  # noqa: PTH123
        return list(csv.DictReader(file))


@pytest.mark.parametrize("address", FORMS)
def test_a_page_is_accessible_and_fits_its_screen(browser: Browser, real_site: Path, address: str) -> None:
    for screen, scheme in product((NARROW, WIDE), ("light", "dark")):
        context = browser.new_context(viewport=screen, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto((real_site / address).as_uri())
        found = Axe().run(page)
        assert found.response["violations"] == [], json.dumps(found.response["violations"], indent=1)[:3000]
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
        context.close()


def test_no_page_complains_or_asks_for_anything_beyond_its_folder_or_for_much(
    visit: Open, real_site: Path
) -> None:
    page = visit("index.html")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in KINDS:
        asked.clear()
        page.goto((real_site / address).as_uri())
        assert page.locator("h1").count() == 1
        if address == "sql.html":
            page.locator("#result table").wait_for(timeout=15_000)
        assert len([url for url in asked if url.startswith("file:")]) <= 5, address


def test_the_policy_keeps_out_a_script_that_got_into_a_page(
    browser: Browser, real_site: Path, tmp_path: Path
) -> None:
    harmed = (
        (real_site / "about.html")
        .read_text(encoding="utf-8")
        .replace("<h1>", "<script>document.title = 'harmed'</script><h1 onclick='1'>")
    )
    (tmp_path / "about.html").write_text(harmed, encoding="utf-8")
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto((tmp_path / "about.html").as_uri())
    assert page.title() != "harmed"
    assert any("Content Security Policy" in complaint for complaint in complaints), POLICY
    page.close()


def test_a_wide_screen_shows_question_answer_chart_and_day_without_scrolling(visit: Open) -> None:
    page = visit(CASUALTIES)
    for name in ("h1", "#answer", "#summary", ".view .wide svg", ".key", "#by"):
        box = page.locator(name).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= WIDE["height"]


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_wider_than_a_phone(visit: Open, width: int) -> None:
    for address in (
        "index.html",
        CASUALTIES,
        "disagreements.html",
        "echoes.html",
        "source/xataka-2024-12.html",
    ):
        page = visit(address, viewport={"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_the_day_shows_what_python_says_was_known(visit: Open, library: Library) -> None:
    history = History(Knowledge(library), "kpa-casualties")
    page = visit(CASUALTIES)
    days = history.list_days()
    for place in (0, 6, len(days) // 2, len(days) - 1, len(days)):
        page.locator("#day").evaluate(
            "(range, place) => { range.value = place; range.dispatchEvent(new Event('input')); }", place
        )
        state = history.recall(days[place] if place < len(days) else "")
        assert set(ids(page)) == state.known
        hollow = page.locator("table.figures tr.hollow:visible").evaluate_all(
            "rows => rows.map((row) => row.id)"
        )
        assert set(hollow) == state.replaced
        assert page.inner_text("#summary") == state.summary
        drawn = page.locator(".wide .mark[data-figure]:visible").evaluate_all(
            "all => all.map((one) => one.dataset.figure)"
        )
        assert set(drawn) == {figure for figure in state.known if library.figures[figure]["scope"] is None}
        sides = page.locator("#answer .side").all_inner_texts()
        assert sides == [library.name_side(library.figures[figure]["side"]) for figure in state.answer]


def test_what_became_of_a_figure_later_is_not_told_of_an_earlier_day(visit: Open, library: Library) -> None:
    page = visit(f"{CASUALTIES}#by=2025-01-31")
    told = page.locator(".remark a:visible").evaluate_all("links => links.map((link) => link.textContent)")
    claims = {claim for claim in told if claim in library.assessments}
    figures = {figure for figure in told if figure in library.figures}
    # Of Zelensky's figure of December it was known that he had replaced it, of others not yet.
    assert "C00135" in claims
    assert figures
    for known in (
        *(library.assessments[claim] for claim in claims),
        *(library.figures[figure] for figure in figures),
    ):
        assert known["first_known"] <= "2025-01-31"
    later = visit(CASUALTIES).locator(".remark a:visible").count()
    assert len(told) < later


def test_the_address_keeps_the_day_that_was_asked_for(visit: Open, library: Library) -> None:
    page = visit(f"{CASUALTIES}#by=2025-01-29")
    assert page.inner_text("#asked") == "29 January 2025"
    assert set(ids(page)) == History(Knowledge(library), "kpa-casualties").recall("2025-01-29").known
    page.get_by_role("button", name="Later").click()
    assert "#by=2025-01-31" in page.url


def test_a_day_before_all_figures_shows_none(visit: Open) -> None:
    page = visit(f"{CASUALTIES}#by=2001-01-01")
    assert ids(page) == []
    assert page.inner_text("#summary") == "No figure was known."
    assert page.locator(".wide .mark[data-figure]:visible").count() == 0


def test_the_exported_rows_are_those_that_are_shown(visit: Open) -> None:
    page = visit(CASUALTIES)
    assert [row["Id"] for row in export(page)] == page.locator("table.figures").first.locator(
        "tbody tr"
    ).evaluate_all("rows => rows.map((row) => row.id)")
    page.get_by_label("Filter").first.fill("ukraine KURSK")
    shown = [
        figure for figure in ids(page) if page.locator("table.figures").first.locator(f"#{figure}").count()
    ]
    written = export(page)
    assert 0 < len(shown) < 30
    assert [row["Id"] for row in written] == shown
    assert f"{len(shown)} of 30 rows" in page.locator(".tools").first.inner_text()


def test_a_filtered_row_stays_hidden_when_the_day_changes(visit: Open) -> None:
    page = visit(f"{CASUALTIES}#by=2025-01-31")
    page.get_by_label("Filter").first.fill("Zelensky")
    page.get_by_role("button", name="Earlier").click()
    texts = rows(page).all_inner_texts()
    assert texts
    assert all("Zelensky" in text or "russian" in text.lower() for text in texts)


def test_a_column_sorts_numbers_as_numbers_both_ways_and_empty_cells_last(visit: Open) -> None:
    page = visit(CASUALTIES)
    head = page.locator("table.figures").first.get_by_role("button", name="Figure")
    cells = page.locator("table.figures").first.locator("tbody tr td:first-child")
    for way in (1, -1):
        head.click()
        values = [str(cell.get_attribute("data-value")) for cell in cells.all()]
        numbers = [float(value) for value in values if value]
        assert numbers == sorted(numbers, reverse=way < 0)
        assert values[len(numbers) :] == [""] * (len(values) - len(numbers))
    assert page.locator("th[aria-sort=descending]").count() == 1


def test_the_page_can_be_used_with_the_keyboard_alone(visit: Open) -> None:
    page = visit(CASUALTIES)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    page.locator("#day").focus()
    before = len(ids(page))
    page.keyboard.press("Home")
    assert len(ids(page)) < before
    page.keyboard.press("End")
    assert len(ids(page)) == before
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == 1


def test_search_finds_words_names_and_ids_in_every_script(visit: Open) -> None:
    page = visit("search.html")
    for words, target in (
        ("C00132", "claim/C00132.html"), ("국가정보원", "actor/nis.html"), ("m00030", "claim/C00132.html"),
        ("ZELENSKY 3,000 kursk", "claim/C00132.html"),
    ):  # fmt: skip
        page.locator("#words").fill(words)
        page.locator(f"#hits a[href='{target}']").wait_for(timeout=3000)
    page.locator("#words").fill("nothing has these words")
    assert page.inner_text("#found") == "0 found. Fewer words find more"
    page.locator("#words").fill("<b>")
    assert page.locator("#hits b").count() == 0


@pytest.mark.parametrize(
    "words", ["kursk Oblast", "корейцых", "국가정보원", "金正恩", "3,000 zelensky", "и", "nothing holds it"]
)
def test_search_finds_what_the_command_finds(visit: Open, library: Library, words: str) -> None:
    hits = find_entries(library.edition.record, words)
    page = visit(f"search.html#q={quote(words)}")
    page.locator("#found", has_text="found").wait_for(timeout=3000)
    told = page.inner_text("#found")
    assert told.startswith(f"{len(hits.entries)} found")
    assert ("without the last" in told) == (hits.cut > 0)
    links = {link.get_attribute("href") for link in page.locator("#hits a").all()}
    expected = {address_of(entry.kind, entry.row_id) for entry in hits.entries}
    assert links <= expected
    assert len(links) == min(len(expected), 100)


def test_search_looks_for_russian_words_less_their_endings_and_says_so(visit: Open) -> None:
    page = visit("search.html#q=корейцых")
    page.locator("#hits a").first.wait_for(timeout=3000)
    assert "without the last" in page.inner_text("#found")


def test_without_script_a_page_says_the_same(visit: Open, browser: Browser, real_site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto((real_site / CASUALTIES).as_uri())
    page = visit(CASUALTIES)
    for name in ("#answer", "#summary", "table.figures tbody"):
        assert bare.locator(name).first.inner_text() == page.locator(name).first.inner_text()
    assert not bare.locator("#by").is_visible()
    bare.goto((real_site / "search.html").as_uri())
    assert "needs scripts" in bare.locator("main").inner_text()
    context.close()


def test_a_mark_tells_its_figure_under_a_mouse(visit: Open) -> None:
    page = visit(CASUALTIES)
    mark = page.locator(".wide .mark[data-figure='M00210']")
    assert mark.locator("title").count() == 0
    mark.hover(force=True)
    told = mark.locator("title").text_content()
    assert told == "about 5,000 people, 2025, Main Directorate of Intelligence of Ukraine"


def test_print_opens_the_trees_and_leaves_out_what_cannot_be_printed(visit: Open) -> None:
    page = visit(CASUALTIES)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("details:not([open])").count() == 0
    assert not page.locator("#by").is_visible()
    assert not page.locator("nav").first.is_visible()
    proposals = page.locator("[aria-label^='Correct']")
    assert proposals.count() > 0
    assert not any(proposal.is_visible() for proposal in proposals.all())


def test_targets_are_large_enough_for_a_finger(visit: Open) -> None:
    page = visit(CASUALTIES, viewport=NARROW)
    for button in page.locator("button:visible, input:visible, summary:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 24


def test_a_reader_can_ask_in_sql(visit: Open, library: Library) -> None:
    page = visit("sql.html")
    page.locator("#result table").wait_for(timeout=15_000)
    for place in range(page.locator("#ready option").count()):
        page.locator("#ready").select_option(index=place)
        assert "SQLite says" not in page.inner_text("#state")
        assert page.locator("#result tbody tr").count() > 0
    page.locator("#query").fill("SELECT count(*) FROM claims")
    page.get_by_role("button", name="Run").click()
    assert page.inner_text("#result td") == str(len(library.rows("claims")))
    page.locator("#query").fill("SELECT unheard_of")
    page.get_by_role("button", name="Run").click()
    assert "SQLite says: no such column" in page.inner_text("#state")
