"""What is shown of a row on a terminal: what its page tells, with ids in place of links, as of now or of a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dprk_russia.contract.errors import NotFoundError
from dprk_russia.contract.package import installed_package, read_package
from dprk_russia.documents.terminal import render_terminal
from dprk_russia.record.citation import read_record
from dprk_russia.site import pagination
from dprk_russia.site.content import KINDS, address, find_row
from dprk_russia.site.dossier import tell_dossier
from dprk_russia.site.forms import write_document

if TYPE_CHECKING:
    from conftest import Run

    from dprk_russia.checks.faults import Specimen


def show(specimen: Specimen, name: str, known_by: date | None = None) -> str:
    """Return a dossier as it stands on a very wide terminal."""
    dossier = tell_dossier(read_record(read_package(specimen.folder)), name, known_by)
    return render_terminal(write_document(dossier), 400)


def squeeze(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_a_claim_is_shown_with_its_words_its_tree_and_what_stands_against_it(specimen: Specimen) -> None:
    specimen.set("evidence", "C00001/gazette-2024-12-18", note="Speaks of deaths.")
    lines = squeeze(show(specimen, "C00001"))
    assert lines[0] == (
        "At least 30 North Korean soldiers were killed or wounded in Kursk oblast on 14 and 15 December 2024."
    )
    assert lines[3] == "Claim C00001, version 0.3.0"
    for line in (
        "Speaker Military intelligence of Ukraine (ua-hur)",
        "Killed and wounded at least 30 people au moins trente 14 to 15 December 2024 M00001",
        "1 origin → 3 publications, 2 altered",
        "Denied by Presidential office of Russia: No North Korean soldier has fallen in Kursk oblast. (C00003)",
        "Misreported by The Gazette: Thirty North Korean soldiers were killed in Kursk oblast. (C00004)",
    ):
        assert line in lines
    tree = [line for line in show(specimen, "C00001").splitlines() if line.lstrip().startswith("- ")]
    assert [line.partition(" (")[0] for line in tree] == [
        "- [Post on losses]",
        "  - Trente soldats",
        "    - Les morts",
    ]
    assert [line.partition(" · ")[2] for line in tree] == [
        "the speaker's own · not read",
        "names whom it follows · bound changed",
        "same wording or number · definition changed: Speaks of deaths.",
    ]
    assert "(ua-hur-2024-12-16), Military intelligence of Ukraine, 16 December 2024 · " in tree[0]


def test_the_values_of_one_fact_stand_below_each_other_under_one_name(specimen: Specimen) -> None:
    specimen.add("claim_links", claim_id="C00008", relation="denies", other_id="C00001")
    told = show(specimen, "C00001").splitlines()
    (place,) = (place for place, line in enumerate(told) if line.startswith("Denied by"))
    assert told[place + 1].strip() == (
        "The Gazette: The losses show that the soldiers were badly prepared. (C00008)"
    )


def test_a_figure_is_shown_beside_its_rivals(specimen: Specimen) -> None:
    specimen.set("claims", "C00005", asserted_by="nis")
    specimen.add(
        "military_figures", figure_id="M00006", claim_id="C00007", indicator_id="casualties",
        source_id="bureau-2024-12-19", as_stated="five", value="5", bound="exact", method="reported",
        period_start="2024-12-14", period_end="2024-12-15",
    )  # fmt: skip
    lines = squeeze(show(specimen, "M00006"))
    assert lines[0] == "5 people: Killed and wounded"
    assert "As published five" in lines
    assert "Address https://bureau.example/19" in lines
    assert "Cannot stand beside M00001" in lines
    assert any(line.startswith("14 to 15 December 2024 at least 30 people Military") for line in lines)


def test_a_figure_of_a_claim_that_misreports_another_is_shown_though_no_measure_lists_it(
    specimen: Specimen,
) -> None:
    assert show(specimen, "M00003").startswith("30 people: Killed\n")
    assert "trente morts" not in show(specimen, "killed")


def test_a_measure_is_shown_with_the_newest_figure_of_each_side_and_all_figures(specimen: Specimen) -> None:
    lines = squeeze(show(specimen, "indicator/casualties"))
    assert (
        "14 to 16 December 2024 at least 50 people (M00005) Ukraine Military intelligence of Ukraine" in lines
    )
    assert "All figures for the whole (2)" in lines
    assert any(line.startswith("14 to 15 December 2024 at least 30 people") for line in lines)
    assert "What is counted Soldiers killed or wounded." in lines


def test_a_figure_that_looks_ahead_is_told_to_do_so(specimen: Specimen) -> None:
    specimen.set("claims", "C00009", kind="forecast")
    specimen.set("claims", "C00001", kind="forecast")
    assert any(
        "at least 50 people" in line and "looking ahead" in line
        for line in squeeze(show(specimen, "indicator/casualties"))
    )


def test_the_standing_of_a_figure_names_each_reason_once(specimen: Specimen) -> None:
    specimen.remove("claim_links", "C00009/updates/C00001")
    for figure_id, claim_id in (("M00006", "C00007"), ("M00007", "C00008")):
        specimen.add(
            "military_figures", figure_id=figure_id, claim_id=claim_id, indicator_id="casualties",
            source_id="bureau-2024-12-19", as_stated="five", value="5", bound="exact", method="reported",
            period_start="2024-12-14", period_end="2024-12-15",
        )  # fmt: skip
    (line,) = (
        line
        for line in squeeze(show(specimen, "indicator/casualties"))
        if line.startswith("14 to 15 December 2024 at least 30")
    )
    assert "cannot stand beside M00006, M00007" in line


def test_a_measure_without_a_figure_for_the_whole_says_so(specimen: Specimen) -> None:
    assert "There is no figure for the whole." in squeeze(show(specimen, "ammo-share"))


def test_a_source_is_shown_with_what_it_carries_and_who_took_it_from_there(specimen: Specimen) -> None:
    told = show(specimen, "gazette-2024-12-16")
    assert "What it carries (2)" in told
    assert "bound changed" in told
    assert "Who took it from here" in told
    assert "@gazette" in told


def test_a_part_is_shown_with_its_meaning_its_whole_and_the_figures_that_name_it(specimen: Specimen) -> None:
    specimen.add(
        "parts",
        part_id="dead",
        name="Dead alone",
        role="scope",
        definition="Without wounded.",
        part_of="kursk",
    )
    specimen.set("military_figures", "M00003", scope="dead")
    lines = squeeze(show(specimen, "dead"))
    assert lines[:4] == ["Dead alone", "==========", "", "Part dead, version 0.3.0"]
    assert "Meaning Without wounded." in lines
    assert "Part of In Kursk oblast (kursk)" in lines
    # No measure lists a figure of a claim that misreports another.
    (figure,) = (line for line in lines if "M00003" in line)
    assert figure == "Killed 30 people 18 December 2024 The Gazette trente morts M00003 (C00004)"
    assert "Its parts Dead alone (dead)" in squeeze(show(specimen, "kursk"))


def test_the_figures_of_a_part_are_those_known_by_the_day(specimen: Specimen) -> None:
    assert "M00004" in show(specimen, "part/kursk", date(2024, 12, 31))
    assert "M00004" not in show(specimen, "part/kursk", date(2024, 12, 18))


def test_a_part_that_shares_an_id_is_named_as_a_part(specimen: Specimen) -> None:
    specimen.add(
        "parts", part_id="nis", name="By the service", role="scope", definition="Counted by the service."
    )
    assert show(specimen, "nis").startswith("National Intelligence Service\n")
    assert show(specimen, "part/nis").startswith("By the service\n")


def test_a_figure_names_its_part(specimen: Specimen) -> None:
    assert "Part In Kursk oblast (kursk)" in squeeze(show(specimen, "M00004"))


def test_all_claims_of_a_topic_are_shown_however_many_pages_they_take(
    specimen: Specimen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagination, "MOST_BESIDE", 3)
    told = show(specimen, "topic/casualties")
    assert all(f"C0000{number}" in told for number in (1, 2, 3, 4, 6, 7, 8, 9))
    assert "Soldiers killed, wounded and missing." in told


def test_nothing_is_shown_that_was_not_known_by_the_day(specimen: Specimen) -> None:
    told = show(specimen, "C00001", date(2024, 12, 16))
    assert "version 0.3.0, as known by 16 December 2024" in told
    assert "1 origin → 2 publications, 1 altered" in told
    assert "Denied by" not in told
    assert "C00009" not in told
    assert "Denied by" in show(specimen, "C00001", date(2024, 12, 17))
    assert "M00005" not in show(specimen, "indicator/casualties", date(2024, 12, 17))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("C00001", "C00001 was not known by 15 December 2024; it is known since 16 December 2024."),
        ("M00001", "M00001 was not known by 15 December 2024; it is known since 16 December 2024."),
        (
            "nis-2024-12-19",
            "nis-2024-12-19 was not known by 15 December 2024; it is known since 19 December 2024.",
        ),
    ],
)
def test_what_was_not_known_yet_is_refused_with_the_day(specimen: Specimen, name: str, told: str) -> None:
    with pytest.raises(NotFoundError) as refused:
        show(specimen, name, date(2024, 12, 15))
    assert str(refused.value) == told


def test_what_has_no_date_is_not_known_by_any_day(specimen: Specimen) -> None:
    specimen.set("sources", "institute-2024-10", published="")
    with pytest.raises(NotFoundError, match="no publication that carries it has a date"):
        show(specimen, "C00005", date(2026, 1, 1))


def test_names_were_always_known(specimen: Specimen) -> None:
    assert "No figure was known." in show(specimen, "killed", date(2020, 1, 1))
    assert show(specimen, "nis", date(2020, 1, 1)).startswith("National Intelligence Service")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("c00001", "Did you mean C00001?"),
        ("gazete", "Did you mean gazette?"),
        ("zzzzzz", "dprk-russia search finds ids by words."),
        ("C00099", "C00099 was retired in version 0.1.0 (merged); see C00001."),
        (
            "casualties",
            "casualties is an id of more than one kind: say indicator/casualties or topic/casualties.",
        ),
        (
            "claim/casualties",
            "There is no claim, figure, source, actor, indicator, part, topic or place claim/casualties.",
        ),
    ],
)
def test_what_is_no_id_is_refused_with_what_may_be_meant(specimen: Specimen, name: str, told: str) -> None:
    with pytest.raises(NotFoundError) as refused:
        show(specimen, name)
    assert told in str(refused.value)


def test_a_retired_id_without_a_successor_says_so(specimen: Specimen) -> None:
    specimen.set("retired_ids", "C00099", replaced_by="", reason="withdrawn")
    with pytest.raises(NotFoundError, match="nothing replaces it"):
        show(specimen, "C00099")


def test_signs_that_a_terminal_obeys_are_not_printed(specimen: Specimen) -> None:
    specimen.set("claims", "C00001", statement="\x1b[31mred\u202e")
    specimen.set("evidence", "C00001/gazette-2024-12-16", note="\x1b]0;title\x07")
    assert not {"\x1b", "\u202e", "\x07"} & {*show(specimen, "C00001")}


@pytest.mark.parametrize("kind", KINDS.values())
def test_an_address_tells_of_which_row_it_is_the_page(kind: str) -> None:
    assert find_row(address(kind, "a.b-c")) == (kind, "a.b-c")


@pytest.mark.parametrize(
    ("to", "row"),
    [
        ("indicator/killed.html#M00001", ("figure", "M00001")),
        ("#M00001", ("figure", "M00001")),
        ("https://www.geonames.org/1", None),
        ("index.html", None),
        ("", None),
    ],
)
def test_an_address_that_is_no_page_of_a_row_is_told_apart(to: str, row: tuple[str, str] | None) -> None:
    assert find_row(to) == row


@pytest.mark.slow
def test_the_command_shows_a_claim_of_the_data_and_refuses_what_is_none(run: Run) -> None:
    code, out, err = run("show", "C00132")
    assert (code, err) == (0, "")
    assert "\nClaim C00132, version " in out
    code, out, err = run("show", "C00132x")
    assert (code, out) == (2, "")
    assert "\nError: Invalid value for ID: " in err
    assert err.endswith("Did you mean C00132?\n")
    assert run("show", "C00132", "--known-by", "soon")[0] == 2


@pytest.mark.slow
def test_a_measure_shows_the_same_figures_by_a_day_as_the_data(run: Run) -> None:
    import dprk_russia

    out = run("show", "kpa-casualties", "--known-by", "2024-12-31")[1]
    figures = dprk_russia.estimates("kpa-casualties", known_by="2024-12-31")["figure_id"]
    assert all(f"Id: {figure}\n" in out for figure in figures)
    assert out.count("  Id: M") == len(figures)
    assert installed_package().version in out
