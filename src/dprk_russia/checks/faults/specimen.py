"""A small package that keeps every rule, and ways to edit a copy of it. Its contract is that of the installed data."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

from dprk_russia.contract.package import DESCRIPTOR, installed_package, locate_derived, read_package
from dprk_russia.record.citation import read_record
from dprk_russia.record.derived import describe_resource, write_csv
from dprk_russia.record.measures import describe_measure, read_measures
from dprk_russia.versions.changes import Step, parse_version

DATA = Path(__file__).parent / "data"


class Specimen:
    """A copy of the small package, or of the data of another, in a folder of its own, edited cell by cell.

    Rows are addressed by the values they begin with: `"C00001"`, or `"C00001/gazette-2024-12-16"`.
    """

    def __init__(self, folder: Path, data: Path = DATA) -> None:
        self.folder = folder
        contract = installed_package().folder
        shutil.copytree(data, folder / "data")
        shutil.copytree(contract / "schemas", folder / "schemas")
        shutil.copy(contract / DESCRIPTOR, folder / DESCRIPTOR)

    def path(self, name: str) -> Path:
        """Return the path of a table, or of a file that is named by its path in the package."""
        return self.folder / (name if "." in name else f"data/{name}.csv")

    def rows(self, table: str) -> list[list[str]]:
        with self.path(table).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def save(self, table: str, rows: list[list[str]]) -> None:
        with self.path(table).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    def line(self, table: str, key: str) -> int:
        parts = key.split("/")
        for number, row in enumerate(self.rows(table), 1):
            if row[: len(parts)] == parts:
                return number
        raise KeyError(key)

    def set(self, table: str, key: str, /, **cells: str) -> None:
        rows = self.rows(table)
        line = self.line(table, key)
        for column, value in cells.items():
            rows[line - 1][rows[0].index(column)] = value
        self.save(table, rows)

    def add(self, table: str, /, **cells: str) -> None:
        rows = self.rows(table)
        rows.append([cells.get(column, "") for column in rows[0]])
        self.save(table, [rows[0], *sorted(rows[1:])])

    def remove(self, table: str, key: str) -> None:
        rows = self.rows(table)
        del rows[self.line(table, key) - 1]
        self.save(table, rows)

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace text that stands once in a file."""
        count = self._read(name).count(old)
        if count != 1:
            raise ValueError(f"{old!r} stands {count} times in {name}")
        self.replace(name, old, new)

    def repeat(self, name: str, text: str, times: int) -> None:
        """Put text that stands once in a file there many times."""
        self.edit(name, text, text * times)

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace text wherever it stands in a file."""
        self.write(name, self._read(name).replace(old, new))

    def encode(self, name: str, encoding: str) -> None:
        """Put a file into another encoding."""
        self.path(name).write_text(self._read(name), encoding=encoding, newline="")

    def write(self, name: str, text: str) -> None:
        """Write a file; a byte that is no UTF-8 stands in the text as a surrogate."""
        self.path(name).write_text(text, encoding="utf-8", errors="surrogateescape", newline="")

    def _read(self, name: str) -> str:
        return self.path(name).read_bytes().decode()

    def delete(self, name: str) -> None:
        self.path(name).unlink()

    def descriptor(self) -> dict[str, Any]:
        return dict(json.loads(self._read(DESCRIPTOR)))

    def save_descriptor(self, descriptor: dict[str, Any]) -> None:
        self.write(DESCRIPTOR, json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n")

    def change_descriptor(self, **properties: object) -> None:
        self.save_descriptor(self.descriptor() | properties)

    def change_resource(self, table: str, **properties: object) -> None:
        descriptor = self.descriptor()
        _find(descriptor["resources"], table).update(properties)
        self.save_descriptor(descriptor)

    def rise(self, step: str) -> None:
        """Give the package the smallest version that a step allows."""
        version = parse_version(self.descriptor()["version"]).rise(Step[step.upper()])
        self.change_descriptor(version=str(version))

    def derive(self, name: str) -> None:
        """Put a derived frame beside the tables, as a release has it."""
        package = read_package(self.folder)
        frame = describe_measure(read_measures()[name], package)
        self.path(locate_derived(name)).parent.mkdir(exist_ok=True)
        self.path(locate_derived(name)).write_bytes(write_csv(read_record(package).frame(name)))
        self.change_descriptor(resources=[*self.descriptor()["resources"], describe_resource(frame)])

    def schema(self, name: str) -> dict[str, Any]:
        return dict(json.loads(self._read(f"schemas/{name}.json")))

    def save_schema(self, name: str, schema: dict[str, Any]) -> None:
        self.write(f"schemas/{name}.json", json.dumps(schema))

    def change_schema(self, name: str, **properties: object) -> None:
        self.save_schema(name, self.schema(name) | properties)

    def change_field(self, name: str, column: str, **properties: object) -> None:
        schema = self.schema(name)
        _find(schema["fields"], column).update(properties)
        self.save_schema(name, schema)


def _find(items: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(item for item in items if item["name"] == name)
