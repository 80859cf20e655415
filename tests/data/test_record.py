"""What the record as a whole promises: its themes, its rivals side by side, and the disputes it is known for."""

from __future__ import annotations

import pytest

import dprk_russia

# Fewer claims than this on a theme mean that rows were lost.
THEMES = {
    ("deployment",): 110,
    ("casualties", "home-front"): 110,
    ("arms", "missiles"): 140,
    ("earnings", "returns"): 70,
    ("oil",): 60,
    ("economy",): 110,
    ("labour", "transport"): 70,
    ("diplomacy",): 100,
    ("technology",): 60,
    ("sanctions",): 60,
    ("combat", "prisoners"): 60,
    ("third-parties",): 50,
    ("precedents",): 40,
}
# The quantities that most speakers have put a number on.
CONTESTED = (
    "kpa-casualties", "kpa-sent", "kpa-present", "kpa-expected", "shells-delivered", "containers",
    "missiles-delivered", "crypto-stolen", "oil-delivered", "trade-russia",
)  # fmt: skip
RIVAL_FIGURES = (
    "kpa-killed", "kpa-casualties", "kpa-present", "dead-commemorated", "shells-delivered", "containers",
    "support-value", "crypto-stolen", "trade-share-china", "trade-share-russia", "workers-entered",
    "precedent-personnel", "precedent-pilots",
)  # fmt: skip
# Disputes that no comparison of figures shows: pairs of claims that links tell apart.
RIVAL_CLAIMS = {
    "whether 2024 was the first deployment abroad": ("precedents", "contradicts", "first"),
    "whether officers plotted a coup in 1992": ("precedents", "doubts", "1992"),
    "whether Russia passes on technology": ("technology", "contradicts", "technolog"),
    "how exact the missiles are": ("missiles", "contradicts", "accura"),
    "how many guns came by November 2024": ("arms", "contradicts", "artillery"),
    "what the arms are worth": ("earnings", "contradicts", "won"),
    "how large trade with Russia was in 2024": ("economy", "contradicts", "2024"),
    "whether arms were delivered at all": ("arms", "denies", "arms"),
    "whether troops were sent at all": ("deployment", "denies", "soldiers"),
}


@pytest.mark.parametrize("topics", THEMES, ids="+".join)
def test_no_theme_has_lost_its_claims(topics: tuple[str, ...]) -> None:
    assert dprk_russia.load("claims")["topic_id"].isin(topics).sum() >= THEMES[topics]


@pytest.mark.parametrize("indicator", CONTESTED)
def test_a_contested_quantity_has_rivals_of_several_sides(indicator: str) -> None:
    rows = dprk_russia.estimates(indicator)
    assert len(rows) >= 8
    assert rows["speaker_id"].nunique() >= 4
    assert rows["side"].nunique() >= 3


@pytest.mark.parametrize("indicator", RIVAL_FIGURES)
def test_figures_that_exclude_each_other_are_shown(indicator: str) -> None:
    pairs = dprk_russia.disagreements()
    assert indicator in set(pairs.loc[pairs["how"].eq("figures"), "indicator_id"])


@pytest.mark.parametrize("dispute", RIVAL_CLAIMS)
def test_claims_that_cannot_both_stand_are_linked(dispute: str) -> None:
    topic, how, word = RIVAL_CLAIMS[dispute]
    pairs = dprk_russia.disagreements()
    pairs = pairs[pairs["topic_id"].eq(topic) & pairs["how"].eq(how)]
    told = pairs["statement"] + pairs["other_statement"]
    assert told.str.contains(word).any()


def test_voices_of_every_side_are_heard() -> None:
    sides = set(dprk_russia.estimates()["side"])
    assert sides >= {
        "south-korea", "ukraine", "united-states", "russia", "north-korea", "china", "japan", "united-nations",
        "united-kingdom", "independent",
    }  # fmt: skip


def test_sources_are_in_more_than_six_languages() -> None:
    sources = dprk_russia.load("sources")
    assert sources.loc[sources["read"].ne("no"), "language"].nunique() > 6


def test_more_than_two_hundred_claims_have_three_carriers_that_were_read() -> None:
    assert len(dprk_russia.echoes()) > 220


def test_every_indicator_asks_a_question_of_its_own() -> None:
    questions = dprk_russia.load("indicators")["question"]
    assert questions.notna().all()
    assert questions.is_unique
    assert questions.str.endswith("?").all()


def test_every_speaker_of_a_figure_has_a_name_for_a_label_and_one_for_a_sentence() -> None:
    actors = dprk_russia.load("actors")
    speakers = actors[actors["actor_id"].isin(dprk_russia.figures()["speaker_id"])]
    assert speakers["short_name"].is_unique
    assert speakers[["short_name", "prose_name"]].notna().all(axis=None)


def test_a_place_has_both_coordinates_or_neither_and_the_id_under_which_geonames_gives_them() -> None:
    places = dprk_russia.load("places")
    assert places["latitude"].notna().equals(places["longitude"].notna())
    assert places.loc[places["latitude"].notna(), "geonames_id"].notna().all()
    assert places["latitude"].notna().sum() > 10


def test_every_event_stands_on_the_timeline_once_and_most_with_the_date_of_the_event() -> None:
    claims, events = dprk_russia.load("claims"), dprk_russia.timeline()
    told = claims.loc[claims["kind"].eq("event"), "claim_id"].tolist()
    assert sorted(";".join(events["claims"]).split(";")) == told
    assert 0.5 < events["is_dated"].mean() < 1


def test_what_speakers_said_and_carriers_made_of_it_differ() -> None:
    rows = dprk_russia.distortions()
    assert {"value_changed", "definition_changed", "bound_changed"} <= set(rows["rendering"].dropna())
    wrong = rows[rows["misreport_id"].notna()]
    assert len(wrong) > 5
    assert (wrong["misreport"] != wrong["statement"]).all()


def test_who_is_silent_has_published_no_figure_at_all() -> None:
    silent, figures = dprk_russia.silent(), dprk_russia.figures()
    assert "north-korea" in set(dprk_russia.silent("kpa-killed")["side"])
    given = set(zip(figures["indicator_id"], figures["side"], strict=True))
    assert not given & set(zip(silent["indicator_id"], silent["side"], strict=True))


def test_current_estimates_are_those_that_nothing_replaced() -> None:
    rows = dprk_russia.estimates("kpa-casualties")
    current = dprk_russia.estimates("kpa-casualties", current=True)
    kept = rows[rows["superseded_by"].isna() & rows["retracted_by"].isna()]
    assert current["figure_id"].tolist() == kept["figure_id"].tolist()
    assert 0 < len(current) < len(rows)
    assert list(current.index) == list(range(len(current)))


def test_misreports_join_the_estimates_in_their_order_when_asked_for() -> None:
    rows, with_misreports = dprk_russia.estimates(), dprk_russia.estimates(misreports=True)
    added = with_misreports[~with_misreports["figure_id"].isin(rows["figure_id"])]
    misreports = dprk_russia.load("claim_links").query("relation == 'misreports'")["claim_id"]
    assert len(added) > 0
    assert set(added["claim_id"]) <= set(misreports)
    kept = with_misreports.drop(index=added.index).reset_index(drop=True)
    assert kept.equals(rows)


def test_no_figure_of_what_had_happened_speaks_of_a_day_after_it_was_published() -> None:
    figures = dprk_russia.figures().merge(dprk_russia.assessments()[["claim_id", "first_known"]])
    ahead = figures["kind"].isin(["forecast", "intention", "norm"])
    assert (
        figures.loc[figures["as_of"] > figures["first_known"], "figure_id"]
        .isin(figures.loc[ahead, "figure_id"])
        .all()
    )
    starts = dprk_russia.load("military_figures")[["figure_id", "period_start_from"]].merge(figures)
    assert not (starts["as_of"] < starts["period_start_from"]).any()


def test_a_number_to_plot_lies_within_what_was_said() -> None:
    figures = dprk_russia.figures()
    for name, column in (("value", "value"), ("low", "value_low"), ("high", "value_high")):
        rows = figures[figures["number_is"].eq(name)]
        assert len(rows) > 0
        assert rows["number"].eq(rows[column]).all()
    none = figures[figures["number"].isna()]
    assert set(none["bound"]) == {"range", "vague"}
    assert none["number_is"].isna().all()


def test_every_speaker_of_a_frame_stands_with_its_side() -> None:
    sides = dprk_russia.sides().set_index("actor_id")
    for frame in (
        dprk_russia.estimates(),
        dprk_russia.timeline(),
        dprk_russia.echoes(),
        dprk_russia.figures(),
    ):
        assert frame["side"].tolist() == sides.loc[frame["speaker_id"], "side"].tolist()
        assert frame["speaker"].tolist() == sides.loc[frame["speaker_id"], "name"].tolist()
    pairs = dprk_russia.disagreements()
    for end in ("", "other_"):
        assert pairs[f"{end}side"].tolist() == sides.loc[pairs[f"{end}speaker_id"], "side"].tolist()
