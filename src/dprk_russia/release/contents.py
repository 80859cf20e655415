"""What every format of a release says of the columns of a typed frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dprk_russia.contract.schema import Field, Table


@dataclass(frozen=True, slots=True)
class LoadedColumn:
    """One column of a typed frame. `field` is the field of the contract it comes from."""

    name: str
    title: str
    description: str
    field: Field

    @property
    def is_derived(self) -> bool:
        """Tell whether loaders add the column beside a date."""
        return self.name != self.field.name


def list_columns(table: Table) -> Iterator[LoadedColumn]:
    """Yield the columns of the typed frame of a table, or of a derived frame, in order."""
    for field in table.fields:
        yield LoadedColumn(field.name, field.title, " ".join(field.description.split()), field)
        # A derived frame lies in no file, and has no days beside its dates but those it names itself.
        for name, day in zip(field.day_columns if table.path else (), ("First", "Last"), strict=False):
            title = f"{field.title}: {day.lower()} day"
            yield LoadedColumn(name, title, f"{day} day that {field.name} covers.", field)
