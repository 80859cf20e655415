"""Rules explained: each has a sentence, a hint and, from the faults, a wrong and a right example."""

from __future__ import annotations

import pytest

from dprk_russia.checks.explanation import explain_rule, list_rules
from dprk_russia.contract.findings import RULES
from dprk_russia.contract.package import installed_package


@pytest.mark.parametrize(
    "rule",
    [
        "enum",
        "foreign-key",
        "evidence-cycle",
        "byte-order-mark",
        "version-form",
        "id-vanished",
        "id-reused",
        "version-too-small",
    ],
)
def test_a_rule_is_explained_with_a_wrong_and_a_right_example(rule: str) -> None:
    text = explain_rule(rule)
    assert "\n  right  " in text
    assert "\n  wrong  " in text
    assert "\n  found  " in text


def test_an_example_shows_the_lines_that_differ_and_no_others() -> None:
    lines = explain_rule("version-form").splitlines()
    assert [line for line in lines if "datapackage.json:  " in line] == [
        f'  right  datapackage.json:   "version": "{installed_package().version}",',
        '  wrong  datapackage.json:   "version": "1.0",',
    ]


def test_an_example_shows_the_first_150_characters_of_a_long_line() -> None:
    lines = [line for line in explain_rule("formula-cell").splitlines() if "data/sources.csv: " in line]
    shown = [line.partition(": ")[2] for line in lines]
    assert [text[150:] for text in shown] == ["…", "…"]
    assert shown[0].startswith("gazette-2024-12-16,")


def test_an_example_shows_the_lines_of_a_file_that_goes() -> None:
    assert "\n  right  data/retired_ids.csv: old_id,table," in explain_rule("missing-file")


def test_the_list_names_every_rule() -> None:
    text = list_rules()
    assert all(f"\n  {rule.id} " in text for rule in RULES.values())


def test_the_list_marks_warnings_alone() -> None:
    marked = {line.split()[0] for line in list_rules().splitlines() if "  (warning) " in line}
    assert marked == {rule.id for rule in RULES.values() if rule.severity == "warning"}


def test_every_sentence_and_hint_is_a_sentence() -> None:
    for rule in RULES.values():
        assert rule.sentence[0].isupper() or rule.sentence.startswith("datapackage.json")
        assert rule.sentence.rstrip('"').endswith(".")
        assert rule.hint.endswith(".")


def test_a_misspelt_rule_is_met_with_the_nearest() -> None:
    with pytest.raises(KeyError, match="Did you mean enum"):
        explain_rule("enumm")
