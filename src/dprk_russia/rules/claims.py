"""Rules on claims and the links between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.findings import Finding, Rule
from dprk_russia.frames import is_in, look_up
from dprk_russia.provenance import SAME_MEASURE, find_parents
from dprk_russia.rules.kinds import TableRule
from dprk_russia.rules.references import TOLERANCE_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from dprk_russia.corpus import Corpus
    from dprk_russia.provenance import Provenance

SYMMETRIC = ("corroborates", "contradicts")
SAME_PARTY = ("updates", "retracts")
NUMBERS = ["value_low", "value", "value_high", "bound"]


def _describe_links(corpus: Corpus) -> pd.DataFrame:
    """Return the links with speaker, family and date of both claims; columns of the second end in `_other`."""
    links = corpus.frames["claim_links"]
    claims = corpus.frames["claims"].set_index("claim_id")
    described = links.copy()
    for column, suffix in (("claim_id", ""), ("other_id", "_other")):
        for name in ("asserted_by", "asserted_from", "asserted_to"):
            described[f"{name}{suffix}"] = look_up(links[column], claims[name])
        described[f"root_id{suffix}"] = look_up(described[f"asserted_by{suffix}"], corpus.record.roots)
    return described


def _is_repeated(links: pd.DataFrame) -> pd.Series:
    """Tell which links repeat an earlier row's link the other way round, or with the opposite relation."""
    low = links[["claim_id", "other_id"]].min(axis=1)
    high = links[["claim_id", "other_id"]].max(axis=1)
    relation = links["relation"].astype("str").replace("contradicts", "corroborates")
    pairs = low.to_frame("low").assign(high=high, relation=relation)
    exact = links.duplicated(["claim_id", "relation", "other_id"])
    return pairs.duplicated() & ~exact & (links["claim_id"] != links["other_id"])


def _check_link_duplicates(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    links = corpus.frames["claim_links"].dropna(subset=["claim_id", "relation", "other_id"])
    lines = links.index[_is_repeated(links)]
    yield from corpus.find(
        rule, "claim_links", lines, "{claim_id} and {other_id} are already linked in this way.", "other_id"
    )


def _check_link_order(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    import pandas as pd

    links = _describe_links(corpus).dropna(subset=["claim_id", "relation", "other_id"])
    links = links[~_is_repeated(links)]
    symmetric = links["relation"].isin(SYMMETRIC)
    turned = links.index[symmetric & (links["claim_id"] > links["other_id"])]
    yield from corpus.find(
        rule, "claim_links", turned, "A symmetric link starts from the lower id.", "claim_id"
    )
    tolerance = pd.Timedelta(days=TOLERANCE_DAYS)
    early = links.index[~symmetric & (links["asserted_to"] + tolerance < links["asserted_from_other"])]
    yield from corpus.find(
        rule,
        "claim_links",
        early,
        "{claim_id} was asserted before {other_id}, to which it reacts.",
        "claim_id",
    )


def _check_same_party(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    links = _describe_links(corpus)
    known = links["root_id"].notna() & links["root_id_other"].notna()
    foreign = links["relation"].isin(SAME_PARTY) & known & (links["root_id"] != links["root_id_other"])
    yield from corpus.find(
        rule,
        "claim_links",
        links.index[foreign],
        "The speakers of {claim_id} and {other_id} belong to different parties.",
        "relation",
    )


def _check_misreports(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    import pandas as pd

    links = _describe_links(corpus)
    links = links[links["relation"].eq("misreports")]
    publishers = corpus.frames["sources"].set_index("source_id")["publisher_id"]
    evidence = corpus.frames["evidence"]
    carried = evidence.loc[is_in(evidence["claim_id"], links["claim_id"]), ["claim_id", "source_id"]]
    carried = carried.assign(asserted_by=look_up(carried["source_id"], publishers))
    unknown = carried.loc[carried["asserted_by"].isna(), "claim_id"]
    links = links[~is_in(links["claim_id"], unknown)]
    pairs = ["claim_id", "asserted_by"]
    own = find_parents(links[pairs], carried[pairs]) >= 0
    message = "The speaker of {claim_id} published none of the sources that carry it."
    yield from corpus.find(rule, "claim_links", links.index[~own], message, "relation")
    figures = _figures_by_claim(corpus, pd.concat([links["claim_id"], links["other_id"]]))
    told, meant = look_up(links["claim_id"], figures), look_up(links["other_id"], figures)
    message = "{claim_id} has the same figures as {other_id}, so it reports it rightly."
    yield from corpus.find(
        rule, "claim_links", links.index[own & told.notna() & (told == meant)], message, "relation"
    )


def _figures_by_claim(corpus: Corpus, claims: pd.Series) -> pd.Series:
    """Return what the figures of each claim measure and say, as one text. Index: claim_id."""
    import pandas as pd

    figures = pd.concat([corpus.frames["economic_figures"], corpus.frames["military_figures"]])
    figures = figures[is_in(figures["claim_id"], claims)]
    cells = figures[[*SAME_MEASURE, *NUMBERS]].astype("str").fillna("")
    rows = figures[["claim_id"]].assign(said=cells.iloc[:, 0].str.cat(cells.iloc[:, 1:], sep="|"))
    return rows.sort_values(["claim_id", "said"]).groupby("claim_id")["said"].agg("\n".join)


def _check_denials(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    claims, links = corpus.frames["claims"], corpus.frames["claim_links"]
    denying = links.loc[links["relation"].eq("denies"), "claim_id"]
    lacking = claims.index[claims["kind"].eq("denial") & ~is_in(claims["claim_id"], denying)]
    unknown = ("claim_links", "claim_id"), ("claim_links", "relation")
    if corpus.is_absence(rule, len(lacking), *unknown):
        yield from corpus.find(
            rule, "claims", lacking, "{claim_id} denies, but links to nothing it denies.", "kind"
        )


def _check_support(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    claims = corpus.frames["claims"]
    top = claims[claims["credibility"].eq(1).fillna(value=False)]
    if top.empty:
        return
    record = corpus.record
    roots, parties = record.roots, record.parties
    several = parties.groupby("claim_id").size().loc[lambda counts: counts >= 2].index
    supported = (
        is_in(top["claim_id"], several)
        | is_in(top["claim_id"], record.admissions["claim_id"])
        | (look_up(top["asserted_by"], roots) == look_up(top["subject_id"], roots))
        | is_in(top["claim_id"], _own_texts(record))
    )
    lacking = top.index[~supported]
    unknown = [("claim_links", "claim_id"), ("claim_links", "other_id"), ("evidence", "claim_id")]
    if corpus.is_absence(rule, len(lacking), *unknown):
        yield from corpus.find(
            rule,
            "claims",
            lacking,
            "{claim_id} is called confirmed, but nothing in the data confirms it.",
            "credibility",
        )


def _own_texts(record: Provenance) -> pd.Series:
    """Return the claims that stand in a legal document or data set of their speaker's own."""
    evidence = record.frames["evidence"].merge(
        record.frames["sources"][["source_id", "publisher_id", "kind"]], on="source_id"
    )
    evidence = evidence.merge(record.frames["claims"][["claim_id", "asserted_by"]], on="claim_id")
    own = look_up(evidence["publisher_id"], record.roots) == look_up(evidence["asserted_by"], record.roots)
    return evidence.loc[own & evidence["kind"].isin(["legal_document", "dataset"]), "claim_id"]


RULES = (
    TableRule(
        Rule(
            "link-duplicate",
            "across tables",
            "Two claims are linked once in one way, and not both as corroborating and contradicting.",
            "Delete one of the two links.",
        ),
        ("claim_links",),
        ("claim_id", "relation", "other_id"),
        _check_link_duplicates,
    ),
    TableRule(
        Rule(
            "link-order",
            "across tables",
            "A symmetric link starts from the lower id; any other starts from the later claim.",
            "Exchange claim_id and other_id.",
        ),
        ("actors", "claims", "claim_links"),
        ("claim_id", "relation", "other_id"),
        _check_link_order,
    ),
    TableRule(
        Rule(
            "update-needs-same-root",
            "across tables",
            "Only the same party updates or retracts a claim.",
            "Use another relation, such as contradicts or doubts.",
        ),
        ("actors", "claims", "claim_links"),
        ("claim_id", "relation", "other_id"),
        _check_same_party,
    ),
    TableRule(
        Rule(
            "misreports-needs-difference",
            "across tables",
            "A misreport is the carrier's own version and differs from what it reports.",
            "Make the carrier the speaker, or mark the rendering in evidence instead.",
        ),
        ("actors", "claims", "claim_links", "evidence", "sources", "economic_figures", "military_figures"),
        ("claim_id", "relation", "other_id"),
        _check_misreports,
    ),
    TableRule(
        Rule(
            "denial-without-link",
            "across tables",
            "A denial links to the claim it denies.",
            "Add a row to claim_links with the relation denies, or correct the kind.",
        ),
        ("claims", "claim_links"),
        ("claim_id", "kind"),
        _check_denials,
    ),
    TableRule(
        Rule(
            "credibility-needs-support",
            "across tables",
            "A credibility of 1 needs two parties that agree, an admission, or the speaker's own act or text.",
            "Lower the credibility, or link the claim that corroborates it.",
        ),
        (
            "actors",
            "claims",
            "claim_actors",
            "claim_links",
            "evidence",
            "sources",
            "indicators",
            "economic_figures",
            "military_figures",
        ),
        ("claim_id", "credibility", "asserted_by", "subject_id"),
        _check_support,
    ),
)
