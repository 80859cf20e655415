"""What the page of a topic tells of denials and admissions, that of changes of their kinds, and the first of questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dprk_russia.release.edition import read_edition
from dprk_russia.site.content import Words
from dprk_russia.site.library import Library
from dprk_russia.site.pages import overview, topic
from dprk_russia.site.tables import list_admissions

if TYPE_CHECKING:
    from dprk_russia.checks.faults import Specimen
    from dprk_russia.site.content import Cell, Table


def list_tables(library: Library, name: str) -> dict[str, Table]:
    """Return the tables of that name of every topic that has one."""
    found: dict[str, Table] = {}
    for row in library.rows("topics"):
        for table in topic.write(library, row["topic_id"], ()).content.tables:
            if table.name == name:
                found[row["topic_id"]] = table
    return found


def find_claim(cell: Cell) -> str:
    """Return the claim of a cell with a speaker and what it claimed."""
    return cell.words[1].to.removeprefix("claim/").removesuffix(".html")


def test_what_is_denied_and_what_else_cannot_both_stand_are_all_disagreements(library: Library) -> None:
    denials, others = list_tables(library, "denials"), list_tables(library, "disagreements")
    denying = {row["claim_id"] for row in library.rows("claim_links") if row["relation"] == "denies"}
    assert {find_claim(row[1]) for table in denials.values() for row in table.rows} == denying
    assert "denies" not in {row[2].text for table in others.values() for row in table.rows}
    told = sum(len(table.rows) for table in (*denials.values(), *others.values()))
    assert told == len(library.rows("disagreements"))


def test_an_admission_is_the_first_claim_of_a_party_that_is_concerned_and_no_earlier_than_what_it_admits(
    library: Library,
) -> None:
    admitted: dict[str, set[str]] = {}
    for table in list_tables(library, "admissions").values():
        days = []
        for _, words, claim, _ in table.rows:
            admission_id, claim_id = find_claim(words), find_claim(claim)
            admission, said = library.assertions[admission_id], library.assertions[claim_id]
            assert admission["asserted_on"] >= said["asserted_on"]
            admitted.setdefault(claim_id, set()).add(library.roots[admission["speaker_id"]])
            days.append(admission["asserted_on"])
        assert days == sorted(days)
    for claim_id, parties in admitted.items():
        assert parties <= set(library.assessments[claim_id]["admitted_by"].split(";"))
    # Russia and then North Korea confirmed that its soldiers were in the Kursk Region.
    deployment = list_tables(library, "admissions")["deployment"]
    assert [row[0].value for row in deployment.rows[:2]] == ["2025-04-26", "2025-04-27"]


@pytest.mark.parametrize(
    ("one", "other", "admission"),
    [
        ("2024-12-20", "2024-12-22", "C00010"),
        ("2024-12-22", "2024-12-20", "C00011"),
        ("2024-12-20", "2024-12-20", "C00010"),
        ("2024-12-16", "2024-12-20", "C00010"),
        ("2024-12-15", "2024-12-20", None),
    ],
)
def test_a_party_admits_with_the_first_of_its_claims(
    specimen: Specimen, one: str, other: str, admission: str | None
) -> None:
    for claim_id, asserted in (("C00010", one), ("C00011", other)):
        specimen.add(
            "claims", claim_id=claim_id, statement="Soldiers were wounded.", topic_id="casualties", kind="event",
            asserted_by="north-korea", asserted=asserted, certainty="asserted", subject_id="north-korea",
        )  # fmt: skip
        specimen.add("claim_links", claim_id=claim_id, relation="corroborates", other_id="C00001")
    library = Library(read_edition(specimen.folder))
    table = list_admissions(library, [library.row("claims", "C00001")], "What was admitted")
    assert [find_claim(row[1]) for row in table.rows] == ([admission] if admission else [])


def test_each_kind_of_change_has_its_meaning_and_counts_its_publications(library: Library) -> None:
    pages = {page.address: page for page in overview.write(library, ())}
    (table,) = pages["distortions.html"].content.tables
    assert sum(int(row[2].value) for row in table.rows) == len(library.rows("distortions"))
    assert all(row[1].text for row in table.rows)
    meanings = {row[0].text: row[1].text for row in table.rows}
    assert "casualties became deaths" in meanings["definition changed"]
    for row in table.rows:
        (changes,) = pages[row[0].words[0].to].content.tables
        assert pages[row[0].words[0].to].content.introduction == row[1].text
        assert len(changes.rows) == int(row[2].value)
    deaths = pages["distortions/definition-changed.html"].content.tables[0]
    assert ["KPA killed and wounded"] in [[words.text for words in row[-1].words] for row in deaths.rows]


def make_question(name: str, sides: int, conflicts: int) -> topic.Question:
    return topic.Question(Words(name), "", (), "", sides, conflicts, ())


def test_the_twelve_most_contested_questions_are_chosen_by_sides_and_then_by_conflicts() -> None:
    many = [make_question(f"with {sides} sides", sides, 0) for sides in range(20)]
    chosen = overview.choose_contested(many)
    assert [one.sides for one in chosen] == [*range(19, 7, -1)]
    few = [make_question("alone", 1, 9), make_question("agreed", 2, 0), make_question("contested", 2, 1)]
    assert [one.words.text for one in overview.choose_contested(few)] == ["contested", "agreed"]
