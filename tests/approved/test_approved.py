"""What people read of a package, word by word, as it was last read and approved: pages, documents, reports, sheets, help.

Where something was meant to change, APPROVE=1 with these tests writes it anew; read what `git diff` then shows.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import openpyxl
import pytest
from click.testing import CliRunner

from approved.scene import VERSION, write_scene
from dprk_russia.checks import reports as findings
from dprk_russia.checks.faults import Specimen
from dprk_russia.checks.validation import validate
from dprk_russia.cli.command import command
from dprk_russia.contract.findings import RULES
from dprk_russia.contract.package import read_package
from dprk_russia.documents.terminal import render_terminal
from dprk_russia.record.citation import read_record
from dprk_russia.release import build
from dprk_russia.release.documents.codebook import write_overview, write_part
from dprk_russia.release.edition import read_edition
from dprk_russia.site.building import Options, write_site
from dprk_russia.site.dossier import tell_dossier
from dprk_russia.site.forms import list_hits, write_document, write_hits, write_json
from dprk_russia.site.search import find_entries
from dprk_russia.versions import reports as changes
from dprk_russia.versions.changes import compare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

APPROVED = Path(__file__).parent / "files"
OPTIONS = Options("https://pages.example/dprk/", repository="https://github.com/dprk-example/data")
FORMS = {".html", ".xml", ".svg", ".csv", ".json"}
# Pages that say again what the schemas, the measures and the rules say.
LEFT_OUT = {Path("codebook", f"{name}.html") for name in ("tables", "derived", "rules")}
DOCUMENTS = (
    ".zenodo.json", "CHANGES.md", "CITATION.cff", "CODEBOOK.md", "DATACARD.md", "QUESTIONS.md", "datacite.json",
    "dataset.jsonld", "datasette.json", "sources.bib", "sources.csl.json",
)  # fmt: skip
# Of what is alike for every table: some tables, and sheets with their first rows.
ALIKE = re.compile("places|military|timeline|sqlite|zip", re.IGNORECASE)
SHORTENED = ("croissant.json", "dcat.jsonld")
SHEETS = ("README", "estimates", "timeline", "claim_actors", "military_figures", "places", "codebook")
ROWS = 60
# How large files are and their sums depend on the libraries that write them.
MEASURED = re.compile(r"[0-9]+(?= (?:bytes|B)\b)|\b[0-9a-f]{64}\b")
# An id of each kind, and those of which there is most to say.
SHOWN = (
    "C00001", "C00011", "C00012", "C00019", "M00010", "M00011", "E00010", "nis", "kcna", "killed", "indicator/trade",
    "wounded", "topic/casualties", "indicator/casualties", "arms", "officers", "rajin", "kursk-oblast", "gazette-2024-12-18", "nis-2024-12-19",
)  # fmt: skip
DESCRIBED = (
    "places",
    "places.country",
    "silent",
    "killed",
    "casualties",
    "if-sent",
    "kursk",
    "merged",
    "retired_ids.reason",
)
SHOWN_BEFORE = ("C00001", "nis", "killed", "indicator/casualties", "bureau-2024-12-19")
WORDS = ("soldiers killed", "라진", "Администрация", "trente", "nothing of the kind")
BEFORE, WIDTH = date(2025, 1, 12), 100
PROGRAM = "dprk-russia"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Specimen:
    return write_scene(tmp_path_factory.mktemp("scene") / "package")


def check(folder: str, texts: Mapping[str, str]) -> None:
    """Compare texts by name with those that were approved, or approve them if that is wanted."""
    approved = APPROVED / folder
    if os.environ.get("APPROVE"):
        shutil.rmtree(approved, ignore_errors=True)
        for name, text in texts.items():
            (approved / name).parent.mkdir(parents=True, exist_ok=True)
            (approved / name).write_text(text, encoding="utf-8")
    files = [file for file in approved.rglob("*") if file.is_file()]
    assert sorted(texts) == sorted(file.relative_to(approved).as_posix() for file in files)
    for name, text in texts.items():
        assert text == (approved / name).read_text(encoding="utf-8"), name


def test_every_page_of_a_site_says_what_was_approved(scene: Specimen, tmp_path: Path) -> None:
    site, former, edition = tmp_path / "site", Specimen(tmp_path / "former"), read_edition(scene.folder)
    former.change_descriptor(version="0.9.0")
    comparison = compare(read_package(former.folder), edition.package)
    write_site(replace(edition, changes=comparison), site, OPTIONS)
    paths = [file.relative_to(site) for file in site.rglob("*") if file.suffix in FORMS]
    check(
        "site",
        {path.as_posix(): (site / path).read_text("utf-8") for path in paths if path not in LEFT_OUT},
    )


def test_the_documents_of_a_release_say_what_was_approved(scene: Specimen, tmp_path: Path) -> None:
    former = Specimen(tmp_path / "former")
    former.change_descriptor(version="0.9.0", created="2025-05-01T00:00:00Z")
    build(scene.folder, tmp_path / "release", lambda _: None, since=str(former.folder))
    release = tmp_path / "release"
    texts = {name: (release / name).read_text("utf-8") for name in DOCUMENTS}
    for name in SHORTENED:
        texts[name] = shorten((release / name).read_text("utf-8"))
    with zipfile.ZipFile(release / f"dprk-russia-{VERSION}.zip") as archive:
        texts["datapackage.json"] = shorten(archive.read("datapackage.json").decode())
    texts["sqlite.sql"] = "\n".join(list_statements(release / "dprk-russia.sqlite"))
    texts |= list_sheets(openpyxl.load_workbook(release / f"dprk-russia-{VERSION}.xlsx"))
    check("release", {name: MEASURED.sub("…", text) for name, text in texts.items()})


def shorten(text: str) -> str:
    """Return metadata in JSON with the files, tables and record sets of some alone."""
    metadata: dict[str, Any] = json.loads(text)
    for part in ("distribution", "recordSet", "dcat:distribution", "resources"):
        if part in metadata:
            metadata[part] = [
                one for one in metadata[part] if ALIKE.search(one.get("name", one.get("dct:title")))
            ]
    return json.dumps(metadata, ensure_ascii=False, indent=1)


def list_statements(file: Path) -> Iterator[str]:
    """Yield how a database is made, and what it says of itself, of some tables alone."""
    with closing(sqlite3.connect(file)) as database:
        texts = database.iterdump()
        yield from (text for text in texts if ALIKE.search(text[:40]) or "_package" in text[:40])


def list_sheets(book: Workbook) -> dict[str, str]:
    """Return how some sheets of a workbook look, a line for each cell."""
    return {f"{name}.sheet.txt": "\n".join(list_sheet(book[name])) + "\n" for name in SHEETS}


def list_sheet(sheet: Worksheet) -> Iterator[str]:
    yield f"widths {[sheet.column_dimensions[column].width for column in sorted(sheet.column_dimensions)]}"
    heights = {row: sheet.row_dimensions[row].height for row in range(1, ROWS + 1)}
    yield f"heights { ({row: height for row, height in heights.items() if height}) }"
    yield f"frozen {sheet.freeze_panes}, filtered {sheet.auto_filter.ref}, repeated {sheet.print_title_rows}"
    for cell in (cell for row in sheet.iter_rows(max_row=ROWS) for cell in row if cell.value is not None):
        alignment, link = cell.alignment, cell.hyperlink and cell.hyperlink.location
        style = (cell.font.b, cell.font.sz, alignment.wrap_text, alignment.vertical, alignment.horizontal)
        yield f"{cell.coordinate} {cell.value!r} {cell.number_format} {style} {link or ''}".rstrip()


def test_dossiers_and_hits_say_what_was_approved(scene: Specimen) -> None:
    record = read_record(read_package(scene.folder))
    texts = {}
    for name, day in [*((name, None) for name in SHOWN), *((name, BEFORE) for name in SHOWN_BEFORE)]:
        dossier = tell_dossier(record, name, day)
        file = f"{name.replace('/', '-')}{'-before' if day else ''}"
        texts[f"{file}.txt"] = render_terminal(write_document(dossier), WIDTH)
        texts[f"{file}.json"] = write_json(dossier)
    for number, words in enumerate(WORDS, 1):
        hits = find_entries(record, words)
        texts[f"search-{number}.txt"] = render_terminal(list_hits(hits), WIDTH)
        texts[f"search-{number}.json"] = write_hits(hits)
    check("dossiers", texts)


def test_what_describes_a_package_says_what_was_approved(scene: Specimen) -> None:
    edition = read_edition(scene.folder)
    texts = {"overview.txt": render_terminal(write_overview(edition), WIDTH)}
    for name in DESCRIBED:
        texts[f"{name}.txt"] = render_terminal(write_part(edition, name), WIDTH)
    check("describe", texts)


def test_reports_of_changes_say_what_was_approved(scene: Specimen, tmp_path: Path) -> None:
    former = Specimen(tmp_path / "former")
    former.change_descriptor(version="1.2.2", created="2025-05-01T00:00:00Z")
    former.set("claims", "C00001", note="Another note.", credibility="2", credibility_basis="")
    former.add("topics", topic_id="visits", name="Visits", definition="Guests.")
    former.change_field("topics", "name", title="Heading")
    former.change_field("claims", "note", title="Remark")
    former.set("evidence", "C00001/gazette-2024-12-16", locator="page 1")
    former.set("claim_links", "C00006/corroborates/C00007", note="Another note.")
    former.set("claim_actors", "C00005/russia", role="target")
    categories = former.schema("retired_ids")["fields"][2]["categories"]
    former.change_field(
        "retired_ids", "reason", categories=[{**categories[0], "label": "Joined"}, *categories[1:]]
    )
    former.path("places").write_text("Nothing.", encoding="utf-8")
    comparison = compare(read_package(former.folder), read_package(scene.folder))
    texts = {f"changes.{name}": render(comparison, mark) for name, render in changes.FORMATS.items()}
    check("changes", texts | {"changes.short.markdown": changes.render_markdown(comparison, 1)})


def test_reports_of_findings_say_what_was_approved(scene: Specimen, tmp_path: Path) -> None:
    shutil.copytree(scene.folder, tmp_path / "package")
    for path, old, new in (
        ("data/claims.csv", "quantity,nis,2025-01-13,likely", "quantities,nis,2025-01-13,likely"),
        ("data/sources.csv", "https://japan.example/2", "japan.example/2"),
        ("data/topics.csv", "topic_id,name", "topic_id,nome"),
    ):
        text = (tmp_path / "package" / path).read_text(encoding="utf-8")
        (tmp_path / "package" / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    report = validate(tmp_path / "package")
    setting = findings.Setting(tuple(RULES.values()), style=mark)
    check(
        "findings", {f"findings.{name}": render(report, setting) for name, render in findings.FORMATS.items()}
    )


def test_the_help_of_every_command_says_what_was_approved(
    scene: Specimen, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without a package named, columns are those of the package in the folder.
    monkeypatch.chdir(scene.folder)
    check("help", {f"{'-'.join(words)}.txt": tell_help(words) for words in list_commands(command, PROGRAM)})


def list_commands(called: click.Command, *words: str) -> Iterator[tuple[str, ...]]:
    yield words
    for word, subcommand in called.commands.items() if isinstance(called, click.Group) else ():
        yield from list_commands(subcommand, *words, word)


def tell_help(words: tuple[str, ...]) -> str:
    outcome = CliRunner().invoke(command, [*words[1:], "--help"], prog_name=PROGRAM, terminal_width=WIDTH)
    assert outcome.exit_code == 0
    return outcome.output


def mark(text: str, style: str) -> str:
    """Write the style of a text beside it, in place of a colour."""
    return f"<{style}>{text}</{style}>"
