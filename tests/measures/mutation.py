"""Makes every small change to every measure, one at a time, and tells which of them no case notices.

    scripts/mutate-measures [MEASURE ...]

Fails if there is one that is not known to change nothing.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click
import sqlglot
from sqlglot import exp

from dprk_russia.record.measures import read_measures
from measures import test_frames, test_steps
from measures.bench import Case, complete, load_sqlite, run_sqlite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from measures.bench import Rows

    # What sqlglot lets stand in a part of a node.
    Content = exp.Expr | list[exp.Expr] | str | bool | None

DIALECT = "sqlite"
CASES = [*test_steps.CASES, *test_frames.CASES]

COMPARISONS: dict[type[exp.Expr], tuple[type[exp.Expr], ...]] = {
    exp.EQ: (exp.NEQ, exp.LTE, exp.GTE),
    exp.NEQ: (exp.EQ, exp.LT, exp.GT),
    exp.LT: (exp.LTE, exp.GT, exp.NEQ),
    exp.LTE: (exp.LT, exp.GTE, exp.EQ),
    exp.GT: (exp.GTE, exp.LT, exp.NEQ),
    exp.GTE: (exp.GT, exp.LTE, exp.EQ),
}
OPPOSITES: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.And: exp.Or,
    exp.Or: exp.And,
    exp.Add: exp.Sub,
    exp.Sub: exp.Add,
    exp.Mul: exp.Div,
    exp.Div: exp.Mul,
}
FUNCTIONS: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.Min: exp.Max,
    exp.Max: exp.Min,
    exp.Sum: exp.Count,
}
# Columns, and names of relations, that could be taken for each other.
ALIKE = (
    ("value_low", "value_high", "value"),
    ("period_start", "period_end"),
    ("period_start_from", "period_end_from", "period_end_to", "period_start_to"),
    ("asserted_from", "asserted_to"),
    ("end_from", "end_to"),
    ("asserted_to", "first_known"),
    ("low", "high"),
    ("closed_low", "closed_high", "low", "high"),
    ("start_day", "first_day", "last_day"),
    ("claim_id", "other_id"),
    ("figure_id", "other_figure_id"),
    ("subject_id", "object_id"),
    ("actor_id", "root_id"),
    ("source_id", "origin_id"),
    ("claim_id", "event_id"),
    ("scope", "assumption", "currency"),
    ("own_sources", "hearers", "carriers", "carriers_read", "departures", "garblings"),
    ("superseded_by", "retracted_by", "updated_by"),
    ("published_in", "heard_by"),
    ("named", "unnamed"),
    ("read_at", "url"),
    ("near_days", "vague_days", "year_days"),
    ("about", "open_factor"),
)
ALIKE_RELATIONS = (
    ("one", "other"),
    ("former", "latter"),
    ("claims", "other_claims"),
    ("assertions", "other_assertions"),
    ("later", "earlier"),
    ("sizes", "totals"),
    ("speakers", "other_speakers"),
    ("figures", "other_figures"),
    ("scopes", "assumptions"),
    ("climb", "roots"),
    ("families", "speakers"),
    ("follow", "evidence"),
    ("reach", "events"),
)

# Changes that no rows of a valid package can show, by why that is so.
EQUIVALENT: dict[str, tuple[str, ...]] = {
    "Each row has its partner by the rules of packages, so that none is left over.": (
        "assertions: LEFT or not: JOIN actors ON actors.actor_id = claims.asserted_by",
        "assertions: LEFT or not: JOIN families ON families.actor_id = claims.asserted_by",
        "figure_days: LEFT or not: JOIN claims USING (claim_id)",
        "echoes: LEFT or not: JOIN assertions USING (claim_id)",
        "echoes: LEFT or not: JOIN lists USING (claim_id)",
        "successors: LEFT or not: JOIN assertions ON assertions.claim_id = latter.claim_id",
        "disagreements: LEFT or not: JOIN assertions USING (claim_id)",
        "disagreements: LEFT or not: JOIN assertions AS other_assertions ON o … rtions.claim_id = pairs.other_id",
        "stated_figures: LEFT or not: JOIN figure_days USING (figure_id)",
        "stated_figures: LEFT or not: JOIN assertions USING (claim_id)",
        "figures: LEFT or not: JOIN indicators USING (indicator_id)",
        "figures: LEFT or not: JOIN claims USING (claim_id)",
        "figures: LEFT or not: JOIN sources USING (source_id)",
        "figures: LEFT or not: JOIN actors AS publishers ON publishers.actor_id = sources.publisher_id",
        "sides: LEFT or not: JOIN actors USING (actor_id)",
        "sides: LEFT or not: JOIN actors AS roots ON roots.actor_id = families.root_id",
        "all_figures: LEFT or not: JOIN claims USING (claim_id)",
        "all_figures: LEFT or not: JOIN indicators USING (indicator_id)",
        "families: LEFT or not: JOIN actors AS roots ON roots.actor_id = climb.root_id",
        "source_counts: LEFT or not: JOIN sources ON sources.source_id = chains.source_id",
        "timeline: LEFT or not: JOIN assertions USING (claim_id)",
        "intervals: LEFT or not: JOIN margins USING (figure_id)",
        "stated_figures: LEFT or not: JOIN claims USING (claim_id)",
        "stated_figures: LEFT or not: JOIN source_counts USING (claim_id)",
        "stated_figures: LEFT or not: JOIN sources USING (source_id)",
        "falling_totals: LEFT or not: JOIN all_figures ON all_figures.figure_id = later.figure_id",
        "disagreements: LEFT or not: JOIN claims USING (claim_id)",
        "disagreements: LEFT or not: JOIN claims AS other_claims ON other_claims.claim_id = pairs.other_id",
        "parties: LEFT or not: JOIN claims ON claims.claim_id = backers.backer_id",
        "admissions: LEFT or not: JOIN claims USING (claim_id)",
        "answer: LEFT or not: JOIN claims USING (claim_id)",
        "answer: LEFT or not: JOIN actors ON actors.actor_id = stated_figures.speaker_id",
        "silent: LEFT or not: JOIN actors ON actors.actor_id = quiet.side",
        "silent: LEFT or not: JOIN claims USING (claim_id)",
        "silent: LEFT or not: JOIN families ON families.actor_id = claims.asserted_by",
        "silent: LEFT or not: JOIN families ON families.actor_id = claims.asserted_by (2)",
        "silent: LEFT or not: JOIN claims USING (topic_id)",
        "distortions: LEFT or not: JOIN assertions USING (claim_id)",
        "distortions: LEFT or not: JOIN claims USING (claim_id)",
        "distortions: LEFT or not: JOIN sources USING (source_id)",
        "distortions: LEFT or not: JOIN actors AS publishers ON publishers.actor_id = sources.publisher_id",
        "distortions: LEFT or not: JOIN chains USING (claim_id, source_id)",
        "distortions: LEFT or not: JOIN pages USING (claim_id)",
        "carrier_days: LEFT or not: JOIN sources USING (source_id)",
    ),
    "What a LEFT JOIN would add is empty where the next condition looks.": (
        "successors: LEFT or not: JOIN all_figures AS latter ON latter.cla … dicator_id = former.indicator_id",
        "successors: LEFT or not: JOIN all_figures AS former ON former.claim_id = claim_links.other_id",
        "echoes: LEFT or not: JOIN source_counts USING (claim_id)",
        "falling_totals: LEFT or not: JOIN intervals AS earlier ON earlier.ser … .asserted_by = later.asserted_by",
        "oversized_parts: LEFT or not: JOIN totals USING (claim_id, quantity)",
        "rivals: LEFT or not: JOIN ranges AS other ON other.series = o …  other.figure_id > one.figure_id",
        "parties: LEFT or not: JOIN families ON families.actor_id = claims.asserted_by",
        "silent: LEFT or not: JOIN concerned USING (claim_id)",
        "admissions: LEFT or not: JOIN families AS speakers ON speakers.actor_id = claims.asserted_by",
    ),
    "The rows have keys or other words, so that no two are equal.": (
        "figure_notes: ALL or not: SELECT figure_id, note FROM economic_fig … y_figures WHERE NOT note IS NULL",
        "figure_lists: ALL or not: SELECT figure_id, verdict, other_figure_ … dict, figure_id FROM comparisons",
        "all_figures: ALL or not: SELECT * FROM economic_figures UNION ALL SELECT * FROM military_figures",
        "chains: ALL or not: SELECT claim_id, source_id, source_id AS … nce.relays_id = follow.source_id",
        "families: ALL or not: SELECT actor_id, actor_id AS root_id FRO … ctors.parent_id = climb.actor_id",
        "disagreements: ALL or not: SELECT relation AS how, claim_id, other_ … sons WHERE verdict = 'conflicts'",
    ),
    "What stands twice is dropped later, by UNION, EXCEPT or DISTINCT.": (
        "support: ALL or not: SELECT claim_id, other_id AS supporter_i … CT other_id, claim_id FROM pairs",
        "support: ALL or not: SELECT claim_id, other_id FROM claim_lin … arisons WHERE verdict = 'agrees'",
        "parties: ALL or not: SELECT claim_id, claim_id AS backer_id F … im_id, supporter_id FROM support",
        "concerned: ALL or not: SELECT claim_id, subject_id AS actor_id  … ctors WHERE role = 'participant'",
        "concerned: ALL or not: SELECT claim_id, subject_id AS actor_id  …  claim_id, object_id FROM claims",
        "claim_lists: ALL or not: SELECT claim_id, 'parties' AS heading, r … with', other_id FROM comparisons",
        "claim_lists: ALL or not: SELECT claim_id, 'parties' AS heading, r … ted_by', root_id FROM admissions",
    ),
    "Both are equal by another condition: of the join, of the series or of the WHERE.": (
        "echoes: source_id -> origin_id (2)",
        "echoes: source_id -> origin_id (3)",
        "chains: evidence.claim_id -> follow.claim_id",
        "falling_totals: later.accumulation -> earlier.accumulation",
        "rivals: one.accumulation -> other.accumulation",
        "rivals: one.accumulation -> other.accumulation (2)",
    ),
    "A figure is of the same claim as itself, and such pairs are left out.": (
        "rivals: other.figure_id > one.figure_id -> other.figure_id >= one.figure_id",
    ),
    "No code sorts, and no count lies, on that side of the value.": (
        "source_counts: COUNT(CASE WHEN chains.source_id = chain … ces.read <> 'no' THEN 1 END) > 0 -> COUNT(CASE WHEN chains.source_id = chain … es.read <> 'no' THEN 1 END) <> 0",
        "source_counts: chains.attribution = 'heard' -> chains.attribution <= 'heard'",
        "echoes: attribution = 'heard' -> attribution <= 'heard'",
        "echoes: attribution = 'heard' -> attribution >= 'heard'",
        "successors: place = 1 -> place <= 1",
        "timeline: place_in_event = 1 -> place_in_event <= 1",
        "answer: place = 1 -> place <= 1",
        "distortions: COALESCE(wrong.place, 1) = 1 -> COALESCE(wrong.place, 1) <= 1",
        "intervals: bound = 'about' -> bound <= 'about'",
        "oversized_parts: COUNT(*) = COUNT(high) -> COUNT(*) <= COUNT(high)",
        "disagreements: verdict = 'conflicts' -> verdict >= 'conflicts'",
        "support: verdict = 'agrees' -> verdict <= 'agrees'",
        "confirmed_claims: COUNT(*) > 1 -> COUNT(*) <> 1",
        "assessments: source_counts.garblings > 0 -> source_counts.garblings <> 0",
    ),
    "No whole is larger than the largest whole.": (
        "oversized_parts: NOT sizes.scope IS NULL AND sizes.low > totals.total -> sizes.low > totals.total",
    ),
    "There is one list for each claim and heading.": (
        "reactions: MAX(CASE relation WHEN 'derives_from' THEN ids END) -> MIN(CASE relation WHEN 'derives_from' THEN ids END)",
        "reactions: MAX(CASE relation WHEN 'denies' THEN ids END) -> MIN(CASE relation WHEN 'denies' THEN ids END)",
        "reactions: MAX(CASE relation WHEN 'doubts' THEN ids END) -> MIN(CASE relation WHEN 'doubts' THEN ids END)",
        "reactions: MAX(CASE relation WHEN 'contradicts' THEN ids END) -> MIN(CASE relation WHEN 'contradicts' THEN ids END)",
        "reactions: MAX(CASE relation WHEN 'updates' THEN ids END) -> MIN(CASE relation WHEN 'updates' THEN ids END)",
        "reactions: MAX(CASE relation WHEN 'retracts' THEN ids END) -> MIN(CASE relation WHEN 'retracts' THEN ids END)",
        "reactions: MAX(CASE relation WHEN 'misreports' THEN ids END) -> MIN(CASE relation WHEN 'misreports' THEN ids END)",
        "figure_lists: MAX(CASE verdict WHEN 'conflicts' THEN ids END) -> MIN(CASE verdict WHEN 'conflicts' THEN ids END)",
        "figure_lists: MAX(CASE verdict WHEN 'agrees' THEN ids END) -> MIN(CASE verdict WHEN 'agrees' THEN ids END)",
        "echoes: MAX(CASE WHEN attribution IS NULL THEN ids END) -> MIN(CASE WHEN attribution IS NULL THEN ids END)",
        "echoes: MAX(CASE WHEN attribution = 'heard' THEN ids END) -> MIN(CASE WHEN attribution = 'heard' THEN ids END)",
        "assessments: MAX(CASE heading WHEN 'parties' THEN ids END) -> MIN(CASE heading WHEN 'parties' THEN ids END)",
        "assessments: MAX(CASE heading WHEN 'admitted_by' THEN ids END) -> MIN(CASE heading WHEN 'admitted_by' THEN ids END)",
        "assessments: MAX(CASE heading WHEN 'conflicts_with' THEN ids END) -> MIN(CASE heading WHEN 'conflicts_with' THEN ids END)",
        "assessments: MAX(CASE heading WHEN 'agrees_with' THEN ids END) -> MIN(CASE heading WHEN 'agrees_with' THEN ids END)",
    ),
    "What is counted is whether a cell is filled, not with what.": (
        "source_counts: 1 -> 2 (2)",
        "source_counts: 1 -> 0 (2)",
        "source_counts: 1 -> 2 (3)",
        "source_counts: 1 -> 0 (3)",
        "source_counts: 1 -> 2 (4)",
        "source_counts: 1 -> 0 (4)",
        "source_counts: 1 -> 2 (5)",
        "source_counts: 1 -> 0 (5)",
        "source_counts: COUNT(CASE WHEN chains.source_id = chain … sources.read <> 'no' THEN 1 END) -> COUNT(DISTINCT CASE WHEN chains.source_i … sources.read <> 'no' THEN 1 END)",
        "source_counts: 1 -> 2",
        "source_counts: 1 -> 0",
        "assessments: 1 -> 2",
        "assessments: 1 -> 0",
        "assessments: 1 -> 2 (2)",
        "assessments: 1 -> 0 (2)",
    ),
    "Links stand both ways round, and beside each event stands itself, so that either end may be taken.": (
        "event_groups: claim_id -> other_id AS claim_id",
        "event_groups: other_id -> claim_id",
        "event_groups: LEFT or not: JOIN event_links USING (claim_id)",
    ),
    "The last union drops what stands twice.": (
        "event_links: ALL or not: SELECT claim_id, claim_id AS other_id FR … CT claim_id, other_id FROM links",
    ),
    "SQLite halves whole numbers, and half of one is nought.": ("pair_count: 0 -> 1", "pair_count: 0 -> -1"),
    "Any words that stand between the parts of a key keep them apart.": (
        "oversized_parts: '/' -> '/x'",
        "oversized_parts: '/' -> '/x' (2)",
        "oversized_parts: '/' -> '/x' (3)",
        "oversized_parts: '/' -> '/x' (4)",
    ),
    "Of lists that begin alike the longest is the largest.": (
        "reactions: no ROWS: GROUP_CONCAT(item, ';') OVER (PARTITION  … ECEDING AND UNBOUNDED FOLLOWING)",
        "figure_lists: no ROWS: GROUP_CONCAT(other_figure_id, ';') OVER  … ECEDING AND UNBOUNDED FOLLOWING)",
        "echoes: no ROWS: GROUP_CONCAT(source_id, ';') OVER (PARTI … ECEDING AND UNBOUNDED FOLLOWING)",
    ),
    "Of two equal days either may be taken.": (
        "assertions: source_counts.first_known < claims.asserted_to -> source_counts.first_known <= claims.asserted_to",
        "figure_days: known_by < end_to -> known_by <= end_to",
        "figure_days: period_start_from > last_day -> period_start_from >= last_day",
    ),
    # Only this engine is asked; the others would show these.
    "SQLite has put the rows in that order before, for another window or for UNION.": (
        "reactions: no ORDER: GROUP_CONCAT(item, ';') OVER (PARTITION  … ECEDING AND UNBOUNDED FOLLOWING)",
        "echoes: one term fewer: claim_id in ORDER BY source_counts.carriers_read DES … e_counts.carriers DESC, claim_id",
        "timeline: one term fewer: dated.claim_id in ORDER BY dated.first_day, dated.claim_id",
        "timeline: one term fewer: claims.claim_id in ORDER BY COALESCE(claims.period_start, c … s.asserted_from, claims.claim_id",
        "silent: one term fewer: quiet.side in ORDER BY quiet.indicator_id, quiet.side",
        "distortions: one term fewer: departures.source_id in ORDER BY departures.claim_id, departures.source_id",
        "claim_lists: no ORDER: GROUP_CONCAT(item, ';') OVER (PARTITION  … ECEDING AND UNBOUNDED FOLLOWING)",
    ),
}


@dataclass(frozen=True, slots=True)
class Change:
    """Another node in the place of one, or, where `part` is given, another content of that part of it."""

    node: exp.Expr
    new: Content
    part: str = ""
    label: str = ""

    def tell(self) -> str:
        if isinstance(self.new, exp.Expr):
            return f"{_shorten(self.node)} -> {_shorten(self.new)}"
        return f"{self.label} {_shorten(self.node)}"

    def write(self, tree: exp.Expr) -> str:
        """Return the query with this change; the tree is left as it was."""
        if self.part:
            old = self.node.args.get(self.part)
            self.node.set(self.part, self.new)
            text = tree.sql(DIALECT)
            self.node.set(self.part, old)
            return text
        if not isinstance(self.new, exp.Expr):
            raise TypeError(self.new)
        if self.node is tree:
            if tables := self.node.args.get("with_"):
                self.new.set("with_", tables.copy())
            return self.new.sql(DIALECT)
        self.node.replace(self.new)
        text = tree.sql(DIALECT)
        self.new.replace(self.node)
        return text


def _shorten(node: exp.Expr) -> str:
    text = node.sql(DIALECT)
    return text if len(text) <= 75 else f"{text[:40]} … {text[-32:]}"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A measure with one change in its query."""

    measure: str
    what: str
    query: str

    def __str__(self) -> str:
        return f"{self.measure}: {self.what}"


def list_mutants(measure: str) -> Iterator[Mutant]:
    """Yield every small change to the query of a measure that still is a query."""
    tree = sqlglot.parse_one(read_measures()[measure].query, dialect=DIALECT)
    empty = load_sqlite(complete(measure, {}))
    seen: Counter[str] = Counter()
    known = {tree.sql(DIALECT)}
    for node in list(tree.walk()):
        for change in list_changes(node):
            query = change.write(tree)
            if query in known or not _can_run(empty, query):
                continue
            known.add(query)
            what = change.tell()
            seen[what] += 1
            yield Mutant(measure, what if seen[what] == 1 else f"{what} ({seen[what]})", query)
    empty.close()


def _can_run(connection: sqlite3.Connection, query: str) -> bool:
    try:
        connection.execute(f"EXPLAIN {query}").fetchall()
    except sqlite3.Error:
        return False
    return True


def list_changes(node: exp.Expr) -> Iterator[Change]:
    for change in (
        change_operator,
        change_condition,
        change_value,
        change_choice,
        change_column,
        change_relations,
        change_counting,
        change_grouping,
    ):
        yield from change(node)


def change_operator(node: exp.Expr) -> Iterator[Change]:
    kinds = COMPARISONS.get(type(node), ())
    if opposite := OPPOSITES.get(type(node)):
        kinds = (opposite,)
    for kind in kinds:
        yield Change(node, kind(this=node.this.copy(), expression=node.expression.copy()))
    if isinstance(node, exp.And | exp.Or | exp.DPipe):
        yield Change(node, node.this.copy())
        yield Change(node, node.expression.copy())


def change_condition(node: exp.Expr) -> Iterator[Change]:
    if isinstance(node, exp.Not):
        yield Change(node, node.this.copy())
    elif isinstance(node, exp.Is | exp.In) and not isinstance(node.parent, exp.Not):
        yield Change(node, exp.Not(this=node.copy()))
    elif isinstance(node, exp.Between):
        yield Change(node, exp.GTE(this=node.this.copy(), expression=node.args["low"].copy()))
        yield Change(node, exp.LTE(this=node.this.copy(), expression=node.args["high"].copy()))
    elif isinstance(node, exp.Select) and node.args.get("where"):
        yield Change(node, None, "where", "no WHERE:")
    elif isinstance(node, exp.Join) and node.args.get("on"):
        yield Change(node, None, "on", "no ON:")
    if isinstance(node, exp.In):
        yield from _drop_each(node, "expressions", "one fewer:")


def change_value(node: exp.Expr) -> Iterator[Change]:
    if not isinstance(node, exp.Literal):
        return
    if node.is_string:
        yield Change(node, exp.Literal.string(f"{node.this}x"))
        return
    number = float(node.this)
    for step in (1, -1) if number.is_integer() else (0.1,):
        yield Change(node, exp.Literal(this=f"{number + step:g}", is_string=False))


def change_choice(node: exp.Expr) -> Iterator[Change]:
    if isinstance(node, exp.Case):
        branches = node.args["ifs"]
        default = node.args.get("default")
        if len(branches) == 1:
            yield Change(node, default.copy() if default else exp.Null())
        else:
            yield from _drop_each(node, "ifs", "one branch fewer:")
        if default:
            yield Change(node, None, "default", "no ELSE:")
    elif isinstance(node, exp.Coalesce):
        for argument in (node.this, *node.expressions):
            yield Change(node, argument.copy())
    elif isinstance(node, exp.Abs | exp.Cast):
        yield Change(node, node.this.copy())
    elif function := FUNCTIONS.get(type(node)):
        yield Change(node, function(this=node.this.copy()))


def change_column(node: exp.Expr) -> Iterator[Change]:
    if not isinstance(node, exp.Column):
        return
    for names, part in ((ALIKE, "this"), (ALIKE_RELATIONS, "table")):
        own = node.text(part)
        for other in sorted({other for group in names if own in group for other in group} - {own}):
            new: exp.Expr = node.copy()
            new.set(part, exp.to_identifier(other))
            if isinstance(node.parent, exp.Select) and part == "this" and node.arg_key == "expressions":
                new = exp.alias_(new, own)
            yield Change(node, new)


def change_relations(node: exp.Expr) -> Iterator[Change]:
    if isinstance(node, exp.Join) and (node.args.get("on") or node.args.get("using")):
        yield Change(node, None if node.side else "LEFT", "side", "LEFT or not:")
    elif isinstance(node, exp.SetOperation):
        yield Change(node, node.this.copy())
        yield Change(node, node.expression.copy())
        if isinstance(node, exp.Union):
            yield Change(node, not node.args["distinct"], "distinct", "ALL or not:")


def change_counting(node: exp.Expr) -> Iterator[Change]:
    if isinstance(node, exp.Select) and node.args.get("distinct"):
        yield Change(node, None, "distinct", "no DISTINCT:")
    elif isinstance(node, exp.Count) and isinstance(node.this, exp.Distinct):
        yield Change(node, exp.Count(this=node.this.expressions[0].copy()))
    elif isinstance(node, exp.Count) and not isinstance(node.this, exp.Star):
        yield Change(node, exp.Count(this=exp.Distinct(expressions=[node.this.copy()])))


def change_grouping(node: exp.Expr) -> Iterator[Change]:
    if isinstance(node, exp.Ordered):
        descends = not node.args.get("desc")
        yield Change(node, exp.Ordered(this=node.this.copy(), desc=descends, nulls_first=not descends))
    elif isinstance(node, exp.Order | exp.Group):
        yield from _drop_each(node, "expressions", "one term fewer:")
    elif isinstance(node, exp.Window):
        yield from _drop_each(node, "partition_by", "one part fewer:")
        for part, label in (("order", "no ORDER:"), ("spec", "no ROWS:"), ("alias", "no name:")):
            if node.args.get(part):
                yield Change(node, None, part, label)


def _drop_each(node: exp.Expr, part: str, label: str) -> Iterator[Change]:
    """Yield the node with one fewer of several members of a part, or without that part if it has one."""
    members = node.args.get(part) or []
    if len(members) == 1 and isinstance(node, exp.Order | exp.Group) and node.parent:
        yield Change(node.parent, None, str(node.arg_key), "no ORDER or GROUP:")
        return
    for member in members:
        others = [other for other in members if other is not member]
        yield Change(node, others, part, f"{label} {member.sql(DIALECT)} in")


def try_mutants(measure: str) -> Iterator[tuple[Mutant, bool]]:
    """Yield every mutant of a measure, and whether it gives what its cases expect of the measure."""
    cases = [
        (case, load_sqlite(complete(measure, case.tables)), case.expected())
        for case in CASES
        if case.measure == measure
    ]
    tree = sqlglot.parse_one(read_measures()[measure].query, dialect=DIALECT)
    for case, connection, expected in cases:
        if not _is_met(case, connection, expected, tree.sql(DIALECT)):
            raise SystemExit(f"{case} fails though nothing is changed")
    for mutant in list_mutants(measure):
        yield mutant, all(_is_met(*case, mutant.query) for case in cases)
    for _, connection, _ in cases:
        connection.close()


def _is_met(case: Case, connection: sqlite3.Connection, expected: Rows, query: str) -> bool:
    try:
        return case.pick(run_sqlite(case.measure, connection, query)) == expected
    except (sqlite3.Error, KeyError):
        return False


@dataclass(slots=True)
class Outcome:
    """What became of the mutants; `stale` are changes in `EQUIVALENT` that a case notices or that are not made."""

    made: int = 0
    survivors: list[Mutant] = field(default_factory=list)
    equivalent: set[str] = field(default_factory=set)
    stale: set[str] = field(default_factory=set)

    @property
    def killed(self) -> int:
        return self.made - len(self.survivors) - len(self.equivalent)


def mutate(measures: Iterable[str] = ()) -> Outcome:
    """Try every small change to some measures, or to all of them."""
    outcome = Outcome()
    known = {what for changes in EQUIVALENT.values() for what in changes}
    for measure in measures or read_measures():
        for mutant, survives in try_mutants(measure):
            outcome.made += 1
            if survives and str(mutant) in known:
                outcome.equivalent.add(str(mutant))
            elif survives:
                outcome.survivors.append(mutant)
        outcome.stale |= {what for what in known if what.startswith(f"{measure}: ")} - outcome.equivalent
    return outcome


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Change every measure and tell which changes no case notices."
    )
    parser.add_argument(
        "measures", nargs="*", metavar="MEASURE", help="measures to change; all if none is named"
    )
    options = parser.parse_args()
    if unknown := sorted({*options.measures} - read_measures().keys()):
        parser.error(f"there is no measure {', '.join(unknown)}")
    outcome = mutate(options.measures)
    for mutant in outcome.survivors:
        click.echo(f"survives: {mutant}")
    for what in sorted(outcome.stale):
        click.echo(f"need not be listed as equivalent: {what}")
    click.echo(
        f"{outcome.made} mutants: {outcome.killed} killed, {len(outcome.equivalent)} known to change nothing, "
        f"{len(outcome.survivors)} survive"
    )
    return 1 if outcome.survivors else 0


if __name__ == "__main__":
    sys.exit(main())
