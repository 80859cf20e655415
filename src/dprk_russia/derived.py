"""What the columns of derived frames mean, declared as tables are: `views` computes the frames, this says what they hold.

A column that a frame takes over from a table means there what it means in the table, so only its place is named here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dprk_russia.contract import Field, ForeignKey, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dprk_russia.contract import Form
    from dprk_russia.package import Package


@dataclass(frozen=True, slots=True)
class Computed:
    """A column that no table has. `always` tells that every row fills it."""

    name: str
    form: Form
    description: str
    example: str | float
    always: bool = False


@dataclass(frozen=True, slots=True)
class Copied:
    """A column taken over from a table: `place` is TABLE.COLUMN, `of` whose column it is where that is not the row's own."""

    place: str
    name: str = ""
    of: str = ""
    always: bool | None = None


@dataclass(frozen=True, slots=True)
class View:
    """A derived frame: what a row is, the columns that identify it, and its columns in order."""

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Computed | Copied, ...]


_ORIGINS = Computed(
    "origins",
    "integer",
    "Number of ends of the chains of evidence: the sources that heard or first published it.",
    1,
    always=True,
)
_CARRIERS = Computed(
    "carriers", "integer", "Number of sources that carry it, origins included.", 3, always=True
)
_ECHO = Computed("echo", "number", "Carriers for each origin.", 3, always=True)
_STATEMENT = Copied("claims.statement")
_OTHER = "the other claim"

VIEWS = (
    View(
        "assessments",
        "Assessments",
        "What the evidence, the links and the figures imply about each claim; one row for each claim. "
        "Lists are joined by semicolons.",
        ("claim_id",),
        (
            Copied("claims.claim_id"),
            _ORIGINS,
            _CARRIERS,
            _ECHO,
            Computed(
                "parties",
                "text",
                "Root actors with a name that assert it: the state or body at the head of its speaker's family and "
                "of the speakers of claims that are linked as corroborating or whose figures agree. Media are no "
                "parties, and a claim derived from this one, or this from it, adds none.",
                "south-korea;ukraine",
            ),
            Computed("corroborating_parties", "integer", "Number of these parties.", 2, always=True),
            Computed(
                "corroborating_unnamed",
                "integer",
                "Number of parties without a name, such as unnamed officials, that assert it.",
                1,
                always=True,
            ),
            Computed(
                "admitted_by",
                "text",
                "Parties other than its speaker's that assert it although it concerns themselves: as subject, object "
                "or participant.",
                "north-korea",
            ),
            Computed(
                "conflicts_with",
                "text",
                "Claims of other speakers whose figures of the same indicator, scope, assumption and currency exclude "
                "those of this claim; see disagreements.",
                "C00002;C00004",
            ),
            Computed(
                "agrees_with",
                "text",
                "Claims of other speakers whose figures of the same indicator, scope, assumption and currency speak "
                "of the same time and agree with those of this claim.",
                "C00131",
            ),
            Computed("denied_by", "text", "Claims that reject it.", "C00003"),
            Computed(
                "doubted_by", "text", "Claims that call it unconfirmed, too high or unproven.", "C00140"
            ),
            Computed("updated_by", "text", "Later claims of its own party with a newer value.", "C00009"),
            Computed("retracted_by", "text", "Later claims with which its own party withdraws it.", "C00150"),
            Computed(
                "misreported_by", "text", "Claims of carriers that give a wrong version of it.", "C00004"
            ),
            Computed(
                "misreported",
                "boolean",
                "Whether a carrier changed its value, definition, actors or strength, by the rendering of evidence or "
                "by a link.",
                "true",
                always=True,
            ),
            Computed(
                "first_known", "day", "Last day that the earliest date of publication allows.", "2024-12-16"
            ),
        ),
    ),
    View(
        "estimates",
        "Estimates",
        "Every published figure beside its rivals: one row for each figure, by indicator, scope, assumption and the "
        "day it speaks of. Figures of claims that misreport another are left out. What is taken from "
        "military_figures is taken from economic_figures alike.",
        ("figure_id",),
        (
            Copied("military_figures.indicator_id"),
            Copied("military_figures.scope"),
            Copied("military_figures.assumption"),
            Computed(
                "as_of",
                "day",
                "Last day the figure may speak of: that of its period, or of its assertion if it has no period.",
                "2024-12-23",
                always=True,
            ),
            Copied("actors.name", "speaker", of="the speaker"),
            Computed(
                "side",
                "text",
                "The root actor of the speaker where that is a state or a body of states; otherwise media, unnamed "
                "or independent.",
                "south-korea",
                always=True,
            ),
            Copied("military_figures.bound"),
            Copied("military_figures.value_low"),
            Copied("military_figures.value"),
            Copied("military_figures.value_high"),
            Copied("indicators.unit"),
            Copied("indicators.per"),
            Copied("military_figures.currency"),
            Copied("military_figures.as_stated"),
            Copied("claims.certainty"),
            Copied("military_figures.method"),
            Copied("military_figures.period_start"),
            Copied("military_figures.period_end"),
            Copied("claims.asserted"),
            Copied("claims.asserted_by"),
            _STATEMENT,
            _ORIGINS,
            Computed(
                "superseded_by",
                "text",
                "The latest claim that updates or retracts its claim with a figure of the same measure.",
                "C00009",
            ),
            Copied("military_figures.figure_id"),
            Copied("military_figures.claim_id"),
            Copied("military_figures.source_id"),
            Computed(
                "url",
                "url",
                "Address of the page that was read, or else at the publisher.",
                "https://www.nis.go.kr/",
            ),
        ),
    ),
    View(
        "timeline",
        "Timeline",
        "The events whose date a page states, each once and by date: claims of the kind event that corroborate each "
        "other are one event, told by the earliest of them.",
        ("claim_id",),
        (
            Computed(
                "start",
                "partial_date",
                "First day as published; the last, where no first one is stated.",
                "2024-10",
                always=True,
            ),
            Copied("claims.period_end"),
            Computed("start_from", "day", "First day that start covers.", "2024-10-01", always=True),
            Computed("period_end_to", "day", "Last day that period_end covers.", "2024-10-31"),
            Copied("claims.topic_id"),
            Copied("claims.place_id"),
            _STATEMENT,
            Copied("actors.name", "speaker", of="the speaker"),
            Copied("claims.asserted"),
            Copied("claims.certainty"),
            Copied("claims.credibility"),
            Copied("claims.claim_id"),
            Computed(
                "claims",
                "text",
                "All claims that tell of the event, the earliest first, joined by semicolons.",
                "C00006;C00007",
                always=True,
            ),
        ),
    ),
    View(
        "disagreements",
        "Disagreements",
        "Pairs of claims that cannot both stand, or of which one speaks against the other; one row for each pair and "
        "reason. Figures of two speakers with the same indicator, scope, assumption and currency exclude each other if "
        "they are disjoint although they speak of days no more than 14 apart, totals of days known to the month, or if a "
        "cumulative total lies below one for a surely earlier day. About allows ten percent.",
        (),
        (
            Copied("claims.topic_id"),
            Computed(
                "how",
                "text",
                "Relation of the first claim to the other as in claim_links, or figures where their figures exclude "
                "each other.",
                "denies",
                always=True,
            ),
            Copied("military_figures.indicator_id", of="the figures that exclude each other", always=False),
            Copied("claims.claim_id"),
            Copied("actors.name", "speaker", of="the speaker"),
            Copied("claims.asserted"),
            Copied("military_figures.as_stated", always=False),
            _STATEMENT,
            Copied("claims.claim_id", "other_id", of=_OTHER),
            Copied("actors.name", "other_speaker", of="the other speaker"),
            Copied("claims.asserted", "other_asserted", of=_OTHER),
            Copied("military_figures.as_stated", "other_as_stated", of=_OTHER, always=False),
            Copied("claims.statement", "other_statement", of=_OTHER),
        ),
    ),
    View(
        "echoes",
        "Echoes",
        "The claims that more sources carry than heard or first published them, the loudest first; one row for each "
        "claim.",
        ("claim_id",),
        (
            Copied("claims.claim_id"),
            Copied("claims.asserted_by"),
            _STATEMENT,
            _ORIGINS,
            _CARRIERS,
            _ECHO,
            Computed(
                "departures",
                "integer",
                "Number of carriers that changed something: those with a rendering in evidence.",
                2,
                always=True,
            ),
            Computed(
                "origin_ids",
                "text",
                "The sources at the ends of its chains, joined by semicolons.",
                "ua-hur-2024-12-16",
                always=True,
            ),
        ),
    ),
)


# Where a column of a derived frame comes from, if a table has it: TABLE.COLUMN by frame and name.
PLACES = {
    (view.name, column.name or column.place.partition(".")[2]): column.place
    for view in VIEWS
    for column in view.columns
    if isinstance(column, Copied)
}


def describe_views(package: Package) -> tuple[Table, ...]:
    """Return what each derived frame of a package holds, in the form in which tables are described.

    They lie in no file: `path` and `schema_path` are empty. Dates have no further columns beside them.

    Raises
    ------
    KeyError
        If the package lacks a table or column that a derived frame takes over.
    """
    return tuple(_describe_view(view, package) for view in VIEWS)


def _describe_view(view: View, package: Package) -> Table:
    return Table(
        name=view.name,
        title=view.title,
        description=view.description,
        path="",
        schema_path="",
        fields=tuple(_describe_column(column, package) for column in view.columns),
        primary_key=view.key,
        unique_keys=(),
        foreign_keys=tuple(_find_references(view, package)),
    )


def _describe_column(column: Computed | Copied, package: Package) -> Field:
    if isinstance(column, Computed):
        return Field(
            name=column.name,
            title=column.name.replace("_", " ").capitalize(),
            description=column.description,
            form=column.form,
            example=column.example,
            required=column.always,
        )
    field = _find_origin(column, package)[1]
    title = f"{field.title} of {column.of}" if column.of else field.title
    return replace(
        field,
        name=column.name or field.name,
        title=title,
        description=f"{title}. {field.description}" if column.of else field.description,
        required=field.required if column.always is None else column.always,
    )


def _find_references(view: View, package: Package) -> Iterator[ForeignKey]:
    """Yield the columns that hold ids: those that are foreign keys where they come from, and the keys of tables."""
    for column in view.columns:
        if isinstance(column, Copied):
            table, field = _find_origin(column, package)
            name = column.name or field.name
            if table.primary_key == (field.name,) and not table.name.endswith("_figures"):
                yield ForeignKey(name, table.name, field.name)
            yield from (replace(key, column=name) for key in table.foreign_keys if key.column == field.name)


def _find_origin(column: Copied, package: Package) -> tuple[Table, Field]:
    table_name, _, name = column.place.partition(".")
    table = package.table(table_name)
    return table, table.field(name)
