"""The sources of an edition for reference managers and typesetters: `sources.bib` and `sources.csl.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.record.citation import describe_sources, render_bibtex, render_csl

if TYPE_CHECKING:
    from pathlib import Path

    from dprk_russia.release.edition import Edition


def write(edition: Edition, release: Path) -> None:
    """Write every source of an edition as BibTeX and as CSL-JSON."""
    items = list(describe_sources(edition.package, edition.frames, edition.frames["sources"]))
    for name, render in {"sources.bib": render_bibtex, "sources.csl.json": render_csl}.items():
        (release / name).write_text(render(items), encoding="utf-8", newline="\n")
