"""What a page shows of a day is what the functions of the package return for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dprk_russia.record.knowledge import read_day, rewind
from dprk_russia.site.history import History, Knowledge
from dprk_russia.tabular.frames import list_rows
from explorer.conftest import THOROUGH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dprk_russia.site.library import Library

# Of the days of the data so many are compared here; scripts/check-site compares all.

pytestmark = pytest.mark.slow

SAMPLED = 10_000 if THOROUGH else 12


def list_days(library: Library) -> list[str]:
    """Return every day that brought news of an indicator."""
    knowledge = Knowledge(library)
    days = {
        day
        for row in library.rows("indicators")
        for day in History(knowledge, row["indicator_id"]).list_days()
    }
    return sorted(days)


def compare(library: Library, days: Iterable[str]) -> int:
    """Compare all states of some days with what is known by then, and return how many were compared."""
    knowledge = Knowledge(library)
    histories = {
        row["indicator_id"]: History(knowledge, row["indicator_id"]) for row in library.rows("indicators")
    }
    compared = 0
    for day in days:
        record = rewind(library.edition.record, read_day(day)) if day else library.edition.record
        rows = [row for row in list_rows(record.frame("estimates")) if row["figure_id"] in library.listed]
        answers = list_rows(record.frame("answer"))
        silent = list_rows(record.frame("silent"))
        for indicator_id, history in histories.items():
            state = history.recall(day)
            own = [row for row in rows if row["indicator_id"] == indicator_id]
            assert state.known == {row["figure_id"] for row in own}, (day, indicator_id)
            assert state.replaced == {row["figure_id"] for row in own if not row["is_current"]}, (
                day,
                indicator_id,
            )
            assert list(state.answer) == [
                row["figure_id"] for row in answers if row["indicator_id"] == indicator_id
            ], (day, indicator_id)
            pairs = {
                frozenset((row["figure_id"], other))
                for row in own
                for other in (row["conflicts_with"] or "").split(";")
                if other in state.known
            }
            assert state.conflicts == len(pairs), (day, indicator_id)
            if own:
                quiet = {row["name"] for row in silent if row["indicator_id"] == indicator_id}
                _, _, told = state.summary.partition(" · no figure from ")
                assert set(filter(None, told.split(", "))) == quiet, (day, indicator_id)
            compared += 1
    return compared


def test_a_page_of_the_specimen_shows_what_was_known_on_each_day(specimen_library: Library) -> None:
    days = list_days(specimen_library)
    assert compare(specimen_library, [*days, "2020-01-01", "2024-12-17", ""]) > 10


def test_a_page_of_the_data_shows_what_was_known(library: Library) -> None:
    days = list_days(library)
    assert compare(library, [*days[:: max(1, len(days) // SAMPLED)], ""]) > 1_000


def test_the_summary_counts_what_was_known(library: Library) -> None:
    history = History(Knowledge(library), "kpa-casualties")
    first = history.list_days()[0]
    assert history.recall(first).summary.startswith("1 figure · 1 speaker · 1 side · 1 origin · ")
    assert history.recall("2020-01-01").summary == "No figure was known."


def test_a_figure_without_a_known_day_is_known_on_no_day(library: Library) -> None:
    rows = [row for row in library.rows("estimates") if row["first_known"] is None]
    assert rows
    for row in rows:
        history = History(Knowledge(library), row["indicator_id"])
        assert all(row["figure_id"] not in history.recall(day).known for day in history.list_days())
        assert row["figure_id"] in history.recall("").known


@pytest.mark.parametrize("day", ["2025-01-04", "2025-01-05"])
def test_a_figure_is_replaced_from_the_day_on_which_that_became_known(library: Library, day: str) -> None:
    # Zelensky said at least 3,000 on 23 December 2024, and about 3,800 on 5 January 2025.
    state = History(Knowledge(library), "kpa-casualties").recall(day)
    assert ("M00030" in state.replaced) is (day == "2025-01-05")
