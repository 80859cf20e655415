"""Rules on claims and the links between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.checks.rules.kinds import TableRule
from dprk_russia.checks.rules.references import TOLERANCE_DAYS
from dprk_russia.contract.package import FIGURES
from dprk_russia.record.run import TooManyPairsError
from dprk_russia.tabular.relations import mark, through

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from dprk_russia.checks.corpus import Corpus
    from dprk_russia.contract.findings import Finding, Rule
    from dprk_russia.tabular.relations import Mask

SYMMETRIC = ("corroborates", "contradicts")
SAME_PARTY = ("updates", "retracts")
SAME_MEASURE = ["indicator_id", "scope", "assumption"]
NUMBERS = ["value_low", "value", "value_high", "bound"]
# The cells from which it follows who stands behind a claim.
SUPPORTING = (
    ("actors", "parent_id"), ("actors", "kind"),
    ("claims", "asserted_by"), ("claims", "asserted"), ("claims", "subject_id"), ("claims", "object_id"),
    ("claim_actors", "actor_id"), ("claim_actors", "role"),
    ("claim_links", "claim_id"), ("claim_links", "relation"), ("claim_links", "other_id"),
    ("evidence", "claim_id"), ("evidence", "source_id"),
    ("sources", "publisher_id"), ("sources", "kind"),
    ("indicators", "accumulation"),
    *(
        (table, column)
        for table in FIGURES
        for column in ("claim_id", *SAME_MEASURE, *NUMBERS, "currency", "period_start", "period_end")
    ),
)  # fmt: skip


def _is_repeated(links: pd.DataFrame) -> pd.Series:
    """Tell which links repeat an earlier row's link the other way round, or with the opposite relation."""
    relation = links["relation"].astype("str").replace("contradicts", "corroborates")
    pairs = relation.to_frame("relation").assign(
        low=links[["claim", "claim_other"]].min(axis=1), high=links[["claim", "claim_other"]].max(axis=1)
    )
    known = (links["claim"] >= 0) & (links["claim_other"] >= 0)
    return pairs.duplicated() & known & (links["claim"] != links["claim_other"])


def _check_link_duplicates(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    links = corpus.links.dropna(subset=["relation"])
    lines = links.index[_is_repeated(links)]
    yield from corpus.find(
        rule, "claim_links", lines, "{claim_id} and {other_id} are already linked in this way.", "other_id"
    )


def _check_link_order(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    import pandas as pd

    links = corpus.links.dropna(subset=["relation"])
    links = links[(links["claim"] >= 0) & (links["claim_other"] >= 0) & ~_is_repeated(links)]
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
    links = corpus.links
    known = (links["root"] >= 0) & (links["root_other"] >= 0)
    foreign = links["relation"].isin(SAME_PARTY) & known & (links["root"] != links["root_other"])
    yield from corpus.find(
        rule,
        "claim_links",
        links.index[foreign],
        "The speakers of {claim_id} and {other_id} belong to different parties.",
        "relation",
    )


def _check_misreports(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    links = corpus.links
    links = links[links["relation"].eq("misreports") & (links["claim"] >= 0)]
    own = _publishes_itself(corpus)[links["claim"]]
    message = "The speaker of {claim_id} published none of the sources that carry it."
    yield from corpus.find(rule, "claim_links", links.index[~own], message, "relation")
    links = links[own & (links["claim_other"] >= 0)]
    told, meant = (links[end].map(_figures_by_claim(corpus, links[end])) for end in ("claim", "claim_other"))
    message = "{claim_id} has the same figures as {other_id}, so it reports it rightly."
    same = links.index[told.notna() & (told == meant)]
    yield from corpus.find(rule, "claim_links", same, message, "relation")


def _publishes_itself(corpus: Corpus) -> Mask:
    """Tell for each claim whether its speaker published a source that carries it; also where that is not known."""
    relations = corpus.relations
    claims = relations.positions("evidence", "claim_id")
    publisher = through(
        relations.positions("evidence", "source_id"), relations.positions("sources", "publisher_id")
    )
    speaker = through(claims, relations.positions("claims", "asserted_by"))
    return mark(
        claims[(publisher == speaker) | (publisher < 0) | (speaker < 0)], len(corpus.frames["claims"])
    )


def _figures_by_claim(corpus: Corpus, claims: pd.Series) -> pd.Series:
    """Return what the figures of some claims measure and say, as one text. Index: position of the claim."""
    import pandas as pd

    figures = pd.concat([_select_figures(corpus, table, claims) for table in FIGURES], ignore_index=True)
    cells = figures[[*SAME_MEASURE, *NUMBERS]].astype("str").fillna("")
    rows = figures[["claim"]].assign(said=cells.iloc[:, 0].str.cat(cells.iloc[:, 1:], sep="|"))
    # Joining is slow, and few claims have several figures.
    several = rows["claim"].duplicated(keep=False)
    joined = rows[several].sort_values(["claim", "said"]).groupby("claim")["said"].agg("\n".join)
    said: pd.Series = pd.concat([rows[~several].set_index("claim")["said"], joined])
    return said


def _select_figures(corpus: Corpus, table: str, claims: pd.Series) -> pd.DataFrame:
    """Return what the figures of some claims measure and say, with the position of the claim."""
    import numpy as np

    positions = corpus.relations.positions(table, "claim_id")
    wanted = np.flatnonzero(np.isin(positions, claims[claims.ge(0)]))
    return corpus.frames[table][[*SAME_MEASURE, *NUMBERS]].iloc[wanted].assign(claim=positions[wanted])


def _check_denials(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    claims, links = corpus.frames["claims"], corpus.frames["claim_links"]
    denies = links["relation"].eq("denies").to_numpy(dtype=bool)
    denying = mark(corpus.relations.positions("claim_links", "claim_id")[denies], len(claims))
    lacking = claims.index[claims["kind"].eq("denial") & ~denying]
    unknown = ("claim_links", "claim_id"), ("claim_links", "relation")
    if corpus.is_absence(rule, len(lacking), *unknown):
        yield from corpus.find(
            rule, "claims", lacking, "{claim_id} denies, but links to nothing it denies.", "kind"
        )


def _check_support(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    claims = corpus.frames["claims"]
    top = claims["credibility"].eq(1).fillna(value=False).to_numpy(dtype=bool)
    if not top.any():
        return
    try:
        confirmed = corpus.record.frame("confirmed_claims")["claim_id"]
    except TooManyPairsError as error:
        corpus.skipped[rule.id] = str(error)
        return
    supported = _is_own_act(corpus) | _is_own_text(corpus) | claims["claim_id"].isin(confirmed).to_numpy()
    lacking = claims.index[top & ~supported]
    if corpus.is_absence(rule, len(lacking), *SUPPORTING):
        yield from corpus.find(
            rule,
            "claims",
            lacking,
            "{claim_id} is called confirmed, but nothing in the data confirms it.",
            "credibility",
        )


def _is_own_act(corpus: Corpus) -> Mask:
    """Tell for each claim whether it speaks of its speaker's own party."""
    speaker = corpus.speaker_roots
    subject = through(corpus.relations.positions("claims", "subject_id"), corpus.roots)
    own: Mask = (speaker >= 0) & (speaker == subject)
    return own


def _is_own_text(corpus: Corpus) -> Mask:
    """Tell for each claim whether it stands in a legal document or data set of its speaker's own party."""
    relations = corpus.relations
    claims = relations.positions("evidence", "claim_id")
    publishers = through(relations.positions("sources", "publisher_id"), corpus.roots)
    publisher = through(relations.positions("evidence", "source_id"), publishers)
    speaker = through(claims, corpus.speaker_roots)
    kinds = relations.look_up("evidence", "source_id", "kind").isin(["legal_document", "dataset"])
    return mark(claims[kinds & (publisher >= 0) & (publisher == speaker)], len(corpus.frames["claims"]))


TABLE_RULES = (
    TableRule(
        "link-duplicate",
        ("actors", "claims", "claim_links"),
        ("claim_id", "relation", "other_id"),
        _check_link_duplicates,
    ),
    TableRule(
        "link-order",
        ("actors", "claims", "claim_links"),
        ("claim_id", "relation", "other_id"),
        _check_link_order,
    ),
    TableRule(
        "update-needs-same-root",
        ("actors", "claims", "claim_links"),
        ("claim_id", "relation", "other_id"),
        _check_same_party,
    ),
    TableRule(
        "misreports-needs-difference",
        ("actors", "claims", "claim_links", "evidence", "sources", "indicators", *FIGURES),
        ("claim_id", "relation", "other_id"),
        _check_misreports,
    ),
    TableRule(
        "denial-without-link",
        ("claims", "claim_links"),
        ("claim_id", "kind"),
        _check_denials,
    ),
    TableRule(
        "credibility-needs-support",
        (
            "actors",
            "claims",
            "claim_actors",
            "claim_links",
            "evidence",
            "sources",
            "indicators",
            *FIGURES,
        ),
        ("claim_id", "credibility", "asserted_by", "subject_id"),
        _check_support,
    ),
)
