"""The installed data set: its tables as typed frames, and what they imply.

All functions work offline on the data that is installed with the package. Importing this module imports nothing
outside the standard library; pandas is imported when a frame is first asked for.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NoReturn

from dprk_russia.contract.errors import (
    MissingExtraError,
    NotFoundError,
    UnknownFormatError,
    explain_missing,
)
from dprk_russia.contract.package import installed_package

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd
    import pandera.pandas as pa

    from dprk_russia.charts.chart import Chart
    from dprk_russia.contract.schema import Table
    from dprk_russia.record.run import Record


@cache
def _record() -> Record:
    from dprk_russia.record.citation import read_record

    return read_record(installed_package())


def _recall(known_by: str | date | None) -> Record:
    """Return the record of all rows, or of those that were known by the end of a day."""
    if known_by is None:
        return _record()
    from dprk_russia.record.knowledge import read_day

    return _rewind(read_day(f"{known_by:%Y-%m-%d}" if isinstance(known_by, date) else str(known_by)))


@lru_cache(maxsize=8)
def _rewind(day: date) -> Record:
    from dprk_russia.record.knowledge import rewind

    return rewind(_record(), day)


def _choose(rows: pd.DataFrame, indicator: str | None) -> pd.DataFrame:
    """Return the rows of one indicator, or all if none is named."""
    if indicator is None:
        return rows
    known = set(_record().tables["indicators"]["indicator_id"])
    if indicator not in known:
        _refuse("indicator", indicator, known, "load('indicators') lists them.")
    return rows[rows["indicator_id"].eq(indicator)].reset_index(drop=True)


@cache
def _frames() -> dict[str, Table]:
    """Return what describes each table and derived frame, by name."""
    from dprk_russia.record.measures import describe_frames

    package = installed_package()
    return {table.name: table for table in (*package.tables, *describe_frames(package))}


def _refuse(kind: str, name: str, known: Collection[str], there_is: str) -> NoReturn:
    """Say that there is nothing of a name: ask whether the nearest was meant, or tell what there is."""
    from dprk_russia.tabular.nearness import suggest

    raise NotFoundError(f"There is no {kind} {name}. {suggest(name, known, there_is)}")


def tables() -> tuple[str, ...]:
    """Return the names of the tables; `describe()` lists the derived frames too."""
    return tuple(table.name for table in installed_package().tables)


def load(name: str) -> pd.DataFrame:
    """Return a table or derived frame as a typed frame.

    Parameters
    ----------
    name
        One of `tables()`, or a derived frame, which a function of the same name returns too; `describe()` lists both.

    Returns
    -------
    pandas.DataFrame
        One row for each row of the table, in order of its primary key; a new frame with each call. Text and ids are
        `str`, codes are categoricals in the order of the schema, whole numbers `Int64`, other numbers `Float64`. A date
        keeps its published precision in a `str` column; `NAME_from` and `NAME_to` (datetime64[us]) hold the first and
        the last day it covers. Money and counts are in plain units. An empty cell is missing.

    Raises
    ------
    NotFoundError
        If there is no such table or derived frame.

    Source
    ------
    `data/NAME.csv` and its schema in `schemas/`; for a derived frame its SQL in `dprk_russia/record/frames/`.
    """
    from dprk_russia.tabular.loading import read_frame

    package = installed_package()
    if name in tables():
        return read_frame(package.table(name), package.folder)
    if name not in _frames():
        _refuse("frame", name, _frames(), f"The frames are {', '.join(_frames())}.")
    return _record().frame(name)


def describe(name: str | None = None) -> pd.DataFrame:
    """Return what a table, derived frame, column, id or code means; without a name, the frames there are.

    Parameters
    ----------
    name
        What `load` takes, the TABLE.COLUMN of one of these, the id of a row, or a code.

    Returns
    -------
    pandas.DataFrame
        Without a name: by `name` the `kind` (table or derived frame), `title`, `description` and `key` (the columns
        that identify a row, joined by semicolons) of each frame.

        Of a table or derived frame: by `column`, in the order of what `load(name)` returns, `title`, `description`,
        `type` (text, code, url, day, partial_date, integer, number or boolean), `dtype` (the name of the type in
        pandas), `required` (bool: whether no cell is empty), `codes` (the closed list, joined by semicolons),
        `references` (the table whose ids it holds) and `example`.

        Of a column: the same facts, then what each of its codes means, as rows of one column, `value`.

        Of an id or code: by `column` (TABLE.COLUMN) the `value`: the filled cells of the row, and what the code means
        in each column that has it.

    Raises
    ------
    NotFoundError
        If there is nothing of that name.

    Source
    ------
    The table's schema in `schemas/`; for a derived frame the head of its SQL in `dprk_russia/record/frames/`.
    """
    from dprk_russia.record.descriptions import describe_column, describe_columns, list_frames, list_values
    from dprk_russia.tabular.lookup import list_searched, look_up

    frames = _frames()
    if name is None:
        return list_frames(frames.values())
    if name in frames:
        return describe_columns(frames[name])
    columns = {
        f"{frame.name}.{column}": (frame, column)
        for frame in frames.values()
        for field in frame.fields
        for column in (field.loaded_columns if frame.path else (field.name,))
    }
    if name in columns:
        return describe_column(*columns[name])
    tables, package = _record().tables, installed_package()
    if found := look_up(name, package, tables):
        return list_values(found)
    known = {*frames, *columns, *list_searched(package, tables)}
    _refuse("frame, column, id or code", name, known, f"The frames are {', '.join(frames)}.")


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
    NotFoundError
        If there is no such table; derived frames have no schema.
    MissingExtraError
        If pandera is not installed.

    Source
    ------
    The table's schema in `schemas/`.
    """
    from dprk_russia.checks.schemas import compile_schema

    if name not in tables():
        _refuse("table", name, tables(), f"The tables are {', '.join(tables())}.")
    try:
        return compile_schema(installed_package().table(name))
    except ModuleNotFoundError as error:
        raise MissingExtraError(explain_missing(error)) from error


def assessments(*, known_by: str | date | None = None) -> pd.DataFrame:
    """Return what the evidence, links and figures imply about each claim.

    Parameters
    ----------
    known_by
        A day: what was known by its end, as for `estimates`.

    Returns
    -------
    pandas.DataFrame
        One row for each claim, by claim_id. `describe("assessments")` tells what the columns hold.

    Raises
    ------
    InvalidDateError
        If `known_by` is no date.

    Source
    ------
    The tables claims, evidence, claim_links, claim_actors, actors, sources, indicators and both tables of figures, by
    `dprk_russia/record/frames/assessments.sql`.
    """
    return _recall(known_by).frame("assessments")


def estimates(
    indicator: str | None = None,
    *,
    current: bool = False,
    misreports: bool = False,
    known_by: str | date | None = None,
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
    known_by
        A day, or a month or year for its last day: the frame as the rows imply it that were published by its end, so that
        nothing is denied, confirmed or superseded by what came later. A date of publication counts from the last day that
        it allows. Claims of which no carrier has a date are left out.

    Returns
    -------
    pandas.DataFrame
        One row for each figure, sorted by indicator, scope, assumption, currency and the day it speaks of (`as_of`). `number`
        is the one to plot. Numbers are in `unit`, money in `currency`. `describe("estimates")` tells what the columns hold.

    Raises
    ------
    NotFoundError
        If there is no such indicator.
    InvalidDateError
        If `known_by` is no date.

    Source
    ------
    The tables economic_figures, military_figures, indicators, parts, claims, evidence, claim_links, actors and sources, by
    `dprk_russia/record/frames/estimates.sql`; which rows were known by `dprk_russia/record/knowledge.py`.
    """
    record = _recall(known_by)
    rows = record.frame("estimates")
    if misreports:
        order = ["indicator_id", "scope", "assumption", "currency", "as_of", "figure_id"]
        stated = record.frame("stated_figures").sort_values(order, na_position="first", ignore_index=True)
        rows = stated[rows.columns]
    if current:
        rows = rows[rows["is_current"]]
    return _choose(rows, indicator).reset_index(drop=True)


def answer(indicator: str | None = None, *, known_by: str | date | None = None) -> pd.DataFrame:
    """Return the newest figure of each side for the whole of what an indicator measures, the newest first.

    Parameters
    ----------
    indicator
        An indicator_id; all indicators if left out.
    known_by
        A day: what was known by its end, as for `estimates`.

    Returns
    -------
    pandas.DataFrame
        One row for each indicator and side, with the day it speaks of and its bound. `describe("answer")` tells what the
        columns hold.

    Raises
    ------
    NotFoundError
        If there is no such indicator.
    InvalidDateError
        If `known_by` is no date.

    Source
    ------
    The tables economic_figures, military_figures, indicators, claims, evidence, claim_links, actors and sources, by
    `dprk_russia/record/frames/answer.sql`.
    """
    return _choose(_recall(known_by).frame("answer"), indicator)


def answer_sentence(indicator: str, *, known_by: str | date | None = None) -> str:
    """Return the newest figure of each side for the whole of what an indicator measures as one sentence.

    Parameters
    ----------
    indicator
        An indicator_id.
    known_by
        A day: what was known by its end, as for `estimates`.

    Returns
    -------
    str
        The rows of `answer`, each with its speaker, the amount with bound and unit, and the day or period it speaks of. Where no
        number was said, the published words.

    Raises
    ------
    NotFoundError
        If there is no such indicator.
    InvalidDateError
        If `known_by` is no date.

    Source
    ------
    As for `answer`, put into words by `dprk_russia/record/wording.py`.
    """
    from dprk_russia.record.wording import tell_answer

    return tell_answer(answer(indicator, known_by=known_by))


def figures(*, known_by: str | date | None = None) -> pd.DataFrame:
    """Return every published figure joined with its claim, its speaker and its page.

    Parameters
    ----------
    known_by
        A day: what was known by its end, as for `estimates`.

    Returns
    -------
    pandas.DataFrame
        One row for each figure, by figure_id. `describe("figures")` tells what the columns hold.

    Raises
    ------
    InvalidDateError
        If `known_by` is no date.

    Source
    ------
    The tables economic_figures, military_figures, indicators, parts, claims, evidence, claim_links, actors and sources, by
    `dprk_russia/record/frames/figures.sql`.
    """
    return _recall(known_by).frame("figures")


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


def timeline(*, known_by: str | date | None = None) -> pd.DataFrame:
    """Return the events, each once, those whose date no page states at the date on which they were first told.

    Parameters
    ----------
    known_by
        A day: what was known by its end, as for `estimates`.

    Returns
    -------
    pandas.DataFrame
        One row for each event, by date. `describe("timeline")` tells what the columns hold.

    Raises
    ------
    InvalidDateError
        If `known_by` is no date.

    Source
    ------
    The tables claims, claim_links, evidence, sources and actors, by `dprk_russia/record/frames/timeline.sql`.
    """
    return _recall(known_by).frame("timeline")


def disagreements(*, known_by: str | date | None = None) -> pd.DataFrame:
    """Return the pairs of claims that cannot both stand.

    Parameters
    ----------
    known_by
        A day: what was known by its end, as for `estimates`.

    Returns
    -------
    pandas.DataFrame
        One row for each pair and reason, by topic and claim_id. `describe("disagreements")` tells what the columns hold.

    Raises
    ------
    InvalidDateError
        If `known_by` is no date.

    Source
    ------
    The tables claims, claim_links, evidence, sources, indicators, parts, actors and both tables of figures, by
    `dprk_russia/record/frames/disagreements.sql`.
    """
    return _recall(known_by).frame("disagreements")


def echoes(*, known_by: str | date | None = None) -> pd.DataFrame:
    """Return the claims that many publications carry, though each was said once, the loudest first.

    Parameters
    ----------
    known_by
        A day: what was known by its end, as for `estimates`.

    Returns
    -------
    pandas.DataFrame
        One row for each claim with three carriers or more that were read. `describe("echoes")` tells what the columns hold.

    Raises
    ------
    InvalidDateError
        If `known_by` is no date.

    Source
    ------
    The tables claims, evidence, sources and actors, by `dprk_russia/record/frames/echoes.sql`.
    """
    return _recall(known_by).frame("echoes")


def silent(indicator: str | None = None, *, known_by: str | date | None = None) -> pd.DataFrame:
    """Return the sides that have published no figure for an indicator although its figures concern them.

    Parameters
    ----------
    indicator
        An indicator_id; all indicators if left out.
    known_by
        A day: what was known by its end, as for `estimates`.

    Returns
    -------
    pandas.DataFrame
        One row for each indicator and side, by both. `describe("silent")` tells what the columns hold.

    Raises
    ------
    NotFoundError
        If there is no such indicator.
    InvalidDateError
        If `known_by` is no date.

    Source
    ------
    The tables economic_figures, military_figures, indicators, claims, claim_actors and actors, by
    `dprk_russia/record/frames/silent.sql`.
    """
    return _choose(_recall(known_by).frame("silent"), indicator)


def distortions(*, known_by: str | date | None = None) -> pd.DataFrame:
    """Return what carriers changed of the claims that they carry.

    Parameters
    ----------
    known_by
        A day: what was known by its end, as for `estimates`.

    Returns
    -------
    pandas.DataFrame
        One row for each claim and publication, by both. `describe("distortions")` tells what the columns hold.

    Raises
    ------
    InvalidDateError
        If `known_by` is no date.

    Source
    ------
    The tables claims, evidence, claim_links, sources and actors, by `dprk_russia/record/frames/distortions.sql`.
    """
    return _recall(known_by).frame("distortions")


def chart(indicator: str, *, known_by: str | date | None = None) -> Chart:
    """Return a chart of the figures of an indicator over time; a notebook shows it.

    A range is a bar between its ends, at least and at most an end with an arrow of fixed length, and words without a
    number have a lane of their own. Nothing is averaged. Where no figure is of the whole, the part with most is shown.

    Parameters
    ----------
    indicator
        An indicator_id.
    known_by
        A day: what was known by its end, as for `estimates`.

    Returns
    -------
    dprk_russia.charts.chart.Chart
        Its method `save(path)` writes it as SVG, PNG or PDF, by the end of the name; PNG and PDF need the extra `charts`.

    Raises
    ------
    NotFoundError
        If there is no such indicator.
    ChartError
        If it has no figure, or had none by that day.
    InvalidDateError
        If `known_by` is no date.

    Source
    ------
    `estimates`; short names of speakers from the table actors; drawn by `dprk_russia/charts`.
    """
    from dprk_russia.charts.chart import draw_indicator

    rows = estimates(indicator, known_by=known_by)
    tables = _record().tables
    return draw_indicator(indicator, rows, tables["indicators"], tables["actors"])


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
    CitationError
        If an id is unknown, retired, or of a kind that cannot be cited.
    UnknownFormatError
        If there is no such format.

    Source
    ------
    `datapackage.json`; the tables claims, evidence, sources, actors, retired_ids and both tables of figures.
    """
    from dprk_russia.record.citation import FORMATS, gather_items

    if format not in FORMATS:
        raise UnknownFormatError(f"There is no format {format}. The formats are {', '.join(FORMATS)}.")
    return FORMATS[format](gather_items(_record(), ids))
