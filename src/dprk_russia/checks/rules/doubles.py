"""Rules on doubles: one claim, or one page, that is entered twice."""

from __future__ import annotations

from string import ascii_lowercase, digits
from typing import TYPE_CHECKING

from dprk_russia.checks.rests import name_columns
from dprk_russia.checks.rules.kinds import SearchRule
from dprk_russia.checks.rules.references import TOLERANCE_DAYS
from dprk_russia.checks.rules.rows import BOUNDED
from dprk_russia.contract.package import FIGURES
from dprk_russia.tabular.addresses import find_shared
from dprk_russia.tabular.frames import plain_cells
from dprk_russia.tabular.relations import through
from dprk_russia.tabular.texts import list_words, number_letters, split_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from dprk_russia.checks.loaded import LoadedTables
    from dprk_russia.checks.rules.kinds import AcrossRule
    from dprk_russia.contract.findings import Finding, Rule

FIGURE = ("indicator_id", "scope", "assumption", "currency", "period_start", "period_end", *BOUNDED, "bound")
# Words without which a sentence asserts the same.
EMPTY_WORDS = (
    "a", "an", "and", "are", "be", "been", "had", "has", "have", "is", "it", "its", "of", "that", "the", "their",
    "they", "was", "were", "which",
)  # fmt: skip
# Letters and digits that sentences share which assert the same: none stands in a word that is passed over, nor in an owner's "s".
FULL_LETTERS = sorted({*ascii_lowercase, *digits}.difference("s", *EMPTY_WORDS))


def _check_claims(rule: Rule, tables: LoadedTables) -> Iterator[Finding]:
    import pandas as pd

    ids = tables.frames["claims"]["claim_id"]
    said = {
        line: f"{ids[first]}, of the same speaker and day, has the same figure."
        for line, first in _pair_figures(tables)
    }
    said |= {
        line: f"{ids[first]}, of the same speaker, has the same words." for line, first in _pair_words(tables)
    }
    yield from tables.find(rule, "claims", said, "{said}", "statement", said=pd.Series(said, dtype="object"))


def _pair_words(tables: LoadedTables) -> Iterator[tuple[int, int]]:
    """Yield the lines of claims with the words of an earlier one of the same day or period, and the line of that."""
    claims = _select_alike(tables)
    columns = ("speaker", "subject", "period_start", "period_end", "asserted")
    words = list_words(split_words(claims["statement"].str.lower()))
    rows = zip(claims.index.tolist(), *(plain_cells(claims[name]) for name in columns), words, strict=True)
    first: dict[tuple[object, ...], int] = {}
    for line, speaker, subject, start, end, asserted, said in rows:
        full = tuple(sorted(word for word in said if word and word not in EMPTY_WORDS))
        # In another order the same words may say the reverse, but then of another subject.
        for wording in ("".join(said), (subject, full)):
            for time in filter(None, ((start, end), asserted)):
                earlier = first.setdefault((speaker, time, wording), line)
                if earlier != line:
                    yield line, earlier


def _select_alike(tables: LoadedTables) -> pd.DataFrame:
    """Return the claims that have a statement made of the same letters as another of the same speaker, who is known."""
    import pandas as pd

    claims, relations = tables.frames["claims"], tables.relations
    speakers = relations.row_numbers("claims", "asserted_by")
    letters = number_letters(claims["statement"], FULL_LETTERS)
    repeats = pd.DataFrame({"speaker": speakers, "letters": letters}).duplicated(keep=False)
    is_alike = repeats.to_numpy() & (speakers >= 0) & claims["statement"].notna().to_numpy(dtype=bool)
    subjects = relations.row_numbers("claims", "subject_id")
    return claims[is_alike].assign(speaker=speakers[is_alike], subject=subjects[is_alike])


def _pair_figures(tables: LoadedTables) -> Iterator[tuple[int, int]]:
    """Yield the lines of claims with a figure of an earlier one of the same speaker and day, and the line of that."""
    claims, relations = tables.frames["claims"], tables.relations
    speakers = relations.row_numbers("claims", "asserted_by")
    for table in FIGURES:
        rows, figures = relations.row_numbers(table, "claim_id"), tables.frames[table]
        keys = figures[list(FIGURE)].assign(
            speaker=through(rows, speakers), asserted=relations.look_up(table, "claim_id", "asserted")
        )
        told = figures[list(BOUNDED)].notna().any(axis=1) & keys[["indicator_id", "asserted"]].notna().all(
            axis=1
        )
        lines = dict(zip(figures.index, claims.index.take(rows), strict=True))
        pairs = _pair_first(keys[told & (keys["speaker"] >= 0)])
        yield from ((lines[line], lines[first]) for line, first in pairs if lines[line] != lines[first])


def _pair_first(keys: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """Yield the line of each row that repeats the cells of an earlier one, and the line of the first such row."""
    alike = keys[keys.duplicated(keep=False)].astype(object)
    first: dict[tuple[object, ...], int] = {}
    rows = alike.where(alike.notna(), None).itertuples(index=False, name=None)
    for line, row in zip(alike.index.tolist(), rows, strict=True):
        if first.setdefault(row, line) != line:
            yield line, first[row]


def _check_sources(rule: Rule, tables: LoadedTables) -> Iterator[Finding]:
    import pandas as pd

    sources = tables.frames["sources"]
    pages = find_shared(sources["url"]).to_frame("page").join(sources)
    # The unique key of the table speaks of rows whose address and date are the same to the letter.
    pages = pages[~pages.duplicated(["url", "published"]) | pages["published"].isna()]
    # Of a page with a date and one without, the latter is told.
    pages = pages.sort_values(["page", "published_from"], na_position="last")
    reach = pages.groupby("page")["published_to"].cummax().groupby(pages["page"]).shift()
    first = pages["published_from"] - pd.Timedelta(days=TOLERANCE_DAYS)
    follows = pages["page"].duplicated()
    alike = pages.index[follows & ~(first > reach)].sort_values()
    others = pages.groupby("page")["source_id"].shift()[alike]
    yield from tables.find(rule, "sources", alike, "{other} is the same page.", "url", other=others)


TABLE_RULES: tuple[AcrossRule, ...] = (
    SearchRule(
        "near-duplicate-claim",
        (
            "claims.claim_id", "claims.statement", "claims.asserted_by>actors", "claims.subject_id>actors",
            "claims.asserted", "claims.period_start", "claims.period_end",
            *name_columns(FIGURES, ("claim_id>claims", *FIGURE)),
        ),
        _check_claims,
    ),
    SearchRule(
        "near-duplicate-source",
        ("sources.source_id", "sources.url", "sources.published", "sources.published_from", "sources.published_to"),
        _check_sources,
    ),
)  # fmt: skip
