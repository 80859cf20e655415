"""What the rows of the package imply: chains of evidence, families of actors, which figures can be compared and
whether they agree, and what each claim's support amounts to.

Frames are typed as `dprk_russia.load` returns them.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dprk_russia.frames import look_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pandas as pd

    Frames = Mapping[str, pd.DataFrame]
    Positions = np.ndarray[tuple[int], np.dtype[np.intp]]

# Figures that speak of days no further apart than this are compared.
COMPARABLE_DAYS = 14
# "About" and one-sided bounds, as intervals in which another value counts as agreement.
ABOUT = 0.10
ONE_SIDED = 2.0
# A share, change or rate stated without a period is taken to speak of the year before it was asserted.
PERIODLESS_DAYS = 365
SAME_MEASURE = ["indicator_id", "scope", "assumption"]
GRAVE_RENDERINGS = ("value_changed", "definition_changed", "entity_garbled", "strengthened")


def follow(parents: Positions) -> Positions:
    """Return for each position the end of its chain of parents, or -1 where the chain is a cycle or breaks.

    A parent of -1 marks an end.
    """
    import numpy as np

    ends = np.where(parents < 0, np.arange(len(parents)), parents)
    for _ in range(max(len(parents), 1).bit_length()):
        ends = ends[ends]
    return np.where(parents[ends] < 0, ends, -1) if len(parents) else ends


def find_cycles(parents: Positions) -> list[list[int]]:
    """Return the cycles in chains of parents, each as the positions in it, lowest first."""
    import numpy as np

    cycles: list[list[int]] = []
    seen: set[int] = set()
    for start in np.flatnonzero(follow(parents) < 0).tolist():
        path: dict[int, int] = {}
        here = start
        while here >= 0 and here not in path and here not in seen:
            path[here] = len(path)
            here = int(parents[here])
        if here in path:
            cycles.append(sorted(list(path)[path[here] :]))
        seen.update(path)
    return cycles


def find_parents(child: pd.DataFrame, parent: pd.DataFrame) -> Positions:
    """Return for each row of `child` the position of the equal row in `parent`, or -1.

    Both frames have the same columns; rows with a missing value have no equal.
    """
    import pandas as pd

    keys = list(parent.columns)
    right = parent.reset_index(drop=True).rename_axis("position").reset_index().dropna().drop_duplicates(keys)
    joined = child.dropna().reset_index(names="_row").merge(right, on=keys, how="left")
    positions = pd.Series(joined["position"].to_numpy(), index=joined["_row"])
    return positions.reindex(child.index).fillna(-1).to_numpy(dtype="intp")


def actor_parents(actors: pd.DataFrame) -> Positions:
    """Return the position of each actor's parent, or -1."""
    return find_parents(
        actors[["parent_id"]].set_axis(["actor_id"], axis=1).reset_index(drop=True), actors[["actor_id"]]
    )


def relay_parents(evidence: pd.DataFrame) -> Positions:
    """Return the position of the evidence row that each row relays, or -1 at an end."""
    relays = evidence[["claim_id", "relays_id"]].set_axis(["claim_id", "source_id"], axis=1)
    return find_parents(relays.reset_index(drop=True), evidence[["claim_id", "source_id"]])


class Provenance:
    """What the tables of one package imply, each part derived when it is first asked for.

    `frames` holds the typed tables by name, each primary key once.
    """

    def __init__(self, frames: Frames) -> None:
        self.frames = frames

    @cached_property
    def roots(self) -> pd.Series:
        """The root actor of each actor: the state or body at the top of its family. Index: actor_id."""
        import pandas as pd

        actors = self.frames["actors"]
        ids = actors["actor_id"].array
        ends = follow(actor_parents(actors))
        return pd.Series(ids.take(ends, allow_fill=True), index=pd.Index(ids), name="root_id")

    @cached_property
    def sides(self) -> pd.Series:
        """The side each actor speaks for. Index: actor_id.

        The root actor where that is a state or a body of states; otherwise `media`, `unnamed` or `independent`.
        """
        kinds = self.frames["actors"].set_index("actor_id")["kind"].astype("str")
        root_kinds = look_up(self.roots, kinds)
        sides = self.roots.where(root_kinds.isin(["state", "intergovernmental"]), "independent")
        sides = sides.mask(root_kinds.eq("media"), "media").mask(root_kinds.eq("unnamed_group"), "unnamed")
        return sides.rename("side")

    @cached_property
    def chains(self) -> pd.DataFrame:
        """Each evidence row with `origin_id`, the source at the end of its chain."""
        import pandas as pd

        evidence = self.frames["evidence"]
        ends = follow(relay_parents(evidence))
        origins = pd.Series(evidence["source_id"].array.take(ends, allow_fill=True), index=evidence.index)
        return evidence.assign(origin_id=origins)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """Every figure of both domains with its claim, its speaker and the intervals comparisons use.

        Columns beyond those of the tables: accumulation, unit, per, asserted_by, asserted, root_id; `as_of` (Timestamp)
        the day the figure speaks of; `low` and `high` (float) the interval it allows, infinite where it is open.
        """
        import numpy as np
        import pandas as pd

        frames = self.frames
        figures = pd.concat([frames["economic_figures"], frames["military_figures"]], ignore_index=True)
        claims = frames["claims"][["claim_id", "asserted_by", "asserted", "asserted_from", "asserted_to"]]
        measures = frames["indicators"][["indicator_id", "accumulation", "unit", "per"]]
        figures = figures.merge(claims, on="claim_id").merge(measures, on="indicator_id")
        figures["root_id"] = look_up(figures["asserted_by"], self.roots)
        figures["as_of"] = figures["period_end_to"].fillna(figures["asserted_to"])
        value = figures["value"].astype("float64")
        low, high = figures["value_low"].astype("float64"), figures["value_high"].astype("float64")
        margin = value.abs() * ABOUT * figures["bound"].eq("about")
        figures["low"] = low.fillna(value - margin).where(figures["bound"].ne("at_most"), -np.inf)
        figures["high"] = high.fillna(value + margin).where(figures["bound"].ne("at_least"), np.inf)
        return figures

    @cached_property
    def comparisons(self) -> pd.DataFrame:
        """The pairs of figures by different speakers that agree or conflict; see `compare_figures`."""
        return compare_figures(self.figures)

    @cached_property
    def support(self) -> pd.DataFrame:
        """The pairs of claims that support each other, both ways round. Columns: claim_id, other_id.

        Claims support each other when they are linked as corroborating or when figures of theirs agree, unless one
        derives from the other.
        """
        import pandas as pd

        links = self.frames["claim_links"][["claim_id", "relation", "other_id"]]
        corroborating = links.loc[links["relation"].eq("corroborates"), ["claim_id", "other_id"]]
        agreeing = self.comparisons.loc[
            self.comparisons["verdict"].eq("agrees"), ["claim_id", "claim_id_other"]
        ]
        pairs = turn_pairs(pd.concat([corroborating, agreeing.set_axis(["claim_id", "other_id"], axis=1)]))
        derived = turn_pairs(links.loc[links["relation"].eq("derives_from"), ["claim_id", "other_id"]])
        joined = pairs.merge(derived, how="left", indicator=True)
        return joined.loc[joined["_merge"].eq("left_only"), ["claim_id", "other_id"]]

    @cached_property
    def parties(self) -> pd.DataFrame:
        """The parties that stand behind each claim. Columns: claim_id, root_id, side.

        A party is a root actor: the claim's own speaker and the speakers of the claims that support it. Media are no
        parties: they carry what others say.
        """
        import pandas as pd

        claims = self.frames["claims"]
        own = claims[["claim_id"]].assign(other_id=claims["claim_id"])
        speakers = claims[["claim_id", "asserted_by"]].set_axis(["other_id", "asserted_by"], axis=1)
        parties = pd.concat([own, self.support]).merge(speakers, on="other_id")
        parties["root_id"] = look_up(parties["asserted_by"], self.roots)
        parties["side"] = look_up(parties["asserted_by"], self.sides)
        parties = parties[parties["side"].ne("media")]
        return parties[["claim_id", "root_id", "side"]].dropna().drop_duplicates()

    @cached_property
    def admissions(self) -> pd.DataFrame:
        """By whom claims are admitted: parties a claim involves that are not its own speaker's.

        Columns: claim_id, root_id.
        """
        import pandas as pd

        claims = self.frames["claims"]
        participants = self.frames["claim_actors"].loc[lambda rows: rows["role"].eq("participant")]
        involved = pd.concat(
            [
                claims[["claim_id", "subject_id"]].set_axis(["claim_id", "actor_id"], axis=1),
                claims[["claim_id", "object_id"]].set_axis(["claim_id", "actor_id"], axis=1),
                participants[["claim_id", "actor_id"]],
            ]
        )
        involved = pd.DataFrame(
            {"claim_id": involved["claim_id"], "root_id": look_up(involved["actor_id"], self.roots)}
        )
        own = pd.DataFrame(
            {"claim_id": claims["claim_id"], "own_id": look_up(claims["asserted_by"], self.roots)}
        )
        admitted = self.parties.merge(involved.dropna().drop_duplicates(), on=["claim_id", "root_id"]).merge(
            own
        )
        return admitted.loc[admitted["root_id"] != admitted["own_id"], ["claim_id", "root_id"]]


def compare_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of figures by different speakers that measure the same at the same time.

    `figures` is `Provenance.figures`. Columns: figure_id, claim_id, root_id and the same with suffix
    `_other`; `verdict` is `agrees` or `conflicts`. A pair that does neither is left out. Each pair stands once, with
    the lower figure id first.
    """
    known = figures.dropna(subset=["low", "high"])
    same = [*SAME_MEASURE, "currency"]
    known = known.assign(**{key: known[key].astype("str").fillna("") for key in same})
    pairs = known.merge(known, on=same, suffixes=("", "_other"))
    pairs = pairs[
        (pairs["figure_id"] < pairs["figure_id_other"])
        & (pairs["claim_id"] != pairs["claim_id_other"])
        & (pairs["asserted_by"] != pairs["asserted_by_other"])
    ]
    same_time = _speak_of_same_time(pairs)
    disjoint = (pairs["high"] < pairs["low_other"]) | (pairs["high_other"] < pairs["low"])
    conflicts = (same_time & disjoint) | _falls(pairs)
    agrees = same_time & ~disjoint & _close(pairs)
    verdict = conflicts.map({True: "conflicts", False: "agrees"}).astype("str")
    columns = ["figure_id", "claim_id", "root_id"]
    columns += [f"{column}_other" for column in columns]
    return pairs.assign(verdict=verdict).loc[conflicts | agrees, [*SAME_MEASURE, *columns, "verdict"]]


def _speak_of_same_time(pairs: pd.DataFrame) -> pd.Series:
    import pandas as pd

    near = pd.Timedelta(days=COMPARABLE_DAYS)
    as_of_near = (pairs["as_of"] - pairs["as_of_other"]).abs() <= near
    level = pairs["accumulation"].isin(["stock", "cumulative"])
    starts = pairs["period_start_from"], pairs["period_start_from_other"]
    same_start = (starts[0] - starts[1]).abs().le(near) | (starts[0].isna() & starts[1].isna())
    periodless = pairs["period_end"].isna(), pairs["period_end_other"].isna()
    year = pd.Timedelta(days=PERIODLESS_DAYS)
    gap = pairs["as_of"] - pairs["as_of_other"]
    within_year = (periodless[0] & gap.between(pd.Timedelta(0), year)) | (
        periodless[1] & (-gap).between(pd.Timedelta(0), year)
    )
    return (level & as_of_near) | (~level & ((as_of_near & same_start) | within_year))


def _falls(pairs: pd.DataFrame) -> pd.Series:
    """Tell where a cumulative total stated for a later day lies wholly below one for an earlier day."""
    later = pairs["as_of"] > pairs["as_of_other"]
    earlier = pairs["as_of"] < pairs["as_of_other"]
    below = later & (pairs["high"] < pairs["low_other"])
    above = earlier & (pairs["high_other"] < pairs["low"])
    return pairs["accumulation"].eq("cumulative") & (below | above)


def _close(pairs: pd.DataFrame) -> pd.Series:
    """Tell where two intervals still overlap after their open ends are closed at a factor of two."""
    ends = []
    for side in ("", "_other"):
        low, high = pairs[f"low{side}"], pairs[f"high{side}"]
        bounded_high = high.where(high.abs() != float("inf"), low * ONE_SIDED)
        bounded_low = low.where(low.abs() != float("inf"), high / ONE_SIDED)
        ends.append((bounded_low, bounded_high))
    (low, high), (low_other, high_other) = ends
    return (low <= high_other) & (low_other <= high)


def turn_pairs(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return pairs of claim_id and other_id both ways round, each once."""
    import pandas as pd

    turned = pairs[["other_id", "claim_id"]].set_axis(["claim_id", "other_id"], axis=1)
    return pd.concat([pairs, turned], ignore_index=True).drop_duplicates()
