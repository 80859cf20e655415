"""A journalist finds the answers to ten questions from the first page, by clicking and typing alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from explorer.journeys import TEN, Journey, travel

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.slow


class Hands:
    """Clicks and types in a page as a person does, who uses only what is seen."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def _find(self, path: str) -> Locator:
        return self._page.locator(f"xpath={path}").locator("visible=true").first

    def click(self, path: str) -> None:
        element = self._find(path)
        to = element.evaluate("element => element.href")
        element.click()
        if to:
            self._page.wait_for_url(to)

    def type(self, path: str, words: str) -> None:
        self._find(path).press_sequentially(words)

    def read(self, path: str) -> str:
        return " ".join(self._find(path).inner_text().split())


@pytest.mark.parametrize("journey", TEN, ids=lambda journey: journey.question)
def test_an_answer_is_found_from_the_first_page(browser: Browser, real_site: Path, journey: Journey) -> None:
    page = browser.new_page()
    page.set_default_timeout(5000)
    page.goto((real_site / "index.html").as_uri())
    found = travel(journey, Hands(page))
    assert page.url == f"{real_site.as_uri()}/{journey.address}"
    assert {place: words in found[place] for place, words in journey.answer.items()} == dict.fromkeys(
        found, True
    ), found
    page.close()
