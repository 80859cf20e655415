"""Rules on evidence: every claim rests on a page that was read, and every chain ends where the claim was first heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.checks.rules.kinds import TableRule
from dprk_russia.checks.rules.references import TOLERANCE_DAYS
from dprk_russia.tabular.relations import find_cycles, mark, through

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from dprk_russia.checks.corpus import Corpus
    from dprk_russia.contract.findings import Finding, Rule
    from dprk_russia.tabular.relations import Mask


def _check_evidence_exists(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    claims = corpus.frames["claims"]
    lacking = claims.index[claims["claim_id"].notna() & ~_is_carried(corpus)]
    if corpus.is_absence(rule, len(lacking), ("evidence", "claim_id")):
        yield from corpus.find(rule, "claims", lacking, "No row of evidence carries {claim_id}.", "claim_id")


def _is_carried(corpus: Corpus) -> Mask:
    """Tell for each claim whether there is evidence of it, were it in a row that cannot be taken apart."""
    carried = corpus.relations.is_referred("claims", "evidence", "claim_id")
    strays = corpus.strays["evidence"]
    return carried | corpus.frames["claims"]["claim_id"].isin(strays).to_numpy() if strays else carried


def _check_evidence_read(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    claims, relations = corpus.frames["claims"], corpus.relations
    unread = relations.look_up("evidence", "source_id", "read").eq("no").to_numpy(dtype=bool)
    read = mark(relations.positions("evidence", "claim_id")[~unread], len(claims))
    lacking = claims.index[_is_carried(corpus) & ~read]
    if corpus.is_absence(rule, len(lacking), ("evidence", "claim_id"), ("evidence", "source_id")):
        yield from corpus.find(
            rule, "claims", lacking, "None of the sources that carry {claim_id} was read.", "claim_id"
        )


def _check_relays(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    relations = corpus.relations
    known = (relations.positions("evidence", "relays_id") >= 0) & (
        relations.positions("evidence", "claim_id") >= 0
    )
    outside = corpus.frames["evidence"].index[known & (corpus.relays < 0)]
    if corpus.is_absence(rule, len(outside), ("evidence", "source_id"), ("evidence", "claim_id")):
        yield from corpus.find(
            rule, "evidence", outside, "{relays_id} is not itself evidence of {claim_id}.", "relays_id"
        )


def _check_cycles(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    evidence = corpus.frames["evidence"]
    for cycle in find_cycles(corpus.relays):
        members = ", ".join(evidence["source_id"].iloc[cycle])
        yield from corpus.find(
            rule,
            "evidence",
            [evidence.index[cycle[0]]],
            f"{members} relays itself." if len(cycle) == 1 else f"These sources relay each other: {members}.",
            "relays_id",
        )


def _check_relay_dates(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    relayed = corpus.relations.look_up("evidence", "relays_id", "published_from")
    carried = corpus.relations.look_up("evidence", "source_id", "published_to")
    late = corpus.frames["evidence"].index[relayed > carried + _tolerance()]
    yield from corpus.find(
        rule, "evidence", late, "{source_id} was published before {relays_id}, which it relays.", "relays_id"
    )


def _check_assertion_dates(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    claims = corpus.frames["claims"]
    published = corpus.relations.look_up("evidence", "source_id", "published_to")
    earliest = published.groupby(corpus.relations.positions("evidence", "claim_id")).min()
    known = earliest.reindex(range(len(claims))).set_axis(claims.index)
    late = claims.index[claims["asserted_from"] > known + _tolerance()]
    yield from corpus.find(
        rule,
        "claims",
        late,
        "{claim_id} was asserted after a source that carries it was published.",
        "asserted",
    )


def _check_origins(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    evidence, relations = corpus.frames["evidence"], corpus.relations
    ends = evidence["relays_id"].isna() & evidence["attribution"].ne("heard").fillna(value=True)
    publishers = through(relations.positions("sources", "publisher_id"), corpus.roots)
    publisher = through(relations.positions("evidence", "source_id"), publishers)
    speaker = through(relations.positions("evidence", "claim_id"), corpus.speaker_roots)
    foreign = evidence.index[ends & (publisher >= 0) & (speaker >= 0) & (publisher != speaker)]
    unknown = corpus.unknown.get(("evidence", "relays_id"), 0)
    if len(foreign) > unknown:
        yield from corpus.find(
            rule,
            "evidence",
            foreign,
            "{source_id} ends the chain of {claim_id}, but its publisher is not the speaker and did not hear it.",
            "source_id",
        )


def _check_reprints(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    sources = corpus.frames["sources"]
    publishers = corpus.relations.positions("sources", "publisher_id")
    outlets = mark(publishers[sources["kind"].eq("news")], len(corpus.frames["actors"]))
    wires = sources["kind"].eq("wire") & (publishers >= 0)
    reprints = sources.index[wires][outlets[publishers[wires]]]
    yield from corpus.find(
        rule,
        "sources",
        reprints,
        "{source_id} is entered as an agency's text, but {publisher_id} publishes news of its own.",
        "publisher_id",
    )


def _tolerance() -> pd.Timedelta:
    import pandas as pd

    return pd.Timedelta(days=TOLERANCE_DAYS)


TABLE_RULES = (
    TableRule(
        "claim-without-evidence",
        ("claims", "evidence"),
        ("claim_id",),
        _check_evidence_exists,
    ),
    TableRule(
        "claim-without-read-evidence",
        ("claims", "evidence", "sources"),
        ("claim_id",),
        _check_evidence_read,
    ),
    TableRule(
        "relay-outside-claim",
        ("claims", "evidence", "sources"),
        ("claim_id", "source_id", "relays_id"),
        _check_relays,
    ),
    TableRule(
        "evidence-cycle",
        ("claims", "evidence", "sources"),
        ("claim_id", "source_id", "relays_id"),
        _check_cycles,
    ),
    TableRule(
        "relay-after-carrier",
        ("evidence", "sources"),
        ("source_id", "relays_id"),
        _check_relay_dates,
    ),
    TableRule(
        "asserted-after-publication",
        ("claims", "evidence", "sources"),
        ("claim_id", "asserted"),
        _check_assertion_dates,
    ),
    TableRule(
        "origin-not-speaker",
        ("actors", "claims", "evidence", "sources"),
        ("claim_id", "source_id", "relays_id", "attribution"),
        _check_origins,
    ),
    TableRule(
        "reprint-without-agency",
        ("actors", "sources"),
        ("kind", "publisher_id"),
        _check_reprints,
    ),
)
