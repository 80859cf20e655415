"""A small package that keeps every rule, and ways to edit a copy of it. Its contract is that of the installed data."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

from dprk_russia.contract.package import DESCRIPTOR, installed_package

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

    def path(self, table: str) -> Path:
        return self.folder / "data" / f"{table}.csv"

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

    def edit(self, table: str, old: str, new: str) -> None:
        """Replace text that stands once in the file of a table."""
        text = self.path(table).read_bytes().decode()
        if text.count(old) != 1:
            raise ValueError(f"{old!r} stands {text.count(old)} times in {table}")
        self.path(table).write_bytes(text.replace(old, new).encode())

    def descriptor(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.folder / "datapackage.json").read_text(encoding="utf-8"))
        return content

    def save_descriptor(self, descriptor: dict[str, Any]) -> None:
        text = json.dumps(descriptor, ensure_ascii=False, indent=2)
        (self.folder / "datapackage.json").write_text(f"{text}\n", encoding="utf-8")

    def schema(self, name: str) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(
            (self.folder / "schemas" / f"{name}.json").read_text(encoding="utf-8")
        )
        return content

    def save_schema(self, name: str, schema: dict[str, Any]) -> None:
        (self.folder / "schemas" / f"{name}.json").write_text(json.dumps(schema), encoding="utf-8")
