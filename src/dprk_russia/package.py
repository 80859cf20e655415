"""The data package: its descriptor and Table Schemas read into frozen dataclasses, with the standard library alone.

Only the part of the Table Schema specification that every consumer of the contract implements is admitted;
anything else is a `schema-invalid` finding, so that no constraint is ever written down and silently ignored.
"""

from __future__ import annotations

import json
import re
import stat
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Literal, cast

from dprk_russia.findings import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DESCRIPTOR = "datapackage.json"
MAX_JSON_BYTES = 4_000_000
MAX_FILE_BYTES = 2_000_000_000

Form = Literal["text", "code", "url", "day", "partial_date", "integer", "number"]

PARTIAL_DATE_TYPE = "http://id.loc.gov/datatypes/edtf/EDTF-level0"
_TABLE_KEYS = {
    "$schema", "name", "title", "description", "fields",
    "missingValues", "primaryKey", "uniqueKeys", "foreignKeys",
}  # fmt: skip
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
_VERSION = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")

DESCRIPTOR_INVALID = Rule(
    "descriptor-invalid",
    "package",
    "datapackage.json is a JSON object with name, title, description, version, created, licenses and resources.",
    "Correct datapackage.json; an editor with JSON support shows where it breaks.",
)
VERSION_FORM = Rule(
    "version-form",
    "package",
    "The version of the package has the form MAJOR.MINOR.PATCH.",
    'Write three whole numbers, such as "1.4.0".',
)
UNSAFE_PATH = Rule(
    "unsafe-path",
    "package",
    "Every path in datapackage.json is relative and stays inside the package.",
    "Use a relative path with forward slashes, such as data/claims.csv.",
)
MISSING_FILE = Rule(
    "missing-file",
    "package",
    "Every file that datapackage.json names exists and is a regular file.",
    "Add the file, or correct its path in datapackage.json.",
)
UNLISTED_FILE = Rule(
    "unlisted-file",
    "package",
    "Every CSV file in data/ and every JSON file in schemas/ is named in datapackage.json.",
    "Name the file in datapackage.json, or remove it.",
)
SCHEMA_INVALID = Rule(
    "schema-invalid",
    "package",
    "Every schema is a Table Schema that uses only the properties this tool checks.",
    "Correct the schema; CONTRIBUTING.md lists the properties it may use.",
)
FILE_TOO_LARGE = Rule(
    "file-too-large",
    "package",
    f"No table is larger than {MAX_FILE_BYTES:,} bytes and no JSON file larger than {MAX_JSON_BYTES:,} bytes.",
    "Split the contribution, or look for content that does not belong there.",
)

RULES = (
    DESCRIPTOR_INVALID,
    VERSION_FORM,
    UNSAFE_PATH,
    MISSING_FILE,
    UNLISTED_FILE,
    SCHEMA_INVALID,
    FILE_TOO_LARGE,
)


class PackageError(Exception):
    """There is no data package at the given place; the message says what is there instead."""


@dataclass(frozen=True, slots=True)
class Category:
    """One value of a closed list and what it means."""

    value: str | int
    label: str


@dataclass(frozen=True, slots=True)
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

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the values of the closed list, as they are written in a cell."""
        return tuple(str(category.value) for category in self.categories)

    @property
    def is_date(self) -> bool:
        """Tell whether loaders add the columns `_from` and `_to`."""
        return self.form in {"day", "partial_date"}


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A column whose values are ids of another table."""

    column: str
    table: str
    reference: str


@dataclass(frozen=True, slots=True)
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

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns in order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Return the field of that name; raise KeyError if there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Package:
    """A data package as far as it could be read."""

    folder: Path
    name: str
    title: str
    description: str
    version: str
    created: date | None
    descriptor: Mapping[str, Any]
    tables: tuple[Table, ...]

    def table(self, name: str) -> Table:
        """Return the table of that name; raise KeyError if there is none."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)


def find_package() -> Path:
    """Return the folder of the package that comes with this module: the installed copy or the checkout.

    Raises
    ------
    PackageError
        If the module lies neither beside its data nor in a checkout.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "_package", here.parents[1]):
        if (folder / DESCRIPTOR).is_file():
            return folder
    raise PackageError("The data of dprk-russia is missing from this installation; reinstall the package.")


def read_package(folder: Path) -> tuple[Package, list[Finding]]:
    """Read the descriptor and the schemas of the package in `folder`.

    What is wrong with one table leaves the others readable: the package returned has every table whose
    file and schema are sound, and the findings say what is wrong with the rest.

    Raises
    ------
    PackageError
        If `folder` is no folder or has no datapackage.json.
    """
    if not folder.is_dir():
        raise PackageError(f"{folder} is not a folder.")
    if not (folder / DESCRIPTOR).is_file():
        raise PackageError(f"{folder} has no {DESCRIPTOR}, so it is not a data package.")
    findings: list[Finding] = []
    descriptor = _read_descriptor(folder, findings)
    tables = tuple(_read_tables(folder, descriptor, findings))
    _check_references(tables, findings)
    broken = sum(finding.rule in {UNSAFE_PATH.id, MISSING_FILE.id} for finding in findings)
    unlisted = list(_find_unlisted(folder, descriptor)) if descriptor else []
    # A path that is wrong leaves the file it means without a name.
    if len(unlisted) > broken:
        findings += unlisted
    return (
        Package(
            folder=folder,
            name=_text(descriptor, "name"),
            title=_text(descriptor, "title"),
            description=_text(descriptor, "description"),
            version=_text(descriptor, "version"),
            created=_day(descriptor.get("created")),
            descriptor=descriptor,
            tables=tables,
        ),
        findings,
    )


def _read_json(folder: Path, path: str, invalid: Rule, findings: list[Finding]) -> dict[str, Any]:
    """Return the JSON object in a file, or an empty one and a finding."""
    file = folder / path
    size = file.stat().st_size
    if size > MAX_JSON_BYTES:
        findings.append(FILE_TOO_LARGE.found(f"The file has {size:,} bytes.", path=path))
        return {}
    try:
        content = json.loads(file.read_bytes().decode("utf-8"))
    except json.JSONDecodeError as error:
        findings.append(invalid.found(f"This is not JSON: {error.msg}.", path=path, line=error.lineno))
        return {}
    except UnicodeDecodeError:
        findings.append(invalid.found("This is not a text file in UTF-8.", path=path))
        return {}
    except (OSError, RecursionError, ValueError) as error:
        findings.append(invalid.found(f"This cannot be read: {error}.", path=path))
        return {}
    if not isinstance(content, dict):
        findings.append(invalid.found("The file does not hold a JSON object.", path=path))
        return {}
    return content


def _read_descriptor(folder: Path, findings: list[Finding]) -> dict[str, Any]:
    descriptor = _read_json(folder, DESCRIPTOR, DESCRIPTOR_INVALID, findings)
    if not descriptor:
        return {}

    def fault(message: str) -> None:
        findings.append(DESCRIPTOR_INVALID.found(message, path=DESCRIPTOR))

    for key in ("name", "title", "description"):
        if not _text(descriptor, key):
            fault(f'"{key}" is missing or not text.')
    if not _VERSION.fullmatch(_text(descriptor, "version")):
        findings.append(VERSION_FORM.found(f'The version is "{descriptor.get("version")}".', path=DESCRIPTOR))
    if _day(descriptor.get("created")) is None:
        fault('"created" is missing or not a time of the form YYYY-MM-DDT00:00:00Z.')
    licenses = descriptor.get("licenses")
    if not (isinstance(licenses, list) and licenses and all(isinstance(x, dict) for x in licenses)):
        fault('"licenses" is missing or not a list of licences.')
    if not isinstance(descriptor.get("resources"), list) or not descriptor["resources"]:
        fault('"resources" is missing or not a list of tables.')
    return descriptor


def _read_tables(folder: Path, descriptor: dict[str, Any], findings: list[Finding]) -> Iterator[Table]:
    seen: set[str] = set()
    for number, resource in enumerate(_resources(descriptor), 1):
        name = _text(resource, "name")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or name in seen:
            findings.append(
                DESCRIPTOR_INVALID.found(
                    f'Resource {number} has no name of its own in lower case: "{name}".', path=DESCRIPTOR
                )
            )
            continue
        seen.add(name)
        sound = True
        for role in ("path", "schema"):
            sound &= _is_sound_path(folder, name, role, resource.get(role), findings)
        if sound:
            yield from _read_table(folder, name, resource, findings)


def _is_sound_path(folder: Path, name: str, role: str, path: object, findings: list[Finding]) -> bool:
    """Tell whether a path of the descriptor names a regular file inside the package; add a finding if not."""
    if not isinstance(path, str) or not path:
        findings.append(
            DESCRIPTOR_INVALID.found(
                f'The {role} of "{name}" is missing or not the path of one file.', path=DESCRIPTOR
            )
        )
        return False
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts or re.search(r"[\\:\x00-\x1f]", path):
        findings.append(
            UNSAFE_PATH.found(f'The {role} of "{name}" is "{path}".', path=DESCRIPTOR, value=path)
        )
        return False
    file = folder / path
    try:
        mode = file.stat().st_mode
    except OSError:
        findings.append(MISSING_FILE.found(f'The {role} of "{name}" does not exist.', path=path))
        return False
    if not file.resolve().is_relative_to(folder.resolve()):
        findings.append(UNSAFE_PATH.found(f'"{path}" is a link that leaves the package.', path=path))
        return False
    if not stat.S_ISREG(mode):
        findings.append(MISSING_FILE.found(f'"{path}" is not a regular file.', path=path))
        return False
    return True


def _read_table(
    folder: Path, name: str, resource: Mapping[str, Any], findings: list[Finding]
) -> Iterator[Table]:
    path, schema_path = str(resource["path"]), str(resource["schema"])
    schema = _read_json(folder, schema_path, SCHEMA_INVALID, findings)
    if not schema:
        return
    faults = list(_find_schema_faults(schema))
    findings.extend(SCHEMA_INVALID.found(fault, path=schema_path, table=name) for fault in faults)
    if faults:
        return
    yield Table(
        name=name,
        title=_text(resource, "title") or _text(schema, "title"),
        description=_text(resource, "description") or _text(schema, "description"),
        path=path,
        schema_path=schema_path,
        fields=tuple(_make_field(field) for field in schema["fields"]),
        primary_key=_columns(schema["primaryKey"]),
        unique_keys=tuple(_columns(key) for key in schema.get("uniqueKeys", [])),
        foreign_keys=tuple(
            ForeignKey(
                _columns(key["fields"])[0],
                key["reference"]["resource"] or name,
                _columns(key["reference"]["fields"])[0],
            )
            for key in schema.get("foreignKeys", [])
        ),
    )


def _find_schema_faults(schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a Table Schema, in sentences."""
    for key in schema.keys() - _TABLE_KEYS:
        yield f'The property "{key}" is not one this tool checks.'
    if schema.get("missingValues", [""]) != [""]:
        yield '"missingValues" must be [""]: an empty cell is the only missing value.'
    fields = schema.get("fields")
    if not isinstance(fields, list) or not fields:
        yield '"fields" is missing or empty.'
        return
    for number, field in enumerate(fields, 1):
        yield from _find_field_faults(field, number)
    names = [field.get("name") for field in fields if isinstance(field, dict)]
    if len(set(map(str, names))) != len(names):
        yield "Two fields have the same name."
    yield from _find_key_faults(schema, {name for name in names if isinstance(name, str)})


def _find_field_faults(field: object, number: int) -> Iterator[str]:
    if not isinstance(field, dict) or not re.fullmatch(r"[a-z][a-z0-9_]*", _text(field, "name")):
        yield f"Field {number} has no name in lower case."
        return
    name = field["name"]
    for key in field.keys() - _FIELD_KEYS:
        yield f'Field "{name}": the property "{key}" is not one this tool checks.'
    for key in ("title", "description"):
        if not _text(field, key):
            yield f'Field "{name}": "{key}" is missing.'
    if not isinstance(field.get("example"), str | int | float):
        yield f'Field "{name}": "example" is missing.'
    kind = field.get("type")
    if not isinstance(kind, str) or kind not in _CONSTRAINTS:
        yield f'Field "{name}": the type must be one of {", ".join(_CONSTRAINTS)}.'
        return
    if field.get("format", "default") not in ({"default", "uri"} if kind == "string" else {"default"}):
        yield f'Field "{name}": the format "{field["format"]}" is not one this tool checks.'
    yield from _find_constraint_faults(field, kind)


def _find_constraint_faults(field: Mapping[str, Any], kind: str) -> Iterator[str]:
    name, constraints = field["name"], field.get("constraints", {})
    if not isinstance(constraints, dict):
        yield f'Field "{name}": "constraints" is not an object.'
        return
    for key in constraints.keys() - _CONSTRAINTS[kind]:
        yield f'Field "{name}": the constraint "{key}" is not one this tool checks for a {kind}.'
    if not isinstance(constraints.get("required", False), bool):
        yield f'Field "{name}": "required" must be true or false.'
    for key in ("minimum", "maximum", "maxLength"):
        if key in constraints and (
            isinstance(constraints[key], bool) or not isinstance(constraints[key], int | float)
        ):
            yield f'Field "{name}": "{key}" must be a number.'
    yield from _find_pattern_faults(name, constraints.get("pattern"))
    yield from _find_category_faults(field, constraints.get("enum"))


def _find_pattern_faults(name: str, pattern: object) -> Iterator[str]:
    if pattern is None:
        return
    try:
        re.compile(cast("str", pattern))
    except (re.error, TypeError):
        yield f'Field "{name}": the pattern is not a regular expression.'
        return
    if re.search(r"\(\?|\\[1-9bBAZz]|[*+}]\+", str(pattern)):
        yield f'Field "{name}": the pattern uses groups or anchors that not every engine knows.'


def _find_category_faults(field: Mapping[str, Any], enum: object) -> Iterator[str]:
    name, categories = field["name"], field.get("categories")
    if categories is None and enum is None:
        return
    if not isinstance(categories, list) or not all(
        isinstance(c, dict) and isinstance(c.get("value"), str | int) and _text(c, "label")
        for c in categories
    ):
        yield f'Field "{name}": a closed list needs "categories", each with a value and a label.'
    elif [c["value"] for c in categories] != enum and not (enum is None and field["type"] == "integer"):
        yield f'Field "{name}": "enum" and the values of "categories" differ.'


def _find_key_faults(schema: Mapping[str, Any], names: set[str]) -> Iterator[str]:
    def is_key(key: object) -> bool:
        columns = _columns(key)
        return bool(columns) and names.issuperset(columns)

    if not is_key(schema.get("primaryKey")):
        yield '"primaryKey" is missing or names a field that does not exist.'
    unique = schema.get("uniqueKeys", [])
    if not isinstance(unique, list) or not all(is_key(key) for key in unique):
        yield '"uniqueKeys" is not a list of lists of existing fields.'
    foreign = schema.get("foreignKeys", [])
    if not isinstance(foreign, list) or not all(_is_foreign_key(key, names) for key in foreign):
        yield '"foreignKeys" must each tie one existing field to one field of a table.'


def _is_foreign_key(key: object, names: set[str]) -> bool:
    if not isinstance(key, dict) or not isinstance(key.get("reference"), dict):
        return False
    columns, reference = _columns(key.get("fields")), _columns(key["reference"].get("fields"))
    return (
        len(columns) == len(reference) == 1
        and names.issuperset(columns)
        and isinstance(key["reference"].get("resource"), str)
    )


def _check_references(tables: tuple[Table, ...], findings: list[Finding]) -> None:
    """Find foreign keys that point to a column which is not the primary key of its table."""
    by_name = {table.name: table for table in tables}
    for table in tables:
        for key in table.foreign_keys:
            target = by_name.get(key.table)
            if target and target.primary_key != (key.reference,):
                findings.append(
                    SCHEMA_INVALID.found(
                        f'The foreign key "{key.column}" does not point to the primary key of "{key.table}".',
                        path=table.schema_path,
                        table=table.name,
                    )
                )


def _find_unlisted(folder: Path, descriptor: Mapping[str, Any]) -> Iterator[Finding]:
    listed = {str(resource.get(role)) for resource in _resources(descriptor) for role in ("path", "schema")}
    for pattern in ("data/*.csv", "schemas/*.json"):
        for file in sorted(folder.glob(pattern)):
            path = file.relative_to(folder).as_posix()
            if path not in listed:
                yield UNLISTED_FILE.found(f"{DESCRIPTOR} does not name this file.", path=path)


def _make_field(field: Mapping[str, Any]) -> Field:
    constraints = field.get("constraints", {})
    return Field(
        name=field["name"],
        title=field["title"],
        description=field["description"],
        form=_form(field),
        example=field["example"],
        required=constraints.get("required", False),
        pattern=constraints.get("pattern"),
        minimum=constraints.get("minimum"),
        maximum=constraints.get("maximum"),
        max_length=constraints.get("maxLength"),
        categories=tuple(Category(c["value"], c["label"]) for c in field.get("categories", ())),
        ordered=field.get("categoriesOrdered", False),
    )


def _form(field: Mapping[str, Any]) -> Form:
    kind = field["type"]
    if kind == "date":
        return "day"
    if kind in {"integer", "number"}:
        return cast("Form", kind)
    if field.get("rdfType") == PARTIAL_DATE_TYPE:
        return "partial_date"
    if field.get("format") == "uri":
        return "url"
    return "code" if field.get("categories") else "text"


def _resources(descriptor: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    resources = descriptor.get("resources")
    return [r for r in resources if isinstance(r, dict)] if isinstance(resources, list) else []


def _columns(key: object) -> tuple[str, ...]:
    if isinstance(key, str):
        return (key,)
    if isinstance(key, list) and all(isinstance(column, str) for column in key):
        return tuple(key)
    return ()


def _text(mapping: Mapping[str, Any], key: str) -> str:
    value = mapping.get(key)
    return value if isinstance(value, str) else ""


def _day(value: object) -> date | None:
    """Return the day of an RFC 3339 time in UTC, the form the specification asks for."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None
