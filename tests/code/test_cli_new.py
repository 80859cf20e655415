"""The commands `new`: options made from the contract, prompts, and what is told."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from dprk_russia.checks.validation import validate
from dprk_russia.cli.command import command
from dprk_russia.contract.package import installed_package
from dprk_russia.drafts.drafts import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Outcome, Run

    from dprk_russia.checks.faults import Specimen

pytestmark = pytest.mark.slow

CLAIM = (
    "--statement",
    "  Shells were\tsent. ",
    "--topic-id",
    "arms",
    "--kind",
    "event",
    "--asserted-by",
    "institute",
    "--asserted",
    "2024/10/1",
    "--certainty",
    "asserted",
    "--subject-id",
    "north-korea",
)


@pytest.fixture
def new(specimen: Specimen, run: Run) -> Run:
    """Run a command `new` on the specimen without a terminal."""

    def enter(kind: str, *options: str) -> Outcome:
        return run("new", kind, *options, specimen.folder)

    return enter


@pytest.fixture
def answer(specimen: Specimen, run: Run) -> Run:
    """Run a command `new` on the specimen at a terminal, with one answer to each prompt."""

    def enter(kind: str, *answers: str, options: tuple[str, ...] = ()) -> Outcome:
        return run("new", kind, *options, specimen.folder, answers=answers)

    return enter


def content(specimen: Specimen) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (specimen.folder / "data").iterdir()}


@pytest.mark.parametrize("kind", list(TABLES))
def test_help_lists_every_column_with_its_title_and_codes(
    run: Run, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(command.context_settings, "terminal_width", 300)
    result = run("new", kind, "--help")
    assert result.code == 0
    assert f"Example: dprk-russia new {kind}" in result.output
    for field in installed_package().table(TABLES[kind][0]).fields:
        assert f"--{field.name.replace('_', '-')} " in result.output
        is_needed = (
            field.required and field.name not in installed_package().table(TABLES[kind][0]).primary_key
        )
        assert f"{field.title}: {field.description}{' [required]' if is_needed else chr(10)}" in result.output
        assert not field.codes or f"[{'|'.join(field.codes)}]" in result.output


@pytest.mark.parametrize(
    "told",
    [
        "--source SOURCE_ID[,COLUMN=VALUE]... A publication that carries the claim, and other columns",
        "--figure INDICATOR_ID[,COLUMN=VALUE]... The figure's indicator, and other columns",
    ],
)
def test_the_help_for_claims_tells_with_what_a_row_that_comes_with_one_begins(run: Run, told: str) -> None:
    assert told in " ".join(run("new", "claim", "--help").out.split())


def test_help_shows_the_contract_of_the_package_it_is_asked_for(specimen: Specimen, run: Run) -> None:
    schema = specimen.schema("actors")
    schema["fields"][1]["title"] = "Designation"
    specimen.save_schema("actors", schema)
    assert "Designation" in run("new", "actor", "--name", "x", specimen.folder, "--help").out


def test_a_complete_claim_is_written_canonical_with_its_evidence(specimen: Specimen, new: Run) -> None:
    result = new("claim", *CLAIM, "--source", "institute-2024-10")
    assert result.output.splitlines() == [
        "data/claims.csv:11: C00010",
        "data/evidence.csv:14: C00010/institute-2024-10",
    ]
    assert result.code == 0
    row = dict(zip(*specimen.rows("claims")[:: len(specimen.rows("claims")) - 1], strict=True))
    assert (row["statement"], row["asserted"]) == ("Shells were sent.", "2024-10-01")
    assert validate(specimen.folder).findings == ()


def test_a_source_names_the_page_that_it_follows(specimen: Specimen, new: Run) -> None:
    follower = "gazette-2024-12-18,relays=institute-2024-10,attribution=named, locator=title, page 2"
    result = new("claim", *CLAIM, "--source", "institute-2024-10", "--source", follower)
    assert result.code == 0, result.output
    assert specimen.rows("evidence")[-2:] == [
        ["C00010", "gazette-2024-12-18", "institute-2024-10", "named", "", "title, page 2", ""],
        ["C00010", "institute-2024-10", "", "", "", "", ""],
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--source", "gazette-2024-12-18,follows=x"), "follows is none of source, relays, attribution,"),
        (("--source", "gazette-2024-12-18,relays=x,relays_id=y"), "relays_id is given twice"),
        (("--source", "gazette-2024-12-18,relays=gazete-2024-12-16"), "gazette-2024-12-16  Trente soldats"),
        (("--source", ",relays=gazette-2024-12-16"), "--source : source-id: This is required."),
        (("--source", "gazette-2024-12-18", "--relays", "x"), "--source ID,relays=VALUE"),
        (("--figure", "killed,bound=at_lest"), '--figure killed: bound: "at_lest" is not a code'),
        (("--figure", "killed,bound=about"), "--figure killed: source-id: This is required."),
    ],
)
def test_a_row_that_comes_with_a_claim_is_refused_with_what_to_do(
    specimen: Specimen, new: Run, options: tuple[str, ...], message: str
) -> None:
    before = content(specimen)
    result = new("claim", *CLAIM, *options)
    assert result.code == 2
    assert message in result.output
    assert content(specimen) == before


def test_a_quantity_is_written_with_its_figures_in_one_go(specimen: Specimen, new: Run) -> None:
    figures = (
        *("--figure", "killed,as_stated=some five, mostly young,\n bound=about,value=5,method=reported"),
        *("--figure", "indicator=casualties,as-stated=ten,bound=exact,value=10,method=reported"),
        *("--figure", "trade,as_stated=a million,bound=about,value=1000000,currency=USD,method=reported"),
    )
    ends = [f"{figure},period_end=2024-10" if "=" in figure else figure for figure in figures]
    result = new("claim", *CLAIM, "--kind", "quantity", "--source", "institute-2024-10", *ends)
    assert result.code == 0, result.output
    rows = [row[:6] for row in specimen.rows("military_figures")[-2:]]
    assert rows == [
        ["M00006", "C00010", "killed", "institute-2024-10", "some five, mostly young", ""],
        ["M00007", "C00010", "casualties", "institute-2024-10", "ten", ""],
    ]
    assert specimen.rows("economic_figures")[-1][:3] == ["E00003", "C00010", "trade"]
    assert validate(specimen.folder).findings == ()


def test_the_help_for_figures_covers_both_tables(run: Run) -> None:
    help_text = " ".join(run("new", "figure", "--help").out.split())
    for domain in ("economic", "military"):
        assert f"{domain}_figures: Figures whose indicator belongs to the {domain} domain." in help_text


def test_without_a_terminal_all_that_is_missing_or_wrong_is_told_at_once(
    specimen: Specimen, new: Run
) -> None:
    before = content(specimen)
    result = new("claim", "--kind", "evnt", "--topic-id", "arm", "--asserted", "Monday")
    assert result.code == 2
    for option in ("statement", "asserted-by", "certainty", "subject-id"):
        assert f"--{option}: This is required." in result.output
    assert '--kind: "evnt" is not a code of kind. Did you mean event?' in result.output
    assert "arms  Arms" in result.output
    assert '--asserted: "Monday" is not' in result.output
    assert content(specimen) == before


def test_a_refused_row_is_told_and_exits_with_one(specimen: Specimen, new: Run) -> None:
    before = content(specimen)
    result = new("claim", *CLAIM, "--period-start", "2024", "--period-end", "2023")
    assert result.code == 1
    assert "error period-order: [C00010, period_end] The period ends before it starts." in result.output
    assert result.output.endswith("Error: Nothing was written.\n")
    assert content(specimen) == before


def test_one_rule_broken_in_many_rows_does_not_fill_the_screen(specimen: Specimen, new: Run) -> None:
    for number in range(8):
        day = f"2024-11-{number + 1:02}"
        specimen.add(
            "sources",
            source_id=f"bureau-{day}",
            title=f"Text {number}",
            publisher_id="bureau",
            kind="wire",
            published=day,
            access="open",
            read="no",
        )
    agency = ("--title", "News", "--publisher-id", "bureau", "--kind", "news", "--published", "2024-12-20")
    result = new("source", *agency, "--access", "open", "--read", "no")
    assert result.code == 1
    assert result.output.count("error reprint-without-agency: ") == 5
    assert "\n… and 4 more of reprint-without-agency\n" in result.output


def test_what_is_still_to_do_is_told(new: Run) -> None:
    result = new("claim", *CLAIM, "--source", "institute-2024-10", "--kind", "quantity")
    assert result.code == 0
    assert result.output.splitlines()[2].startswith("still to do: [C00010, kind] C00010 is a quantity")


def test_a_warning_that_no_further_row_mends_is_told_as_one(new: Run) -> None:
    page = ("--title", "News", "--publisher-id", "gazette", "--kind", "news", "--published", "2024-12-20")
    result = new("source", *page, "--access", "open", "--read", "no", "--source-id", "gazette-2024-12-21")
    assert result.code == 0, result.output
    written, *told = result.output.splitlines()
    assert written.endswith(": gazette-2024-12-21")
    assert [line.partition(": [")[0] for line in told] == ["warning source-id-date", "still to do"]


def test_a_file_that_takes_no_row_is_told_in_one_line(specimen: Specimen, new: Run) -> None:
    specimen.path("claims").write_bytes(specimen.path("claims").read_bytes()[:-1])
    result = new("claim", *CLAIM)
    assert result.code == 1
    assert result.output.startswith("Error: data/claims.csv: ")
    assert "dprk-russia tidy" in result.output


def test_a_missing_package_is_told_in_one_line(tmp_path: Path, run: Run) -> None:
    outcome = run("new", "actor", "--name", "x", tmp_path / "nowhere")
    assert outcome == (2, "", f"dprk-russia: {tmp_path / 'nowhere'} is not a folder.\n")


def test_an_actor_whose_name_yields_no_id_needs_one(new: Run) -> None:
    missing = new("actor", "--name", "국가정보원", "--kind", "intelligence_agency")
    assert (missing.code, "--actor-id: The name has no letters" in missing.output) == (2, True)
    taken = new("actor", "--name", "Gazette", "--kind", "media")
    assert (taken.code, "gazette-2 is free" in taken.output) == (2, True)
    given = new("actor", "--name", "Gazette", "--kind", "media", "--actor-id", "gazette-2")
    assert given.output.startswith("data/actors.csv:4: gazette-2\n")


def test_prompts_ask_for_every_column_and_explain_what_is_wrong(specimen: Specimen, answer: Run) -> None:
    result = answer(
        "claim",
        *("", "Shells were sent.", "arm", "arms", "evnt", "event", "The Institute", "institute", "2024-10"),
        *("asserted", "north-korea", "", "", "", "", "", "", ""),
        *("institute-2024-10", "", "", "", "title", ""),
    )
    assert result.code == 0, result.output
    assert "Error: This is required." in result.output
    assert "Such as: At least 30 North Korean soldiers" in result.output
    assert "casualties  Casualties" in result.output
    assert "Did you mean event?" in result.output
    assert "institute  The Institute" in result.output
    assert "data/evidence.csv:14: C00010/institute-2024-10" in result.output
    assert validate(specimen.folder).findings == ()


def test_the_row_that_an_answer_means_is_named_after_it(answer: Run) -> None:
    assert "topic_id:   Arms\n" in answer("claim", "Shells were sent.", "arms").out


@pytest.mark.parametrize(("number", "are_listed"), [(20, True), (21, False)])
def test_twenty_rows_to_choose_from_are_listed_and_more_are_not(
    specimen: Specimen, answer: Run, *, number: int, are_listed: bool
) -> None:
    head, *rows = specimen.rows("topics")
    specimen.save(
        "topics", [head, *rows, *([f"topic-{n:02}", f"Topic {n}", "-"] for n in range(len(rows), number))]
    )
    asked = answer("claim", "Shells were sent.").output
    assert ("casualties  Casualties" in asked) == are_listed
    assert ("An id of topics, such as casualties" in asked) != are_listed


def test_a_quantity_is_asked_for_its_figures_after_its_evidence(specimen: Specimen, answer: Run) -> None:
    cells = ("Five fell.", "casualties", "quantity", "institute", "2024-10", "asserted", "north-korea")
    figure = ("killed", "", "five", "", "5", "", "exact", "", "reported", "", "", "", "2024-10")
    result = answer("claim", *cells, *[""] * 7, "institute-2024-10", *[""] * 5, *figure, "")
    assert result.code == 0, result.output
    assert "source_id [institute-2024-10]:" in result.output
    assert specimen.rows("military_figures")[-1][:5] == [
        "M00006", "C00010", "killed", "institute-2024-10", "five"
    ]  # fmt: skip
    assert validate(specimen.folder).findings == ()


def test_a_relayed_source_is_offered_as_the_next_row_of_evidence(specimen: Specimen, answer: Run) -> None:
    cells = ("Shells were sent.", "arms", "event", "institute", "2024-10", "asserted", "north-korea")
    chain = ("gazette-2024-12-18", "institute-2024-10", "named", "", "", "", "", "", "", "", "")
    result = answer("claim", *cells, *[""] * 7, *chain)
    assert result.code == 0, result.output
    assert [row[1] for row in specimen.rows("evidence")[-2:]] == ["gazette-2024-12-18", "institute-2024-10"]


def test_options_that_are_given_are_not_asked_for(answer: Run) -> None:
    figure = ("--claim-id", "C00001", "--source-id", "gazette-2024-12-16", "--method", "reported")
    result = answer(
        "figure",
        "killed",
        "au moins cinq",
        "5",
        "",
        "",
        "at_least",
        "",
        "",
        "",
        "",
        "2024-12-15",
        "",
        options=figure,
    )
    assert result.code == 0, result.output
    assert "claim_id:" not in result.output
    assert "data/military_figures.csv:7: M00006" in result.output


def test_an_actor_may_keep_the_slug_of_its_name_or_take_another(answer: Run) -> None:
    rest = ("", "", "", "", "media", "", "", "", "")
    assert "data/actors.csv:6: le-monde" in answer("actor", "Le Monde", *rest, "").output
    result = answer("actor", "Gazette", *rest, "gazette", "gazette-fr")
    assert "gazette is taken by “The Gazette”" in result.output
    assert "data/actors.csv:4: gazette-fr" in result.output


def test_an_id_that_was_given_and_is_taken_is_asked_for_again(answer: Run) -> None:
    result = answer(
        "actor", *[""] * 4, "media", *[""] * 4, "gazette-2", options=("--name", "G", "--actor-id", "gazette")
    )
    assert "gazette is taken" in result.output
    assert "\nactor_id: " in result.output
    assert "data/actors.csv:4: gazette-2" in result.output


def test_today_is_offered_for_the_day_of_reading_and_only_if_it_was_read(
    specimen: Specimen, answer: Run
) -> None:
    today = datetime.now(UTC).date().isoformat()
    descriptor = specimen.descriptor() | {"created": f"{today}T00:00:00Z"}
    specimen.save_descriptor(descriptor)
    begun = ("Morts", "", "gazette", "", "news", "2024-12-20", "fr", "", "open")
    read = answer("source", *begun, "full", "", "", "C", "Small.", "")
    assert read.code == 0, read.output
    assert f"read_on (optional) [{today}]:" in read.output
    assert specimen.rows("sources")[4][11] == today
    unread = answer("source", *begun, "no", "", "", "", "", "")
    assert unread.code == 0, unread.output
    assert f"[{today}]" not in unread.output
    assert specimen.rows("sources")[5][0] == "gazette-2024-12-20-2"


def test_what_was_answered_is_not_lost_when_it_is_refused(specimen: Specimen, run: Run, answer: Run) -> None:
    cells = ("The Institute's shells.", "arms", "event", "institute", "2024-10", "asserted", "north-korea")
    refused = answer("claim", *cells, "", "", "2024", "2023", "", "", "", "institute-2024-10", *[""] * 5)
    assert refused.code == 1
    line = next(line for line in refused.output.splitlines() if line.startswith("dprk-russia new claim"))
    repeated = shlex.split(line.replace("2023", "2024"))[1:]
    assert run(*repeated).code == 0
    assert validate(specimen.folder).findings == ()


@pytest.mark.parametrize("answers", [(), ("Shells were sent.", "arms")])
def test_an_end_of_the_answers_writes_nothing(
    specimen: Specimen, answer: Run, answers: tuple[str, ...]
) -> None:
    before = content(specimen)
    result = answer("claim", *answers)
    assert result.code == 1
    assert "Aborted!" in result.output
    assert content(specimen) == before


def test_a_prompt_shows_the_first_sentence_about_a_column_alone(specimen: Specimen, answer: Run) -> None:
    schema = specimen.schema("actors")
    for field in schema["fields"]:
        field["description"] = "What it is for. What else there is to say."
    specimen.save_schema("actors", schema)
    shown = answer("actor").output
    assert "\n  What it is for.\n" in shown
    assert "What else" not in shown


def test_a_prompt_shows_lines_no_wider_than_the_terminal(
    specimen: Specimen, answer: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    schema = specimen.schema("actors")
    for field in schema["fields"]:
        field["description"] = "a " * 100
    specimen.save_schema("actors", schema)
    lines = [line for line in answer("actor").output.splitlines() if line.startswith("  a a")]
    assert lines
    assert max(map(len, lines)) <= 60


def test_a_terminal_is_not_told_what_to_do_by_the_data(specimen: Specimen, answer: Run) -> None:
    specimen.set("topics", "arms", name="\x1b[2JArms")
    assert "\x1b" not in answer("claim", "Shells were sent.").output
