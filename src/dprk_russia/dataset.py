"""The installed data set: its tables as typed frames, and what they imply.

All functions work offline on the data that is installed with the package. Importing this module imports nothing
outside the standard library; pandas is imported when a frame is first asked for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dprk_russia.package import Package, find_package, read_package

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

    from dprk_russia.contract import Table
    from dprk_russia.provenance import Provenance


@cache
def installed_package() -> Package:
    """Return the description of the installed package.

    Raises
    ------
    dprk_russia.package.PackageError
        If the data are missing from the installation.
    """
    return read_package(find_package())[0]


def _table(name: str) -> Table:
    package = installed_package()
    try:
        return package.table(name)
    except KeyError:
        raise KeyError(f"There is no table {name!r}; the tables are {', '.join(tables())}.") from None


@cache
def _record() -> Provenance:
    from dprk_russia.loading import read_frames
    from dprk_russia.provenance import Provenance
    from dprk_russia.relations import Relations

    package = installed_package()
    return Provenance(Relations(read_frames(package), package))


def _described(name: str) -> Table:
    """Return what describes a table or derived frame."""
    from dprk_russia.derived import describe_views

    views = {view.name: view for view in describe_views(installed_package())}
    return views[name] if name in views else _table(name)


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
    from dprk_russia.loading import read_frame

    return read_frame(_table(name), installed_package().folder)


def describe(name: str) -> pd.DataFrame:
    """Return the columns of a table or derived frame and what they mean.

    Parameters
    ----------
    name
        One of `tables()`, or assessments, estimates, timeline, disagreements or echoes.

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
    The table's schema in `schemas/`; for derived frames `dprk_russia.derived`.
    """
    import pandas as pd

    table = _described(name)
    references = {key.column: key.table for key in table.foreign_keys}
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
    from dprk_russia.schemas import compile_schema

    return compile_schema(_table(name))


def assessments() -> pd.DataFrame:
    """Return what the evidence, links and figures imply about each claim.

    Returns
    -------
    pandas.DataFrame
        One row for each claim: origins and carriers, parties that assert or admit it, and claims that agree with it,
        conflict with it or react to it, joined by semicolons. `describe("assessments")` tells what each column means.

    Source
    ------
    The tables claims, evidence, claim_links, claim_actors, actors, sources, indicators and both tables of figures.
    """
    from dprk_russia.views import assess_claims

    return assess_claims(_record())


def estimates(indicator: str | None = None, *, misreports: bool = False) -> pd.DataFrame:
    """Return every published figure beside its rivals.

    Parameters
    ----------
    indicator
        An indicator_id; all indicators if left out.
    misreports
        Whether to keep figures of claims that misreport another claim.

    Returns
    -------
    pandas.DataFrame
        One row for each figure, sorted by indicator, scope, assumption and the day it speaks of (`as_of`): speaker,
        side (the state or body of states at the head of the speaker's family, else media, unnamed or independent),
        bound, `value_low`, `value`, `value_high` (Float64, in `unit`, money in `currency`), the published words, the
        certainty, the statement, the number of origins, the claim that superseded it, and the page that was read.

    Raises
    ------
    KeyError
        If there is no such indicator.

    Source
    ------
    The tables economic_figures, military_figures, indicators, claims, evidence, claim_links, actors and sources.
    """
    from dprk_russia.views import list_estimates

    record = _record()
    rows = list_estimates(record, misreports=misreports)
    if indicator is None:
        return rows
    known = record.frames["indicators"]["indicator_id"]
    if indicator not in set(known):
        raise KeyError(f"There is no indicator {indicator!r}; load('indicators') lists them.")
    return rows[rows["indicator_id"].eq(indicator)].reset_index(drop=True)


def timeline() -> pd.DataFrame:
    """Return the events whose date a page states, each once.

    Returns
    -------
    pandas.DataFrame
        One row for each event, by date: claims of the kind event that corroborate each other are one event, told by
        the earliest of them; `claims` names them all. `start` and `period_end` are as published, `start_from` and
        `period_end_to` the days they cover.

    Source
    ------
    The tables claims, claim_links and actors.
    """
    from dprk_russia.views import list_events

    return list_events(_record())


def disagreements() -> pd.DataFrame:
    """Return the pairs of claims that cannot both stand.

    Returns
    -------
    pandas.DataFrame
        One row for each pair: `how` is a relation of claim_links (contradicts, denies, doubts, misreports, retracts)
        or `figures`, where two speakers' figures of the same indicator, scope and assumption exclude each other:
        disjoint although they speak of days no more than 14 apart (totals: days known to the month), or a cumulative
        total that lies below one for a surely earlier day. `about` allows ten percent.

    Source
    ------
    The tables claims, claim_links, indicators, actors and both tables of figures.
    """
    from dprk_russia.views import list_disagreements

    return list_disagreements(_record())


def echoes() -> pd.DataFrame:
    """Return the claims that more sources carry than heard or first published them, the loudest first.

    Returns
    -------
    pandas.DataFrame
        One row for each claim: `origins`, `carriers`, `echo` (carriers for each origin), `departures` (carriers that
        changed something) and `origin_ids`.

    Source
    ------
    The tables claims, evidence, sources and actors.
    """
    from dprk_russia.views import list_echoes

    return list_echoes(_record())


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
    from dprk_russia.citation import FORMATS, gather_items

    if format not in FORMATS:
        raise ValueError(f"There is no format {format!r}; the formats are {', '.join(FORMATS)}.")
    return FORMATS[format](gather_items(installed_package(), ids, lambda _: _record()))
