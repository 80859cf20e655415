"""The data package: its descriptor and the contracts of its tables, read with the standard library alone."""

from __future__ import annotations

import json
import re
import stat
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from dprk_russia.contract import Table, find_schema_faults, get_text, make_table
from dprk_russia.findings import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DESCRIPTOR = "datapackage.json"
MAX_JSON_BYTES = 4_000_000
MAX_FILE_BYTES = 2_000_000_000

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
            name=get_text(descriptor, "name"),
            title=get_text(descriptor, "title"),
            description=get_text(descriptor, "description"),
            version=get_text(descriptor, "version"),
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
        if not get_text(descriptor, key):
            fault(f'"{key}" is missing or not text.')
    if not _VERSION.fullmatch(get_text(descriptor, "version")):
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
        name = get_text(resource, "name")
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
    faults = list(find_schema_faults(schema))
    findings.extend(SCHEMA_INVALID.found(fault, path=schema_path, table=name) for fault in faults)
    if faults:
        return
    yield make_table(
        name,
        path,
        schema_path,
        {**schema, **{key: resource[key] for key in ("title", "description") if get_text(resource, key)}},
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


def _resources(descriptor: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    resources = descriptor.get("resources")
    return [r for r in resources if isinstance(r, dict)] if isinstance(resources, list) else []


def _day(value: object) -> date | None:
    """Return the day of an RFC 3339 time in UTC, the form the specification asks for."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None
