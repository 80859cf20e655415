"""What changed since the earlier version: every row and cell in CSV, the same in Markdown to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.documents.markdown import escape_markdown
from dprk_russia.versions.reports import CSV_HEADER, render_csv, render_markdown

if TYPE_CHECKING:
    from pathlib import Path

    from dprk_russia.release.edition import Edition

# So many rows of a list are shown in Markdown.
CAP = 200


def write(edition: Edition, release: Path) -> None:
    """Write what changed since the version before an edition, or that there is none."""
    if edition.changes is None:
        title = "# " + escape_markdown(f"{edition.package.title}: {edition.package.version}")
        table, text = ",".join(CSV_HEADER) + "\n", f"{title}\n\nThe first release: there is no earlier one.\n"
    else:
        table, text = render_csv(edition.changes), render_markdown(edition.changes, CAP)
    (release / "changes.csv").write_text(table, encoding="utf-8", newline="")
    (release / "CHANGES.md").write_text(text, encoding="utf-8", newline="")
