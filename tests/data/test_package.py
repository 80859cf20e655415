"""The data themselves: valid, without unexplained warnings, and what the project promises of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import dprk_russia
from dprk_russia.checks.validation import validate
from dprk_russia.release.publication.verification import verify

if TYPE_CHECKING:
    import pandas as pd

    from dprk_russia.contract.findings import Report

ROOT = Path(__file__).parents[2]
ARTICLE = "world-of-software-undated"


@cache
def report() -> Report:
    return validate(ROOT)


@pytest.mark.parametrize("table", dprk_russia.tables())
def test_a_table_has_no_findings(table: str) -> None:
    assert [finding for finding in report().findings if finding.table == table] == []


def test_the_package_has_no_findings_and_nothing_was_skipped() -> None:
    assert report().findings == ()
    assert report().skipped == ()


@pytest.mark.slow
def test_frictionless_finds_nothing_either() -> None:
    from frictionless import validate as second_opinion

    assert second_opinion(str(ROOT / "datapackage.json")).valid


def test_every_scheme_of_codes_is_in_use() -> None:
    """A table of codes that no row uses is a sign that rows were lost."""
    claims = dprk_russia.load("claims")
    assert set(claims["kind"].cat.categories) == set(claims["kind"].dropna())


def article_claims() -> pd.DataFrame:
    evidence = dprk_russia.load("evidence")
    carried = evidence.loc[evidence["source_id"].eq(ARTICLE), "claim_id"]
    return dprk_russia.load("claims").loc[lambda claims: claims["claim_id"].isin(carried)]


def test_the_article_is_taken_apart_into_more_than_fifty_claims() -> None:
    assert len(article_claims()) > 50


def test_more_than_fifty_claims_from_twenty_five_read_sources_stand_beside_the_article() -> None:
    evidence = dprk_russia.load("evidence")
    others = evidence[~evidence["claim_id"].isin(article_claims()["claim_id"])]
    sources = dprk_russia.load("sources").set_index("source_id")["read"]
    read = others["source_id"].map(sources.astype("str")).ne("no")
    assert others["claim_id"].nunique() >= 50
    assert others.loc[read, "source_id"].nunique() >= 25


@pytest.mark.parametrize("words", ["first deployment|first time", "1992"])
def test_what_published_history_disputes_is_linked_to_what_disputes_it(words: str) -> None:
    claims = article_claims()
    disputed = claims.loc[
        claims["topic_id"].eq("precedents") & claims["statement"].str.contains(words), "claim_id"
    ]
    pairs = dprk_russia.disagreements()
    sides = pairs.loc[pairs["how"].isin(["contradicts", "doubts"]), ["claim_id", "other_id"]]
    assert sides.isin(set(disputed)).to_numpy().any()


def test_rival_estimates_of_casualties_stand_side_by_side() -> None:
    rows = dprk_russia.estimates("kpa-casualties")
    assert len(rows) >= 8
    assert rows["speaker_id"].nunique() >= 4
    assert rows["side"].nunique() >= 4


def test_killed_and_casualties_are_never_one_indicator() -> None:
    indicators = dprk_russia.load("indicators").set_index("indicator_id")["name"]
    assert indicators["kpa-killed"] != indicators["kpa-casualties"]


@pytest.mark.parametrize("table", ["indicators", "parts", "topics"])
def test_a_definition_is_a_sentence(table: str) -> None:
    definitions = dprk_russia.load(table)["definition"]
    assert definitions[~definitions.str.endswith(".")].tolist() == []


def test_more_than_a_hundred_claims_are_echoes() -> None:
    assert len(dprk_russia.echoes()) > 100


@pytest.mark.slow
def test_the_release_of_the_data_verifies(real_release: Path) -> None:
    assert verify(real_release).findings == ()
