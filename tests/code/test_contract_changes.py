"""What changes in a contract: each property of a table and of a column is told once, with what it was and is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from dprk_russia.contract.package import Package, installed_package
from dprk_russia.contract.schema import Category, ForeignKey
from dprk_russia.versions.changes import Comparison, ContractChange, Step, compare
from dprk_russia.versions.reports import render_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dprk_russia.contract.schema import Table

    Edit = Callable[[Table], Table]

PLACES = installed_package().table("places")
EXCHANGED = (PLACES.fields[1], PLACES.fields[0], *PLACES.fields[2:])
TWO_CODES = (Category("kept", "Kept."), Category("other", "Other."))


def edit_column(column: str, **properties: Any) -> Edit:
    return lambda table: replace(
        table,
        fields=tuple(
            replace(field, **properties) if field.name == column else field for field in table.fields
        ),
    )


def make_codes(codes: tuple[Category, ...], *, ordered: bool = False) -> Edit:
    return edit_column("country", form="code", categories=codes, ordered=ordered)


def keep(table: Table) -> Table:
    return table


@pytest.fixture
def difference(tmp_path: Path) -> Callable[[Edit, Edit], tuple[list[ContractChange], Step]]:
    """Compare two versions of one table, whose rows are the same."""
    (tmp_path / "data").mkdir()
    path = tmp_path / PLACES.path
    path.write_text(f"{','.join(PLACES.columns)}\nkursk,Kursk,,RU,,,\n")
    (tmp_path / "changed.csv").write_text(f"{','.join(f.name for f in EXCHANGED)}\nKursk,kursk,,RU,,,\n")

    def find(before: Edit, after: Edit) -> tuple[list[ContractChange], Step]:
        old, new = (make_package(tmp_path, edit(PLACES)) for edit in (before, after))
        comparison = compare(old, new)
        assert comparison.skipped == ()
        return list(comparison.contract), comparison.step

    return find


def make_package(folder: Path, table: Table) -> Package:
    return replace(installed_package(), folder=folder, tables=(table,), declared=(table.name,))


@pytest.mark.parametrize(
    ("before", "after", "part", "old", "new", "step"),
    [
        (
            keep,
            lambda table: replace(table, primary_key=("place_id", "name")),
            "primary key",
            "place_id",
            "place_id, name",
            Step.MAJOR,
        ),
        (
            keep,
            lambda table: replace(table, unique_keys=(("geonames_id",), ("name", "country"))),
            "unique keys",
            "geonames_id",
            "geonames_id; name, country",
            Step.MINOR,
        ),
        (keep, lambda table: replace(table, unique_keys=()), "unique keys", "geonames_id", None, Step.MINOR),
        (
            keep,
            lambda table: replace(table, fields=EXCHANGED, path="changed.csv"),
            "column order",
            ", ".join(PLACES.columns),
            ", ".join(field.name for field in EXCHANGED),
            Step.MINOR,
        ),
    ],
)
def test_a_property_of_a_table_is_told_with_both(
    difference: Callable[[Edit, Edit], tuple[list[ContractChange], Step]],
    before: Edit,
    after: Edit,
    part: str,
    old: str | None,
    new: str | None,
    step: Step,
) -> None:
    assert difference(before, after) == (
        [ContractChange("places", None, None, part, "changed", old, new)],
        step,
    )


@pytest.mark.parametrize(
    ("column", "properties", "part", "old", "new", "step"),
    [
        ("name", {"form": "url"}, "type", "text", "url", Step.MAJOR),
        ("name", {"form": "partial_date"}, "type", "text", "partial date", Step.MAJOR),
        ("name", {"required": False}, "required", "yes", None, Step.MINOR),
        ("native_name", {"required": True}, "required", None, "yes", Step.MINOR),
        ("country", {"pattern": "[A-Z]{3}"}, "pattern", "[A-Z]{2}", "[A-Z]{3}", Step.MINOR),
        ("latitude", {"minimum": 0}, "minimum", "-90", "0", Step.MINOR),
        ("latitude", {"maximum": None}, "maximum", "90", None, Step.MINOR),
        ("name", {"max_length": 99}, "length", "120", "99", Step.MINOR),
    ],
)
def test_a_property_of_a_column_is_told_with_both(
    difference: Callable[[Edit, Edit], tuple[list[ContractChange], Step]],
    column: str,
    properties: dict[str, Any],
    part: str,
    old: str | None,
    new: str | None,
    step: Step,
) -> None:
    assert difference(keep, edit_column(column, **properties)) == (
        [ContractChange("places", column, None, part, "changed", old, new)],
        step,
    )


@pytest.mark.parametrize(("old", "new"), [(None, "topics"), ("topics", None), ("topics", "actors")])
def test_a_foreign_key_that_changes_is_major(
    difference: Callable[[Edit, Edit], tuple[list[ContractChange], Step]], old: str | None, new: str | None
) -> None:
    before, after = (
        lambda table, target=target: replace(
            table, foreign_keys=(ForeignKey("name", target, "id"),) if target else ()
        )
        for target in (old, new)
    )
    change = ContractChange("places", "name", None, "foreign key", "changed", old, new)
    assert difference(before, after) == ([change], Step.MAJOR)


@pytest.mark.parametrize(
    ("before", "after", "changes", "step"),
    [
        (
            make_codes(TWO_CODES[:1]),
            make_codes(TWO_CODES),
            [("other", "code", "added", None, "Other.")],
            Step.MINOR,
        ),
        (
            make_codes(TWO_CODES),
            make_codes(TWO_CODES[:1]),
            [("other", "code", "removed", "Other.", None)],
            Step.MAJOR,
        ),
        (
            make_codes(TWO_CODES),
            make_codes((TWO_CODES[0], Category("other", "Another."))),
            [("other", "label", "changed", "Other.", "Another.")],
            Step.PATCH,
        ),
        (make_codes(TWO_CODES), make_codes(TWO_CODES[::-1]), [], Step.NONE),
        (
            make_codes(TWO_CODES, ordered=True),
            make_codes(TWO_CODES[::-1], ordered=True),
            [(None, "order of codes", "changed", "kept, other", "other, kept")],
            Step.MINOR,
        ),
        (
            make_codes(TWO_CODES),
            make_codes(TWO_CODES, ordered=True),
            [(None, "order of codes", "changed", "kept, other", "kept, other")],
            Step.MINOR,
        ),
        (
            make_codes(TWO_CODES, ordered=True),
            make_codes(TWO_CODES),
            [(None, "order of codes", "changed", "kept, other", "kept, other")],
            Step.MINOR,
        ),
        (
            make_codes(TWO_CODES, ordered=True),
            make_codes((Category("new", "New."), *TWO_CODES), ordered=True),
            [("new", "code", "added", None, "New.")],
            Step.MINOR,
        ),
        (
            make_codes((Category("old", "Old."), *TWO_CODES), ordered=True),
            make_codes(TWO_CODES, ordered=True),
            [("old", "code", "removed", "Old.", None)],
            Step.MAJOR,
        ),
    ],
)
def test_codes_are_told_one_by_one_and_their_order_where_it_counts(
    difference: Callable[[Edit, Edit], tuple[list[ContractChange], Step]],
    before: Edit,
    after: Edit,
    changes: list[tuple[str | None, str, str, str | None, str | None]],
    step: Step,
) -> None:
    expected = [
        ContractChange("places", "country", code, part, kind, old, new)  # type: ignore[arg-type]
        for code, part, kind, old, new in changes
    ]
    assert difference(before, after) == (expected, step)


def test_titles_descriptions_and_examples_can_be_reworded_without_a_step(
    difference: Callable[[Edit, Edit], tuple[list[ContractChange], Step]],
) -> None:
    reworded = edit_column("name", title="Another", description="Another.", example="x")
    assert difference(keep, reworded) == ([], Step.NONE)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (ContractChange("places", None, None, "table", "added"), "+ table places"),
        (ContractChange("places", "note", None, "column", "removed"), "- column places.note"),
        (
            ContractChange("places", None, None, "unique keys", "changed", "name"),
            "~ places: unique keys: name → (empty)",
        ),
        (
            ContractChange("places", "name", None, "type", "changed", "text", "url"),
            "~ places.name: type: text → url",
        ),
        (
            ContractChange("places", "country", "other", "label", "changed", "Other.", "Another."),
            "~ places.country: other, label: Other. → Another.",
        ),
        (
            ContractChange("places", "country", "other", "code", "added", None, "Other."),
            "+ places.country: code other: Other.",
        ),
        (
            ContractChange("places", "country", "other", "code", "removed", "Other."),
            "- places.country: code other: Other.",
        ),
        (
            ContractChange("places", "country", "other", "code", "removed", ""),
            "- places.country: code other: ",
        ),
    ],
)
def test_a_change_is_told_in_a_line(change: ContractChange, line: str) -> None:
    package = installed_package()
    told = render_text(Comparison(package, package, (change,), (), {}, {}, ()), lambda text, _: text)
    assert told.splitlines()[:2] == ["contract: 1 change", f"  {line}"]
