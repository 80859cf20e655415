"""Derived frames: what a researcher asks of the claims. Each follows from the typed tables alone."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dprk_russia.provenance import GRAVE_RENDERINGS, SAME_MEASURE

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from dprk_russia.provenance import Provenance

REACTIONS = {
    "denied_by": "denies",
    "doubted_by": "doubts",
    "updated_by": "updates",
    "retracted_by": "retracts",
    "misreported_by": "misreports",
}
DISPUTES = ("contradicts", "denies", "doubts", "misreports", "retracts")


def assess_claims(record: Provenance) -> pd.DataFrame:
    """Return one row for each claim with what the other rows imply about it; see `dprk_russia.assessments`."""
    chains = record.chains
    result = _count_sources(record)
    ids = result["claim_id"]
    parties = record.parties
    named = parties[parties["side"].ne("unnamed")]
    result["parties"] = _list(ids, named, "root_id")
    result["corroborating_parties"] = _count(ids, named)
    result["corroborating_unnamed"] = _count(ids, parties[parties["side"].eq("unnamed")])
    result["admitted_by"] = _list(ids, record.admissions, "root_id")

    links = record.frames["claim_links"]
    for verdict in ("conflicts", "agrees"):
        pairs = _as_pairs(record.comparisons, verdict)
        result[f"{verdict}_with"] = _list(ids, pairs, "other_id")
    for column, relation in REACTIONS.items():
        reacting = links.loc[links["relation"].eq(relation), ["other_id", "claim_id"]]
        result[column] = _list(ids, reacting.set_axis(["claim_id", "other_id"], axis=1), "other_id")
    garbled = chains.loc[chains["rendering"].isin(GRAVE_RENDERINGS), "claim_id"]
    result["misreported"] = ids.isin(garbled) | result["misreported_by"].notna()
    published = chains[["claim_id"]].assign(
        known=chains["source_id"].map(record.frames["sources"].set_index("source_id")["published_to"])
    )
    first = published.groupby("claim_id")["known"].min()
    result["first_known"] = first.reindex(ids).astype("datetime64[us]").array
    return result.reset_index(drop=True)


def _count_sources(record: Provenance) -> pd.DataFrame:
    """Return for each claim how many sources heard it first, how many carry it, and how many of these to one origin."""
    result = record.frames["claims"][["claim_id"]].copy()
    by_claim = record.chains.groupby("claim_id")
    result["origins"] = result["claim_id"].map(by_claim["origin_id"].nunique()).astype("Int64")
    result["carriers"] = result["claim_id"].map(by_claim.size()).astype("Int64")
    result["echo"] = (result["carriers"] / result["origins"]).astype("Float64")
    return result


def _as_pairs(comparisons: pd.DataFrame, verdict: str) -> pd.DataFrame:
    """Return the claims whose figures agree or conflict, both ways round."""
    import pandas as pd

    pairs = comparisons.loc[comparisons["verdict"].eq(verdict), ["claim_id", "claim_id_other"]]
    turned = pairs[["claim_id_other", "claim_id"]]
    columns = ["claim_id", "other_id"]
    return pd.concat([pairs.set_axis(columns, axis=1), turned.set_axis(columns, axis=1)])


def _list(ids: pd.Series, pairs: pd.DataFrame, column: str) -> pd.Series:
    """Return for each claim the values of a column joined by semicolons, in order, or nothing."""
    import numpy as np
    import pandas as pd

    distinct = pairs[["claim_id", column]].drop_duplicates().sort_values(["claim_id", column])
    starts = np.flatnonzero(~distinct["claim_id"].duplicated()).tolist()
    values = distinct[column].tolist()
    lists = [";".join(values[start:end]) for start, end in pairwise([*starts, len(values)])]
    claims = pd.Index(distinct["claim_id"].iloc[starts])
    return ids.map(pd.Series(lists, index=claims, dtype="str"))


def _count(ids: pd.Series, pairs: pd.DataFrame) -> pd.Series:
    return ids.map(pairs.groupby("claim_id").size()).fillna(0).astype("Int64")


def list_estimates(record: Provenance, *, misreports: bool = False) -> pd.DataFrame:
    """Return one row for each figure with its speaker and page; see `dprk_russia.estimates`."""
    figures = record.figures
    if not misreports:
        links = record.frames["claim_links"]
        wrong = links.loc[links["relation"].eq("misreports"), "claim_id"]
        figures = figures[~figures["claim_id"].isin(wrong)]
    claims = record.frames["claims"].set_index("claim_id")
    sources = record.frames["sources"].set_index("source_id")
    actors = record.frames["actors"].set_index("actor_id")
    origins = record.chains.groupby("claim_id")["origin_id"].nunique()
    figures = figures.assign(
        speaker=figures["asserted_by"].map(actors["name"]),
        side=figures["asserted_by"].map(record.sides),
        certainty=figures["claim_id"].map(claims["certainty"].astype("str")),
        statement=figures["claim_id"].map(claims["statement"]),
        origins=figures["claim_id"].map(origins).astype("Int64"),
        url=figures["source_id"].map(sources["read_at"].fillna(sources["url"])),
        superseded_by=_find_successors(record, figures),
    )
    columns = [
        "indicator_id", "scope", "assumption", "as_of", "speaker", "side", "bound",
        "value_low", "value", "value_high", "unit", "per", "currency", "as_stated", "certainty", "method",
        "period_start", "period_end", "asserted", "asserted_by", "statement", "origins", "superseded_by",
        "figure_id", "claim_id", "source_id", "url",
    ]  # fmt: skip
    order = [*SAME_MEASURE, "as_of", "figure_id"]
    return figures.sort_values(order, na_position="first")[columns].reset_index(drop=True)


def _find_successors(record: Provenance, figures: pd.DataFrame) -> pd.Series:
    """Return for each figure the claim that updates or retracts its claim with a figure of the same measure."""
    links = record.frames["claim_links"]
    later = links.loc[links["relation"].isin(["updates", "retracts"]), ["claim_id", "other_id"]]
    measures = figures[["claim_id", *SAME_MEASURE]].fillna("")
    pairs = later.merge(measures, on="claim_id").merge(
        measures.rename(columns={"claim_id": "other_id"}), on=["other_id", *SAME_MEASURE]
    )
    newest = pairs.groupby(["other_id", *SAME_MEASURE])["claim_id"].max()
    keys = measures.rename(columns={"claim_id": "other_id"})
    return keys.merge(newest.rename("successor").reset_index(), how="left").set_index(figures.index)[
        "successor"
    ]


def list_events(record: Provenance) -> pd.DataFrame:
    """Return one row for each dated event; see `dprk_russia.timeline`."""
    claims = record.frames["claims"]
    events = claims[
        claims["kind"].eq("event") & (claims["period_start"].notna() | claims["period_end"].notna())
    ]
    links = record.frames["claim_links"]
    pairs = links.loc[links["relation"].eq("corroborates"), ["claim_id", "other_id"]]
    group = _group(events["claim_id"].tolist(), pairs.itertuples(index=False, name=None))
    events = events.assign(
        event=events["claim_id"].map(group),
        start=events["period_start"].fillna(events["period_end"]),
        start_from=events["period_start_from"].fillna(events["period_end_from"]),
    )
    earliest = events.sort_values(["asserted_from", "claim_id"]).groupby("event", sort=False)
    told_by = earliest["claim_id"].agg(";".join)
    first = earliest.head(1).set_index("event").assign(claims=told_by)
    names = record.frames["actors"].set_index("actor_id")["name"]
    first["speaker"] = first["asserted_by"].map(names)
    columns = [
        "start", "period_end", "start_from", "period_end_to", "topic_id", "place_id", "statement",
        "speaker", "asserted", "certainty", "credibility", "claim_id", "claims",
    ]  # fmt: skip
    return first.sort_values(["start_from", "claim_id"])[columns].reset_index(drop=True)


def _group(items: list[str], pairs: object) -> dict[str, str]:
    """Return for each item the lowest item it is joined to, directly or through others."""
    head = {item: item for item in items}

    def find(item: str) -> str:
        while head[item] != item:
            head[item] = head[head[item]]
            item = head[item]
        return item

    for one, other in pairs:  # type: ignore[attr-defined]
        if one in head and other in head:
            low, high = sorted((find(one), find(other)))
            head[high] = low
    return {item: find(item) for item in items}


def list_disagreements(record: Provenance) -> pd.DataFrame:
    """Return one row for each pair of claims that cannot both stand; see `dprk_russia.disagreements`."""
    import pandas as pd

    figures = record.figures
    conflicts = record.comparisons[record.comparisons["verdict"].eq("conflicts")]
    stated = figures.set_index("figure_id")["as_stated"]
    by_figures = pd.DataFrame(
        {
            "how": "figures",
            "indicator_id": conflicts["indicator_id"],
            "claim_id": conflicts["claim_id"],
            "other_id": conflicts["claim_id_other"],
            "as_stated": conflicts["figure_id"].map(stated),
            "other_as_stated": conflicts["figure_id_other"].map(stated),
        }
    )
    links = record.frames["claim_links"]
    disputes = links[links["relation"].isin(DISPUTES)]
    by_links = pd.DataFrame(
        {
            "how": disputes["relation"].astype("str"),
            "claim_id": disputes["claim_id"],
            "other_id": disputes["other_id"],
        }
    )
    pairs = pd.concat([by_links, by_figures], ignore_index=True)
    claims = record.frames["claims"].set_index("claim_id")
    names = record.frames["actors"].set_index("actor_id")["name"]
    for column, prefix in (("claim_id", ""), ("other_id", "other_")):
        pairs[f"{prefix}speaker"] = pairs[column].map(claims["asserted_by"]).map(names)
        pairs[f"{prefix}asserted"] = pairs[column].map(claims["asserted"])
        pairs[f"{prefix}statement"] = pairs[column].map(claims["statement"])
    pairs["topic_id"] = pairs["claim_id"].map(claims["topic_id"])
    columns = [
        "topic_id", "how", "indicator_id",
        "claim_id", "speaker", "asserted", "as_stated", "statement",
        "other_id", "other_speaker", "other_asserted", "other_as_stated", "other_statement",
    ]  # fmt: skip
    return pairs.sort_values(["topic_id", "claim_id", "other_id", "how", "indicator_id"])[
        columns
    ].reset_index(drop=True)


def list_echoes(record: Provenance) -> pd.DataFrame:
    """Return the claims that more sources carry than heard them; see `dprk_russia.echoes`."""
    counted = _count_sources(record)
    echoed = counted[counted["carriers"] > counted["origins"]]
    chains = record.chains
    departures = chains[chains["rendering"].notna()].groupby("claim_id").size()
    claims = record.frames["claims"].set_index("claim_id")
    echoed = echoed.assign(
        departures=echoed["claim_id"].map(departures).fillna(0).astype("Int64"),
        origin_ids=_list(echoed["claim_id"], chains, "origin_id"),
        statement=echoed["claim_id"].map(claims["statement"]),
        asserted_by=echoed["claim_id"].map(claims["asserted_by"]),
    )
    columns = [
        "claim_id",
        "asserted_by",
        "statement",
        "origins",
        "carriers",
        "echo",
        "departures",
        "origin_ids",
    ]
    return echoed.sort_values(["echo", "claim_id"], ascending=[False, True])[columns].reset_index(drop=True)


VIEWS: dict[str, Callable[[Provenance], pd.DataFrame]] = {
    "assessments": assess_claims,
    "estimates": list_estimates,
    "timeline": list_events,
    "disagreements": list_disagreements,
    "echoes": list_echoes,
}
