"""Rules on evidence: every claim rests on a page that was read, and every chain ends where the claim was first heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.findings import Finding, Rule
from dprk_russia.frames import is_in, look_up
from dprk_russia.provenance import find_cycles, relay_parents
from dprk_russia.rules.kinds import TableRule
from dprk_russia.rules.references import TOLERANCE_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from dprk_russia.corpus import Corpus


def _check_evidence_exists(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    claims = corpus.frames["claims"]
    lacking = claims.index[claims["claim_id"].notna() & ~is_in(claims["claim_id"], corpus.ids["evidence"])]
    if corpus.is_absence(rule, len(lacking), ("evidence", "claim_id")):
        yield from corpus.find(rule, "claims", lacking, "No row of evidence carries {claim_id}.", "claim_id")


def _check_evidence_read(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    claims, evidence, sources = (corpus.frames[name] for name in ("claims", "evidence", "sources"))
    unread = sources.loc[sources["read"].eq("no"), "source_id"]
    carried = is_in(claims["claim_id"], corpus.ids["evidence"])
    read = is_in(claims["claim_id"], evidence.loc[~is_in(evidence["source_id"], unread), "claim_id"])
    lacking = claims.index[carried & ~read]
    if corpus.is_absence(rule, len(lacking), ("evidence", "claim_id"), ("evidence", "source_id")):
        yield from corpus.find(
            rule, "claims", lacking, "None of the sources that carry {claim_id} was read.", "claim_id"
        )


def _check_relays(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    evidence = corpus.frames["evidence"]
    relays = evidence["relays_id"].notna() & evidence["claim_id"].notna()
    known = is_in(evidence["relays_id"], corpus.ids["sources"])
    outside = evidence.index[relays & known & (relay_parents(evidence) < 0)]
    if corpus.is_absence(rule, len(outside), ("evidence", "source_id"), ("evidence", "claim_id")):
        yield from corpus.find(
            rule, "evidence", outside, "{relays_id} is not itself evidence of {claim_id}.", "relays_id"
        )


def _check_cycles(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    evidence = corpus.frames["evidence"]
    for cycle in find_cycles(relay_parents(evidence)):
        members = ", ".join(evidence["source_id"].iloc[cycle])
        yield from corpus.find(
            rule,
            "evidence",
            [evidence.index[cycle[0]]],
            f"{members} relays itself." if len(cycle) == 1 else f"These sources relay each other: {members}.",
            "relays_id",
        )


def _check_relay_dates(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    evidence, sources = corpus.frames["evidence"], corpus.frames["sources"].set_index("source_id")
    relayed = look_up(evidence["relays_id"], sources["published_from"])
    carried = look_up(evidence["source_id"], sources["published_to"])
    late = evidence.index[relayed > carried + _tolerance()]
    yield from corpus.find(
        rule, "evidence", late, "{source_id} was published before {relays_id}, which it relays.", "relays_id"
    )


def _check_assertion_dates(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    claims, evidence, sources = (corpus.frames[name] for name in ("claims", "evidence", "sources"))
    published = sources.set_index("source_id")["published_to"]
    earliest = look_up(evidence["source_id"], published).groupby(evidence["claim_id"]).min()
    late = claims.index[claims["asserted_from"] > look_up(claims["claim_id"], earliest) + _tolerance()]
    yield from corpus.find(
        rule,
        "claims",
        late,
        "{claim_id} was asserted after a source that carries it was published.",
        "asserted",
    )


def _check_origins(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    evidence = corpus.frames["evidence"]
    ends = evidence[evidence["relays_id"].isna() & evidence["attribution"].ne("heard").fillna(value=True)]
    publisher, speaker = _find_families(corpus, ends)
    foreign = ends.index[publisher.notna() & speaker.notna() & (publisher != speaker)]
    unknown = corpus.unknown.get(("evidence", "relays_id"), 0)
    if len(foreign) > unknown:
        yield from corpus.find(
            rule,
            "evidence",
            foreign,
            "{source_id} ends the chain of {claim_id}, but its publisher is not the speaker and did not hear it.",
            "source_id",
        )


def _find_families(corpus: Corpus, evidence: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the root actors of each row's publisher and of its claim's speaker."""
    publishers = corpus.frames["sources"].set_index("source_id")["publisher_id"]
    speakers = corpus.frames["claims"].set_index("claim_id")["asserted_by"]
    return (
        look_up(look_up(evidence["source_id"], publishers), corpus.record.roots),
        look_up(look_up(evidence["claim_id"], speakers), corpus.record.roots),
    )


def _check_reprints(rule: Rule, corpus: Corpus) -> Iterator[Finding]:
    sources = corpus.frames["sources"]
    outlets = sources.loc[sources["kind"].eq("news"), "publisher_id"]
    reprints = sources.index[sources["kind"].eq("wire") & is_in(sources["publisher_id"], outlets)]
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


RULES = (
    TableRule(
        Rule(
            "claim-without-evidence",
            "across tables",
            "Every claim is carried by a publication.",
            "Add a row of evidence that names the page on which the claim was read.",
        ),
        ("claims", "evidence"),
        ("claim_id",),
        _check_evidence_exists,
    ),
    TableRule(
        Rule(
            "claim-without-read-evidence",
            "across tables",
            "Of the publications that carry a claim at least one was read.",
            "Read the page and record it, or withdraw the claim.",
        ),
        ("claims", "evidence", "sources"),
        ("claim_id",),
        _check_evidence_read,
    ),
    TableRule(
        Rule(
            "relay-outside-claim",
            "across tables",
            "A source that another relays for a claim is itself evidence of that claim.",
            "Add the row of evidence for the relayed source, or correct relays_id.",
        ),
        ("evidence", "sources"),
        ("claim_id", "source_id", "relays_id"),
        _check_relays,
    ),
    TableRule(
        Rule(
            "evidence-cycle",
            "across tables",
            "No publication relays itself, directly or through others.",
            "Leave relays_id empty at the publication that had it first.",
        ),
        ("evidence",),
        ("claim_id", "source_id", "relays_id"),
        _check_cycles,
    ),
    TableRule(
        Rule(
            "relay-after-carrier",
            "across tables",
            "A publication does not relay one that appeared later.",
            "Check both dates of publication, or which of the two follows the other.",
        ),
        ("evidence", "sources"),
        ("source_id", "relays_id"),
        _check_relay_dates,
    ),
    TableRule(
        Rule(
            "asserted-after-publication",
            "across tables",
            "A claim is not asserted later than it is published.",
            "Correct asserted, or the date of the publication.",
        ),
        ("claims", "evidence", "sources"),
        ("claim_id", "asserted"),
        _check_assertion_dates,
    ),
    TableRule(
        Rule(
            "origin-not-speaker",
            "across tables",
            "A chain of evidence ends at the speaker's own publication, or at an outlet that heard it at first hand.",
            "Add the source the page follows, or mark the attribution as heard if the outlet itself heard the speaker.",
        ),
        ("actors", "claims", "evidence", "sources"),
        ("claim_id", "source_id", "relays_id", "attribution"),
        _check_origins,
    ),
    TableRule(
        Rule(
            "reprint-without-agency",
            "across tables",
            "An agency's text is entered as the agency's source, wherever it was reprinted.",
            "Make the agency the publisher and put the reprinting page into read_at; or make the kind news.",
        ),
        ("sources",),
        ("kind", "publisher_id"),
        _check_reprints,
    ),
)
