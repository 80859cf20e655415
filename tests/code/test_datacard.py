"""The data card: its numbers are those of the tables, and no text of the data does anything in it."""

from __future__ import annotations

import re
from dataclasses import replace
from string import Template
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import dprk_russia
from dprk_russia.release.documents.datacard import WORDS, _describe, _tabulate, write_card
from dprk_russia.release.edition import Edition, read_edition

if TYPE_CHECKING:
    from dprk_russia.checks.faults import Specimen


def table(card: str, head: str) -> dict[str, list[str]]:
    """Return the rows of the table whose first head is given, by their first cell."""
    found = re.search(rf"^\| {head} \|.*\n\|[-:|]+\n((?:\|.*\n)+)", card, re.MULTILINE)
    assert found
    rows = [line.strip("| ").split(" | ") for line in found[1].splitlines()]
    return {name: cells for name, *cells in rows}


def count(cells: list[str]) -> int:
    return int(cells[0].replace(",", ""))


def test_every_number_counted_is_told_and_no_place_is_left_open(edition: Edition) -> None:
    named = set(Template(WORDS.read_text(encoding="utf-8")).get_identifiers())
    assert named == _describe(edition).keys() | _tabulate(edition).keys()
    assert "$" not in write_card(edition)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("topic", "claims"), ("kind", "claims"), ("certainty", "claims"), ("year", "claims"), ("side", "claims"),
        ("indicator", "figures"), ("access", "sources"), ("language", "sources"), ("attribution", "evidence"),
    ],
)  # fmt: skip
def test_each_table_counts_every_row_once(edition: Edition, head: str, name: str) -> None:
    frames = edition.frames
    rows = {
        "figures": len(frames["economic_figures"]) + len(frames["military_figures"]),
        **{key: len(frame) for key, frame in frames.items()},
    }
    assert sum(map(count, table(write_card(edition), head).values())) == rows[name]


def test_claims_are_counted_by_the_side_of_their_speaker(specimen: Specimen) -> None:
    card = write_card(read_edition(specimen.folder))
    before = {side: count(cells) for side, cells in table(card, "side").items()}
    name = next(row[1] for row in specimen.rows("actors") if row[0] == "south-korea")
    specimen.set("claims", "C00001", asserted_by="nis")
    after = {
        side: count(cells) for side, cells in table(write_card(read_edition(specimen.folder)), "side").items()
    }
    assert after[name] == before[name] + 1


def test_what_is_read_and_repeated_is_counted(edition: Edition) -> None:
    card = write_card(edition)
    read = edition.frames["sources"]["read"].value_counts()
    text = " ".join(card.split())
    assert f"{read['full']:,} were read whole, {read['part']:,} in part and {read['no']:,} not at all" in text
    assert f"{len(dprk_russia.echoes()):,} claims (" in text
    assert f"of {dprk_russia.assessments()['misreported'].sum():,} (" in text


def test_empty_shares_are_those_of_the_columns(edition: Edition) -> None:
    rows = table(write_card(edition), "column")
    share = edition.frames["claims"]["place_id"].isna().mean()
    assert rows["`claims.place_id`"] == [f"{share:.0%}"]
    assert "`claims.statement`" not in rows


def test_long_lists_are_cut_and_the_rest_is_counted(edition: Edition) -> None:
    rows = table(write_card(edition), "indicator")
    measured = pd.concat(
        [edition.frames[name]["indicator_id"] for name in ("economic_figures", "military_figures")]
    ).nunique()
    assert len(rows) == 13
    assert list(rows)[-1] == f"{measured - 12} others"


@pytest.mark.parametrize(("languages", "others"), [(12, None), (13, None), (14, "2 others")])
def test_a_list_is_cut_where_more_than_one_row_is_saved(
    edition: Edition, languages: int, others: str | None
) -> None:
    names = [f"x{letter}" for letter in "abcdefghijklmn"[:languages]]
    sources = edition.frames["sources"].head(languages).assign(language=names)
    rows = table(write_card(replace(edition, frames={**edition.frames, "sources": sources})), "language")
    assert list(rows) == ([*names[:12], others] if others else names)


def test_texts_of_the_data_do_nothing_in_the_card(specimen: Specimen) -> None:
    specimen.set("topics", "casualties", name='<script>a("|")</script> $title')
    card = write_card(read_edition(specimen.folder))
    assert "<script" not in card
    assert '&lt;script&gt;a("&#124;")&lt;/script&gt; $title' in card


def test_a_package_without_claims_has_a_card(specimen: Specimen) -> None:
    for name in ("claims", "claim_actors", "claim_links", "evidence", "economic_figures", "military_figures"):
        specimen.save(name, specimen.rows(name)[:1])
    assert "asserted from no date to no date" in write_card(read_edition(specimen.folder))


def test_the_same_edition_gives_the_same_card(specimen: Specimen) -> None:
    cards = [write_card(read_edition(specimen.folder)) for _ in range(2)]
    assert cards[0] == cards[1]
