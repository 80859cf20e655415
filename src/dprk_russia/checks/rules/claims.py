"""Rules on claims and the links between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.checks.rests import name_columns
from dprk_russia.checks.rules.chains import CARRIES
from dprk_russia.checks.rules.kinds import TableRule
from dprk_russia.checks.rules.references import TOLERANCE_DAYS
from dprk_russia.contract.package import FIGURES
from dprk_russia.tabular.frames import as_text
from dprk_russia.tabular.relations import is_among, mark, through

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from dprk_russia.checks.loaded import LoadedTables
    from dprk_russia.tabular.relations import Mask

SYMMETRIC = ("corroborates", "contradicts")
SAME_PARTY = ("updates", "retracts")
SAME_MEASURE = ["indicator_id", "scope", "assumption"]
NUMBERS = ["value_low", "value", "value_high", "bound"]
FAMILIES = ("claims.asserted_by>actors", "actors.parent_id>actors")
# What `LoadedTables.links` is made from.
LINKS = (
    "claim_links.claim_id>claims", "claim_links.relation", "claim_links.other_id>claims", *FAMILIES,
    "claims.asserted_from", "claims.asserted_to",
)  # fmt: skip
FIGURES_OF_CLAIMS = name_columns(FIGURES, ("claim_id>claims", *SAME_MEASURE, *NUMBERS))
PUBLISHES = (*CARRIES, "sources.publisher_id>actors")
OWN_TEXTS = ("legal_document", "dataset")
# The cells from which it follows who stands behind a claim.
SUPPORTING = (
    "actors.parent_id", "actors.kind",
    "claims.asserted_by", "claims.asserted", "claims.subject_id", "claims.object_id",
    "claim_actors.actor_id", "claim_actors.role",
    "claim_links.claim_id", "claim_links.relation", "claim_links.other_id",
    "evidence.claim_id", "evidence.source_id",
    "sources.publisher_id", "sources.kind",
    "indicators.accumulation",
    *name_columns(
        FIGURES, ("claim_id", *SAME_MEASURE, *NUMBERS, "currency", "period_start", "period_end")
    ),
)  # fmt: skip


def _find_repeated(tables: LoadedTables, _: str) -> pd.Index:
    return tables.links.index[tables.links["repeated"]]


def _find_misordered(tables: LoadedTables, _: str) -> pd.Index:
    links = _select_known(tables)
    return links.index[links["relation"].isin(SYMMETRIC) & (links["claim_id"] > links["other_id"])]


def _find_early(tables: LoadedTables, _: str) -> pd.Index:
    import pandas as pd

    links = _select_known(tables)
    early = links["asserted_to"] + pd.Timedelta(days=TOLERANCE_DAYS) < links["asserted_from_other"]
    return links.index[~links["relation"].isin(SYMMETRIC) & early]


def _select_known(tables: LoadedTables) -> pd.DataFrame:
    """Return the links between known claims that repeat no other."""
    links = tables.links.dropna(subset=["relation"])
    return links[(links["claim"] >= 0) & (links["claim_other"] >= 0) & ~links["repeated"]]


def _find_foreign(tables: LoadedTables, _: str) -> pd.Index:
    links = tables.links
    known = (links["root"] >= 0) & (links["root_other"] >= 0)
    return links.index[links["relation"].isin(SAME_PARTY) & known & (links["root"] != links["root_other"])]


def _find_unpublished(tables: LoadedTables, _: str) -> pd.Index:
    links = _select_misreports(tables)
    return links.index[~_publishes_itself(tables)[links["claim"]]]


def _find_right_reports(tables: LoadedTables, _: str) -> pd.Index:
    links = _select_misreports(tables)
    links = links[_publishes_itself(tables)[links["claim"]] & (links["claim_other"] >= 0)]
    ends = links[["claim", "claim_other"]]
    said = _figures_by_claim(tables, ends.to_numpy())
    told, meant = (ends[end].map(said) for end in ends)
    return links.index[told == meant]


def _select_misreports(tables: LoadedTables) -> pd.DataFrame:
    links = tables.links
    return links[links["relation"].eq("misreports") & (links["claim"] >= 0)]


def _publishes_itself(tables: LoadedTables) -> Mask:
    """Tell for each claim whether its speaker published a source that carries it; also where that is not known."""
    relations = tables.relations
    claims = relations.row_numbers("evidence", "claim_id")
    publisher = through(
        relations.row_numbers("evidence", "source_id"), relations.row_numbers("sources", "publisher_id")
    )
    speaker = through(claims, relations.row_numbers("claims", "asserted_by"))
    return mark(
        claims[(publisher == speaker) | (publisher < 0) | (speaker < 0)], len(tables.frames["claims"])
    )


def _figures_by_claim(
    tables: LoadedTables, claims: np.ndarray[tuple[int, int], np.dtype[np.int64]]
) -> pd.Series:
    """Return what the figures of some claims measure and say, as one text. Index: row number of the claim."""
    import numpy as np
    import pandas as pd

    parts = []
    for table in FIGURES:
        claim = tables.relations.row_numbers(table, "claim_id")
        wanted = np.flatnonzero(np.isin(claim, claims))
        cells = as_text(tables.frames[table][[*SAME_MEASURE, *NUMBERS]].iloc[wanted])
        said = cells.iloc[:, 0].str.cat(cells.iloc[:, 1:], sep="|")
        parts.append(pd.DataFrame({"claim": claim[wanted], "said": said.to_numpy()}))
    rows = pd.concat(parts)
    # Joining is slow, and few claims have several figures.
    several = rows["claim"].duplicated(keep=False)
    joined = rows[several].sort_values(["claim", "said"]).groupby("claim")["said"].agg("\n".join)
    known: pd.Series = pd.concat([rows[~several].set_index("claim")["said"], joined])
    return known


def _find_lone_denials(tables: LoadedTables, table: str) -> pd.Index:
    claims, links = tables.frames[table], tables.frames["claim_links"]
    denies = links["relation"].eq("denies").to_numpy(dtype=bool)
    denying = mark(tables.relations.row_numbers("claim_links", "claim_id")[denies], len(claims))
    return claims.index[claims["kind"].eq("denial") & ~denying]


def _find_unsupported(tables: LoadedTables, table: str) -> pd.Index:
    claims = tables.frames[table]
    top = claims["credibility"].eq(1).fillna(value=False).to_numpy(dtype=bool)
    confirmed = is_among(claims["claim_id"], tables.read_measure("confirmed_claims")["claim_id"])
    unsupported = top & ~confirmed & ~_is_own_act(tables) & ~_is_own_text(tables)
    # Most packages have none, and what is not known need not be looked at.
    return claims.index[unsupported & ~_is_undecided(tables)] if unsupported.any() else claims.index[:0]


def _is_undecided(tables: LoadedTables) -> Mask:
    """Tell for each claim whether it is not known to which party somebody belongs who may confirm it."""
    claims, relations = tables.frames["claims"], tables.relations
    speakers = tables.lacks_root("claims", "asserted_by")
    unknown: Mask = (
        speakers | tables.lacks_root("claims", "subject_id") | tables.lacks_root("claims", "object_id")
    )
    participants = tables.lacks_root("claim_actors", "actor_id")
    unknown |= mark(relations.row_numbers("claim_actors", "claim_id")[participants], len(claims))
    publishers = through(
        relations.row_numbers("evidence", "source_id"),
        tables.lacks_root("sources", "publisher_id").astype("int64"),
    )
    unknown |= mark(relations.row_numbers("evidence", "claim_id")[publishers > 0], len(claims))
    support = tables.read_measure("support")
    backed = support["claim_id"][is_among(support["supporter_id"], claims["claim_id"][speakers])]
    return unknown | is_among(claims["claim_id"], backed)


def _is_own_act(tables: LoadedTables) -> Mask:
    """Tell for each claim whether it speaks of its speaker's own party."""
    speaker = tables.speaker_roots
    subject = through(tables.relations.row_numbers("claims", "subject_id"), tables.roots)
    own: Mask = (speaker >= 0) & (speaker == subject)
    return own


def _is_own_text(tables: LoadedTables) -> Mask:
    """Tell for each claim whether it stands in a legal document or data set of its speaker's own party."""
    relations = tables.relations
    claims = relations.row_numbers("evidence", "claim_id")
    publisher, speaker = tables.publisher_roots, through(claims, tables.speaker_roots)
    kinds = relations.look_up("evidence", "source_id", "kind").isin(OWN_TEXTS)
    return mark(claims[kinds & (publisher >= 0) & (publisher == speaker)], len(tables.frames["claims"]))


TABLE_RULES = (
    TableRule(
        "link-duplicate",
        (*LINKS, "claim_links.relation:corroborates", "claim_links.relation:contradicts"),
        at="claim_links.other_id",
        message="{claim_id} and {other_id} are already linked in this way.",
        find_lines=_find_repeated,
    ),
    TableRule(
        "link-order",
        (*LINKS, *(f"claim_links.relation:{relation}" for relation in SYMMETRIC)),
        at="claim_links.claim_id",
        message="A symmetric link starts from the lower id.",
        find_lines=_find_misordered,
    ),
    TableRule(
        "link-order",
        (*LINKS, *(f"claim_links.relation:{relation}" for relation in SYMMETRIC)),
        at="claim_links.claim_id",
        message="{claim_id} was asserted before {other_id}, to which it reacts.",
        find_lines=_find_early,
    ),
    TableRule(
        "update-needs-same-root",
        (*LINKS, *(f"claim_links.relation:{relation}" for relation in SAME_PARTY)),
        at="claim_links.relation",
        message="The speakers of {claim_id} and {other_id} belong to different parties.",
        find_lines=_find_foreign,
    ),
    TableRule(
        "misreports-needs-difference",
        (*LINKS, "claim_links.relation:misreports", *PUBLISHES, *FIGURES_OF_CLAIMS),
        at="claim_links.relation",
        message="The speaker of {claim_id} published none of the sources that carry it.",
        find_lines=_find_unpublished,
    ),
    TableRule(
        "misreports-needs-difference",
        (*LINKS, "claim_links.relation:misreports", *PUBLISHES, *FIGURES_OF_CLAIMS, "indicators"),
        at="claim_links.relation",
        message="{claim_id} has the same figures as {other_id}, so it reports it rightly.",
        find_lines=_find_right_reports,
    ),
    TableRule(
        "denial-without-link",
        ("claims.claim_id", "claims.kind:denial", "claim_links.claim_id>claims", "claim_links.relation:denies"),
        at="claims.kind",
        message="{claim_id} denies, but links to nothing it denies.",
        find_lines=_find_lone_denials,
        unless=("claim_links.claim_id", "claim_links.relation"),
    ),
    TableRule(
        "credibility-needs-support",
        (
            "claims.claim_id", "claims.credibility:1", *FAMILIES, "claims.subject_id>actors", *PUBLISHES,
            *(f"sources.kind:{kind}" for kind in OWN_TEXTS), "confirmed_claims", "support",
            "claims.object_id>actors", "claim_actors.claim_id>claims", "claim_actors.actor_id>actors",
        ),
        at="claims.credibility",
        message="{claim_id} is called confirmed, but nothing in the data confirms it.",
        find_lines=_find_unsupported,
        unless=SUPPORTING,
    ),
)  # fmt: skip
