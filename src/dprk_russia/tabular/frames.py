"""Typed frames: the same column types for loading, validating and releasing, derived from the contract.

A date column stays as published, with reduced precision; the columns `NAME_from` and `NAME_to` beside it hold the
first and the last day it covers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    import numpy as np
    import pandas as pd
    from pandas._typing import ArrayLike

    from dprk_russia.contract.schema import Field, Table
    from dprk_russia.tabular.relations import Mask, RowNumbers

Cells = TypeVar("Cells", "pd.Series", "pd.DataFrame")

NUMERIC: dict[str, Literal["Int64", "Float64"]] = {"integer": "Int64", "number": "Float64"}
DATE_UNIT: Literal["us"] = "us"


def text_type(storage: Literal["pyarrow"] | None = None) -> pd.StringDtype[Any]:
    """Return the type that pandas calls str from its version 3 on; before, "str" makes missing cells texts.

    Without a storage it is pyarrow's where that is installed.
    """
    import numpy as np
    import pandas as pd

    return pd.StringDtype(storage, na_value=np.nan)


def as_text(cells: Cells) -> Cells:
    """Return cells as text, empty where they are missing."""
    return cells.astype(text_type()).fillna("")


def type_frame(text: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return the typed form of a frame of strings whose cells are all well written.

    Numbers become Float64, whole numbers Int64, codes categoricals in schema order, everything else strings.
    """
    import pandas as pd

    columns: dict[str, pd.Series] = {}
    for field in table.fields:
        columns[field.name] = type_column(text[field.name], field)
        if field.is_date:
            columns |= zip(field.day_columns, _find_days(text[field.name]), strict=True)
    return pd.DataFrame(columns, index=text.index, copy=False)


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


def type_column(column: pd.Series, field: Field) -> pd.Series:
    """Return a column in the type of its field."""
    import numpy as np
    import pandas as pd

    if field.form == "code":
        # Each code is looked up once; `astype` would look up every cell.
        numbers, codes = pd.factorize(column)
        places = np.append(pd.Index(field.codes).get_indexer(codes), -1)[numbers]
        dtype = pd.CategoricalDtype(pd.Index(field.codes, dtype=text_type()), ordered=field.ordered)
        return pd.Series(pd.Categorical.from_codes(places, dtype=dtype), index=column.index)
    if field.form in NUMERIC:
        return column.astype(NUMERIC[field.form])
    return column.astype(text_type())


def parse_days(texts: Iterable[object]) -> pd.DatetimeIndex:
    """Return days written as ISO text, missing ones included; pandas 2 by itself knows none after 2262."""
    import numpy as np
    import pandas as pd

    return pd.DatetimeIndex(np.array([*texts], dtype=f"datetime64[{DATE_UNIT}]"))


def _find_days(column: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the first and the last day of each date; few dates are distinct, so each is parsed once."""
    import numpy as np
    import pandas as pd

    codes, dates = pd.factorize(column)
    first = np.array([f"{text}-01-01"[:10] for text in dates], dtype="datetime64[D]")
    length = np.array([len(text) for text in dates])
    last = np.select(
        [length == 4, length == 7],
        [(first.astype(f"datetime64[{unit}]") + 1).astype(first.dtype) - 1 for unit in "YM"],
        first,
    )
    return tuple(  # type: ignore[return-value]
        pd.Series(
            np.append(days, np.datetime64("NaT")).astype(f"datetime64[{DATE_UNIT}]")[codes],
            index=column.index,
        )
        for days in (first, last)
    )


class Tables(Mapping[str, "pd.DataFrame"]):
    """Typed tables by name, which can also be had as lists of plain cells: numbers, text, days as ISO text, none."""

    def count_rows(self, name: str) -> int:
        """Return the number of rows of a table."""
        return len(self[name])

    def read_cells(self, name: str, columns: Collection[str]) -> dict[str, list[object]]:
        """Return columns of a table as lists of plain cells."""
        frame = self[name]
        return {str(column): plain_cells(frame[column]) for column in frame.columns if column in columns}


class Frames(dict[str, "pd.DataFrame"], Tables):
    """Typed tables in memory."""


def plain_cells(column: pd.Series) -> list[object]:
    """Return the cells of a typed column as numbers and text, days as ISO text, a missing cell as none."""
    import numpy as np
    import pandas as pd

    if pd.api.types.is_datetime64_dtype(column):
        # Few days are distinct, so each is written once.
        numbers, days = pd.factorize(column)
        return _look_up(numbers, np.datetime_as_string(np.asarray(days), unit="D").tolist())
    if isinstance(column.dtype, pd.CategoricalDtype):
        return _look_up(column.cat.codes.to_numpy(), column.cat.categories)
    return list(column.to_numpy(dtype=object, na_value=None))  # type: ignore[call-overload]


def list_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a typed frame as plain cells by column."""
    columns = [str(column) for column in frame.columns]
    cells = (plain_cells(frame[column]) for column in columns)
    return [dict(zip(columns, row, strict=True)) for row in zip(*cells, strict=True)]


def _look_up(
    numbers: np.ndarray[tuple[int], np.dtype[np.integer]], distinct: Iterable[object]
) -> list[object]:
    """Return the value of each number; -1 stands for none."""
    import numpy as np

    return list(np.array([*distinct, None], dtype=object)[numbers])


def number_rows(frame: pd.DataFrame, key: tuple[str, ...]) -> RowNumbers:
    """Return a number for each row that it shares with the rows of the same key; -1 for an incomplete key.

    A key that appears later has a higher number.
    """
    import numpy as np
    import pandas as pd

    numbers = np.zeros(len(frame), dtype="int64")
    complete = np.ones(len(frame), dtype=bool)
    for place, column in enumerate(key):
        codes, known = pd.factorize(frame[column])
        complete &= codes >= 0
        numbers = pd.factorize(numbers * (len(known) + 1) + codes)[0] if place else codes
    return np.where(complete, numbers, -1)


def ascends(frame: pd.DataFrame, key: tuple[str, ...]) -> bool:
    """Tell whether every row has a complete key that sorts after that of the row before, so that none repeats."""
    return not find_descents(frame, key, strictly=True).any()


def find_descents(frame: pd.DataFrame, key: tuple[str, ...], *, strictly: bool) -> Mask:
    """Tell for each row but the first whether its key sorts before that of the row above.

    Under `strictly` an equal or incomplete key counts as well.
    """
    import numpy as np
    import pandas as pd

    descends = np.full(max(len(frame) - 1, 0), strictly)
    for column in reversed(key):
        cells = frame[column].array
        if isinstance(cells.dtype, pd.CategoricalDtype):
            cells = frame[column].astype(text_type()).array
        below, above = cells[1:], cells[:-1]
        descends = _as_mask(below < above) | (_as_mask(below == above) & descends)
        if strictly:
            descends |= np.asarray(below.isna() | above.isna())
    return descends


def _as_mask(comparison: ArrayLike) -> Mask:
    """Return the outcome of a comparison; what is compared with a missing cell is false."""
    import pandas as pd

    return pd.Series(comparison).fillna(value=False).to_numpy(dtype=bool)
