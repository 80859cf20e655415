"""A code or column that a rule or measure rests on cannot vanish from the schemas without a finding."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from dprk_russia.checks import rules
from dprk_russia.checks.faults import Specimen
from dprk_russia.checks.inspection import Inspection
from dprk_russia.checks.loaded import LoadedTables
from dprk_russia.checks.rests import find_broken_measures, find_retyped, list_codes, read_rest
from dprk_russia.checks.rules import ROW_RULES, TABLE_RULES, VERSION_RULES
from dprk_russia.checks.rules.kinds import TableRule
from dprk_russia.checks.validation import find_unmet, validate
from dprk_russia.contract.package import inspect_package, installed_package, read_package
from dprk_russia.record.measures import find_needed, read_measures
from dprk_russia.release import RefusedError, build
from dprk_russia.tabular.loading import read_frames

if TYPE_CHECKING:
    import pandas as pd

    from dprk_russia.checks.rules.kinds import AcrossRule, RowRule
    from dprk_russia.contract.package import Package
    from dprk_russia.contract.schema import Table
    from dprk_russia.record.measures import Measure

pytestmark = pytest.mark.slow

TABLES = {table.name: table for table in installed_package().tables}
CODES = {
    (table.name, field.name, code)
    for table in TABLES.values()
    for field in table.fields
    for code in field.codes
}
NAMES = {name for table in TABLES.values() for field in table.fields for name in field.loaded_columns}
USERS: dict[str, set[str]] = {}
for rule in (*ROW_RULES, *TABLE_RULES, *VERSION_RULES):
    USERS.setdefault(f"The rule {rule.id}", set()).update(rule.rests)
for measure in read_measures().values():
    USERS[f"The measure {measure.name}"] = set(list_codes(measure, TABLES))
SCHEMAS = sorted(
    {table.schema_path.removeprefix("schemas/").removesuffix(".json") for table in TABLES.values()}
)


def users_of(rest: str) -> set[str]:
    return {user for user, rests in USERS.items() if rest in rests}


def rename_code(specimen: Specimen, schema: str, column: str, code: str) -> None:
    content = specimen.schema(schema)
    field = next(field for field in content["fields"] if field["name"] == column)
    for category in field["categories"]:
        if str(category["value"]) == code:
            category["value"] = 7 if field["type"] == "integer" else "renamed"
    if "enum" in field["constraints"]:
        field["constraints"]["enum"] = [category["value"] for category in field["categories"]]
    specimen.save_schema(schema, content)


def test_a_column_that_goes_is_missed_by_measures_that_need_others(specimen: Specimen) -> None:
    package = read_package(specimen.folder)
    claims = package.table("claims")
    fields = tuple(field for field in claims.fields if field.name != "topic_id")
    tables = tuple(replace(claims, fields=fields) if table == claims else table for table in package.tables)
    users = [user for user, _ in find_broken_measures(replace(package, tables=tables))]
    assert users == [f"The measure {name}" for name in ("silent", "timeline", "disagreements", "figures")]


@pytest.mark.parametrize(
    ("schema", "column"), sorted({(TABLES[table].schema_path[8:-5], column) for table, column, _ in CODES})
)
def test_a_code_that_is_renamed_is_missed_by_whatever_rests_on_it(
    specimen: Specimen, schema: str, column: str
) -> None:
    tables = [table for table in TABLES.values() if table.schema_path == f"schemas/{schema}.json"]
    before = specimen.schema(schema)
    for code in tables[0].field(column).codes:
        rename_code(specimen, schema, column, code)
        users = {user for table in tables for user in users_of(f"{table.name}.{column}:{code}")}
        found = {user for user, _ in find_unmet(inspect_package(specimen.folder)[0])}
        assert (code, found) == (code, users)
        if users and code in last_used(schema, column):
            assert "schema-invalid" in {finding.rule for finding in validate(specimen.folder).findings}
        specimen.save_schema(schema, before)


def last_used(schema: str, column: str) -> list[str]:
    """Return the last code of a column that something rests on."""
    tables = [table for table in TABLES.values() if table.schema_path == f"schemas/{schema}.json"]
    codes = tables[0].field(column).codes
    return [code for code in codes if users_of(f"{tables[0].name}.{column}:{code}")][-1:]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_column_that_goes_is_missed_by_whatever_rests_on_it(specimen: Specimen, name: str) -> None:
    before = specimen.schema(name)
    tables = [table for table in TABLES.values() if table.schema_path == f"schemas/{name}.json"]
    key = {column for table in tables for column in table.primary_key}
    for column in (field.name for field in tables[0].fields if field.name not in key):
        specimen.save_schema(name, without(before, column))
        found = {user for user, _ in find_unmet(inspect_package(specimen.folder)[0])}
        used = {
            user
            for user, rests in USERS.items()
            if user.startswith("The rule ")
            for rest in map(read_rest, rests)
            if rest.table in {table.name for table in tables}
            and rest.column in tables[0].field(column).loaded_columns
        }
        assert used - found == set()


def test_rules_that_rest_on_a_column_that_is_gone_are_left_out(specimen: Specimen) -> None:
    specimen.save_schema("figures", without(specimen.schema("figures"), "bound"))
    found = validate(specimen.folder).findings
    assert {finding.rule for finding in found} == {"extra-column", "schema-invalid"}


def without(schema: dict[str, Any], column: str) -> dict[str, Any]:
    """Return a schema that lacks a column."""
    return schema | {
        "fields": [field for field in schema["fields"] if field["name"] != column],
        "uniqueKeys": [key for key in schema.get("uniqueKeys", []) if column not in key],
        "foreignKeys": [key for key in schema.get("foreignKeys", []) if column not in key["fields"]],
    }


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> tuple[Package, dict[str, pd.DataFrame]]:
    """The specimen and its typed rows by line."""
    package = read_package(Specimen(tmp_path_factory.mktemp("rows") / "package").folder)
    return package, {name: frame.set_axis(frame.index + 2) for name, frame in read_frames(package).items()}


@pytest.mark.parametrize("rule", TABLE_RULES, ids=lambda rule: rule.id)
def test_a_rule_across_tables_reads_only_what_it_rests_on(
    rule: AcrossRule, rows: tuple[Package, dict[str, pd.DataFrame]]
) -> None:
    package, frames = rows
    rests = [*map(read_rest, rule.rests)]
    measured = {name for measure in find_needed(rest.table for rest in rests) for name in measure.needs}
    rested = {
        name: {
            *package.table(name).primary_key,
            *(frames[name].columns if name in measured else ()),
            *(rest.column for rest in rests if rest.table == name),
        }
        for name in rule.tables
    }
    inspected = {}
    for name, columns in rested.items():
        table = restrict(package.table(name), columns)
        frame = frames[name][[column for column in frames[name] if column in columns]]
        inspected[name] = Inspection(table, frame, np.ones(len(frame), dtype=bool))
    restricted = replace(package, tables=tuple(inspection.table for inspection in inspected.values()))
    tables = LoadedTables(restricted, inspected)
    assert list(rule.check(tables)) == []


def restrict(table: Table, columns: set[str]) -> Table:
    """Return a table that has no other columns."""
    return replace(
        table,
        fields=tuple(field for field in table.fields if columns.intersection(field.loaded_columns)),
        foreign_keys=tuple(key for key in table.foreign_keys if key.column in columns),
    )


@pytest.mark.parametrize("rule", ROW_RULES, ids=lambda rule: f"{rule.id}-{rule.tables[0]}")
def test_a_rule_within_a_row_reads_only_what_it_rests_on(
    rule: RowRule, rows: tuple[Package, dict[str, pd.DataFrame]]
) -> None:
    for table in rule.tables:
        frame = rows[1][table]
        assert rule.holds(frame[[column for column in frame if column in rule.list_columns(table)]]).all()


def literals(tree: ast.AST) -> set[str]:
    """Return the texts that code compares, looks up or passes to a method that compares."""
    found: set[str] = set()
    made = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        parts: list[ast.expr] = []
        if isinstance(node, ast.Subscript):
            parts = [] if ast.unparse(node.value) == "RULES" else [node.slice]
        elif isinstance(node, ast.Compare):
            parts = node.comparators
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            parts = node.args if node.func.attr in {"isin", "eq", "ne", "look_up", "row_numbers"} else []
        for part in parts:
            found |= {
                text.value.rpartition(".")[2]
                for text in ast.walk(part)
                if isinstance(text, ast.Constant) and isinstance(text.value, str) and text not in made
            }
    return found


# Columns that the rules make themselves or take from measures, names of tables, and words of the contract.
OWN = {
    "claim", "claim_other", "root", "root_other", "asserted_from_other", "asserted_to_other", "said", "repeated",
    "supporter_id", "claim_actors", "claim_links", "evidence", "claims", "sources", "actors", "retired_ids", "figure", "removed", "text",
    "parts", "speaker", "subject", "page", "indicator", "words", "end",
}  # fmt: skip
MODULES = sorted(Path(rules.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_every_text_that_rules_look_for_is_a_column_or_a_code_they_rest_on(module: Path) -> None:
    rests = {
        name
        for rule in (*ROW_RULES, *TABLE_RULES, *VERSION_RULES)
        for rest in map(read_rest, rule.rests)
        for name in (rest.column, rest.code)
    }
    found = literals(ast.parse(module.read_text(encoding="utf-8")))
    assert found - OWN - rests == set()
    assert {name for name in found - OWN if name not in NAMES} <= {code for _, _, code in CODES}


@pytest.mark.parametrize("rule", TABLE_RULES, ids=lambda rule: rule.id)
def test_a_message_quotes_only_columns_that_its_rule_rests_on(rule: TableRule) -> None:
    if isinstance(rule, TableRule):
        quoted = {name for _, name, _, _ in Formatter().parse(rule.message) if name}
        table = rule.at.partition(".")[0]
        assert quoted <= {*rule.list_columns(table), *TABLES[table].primary_key, "id", "created"}
        assert {rest.partition(".")[0] for rest in rule.unless} <= {*rule.tables}


@pytest.mark.parametrize("measure", read_measures().values(), ids=lambda measure: measure.name)
def test_every_code_in_the_sql_of_a_measure_is_one_it_rests_on(measure: Measure) -> None:
    read = {name for step in (*find_needed(measure.needs), measure) for name in step.needs} & TABLES.keys()
    quoted = set(re.findall(r"'([a-z_]+)'", measure.query))
    codes = {code for table, _, code in CODES if table in read}
    rested = {read_rest(rest).code for rest in list_codes(measure, TABLES)}
    assert quoted & codes - rested - EXCEPT.get(measure.name, set()) == set()


# Sides and other words of the measures themselves that are codes elsewhere.
EXCEPT = {"parties": {"media"}, "silent": {"media"}, "figure_days": {"day", "month", "year"}}


def test_a_release_is_refused_if_a_text_rests_on_a_code_that_is_gone(
    specimen: Specimen, tmp_path: Path
) -> None:
    rename_code(specimen, "actors", "kind", "person")
    with pytest.raises(RefusedError) as refused:
        build(specimen.folder, tmp_path / "dist", lambda _: None)
    (finding,) = refused.value.report.findings
    assert finding.message == "The data card rests on actors.kind:person, which the schema lacks."


def test_a_table_that_is_named_without_columns_is_looked_at_whole() -> None:
    topics = TABLES["topics"]
    fields = [replace(field, form="integer") if field.name == "name" else field for field in topics.fields]
    for columns, number in ((["name"], 1), ([], 1), (["definition"], 0)):
        found = find_retyped({"topics": columns}, [replace(topics, fields=tuple(fields))])
        assert len(list(found)) == number
