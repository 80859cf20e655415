"""The data package: its descriptor and the contracts of its tables, read with the standard library alone."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from dprk_russia.contract.errors import DprkRussiaError
from dprk_russia.contract.findings import RULES, Finding, Rule
from dprk_russia.contract.schema import (
    Table,
    find_control,
    find_schema_faults,
    get_text,
    is_name,
    make_table,
    names_columns,
    shorten,
)
from dprk_russia.contract.strict_json import JsonError, parse_object

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

DESCRIPTOR = "datapackage.json"
MAX_JSON_BYTES = 4_000_000
MAX_FILE_BYTES = 2_000_000_000
MAX_LINES = 50_000_000
MAX_RESOURCES = 100
MAX_PATH = 200
# Of one schema or resource no more faults are listed, however many a stranger wrote into it.
MAX_FAULTS = 100

# The letter with which the ids of numbered rows begin. Figures lie in the table DOMAIN_figures of their indicator.
ID_LETTERS = {"claims": "C", "economic_figures": "E", "military_figures": "M"}
FIGURES = tuple(table for table in ID_LETTERS if table.endswith("_figures"))
# The names of measures, which stand beside the tables in a release, and of the derived frames among them.
_MEASURES = Path(__file__).parents[1] / "record"
DERIVED = frozenset(path.stem for path in _MEASURES.glob("*/*.sql"))
FRAMES = frozenset(path.stem for path in _MEASURES.glob("frames/*.sql"))
FIXED = {"type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
# What a release says of each table; `measure` gives it.
MEASURED = frozenset({"bytes", "hash", "rowCount"})
_PROPERTIES = {"name", "path", "schema", "title", "description", *MEASURED}
_PACKAGE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_TIME = re.compile(r"[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}Z")
# A path that means the same file inside the package on every system; no part of it is "." or "..".
_PATH = re.compile(r"(?!(.*/)?\.\.?(/|$))[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")
VERSION = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")


class PackageError(DprkRussiaError):
    """There is no data package at the given place, or none that can be used; the message says why."""


class UnsoundError(PackageError):
    """The descriptor, a schema or the place of a file has a fault; the message tells the first."""

    def __init__(self, folder: Path, findings: list[Finding]) -> None:
        first, more = findings[0], len(findings) - 1
        others = (
            f" There {'is 1 more finding' if more == 1 else f'are {more} more findings'}." if more else ""
        )
        super().__init__(
            f"{folder} cannot be used: {first.path}: {first.message}{others}"
            " Run dprk-russia validate to see every finding."
        )


@dataclass(frozen=True, slots=True, repr=False)
class Package:
    """A data package as far as it could be read; `declared` names all tables of its descriptor.

    `derived` names the derived frames that lie beside the tables, as in a release. What they hold follows from the rows.
    """

    folder: Path
    name: str
    title: str
    description: str
    version: str
    created: date | None
    descriptor: Mapping[str, Any]
    declared: tuple[str, ...]
    tables: tuple[Table, ...]
    derived: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Package {self.name} {self.version}: {len(self.tables)} tables in {self.folder}>"

    def table(self, name: str) -> Table:
        """Return the table of that name; raise KeyError if there is none."""
        return {table.name: table for table in self.tables}[name]

    def measure(self) -> int:
        """Return how many bytes the files of its tables have."""
        return sum((self.folder / table.path).stat().st_size for table in self.tables)


@cache
def installed_package() -> Package:
    """Return the package that comes with this module: the installed copy or that of the checkout.

    Raises
    ------
    PackageError
        If the module lies neither beside its data nor in a checkout.
    """
    here = Path(__file__).resolve().parents[1]
    for folder in (here / "_package", here.parents[1]):
        if (folder / DESCRIPTOR).is_file():
            return read_package(folder)
    raise PackageError("The data of dprk-russia is missing from this installation; reinstall the package.")


def find_folder(path: Path) -> Path:
    """Return the folder of a package that is named by its folder or by its descriptor."""
    return path.parent if path.name == DESCRIPTOR else path


def read_package(path: Path) -> Package:
    """Read the descriptor and the schemas of the sound package that is named by its folder or by its descriptor.

    The rows of its tables are not looked at.

    Raises
    ------
    UnsoundError
        If the descriptor, a schema or the place of a file has a fault.
    PackageError
        If there is no such folder, or it has no datapackage.json.
    """
    package, findings = inspect_package(path)
    if findings:
        raise UnsoundError(package.folder, findings)
    return package


def inspect_package(path: Path) -> tuple[Package, list[Finding]]:
    """Read a package that need not be sound, and return what is wrong with it too.

    What is wrong with one table leaves the others readable: the package returned has every table whose
    file and schema are sound, and the findings say what is wrong with the rest.

    Raises
    ------
    PackageError
        If there is no such folder, or it has no datapackage.json.
    """
    folder, findings = _find_package(path), list[Finding]()
    descriptor = _read_descriptor(folder, findings)
    if not findings:
        findings += _check_descriptor(descriptor)
    sound = list(_find_sound_resources(folder, descriptor, findings))
    tables = tuple(table for resource in sound for table in _read_table(folder, resource, findings))
    derived = tuple(resource["name"] for resource in sound if is_derived(resource))
    package = _make_package(folder, descriptor, tables, derived)
    _check_references(tables, package.declared, findings)
    findings += _find_unlisted(folder, descriptor, findings)
    return package, findings


def read_for_comparison(path: Path) -> Package:
    """Read a package to compare it with another version of it, by no more rules than reading needs.

    An earlier version was made under the rules of its own time. The package returned has every table whose file can be
    opened and whose schema names the columns and the key; `declared` names the others too. What else of a schema has a
    fault is as if it were not there.

    Raises
    ------
    PackageError
        If there is no such folder, or it has no datapackage.json that tells which tables there are.
    """
    folder, findings = _find_package(path), list[Finding]()
    descriptor = _read_descriptor(folder, findings)
    if findings:
        raise UnsoundError(folder, findings)
    resources: Any = descriptor.get("resources")
    names = [get_text(resource, "name") for resource in _resources(descriptor)]
    if not _is_list_of_objects(resources) or len(resources) > MAX_RESOURCES:
        raise PackageError(f'{folder} cannot be compared: "resources" of {DESCRIPTOR} is no list of tables.')
    if not all(names) or len(set(names)) != len(names):
        raise PackageError(f"{folder} cannot be compared: a table of {DESCRIPTOR} has no name of its own.")
    tables = (_read_former_table(folder, resource) for resource in resources if not is_derived(resource))
    return _make_package(folder, descriptor, tuple(filter(None, tables)))


def _find_package(path: Path) -> Path:
    folder = find_folder(path)
    if not folder.is_dir():
        raise PackageError(f"{folder} is not a folder.")
    if not (folder / DESCRIPTOR).is_file():
        raise PackageError(f"{folder} has no {DESCRIPTOR}, so it is not a data package.")
    return folder


def _make_package(
    folder: Path, descriptor: Mapping[str, Any], tables: tuple[Table, ...], derived: tuple[str, ...] = ()
) -> Package:
    return Package(
        folder=folder,
        **{key: get_text(descriptor, key) for key in ("name", "title", "description", "version")},
        created=_day(descriptor.get("created")),
        descriptor=descriptor,
        declared=tuple(
            get_text(resource, "name") for resource in _resources(descriptor) if not is_derived(resource)
        ),
        tables=tables,
        derived=derived,
    )


def _read_descriptor(folder: Path, findings: list[Finding]) -> dict[str, Any]:
    """Return the descriptor, or an empty one after adding a finding."""
    if _leaves(folder, DESCRIPTOR):
        message = "The file is a link that leaves the package."
        findings.append(RULES["unsafe-path"].found(message, path=DESCRIPTOR))
        return {}
    return _read_json(folder, DESCRIPTOR, RULES["descriptor-invalid"], findings) or {}


def _read_json(folder: Path, path: str, invalid: Rule, findings: list[Finding]) -> dict[str, Any] | None:
    """Return the JSON object in a file, or nothing after adding a finding."""
    try:
        size = (folder / path).stat().st_size
        if size > MAX_JSON_BYTES:
            findings.append(RULES["file-too-large"].found(f"The file has {size:,} bytes.", path=path))
            return None
        return parse_object((folder / path).read_bytes())
    except JsonError as error:
        findings.append(invalid.found(str(error), path=path, line=error.line))
    except OSError as error:
        findings.append(RULES["missing-file"].found(explain_closed_file(error), path=path))
    return None


def explain_closed_file(error: OSError) -> str:
    """Return why a file that is there could not be opened."""
    if isinstance(error, PermissionError):
        return "The file may not be read; its permissions forbid it."
    return f"The file cannot be read: {error.strerror}."


def _check_descriptor(descriptor: Mapping[str, Any]) -> Iterator[Finding]:
    invalid = RULES["descriptor-invalid"]
    for key, (is_sound, fault) in _PROPERTY_CHECKS.items():
        if not is_sound(descriptor.get(key, _DEFAULTS.get(key))):
            yield invalid.found(f'"{key}" {fault}.', path=DESCRIPTOR)
    resources: Any = descriptor.get("resources")
    if _is_list_of_objects(resources) and len(resources) > MAX_RESOURCES:
        message = f'"resources" names more than {MAX_RESOURCES} tables; the others were not read.'
        yield invalid.found(message, path=DESCRIPTOR)
    for key in sorted(descriptor.keys() - _PROPERTIES_OF_FORM):
        if sign := find_control({key: descriptor[key]}):
            yield invalid.found(f'"{shorten(key)}" holds {sign}, a control character.', path=DESCRIPTOR)
    version = descriptor.get("version")
    if not isinstance(version, str) or not VERSION.fullmatch(version):
        yield RULES["version-form"].found(f"The version is {json.dumps(version)[:80]}.", path=DESCRIPTOR)


def locate_derived(name: str) -> str:
    """Return the path of a derived frame in a package."""
    return f"derived/{name}.csv"


def is_derived(resource: Mapping[str, Any]) -> bool:
    """Tell whether a resource is a derived frame, which has a name and a place that no table can have."""
    name = get_text(resource, "name")
    return name in FRAMES and get_text(resource, "path") == locate_derived(name)


def _find_sound_resources(
    folder: Path, descriptor: dict[str, Any], findings: list[Finding]
) -> Iterator[Mapping[str, Any]]:
    """Yield the resources whose files can be read; add a finding for each fault, and for a file that was changed."""
    names: set[str] = set()
    paths: set[str] = set()
    for number, resource in enumerate(_resources(descriptor), 1):
        name, path, schema = (get_text(resource, key) for key in ("name", "path", "schema"))
        faults = islice(_find_resource_faults(resource, name, number, names), MAX_FAULTS)
        wrong = [RULES["descriptor-invalid"].found(fault, path=DESCRIPTOR) for fault in faults]
        names.add(name)
        if path in paths:
            message = f"The path of {json.dumps(name)[:MAX_PATH]} is that of another table."
            wrong.append(RULES["unsafe-path"].found(message, path=DESCRIPTOR, value=path[:MAX_PATH]))
        elif unsound := list(_find_path_faults(folder, name, "path", path)):
            wrong += unsound
        else:
            paths.add(path)
        if not isinstance(resource.get("schema"), dict):
            wrong += _find_path_faults(folder, name, "schema", schema)
        if not wrong:
            wrong += _find_change(folder, resource)
            yield resource
        findings += wrong


def _find_resource_faults(
    resource: Mapping[str, Any], name: str, number: int, seen: set[str]
) -> Iterator[str]:
    is_taken = name.removesuffix("_view") in DERIVED and not is_derived(resource)
    if not is_name(name) or name in seen or is_taken:
        yield f"Resource {number} has no name of its own in small letters."
    for key in sorted(resource.keys() - _PROPERTIES):
        if resource[key] != FIXED.get(key):
            expected = f"must be {FIXED[key]}" if key in FIXED else "is not one this tool checks"
            yield f'Resource {number}: the property "{shorten(key)}" {expected}.'
    for key in ("title", "description"):
        if sign := find_control(resource.get(key)):
            yield f'Resource {number}: "{key}" holds {sign}, a control character.'


def _find_path_faults(folder: Path, name: str, role: str, path: str) -> Iterator[Finding]:
    """Yield why a path of the descriptor does not name a regular file inside the package, if it does not."""
    subject = f'The {role} of "{shorten(name)}"'
    if not path:
        message = f"{subject} is missing or not the path of one file."
        yield RULES["descriptor-invalid"].found(message, path=DESCRIPTOR)
    elif len(path) > MAX_PATH or not _PATH.fullmatch(path):
        message = f"{subject} is {json.dumps(path)[:MAX_PATH]}."
        yield RULES["unsafe-path"].found(message, path=DESCRIPTOR, value=path[:MAX_PATH])
    elif (mode := _find_mode(folder / path)) is None:
        yield RULES["missing-file"].found(f"{subject} does not exist.", path=path)
    elif _leaves(folder, path):
        yield RULES["unsafe-path"].found(f'"{path}" is a link that leaves the package.', path=path)
    elif not stat.S_ISREG(mode):
        yield RULES["missing-file"].found(f'"{path}" is not a regular file.', path=path)


def _find_mode(file: Path) -> int | None:
    try:
        return file.stat().st_mode
    except OSError:
        return None


def _leaves(folder: Path, path: str) -> bool:
    """Tell whether a path that exists leads out of the package by a link."""
    return not (folder / path).resolve().is_relative_to(folder.resolve())


def _read_table(folder: Path, resource: Mapping[str, Any], findings: list[Finding]) -> Iterator[Table]:
    """Yield the table of a sound resource; nothing for a derived frame, or after adding a finding on its schema."""
    if is_derived(resource):
        return
    name = resource["name"]
    schema_path, schema = _read_schema(folder, resource, findings)
    if schema is None:
        return
    faults = list(islice(find_schema_faults(schema), MAX_FAULTS))
    findings.extend(RULES["schema-invalid"].found(fault, path=schema_path, table=name) for fault in faults)
    if not faults:
        yield _make_table(resource, schema_path, schema)


def _read_former_table(folder: Path, resource: Mapping[str, Any]) -> Table | None:
    """Return the table of a resource, or nothing if its file or its columns cannot be told."""
    roles = ("path",) if isinstance(resource.get("schema"), dict) else ("path", "schema")
    if any(any(_find_path_faults(folder, "", role, get_text(resource, role))) for role in roles):
        return None
    schema_path, content = _read_schema(folder, resource, [])
    if content is None or not names_columns(content):
        return None
    return _make_table(resource, schema_path, content)


def _read_schema(
    folder: Path, resource: Mapping[str, Any], findings: list[Finding]
) -> tuple[str, dict[str, Any] | None]:
    """Return the file that the schema of a resource stands in, and the schema, or nothing after adding a finding."""
    schema = resource["schema"]
    if isinstance(schema, dict):
        return DESCRIPTOR, schema
    return schema, _read_json(folder, schema, RULES["schema-invalid"], findings)


def _make_table(resource: Mapping[str, Any], schema_path: str, schema: Mapping[str, Any]) -> Table:
    own = {key: resource[key] for key in ("title", "description") if get_text(resource, key)}
    return make_table(resource["name"], resource["path"], schema_path, {**schema, **own})


def _find_change(folder: Path, resource: Mapping[str, Any]) -> Iterator[Finding]:
    """Find the first difference between a file and what the descriptor says that was measured of it."""
    file = folder / str(resource["path"])
    if not MEASURED & resource.keys() or file.stat().st_size > MAX_FILE_BYTES:
        return
    try:
        with file.open("rb") as content:
            measured = measure(content)
    except OSError:
        # Whoever reads the table finds that it may not be read.
        return
    for key, value in measured.items():
        if resource.get(key, value) != value:
            message = f"The file has the {key} {value}; datapackage.json says {json.dumps(resource[key])[:MAX_PATH]}."
            yield RULES["content-changed"].found(message, path=resource["path"], table=resource["name"])
            return


def measure(content: BinaryIO) -> dict[str, str | int]:
    """Return bytes, hash and rowCount of a sound table as the specification of resources names them."""
    digest, size, lines = hashlib.sha256(), 0, 0
    while block := content.read(1 << 20):
        digest.update(block)
        size += len(block)
        lines += block.count(b"\n")
    return {"bytes": size, "hash": f"sha256:{digest.hexdigest()}", "rowCount": lines - 1}


def _check_references(tables: tuple[Table, ...], declared: tuple[str, ...], findings: list[Finding]) -> None:
    """Find foreign keys that point to no table, or to a column that is not the primary key of its table."""
    by_name = {table.name: table for table in tables}
    for table in tables:
        for key in table.foreign_keys:
            target = by_name.get(key.table)
            if key.table not in declared or (target and target.primary_key != (key.reference,)):
                message = f'The foreign key "{key.column}" does not point to the primary key of a table.'
                findings.append(
                    RULES["schema-invalid"].found(message, path=table.schema_path, table=table.name)
                )


def _find_unlisted(folder: Path, descriptor: Mapping[str, Any], findings: list[Finding]) -> Iterator[Finding]:
    resources = _resources(descriptor)
    listed = {get_text(resource, role) for resource in resources for role in ("path", "schema")}
    unlisted = [path for path in _list_files(folder) if path not in listed]
    # A path that is wrong leaves the file it means without a name.
    broken = sum(finding.rule in {RULES["unsafe-path"].id, RULES["missing-file"].id} for finding in findings)
    if resources and len(unlisted) > broken:
        for path in unlisted:
            yield RULES["unlisted-file"].found(f"{DESCRIPTOR} does not name this file.", path=path)


def _list_files(folder: Path) -> Iterator[str]:
    for part in ("data", "schemas", "derived"):
        place = folder / part
        # A folder that may not be listed raises here; a search for a pattern would find nothing in it.
        for path in sorted(place.iterdir()) if place.is_dir() and not _leaves(folder, part) else ():
            if path.is_file() and not path.name.startswith("."):
                # Names of files are bytes; a finding is text.
                yield os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", errors="replace")


def _resources(descriptor: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    resources = descriptor.get("resources")
    if not isinstance(resources, list):
        return []
    return [resource for resource in resources[:MAX_RESOURCES] if isinstance(resource, dict)]


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_filled(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _day(value: object) -> date | None:
    """Return the day of an RFC 3339 time in UTC, the form the specification asks for; zip files know 1980 to 2107."""
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return None
    try:
        day = datetime.fromisoformat(value).date()
    except ValueError:
        return None
    return day if 1980 <= day.year <= 2107 else None


# How each property of the package is checked, and what is wrong with one that fails.
_PROPERTY_CHECKS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "name": (
        lambda value: isinstance(value, str) and bool(_PACKAGE_NAME.fullmatch(value)),
        "is missing or holds more than small letters, digits, points and hyphens",
    ),
    "title": (_is_filled, "is missing or not text"),
    "description": (_is_filled, "is missing or not text"),
    "created": (
        lambda value: _day(value) is not None,
        "is missing or not a time of the form YYYY-MM-DDT00:00:00Z, from 1980 to 2107",
    ),
    "licenses": (
        lambda value: _is_list_of_objects(value) and all(get_text(licence, "name") for licence in value),
        "is missing or not a list of licences with names",
    ),
    "contributors": (_is_list_of_objects, "is not a list of objects"),
    "keywords": (_is_list_of_texts, "is not a list of texts"),
    "resources": (_is_list_of_objects, "is missing or not a list of tables"),
}
# Properties that have no room for a control character, and tables, whose texts are looked at one by one.
_PROPERTIES_OF_FORM = {"name", "version", "created", "resources"}
# What stands for an optional property that is missing.
_DEFAULTS: Mapping[str, Any] = {"contributors": [{}], "keywords": []}
