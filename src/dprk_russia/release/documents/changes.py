"""What changed since the earlier version: every row and cell in CSV; in Markdown what users notice, and the same to be read."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from dprk_russia.contract.companions import CHANGELOG, read_companion_text
from dprk_russia.documents.markdown import escape_markdown
from dprk_russia.versions.changes import parse_version
from dprk_russia.versions.releases import read_releases
from dprk_russia.versions.reports import CSV_HEADER, render_csv, render_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dprk_russia.release.edition import Edition
    from dprk_russia.versions.releases import Release

# So many rows of a list are shown in Markdown.
CAP = 200


def write(edition: Edition, release: Path) -> None:
    """Write what changed since the version before an edition, as far as that is at hand."""
    changes = edition.changes
    table = render_csv(changes) if changes else ",".join(CSV_HEADER) + "\n"
    (release / "changes.csv").write_text(table, encoding="utf-8", newline="")
    (release / "CHANGES.md").write_text("\n".join(_write_lines(edition)), encoding="utf-8", newline="")


def _write_lines(edition: Edition) -> Iterator[str]:
    """Yield a title, what users notice, which releases there were before, and every change."""
    package = edition.package
    version = parse_version(package.version)
    earlier = [release for release in read_releases(package.folder) if release.version < version]
    if edition.changes:
        title, _, told = render_markdown(edition.changes, CAP).partition("\n")
    else:
        title, told = "# " + escape_markdown(f"{package.title}: {package.version}"), _excuse(earlier)
    yield title
    noticed = find_section(read_companion_text(package.folder, CHANGELOG), package.version)
    yield from ("", noticed) if noticed else ()
    if earlier:
        yield "\nEarlier releases: " + ", ".join(f"{r.version} ({r.day})" for r in reversed(earlier)) + "."
    yield told


def _excuse(earlier: Sequence[Release]) -> str:
    """Say why no change is listed."""
    if not earlier:
        return "\nThe first release: there is no earlier one.\n"
    return (
        f"\nThe changes since {earlier[-1].version} are not listed row by row, since it was not at hand; "
        "`dprk-russia diff OLD NEW` lists them from both releases.\n"
    )


def find_section(changelog: str, version: str) -> str:
    """Return what a changelog says of a version below the heading that begins with it; empty if it has none."""
    heading = re.compile(rf"## \[?v?{re.escape(version)}\]?(?![^\s(])")
    lines = iter(changelog.splitlines())
    for line in lines:
        if heading.match(line):
            return "\n".join(takewhile(lambda line: not line.startswith("## "), lines)).strip()
    return ""
