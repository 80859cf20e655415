"""Tells what a browser shows of a site in a folder: python tests/explorer/look.py chromium|firefox|webkit SITE

Every browser tells the same. Each keeps its own policy on files, by which no page may read another.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from selenium import webdriver
from selenium.webdriver.chrome.service import Service as ChromeService
from selenium.webdriver.firefox.service import Service as FirefoxService
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.service import Service as WebKitService

# Where systems keep the browser for WebKitGTK that can be driven.
WEBKIT = os.pathsep.join(map(str, Path("/usr").glob("lib*/*/webkit2gtk-4.1")))

# No driver hands on what a page complains of in each browser; so the script of the site begins with what keeps it.
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
    return webdriver.WebKitGTK(webkit, WebKitService(find("WebKitWebDriver")))


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
        self.complaints: list[str] = []

    def open(self, address: str) -> None:
        self._driver.get("about:blank")
        self._driver.get(f"{self._site.as_uri()}/{address}")

    def tell(self, what: str, script: str) -> None:
        """Print what a script of ours finds in the page, and keep what the page complains of."""
        print(json.dumps([what, self.ask(script)], ensure_ascii=False))
        self.complaints += self.ask("return window.complaints")

    def ask(self, script: str) -> Any:
        """Return what a script of ours finds in the page."""
        return self._driver.execute_script(script)

    def wait(self, script: str) -> None:
        """Wait until a script of ours returns true."""
        WebDriverWait(self._driver, 30).until(lambda _: self.ask(f"return {script}"))

    def is_refused(self) -> bool:
        """Tell whether a page in the folder that has no policy of its own is kept from reading another."""
        self.open("bare.html")
        return bool(self._driver.execute_async_script(FETCH) == "refused")


def look(reader: Reader) -> None:
    """Tell what the pages show."""
    for day in ("", "#by=2025-01-31", "#by=2025-01-29", "#by=2001-01-01"):
        reader.open(f"indicator/kpa-casualties.html{day}")
        reader.tell(f"casualties{day}", CASUALTIES)
    for words in ("국가정보원", "корейцых", "3,000 zelensky", "nothing holds it"):
        reader.open(f"search.html#q={quote(words)}")
        reader.wait("document.querySelector('#found').textContent.includes('found')")
        reader.tell(words, HITS)
    reader.open("sql.html")
    reader.wait("document.querySelector('#result tbody tr') !== null")
    reader.tell("sql", "return document.querySelector('#result').innerText.trim().replace(/\\s+/g, ' ')")


def main(name: str, site: str) -> None:
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "site"
        shutil.copytree(site, folder)
        script = folder / "site.js"
        script.write_text(RECORDER + script.read_text(encoding="utf-8"), encoding="utf-8")
        (folder / "bare.html").write_text("<!DOCTYPE html><title>bare</title>", encoding="utf-8")
        driver = start(name)
        try:
            reader = Reader(driver, folder)
            amiss = [] if reader.is_refused() else ["One page may read another, unlike where readers are."]
            look(reader)
        finally:
            driver.quit()
    sys.exit("\n".join(amiss + reader.complaints) or 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
