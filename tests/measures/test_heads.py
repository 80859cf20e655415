"""The heads of the measures keep what they promise, and the record runs each measure as it should."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from typing import TYPE_CHECKING

import pytest
import sqlglot
from sqlglot import exp

from dprk_russia.contract.package import DERIVED, read_package
from dprk_russia.contract.schema import Field
from dprk_russia.record import run as record_run
from dprk_russia.record.engines import SqliteEngine
from dprk_russia.record.measures import (
    FOLDER,
    Copied,
    MeasureError,
    describe_frames,
    describe_measure,
    find_needed,
    find_place,
    list_frames,
    read_measure,
    read_measures,
)
from dprk_russia.record.run import Record, TooManyPairsError
from dprk_russia.tabular.loading import read_frames
from measures import test_frames, test_steps
from measures.bench import columns_of, package, run

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from dprk_russia.checks.faults import Specimen
    from dprk_russia.record.engines import Kind
    from dprk_russia.record.measures import Measure
    from dprk_russia.tabular.frames import Tables

FRAMES = [measure.name for measure in list_frames()]
CASES = [*test_steps.CASES, *test_frames.CASES]
FORMS = {
    "text": r"\S+",
    "url": r"https?://\S+",
    "day": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "partial_date": r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?",
    "integer": r"-?[0-9]+",
    "number": r"-?[0-9]+(\.[0-9]+)?",
    "boolean": r"true|false",
}


@pytest.fixture(params=read_measures().values(), ids=lambda measure: measure.name)
def measure(request: pytest.FixtureRequest) -> Measure:
    found: Measure = request.param
    return found


@pytest.fixture(scope="module")
def real() -> Record:
    return Record(read_frames(package()), package())


# Reading

HEAD = """\
-- Things
-- What they are,
-- told twice.
--
-- key: thing_id
-- thing_id: as actors.actor_id of the thing
-- name, kind: as actors, maybe
-- size: number, always. How large it is,
--   in all. Example: 1.5
SELECT thing_id, name, kind, size FROM (WITH inner_ones AS (SELECT 1) SELECT 1) JOIN inner_ones
LEFT JOIN actors
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "frames" / "things.sql"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_taken_apart_into_its_head_and_its_query(tmp_path: Path) -> None:
    things = read_measure(write(tmp_path, HEAD))
    assert (things.name, things.title, things.key) == ("things", "Things", ("thing_id",))
    assert things.description == "What they are, told twice."
    assert things.columns == (
        Copied("thing_id", "actors", "actor_id", "the thing", maybe=False),
        Copied("name", "actors", "name", "", maybe=True),
        Copied("kind", "actors", "kind", "", maybe=True),
        Field("size", "Size", "How large it is, in all.", "number", "1.5", required=True),
    )
    assert things.query.startswith("SELECT")
    assert things.text == HEAD
    assert things.needs == {"actors"}
    assert things.is_frame
    assert things.column("size") is things.columns[-1]
    with pytest.raises(KeyError, match="weight"):
        things.column("weight")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("--\n", "", "no empty line divides the description from the columns"),
        ("-- key: thing_id\n", "-- key is thing_id\n", "this tells of no column: key is thing_id"),
        ("thing_id: as actors", "Thing: as actors", "this tells of no column: Thing"),
        ("thing_id: as actors", "2nd: as actors", "this tells of no column: 2nd"),
        ("--   in all", "-- in all", "this tells of no column: in all"),
        ("as actors, maybe", "as actors, text", "not clear what name, kind holds"),
        ("as actors, maybe", "as actors.name", "not clear what name, kind holds"),
        ("as actors, maybe", "of actors", "not clear what name, kind holds"),
        ("size: number", "size, weight: number", "not clear what size, weight holds"),
        ("size: number, always", "size: float, always", "not clear what size holds"),
        ("size: number, always.", "size: number, always", "not clear what size holds"),
        ("in all. Example", "in all Example", "not clear what size holds"),
        (" Example: 1.5", "", "not clear what size holds"),
        ("Example: 1.5", "Example: 1.5 or 2", "not clear what size holds"),
    ],
)
def test_a_head_of_another_form_is_refused_with_the_name_of_its_file(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert HEAD.count(old) == 1
    with pytest.raises(MeasureError, match=rf"^things\.sql: .*{re.escape(message)}"):
        read_measure(write(tmp_path, HEAD.replace(old, new)))


def test_measures_come_after_what_they_need() -> None:
    seen: set[str] = set()
    for name, measure in read_measures().items():
        assert measure.needs & read_measures().keys() <= seen
        seen.add(name)


def test_all_files_are_read_and_no_table_can_bear_their_names() -> None:
    assert sorted(read_measures()) == sorted(path.stem for path in FOLDER.rglob("*.sql"))
    assert read_measures().keys() <= DERIVED
    assert FRAMES == [
        "answer",
        "assessments",
        "disagreements",
        "distortions",
        "echoes",
        "estimates",
        "figures",
        "sides",
        "silent",
        "timeline",
    ]


def test_what_is_needed_is_found_through_others_and_without_what_is_not() -> None:
    assert [measure.name for measure in find_needed(["sides", "sources"])] == ["families", "sides"]
    needed = [measure.name for measure in find_needed(["comparisons"])]
    assert set(needed) == {"thresholds", "all_figures", "intervals", "rivals", "comparisons"}
    assert needed == [name for name in read_measures() if name in needed]


def test_every_measure_is_used_by_a_frame_or_a_rule_or_by_the_record_itself() -> None:
    rules = "".join(
        path.read_text(encoding="utf-8") for path in (FOLDER.parent / "checks" / "rules").glob("*.py")
    )
    read_by_rules = [name for name in read_measures() if f'"{name}"' in rules]
    used = {measure.name for measure in find_needed([*FRAMES, *read_by_rules])}
    assert read_measures().keys() - used == {"pair_count", "carrier_days"}


# Heads


def test_a_head_lists_the_columns_of_its_query_in_order(measure: Measure) -> None:
    connection = sqlite3.connect(":memory:")
    for name in measure.needs:
        connection.execute(f'CREATE TABLE "{name}" ({", ".join(columns_of(name))})')
    cursor = connection.execute(measure.query)
    assert [column[0] for column in cursor.description] == [column.name for column in measure.columns]


def test_a_measure_needs_the_relations_that_its_query_names(measure: Measure) -> None:
    query = sqlglot.parse_one(measure.query, dialect="sqlite")
    common = {table.alias for table in query.find_all(exp.CTE)}
    assert measure.needs == {table.name for table in query.find_all(exp.Table)} - common


def test_a_query_names_no_column_that_is_in_no_relation_it_reads(measure: Measure) -> None:
    query = sqlglot.parse_one(measure.query, dialect="sqlite")
    made = {alias.alias for alias in query.find_all(exp.Alias)}
    known = made.union(*(columns_of(name) for name in measure.needs))
    assert {column.name for column in query.find_all(exp.Column)} - {"*"} <= known


def test_what_a_head_takes_over_exists(measure: Measure) -> None:
    for column in measure.columns:
        if isinstance(column, Copied):
            assert column.column in columns_of(column.table)
            table, _, name = find_place(column).partition(".")
            assert not table or package().table(table).field(name)


def test_the_key_is_made_of_columns(measure: Measure) -> None:
    assert {*measure.key} <= {column.name for column in measure.columns}
    assert len({column.name for column in measure.columns}) == len(measure.columns)


def test_an_example_has_the_form_of_its_column(measure: Measure) -> None:
    for column in measure.columns:
        if isinstance(column, Field):
            assert re.fullmatch(FORMS[column.form], str(column.example)), column


def test_a_head_is_told_in_sentences(measure: Measure) -> None:
    assert measure.title == measure.name.replace("_", " ").capitalize()
    assert measure.description.endswith(".")


def test_frames_are_described_like_tables() -> None:
    for table, measure in zip(describe_frames(package()), list_frames(), strict=True):
        assert (table.name, table.title, table.primary_key) == (measure.name, measure.title, measure.key)
        assert table.columns == tuple(column.name for column in measure.columns)
        assert all(field.description and field.title for field in table.fields)


def test_a_column_that_is_taken_over_is_described_as_it_is_there() -> None:
    estimates = describe_measure(read_measures()["estimates"], package())
    figures = package().table("military_figures")
    assert estimates.field("bound") == figures.field("bound")
    assert estimates.field("certainty") == package().table("claims").field("certainty")
    assert (
        estimates.field("speaker").title == f"{package().table('actors').field('name').title} of the speaker"
    )
    assert not estimates.field("superseded_by").required
    assert ("source_id", "sources") in {(key.column, key.table) for key in estimates.foreign_keys}


# Promises


def fulfil(record: Record, measure: Measure) -> None:
    rows = record.frame(measure.name)
    table = describe_measure(measure, record.package)
    if measure.key:
        assert not rows.duplicated(list(measure.key)).any()
        assert rows[list(measure.key)].notna().all(axis=None)
    empty = [field.name for field in table.fields if field.required and rows[field.name].isna().any()]
    assert empty == []


def test_keys_are_unique_and_what_is_always_there_is_there(real: Record, measure: Measure) -> None:
    fulfil(real, measure)


def test_keys_and_promises_hold_in_the_specimen(specimen: Specimen) -> None:
    contract = read_package(specimen.folder)
    record = Record(read_frames(contract), contract)
    for measure in read_measures().values():
        fulfil(record, measure)


def test_every_measure_has_cases_and_no_two_are_told_in_the_same_words() -> None:
    assert {case.measure for case in CASES} == read_measures().keys()
    assert [says for says, times in Counter(map(str, CASES)).items() if times > 1] == []


def test_every_column_is_looked_at_in_a_case(measure: Measure) -> None:
    shown = {column for case in CASES if case.measure == measure.name for column in case.columns}
    assert shown == {column.name for column in measure.columns}


# Running


class Watched(SqliteEngine):
    """Notes what is loaded and made."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.made: list[str] = []

    def load(self, tables: Tables, name: str, columns: Collection[str]) -> None:
        self.loaded.append(name)
        super().load(tables, name, columns)

    def make(self, kind: Kind, name: str, query: str) -> None:
        self.made.append(name)
        super().make(kind, name, query)


def test_steps_are_made_once_and_only_those_that_are_needed(real: Record) -> None:
    engine = Watched()
    record = Record(real.tables, package(), engine)
    record.frame("timeline")
    assert (engine.made, sorted(engine.loaded)) == (
        ["chains", "families", "event_links", "source_counts", "event_groups", "assertions"],
        ["actors", "claim_links", "claims", "evidence", "sources"],
    )
    for name in FRAMES:
        record.frame(name)
    loaded = len(engine.loaded)
    for name in FRAMES:
        record.frame(name)
    assert len(engine.loaded) == loaded
    assert sorted(engine.made) == sorted({*engine.made})
    assert {*engine.made} == {measure.name for measure in find_needed(FRAMES)} - {*FRAMES}


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_is_the_same_whatever_was_asked_for_before(real: Record, name: str) -> None:
    alone = Record(real.tables, package(), SqliteEngine())
    for other in reversed(FRAMES):
        real.frame(other)
    assert alone.frame(name).equals(real.frame(name))


def test_a_frame_is_the_same_when_it_is_asked_for_again(real: Record) -> None:
    one, other = real.frame("echoes"), real.frame("echoes")
    assert one is not other
    assert one.equals(other)


def test_there_is_no_measure_of_another_name(real: Record) -> None:
    with pytest.raises(KeyError, match="actors"):
        real.frame("actors")


@pytest.mark.parametrize("name", ["assessments", "disagreements", "rivals", "falling_totals"])
def test_more_pairs_than_can_be_compared_are_refused_before_they_are(
    real: Record, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    pairs = int(real.frame("pair_count")["pairs"].iloc[0])
    monkeypatch.setattr(record_run, "MAX_PAIRS", pairs - 1)
    engine = Watched()
    record = Record(real.tables, package(), engine)
    with pytest.raises(
        TooManyPairsError,
        match=f"^{pairs:,} pairs of figures .* at most {pairs - 1:,} are. Tell the figures apart by scope or assumption",
    ):
        record.frame(name)
    assert "rivals" not in engine.made


def test_as_many_pairs_as_the_limit_allows_are_compared(
    real: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = int(real.frame("pair_count")["pairs"].iloc[0])
    monkeypatch.setattr(record_run, "MAX_PAIRS", pairs)
    assert len(Record(real.tables, package(), SqliteEngine()).frame("disagreements")) > 0


def test_the_examples_of_days_are_those_the_query_would_give() -> None:
    first, start = (read_measures()["intervals"].column(name) for name in ("first_day", "start_day"))
    assert isinstance(first, Field)
    assert isinstance(start, Field)
    (row,) = run(
        "intervals",
        {
            "all_figures": [
                {
                    "figure_id": "M1",
                    "bound": "exact",
                    "value": 1,
                    "period_start_from": "2024-10-01",
                    "end_from": "2024-12-23",
                }
            ]
        },
        "sqlite",
    )
    assert (str(row["first_day"]), str(row["start_day"])) == (first.example, start.example)
