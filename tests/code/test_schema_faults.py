"""What is wrong with a Table Schema, fault by fault."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from dprk_russia.contract.schema import MAX_CODES, MAX_FIELDS, MAX_TEXT, find_schema_faults, names_columns

CATEGORIES = [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]
FIELDS: dict[str, dict[str, Any]] = {
    "thing_id": {"type": "string", "example": "x", "constraints": {"required": True, "pattern": "[a-z]+"}},
    "kind": {"type": "string", "example": "a", "categories": CATEGORIES, "constraints": {"enum": ["a", "b"]}},
    "size": {"type": "integer", "example": 1, "constraints": {"minimum": 0, "maximum": 9}},
    "other": {"type": "string", "example": "x"},
}
SOUND: dict[str, Any] = {
    "name": "things",
    "title": "Things",
    "description": "Things.",
    "fields": [{"name": name, "title": name, "description": name, **rest} for name, rest in FIELDS.items()],
    "primaryKey": ["thing_id"],
}


def find(schema: dict[str, Any]) -> list[str]:
    return list(find_schema_faults(schema))


def change(name: str, **properties: object) -> dict[str, Any]:
    """Return the sound schema with other properties of a field."""
    schema = copy.deepcopy(SOUND)
    (field,) = (field for field in schema["fields"] if field["name"] == name)
    field.update(properties)
    return schema


def number(codes: int) -> list[dict[str, str]]:
    return [{"value": f"c{code}", "label": "C"} for code in range(codes)]


def test_a_sound_schema_has_no_fault() -> None:
    assert find(SOUND) == []
    assert find(change("kind", format="default", categoriesOrdered=True)) == []
    assert find(change("other", format="uri", rdfType="x", example=1.5)) == []
    assert find(change("size", categories=[{"value": 1, "label": "One"}])) == []
    assert find(SOUND | {"missingValues": [""], "uniqueKeys": [["other"], ["kind", "size"]]}) == []
    assert (
        find(
            change(
                "kind",
                categories=number(MAX_CODES),
                constraints={"enum": [c["value"] for c in number(MAX_CODES)]},
            )
        )
        == []
    )
    assert find(change("other", example="x" * MAX_TEXT)) == []
    assert find(change("other", constraints={"maxLength": 1})) == []
    assert find(change("other", title="two\nlines\tand a tab")) == []


@pytest.mark.parametrize(
    ("properties", "fault"),
    [
        ({"strict": True}, 'The property "strict" is not one this tool checks.'),
        ({"title": "\x00"}, '"title" holds U+0000, a control character.'),
        ({"description": "a\x1b"}, '"description" holds U+001B, a control character.'),
        ({"name": "\x7f"}, '"name" holds U+007F, a control character.'),
        (
            {"missingValues": ["", "NA"]},
            '"missingValues" must be [""]: an empty cell is the only missing value.',
        ),
        ({"missingValues": []}, '"missingValues" must be [""]: an empty cell is the only missing value.'),
        ({"fields": []}, '"fields" is missing or empty.'),
        ({"fields": {"name": "x"}}, '"fields" is missing or empty.'),
        (
            {"fields": SOUND["fields"][:1] * (MAX_FIELDS + 1)},
            f"The schema has {MAX_FIELDS + 1:,} fields; at most {MAX_FIELDS:,} are allowed.",
        ),
        ({"primaryKey": ["nothing"]}, '"primaryKey" is missing or names a field that does not exist.'),
        ({"primaryKey": []}, '"primaryKey" is missing or names a field that does not exist.'),
        ({"primaryKey": None}, '"primaryKey" is missing or names a field that does not exist.'),
        ({"primaryKey": ["kind", "kind"]}, '"primaryKey" is missing or names a field that does not exist.'),
        ({"primaryKey": ["kind", 1]}, '"primaryKey" is missing or names a field that does not exist.'),
        ({"uniqueKeys": {}}, '"uniqueKeys" is not a list of lists of existing fields.'),
        ({"uniqueKeys": "kind"}, '"uniqueKeys" is not a list of lists of existing fields.'),
        ({"uniqueKeys": [["kind"], ["nothing"]]}, '"uniqueKeys" is not a list of lists of existing fields.'),
        (
            {"uniqueKeys": [["kind"]] * (MAX_FIELDS + 1)},
            '"uniqueKeys" is not a list of lists of existing fields.',
        ),
    ],
)
def test_a_fault_of_the_whole_is_told(properties: dict[str, Any], fault: str) -> None:
    assert find(SOUND | properties) == [fault]


@pytest.mark.parametrize("many", [1, MAX_FIELDS])
def test_so_many_keys_are_allowed(many: int) -> None:
    assert find(SOUND | {"uniqueKeys": [["kind"]] * many}) == []


@pytest.mark.parametrize(
    ("key", "is_sound"),
    [
        ({"fields": "other", "reference": {"resource": "x", "fields": "y"}}, True),
        ({"fields": ["other"], "reference": {"resource": "", "fields": ["y"]}}, True),
        ({"fields": "nothing", "reference": {"resource": "x", "fields": "y"}}, False),
        ({"fields": ["other", "kind"], "reference": {"resource": "x", "fields": ["y", "z"]}}, False),
        ({"fields": ["other"], "reference": {"resource": "x", "fields": ["y", "z"]}}, False),
        ({"fields": "other", "reference": {"resource": 1, "fields": "y"}}, False),
        ({"fields": "other", "reference": {"resource": "x"}}, False),
        ({"fields": "other", "reference": {"resource": "x", "fields": "y", "more": 1}}, False),
        ({"fields": "other", "reference": {"resource": "x", "fields": "y"}, "more": 1}, False),
        ({"fields": "other", "reference": "x"}, False),
        ({"fields": "other"}, False),
        ("other", False),
    ],
)
def test_a_foreign_key_ties_one_field_to_one_field(key: object, is_sound: bool) -> None:  # noqa: FBT001
    fault = '"foreignKeys" must each tie one existing field to one field of a table.'
    assert find(SOUND | {"foreignKeys": [key]}) == ([] if is_sound else [fault])


@pytest.mark.parametrize(
    ("names", "key", "is_read"),
    [
        (["a"], "a", True),
        (["a", "b"], ["b", "a"], True),
        ([f"a{number}" for number in range(MAX_FIELDS)], "a0", True),
        ([f"a{number}" for number in range(MAX_FIELDS + 1)], "a0", False),
        (["a", "a"], "a", False),
        (["a", ""], "a", False),
        (["a"], "b", False),
        (["a"], [], False),
        (["a"], None, False),
        ([], [], False),
    ],
)
def test_a_former_schema_is_read_if_it_names_each_column_and_the_key(
    names: list[str], key: object, *, is_read: bool
) -> None:
    assert names_columns({"fields": [{"name": name} for name in names], "primaryKey": key}) is is_read


def test_every_field_has_a_name_of_its_own_in_lower_case() -> None:
    first, *others = SOUND["fields"]
    assert find(SOUND | {"fields": [first, "kind"]}) == ["Field 2 has no name in lower case."]
    assert find(SOUND | {"fields": [first, {**others[0], "name": "Kind"}]}) == [
        "Field 2 has no name in lower case."
    ]
    assert find(SOUND | {"fields": [first, {**others[0], "name": 3}]}) == [
        "Field 2 has no name in lower case."
    ]
    assert find(SOUND | {"fields": [first, others[0], others[0]]}) == ["Two fields have the same name."]


CLOSED = 'a closed list needs "categories", each with a value and a label'


@pytest.mark.parametrize(
    ("name", "properties", "fault"),
    [
        ("other", {"unit": "m"}, 'the property "unit" is not one this tool checks'),
        ("other", {"title": ""}, '"title" is missing'),
        ("other", {"title": 3}, '"title" is missing'),
        ("other", {"description": ""}, '"description" is missing'),
        ("other", {"rdfType": "\x01"}, '"rdfType" holds U+0001, a control character'),
        ("other", {"example": "\x0b"}, '"example" holds U+000B, a control character'),
        ("other", {"example": None}, '"example" is missing'),
        ("other", {"example": ["x"]}, '"example" is missing'),
        ("other", {"example": "x" * (MAX_TEXT + 1)}, f'"example" has more than {MAX_TEXT} characters'),
        ("other", {"format": "email"}, "the format is not one this tool checks"),
        ("size", {"format": "uri"}, "the format is not one this tool checks"),
        ("other", {"constraints": []}, '"constraints" is not an object'),
        (
            "other",
            {"constraints": {"minimum": 1}},
            'the constraint "minimum" is not one this tool checks for a string',
        ),
        (
            "size",
            {"constraints": {"pattern": "1"}},
            'the constraint "pattern" is not one this tool checks for a integer',
        ),
        ("other", {"constraints": {"required": "yes"}}, '"required" must be true or false'),
        ("size", {"constraints": {"minimum": "1"}}, '"minimum" must be a number of ordinary size'),
        ("size", {"constraints": {"minimum": True}}, '"minimum" must be a number of ordinary size'),
        ("size", {"constraints": {"maximum": 1e300}}, '"maximum" must be a number of ordinary size'),
        ("other", {"constraints": {"maxLength": 0}}, '"maxLength" must be a whole number from 1'),
        ("other", {"constraints": {"maxLength": 1.5}}, '"maxLength" must be a whole number from 1'),
        ("other", {"constraints": {"maxLength": True}}, '"maxLength" must be a whole number from 1'),
        ("kind", {"categoriesOrdered": "yes"}, '"categoriesOrdered" must be true or false'),
        (
            "other",
            {"constraints": {"pattern": 3}},
            f"the pattern is not text of at most {MAX_TEXT} characters",
        ),
        (
            "other",
            {"constraints": {"pattern": "x" * (MAX_TEXT + 1)}},
            f"the pattern is not text of at most {MAX_TEXT} characters",
        ),
        ("other", {"constraints": {"pattern": "("}}, "the pattern is not a regular expression"),
        ("other", {"constraints": {"pattern": "a\x02"}}, "the pattern holds U+0002, a control character"),
        (
            "other",
            {"constraints": {"pattern": ""}},
            "the pattern uses groups or anchors that not every engine knows",
        ),
        (
            "other",
            {"constraints": {"pattern": "é"}},
            "the pattern uses groups or anchors that not every engine knows",
        ),
        (
            "other",
            {"constraints": {"pattern": "(?=a)"}},
            "the pattern uses groups or anchors that not every engine knows",
        ),
        ("other", {"categories": None}, CLOSED),
        ("other", {"constraints": {"enum": ["a"]}}, CLOSED),
        ("kind", {"categories": [*CATEGORIES, "c"]}, CLOSED),
        ("kind", {"categories": [*CATEGORIES, {"value": "c"}]}, CLOSED),
        ("kind", {"categories": [*CATEGORIES, {"value": " ", "label": "C"}]}, CLOSED),
        ("kind", {"categories": [*CATEGORIES, {"value": 1.5, "label": "C"}]}, CLOSED),
        ("kind", {"categories": [{"value": "x" * (MAX_TEXT + 1), "label": "C"}]}, CLOSED),
        ("kind", {"categories": number(MAX_CODES + 1)}, f"a closed list has at most {MAX_CODES:,} codes"),
        ("kind", {"categories": CATEGORIES[:1]}, '"enum" and the values of "categories" differ'),
        ("kind", {"constraints": {}}, '"enum" and the values of "categories" differ'),
        (
            "kind",
            {"categories": [*CATEGORIES, CATEGORIES[0]], "constraints": {"enum": ["a", "b", "a"]}},
            "a code stands twice",
        ),
        (
            "size",
            {"categories": [{"value": 1, "label": "A"}, {"value": "1", "label": "B"}]},
            "a code stands twice",
        ),
    ],
)
def test_a_fault_of_a_field_is_told_with_its_name(name: str, properties: dict[str, Any], fault: str) -> None:
    assert find(change(name, **properties)) == [f'Field "{name}": {fault}.']


def test_the_types_that_are_checked_are_named() -> None:
    (fault,) = find(change("other", type="duration"))
    assert fault.startswith('Field "other": the type must be one of string')
