from __future__ import annotations

import fcntl
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from dprk_russia.checks.faults import Specimen
from dprk_russia.release.edition import read_edition
from dprk_russia.site.building import Options, write_site
from dprk_russia.site.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from dprk_russia.release.edition import Edition

# Whether to try everything, as scripts/check-site does, or what takes seconds.
THOROUGH = bool(os.environ.get("THOROUGH"))
# What Debian, Ubuntu and others call it.
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


# Where the pages of the site of the data propose corrections, as those of a release do.
REPOSITORY = "https://github.com/someone/data"


def write_once(edition: Edition, out: Path, repository: str = "") -> Path:
    """Write a site where no other process of this run of tests has written it."""
    with out.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            draft = out.with_suffix(".draft")
            draft.mkdir()
            write_site(edition, draft, Options(repository=repository))
            draft.rename(out)
    return out


@pytest.fixture(scope="session")
def specimen_edition(shared: Path) -> Edition:
    folder = shared / f"specimen-of-site-{os.getpid()}"
    return read_edition(Specimen(folder).folder)


@pytest.fixture(scope="session")
def specimen_library(specimen_edition: Edition) -> Library:
    return Library(specimen_edition)


@pytest.fixture(scope="session")
def library(edition: Edition) -> Library:
    """The library of the data."""
    return Library(edition)


@pytest.fixture(scope="session")
def specimen_site(specimen_edition: Edition, shared: Path) -> Path:
    return write_once(specimen_edition, shared / "specimen-site")


@pytest.fixture(scope="session")
def real_site(edition: Edition, shared: Path) -> Path:
    """The site of the data."""
    return write_once(edition, shared / "real-site", REPOSITORY)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser of the system; without one its tests are left out, but never where CI is set."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        message = "no browser is installed: run scripts/browser"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()
