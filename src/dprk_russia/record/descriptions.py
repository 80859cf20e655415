"""What tables and derived frames are and hold, as frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.record.run import type_measure
from dprk_russia.tabular.frames import list_columns, text_type, type_frame

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from dprk_russia.contract.schema import Table


def list_frames(tables: Iterable[Table]) -> pd.DataFrame:
    """Return one row for each table or derived frame."""
    import pandas as pd

    rows = [
        {
            "name": table.name,
            "kind": "table" if table.path else "derived frame",
            "title": table.title,
            "description": table.description,
            "key": ";".join(table.primary_key),
        }
        for table in tables
    ]
    return pd.DataFrame(rows).set_index("name")


def describe_columns(table: Table) -> pd.DataFrame:
    """Return one row for each column that the typed frame of a table, or a derived frame, has."""
    import pandas as pd

    references = {column: key.table for column, key in table.references.items()}
    empty = pd.DataFrame(columns=list(table.columns), dtype=text_type())
    dtypes = (type_frame if table.path else type_measure)(empty, table).dtypes
    rows = [
        {
            "column": field.name,
            "title": field.title,
            "description": field.description,
            "type": field.form,
            "dtype": str(dtypes[field.name]),
            "required": field.required,
            "codes": ";".join(field.codes),
            "references": references.get(field.name, ""),
            "example": str(field.example),
        }
        for field in list_columns(table)
    ]
    return pd.DataFrame(rows).set_index("column")


def describe_column(table: Table, column: str) -> pd.DataFrame:
    """Return the facts of one column, and what each of its codes means."""
    facts = describe_columns(table).loc[column].drop("codes").items()
    categories = next((field.categories for field in table.fields if field.name == column), ())
    meanings = [(str(category.value), category.label) for category in categories]
    return list_values([*((str(name), fact) for name, fact in facts), *meanings])


def list_values(pairs: Iterable[tuple[str, object]]) -> pd.DataFrame:
    """Return a frame of one column, `value`, with the first of each pair as its index, `column`."""
    import pandas as pd

    return pd.DataFrame(pairs, columns=["column", "value"]).set_index("column")
