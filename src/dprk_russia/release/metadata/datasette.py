"""datasette.json: what Datasette shows around the SQLite file: titles, meanings, the licence, facets and ready queries.

Facets are columns whose values repeat by their nature: closed lists, true or false, ids of tables that refer to nothing.
Numbers have no unit of their column's own, as Datasette's `units` would have it: it stands in the row beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dprk_russia.record.questions import read_questions
from dprk_russia.release.documents.questions import write_query
from dprk_russia.release.metadata.description import write_json
from dprk_russia.tabular.frames import list_columns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dprk_russia.contract.schema import Field, Table
    from dprk_russia.record.questions import Question
    from dprk_russia.release.metadata.description import Description

# The tables in which the SQLite file describes itself.
_HIDDEN = ("_package", "_columns", "_codes")


def write(description: Description, release: Path) -> None:
    """Write the metadata for `datasette FILE.sqlite --metadata datasette.json`."""
    package, licence = description.package, description.licences[0]
    tables = [table for table, _ in description.edition.list_contents()]
    vocabularies = {table.name for table in package.tables if not table.foreign_keys}
    database = {
        "tables": {
            **{table.name: _describe_table(table, vocabularies) for table in tables},
            **{name: {"hidden": True} for name in _HIDDEN},
        },
        "queries": {question.name: _describe_query(question, description) for question in read_questions()},
    }
    metadata = {
        "title": package.title,
        "description": package.description,
        "license": licence.title,
        "license_url": licence.url,
        "about": f"version {package.version}, {description.issued}",
        "source": "; ".join(agent.name for agent in description.creators),
        "source_url": description.homepage,
        "databases": {package.name: database},
    }
    write_json(release / "datasette.json", metadata)


def _describe_table(table: Table, vocabularies: set[str]) -> dict[str, Any]:
    columns = list(list_columns(table))
    return {
        "title": table.title,
        "description": table.description,
        "columns": {column.name: column.description for column in columns},
        "facets": [column.name for column in columns if _repeats(column, table, vocabularies)],
        "sortable_columns": [column.name for column in columns if column.form != "url"],
    }


def _repeats(column: Field, table: Table, vocabularies: set[str]) -> bool:
    key = table.references.get(column.name)
    is_listed = bool(column.categories) or column.form == "boolean"
    return is_listed or (key is not None and key.table in vocabularies)


def _describe_query(question: Question, description: Description) -> dict[str, Any]:
    units = "; ".join(dict.fromkeys(_list_units(question, description)))
    return {
        "title": question.text,
        "description": f"Unit: {units}." if units else "",
        "sql": write_query(question),
    }


def _list_units(question: Question, description: Description) -> Iterator[str]:
    """Yield the unit of each indicator that answers a question."""
    indicators = description.edition.frames["indicators"]
    units = zip(indicators["indicator_id"], indicators["unit"], strict=True)
    yield from (str(unit) for indicator, unit in units if indicator in question.indicators)
