"""Where an id or a code stands in a package, and what is said of it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from dprk_russia.contract.package import Package


def look_up(name: str, package: Package, tables: Mapping[str, pd.DataFrame]) -> list[tuple[str, str]]:
    """Return what a package says of an id or a code, each with the TABLE.COLUMN where it stands.

    Of an id these are the filled cells of its row, of a code what it means in each column that has it.
    """
    return [*_find_row(name, package, tables), *_find_meanings(name, package)]


def list_searched(package: Package, tables: Mapping[str, pd.DataFrame]) -> set[str]:
    """Return the codes of a package, and the ids of what is measured and spoken of, for what a misspelt one means."""
    codes = {code for table in package.tables for field in table.fields for code in field.codes}
    keys = [(table.name, table.primary_key[0]) for table in package.tables]
    return codes.union(
        *(tables[table][key] for table, key in keys if table in {"indicators", "parts", "topics"})
    )


def _find_row(name: str, package: Package, tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, str]]:
    for table in package.tables:
        key, *more = table.primary_key
        if more:
            continue
        rows = tables[table.name]
        for row in rows[rows[key].eq(name)].dropna(axis="columns").to_dict("records"):
            yield from (
                (f"{table.name}.{column}", str(row[column])) for column in table.columns if column in row
            )


def _find_meanings(name: str, package: Package) -> Iterator[tuple[str, str]]:
    for table in package.tables:
        for field in table.fields:
            for category in field.categories:
                if str(category.value) == name:
                    yield f"{table.name}.{field.name}", category.label
