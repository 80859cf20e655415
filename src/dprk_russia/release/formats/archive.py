"""The Data Package as one zip: CSV files, a descriptor with schemas, hashes, bytes and row counts, README and licences."""

from __future__ import annotations

import json
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from dprk_russia.contract.package import DESCRIPTOR, measure
from dprk_russia.release.companions import read_texts
from dprk_russia.release.errors import RejectedError

# Twice what the largest table has today.
MAX_CHECKED_ROWS = 10_000

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dprk_russia.contract.package import Package
    from dprk_russia.release.edition import Edition


def write(edition: Edition, release: Path) -> None:
    """Write the archive of an edition, and let frictionless check it.

    Raises
    ------
    RejectedError
        If frictionless finds a fault in it.
    """
    path = release / edition.name("zip")
    write_archive(edition.package, path)
    if faults := check(path):
        raise RejectedError("frictionless rejects the Data Package:\n" + "\n".join(faults))


def write_archive(package: Package, path: Path) -> None:
    """Write a package as one zip; the same package gives the same bytes."""
    descriptor = json.dumps(_describe(package), ensure_ascii=False, indent=2) + "\n"
    with zipfile.ZipFile(path, "w") as archive:
        add_member(archive, package.created, DESCRIPTOR, descriptor.encode())
        for name in dict.fromkeys(table.path for table in package.tables):
            add_member(archive, package.created, name, (package.folder / name).read_bytes())
        for name, content in read_texts(package):
            add_member(archive, package.created, name, content)


def _describe(package: Package) -> dict[str, Any]:
    """Return the descriptor with each schema in place of its path, and with what only a release knows."""
    resources = []
    for resource, table in zip(package.descriptor["resources"], package.tables, strict=True):
        schema = resource["schema"]
        if not isinstance(schema, dict):
            schema = json.loads((package.folder / schema).read_text(encoding="utf-8"))
        resources.append(
            {
                **resource,
                "title": table.title,
                "description": table.description,
                "path": str(PurePosixPath(table.path)),
                "schema": schema,
                **measure(package.folder / table.path),
            }
        )
    return {**package.descriptor, "resources": resources}


def add_member(archive: zipfile.ZipFile, day: date | None, name: str, content: bytes) -> None:
    """Add a file to a zip, as of a day: the same content gives the same bytes."""
    member = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0) if day else (1980, 1, 1, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 3
    member.external_attr = 0o644 << 16
    archive.writestr(member, content, compresslevel=9)


def check(path: Path) -> list[str]:
    """Return what frictionless finds wrong with the archive, one sentence for each fault.

    Of a table that has more than `MAX_CHECKED_ROWS` rows only the first are read, and then foreign keys are left out of
    all, since frictionless would read whole tables for them; validation has checked both.
    """
    from frictionless import Package

    package = Package(str(path))
    limited = any(resource.custom.get("rowCount", 0) > MAX_CHECKED_ROWS for resource in package.resources)
    if limited:
        for resource in package.resources:
            resource.schema.foreign_keys = []
    report = package.validate(limit_rows=MAX_CHECKED_ROWS)
    return [*(error.message for error in report.errors)] + [
        f"{task.place}: {error.message}" for task in report.tasks for error in task.errors
    ]
