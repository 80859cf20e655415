"""What every format of a release says of the columns of a typed frame."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dprk_russia.contract.schema import Field, Table


def list_columns(table: Table) -> Iterator[Field]:
    """Yield the columns of the typed frame of a table, or of a derived frame, in order.

    The days that loaders add beside a date are fields of their own, named by no column of the table.
    """
    for field in table.fields:
        yield replace(field, description=" ".join(field.description.split()))
        # A derived frame lies in no file, and has no days beside its dates but those it names itself.
        for name, day in zip(field.day_columns if table.path else (), ("First", "Last"), strict=False):
            title, description = f"{field.title}: {day.lower()} day", f"{day} day that {field.name} covers."
            yield replace(field, name=name, title=title, description=description, form="day", required=False)
