"""What was known by a day, and the frames for looking, against a plain reading of the rows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dprk_russia
from dprk_russia.contract.errors import InvalidDateError
from dprk_russia.record.engines import SqliteEngine
from dprk_russia.record.knowledge import KnownTables, read_day, rewind
from dprk_russia.record.run import Record
from dprk_russia.tabular.cells import parse_date
from dprk_russia.tabular.frames import Frames
from measures.bench import package
from measures.packages import DATES, packages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dprk_russia.tabular.frames import Tables

Row = dict[str, Any]
# Days between and on those that random packages know.

pytestmark = pytest.mark.slow

DAYS = st.sampled_from([date(2023, 6, 1), *(days[1] for text in DATES if (days := parse_date(text)))])
AHEAD = {"forecast", "intention", "norm"}


def any_package(test: Callable[..., None]) -> Callable[..., None]:
    """Run a test on random packages and days."""
    checks = list(HealthCheck)
    drawn: Callable[..., None] = settings(max_examples=15, derandomize=True, suppress_health_check=checks)(
        given(tables=packages(8), day=DAYS)(test)
    )
    return drawn


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """Return rows as dictionaries, what is missing as none."""
    return [
        {str(name): None if pd.isna(cell) else cell for name, cell in row.items()}
        for row in frame.to_dict("records")
    ]


def record_of(tables: Tables) -> Record:
    return Record(tables, package(), SqliteEngine())


def list_carriers(tables: Tables, day: date) -> set[tuple[str, str]]:
    """Return the claims and sources of evidence that was known, one relay after the other."""
    published = {row["source_id"]: row["published_to"] for row in rows_of(tables["sources"])}
    relays = {(row["claim_id"], row["source_id"]): row["relays_id"] for row in rows_of(tables["evidence"])}
    known = set()
    for claim_id, source_id in relays:
        told = published[source_id]
        place: str | None = source_id if told is not None and told.date() <= day else None
        while place is not None and (claim_id, place) not in known:
            known.add((claim_id, place))
            place = relays.get((claim_id, place))
    return known


def list_known(tables: Tables, day: date) -> Frames:
    """Return the rows that were known, table by table."""
    carriers = list_carriers(tables, day)
    claims = {claim_id for claim_id, _ in carriers}
    known = dict(tables)
    for name, columns in {
        "claims": ["claim_id"], "claim_actors": ["claim_id"], "claim_links": ["claim_id", "other_id"],
        "economic_figures": ["claim_id"], "military_figures": ["claim_id"],
    }.items():  # fmt: skip
        known[name] = tables[name][tables[name][columns].isin(claims).all(axis=1)]
    pairs = zip(tables["evidence"]["claim_id"], tables["evidence"]["source_id"], strict=True)
    known["evidence"] = tables["evidence"].loc[[pair in carriers for pair in pairs]]
    return Frames({name: frame.reset_index(drop=True) for name, frame in known.items()})


# Which rows were known


@pytest.mark.slow
@any_package
def test_the_rows_that_were_known_are_those_a_reader_finds(tables: Frames, day: date) -> None:
    known, expected = KnownTables(record_of(tables), day), list_known(tables, day)
    assert list(known) == list(tables)
    assert len(known) == len(tables)
    for name, frame in expected.items():
        pd.testing.assert_frame_equal(known[name], frame)
        assert known.count_rows(name) == len(frame)
        assert known.read_cells(name, frame.columns) == expected.read_cells(name, frame.columns)


@pytest.mark.slow
@any_package
def test_estimates_of_a_day_are_the_figures_first_known_by_then_with_what_stood_against_them(
    tables: Frames, day: date
) -> None:
    every, then = record_of(tables).frame("estimates"), rewind(record_of(tables), day).frame("estimates")
    now = every[every["first_known"] <= pd.Timestamp(day)]
    figures, claims = set(then["figure_id"]), set(list_known(tables, day)["claims"]["claim_id"])
    assert set(now["figure_id"]) <= figures
    # A misreport was none before what it misreports was known.
    added = then[~then["figure_id"].isin(now["figure_id"])]
    links = tables["claim_links"]
    assert set(added["claim_id"]) <= set(links.loc[links["relation"].eq("misreports"), "claim_id"])
    then = then.drop(index=added.index).reset_index(drop=True)
    steady = ["figure_id", "as_of", "asserted_on", "side", "number", "first_known", "statement", "url"]
    pd.testing.assert_frame_equal(then[steady], now[steady].reset_index(drop=True))
    for column, known in (("conflicts_with", figures_of(tables, claims)), ("denied_by", claims)):
        assert rows_of(then[[column]]) == [
            {column: keep(row[column], known)} for row in rows_of(now[[column]])
        ]


def figures_of(tables: Frames, claims: set[str]) -> set[str]:
    figures = pd.concat([tables["economic_figures"], tables["military_figures"]])
    return set(figures.loc[figures["claim_id"].isin(claims), "figure_id"])


def keep(ids: str | None, known: set[str]) -> str | None:
    """Return the ids of a list that are known, joined again."""
    return ";".join(one for one in (ids or "").split(";") if one in known) or None


def test_a_date_is_read_as_the_last_day_that_it_allows() -> None:
    assert read_day("2024") == date(2024, 12, 31)
    assert read_day("2024-02") == date(2024, 2, 29)
    assert read_day("2024-02-03") == date(2024, 2, 3)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2024-13", "2023-02-29", "2024-1-1", "20240101", "2024-01-01 "]
)
def test_what_is_no_date_is_refused_with_how_dates_are_written(text: str) -> None:
    with pytest.raises(InvalidDateError, match="give a year, month or day, as 2025, 2025-01 or 2025-01-31"):
        dprk_russia.estimates(known_by=text)


# The real rows


@pytest.mark.parametrize("day", ["2024-11", "2025-01-31", date(2025, 6, 30)])
def test_the_data_of_a_day_hold_no_claim_that_was_published_later(day: str | date) -> None:
    last = pd.Timestamp("2024-11-30" if day == "2024-11" else day)
    known = dprk_russia.assessments()["first_known"] <= last
    then = dprk_russia.assessments(known_by=day)
    assert then["claim_id"].tolist() == dprk_russia.assessments().loc[known, "claim_id"].tolist()
    for frame in (
        dprk_russia.estimates(known_by=day),
        dprk_russia.answer(known_by=day),
        dprk_russia.figures(known_by=day),
        dprk_russia.timeline(known_by=day),
        dprk_russia.disagreements(known_by=day),
        dprk_russia.echoes(known_by=day),
        dprk_russia.distortions(known_by=day),
    ):
        assert len(frame) > 0
        ids = set(frame["claim_id"]) | set(frame.get("other_id", []))
        assert ids <= set(then["claim_id"])


def test_in_the_end_all_is_known_but_claims_of_which_no_carrier_has_a_date() -> None:
    undated = dprk_russia.assessments().query("first_known.isna()")["claim_id"]
    assert 0 < len(undated) < 60
    everything, known = dprk_russia.estimates(), dprk_russia.estimates(known_by="9999")
    assert (
        known["figure_id"].tolist()
        == everything.loc[~everything["claim_id"].isin(undated), "figure_id"].tolist()
    )
    assert dprk_russia.estimates(known_by="1900").empty


def test_what_was_superseded_later_was_current_before() -> None:
    rows = dprk_russia.estimates("kpa-killed").query("not is_current and superseded_on > first_known")
    assert len(rows) > 0
    for row in rows_of(rows):
        then = dprk_russia.estimates("kpa-killed", known_by=row["first_known"], current=True)
        assert row["figure_id"] in set(then["figure_id"])


# Answer


def list_answers(record: Record) -> Iterator[tuple[str, str, str]]:
    """Yield indicator, side and figure of each answer, in the order of the frame."""
    kinds = dict(zip(record.tables["claims"]["claim_id"], record.tables["claims"]["kind"], strict=True))
    best: dict[tuple[str, str], tuple[Any, ...]] = {}
    for row in rows_of(record.frame("estimates")):
        if row["scope"] or row["assumption"] or row["superseded_by"] or row["retracted_by"]:
            continue
        rank = (kinds[row["claim_id"]] not in AHEAD, row["as_of"], row["asserted_on"], row["figure_id"])
        place = (row["indicator_id"], row["side"])
        best[place] = max(best.get(place, rank), rank)
    newest = sorted(best.items(), key=lambda item: item[1][3])
    newest.sort(key=lambda item: item[1][1:3], reverse=True)
    newest.sort(key=lambda item: item[0][0])
    return ((*place, rank[3]) for place, rank in newest)


@pytest.mark.slow
@any_package
def test_an_answer_is_the_newest_standing_figure_of_each_side(tables: Frames, day: date) -> None:
    for record in (record_of(tables), rewind(record_of(tables), day)):
        answer = record.frame("answer")[["indicator_id", "side", "figure_id"]]
        assert [tuple(row) for row in answer.to_numpy()] == list(list_answers(record))


# Silent


def list_silent(tables: Frames) -> Iterator[tuple[str, str, int]]:
    """Yield indicator, side and number of claims of each side that is silent."""
    parents = {row["actor_id"]: row["parent_id"] for row in rows_of(tables["actors"])}
    kinds = {row["actor_id"]: row["kind"] for row in rows_of(tables["actors"])}
    claims = {row["claim_id"]: row for row in rows_of(tables["claims"])}
    figures = rows_of(pd.concat([tables["economic_figures"], tables["military_figures"]]))

    def find_root(actor: str) -> str:
        return find_root(parents[actor]) if parents[actor] else actor

    def name(claim: Row) -> set[str]:
        roles = rows_of(tables["claim_actors"])
        parts = [
            role["actor_id"]
            for role in roles
            if (role["claim_id"], role["role"]) == (claim["claim_id"], "participant")
        ]
        return {find_root(actor) for actor in (claim["subject_id"], claim["object_id"], *parts) if actor}

    for indicator in sorted({figure["indicator_id"] for figure in figures}):
        told = [claims[one["claim_id"]] for one in figures if one["indicator_id"] == indicator]
        topics = {claim["topic_id"] for claim in told}
        concerned = set[str]().union(*map(name, told))
        for side in sorted(concerned - {find_root(claim["asserted_by"]) for claim in told}):
            if kinds[side] in {"state", "intergovernmental"}:
                spoken = [
                    claim
                    for claim in claims.values()
                    if claim["topic_id"] in topics and find_root(claim["asserted_by"]) == side
                ]
                yield indicator, side, len(spoken)


@pytest.mark.slow
@any_package
def test_silent_is_who_is_concerned_and_gave_no_figure(tables: Frames, day: date) -> None:
    for known in (tables, list_known(tables, day)):
        silent = record_of(known).frame("silent")[["indicator_id", "side", "claims"]]
        assert [tuple(row) for row in silent.to_numpy()] == list(list_silent(known))


# Distortions


def list_distortions(tables: Frames) -> dict[tuple[str, str], tuple[str | None, str | None]]:
    """Return rendering and misreporting claim by claim and page."""
    evidence = rows_of(tables["evidence"])
    found: dict[tuple[str, str], tuple[str | None, str | None]] = {
        (row["claim_id"], row["source_id"]): (row["rendering"], None)
        for row in evidence
        if row["rendering"] and row["rendering"] != "doubted"
    }
    for link in sorted(rows_of(tables["claim_links"]), key=lambda link: str(link["claim_id"])):
        if link["relation"] == "misreports":
            for row in evidence:
                if row["claim_id"] == link["claim_id"]:
                    place = (link["other_id"], row["source_id"])
                    rendering, misreport = found.get(place, (None, None))
                    found[place] = (rendering, misreport or link["claim_id"])
    return found


@pytest.mark.slow
@any_package
def test_distortions_are_what_renderings_and_misreports_tell(tables: Frames, day: date) -> None:
    for known in (tables, list_known(tables, day)):
        rows = rows_of(record_of(known).frame("distortions"))
        found = {(row["claim_id"], row["source_id"]): (row["rendering"], row["misreport_id"]) for row in rows}
        assert list(found) == sorted(found)
        assert found == list_distortions(known)


# Timeline


def list_events(tables: Frames) -> Iterator[tuple[str, str, bool, str]]:
    """Yield day, claim, whether it is dated and all claims of each event."""
    events = {row["claim_id"]: row for row in rows_of(tables["claims"]) if row["kind"] == "event"}
    groups = {claim_id: {claim_id} for claim_id in events}
    for link in rows_of(tables["claim_links"]):
        one, other = link["claim_id"], link["other_id"]
        if link["relation"] == "corroborates" and one in events and other in events:
            joined = groups[one] | groups[other]
            groups |= dict.fromkeys(joined, joined)
    for group in {min(group): group for group in groups.values()}.values():
        told = sorted((events[one] for one in group), key=lambda row: (row["asserted_from"], row["claim_id"]))
        dated = [row for row in told if row["period_start"] or row["period_end"]]
        first = (dated or told)[0]
        day = first["period_start_from"] or first["period_end_from"] or first["asserted_from"]
        yield day, first["claim_id"], bool(dated), ";".join(row["claim_id"] for row in told)


@pytest.mark.slow
@any_package
def test_the_timeline_has_every_event_once(tables: Frames, day: date) -> None:
    for known in (tables, list_known(tables, day)):
        timeline = record_of(known).frame("timeline")
        found = timeline[["period_start_from", "claim_id", "is_dated", "claims"]]
        assert [tuple(row) for row in found.to_numpy()] == sorted(list_events(known))
