"""Tables compiled into pandera schemas for typed frames."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from dprk_russia.checks.rests import read_rest
from dprk_russia.checks.rules import row_rules
from dprk_russia.contract.findings import RULES, Rule
from dprk_russia.tabular.frames import ascends, number_rows, text_type, type_column

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    import pandera.pandas as pa

    from dprk_russia.contract.schema import Field, Table

PRIMARY_KEY = RULES["primary-key"]
UNIQUE_KEY = RULES["unique-key"]
BOUNDS = {name: RULES[name] for name in ("minimum", "maximum")}


class CheckError(Exception):
    """The code of a check ended with an error of its own; `check` is its name, for a row rule the id."""

    def __init__(self, check: str, reason: str) -> None:
        super().__init__(f"The check {check} ended with {reason}")
        self.check = check


def compile_schema(table: Table) -> pa.DataFrameSchema:
    """Compile the contract of a typed frame: column types, bounds, keys and row rules.

    The schema accepts the frames that `dprk_russia.load` returns. A row rule that rests on what the table lacks is left out.
    """
    import pandas as pd
    import pandera.pandas as pa

    columns: dict[str, pa.Column] = {}
    for field in table.fields:
        columns[field.name] = pa.Column(
            type_column(pd.Series(dtype=text_type()), field).dtype,
            _compile_bounds(field),
            nullable=not field.required,
            title=field.title,
            description=field.description,
        )
        columns |= {name: pa.Column("datetime64[us]", nullable=True) for name in field.day_columns}
    return pa.DataFrameSchema(
        columns,
        checks=_compile_checks(table),
        name=table.name,
        title=table.title,
        description=table.description,
        strict=True,
        ordered=True,
    )


def _compile_bounds(field: Field) -> list[pa.Check]:
    import pandera.pandas as pa

    bounds = ((pa.Check.ge, field.minimum, "minimum"), (pa.Check.le, field.maximum, "maximum"))
    return [check(limit, error=rule) for check, limit, rule in bounds if limit is not None]


def _compile_checks(table: Table) -> list[pa.Check]:
    """Return the checks of whole frames: keys, and the row rules that rest on nothing the table lacks."""
    import pandera.pandas as pa

    checks = [
        pa.Check(partial(is_unique, key=key), name=rule.id, error=error, ignore_na=False)
        for error, (rule, key) in name_keys(table).items()
    ]
    for rule in row_rules(table.name):
        rests = (rest for rest in map(read_rest, rule.rests) if rest.table == table.name)
        if all(rest.stands_in(table) for rest in rests):
            checks.append(pa.Check(rule.holds, name=rule.id, error=rule.id, ignore_na=False))
    return checks


def name_keys(table: Table) -> dict[str, tuple[Rule, tuple[str, ...]]]:
    """Return the keys of a table by the names under which pandera reports that they are not unique."""
    keys = [(PRIMARY_KEY, table.primary_key), *((UNIQUE_KEY, key) for key in table.unique_keys)]
    return {f"{rule.id}:{','.join(key)}": (rule, key) for rule, key in keys}


def is_unique(frame: pd.DataFrame, key: tuple[str, ...]) -> pd.Series:
    """Tell for each row whether no earlier row has its key; incomplete keys never collide."""
    import numpy as np
    import pandas as pd

    if ascends(frame, key):
        return pd.Series(np.ones(len(frame), dtype=bool), index=frame.index)
    numbers = number_rows(frame, key)
    highest = np.maximum.accumulate(np.append(-1, numbers))[:-1]
    return pd.Series((numbers > highest) | (numbers < 0), index=frame.index)


def find_failures(
    table: Table, frame: pd.DataFrame, *, unique: bool
) -> Iterator[tuple[tuple[str, str], pd.Series[Any]]]:
    """Yield the bounds, keys and row rules that a typed frame breaks: the check with its column, and values by line.

    The types are not checked again, nor is the primary key of a frame that is `unique`. Checks of a whole frame have no
    column; pandera reports them for each column.

    Raises
    ------
    CheckError
        If a check could not be made; pandera takes whatever its code raises for one more failure.
    """
    import pandera.pandas as pa
    from pandera.errors import SchemaErrorReason, SchemaErrors

    bounded = {
        field.name: pa.Column(checks=bounds, nullable=True)
        for field in table.fields
        if (bounds := _compile_bounds(field))
    }
    known = {PRIMARY_KEY.id} if unique else set()
    checks = [check for check in _compile_checks(table) if check.name not in known]
    schema = pa.DataFrameSchema(bounded, checks=checks)
    try:
        schema.validate(frame, lazy=True, inplace=True)
    except SchemaErrors as errors:
        for error in errors.schema_errors:
            if error.reason_code is not SchemaErrorReason.DATAFRAME_CHECK:
                raise CheckError(str(getattr(error.check, "name", None)), str(error.failure_cases)) from error
        cases = errors.failure_cases.dropna(subset=["index"]).astype({"check": text_type()})
        cases["column"] = cases["column"].where(cases["check"].isin(BOUNDS), "").astype(text_type())
        cases = cases.drop_duplicates(["check", "column", "index"])
        for (check, column), failures in cases.groupby(["check", "column"], sort=False):
            yield (check, column), failures.set_index(failures["index"].astype("int64"))["failure_case"]
