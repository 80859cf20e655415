"""Typed frames: the same column types for loading, validating and releasing, derived from the contract.

A date column stays as published, with reduced precision; the columns `NAME_from` and `NAME_to` beside it hold the
first and the last day it covers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

    from dprk_russia.contract import Field, Table

DATE_UNIT: Literal["us"] = "us"


def type_frame(text: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return the typed form of a frame of strings whose cells are all well written.

    Numbers become Float64, whole numbers Int64, codes categoricals in schema order, everything else strings.
    """
    import pandas as pd

    columns: dict[str, pd.Series] = {}
    for field in table.fields:
        column = text[field.name]
        columns[field.name] = _type_column(column, field)
        if field.is_date:
            columns[f"{field.name}_from"], columns[f"{field.name}_to"] = _find_days(column)
    return pd.DataFrame(columns, index=text.index)


def _type_column(column: pd.Series, field: Field) -> pd.Series:
    import numpy as np
    import pandas as pd

    if field.form == "code":
        return column.astype(pd.CategoricalDtype(pd.Index(field.codes, dtype="str"), ordered=field.ordered))
    if field.form == "integer":
        return pd.to_numeric(column).astype("Int64")
    if field.form == "number":
        return pd.to_numeric(column).astype("Float64")
    return column.astype(pd.StringDtype(na_value=np.nan))


def _find_days(column: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the first and the last day of each date; few dates are distinct, so each is taken apart once."""
    import pandas as pd

    codes, dates = pd.factorize(column)
    first = pd.to_datetime([f"{text}-01-01"[:10] for text in dates], format="%Y-%m-%d")
    years = dates.str.len() == 4
    months = dates.str.len() == 7
    last = first.where(~months, first + pd.offsets.MonthEnd(0)).where(~years, first + pd.offsets.YearEnd(0))
    return tuple(  # type: ignore[return-value]
        pd.Series(days.as_unit(DATE_UNIT).array.take(codes, allow_fill=True), index=column.index)
        for days in (first, last)
    )


def look_up(ids: pd.Series, values: pd.Series) -> pd.Series:
    """Return the value of each id; the type stays that of the values where none is known, as it does not in `map`."""
    return values.reindex(ids).set_axis(ids.index)


def is_in(column: pd.Series, values: pd.Series | pd.Index) -> pd.Series:
    """Tell which cells of a column of strings are among some values.

    `Series.isin` would turn every value into a Python object.
    """
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = pa.array(column.astype("str"), pa.large_string())
    found = pc.is_in(cells, value_set=pa.array(values.dropna().astype("str"), pa.large_string()))
    return pd.Series(found.to_numpy(zero_copy_only=False), index=column.index, dtype=bool)
