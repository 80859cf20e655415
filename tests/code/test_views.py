"""Derived frames, on the specimen: what each promises, from tables to typed rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from dprk_russia.contract.package import read_package
from dprk_russia.record.run import Record
from dprk_russia.tabular.loading import read_frames
from dprk_russia.tabular.relations import find_cycles, follow

if TYPE_CHECKING:
    from dprk_russia.checks.faults import Specimen


def derive(specimen: Specimen, name: str) -> pd.DataFrame:
    package = read_package(specimen.folder)
    return Record(read_frames(package), package).frame(name)


def claim(view: pd.DataFrame, claim_id: str) -> pd.Series:
    return view[view["claim_id"] == claim_id].iloc[0]


def verdicts(specimen: Specimen) -> dict[tuple[str, str], str]:
    compared = derive(specimen, "comparisons")
    rows = compared[["figure_id", "other_figure_id", "verdict"]].astype(object).to_numpy().tolist()
    return {(one, other): verdict for one, other, verdict in rows}


def test_chains_are_followed_to_their_end_and_cycles_have_none() -> None:
    import numpy as np

    parents = np.array([-1, 0, 1, 4, 3, 4])
    assert follow(parents).tolist() == [0, 0, 0, -1, -1, -1]
    assert find_cycles(parents) == [[3, 4]]


COUNTS = ["own_sources", "hearers", "carriers", "carriers_read"]


def test_copies_of_one_report_have_one_end_that_need_not_be_read(specimen: Specimen) -> None:
    assessed = claim(derive(specimen, "assessments"), "C00001")
    assert assessed[COUNTS].tolist() == [1, 0, 3, 2]
    assert not assessed["origin_read"]


def test_three_carriers_that_were_read_are_an_echo(specimen: Specimen) -> None:
    assert derive(specimen, "echoes").empty
    relayed = {"relays_id": "gazette-2024-12-16", "attribution": "named"}
    specimen.add("evidence", claim_id="C00001", source_id="bureau-2024-12-19", **relayed)
    echoes = derive(specimen, "echoes")
    assert echoes[["claim_id", "published_in", "speaker_id", "side"]].to_numpy().tolist() == [
        ["C00001", "ua-hur-2024-12-16", "ua-hur", "ukraine"]
    ]
    assert echoes["heard_by"].isna().all()


def test_outlets_that_heard_one_briefing_are_hearers_and_no_origins_of_their_own(specimen: Specimen) -> None:
    for source in ("bureau-2024-12-19", "gazette-2024-12-16"):
        specimen.add("evidence", claim_id="C00009", source_id=source, attribution="heard")
    assessed = claim(derive(specimen, "assessments"), "C00009")
    assert assessed[COUNTS].tolist() == [0, 3, 3, 3]
    assert assessed["corroborating_parties"] == 1
    heard = "bureau-2024-12-19;gazette-2024-12-16;gazette-2024-12-18"
    assert derive(specimen, "echoes")["heard_by"].tolist() == [heard]


def test_the_first_publication_is_known(specimen: Specimen) -> None:
    assert claim(derive(specimen, "assessments"), "C00009")["first_known"] == pd.Timestamp("2024-12-18")


def test_reactions_are_listed_with_the_claim_they_concern(specimen: Specimen) -> None:
    assessed = claim(derive(specimen, "assessments"), "C00001")
    assert (assessed["denied_by"], assessed["misreported_by"], assessed["updated_by"]) == (
        "C00003",
        "C00004",
        "C00009",
    )
    assert assessed["misreported"]


def test_two_states_that_say_the_same_are_two_parties(specimen: Specimen) -> None:
    assessed = claim(derive(specimen, "assessments"), "C00006")
    assert assessed["parties"] == "south-korea;ukraine"
    assert assessed["corroborating_parties"] == 2


def test_what_derives_from_another_claim_does_not_support_it(specimen: Specimen) -> None:
    specimen.add("claim_links", claim_id="C00007", relation="derives_from", other_id="C00006")
    assert claim(derive(specimen, "assessments"), "C00006")["corroborating_parties"] == 1


def test_media_are_no_parties(specimen: Specimen) -> None:
    assert claim(derive(specimen, "assessments"), "C00004")["corroborating_parties"] == 0


def test_an_involved_party_that_says_the_same_admits_it(specimen: Specimen) -> None:
    specimen.set("claims", "C00007", asserted_by="north-korea")
    assessed = derive(specimen, "assessments")
    assert claim(assessed, "C00006")["admitted_by"] == "north-korea"
    assert pd.isna(claim(assessed, "C00007")["admitted_by"])


@pytest.mark.parametrize(
    ("bound", "cells", "verdict"),
    [
        ("exact", {"value": "30"}, "conflicts"),
        ("about", {"value": "95"}, "agrees"),
        ("about", {"value": "80"}, "conflicts"),
        ("exact", {"value": "150"}, "agrees"),
        ("exact", {"value": "1500"}, None),
        ("at_most", {"value_high": "90"}, "conflicts"),
        ("at_least", {"value_low": "120"}, "agrees"),
        ("range", {"value_low": "90", "value_high": "110"}, "agrees"),
        ("vague", {}, None),
    ],
)
def test_figures_of_the_same_days_agree_or_conflict(
    specimen: Specimen, bound: str, cells: dict[str, str], verdict: str | None
) -> None:
    """The rival figure is at least 100."""
    specimen.set("military_figures", "M00003", **{"value": "", "bound": bound, **cells})
    assert verdicts(specimen).get(("M00002", "M00003")) == verdict


def test_a_later_total_below_an_earlier_one_conflicts(specimen: Specimen) -> None:
    specimen.set("military_figures", "M00003", value="99", period_end="2025-06-30")
    assert verdicts(specimen) == {("M00002", "M00003"): "conflicts"}


def test_totals_of_different_months_that_grow_are_no_conflict(specimen: Specimen) -> None:
    specimen.set("military_figures", "M00003", value="9900", period_end="2025-06-30")
    assert verdicts(specimen) == {}


@pytest.mark.parametrize("column", ["scope", "assumption"])
def test_figures_of_another_scope_or_assumption_are_not_compared(specimen: Specimen, column: str) -> None:
    specimen.set("military_figures", "M00003", **{column: "kursk"})
    assert verdicts(specimen) == {}


def test_flows_of_different_periods_are_not_compared(specimen: Specimen) -> None:
    specimen.set("claims", "C00009", asserted_by="nis")
    assert ("M00001", "M00005") in verdicts(specimen)
    specimen.set("military_figures", "M00005", period_start="2024-10-01")
    assert verdicts(specimen).get(("M00001", "M00005")) is None


def test_estimates_leave_out_misreports_unless_asked(specimen: Specimen) -> None:
    assert "M00003" not in derive(specimen, "estimates")["figure_id"].tolist()
    assert "M00003" in derive(specimen, "stated_figures")["figure_id"].tolist()


def test_an_estimate_names_its_page_and_what_stands_against_it(specimen: Specimen) -> None:
    row = derive(specimen, "estimates").set_index("figure_id").loc["M00001"]
    assert row["url"] == "https://copies.example/16"
    assert (row["superseded_by"], row["superseded_on"]) == ("C00009", pd.Timestamp("2024-12-18"))
    assert (row["denied_by"], row["misreported_by"]) == ("C00003", "C00004")
    assert (row["side"], row["speaker_id"], row["credibility"]) == ("ukraine", "ua-hur", 3)
    assert not row["is_current"]
    assert not row["origin_read"]


def test_a_figure_of_a_claim_that_was_withdrawn_without_another_number_is_not_current(
    specimen: Specimen,
) -> None:
    specimen.add("claim_links", claim_id="C00007", relation="retracts", other_id="C00002")
    current = derive(specimen, "estimates").set_index("figure_id")["is_current"]
    assert current[["M00002", "M00004", "M00005"]].tolist() == [False, False, True]


def test_a_number_to_plot_is_what_was_said_and_never_the_middle_of_a_range(specimen: Specimen) -> None:
    rows = derive(specimen, "estimates").set_index("figure_id")
    assert rows.loc[["M00002", "M00004", "E00002"], "number"].tolist() == [100, 60, 40_000_000]
    assert rows.loc[["M00002", "M00004", "E00002"], "number_is"].tolist() == ["low", "high", "value"]
    assert rows.loc["E00001", ["number", "number_is"]].isna().all()


def test_rival_figures_name_each_other(specimen: Specimen) -> None:
    rows = derive(specimen, "stated_figures").set_index("figure_id")
    assert rows.loc[["M00002", "M00003"], "conflicts_with"].tolist() == ["M00003", "M00002"]


def test_a_figure_of_a_year_speaks_of_no_day_after_it_was_published(specimen: Specimen) -> None:
    specimen.set("military_figures", "M00002", period_end="2024")
    row = derive(specimen, "estimates").set_index("figure_id").loc["M00002"]
    assert (row["as_of"], row["as_of_precision"]) == (pd.Timestamp("2024-12-19"), "year")
    specimen.set("claims", "C00002", kind="forecast")
    row = derive(specimen, "estimates").set_index("figure_id").loc["M00002"]
    assert row["as_of"] == pd.Timestamp("2024-12-31")


def test_a_figure_stands_with_its_claim_its_speaker_and_its_page(specimen: Specimen) -> None:
    rows = derive(specimen, "figures")
    row = rows.set_index("figure_id").loc["M00003"]
    assert (row["indicator"], row["kind"], row["misreports"]) == ("Killed", "quantity", True)
    assert (row["speaker"], row["side"]) == ("The Gazette", "media")
    assert (row["title"], row["publisher"]) == ("Les morts", "The Gazette")
    assert [name for name in rows.columns if name.endswith(("_x", "_y"))] == []


def test_the_side_of_an_actor_is_its_state_or_says_why_it_has_none(specimen: Specimen) -> None:
    specimen.add("actors", actor_id="officials", name="Officials", kind="unnamed_group")
    sides = derive(specimen, "sides").set_index("actor_id")["side"]
    assert sides[["nis", "gazette", "institute", "officials"]].tolist() == [
        "south-korea",
        "media",
        "independent",
        "unnamed",
    ]


def test_events_that_corroborate_each_other_are_one_told_by_the_earliest(specimen: Specimen) -> None:
    events = derive(specimen, "timeline")
    assert events["claim_id"].tolist() == ["C00006"]
    assert events["claims"].tolist() == ["C00006;C00007"]


def test_disagreements_come_from_links_and_from_figures(specimen: Specimen) -> None:
    pairs = derive(specimen, "disagreements")
    assert [tuple(row) for row in pairs[["how", "claim_id", "other_id"]].to_numpy()] == [
        ("figures", "C00002", "C00004"),
        ("denies", "C00003", "C00001"),
        ("misreports", "C00004", "C00001"),
    ]
