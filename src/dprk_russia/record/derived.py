"""Derived frames as files of a data package: CSV beside the tables, and the resources of the descriptor that tell of them."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dprk_russia.contract.package import FIXED, locate_derived
from dprk_russia.contract.schema import state_schema
from dprk_russia.tabular.frames import plain_cells

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from dprk_russia.contract.schema import Table


def describe_resource(frame: Table) -> dict[str, Any]:
    """Return the resource of a derived frame, without what is measured of its file."""
    return {
        "name": frame.name,
        **FIXED,
        "title": frame.title,
        "description": frame.description,
        "path": locate_derived(frame.name),
        "schema": state_schema(frame),
    }


def write_csv(rows: pd.DataFrame) -> bytes:
    """Return the rows of a derived frame as CSV in the form of the tables: UTF-8, line feeds, an empty cell where one is missing.

    Numbers are in digits without an exponent, days in ISO 8601, booleans `true` and `false`.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows.columns)
    writer.writerows(zip(*(_write_cells(rows[name]) for name in rows.columns), strict=True))
    return text.getvalue().encode()


def _write_cells(column: pd.Series) -> list[str]:
    import pandas as pd

    write: Callable[[Any], str] = str
    if pd.api.types.is_bool_dtype(column):
        write = _write_boolean
    elif pd.api.types.is_float_dtype(column):
        write = _write_number
    return ["" if cell is None else write(cell) for cell in plain_cells(column)]


def _write_boolean(cell: bool) -> str:  # noqa: FBT001
    return "true" if cell else "false"


def _write_number(cell: float) -> str:
    return f"{Decimal(repr(cell)).normalize():f}"
