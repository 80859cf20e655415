"""The contract of one table: a Table Schema read into frozen dataclasses, with the standard library alone.

Only the part of the Table Schema specification that every consumer of the contract implements is admitted; anything else
is a fault, so that no constraint is ever written down and silently ignored.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

# Limits in schemas stay below this, so that every format of a release can hold them.
LARGEST = 10**15
# Limits on what strangers may write into a schema: findings repeat its texts, once for each wrong cell.
MAX_FIELDS = 500
MAX_CODES = 1_000
MAX_TEXT = 500
MAX_QUOTED = 200
# No table holds a boolean; derived frames do.
Form = Literal["text", "code", "url", "day", "partial_date", "integer", "number", "boolean"]

PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
PARTIAL_DATE_TYPE = "http://id.loc.gov/datatypes/edtf/EDTF-level0"
# The forms that a Table Schema calls by the same name, whose values JSON writes alike, and how it writes the others.
_PLAIN_TYPES = {"integer", "number", "boolean"}
_TYPES: Mapping[str, dict[str, str]] = {
    "text": {"type": "string"},
    "code": {"type": "string"},
    "url": {"type": "string", "format": "uri"},
    "day": {"type": "date"},
    "partial_date": {"type": "string", "rdfType": PARTIAL_DATE_TYPE},
}
_TABLE_KEYS = {
    "$schema", "name", "title", "description", "fields",
    "missingValues", "primaryKey", "uniqueKeys", "foreignKeys",
}  # fmt: skip
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ufffe\\uffff]")
_URL = re.compile(r"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
# Groups and anchors that not every engine of regular expressions knows.
_UNPORTABLE = re.compile(r"\[:|\{[0-9]*,?[0-9]{4,}|\\[ux]|\(\?|\\[1-9bBAZz]|[*+}]\+")
_FIELD_KEYS = {
    "name", "title", "description", "type", "format", "rdfType",
    "example", "categories", "categoriesOrdered", "constraints",
}  # fmt: skip
_CONSTRAINTS = {
    "string": {"required", "enum", "pattern", "maxLength"},
    "date": {"required"},
    "integer": {"required", "minimum", "maximum", "enum"},
    "number": {"required", "minimum", "maximum"},
}


@dataclass(frozen=True, slots=True)
class Category:
    """One value of a closed list and what it means."""

    value: str | int
    label: str


@dataclass(frozen=True, slots=True, repr=False)
class Field:
    """One column of a table. `form` says how its cells are written and typed."""

    name: str
    title: str
    description: str
    form: Form
    example: str | float
    required: bool = False
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    max_length: int | None = None
    categories: tuple[Category, ...] = ()
    ordered: bool = False

    def __repr__(self) -> str:
        return f"<Field {self.name}: {self.form}>"

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the values of the closed list, as they are written in a cell."""
        return tuple(str(category.value) for category in self.categories)

    @property
    def is_date(self) -> bool:
        """Tell whether loaders add the columns `_from` and `_to`."""
        return self.form in {"day", "partial_date"}

    @property
    def day_columns(self) -> tuple[str, ...]:
        """Return the names of the columns for the first and the last day that a date covers; none for other fields."""
        return (f"{self.name}_from", f"{self.name}_to") if self.is_date else ()

    @property
    def loaded_columns(self) -> tuple[str, ...]:
        """Return the names of the columns of a loaded table that the field gives."""
        return (self.name, *self.day_columns)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A column whose values are ids of another table."""

    column: str
    table: str
    reference: str


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """One table of the package: where it lies and what its rows must be."""

    name: str
    title: str
    description: str
    path: str
    schema_path: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    unique_keys: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[ForeignKey, ...]

    def __repr__(self) -> str:
        return f"<Table {self.name}: {len(self.fields)} columns>"

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns in order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Return the field of that name; raise KeyError if there is none."""
        return {field.name: field for field in self.fields}[name]

    @property
    def references(self) -> dict[str, ForeignKey]:
        """Return the foreign keys by column."""
        return {key.column: key for key in self.foreign_keys}


def join_key(cells: Iterable[object]) -> str:
    """Return the id of a row from the cells of its primary key."""
    return "/".join(map(str, cells))


def make_table(name: str, path: str, schema_path: str, schema: Mapping[str, Any]) -> Table:
    """Return the table that a schema describes whose columns are named; a property with a fault is left out."""
    names = {field["name"] for field in schema["fields"]}
    return Table(
        name=name,
        title=get_text(schema, "title"),
        description=get_text(schema, "description"),
        path=path,
        schema_path=schema_path,
        fields=tuple(_make_field(field) for field in schema["fields"]),
        primary_key=_columns(schema["primaryKey"]),
        unique_keys=tuple(_columns(key) for key in _list(schema, "uniqueKeys") if _is_key(key, names)),
        foreign_keys=tuple(
            ForeignKey(
                _columns(key["fields"])[0],
                key["reference"]["resource"] or name,
                _columns(key["reference"]["fields"])[0],
            )
            for key in _list(schema, "foreignKeys")
            if _ties(key, names)
        ),
    )


def _make_field(field: Mapping[str, Any]) -> Field:
    constraints = field.get("constraints")
    limits = {key: _take(constraints, key) for key in _DEMANDS} if isinstance(constraints, dict) else {}
    return Field(
        name=field["name"],
        title=get_text(field, "title"),
        description=get_text(field, "description"),
        form=_form(field),
        example=field.get("example", ""),
        required=limits.get("required") or False,
        pattern=get_text(constraints, "pattern") or None if isinstance(constraints, dict) else None,
        minimum=limits.get("minimum"),
        maximum=limits.get("maximum"),
        max_length=limits.get("maxLength"),
        categories=tuple(
            Category(c["value"], c["label"]) for c in _list(field, "categories") if _is_category(c)
        ),
        ordered=_take(field, "categoriesOrdered") or False,
    )


def _form(field: Mapping[str, Any]) -> Form:
    kind = get_text(field, "type")
    if kind == "date":
        return "day"
    if kind in {"integer", "number"}:
        return cast("Form", kind)
    if field.get("rdfType") == PARTIAL_DATE_TYPE:
        return "partial_date"
    if field.get("format") == "uri":
        return "url"
    return "code" if _list(field, "categories") else "text"


def state_schema(table: Table) -> dict[str, Any]:
    """Return the Table Schema of a table or derived frame: what `make_table` reads, without what is empty in it."""
    schema = {
        "$schema": PROFILE,
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "fields": [_state_field(field) for field in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.primary_key),
        "uniqueKeys": [list(key) for key in table.unique_keys],
        "foreignKeys": [
            {"fields": [key.column], "reference": {"resource": key.table, "fields": [key.reference]}}
            for key in table.foreign_keys
        ],
    }
    return _drop_empty(schema)


def _state_field(field: Field) -> dict[str, Any]:
    constraints = {
        "required": field.required,
        "enum": [category.value for category in field.categories],
        "pattern": field.pattern,
        "minimum": field.minimum,
        "maximum": field.maximum,
        "maxLength": field.max_length,
    }
    return {
        "name": field.name,
        "title": field.title,
        "description": field.description,
        **({"type": field.form} if field.form in _PLAIN_TYPES else _TYPES[field.form]),
        "example": json.loads(str(field.example)) if field.form in _PLAIN_TYPES else field.example,
        **_drop_empty(
            {
                "categories": [
                    {"value": category.value, "label": category.label} for category in field.categories
                ],
                "categoriesOrdered": field.ordered,
                "constraints": _drop_empty(constraints),
            }
        ),
    }


def _drop_empty(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value for key, value in properties.items() if value is not False and value not in (None, [], {})
    }


def names_columns(schema: Mapping[str, Any]) -> bool:
    """Tell whether a Table Schema, of whatever time, names its columns and the key of its rows."""
    fields = _list(schema, "fields")
    names = {get_text(field, "name") for field in fields if isinstance(field, dict)}
    return (
        0 < len(fields) <= MAX_FIELDS
        and len(names) == len(fields)
        and "" not in names
        and _is_key(schema.get("primaryKey"), names)
    )


def find_schema_faults(schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a Table Schema, in sentences."""
    yield from _find_table_faults(schema)
    fields = schema.get("fields")
    if not isinstance(fields, list) or not fields:
        yield '"fields" is missing or empty.'
        return
    if len(fields) > MAX_FIELDS:
        yield f"The schema has {len(fields):,} fields; at most {MAX_FIELDS:,} are allowed."
        return
    for number, field in enumerate(fields, 1):
        yield from _find_field_faults(field, number)
    names = [get_text(field, "name") for field in fields if isinstance(field, dict)]
    if len(set(names)) != len(names):
        yield "Two fields have the same name."
    yield from _find_key_faults(schema, set(names))


def _find_table_faults(schema: Mapping[str, Any]) -> Iterator[str]:
    for key in sorted(schema.keys() - _TABLE_KEYS):
        yield f'The property "{shorten(key)}" is not one this tool checks.'
    for key in ("$schema", "name", "title", "description"):
        if sign := find_control(schema.get(key)):
            yield f'"{key}" holds {sign}, a control character.'
    if schema.get("missingValues", [""]) != [""]:
        yield '"missingValues" must be [""]: an empty cell is the only missing value.'


def _find_field_faults(field: object, number: int) -> Iterator[str]:
    if not isinstance(field, dict) or not is_name(get_text(field, "name")):
        yield f"Field {number} has no name in lower case."
        return
    for fault in chain(_find_property_faults(field), _find_type_faults(field)):
        yield f'Field "{field["name"]}": {fault}.'


def _find_property_faults(field: Mapping[str, Any]) -> Iterator[str]:
    for key in sorted(field.keys() - _FIELD_KEYS):
        yield f'the property "{shorten(key)}" is not one this tool checks'
    for key in ("title", "description"):
        if not get_text(field, key):
            yield f'"{key}" is missing'
    for key in ("title", "description", "rdfType", "example", "categories"):
        if sign := find_control(field.get(key)):
            yield f'"{key}" holds {sign}, a control character'
    example = field.get("example")
    if not isinstance(example, str | int | float):
        yield '"example" is missing'
    elif len(str(example)) > MAX_TEXT:
        yield f'"example" has more than {MAX_TEXT} characters'


def _find_type_faults(field: Mapping[str, Any]) -> Iterator[str]:
    kind, constraints = get_text(field, "type"), field.get("constraints", {})
    if kind not in _CONSTRAINTS:
        yield f"the type must be one of {', '.join(_CONSTRAINTS)}"
        return
    if field.get("format", "default") not in (("default", "uri") if kind == "string" else ("default",)):
        yield "the format is not one this tool checks"
    if not isinstance(constraints, dict):
        yield '"constraints" is not an object'
        return
    for key in sorted(constraints.keys() - _CONSTRAINTS[kind]):
        yield f'the constraint "{shorten(key)}" is not one this tool checks for a {kind}'
    yield from _find_constraint_faults(field, constraints)


def _find_constraint_faults(field: Mapping[str, Any], constraints: Mapping[str, Any]) -> Iterator[str]:
    for key, (is_sound, demand) in _DEMANDS.items():
        owner = field if key in _FIELD_KEYS else constraints
        if key in owner and not is_sound(owner[key]):
            yield f'"{key}" must be {demand}'
    if constraints.get("pattern") is not None:
        yield from _find_pattern_faults(constraints["pattern"])
    if "categories" in field or constraints.get("enum") is not None:
        yield from _find_category_faults(field, constraints.get("enum"))


def _is_boolean(value: object) -> bool:
    return isinstance(value, bool)


def _is_limit(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST


def _is_length(value: object) -> bool:
    return isinstance(value, int) and _is_limit(value) and value >= 1


# What the value of a property must be where it is given.
_DEMANDS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "required": (_is_boolean, "true or false"),
    "minimum": (_is_limit, "a number of ordinary size"),
    "maximum": (_is_limit, "a number of ordinary size"),
    "maxLength": (_is_length, "a whole number from 1"),
    "categoriesOrdered": (_is_boolean, "true or false"),
}


def _find_pattern_faults(pattern: object) -> Iterator[str]:
    if not isinstance(pattern, str) or len(pattern) > MAX_TEXT:
        yield f"the pattern is not text of at most {MAX_TEXT} characters"
        return
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        yield "the pattern is not a regular expression"
        return
    if sign := find_control(pattern):
        yield f"the pattern holds {sign}, a control character"
    if not pattern or not pattern.isascii() or _UNPORTABLE.search(pattern):
        yield "the pattern uses groups or anchors that not every engine knows"


def _find_category_faults(field: Mapping[str, Any], enum: object) -> Iterator[str]:
    categories = field.get("categories")
    if not isinstance(categories, list) or not all(map(_is_category, categories)):
        yield 'a closed list needs "categories", each with a value and a label'
        return
    codes = [category["value"] for category in categories]
    if len(codes) > MAX_CODES:
        yield f"a closed list has at most {MAX_CODES:,} codes"
    elif codes != enum and not (enum is None and field["type"] == "integer"):
        yield '"enum" and the values of "categories" differ'
    elif len(set(map(str, codes))) != len(codes):
        yield "a code stands twice"


def _is_category(category: object) -> bool:
    if not isinstance(category, dict) or not get_text(category, "label"):
        return False
    value = category.get("value")
    return isinstance(value, str | int) and 0 < len(str(value).strip()) <= MAX_TEXT


def _find_key_faults(schema: Mapping[str, Any], names: set[str]) -> Iterator[str]:
    if not _is_key(schema.get("primaryKey"), names):
        yield '"primaryKey" is missing or names a field that does not exist.'
    for key, is_sound, fault in (
        ("uniqueKeys", _is_key, "is not a list of lists of existing fields"),
        ("foreignKeys", _is_foreign_key, "must each tie one existing field to one field of a table"),
    ):
        keys = schema.get(key, [])
        if not isinstance(keys, list) or len(keys) > MAX_FIELDS or not all(is_sound(k, names) for k in keys):
            yield f'"{key}" {fault}.'


def _is_key(key: object, names: set[str]) -> bool:
    columns = _columns(key)
    return bool(columns) and names.issuperset(columns) and len(set(columns)) == len(columns)


def _is_foreign_key(key: object, names: set[str]) -> bool:
    return (
        _ties(key, names)
        and isinstance(key, dict)
        and key.keys() <= {"fields", "reference"}
        and key["reference"].keys() <= {"resource", "fields"}
    )


def _ties(key: object, names: set[str]) -> bool:
    """Tell whether a foreign key ties one of the columns to one of a table, whatever else it says."""
    if not isinstance(key, dict) or not isinstance(key.get("reference"), dict):
        return False
    columns, reference = _columns(key.get("fields")), _columns(key["reference"].get("fields"))
    return (
        len(columns) == len(reference) == 1
        and names.issuperset(columns)
        and isinstance(key["reference"].get("resource"), str)
    )


def _columns(key: object) -> tuple[str, ...]:
    if isinstance(key, str):
        return (key,)
    if isinstance(key, list) and all(isinstance(column, str) for column in key):
        return tuple(key)
    return ()


def is_name(text: str) -> bool:
    """Tell whether text can be the name of a table or a column in every format of a release."""
    return bool(_NAME.fullmatch(text))


def shorten(text: str) -> str:
    """Return text as a message quotes it."""
    return text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED]}…"


def find_control(value: object) -> str | None:
    """Return the name of the first character, as U+0000, that neither a page nor a database can hold, if there is one.

    Lists and objects are searched too; ends of lines and tabs are space in text.
    """
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str) and (found := _CONTROL.search(part)):
            return f"U+{ord(found[0]):04X}"
        if isinstance(part, dict):
            waiting += chain(part, part.values())
        if isinstance(part, list):
            waiting += part
    return None


def _list(mapping: Mapping[str, Any], key: str) -> list[Any]:
    value = mapping.get(key)
    return value if isinstance(value, list) else []


def _take(mapping: Mapping[str, Any], key: str) -> Any:
    """Return the value of a property, or nothing if it is not what the property demands."""
    value = mapping.get(key)
    return value if _DEMANDS[key][0](value) else None


def get_text(mapping: Mapping[str, Any], key: str) -> str:
    value = mapping.get(key)
    return value if isinstance(value, str) else ""


def get_url(mapping: Mapping[str, Any], key: str) -> str:
    """Return the address of a web page, or nothing where the text is none."""
    text = get_text(mapping, key)
    return text if _URL.fullmatch(text) else ""
