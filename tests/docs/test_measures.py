"""The page on measures is the one that the measures and the data give, but for examples, which change with the data."""

from __future__ import annotations

import re
from pathlib import Path

from dprk_russia.contract.package import installed_package
from dprk_russia.documents.markdown import render_markdown
from dprk_russia.record.measures import read_measures
from dprk_russia.release.documents.measures import describe_measures
from dprk_russia.release.edition import read_edition

PAGE = Path(__file__).parents[2] / "docs" / "measures.md"
EXAMPLE = re.compile(r"For example:\n\n(?:- .*\n)+")


def test_the_page_on_measures_is_up_to_date() -> None:
    written = render_markdown(describe_measures(read_edition(installed_package().folder)))
    page = PAGE.read_text(encoding="utf-8")
    assert EXAMPLE.sub("", page) == EXAMPLE.sub("", written), "run scripts/write-docs"
    assert len(EXAMPLE.findall(page)) == len(EXAMPLE.findall(written))


def test_every_measure_is_told_with_its_query() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for measure in read_measures().values():
        assert f"```sql\n{measure.query.strip()}\n```" in page, measure.name
