"""Rules on evidence: every claim rests on a page that was read, and every chain ends where the claim was first heard."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from dprk_russia.checks.rules.kinds import SearchRule, TableRule
from dprk_russia.checks.rules.references import TOLERANCE_DAYS, find_cycles_of
from dprk_russia.tabular.relations import find_pairs, mark, through
from dprk_russia.tabular.texts import find_phrases, list_words, split_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from dprk_russia.checks.loaded import LoadedTables
    from dprk_russia.checks.rules.kinds import AcrossRule
    from dprk_russia.contract.findings import Finding, Rule
    from dprk_russia.tabular.relations import Mask, RowNumbers

CARRIES = ("evidence.claim_id>claims", "evidence.source_id>sources")
RELAYS = (*CARRIES, "evidence.relays_id>sources")
# How copies, rewrites and aggregators are graded, and the share of an outlet's pages from which on it is one.
COPY, MOST = "E", 0.5
FAMILIES = ("claims.asserted_by>actors", "actors.parent_id>actors", "sources.publisher_id>actors")


def _find_uncarried(tables: LoadedTables, table: str) -> pd.Index:
    claims = tables.frames[table]
    return claims.index[claims["claim_id"].notna() & ~_is_carried(tables)]


def _is_carried(tables: LoadedTables) -> Mask:
    """Tell for each claim whether there is evidence of it, even in a malformed row."""
    carried = tables.relations.is_referred("claims", "evidence", "claim_id")
    strays = tables.inspected["evidence"].strays
    return carried | tables.frames["claims"]["claim_id"].isin(strays).to_numpy() if strays else carried


def is_unread(tables: LoadedTables) -> Mask:
    """Tell for each row of evidence whether its source was not read."""
    return tables.relations.look_up("evidence", "source_id", "read").eq("no").to_numpy(dtype=bool)


def _find_unread(tables: LoadedTables, table: str) -> pd.Index:
    claims = tables.frames[table]
    read = mark(tables.relations.row_numbers("evidence", "claim_id")[~is_unread(tables)], len(claims))
    return claims.index[_is_carried(tables) & ~read]


def _find_outside_relays(tables: LoadedTables, table: str) -> pd.Index:
    known = (tables.relations.row_numbers(table, "relays_id") >= 0) & (
        tables.relations.row_numbers(table, "claim_id") >= 0
    )
    return tables.frames[table].index[known & (tables.relays < 0)]


def _find_late_relays(tables: LoadedTables, table: str) -> pd.Index:
    relayed = tables.relations.look_up(table, "relays_id", "published_from")
    carried = tables.relations.look_up(table, "source_id", "published_to")
    return tables.frames[table].index[relayed > carried + _tolerance()]


def _find_late_assertions(tables: LoadedTables, table: str) -> pd.Index:
    claims = tables.frames[table]
    published = tables.relations.look_up("evidence", "source_id", "published_to")
    earliest = published.groupby(tables.relations.row_numbers("evidence", "claim_id")).min()
    known = earliest.reindex(range(len(claims))).set_axis(claims.index)
    late = claims["asserted_from"] > known + _tolerance()
    return claims.index[late]


def _find_foreign_origins(tables: LoadedTables, table: str) -> pd.Index:
    evidence, relations = tables.frames[table], tables.relations
    ends = evidence["relays_id"].isna() & evidence["attribution"].ne("heard")
    publisher = tables.publisher_roots
    speaker = through(relations.row_numbers(table, "claim_id"), tables.speaker_roots)
    foreign: Mask = (publisher >= 0) & (speaker >= 0) & (publisher != speaker)
    return evidence.index[ends & foreign]


def _find_reprints(tables: LoadedTables, table: str) -> pd.Index:
    sources = tables.frames[table]
    publishers = tables.relations.row_numbers(table, "publisher_id")
    outlets = mark(publishers[sources["kind"].eq("news")], len(tables.frames["actors"]))
    wires = sources["kind"].eq("wire") & (publishers >= 0)
    return sources.index[wires.to_numpy(dtype=bool)][outlets[publishers[wires]]]


def _find_heard_copies(tables: LoadedTables, table: str) -> pd.Index:
    """Return the lines of ends that heard the speaker, by outlets most of whose pages are copies."""
    sources, relations = tables.frames["sources"], tables.relations
    publishers = relations.row_numbers("sources", "publisher_id")
    graded = sources["reliability"].notna().to_numpy(dtype=bool)
    shares = sources["reliability"].eq(COPY)[graded].groupby(publishers[graded]).mean()
    copiers = mark(shares.index[shares > MOST].to_numpy(), len(tables.frames["actors"])).astype("int64")
    copied = through(relations.row_numbers(table, "source_id"), through(publishers, copiers)) > 0
    return tables.frames[table].index[_is_heard(tables) & copied]


def _find_heard_owners(tables: LoadedTables, table: str) -> pd.Index:
    """Return the lines of ends that heard a speaker whose own publication they are for another claim."""
    evidence, relations = tables.frames[table], tables.relations
    source = relations.row_numbers(table, "source_id")
    speaker = through(
        relations.row_numbers(table, "claim_id"), relations.row_numbers("claims", "asserted_by")
    )
    heard, own = (
        _is_heard(tables),
        (evidence["relays_id"].isna() & evidence["attribution"].isna()).to_numpy(bool),
    )
    both = find_pairs((source[heard], speaker[heard]), (source[own], speaker[own])) >= 0
    return evidence.index[heard][both]


def _is_heard(tables: LoadedTables) -> Mask:
    evidence = tables.frames["evidence"]
    return (evidence["relays_id"].isna() & evidence["attribution"].eq("heard")).to_numpy(dtype=bool)


def _check_outlets(rule: Rule, tables: LoadedTables) -> Iterator[Finding]:
    import pandas as pd

    evidence, relations = tables.frames["evidence"], tables.relations
    outlets = _list_outlets(tables.frames["actors"])
    claims = pd.Series(relations.row_numbers("evidence", "claim_id"), index=evidence.index)
    named = list(find_phrases(evidence.loc[claims >= 0, "note"].dropna(), outlets))
    told = claims[[line for line, _ in named]].to_numpy()
    chains = _list_publishers(tables, told)
    missing = {
        line: outlets[name]
        for (line, name), claim in zip(named, told.tolist(), strict=True)
        if outlets[name].isdisjoint(chains[claim])
    }
    names = tables.frames["actors"]["name"]
    said = pd.Series({line: names.iloc[min(rows)] for line, rows in missing.items()}, dtype="object")
    message = "The note names {outlet}, which published no evidence of {claim_id}."
    yield from tables.find(rule, "evidence", said.index, message, "note", outlet=said)


def _list_publishers(tables: LoadedTables, claims: RowNumbers) -> dict[int, set[int]]:
    """Return the row numbers of those who published evidence of some claims, by the row number of the claim."""
    relations = tables.relations
    carried = relations.row_numbers("evidence", "claim_id")
    wanted = through(carried, mark(claims, len(tables.frames["claims"])).astype("int64")) > 0
    publishers = through(
        relations.row_numbers("evidence", "source_id"), relations.row_numbers("sources", "publisher_id")
    )
    chains: defaultdict[int, set[int]] = defaultdict(set)
    for claim, publisher in zip(carried[wanted].tolist(), publishers[wanted].tolist(), strict=True):
        chains[claim].add(publisher)
    return chains


def _list_outlets(actors: pd.DataFrame) -> dict[tuple[str, ...], set[int]]:
    """Return the row numbers of the media that each name, as a series of words, may mean."""
    import numpy as np
    import pandas as pd

    media = actors.set_axis(np.arange(len(actors))).query("kind == 'media'").dropna(subset=["name"])
    called = pd.concat([media["name"], media["aliases"].str.split(";").explode()]).dropna()
    outlets: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for row, words in zip(called.index.tolist(), list_words(split_words(called)), strict=True):
        if any(words):
            outlets[tuple(words)].add(row)
    return outlets


def _tolerance() -> pd.Timedelta:
    import pandas as pd

    return pd.Timedelta(days=TOLERANCE_DAYS)


TABLE_RULES: tuple[AcrossRule, ...] = (
    TableRule(
        "claim-without-evidence",
        ("claims.claim_id", "evidence.claim_id>claims"),
        at="claims.claim_id",
        message="No row of evidence carries {claim_id}.",
        find_lines=_find_uncarried,
        unless=("evidence.claim_id",),
    ),
    TableRule(
        "claim-without-read-evidence",
        ("claims.claim_id", *CARRIES, "sources.read:no"),
        at="claims.claim_id",
        message="None of the sources that carry {claim_id} was read.",
        find_lines=_find_unread,
        unless=("evidence.claim_id", "evidence.source_id"),
    ),
    TableRule(
        "relay-outside-claim",
        RELAYS,
        at="evidence.relays_id",
        message="{relays_id} is not itself evidence of {claim_id}.",
        find_lines=_find_outside_relays,
        unless=("evidence.source_id", "evidence.claim_id"),
    ),
    SearchRule(
        "evidence-cycle",
        RELAYS,
        partial(
            find_cycles_of,
            table="evidence",
            follow=lambda tables: tables.relays,
            member="source_id",
            at="relays_id",
            alone="{} relays itself.",
            several="These sources relay each other: {}.",
        ),
    ),
    TableRule(
        "relay-after-carrier",
        (
            "evidence.source_id>sources",
            "evidence.relays_id>sources",
            "sources.published_from",
            "sources.published_to",
        ),
        at="evidence.relays_id",
        message="{source_id} was published before {relays_id}, which it relays.",
        find_lines=_find_late_relays,
    ),
    TableRule(
        "asserted-after-publication",
        ("claims.claim_id", "claims.asserted", "claims.asserted_from", *CARRIES, "sources.published_to"),
        at="claims.asserted",
        message="{claim_id} was asserted after a source that carries it was published.",
        find_lines=_find_late_assertions,
    ),
    TableRule(
        "origin-not-speaker",
        (*FAMILIES, *CARRIES, "evidence.relays_id", "evidence.attribution:heard"),
        at="evidence.source_id",
        message="{source_id} ends the chain of {claim_id}, but its publisher is not the speaker and did not hear it.",
        find_lines=_find_foreign_origins,
        unless=("evidence.relays_id",),
    ),
    TableRule(
        "reprint-without-agency",
        ("sources.kind:news", "sources.kind:wire", "sources.publisher_id>actors"),
        at="sources.publisher_id",
        message="{source_id} is entered as an agency's text, but {publisher_id} publishes news of its own.",
        find_lines=_find_reprints,
    ),
    SearchRule(
        "outlet-outside-chain",
        (
            *CARRIES, "evidence.note", "sources.publisher_id>actors", "actors.name", "actors.aliases", "actors.kind:media",
        ),
        _check_outlets,
    ),
    TableRule(
        "copy-as-origin",
        ("evidence.relays_id", "evidence.attribution:heard", "evidence.source_id>sources", "sources.publisher_id>actors",
         f"sources.reliability:{COPY}"),
        at="evidence.attribution",
        message="{source_id} heard {claim_id}, and most pages of its publisher are copies.",
        find_lines=_find_heard_copies,
        unless=("evidence.relays_id",),
    ),
    TableRule(
        "own-and-heard",
        (*CARRIES, "evidence.relays_id", "evidence.attribution:heard", "claims.asserted_by>actors"),
        at="evidence.attribution",
        message="{source_id} heard {claim_id}, and is the own publication of its speaker for another claim.",
        find_lines=_find_heard_owners,
        unless=("evidence.relays_id", "evidence.attribution"),
    ),
)  # fmt: skip
