"""Tells what a browser shows of a site in a folder: python -m explorer.look chromium|firefox|webkit SITE

Every browser tells the same, and finds the answers to ten questions; how many seconds each took goes to the standard error.
Each keeps its own policy on files, by which no page may read another.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from selenium import webdriver
from selenium.webdriver.chrome.service import Service as ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.firefox.service import Service as FirefoxService
from selenium.webdriver.support.expected_conditions import url_to_be
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.service import Service as WebKitService

from explorer.journeys import TEN, travel

if TYPE_CHECKING:
    from selenium.webdriver.remote.webelement import WebElement

# Where systems keep the browser for WebKitGTK that can be driven, the newest first.
WEBKIT = os.pathsep.join(sorted(map(str, Path("/usr").glob("lib*/*/webkit*gtk-*")), reverse=True))
# As little as Chromium can it shut itself in on every system; the pages are our own.
OPEN_WEBKIT = {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}

SCREEN = 1280, 800
# No driver hands on what a page complains of in each browser; so the scripts of the site begin with what keeps it.
RECORDER = """
window.complaints = [];
for (const name of ["error", "unhandledrejection", "securitypolicyviolation"])
  addEventListener(name, (event) => complaints.push(`${name}: ${event.message ?? event.reason ?? event.violatedDirective}`), true);
for (const name of ["error", "warn"]) console[name] = (...words) => complaints.push(`${name}: ${words.join(" ")}`);
"""
CASUALTIES = """return {
  asked: document.querySelector("#asked").textContent,
  answer: document.querySelector("#answer").innerText.trim().replace(/\\s+/g, " "),
  rows: [...document.querySelectorAll("table.figures tr[id]")].filter((row) => row.offsetParent).map((row) => row.id),
}"""
HITS = """return {
  found: document.querySelector("#found").textContent,
  hits: [...document.querySelectorAll("#hits a")].map((link) => link.getAttribute("href")),
}"""
FETCH = "const done = arguments[0]; fetch('index.html').then(() => done('read'), () => done('refused'))"


def start(name: str) -> webdriver.Remote:
    """Start a browser of the system."""
    if name == "chromium":
        chrome = webdriver.ChromeOptions()
        chrome.binary_location = find("chromium", "google-chrome")
        for argument in ("--headless=new", "--no-sandbox"):
            chrome.add_argument(argument)
        return webdriver.Chrome(chrome, ChromeService(find("chromedriver")))
    if name == "firefox":
        firefox = webdriver.FirefoxOptions()
        firefox.binary_location = find("firefox-esr", "firefox")
        firefox.add_argument("-headless")
        # What drives Firefox switches this off, which readers have on.
        firefox.set_preference("security.fileuri.strict_origin_policy", True)  # noqa: FBT003
        return webdriver.Firefox(firefox, FirefoxService(find("geckodriver")))
    webkit = webdriver.WebKitGTKOptions()
    webkit.binary_location = find("MiniBrowser", path=WEBKIT)
    webkit.add_argument("--automation")
    return webdriver.WebKitGTK(webkit, WebKitService(find("WebKitWebDriver"), env=os.environ | OPEN_WEBKIT))


def find(*names: str, path: str | None = None) -> str:
    """Return the path of the first of some programs that is installed."""
    found = next(filter(None, (shutil.which(name, path=path) for name in names)), None)
    if found is None:
        sys.exit(f"{names[0]} is not installed.")
    return found


class Reader:
    """Opens pages of a site in a browser and tells what they show."""

    def __init__(self, driver: webdriver.Remote, site: Path) -> None:
        self._driver = driver
        self._site = site
        self.amiss: list[str] = []

    def open(self, address: str) -> None:
        self._driver.get("about:blank")
        self._driver.get(f"{self._site.as_uri()}/{address}")

    def tell(self, what: str, seen: object) -> None:
        """Print what is seen on the page, and keep what the page complains of."""
        print(json.dumps([what, self.address, seen], ensure_ascii=False))
        self.listen()

    def listen(self) -> None:
        """Keep what the page complains of."""
        self.amiss += self.ask("return window.complaints.splice(0)")

    def ask(self, script: str) -> Any:
        """Return what a script of ours finds in the page."""
        return self._driver.execute_script(script)

    def find(self, path: str) -> WebElement:
        """Return the first element on a path that is seen."""

        def look_for(driver: webdriver.Remote) -> WebElement | Literal[False]:
            elements = driver.find_elements(By.XPATH, path)
            return next((element for element in elements if element.is_displayed()), False)

        return WebDriverWait(self._driver, 10).until(look_for)

    def click(self, path: str) -> None:
        self.listen()
        element = self.find(path)
        to = element.get_attribute("href")
        element.click()
        if to:
            WebDriverWait(self._driver, 10).until(url_to_be(to))

    def type(self, path: str, words: str) -> None:
        self.find(path).send_keys(words)

    def read(self, path: str) -> str:
        text = self._driver.execute_script("return arguments[0].innerText", self.find(path))
        return " ".join(text.split())

    @property
    def address(self) -> str:
        """Return which page is open."""
        return self._driver.current_url.removeprefix(f"{self._site.as_uri()}/")

    def wait(self, script: str) -> None:
        """Wait until a script of ours returns true."""
        WebDriverWait(self._driver, 30).until(lambda _: self.ask(f"return {script}"))

    def try_neighbour(self) -> None:
        """Let a page in the folder that has no policy of its own read another, which it may not."""
        self.open("bare.html")
        if self._driver.execute_async_script(FETCH) != "refused":
            self.amiss.append("A page may read another, as it may not where readers are.")


def look(reader: Reader) -> None:
    """Tell what the pages show, and keep what is amiss with them."""
    reader.try_neighbour()
    for day in ("", "#by=2025-01-31", "#by=2025-01-29", "#by=2001-01-01"):
        reader.open(f"indicator/kpa-casualties.html{day}")
        reader.tell("casualties", reader.ask(CASUALTIES))
    for words in ("국가정보원", "корейцых", "3,000 zelensky", "nothing holds it"):
        reader.open(f"search.html#q={quote(words)}")
        reader.wait("document.querySelector('#found').textContent.includes('found')")
        reader.tell(words, reader.ask(HITS))
    for journey in TEN:
        reader.open("index.html")
        begun = time.perf_counter()
        found = travel(journey, reader)
        print(f"{time.perf_counter() - begun:.1f} s: {journey.question}", file=sys.stderr)
        reader.tell(journey.question, found)
        answered = all(words in found[place] for place, words in journey.answer.items())
        if reader.address != journey.address or not answered:
            reader.amiss.append(f"The answer was not found: {journey.question}")
    reader.open("sql.html")
    reader.wait("document.querySelector('#result tbody tr') !== null")
    reader.tell("sql", reader.read("//*[@id='result']"))


def main(name: str, site: str) -> None:
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "site"
        shutil.copytree(site, folder)
        for script in (folder / "site.js", folder / "query.js"):
            script.write_text(RECORDER + script.read_text(encoding="utf-8"), encoding="utf-8")
        (folder / "bare.html").write_text("<!DOCTYPE html><title>bare</title>", encoding="utf-8")
        driver = start(name)
        driver.set_window_size(*SCREEN)
        try:
            reader = Reader(driver, folder)
            look(reader)
        finally:
            driver.quit()
    sys.exit("\n".join(reader.amiss) or 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
