"""The installed data set: its tables as typed frames, and what they imply.

All functions work offline on the data that is installed with the package. Importing this module imports nothing
outside the standard library; pandas is imported when a frame is first asked for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dprk_russia.contract.package import installed_package

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

    from dprk_russia.contract.schema import Table
    from dprk_russia.record.run import Record


def _table(name: str) -> Table:
    package = installed_package()
    try:
        return package.table(name)
    except KeyError:
        raise KeyError(f"There is no table {name!r}; the tables are {', '.join(tables())}.") from None


@cache
def _record() -> Record:
    from dprk_russia.record.citation import read_record

    return read_record(installed_package())


def _described(name: str) -> Table:
    """Return what describes a table or derived frame."""
    from dprk_russia.record.measures import describe_measure, read_measures

    measure = read_measures().get(name)
    return describe_measure(measure, installed_package()) if measure and measure.is_frame else _table(name)


def tables() -> tuple[str, ...]:
    """Return the names of the tables."""
    return tuple(table.name for table in installed_package().tables)


def load(name: str) -> pd.DataFrame:
    """Return a table as a typed frame.

    Parameters
    ----------
    name
        One of `tables()`.

    Returns
    -------
    pandas.DataFrame
        One row for each row of the table, in order of its primary key. Text and ids are `str`, codes are
        categoricals in the order of the schema, whole numbers `Int64`, other numbers `Float64`. A date keeps its
        published precision in a `str` column; `NAME_from` and `NAME_to` (datetime64[us]) hold the first and the last
        day it covers. Money and counts are in plain units. An empty cell is missing.

    Raises
    ------
    KeyError
        If there is no such table.

    Source
    ------
    `data/NAME.csv` and its schema in `schemas/`.
    """
    from dprk_russia.tabular.loading import read_frame

    return read_frame(_table(name), installed_package().folder)


def describe(name: str) -> pd.DataFrame:
    """Return the columns of a table or derived frame and what they mean.

    Parameters
    ----------
    name
        One of `tables()`, or assessments, disagreements, echoes, estimates, figures, sides or timeline.

    Returns
    -------
    pandas.DataFrame
        Index: the name of the column. Columns: `title`, `description`, `type` (text, code, url, day, partial_date,
        integer, number or boolean), `required` (bool: whether no cell is empty), `codes` (the closed list, joined by
        semicolons), `references` (the table whose ids it holds) and `example`.

    Raises
    ------
    KeyError
        If there is no such table.

    Source
    ------
    The table's schema in `schemas/`; for a derived frame the head of its SQL in `dprk_russia/record/frames/`.
    """
    import pandas as pd

    table = _described(name)
    references = {column: key.table for column, key in table.references.items()}
    rows = [
        {
            "column": field.name,
            "title": field.title,
            "description": field.description,
            "type": field.form,
            "required": field.required,
            "codes": ";".join(field.codes),
            "references": references.get(field.name, ""),
            "example": str(field.example),
        }
        for field in table.fields
    ]
    return pd.DataFrame(rows).set_index("column")


def schema(name: str) -> pa.DataFrameSchema:
    """Return the pandera schema that frames of a table keep; needs the extra `validate`.

    Parameters
    ----------
    name
        One of `tables()`.

    Returns
    -------
    pandera.pandas.DataFrameSchema
        Types, bounds, keys and row rules of the table, compiled from its Table Schema. It accepts what `load(name)`
        returns.

    Raises
    ------
    KeyError
        If there is no such table.
    ImportError
        If pandera is not installed.

    Source
    ------
    The table's schema in `schemas/`.
    """
    from dprk_russia.checks.schemas import compile_schema

    return compile_schema(_table(name))


def assessments() -> pd.DataFrame:
    """Return what the evidence, links and figures imply about each claim.

    Returns
    -------
    pandas.DataFrame
        One row for each claim, by claim_id. `describe("assessments")` tells what the columns hold.

    Source
    ------
    The tables claims, evidence, claim_links, claim_actors, actors, sources, indicators and both tables of figures, by
    `dprk_russia/record/frames/assessments.sql`.
    """
    return _record().frame("assessments")


def estimates(
    indicator: str | None = None, *, current: bool = False, misreports: bool = False
) -> pd.DataFrame:
    """Return every published figure beside its rivals, with what stands for and against it.

    Parameters
    ----------
    indicator
        An indicator_id; all indicators if left out.
    current
        Whether to leave out figures that were superseded or withdrawn. They show how an estimate grew.
    misreports
        Whether to keep figures of claims that misreport another claim.

    Returns
    -------
    pandas.DataFrame
        One row for each figure, sorted by indicator, scope, assumption, currency and the day it speaks of (`as_of`). `number`
        is the one to plot. Numbers are in `unit`, money in `currency`. `describe("estimates")` tells what the columns hold.

    Raises
    ------
    KeyError
        If there is no such indicator.

    Source
    ------
    The tables economic_figures, military_figures, indicators, claims, evidence, claim_links, actors and sources, by
    `dprk_russia/record/frames/estimates.sql`.
    """
    record = _record()
    rows = record.frame("estimates")
    if misreports:
        order = ["indicator_id", "scope", "assumption", "currency", "as_of", "figure_id"]
        stated = record.frame("stated_figures").sort_values(order, na_position="first", ignore_index=True)
        rows = stated[rows.columns]
    if current:
        rows = rows[rows["is_current"]]
    if indicator is not None:
        if indicator not in set(record.tables["indicators"]["indicator_id"]):
            raise KeyError(f"There is no indicator {indicator!r}; load('indicators') lists them.")
        rows = rows[rows["indicator_id"].eq(indicator)]
    return rows.reset_index(drop=True)


def figures() -> pd.DataFrame:
    """Return every published figure joined with its claim, its speaker and its page.

    Returns
    -------
    pandas.DataFrame
        One row for each figure, by figure_id. `describe("figures")` tells what the columns hold.

    Source
    ------
    The tables economic_figures, military_figures, indicators, claims, evidence, claim_links, actors and sources, by
    `dprk_russia/record/frames/figures.sql`.
    """
    return _record().frame("figures")


def sides() -> pd.DataFrame:
    """Return which side each actor belongs to.

    Returns
    -------
    pandas.DataFrame
        One row for each actor, by side and family. `describe("sides")` tells what the columns hold.

    Source
    ------
    The table actors, by `dprk_russia/record/frames/sides.sql`.
    """
    return _record().frame("sides")


def timeline() -> pd.DataFrame:
    """Return the events whose date a page states, each once.

    Returns
    -------
    pandas.DataFrame
        One row for each event, by date. `describe("timeline")` tells what the columns hold.

    Source
    ------
    The tables claims, claim_links, evidence, sources and actors, by `dprk_russia/record/frames/timeline.sql`.
    """
    return _record().frame("timeline")


def disagreements() -> pd.DataFrame:
    """Return the pairs of claims that cannot both stand.

    Returns
    -------
    pandas.DataFrame
        One row for each pair and reason, by topic and claim_id. `describe("disagreements")` tells what the columns hold.

    Source
    ------
    The tables claims, claim_links, evidence, sources, indicators, actors and both tables of figures, by
    `dprk_russia/record/frames/disagreements.sql`.
    """
    return _record().frame("disagreements")


def echoes() -> pd.DataFrame:
    """Return the claims that many publications carry, though each was said once, the loudest first.

    Returns
    -------
    pandas.DataFrame
        One row for each claim with three carriers or more that were read. `describe("echoes")` tells what the columns hold.

    Source
    ------
    The tables claims, evidence, sources and actors, by `dprk_russia/record/frames/echoes.sql`.
    """
    return _record().frame("echoes")


def cite(*ids: str, format: str = "text") -> str:  # noqa: A002
    """Return a citation of the data set at its version, or of claims, figures and sources.

    Parameters
    ----------
    ids
        A claim_id cites the data set with the claim named, then the sources that carry the claim: where its chains of
        evidence end, then who carried it on. A figure_id cites the data set with the figure named, then the page that
        shows it. A source_id cites the source. None cite the data set.
    format
        `text`, `bibtex` (for biblatex too), `ris` or `csl` (CSL-JSON).

    Returns
    -------
    str
        Each item once, in the order of the ids: in `text` one on each line, in `csl` an array. The key of a source
        is its source_id. Names of authors are given as printed, without a family name told apart.

    Raises
    ------
    KeyError
        If an id is unknown, retired, or of a kind that cannot be cited.
    ValueError
        If there is no such format.

    Source
    ------
    `datapackage.json`; the tables claims, evidence, sources, actors, retired_ids and both tables of figures.
    """
    from dprk_russia.record.citation import FORMATS, gather_items

    if format not in FORMATS:
        raise ValueError(f"There is no format {format!r}; the formats are {', '.join(FORMATS)}.")
    return FORMATS[format](gather_items(_record(), ids))
