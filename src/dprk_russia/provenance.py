"""What the rows of the package imply: chains of evidence, families of actors, which figures can be compared and
whether they agree, and what each claim's support amounts to.

Frames are typed as `dprk_russia.load` returns them.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dprk_russia.frames import ascends
from dprk_russia.relations import find_pairs, follow, take, through

if TYPE_CHECKING:
    import pandas as pd

    from dprk_russia.relations import Mask, Positions, Relations

    Pairs = tuple[Positions, Positions]

# Figures that speak of days no further apart than this are compared.
COMPARABLE_DAYS = 14
# Totals whose day is known less exactly than this are not taken to speak of the same time.
VAGUE_DAYS = 31
# "About" and one-sided bounds, as intervals in which another value counts as agreement.
ABOUT = 0.10
ONE_SIDED = 2.0
# A share, change or rate stated without a period is taken to speak of the year before it was asserted.
PERIODLESS_DAYS = 365
SAME_MEASURE = ["indicator_id", "scope", "assumption"]
GRAVE_RENDERINGS = ("value_changed", "definition_changed", "entity_garbled", "strengthened")
FIGURES = ("economic_figures", "military_figures")
# Every figure is compared with every other of its measure; beyond this many pairs that is too much for a machine.
MAX_COMPARISONS = 50_000_000


class TooManyFiguresError(Exception):
    """So many figures measure the same that they cannot be compared one by one."""


class Provenance:
    """What the tables of one package imply, each part derived when it is first asked for."""

    def __init__(self, relations: Relations) -> None:
        self.relations = relations
        self.frames = relations.frames

    @cached_property
    def root_positions(self) -> Positions:
        """The position of each actor's root: the state or body at the top of its family; -1 in a cycle."""
        return follow(self.relations.positions("actors", "parent_id"))

    @cached_property
    def roots(self) -> pd.Series:
        """The root actor of each actor. Index: actor_id."""
        import pandas as pd

        ids = self.frames["actors"]["actor_id"]
        return take(ids, self.root_positions, pd.Index(ids)).rename("root_id")

    @cached_property
    def sides(self) -> pd.Series:
        """The side each actor speaks for. Index: actor_id.

        The root actor where that is a state or a body of states; otherwise `media`, `unnamed` or `independent`.
        """
        kinds = self.frames["actors"]["kind"].astype("str")
        root_kinds = take(kinds, self.root_positions, self.roots.index)
        sides = self.roots.where(root_kinds.isin(["state", "intergovernmental"]), "independent")
        sides = sides.mask(root_kinds.eq("media"), "media").mask(root_kinds.eq("unnamed_group"), "unnamed")
        return sides.rename("side")

    @cached_property
    def speaker_roots(self) -> Positions:
        """The position of the root actor of each claim's speaker, or -1."""
        return through(self.relations.positions("claims", "asserted_by"), self.root_positions)

    @cached_property
    def relays(self) -> Positions:
        """The position of the evidence row that each row of evidence relays, or -1 at an end."""
        claims = self.relations.positions("evidence", "claim_id")
        return find_pairs(
            (claims, self.relations.positions("evidence", "relays_id")),
            (claims, self.relations.positions("evidence", "source_id")),
        )

    @cached_property
    def chains(self) -> pd.DataFrame:
        """Each evidence row with `origin_id`, the source at the end of its chain."""
        evidence = self.frames["evidence"]
        return evidence.assign(origin_id=take(evidence["source_id"], follow(self.relays), evidence.index))

    @cached_property
    def figures(self) -> pd.DataFrame:
        """Every figure of both domains with its claim, its speaker and the intervals comparisons use.

        Rows by figure_id. Columns beyond those of the tables: accumulation, unit, per, asserted_by, asserted, root_id;
        `as_of` and `as_of_from` (Timestamp), the last and the first day the figure may speak of; `low` and `high`
        (float), the interval it allows, infinite where it is open; `claim`, `measure` and `speaker`, the positions of
        its claim, its indicator and its claim's speaker.
        """
        import numpy as np
        import pandas as pd

        frames = self.frames
        columns = {"claim": "claim_id", "measure": "indicator_id"}
        figures = pd.concat([frames[table] for table in FIGURES], ignore_index=True)
        for name, column in columns.items():
            figures[name] = np.concatenate([self.relations.positions(table, column) for table in FIGURES])
        figures = figures[(figures["claim"] >= 0) & (figures["measure"] >= 0)].reset_index(drop=True)
        if not ascends(figures, ("figure_id",)):
            figures = figures.sort_values("figure_id", ignore_index=True)
        claim, measure = figures["claim"].to_numpy(), figures["measure"].to_numpy()
        for column in ("asserted_by", "asserted", "asserted_from", "asserted_to"):
            figures[column] = take(frames["claims"][column], claim, figures.index)
        for column in ("accumulation", "unit", "per"):
            figures[column] = take(frames["indicators"][column], measure, figures.index)
        figures["speaker"] = self.relations.positions("claims", "asserted_by")[claim]
        figures["root_id"] = take(frames["actors"]["actor_id"], self.speaker_roots[claim], figures.index)
        figures["as_of"] = figures["period_end_to"].fillna(figures["asserted_to"])
        figures["as_of_from"] = figures["period_end_from"].fillna(figures["asserted_from"])
        value = figures["value"].astype("float64")
        low, high = figures["value_low"].astype("float64"), figures["value_high"].astype("float64")
        margin = value.abs() * ABOUT * figures["bound"].eq("about")
        figures["low"] = low.fillna(value - margin).where(figures["bound"].ne("at_most"), -np.inf)
        figures["high"] = high.fillna(value + margin).where(figures["bound"].ne("at_least"), np.inf)
        return figures

    @cached_property
    def rivals(self) -> Pairs:
        """The pairs of figures, as positions, in which different speakers measure the same; the lower id first.

        Raises
        ------
        TooManyFiguresError
            If there are more than `MAX_COMPARISONS` pairs.
        """
        import numpy as np

        figures = self.figures
        known = np.flatnonzero(
            figures["low"].notna() & figures["high"].notna() & figures["figure_id"].notna()
        )
        one, other = (known[side] for side in pair_within(code_measures(figures)[known]))
        claim, speaker = figures["claim"].to_numpy(), figures["speaker"].to_numpy()
        apart = (claim[one] != claim[other]) & (speaker[one] != speaker[other])
        return one[apart], other[apart]

    @cached_property
    def agreements(self) -> Pairs:
        """The rivals that speak of the same time and allow each other."""
        one, other = self.rivals
        agrees = _speak_of_same_time(self.figures, one, other) & ~_is_disjoint(self.figures, one, other)
        one, other = one[agrees], other[agrees]
        close = _is_close(self.figures, one, other)
        return one[close], other[close]

    @cached_property
    def conflicts(self) -> Pairs:
        """The rivals that exclude each other: at the same time, or a later total that lies below an earlier one."""
        one, other = self.rivals
        figures = self.figures
        excludes = _speak_of_same_time(figures, one, other) & _is_disjoint(figures, one, other)
        excludes |= fall_below(figures, one, other) | fall_below(figures, other, one)
        return one[excludes], other[excludes]

    @cached_property
    def comparisons(self) -> pd.DataFrame:
        """The pairs of figures that agree or conflict, by position.

        Columns: indicator_id, scope, assumption; figure_id, claim_id, root_id and the same with suffix `_other`;
        `verdict`, which is `agrees` or `conflicts`.
        """
        import numpy as np
        import pandas as pd

        one, other = _join_pairs(self.agreements, self.conflicts)
        verdict = np.repeat(["agrees", "conflicts"], [len(self.agreements[0]), len(self.conflicts[0])])
        order = np.lexsort((other, one))
        columns = ["figure_id", "claim_id", "root_id"]
        pairs: pd.DataFrame = self.figures.loc[one[order], [*SAME_MEASURE, *columns]].reset_index(drop=True)
        for column in columns:
            pairs[f"{column}_other"] = take(self.figures[column], other[order], pairs.index)
        pairs["verdict"] = pd.array(verdict[order], dtype="str")
        return pairs

    @cached_property
    def support(self) -> Pairs:
        """The pairs of claims that support each other, both ways round, as positions.

        Claims support each other when they are linked as corroborating or when figures of theirs agree, unless one
        derives from the other.
        """
        import numpy as np

        one, other = self.agreements
        claim = self.figures["claim"].to_numpy()
        pairs = _join_pairs(self._linked("corroborates"), (claim[one], claim[other]))
        one, other = turn_pairs(pairs)
        derived = find_pairs((one, other), turn_pairs(self._linked("derives_from"))) >= 0
        kept = np.flatnonzero(~derived & (one >= 0) & (other >= 0))
        return one[kept], other[kept]

    def _linked(self, relation: str) -> Pairs:
        """Return the pairs of claims, as positions, that are linked in one way."""
        linked = self.frames["claim_links"]["relation"].eq(relation).to_numpy(dtype=bool)
        one, other = (
            self.relations.positions("claim_links", column)[linked] for column in ("claim_id", "other_id")
        )
        return one, other

    @cached_property
    def party_pairs(self) -> Pairs:
        """The parties that stand behind claims: positions of the claim and of the root actor, each pair once.

        A party is a root actor: the claim's own speaker and the speakers of the claims that support it. Media are no
        parties: they carry what others say.
        """
        import numpy as np

        own = np.arange(len(self.frames["claims"]))
        claims, supporters = _join_pairs((own, own), self.support)
        roots = self.speaker_roots[supporters]
        medial = np.append(self.sides.eq("media").to_numpy(dtype=bool), True)
        kept = (roots >= 0) & ~medial[self.relations.positions("claims", "asserted_by")[supporters]]
        return _distinct_pairs((claims[kept], roots[kept]))

    @cached_property
    def parties(self) -> pd.DataFrame:
        """The parties that stand behind each claim; see `party_pairs`. Columns: claim_id, root_id, side."""
        named = self._name(self.party_pairs)
        return named.assign(side=self.sides.to_numpy()[self.party_pairs[1]])

    @cached_property
    def admission_pairs(self) -> Pairs:
        """By whom claims are admitted: positions of the claim and of the root actor.

        An admission comes from a party that a claim involves, other than its own speaker's.
        """
        import numpy as np

        relations = self.relations
        own = np.arange(len(self.frames["claims"]))
        takes_part = self.frames["claim_actors"]["role"].eq("participant").to_numpy(dtype=bool)
        claims, actors = _join_pairs(
            (own, relations.positions("claims", "subject_id")),
            (own, relations.positions("claims", "object_id")),
            (
                relations.positions("claim_actors", "claim_id")[takes_part],
                relations.positions("claim_actors", "actor_id")[takes_part],
            ),
        )
        involved = claims, through(actors, self.root_positions)
        parties = self.party_pairs
        admits = (find_pairs(parties, involved) >= 0) & (parties[1] != self.speaker_roots[parties[0]])
        return parties[0][admits], parties[1][admits]

    @cached_property
    def admissions(self) -> pd.DataFrame:
        """By whom claims are admitted; see `admission_pairs`. Columns: claim_id, root_id."""
        return self._name(self.admission_pairs)

    def _name(self, pairs: Pairs) -> pd.DataFrame:
        """Return pairs of a claim and an actor with their ids. Columns: claim_id, root_id."""
        import pandas as pd

        index = pd.RangeIndex(len(pairs[0]))
        return pd.DataFrame(
            {
                "claim_id": take(self.frames["claims"]["claim_id"], pairs[0], index),
                "root_id": take(self.frames["actors"]["actor_id"], pairs[1], index),
            }
        )


def _join_pairs(*several: Pairs) -> Pairs:
    import numpy as np

    return np.concatenate([pairs[0] for pairs in several]), np.concatenate([pairs[1] for pairs in several])


def turn_pairs(pairs: Pairs) -> Pairs:
    """Return pairs both ways round, each once."""
    return _distinct_pairs(_join_pairs(pairs, (pairs[1], pairs[0])))


def _distinct_pairs(pairs: Pairs) -> Pairs:
    import numpy as np

    width = int(pairs[1].max(initial=0)) + 1
    known = (pairs[0] >= 0) & (pairs[1] >= 0)
    numbers = np.sort(pairs[0][known] * width + pairs[1][known])
    one, other = np.divmod(numbers[np.diff(numbers, prepend=-1) > 0], width)
    return one, other


def code_measures(figures: pd.DataFrame) -> Positions:
    """Return a number for each figure that it shares with the figures of the same measure and currency."""
    import pandas as pd

    codes: Positions = figures["measure"].to_numpy()
    for column in ("scope", "assumption", "currency"):
        own, known = pd.factorize(figures[column])
        codes = pd.factorize(codes * (len(known) + 1) + own + 1)[0]
    return codes


def pair_within(groups: Positions) -> Pairs:
    """Return all pairs of positions in the same group, the lower first."""
    import numpy as np

    order = np.argsort(groups, kind="stable")
    sizes = np.bincount(groups)
    rank = np.arange(len(groups)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    later = np.repeat(sizes, sizes) - rank - 1
    if later.sum() > MAX_COMPARISONS:
        raise TooManyFiguresError
    one = np.repeat(np.arange(len(groups)), later)
    other = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(later) - later, later)
    return order[one], order[other]


def _speak_of_same_time(figures: pd.DataFrame, one: Positions, other: Positions) -> Mask:
    import numpy as np

    day = np.timedelta64(1, "D")
    near, year = COMPARABLE_DAYS * day, PERIODLESS_DAYS * day
    as_of, start = figures["as_of"].to_numpy(), figures["period_start_from"].to_numpy()
    level = figures["accumulation"].isin(["stock", "cumulative"]).to_numpy()[one]
    dated = as_of - figures["as_of_from"].to_numpy() < VAGUE_DAYS * day
    gap = as_of[one] - as_of[other]
    as_of_near = abs(gap) <= near
    same_start = (abs(start[one] - start[other]) <= near) | (np.isnat(start[one]) & np.isnat(start[other]))
    periodless = figures["period_end"].isna().to_numpy()
    within_year = (periodless[one] & (gap >= 0 * day) & (gap <= year)) | (
        periodless[other] & (gap <= 0 * day) & (gap >= -year)
    )
    level_near = as_of_near & dated[one] & dated[other]
    same_time: Mask = np.where(level, level_near, (as_of_near & same_start) | within_year)
    return same_time


def fall_below(figures: pd.DataFrame, later: Positions, earlier: Positions) -> Mask:
    """Tell where a cumulative total that is surely later lies wholly below an earlier one."""
    first, last, low, high = (figures[column].to_numpy() for column in ("as_of_from", "as_of", "low", "high"))
    cumulative: Mask = figures["accumulation"].eq("cumulative").to_numpy(dtype=bool)
    return cumulative[later] & (first[later] > last[earlier]) & (high[later] < low[earlier])


def _is_disjoint(figures: pd.DataFrame, one: Positions, other: Positions) -> Mask:
    low, high = figures["low"].to_numpy(), figures["high"].to_numpy()
    disjoint: Mask = (high[one] < low[other]) | (high[other] < low[one])
    return disjoint


def _is_close(figures: pd.DataFrame, one: Positions, other: Positions) -> Mask:
    """Tell where two intervals still overlap after their open ends are closed at a factor of two."""
    import numpy as np

    low, high = figures["low"].to_numpy(), figures["high"].to_numpy()
    closed_low = np.where(np.isinf(low), high / ONE_SIDED, low)
    closed_high = np.where(np.isinf(high), low * ONE_SIDED, high)
    overlap: Mask = (closed_low[one] <= closed_high[other]) & (closed_low[other] <= closed_high[one])
    return overlap
