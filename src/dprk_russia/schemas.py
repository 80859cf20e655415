"""Tables compiled into pandera schemas for typed frames."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dprk_russia.cells import MAXIMUM, MINIMUM
from dprk_russia.findings import Rule
from dprk_russia.rules import row_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    import pandera.pandas as pa

    from dprk_russia.contract import Field, Table
    from dprk_russia.rules.kinds import RowRule

PRIMARY_KEY = Rule(
    "primary-key",
    "key",
    "The primary key of a row is complete and no other row has it.",
    "Give the row an id of its own, or merge the two rows.",
)
UNIQUE_KEY = Rule(
    "unique-key",
    "key",
    "No two rows share the values of a unique key.",
    "Look whether both rows are the same thing and merge them.",
)
RULES = (PRIMARY_KEY, UNIQUE_KEY)


def compile_schema(table: Table) -> pa.DataFrameSchema:
    """Compile the contract of a typed frame: column types, bounds, keys and row rules.

    The schema accepts the frames that `dprk_russia.load` returns.
    """
    import pandera.pandas as pa

    columns: dict[str, pa.Column] = {}
    for field in table.fields:
        columns[field.name] = _compile_column(field)
        if field.is_date:
            for end in ("from", "to"):
                columns[f"{field.name}_{end}"] = pa.Column("datetime64[us]", nullable=True)
    return pa.DataFrameSchema(
        columns,
        checks=[*_compile_keys(table), *map(_compile_rule, _applicable_rules(table))],
        name=table.name,
        title=table.title,
        description=table.description,
        strict=True,
        ordered=True,
    )


def _compile_column(field: Field) -> pa.Column:
    import pandera.pandas as pa

    bounds = []
    if field.minimum is not None:
        bounds.append(pa.Check.ge(field.minimum, error=MINIMUM.id))
    if field.maximum is not None:
        bounds.append(pa.Check.le(field.maximum, error=MAXIMUM.id))
    return pa.Column(
        _dtype(field),
        bounds,
        nullable=not field.required,
        title=field.title,
        description=field.description,
    )


def _dtype(field: Field) -> object:
    import numpy as np
    import pandas as pd

    if field.form == "code":
        return pd.CategoricalDtype(pd.Index(field.codes, dtype="str"), ordered=field.ordered)
    return {"integer": pd.Int64Dtype(), "number": pd.Float64Dtype()}.get(
        field.form, pd.StringDtype(na_value=np.nan)
    )


def _compile_keys(table: Table) -> list[pa.Check]:
    import pandera.pandas as pa

    keys = [(PRIMARY_KEY, table.primary_key), *((UNIQUE_KEY, key) for key in table.unique_keys)]
    return [
        pa.Check(partial(is_unique, key=key), name=rule.id, error=key_error(rule, key), ignore_na=False)
        for rule, key in keys
    ]


def key_error(rule: Rule, key: tuple[str, ...]) -> str:
    """Return the name under which pandera reports that a key is not unique."""
    return f"{rule.id}:{','.join(key)}"


def is_unique(frame: pd.DataFrame, key: tuple[str, ...]) -> pd.Series:
    """Tell for each row whether no earlier row has its key; incomplete keys never collide."""
    columns = frame[list(key)]
    repeated = columns.iloc[:, 0].duplicated() if len(key) == 1 else columns.duplicated()
    return ~(repeated & columns.notna().all(axis=1))


def _applicable_rules(table: Table) -> Iterator[RowRule]:
    """Yield the row rules of a table.

    Raises
    ------
    ValueError
        If the table lacks a column that a rule looks at.
    """
    for rule in row_rules(table.name):
        lacking = sorted(set(rule.columns) - set(table.columns))
        if lacking:
            raise ValueError(f"the rule {rule.rule.id} needs the column {', '.join(lacking)}")
        yield rule


def _compile_rule(rule: RowRule) -> pa.Check:
    import pandera.pandas as pa

    return pa.Check(rule.holds, name=rule.rule.id, error=rule.rule.id, ignore_na=False)
