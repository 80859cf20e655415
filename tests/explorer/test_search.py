"""The search on a terminal finds ids by words in any order and script, as the page of the site does."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dprk_russia.contract.package import read_package
from dprk_russia.documents.terminal import render_terminal
from dprk_russia.record.citation import read_record
from dprk_russia.site import forms
from dprk_russia.site.forms import list_hits, write_hits
from dprk_russia.site.search import find_entries
from dprk_russia.tabular.search import Place, normalise, search

if TYPE_CHECKING:
    from conftest import Run

    from dprk_russia.checks.faults import Specimen

ROWS = {"a": ("one", "two three"), "b": ("three", "one"), "c": ("корейцев", ""), "d": ("киев рут", "")}


def find(specimen: Specimen, text: str, known_by: date | None = None) -> list[str]:
    return [
        entry.row_id
        for entry in find_entries(read_record(read_package(specimen.folder)), text, known_by).entries
    ]


def test_a_row_is_found_by_parts_of_words_in_any_order() -> None:
    assert search(ROWS, "THR on").places == {"a": Place(1, 0), "b": Place(1, 0)}
    assert search(ROWS, "tw").places == {"a": Place(1, 0)}
    assert search(ROWS, "three four").places == {}


def test_a_part_of_what_is_measured_is_found_by_its_meaning(specimen: Specimen) -> None:
    specimen.set("parts", "kursk", definition="Within its borders only.")
    assert find(specimen, "borders within") == ["kursk"]


def test_a_text_without_words_finds_nothing() -> None:
    assert search(ROWS, " ").places == {}


@pytest.mark.parametrize(
    ("text", "found", "cut"),
    [
        ("корейцев", ["c"], 0),
        ("корейцем", ["c"], 1),
        ("корейцах", ["c"], 2),
        ("корейцами", [], 0),
        ("корейскими", [], 0),
        # Short words are left as they are.
        ("корейцем цев", ["c"], 1),
        ("киева", ["d"], 1),
        ("рута", [], 0),
        ("threes", [], 0),
    ],
)
def test_cyrillic_words_are_tried_without_their_endings_where_nothing_holds_them(
    text: str, found: list[str], cut: int
) -> None:
    assert (list(search(ROWS, text).places), search(ROWS, text).cut) == (found, cut)


def test_words_are_found_in_another_spelling_too() -> None:
    assert search(ROWS, "tree", {"tree": "three"}.get).places == {"a": Place(1, 1), "b": Place(0, 1)}


def test_text_is_searched_in_one_form_and_in_small_letters() -> None:
    assert normalise("\uff2b\uff49\uff4d") == "kim"
    # Hangul of single letters, as some systems write it.
    assert normalise("\u1100\u116e\u11a8") == "\uad6d"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("国가", []),
        ("국가정보원", ["nis"]),
        ("korean service", ["nis", "C00002", "C00007"]),
        ("курская", ["kursk-oblast"]),
        ("thirty soldiers", ["C00004", "gazette-2024-12-16"]),
        ("m00001", ["C00001"]),
        ("moins trente", ["casualties", "C00001"]),
        ("denial kursk", ["C00003"]),
        ("arms quantity", ["C00005"]),
        ("definition changed", ["gazette-2024-12-18"]),
        ("institute.example", ["institute-2024-10"]),
        ("c00003", ["C00003"]),
    ],
)
def test_ids_names_aliases_words_as_published_and_addresses_are_found(
    specimen: Specimen, text: str, found: list[str]
) -> None:
    assert find(specimen, text) == found


def test_hits_come_by_kind_and_those_first_whose_title_holds_the_words(specimen: Specimen) -> None:
    specimen.set("sources", "gazette-2024-12-18", title="Words of the service")
    assert find(specimen, "service") == [
        "nis", "C00002", "C00007", "bureau-2024-12-19", "gazette-2024-12-18", "nis-2024-12-19",
    ]  # fmt: skip
    assert find(specimen, "killed")[:2] == ["killed", "casualties"]


def test_of_a_kind_those_come_first_of_which_most_is_recorded(specimen: Specimen) -> None:
    claims = ["C00001", "C00002", "C00004"]
    assert find(specimen, "soldiers")[:6] == ["casualties", "killed", "casualties", *claims]
    specimen.set("military_figures", "M00005", indicator_id="killed")
    further = {"relays_id": "gazette-2024-12-18", "attribution": "named"}
    specimen.add("evidence", claim_id="C00009", source_id="bureau-2024-12-19", **further)
    claims = ["C00001", "C00002", "C00009"]
    assert find(specimen, "soldiers")[:6] == ["killed", "casualties", "casualties", *claims]


def test_claims_and_sources_are_found_from_the_day_they_were_known_and_names_always(
    specimen: Specimen,
) -> None:
    day = date(2024, 12, 16)
    assert find(specimen, "kremlin") == ["kremlin", "kremlin-2024-12-17"]
    assert find(specimen, "kremlin", day) == ["kremlin"]
    assert find(specimen, "fallen") == ["C00003"]
    assert find(specimen, "fallen", day) == []
    assert find(specimen, "fallen", date(2024, 12, 17)) == ["C00003"]


def test_a_source_that_carries_nothing_is_found_but_known_by_no_day(specimen: Specimen) -> None:
    specimen.add(
        "sources", source_id="idle-2024", title="Idle", publisher_id="gazette", kind="news", published="2024",
        read="no",
    )  # fmt: skip
    assert find(specimen, "idle") == ["idle-2024"]
    assert find(specimen, "idle", date(2025, 1, 1)) == []


def test_a_terminal_shows_the_first_of_each_kind_and_counts_the_rest(
    specimen: Specimen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MOST_HITS", 2)
    hits = find_entries(read_record(read_package(specimen.folder)), "north korean", date(2024, 12, 19))
    told = render_terminal(list_hits(hits), 200)
    assert told.startswith("8 found; version 0.3.0, as known by 19 December 2024\n")
    assert "\nClaims (8)\n" in told
    assert told.endswith("\nand 6 more")
    assert told.count("C0000") == 2
    assert len(json.loads(write_hits(hits))["hits"]) == 8


@pytest.mark.parametrize(("text", "told"), [("Администрацие", "letter"), ("Администрацией", "two letters")])
def test_what_was_cut_off_is_said(specimen: Specimen, text: str, told: str) -> None:
    hits = find_entries(read_record(read_package(specimen.folder)), text)
    assert render_terminal(list_hits(hits), 200).startswith(
        f"1 found without the last {told} of each word; version"
    )


def test_nothing_found_is_said_with_what_may_help(specimen: Specimen) -> None:
    hits = find_entries(read_record(read_package(specimen.folder)), "zzz")
    assert render_terminal(list_hits(hits), 200).startswith("0 found. Fewer words find more")


@pytest.mark.slow
def test_the_command_searches_the_data(run: Run) -> None:
    code, out, err = run("search", "ZELENSKY", "3,000", "kursk", "--json")
    assert (code, err) == (0, "")
    assert {"kind": "claim", "id": "C00132"} in [
        {"kind": hit["kind"], "id": hit["id"]} for hit in json.loads(out)["hits"]
    ]
    assert run("search")[0] == 2
    assert run("search", "kim", "--known-by", "2024-13")[0] == 2
