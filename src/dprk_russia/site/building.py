"""A whole site: every page and file of an edition, written to an empty folder, the same bytes each time."""

from __future__ import annotations

import json
import re
import tempfile
import zipfile
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dprk_russia.charts.chart import make_chart
from dprk_russia.charts.colours import write_style
from dprk_russia.checks.rules.releases import CHECKSUMS
from dprk_russia.checks.validation import validate
from dprk_russia.contract.package import read_for_comparison, read_package
from dprk_russia.contract.schema import get_text, get_url
from dprk_russia.record.citation import describe_sources, render_text
from dprk_russia.record.derived import write_csv
from dprk_russia.record.wording import tell_date
from dprk_russia.release.edition import read_edition
from dprk_russia.release.errors import RefusedError
from dprk_russia.release.formats import sqlite
from dprk_russia.release.formats.archive import add_member
from dprk_russia.release.publication import checksums
from dprk_russia.release.publication.place import put, reserve
from dprk_russia.release.publication.verification import SITE_ENDING
from dprk_russia.site.cards import choose_card
from dprk_russia.site.content import Page, SiteError, address
from dprk_russia.site.history import Knowledge
from dprk_russia.site.library import Library
from dprk_russia.site.pages import (
    about,
    actor,
    claim,
    codebook,
    indicator,
    overview,
    part,
    place,
    questions,
    source,
    topic,
)
from dprk_russia.site.pagination import MOST_BESIDE_QUESTIONS, continue_page
from dprk_russia.site.rendering import Picture, Renderer, Setting
from dprk_russia.site.search import write_index
from dprk_russia.versions.changes import compare
from dprk_russia.versions.history import open_package, previous_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dprk_russia.contract.package import Package
    from dprk_russia.release.edition import Edition
    from dprk_russia.versions.changes import Comparison

ASSETS = Path(__file__).parent / "assets"
# The form for corrections of a repository, with the field that holds an id.
_FORM = "{}/issues/new?template=claim.yml&corrects="
_REPOSITORY = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]+)?/[A-Za-z0-9-]+/[A-Za-z0-9._-]+")
# Of a homepage it is known that it is a repository with that form if it lies there.
_FORGE = "https://github.com/"
_BASE = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~-]+)*/?")


@dataclass(frozen=True, slots=True)
class Options:
    """What a site may have beyond its pages.

    `base_url` is the address it will have on the web; an `unlisted` site is a copy that search engines leave out for the one
    at that address. `images` are for those who link to pages, `repository` is where corrections are proposed.
    """

    base_url: str = ""
    images: bool = False
    unlisted: bool = False
    repository: str = ""

    def __post_init__(self) -> None:
        if self.base_url and not _BASE.fullmatch(self.base_url):
            raise SiteError(f"{self.base_url} is no address of a site, as https://example.org/dprk-russia/.")
        if self.images and not self.base_url:
            raise SiteError("Images are for those who link to pages: give --base-url too.")
        if self.repository and not _REPOSITORY.fullmatch(self.repository):
            raise SiteError(f"{self.repository} is no repository, as https://github.com/OWNER/NAME.")


def make_site(place_of_package: Path | str, out: Path, options: Options) -> int:
    """Write the site of a package, a folder, a zip file or a git revision, to `out`, and return the number of pages.

    It tells what changed since the last release where that is at hand. An earlier site there is replaced at the end.

    Raises
    ------
    PackageError
        If there is no such package.
    RefusedError
        If the package has findings.
    ReleaseError
        If `out` holds something other than a site, or another build is at work on it.
    SiteError
        If an id cannot be the name of a page.
    """
    with open_package(place_of_package) as folder, reserve(out, "site") as site:
        report = validate(folder)
        if not report.passes():
            raise RefusedError(report)
        package = read_package(folder)
        pages = write_site(read_edition(folder, _compare(package)), site, options)
        checksums.write(site, CHECKSUMS)
        put(site, out)
    return pages


def _compare(package: Package) -> Comparison | None:
    """Return what changed since the last release, if it is at hand."""
    earlier = previous_version(package)
    if earlier is None:
        return None
    with open_package(earlier, package.folder) as former:
        return compare(read_for_comparison(former), package)


def write_archive(edition: Edition, release: Path, options: Options = Options()) -> None:
    """Write the site of an edition as one zip into a release."""
    with (
        tempfile.TemporaryDirectory() as folder,
        zipfile.ZipFile(release / f"{edition.stem}{SITE_ENDING}", "w") as archive,
    ):
        write_site(edition, Path(folder), options)
        for path in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
            add_member(
                archive, edition.package.created, path.relative_to(folder).as_posix(), path.read_bytes()
            )


def write_site(edition: Edition, folder: Path, options: Options = Options()) -> int:
    """Write every page and file of the site of an edition to a folder, and return the number of pages.

    Raises
    ------
    SiteError
        If an id cannot be the name of a page, or two pages have one address.
    """
    library = Library(edition)
    renderer = Renderer(_set(edition.package, options))
    addresses: dict[str, str] = {}
    # Files are written while the next pages are made, which saves a tenth of the time.
    with ThreadPoolExecutor(1) as disk:
        written = []
        for page in list_pages(library):
            # Some systems do not tell small letters from capitals.
            if addresses.setdefault(page.address.casefold(), page.address) != page.address:
                raise SiteError(f"Two pages have the address {page.address}.")
            picture = _draw_picture(page, library, folder) if options.images else None
            written.append(disk.submit(_write, folder / page.address, renderer.render(page, picture)))
        written += [disk.submit(_write, folder / path, text) for path, text in list_files(library)]
    for one in written:
        one.result()
    if options.base_url and not options.unlisted:
        _write(folder / "sitemap.xml", _map(options.base_url, sorted(addresses.values())))
    return len(addresses)


def _set(package: Package, options: Options) -> Setting:
    home = get_url(package.descriptor, "homepage").rstrip("/")
    is_repository = home.startswith(_FORGE) and _REPOSITORY.fullmatch(home)
    repository = options.repository or (home if is_repository else "")
    return Setting(
        title=package.title.partition(":")[0],
        version=package.version,
        created=str(package.created),
        created_words=tell_date(str(package.created)),
        licences="; ".join(
            get_text(licence, "title") or get_text(licence, "name")
            for licence in package.descriptor["licenses"]
        ),
        base_url=options.base_url and options.base_url.rstrip("/") + "/",
        is_listed=not options.unlisted,
        corrections=repository and _FORM.format(repository),
    )


def list_pages(library: Library) -> Iterator[Page]:
    """Yield every page."""
    knowledge = Knowledge(library)
    asked = topic.ask(library, knowledge)
    yield from overview.write(library, asked)
    yield from about.write(library)
    yield questions.write()
    yield from codebook.write(library)
    for row in library.rows("topics"):
        yield from continue_page(topic.write(library, row["topic_id"], asked), most=MOST_BESIDE_QUESTIONS)
    for row in library.rows("indicators"):
        yield indicator.write(library, knowledge, row["indicator_id"])
    for row in library.rows("claims"):
        yield claim.write(library, row["claim_id"])
    for row in library.rows("parts"):
        yield from continue_page(part.write(library, row["part_id"]))
    for row in library.rows("places"):
        yield from continue_page(place.write(library, row["place_id"]))
    for row in library.rows("actors"):
        yield from continue_page(actor.write(library, row["actor_id"]))
    frames = library.edition.frames
    items = describe_sources(library.package, frames, frames["sources"])
    for row, item in zip(library.rows("sources"), items, strict=True):
        page = source.write(library, row["source_id"], render_text([item]).strip())
        yield from continue_page(page, page.content.title.lang)


def list_files(library: Library) -> Iterator[tuple[str, str]]:
    """Yield every file that is no page: its path and its text."""
    yield "site.css", (ASSETS / "site.css").read_text(encoding="utf-8") + write_style()
    yield from ((name, (ASSETS / name).read_text(encoding="utf-8")) for name in ("site.js", "query.js"))
    yield from (
        (path.name, path.read_text(encoding="utf-8")) for path in sorted((ASSETS / "vendor").iterdir())
    )
    yield "database.js", _write_database(library.edition)
    yield "entries.js", write_index(library)
    estimates = library.edition.views["estimates"]
    for indicator_id, rows in library.group("estimates", "indicator_id").items():
        stem = address("indicator", indicator_id).removesuffix(".html")
        yield f"{stem}.csv", write_csv(estimates[estimates["indicator_id"].eq(indicator_id)]).decode()
        question = indicator.name_question(library.row("indicators", indicator_id))
        yield f"{stem}.svg", make_chart(question, rows, library.short_names).draw()
    for row in library.rows("claims"):
        path = address("claim", row["claim_id"]).removesuffix(".html") + ".json"
        yield path, json.dumps(claim.collect(library, row["claim_id"]), ensure_ascii=False, indent=1) + "\n"


def _write_database(edition: Edition) -> str:
    """Return the script that gives a page the SQLite file of a release; pages in a folder can read no other file."""
    with tempfile.TemporaryDirectory() as folder:
        sqlite.write(edition, Path(folder))
        (file,) = Path(folder).iterdir()
        return f'window.database="{b64encode(file.read_bytes()).decode()}";\n'


def _draw_picture(page: Page, library: Library, folder: Path) -> Picture | None:
    """Write the picture that stands for a page where others link to it; nothing if it has none."""
    card = choose_card(page, library)
    if card is None:
        return None
    path = f"images/{page.stem}.png"
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(card.draw(f"{library.package.title}, version {library.package.version}"))
    return Picture(path, card.description)


def _map(base_url: str, addresses: list[str]) -> str:
    base = base_url.rstrip("/")
    lines = "".join(f"<url><loc>{base}/{path}</loc></url>\n" for path in addresses)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'


def _write(path: Path, text: str) -> None:
    # To make the folder only where there is none saves a twentieth of the time.
    try:
        path.write_bytes(text.encode())
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
