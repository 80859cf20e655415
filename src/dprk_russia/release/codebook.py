"""The codebook: every table, column and code of the contract and every rule, with what the release holds, in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.validation import ALL_RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pandas as pd

    from dprk_russia.contract import Field, Table
    from dprk_russia.package import Package
    from dprk_russia.release.edition import Edition

TYPES = {
    "text": "text",
    "code": "code",
    "url": "address",
    "day": "day",
    "partial_date": "date of year, month or day precision",
    "integer": "whole number",
    "number": "number",
}


def write(edition: Edition, release: Path) -> None:
    """Write the codebook of an edition."""
    lines = _write(edition.package, edition.frames)
    (release / "CODEBOOK.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write(package: Package, frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    yield f"# {package.title}: codebook"
    yield ""
    yield f"Version {package.version}, {package.created}. {package.description}"
    yield ""
    yield "| table | rows | what a row is |"
    yield "|---|---:|---|"
    for table in package.tables:
        yield f"| [{table.name}](#{table.name}) | {len(frames[table.name]):,} | {_cell(table.description)} |"
    for table in package.tables:
        yield from _write_table(table, frames[table.name])
    yield from _write_indicators(frames)
    yield from _write_rules()


def _write_table(table: Table, frame: pd.DataFrame) -> Iterator[str]:
    references = {key.column: key.table for key in table.foreign_keys}
    yield from ("", f"## {table.name}", "", f"{table.title}. {table.description}", "")
    yield f"Primary key: {', '.join(table.primary_key)}. {len(frame):,} rows."
    yield ""
    yield "| column | type | filled | meaning | example |"
    yield "|---|---|---:|---|---|"
    for field in table.fields:
        filled = f"{frame[field.name].notna().mean():.0%}" if len(frame) else ""
        target = references.get(field.name)
        kind = f"id of [{target}](#{target})" if target else TYPES[field.form]
        need = ", required" if field.required else ""
        yield f"| {field.name} | {kind}{need} | {filled} | {_cell(field.description)} | {_cell(str(field.example))} |"
    for field in table.fields:
        if field.categories:
            yield from _write_codes(field, frame)


def _write_codes(field: Field, frame: pd.DataFrame) -> Iterator[str]:
    counts = frame[field.name].astype("str").value_counts()
    yield from ("", f"Codes of {field.name}{', from most to least' if field.ordered else ''}:", "")
    yield "| code | rows | meaning |"
    yield "|---|---:|---|"
    for category in field.categories:
        yield f"| {category.value} | {counts.get(str(category.value), 0):,} | {_cell(category.label)} |"


def _write_indicators(frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    counts = frames["economic_figures"]["indicator_id"].value_counts()
    counts = counts.add(frames["military_figures"]["indicator_id"].value_counts(), fill_value=0).astype(int)
    yield from ("", "## What is measured", "")
    yield "| indicator | figures | unit | definition | with | without |"
    yield "|---|---:|---|---|---|---|"
    for row in (
        frames["indicators"]
        .fillna({"includes": "", "excludes": ""})
        .astype({"per": "str"})
        .fillna({"per": ""})
        .to_dict("records")
    ):
        unit = f"{row['unit']} per {row['per']}" if row["per"] else row["unit"]
        yield (
            f"| {row['indicator_id']} | {counts.get(row['indicator_id'], 0)} | {unit}, {row['accumulation']} "
            f"| {_cell(row['definition'])} | {_cell(row['includes'])} | {_cell(row['excludes'])} |"
        )


def _write_rules() -> Iterator[str]:
    yield from ("", "## Rules", "", "What every release has been checked against.", "")
    yield "| rule | concerns | severity | demand |"
    yield "|---|---|---|---|"
    for rule in ALL_RULES:
        yield f"| {rule.id} | {rule.group} | {rule.severity} | {_cell(rule.sentence)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
