"""Rules on dates that a text names, and on dates that stand in several places: they agree, and none is left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dprk_russia.checks.rests import name_columns
from dprk_russia.checks.rules.chains import CARRIES
from dprk_russia.checks.rules.kinds import SearchRule, TableRule
from dprk_russia.contract.package import FIGURES
from dprk_russia.tabular.relations import through
from dprk_russia.tabular.texts import find_matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from dprk_russia.checks.loaded import LoadedTables
    from dprk_russia.checks.rules.kinds import AcrossRule
    from dprk_russia.contract.findings import Finding, Rule
    from dprk_russia.tabular.relations import Mask

# What is asserted of a time; opinions, plans and positions need not be.
TIMED = ("event", "condition", "norm", "denial")
PERIOD = ("period_start", "period_end")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAY = rf"[0-9]{{1,2}} (?:{'|'.join(MONTHS)})\b"
# A day after "of" names a thing, as in "the treaty of 19 June 2024", unless it is "as of".
_TIME = rf"(?:^|[^f] |[^o]f |\wof |\b[Aa]s of ){_DAY}"
_YEAR = r"\b(?:19|20)[0-9]{2}\b"
# The date that an id ends with, perhaps before a number or words of its own.
_ID_DATE = re.compile(
    r"-(undated|(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?)(?=-|$)"
)


def _lacks_period(rows: pd.DataFrame) -> Mask:
    return rows[list(PERIOD)].isna().all(axis=1).to_numpy(dtype=bool)


def _find_untimed(tables: LoadedTables, table: str) -> pd.Index:
    claims = tables.frames[table]
    suspects = claims[_lacks_period(claims) & claims["kind"].isin(TIMED)]
    return suspects.index[find_matches(suspects["statement"], _TIME)]


def _find_unyeared(tables: LoadedTables, table: str) -> pd.Index:
    figures = tables.frames[table]
    statements = tables.relations.look_up(table, "claim_id", "statement")[_lacks_period(figures)]
    statements = statements[find_matches(statements, _YEAR)]
    pairs = zip(statements, figures["note"].loc[statements.index].fillna(""), strict=True)
    return statements.index[[not _names_year(*pair) for pair in pairs]]


def _names_year(statement: str, note: str) -> bool:
    """Tell whether a note names a year of a statement."""
    return not set(re.findall(_YEAR, statement)).isdisjoint(re.findall(_YEAR, note))


def _check_assertions(rule: Rule, tables: LoadedTables) -> Iterator[Finding]:
    claims, rows = tables.frames["claims"], _date_own_publications(tables)
    finer = rows["published_to"] - rows["published_from"] < rows["asserted_to"] - rows["asserted_from"]
    within = (rows["asserted_from"] <= rows["published_from"]) & (rows["published_to"] <= rows["asserted_to"])
    found = rows[finer & within].sort_values("published_from").drop_duplicates("claim")
    dates = found["published"].set_axis(claims.index[found["claim"]]).sort_index()
    message = "The speaker published {claim_id} on {day}, and {asserted} is coarser."
    yield from tables.find(rule, "claims", dates.index, message, "asserted", day=dates)


def _date_own_publications(tables: LoadedTables) -> pd.DataFrame:
    """Return the date of each claim, by row number, beside that of its speaker's own publication, for each of these."""
    import numpy as np
    import pandas as pd

    relations = tables.relations
    claims, sources = (relations.row_numbers("evidence", column) for column in ("claim_id", "source_id"))
    speakers = through(claims, relations.row_numbers("claims", "asserted_by"))
    publishers = through(sources, relations.row_numbers("sources", "publisher_id"))
    ends = tables.frames["evidence"]["relays_id"].isna().to_numpy(dtype=bool)
    own = np.flatnonzero(ends & (speakers >= 0) & (speakers == publishers))
    asserted = tables.frames["claims"][["asserted_from", "asserted_to"]].iloc[claims[own]]
    published = tables.frames["sources"][["published", "published_from", "published_to"]].iloc[sources[own]]
    rows = [frame.reset_index(drop=True) for frame in (asserted, published)]
    return pd.concat(rows, axis="columns").assign(claim=claims[own])


def _check_ids(rule: Rule, tables: LoadedTables) -> Iterator[Finding]:
    import pandas as pd

    sources = tables.frames["sources"][["source_id", "published", "note"]].dropna(
        subset=["source_id", "published"]
    )
    columns = [sources[name].to_numpy() for name in ("source_id", "published")]
    suspects = sources[[published not in id_ for id_, published in zip(*columns, strict=True)]]
    rows = zip(suspects["source_id"], suspects["published"], suspects["note"].fillna(""), strict=True)
    found = [_find_other_date(*row) for row in rows]
    dates = pd.Series(found, index=suspects.index, dtype="object").dropna()
    message = "The id says {date}, and {published} is the date of publication."
    yield from tables.find(rule, "sources", dates.index, message, "published", date=dates)


def _find_other_date(source_id: str, published: str, note: str) -> str | None:
    """Return the date in the id of a source that lacks that of publication if it contradicts this and no note names it."""
    match = _ID_DATE.search(source_id)
    if match is None or published.startswith(match[1]):
        return None
    return None if any(date in note for date in _write_date(match[1])) else match[1]


def _write_date(date: str) -> tuple[str, ...]:
    """Return how a note may write a date of an id."""
    year, _, rest = date.partition("-")
    month, _, day = rest.partition("-")
    if not month:
        return (date,)
    return (date, f"{day.lstrip('0')} {MONTHS[int(month) - 1]} {year}".strip())


TABLE_RULES: tuple[AcrossRule, ...] = (
    TableRule(
        "day-without-period",
        ("claims.statement", *(f"claims.kind:{kind}" for kind in TIMED), *name_columns(["claims"], PERIOD)),
        at="claims.period_end",
        message="The statement of {claim_id} names a day, and its period is empty.",
        find_lines=_find_untimed,
    ),
    *(
        TableRule(
            "year-without-period",
            ("claims.statement", *name_columns([table], ("claim_id>claims", "note", *PERIOD))),
            at=f"{table}.period_end",
            message="The statement of {claim_id} names a year, and the period of the figure is empty.",
            find_lines=_find_unyeared,
        )
        for table in FIGURES
    ),
    SearchRule(
        "asserted-too-coarse",
        (
            "claims.claim_id", *name_columns(["claims"], ("asserted", "asserted_from", "asserted_to")),
            "claims.asserted_by>actors", *CARRIES, "evidence.relays_id", "sources.publisher_id>actors",
            *name_columns(["sources"], ("published", "published_from", "published_to")),
        ),
        _check_assertions,
    ),
    SearchRule(
        "source-id-date", ("sources.source_id", "sources.published", "sources.note"), _check_ids
    ),
)  # fmt: skip
