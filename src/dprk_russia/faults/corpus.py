"""One fault for every way a rule can be broken: a single edit of the specimen, and the one finding it must yield."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from dprk_russia.faults.specimen import Specimen


@dataclass(frozen=True)
class Fault:
    """An edit and the finding it yields: rule, file without ending, physical line, column."""

    name: str
    rule: str
    edit: Callable[[Specimen], object]
    table: str
    line: int | None
    column: str | None = None


def _cell(name: str, rule: str, table: str, key: str, line: int, column: str, value: str) -> Fault:
    return Fault(name, rule, lambda s: s.set(table, key, **{column: value}), table, line, column)


def _set(name: str, rule: str, table: str, key: str, line: int, at: str, /, **cells: str) -> Fault:
    return Fault(name, rule, lambda s: s.set(table, key, **cells), table, line, at)


def _bytes(name: str, rule: str, table: str, edit: Callable[[bytes], bytes], line: int | None) -> Fault:
    def apply(specimen: Specimen) -> None:
        file = specimen.path(table)
        file.write_bytes(edit(file.read_bytes()))

    return Fault(name, rule, apply, table, line)


def _header(
    name: str, rule: str, edit: Callable[[list[list[str]]], list[list[str]]], column: str | None
) -> Fault:
    return Fault(name, rule, lambda s: s.save("topics", edit(s.rows("topics"))), "topics", 1, column)


def _descriptor(name: str, rule: str, /, **changes: object) -> Fault:
    return Fault(
        name,
        rule,
        lambda s: s.save_descriptor({**s.descriptor(), **changes}),
        "datapackage.json",
        None,
    )


def _resource(name: str, rule: str, at: str, /, **changes: object) -> Fault:
    """Change the resource of an unreferenced table."""

    def apply(specimen: Specimen) -> None:
        descriptor = specimen.descriptor()
        descriptor["resources"][-1].update(changes)
        specimen.save_descriptor(descriptor)

    return Fault(name, rule, apply, at, None)


def _schema(name: str, edit: Callable[[dict[str, object]], object]) -> Fault:
    def apply(specimen: Specimen) -> None:
        schema = specimen.schema("retired_ids")
        edit(schema)
        specimen.save_schema("retired_ids", schema)

    return Fault(name, "schema-invalid", apply, "schemas/retired_ids.json", None)


def _swap_rows(specimen: Specimen) -> None:
    rows = specimen.rows("topics")
    specimen.save("topics", [rows[0], rows[2], rows[1]])


def _claim(**cells: str) -> dict[str, str]:
    return {
        "claim_id": "C00010",
        "statement": "A claim like no other.",
        "topic_id": "arms",
        "kind": "assessment",
        "asserted_by": "gazette",
        "asserted": "2024-12-18",
        "certainty": "asserted",
        "subject_id": "russia",
        **cells,
    }


def _add_claim(specimen: Specimen, **cells: str) -> None:
    """Add a claim with sound evidence."""
    specimen.add("claims", **_claim(**cells))
    specimen.add("evidence", claim_id="C00010", source_id="gazette-2024-12-18")


def _add_unread(specimen: Specimen) -> None:
    specimen.add("claims", **_claim(asserted_by="ua-hur", asserted="2024-12-16"))
    specimen.add("evidence", claim_id="C00010", source_id="ua-hur-2024-12-16")


def _add_smaller_total(specimen: Specimen) -> None:
    """Add a later total of the gazette below its earlier one."""
    specimen.add(
        "military_figures",
        figure_id="M00006",
        claim_id="C00008",
        indicator_id="killed",
        source_id="gazette-2024-12-18",
        as_stated="vingt",
        value="20",
        bound="exact",
        method="reported",
        period_end="2025-01-18",
    )


def _add_larger_part(specimen: Specimen) -> None:
    specimen.add(
        "military_figures",
        figure_id="M00006",
        claim_id="C00004",
        indicator_id="killed",
        source_id="gazette-2024-12-18",
        as_stated="quarante",
        value="40",
        bound="exact",
        method="reported",
        scope="kursk",
        period_end="2024-12-18",
    )


PACKAGE = [
    _descriptor("a descriptor without a title", "descriptor-invalid", title=""),
    _descriptor("a descriptor without a day", "descriptor-invalid", created="yesterday"),
    _descriptor("a descriptor without a licence", "descriptor-invalid", licenses=[]),
    Fault(
        "a descriptor that is no JSON",
        "descriptor-invalid",
        lambda s: (s.folder / "datapackage.json").write_text('{"name": '),
        "datapackage.json",
        1,
    ),
    _descriptor("a name that is a path", "descriptor-invalid", name="../evil"),
    _descriptor("a property of the wrong type", "descriptor-invalid", keywords=5),
    _resource(
        "a property nobody checks", "descriptor-invalid", "datapackage.json", dialect={"delimiter": ";"}
    ),
    _resource("a path that is not plain", "unsafe-path", "datapackage.json", path="./data/retired_ids.csv"),
    Fault(
        "a descriptor that is empty",
        "descriptor-invalid",
        lambda s: (s.folder / "datapackage.json").write_text("[]"),
        "datapackage.json",
        None,
    ),
    Fault(
        "a descriptor of megabytes",
        "file-too-large",
        lambda s: (s.folder / "datapackage.json").write_text("{}" + " " * 4_000_000),
        "datapackage.json",
        None,
    ),
    _schema("an empty schema", lambda s: s.clear()),
    _schema("a limit of no size", lambda s: s["fields"][5]["constraints"].update(maxLength=0)),  # type: ignore[index]
    _descriptor("a version in two parts", "version-form", version="1.0"),
    _resource("a path that climbs out", "unsafe-path", "datapackage.json", path="../secret.csv"),
    _resource("an absolute path", "unsafe-path", "datapackage.json", path="/etc/passwd"),
    _resource("a path on the network", "unsafe-path", "datapackage.json", path="https://evil.example/x.csv"),
    _resource("a path given twice", "unsafe-path", "datapackage.json", path="data/topics.csv"),
    _resource("a row count that lies", "content-changed", "retired_ids", rowCount=7),
    _resource("the hash of another file", "content-changed", "retired_ids", hash="sha256:0"),
    Fault(
        "a table that is missing",
        "missing-file",
        lambda s: s.path("retired_ids").unlink(),
        "retired_ids",
        None,
    ),
    Fault(
        "a table nobody lists",
        "unlisted-file",
        lambda s: s.path("stray").write_text("a\n"),
        "stray",
        None,
    ),
    _schema("a constraint nobody checks", lambda s: s["fields"][0]["constraints"].update(unique=True)),  # type: ignore[index]
    _schema("a field type nobody checks", lambda s: s["fields"][5].update(type="duration")),  # type: ignore[index]
    _schema("a pattern that is no expression", lambda s: s["fields"][0]["constraints"].update(pattern="[")),  # type: ignore[index]
    _schema("a field without a description", lambda s: s["fields"][5].pop("description")),  # type: ignore[index]
    _schema("a key of a missing field", lambda s: s.update(primaryKey=["nothing"])),
    _schema("a code without a meaning", lambda s: s["fields"][2]["categories"][0].pop("label")),  # type: ignore[index]
]

FILE = [
    _bytes("an empty file", "empty-file", "retired_ids", lambda _: b"", None),
    _bytes("a byte order mark", "byte-order-mark", "topics", lambda b: b"\xef\xbb\xbf" + b, 1),
    _bytes("a Latin-1 letter", "not-utf8", "claims", lambda b: b.replace(b"badly", b"b\xe4dly"), 9),
    _bytes("a binary file", "not-utf8", "retired_ids", lambda _: bytes(range(256)), 1),
    _bytes("a UTF-16 file", "not-utf8", "retired_ids", lambda b: b.decode().encode("utf-16"), 1),
    _bytes("Windows line ends", "line-ending", "claims", lambda b: b.replace(b"\n", b"\r\n"), 1),
    _bytes("no last line end", "line-ending", "claims", lambda b: b[:-1], 10),
    _bytes("a blank line", "blank-line", "claims", lambda b: b.replace(b"\nC00003", b"\n\nC00003"), 4),
    _bytes("a blank last line", "blank-line", "claims", lambda b: b + b"\n", 11),
    _bytes("semicolons for commas", "wrong-delimiter", "topics", lambda b: b.replace(b",", b";"), 1),
    _bytes("tabs for commas", "wrong-delimiter", "topics", lambda b: b.replace(b",", b"\t"), 1),
    _bytes(
        "several blank lines", "blank-line", "claims", lambda b: b.replace(b"\nC00003", b"\n\n\n\nC00003"), 4
    ),
    Fault(
        "a row cut short", "ragged-row", lambda s: s.edit("claim_actors", ",target", ""), "claim_actors", 2
    ),
    Fault(
        "a cell too many",
        "ragged-row",
        lambda s: s.edit("claim_actors", ",target", ",target,x"),
        "claim_actors",
        2,
    ),
    Fault(
        "a quote left open",
        "unclosed-quote",
        lambda s: s.edit("actors", "Newspaper", '"Newspaper'),
        "actors",
        3,
    ),
    Fault(
        "a quote within a bare cell",
        "unclosed-quote",
        lambda s: s.edit("actors", "Newspaper", 'News"paper'),
        "actors",
        3,
    ),
    Fault(
        "a line break in a cell",
        "newline-in-cell",
        lambda s: s.edit("actors", "Newspaper", '"News\npaper"'),
        "actors",
        3,
        "description",
    ),
    Fault("two rows out of order", "not-sorted", _swap_rows, "topics", 3, "topic_id"),
    Fault(
        "an endless cell",
        "cell-too-large",
        lambda s: s.set("claims", "C00008", statement="x" * 100_001),
        "claims",
        9,
    ),
]

HEADER = [
    _header(
        "a misspelt column", "missing-column", lambda r: [["topic_id", "Name", "definition"], *r[1:]], "name"
    ),
    _header("a comma after the header", "extra-column", lambda r: [[*r[0], ""], *r[1:]], None),
    _header("no header", "missing-column", lambda r: r[1:], None),
    _header("a missing column", "missing-column", lambda r: [row[:1] + row[2:] for row in r], "name"),
    _header(
        "a column of one's own", "extra-column", lambda r: [[*row, f"x{i}"] for i, row in enumerate(r)], "x0"
    ),
    _header("a column twice", "duplicate-column", lambda r: [[*row, row[1]] for row in r], "name"),
    _header(
        "columns exchanged", "column-order", lambda r: [[row[0], row[2], row[1]] for row in r], "definition"
    ),
]

CELL = [
    _cell("a letter without a look", "bidi-character", "actors", "gazette", 3, "name", "The \u3164Gazette"),
    _cell("a soft hyphen", "bidi-character", "actors", "gazette", 3, "name", "Gaz\u00adette"),
    _cell(
        "a formula behind a handle", "formula-cell", "sources", "gazette-2024-12-16", 3, "author", "@SUM(1)"
    ),
    _cell("markup in an address", "url-form", "sources", "gazette-2024-12-16", 3, "url", "https://<script>/"),
    _cell("a missing required cell", "required", "claims", "C00001", 2, "statement", ""),
    _cell("a slashed date", "type", "claims", "C00001", 2, "asserted", "16/12/2024"),
    _cell("a day that does not exist", "type", "claims", "C00005", 6, "asserted", "2024-02-30"),
    _cell("a month that does not exist", "type", "claims", "C00005", 6, "asserted", "2024-13"),
    _cell("a number with a thousands comma", "type", "military_figures", "M00002", 3, "value_low", "1,100"),
    _cell("a number with an underscore", "type", "military_figures", "M00002", 3, "value_low", "1_000"),
    _cell("not a number", "type", "military_figures", "M00002", 3, "value_low", "nan"),
    _cell("an infinite number", "type", "military_figures", "M00002", 3, "value_low", "inf"),
    _cell("an exponent", "type", "military_figures", "M00002", 3, "value_low", "1e3"),
    _cell("a fraction of a grade", "type", "claims", "C00001", 2, "credibility", "3.5"),
    _cell("an unknown code", "enum", "claims", "C00008", 9, "kind", "assesment"),
    _cell("a code in capitals", "enum", "claims", "C00008", 9, "kind", "Assessment"),
    _cell("a truth value for a code", "enum", "sources", "nis-2024-12-19", 7, "read", "False"),
    _cell("a country in three letters", "pattern", "actors", "gazette", 3, "country", "FRA"),
    _cell("a country in small letters", "pattern", "actors", "gazette", 3, "country", "fr"),
    _cell("a latitude off the globe", "maximum", "places", "kursk-oblast", 2, "latitude", "91"),
    _cell("a longitude off the globe", "minimum", "places", "kursk-oblast", 2, "longitude", "-181"),
    _cell("a grade beyond the scale", "enum", "claims", "C00001", 2, "credibility", "7"),
    _cell("a statement without end", "length", "claims", "C00008", 9, "statement", "word " * 80 + "end"),
    _cell(
        "an address that runs code",
        "url-form",
        "sources",
        "gazette-2024-12-16",
        3,
        "url",
        "javascript:alert(1)",
    ),
    _cell(
        "an address with a space",
        "url-form",
        "sources",
        "gazette-2024-12-16",
        3,
        "url",
        "https://a.example/a b",
    ),
    _cell(
        "an address without a host", "url-form", "sources", "gazette-2024-12-16", 3, "url", "https:///path"
    ),
    _cell("a tab in a cell", "control-character", "claims", "C00008", 9, "statement", "The\tlosses."),
    _cell("a null byte in a cell", "control-character", "claims", "C00008", 9, "statement", "The\0losses."),
    _cell("text turned round", "bidi-character", "claims", "C00008", 9, "statement", "The \u202elosses."),
    _cell("a zero-width space", "bidi-character", "actors", "gazette", 3, "name", "The\u200bGazette"),
    _cell("a space at the edge", "edge-space", "claims", "C00008", 9, "statement", "The losses. "),
    _cell("a no-break space at the edge", "edge-space", "actors", "gazette", 3, "name", "\u00a0Gazette"),
    _cell("letters taken apart", "not-nfc", "actors", "gazette", 3, "name", "Gaze\u0301tte"),
    _cell("a formula", "formula-cell", "claims", "C00008", 9, "statement", "=HYPERLINK(1)"),
    _cell("a minus at the start", "formula-cell", "actors", "gazette", 3, "name", "-Gazette"),
    _cell("an at sign at the start", "formula-cell", "actors", "gazette", 3, "name", "@Gazette"),
    _cell(
        "a claim from the future", "future-date", "sources", "institute-2024-10", 5, "read_on", "2999-01-01"
    ),
]

KEY = [
    Fault(
        "an id twice",
        "primary-key",
        lambda s: s.add("topics", topic_id="arms", name="Z arms", definition="Again."),
        "topics",
        3,
        "topic_id",
    ),
    _set("a name twice", "unique-key", "topics", "casualties", 3, "name", name="Arms"),
    _cell("a wikidata item twice", "unique-key", "actors", "ukraine", 11, "wikidata_id", "Q423"),
    _cell("a topic that does not exist", "foreign-key", "claims", "C00008", 9, "topic_id", "casulties"),
    _cell("a claim that does not exist", "foreign-key", "claim_actors", "C00005", 3, "claim_id", "C00055"),
    Fault(
        "a retired id in use",
        "retired-id-reused",
        lambda s: s.set("retired_ids", "C00099", old_id="C00008"),
        "claims",
        9,
        "claim_id",
    ),
]

ROW = [
    _set("bounds in the wrong order", "value-order", "economic_figures", "E00001", 2, "value_low", value_low="6000000000"),
    _set("a bound of the wrong kind", "bound-values", "military_figures", "M00002", 3, "bound", bound="at_most"),
    _set("a range with one end", "bound-values", "economic_figures", "E00001", 2, "bound", value_high=""),
    _set("a figure without a number", "figure-without-number", "military_figures", "M00002", 3, "value", value_low=""),
    _set("a period that ends first", "period-order", "claims", "C00006", 7, "period_end", period_end="2024-12-13"),
    _set("a read source without a day", "read-needs-day", "sources", "gazette-2024-12-18", 4, "read_on", read_on=""),
    _set("an unread source with a day", "read-needs-day", "sources", "nis-2024-12-19", 7, "read_on", read_on="2025-01-02"),
    _set("a closed briefing with an address", "not-public-needs-no-url", "sources", "nis-2024-12-19", 7, "url", url="https://nis.example/1"),
    _set("a grade without a reason", "basis-required", "claims", "C00001", 2, "credibility_basis", credibility_basis=""),
    _set("a read source without a grade", "basis-required", "sources", "gazette-2024-12-18", 4, "reliability", reliability=""),
    _set("a grade for an opinion", "credibility-not-for-opinion", "claims", "C00008", 9, "credibility", credibility="3", credibility_basis="Why not."),
    Fault(
        "a claim linked to itself",
        "self-link",
        lambda s: s.add("claim_links", claim_id="C00008", relation="doubts", other_id="C00008"),
        "claim_links",
        5,
        "other_id",
    ),
    _set("a conversion without its original", "converted-needs-original", "economic_figures", "E00002", 3, "note", note=""),
    _set("a letter of the other table", "figure-id-letter", "military_figures", "M00001", 2, "figure_id", figure_id="E00005"),
    _set("money without a currency", "money-needs-currency", "economic_figures", "E00001", 2, "currency", currency=""),
    _set("people with a currency", "money-needs-currency", "military_figures", "M00002", 3, "currency", currency="USD"),
    _set("a share above the whole", "share-range", "military_figures", "M00004", 5, "value", value_high="160"),
]  # fmt: skip

TABLES = [
    Fault(
        "a claim without evidence",
        "claim-without-evidence",
        lambda s: s.remove("evidence", "C00008"),
        "claims",
        9,
        "claim_id",
    ),
    Fault(
        "a claim nobody read",
        "claim-without-read-evidence",
        _add_unread,
        "claims",
        11,
        "claim_id",
    ),
    Fault(
        "a quantity without a figure",
        "quantity-without-figure",
        lambda s: s.remove("military_figures", "M00003"),
        "claims",
        5,
        "kind",
    ),
    _set("a figure from another page", "figure-source-not-evidence", "military_figures", "M00003", 4, "source_id", source_id="gazette-2024-12-16"),
    _set("a figure from an unread page", "figure-source-not-evidence", "military_figures", "M00001", 2, "source_id", source_id="ua-hur-2024-12-16"),
    Fault(
        "a figure twice",
        "figure-duplicate",
        lambda s: s.add("military_figures", **{**dict(zip(*[s.rows("military_figures")[i] for i in (0, 2)], strict=True)), "figure_id": "M00006", "value_low": "101"}),
        "military_figures",
        7,
        "figure_id",
    ),
    Fault(
        "a figure in the wrong table",
        "indicator-domain",
        lambda s: s.set("indicators", "trade", domain="military"),
        "economic_figures",
        3,
        "indicator_id",
    ),
    _set("a source that relays itself", "evidence-cycle", "evidence", "C00008", 12, "relays_id", relays_id="gazette-2024-12-18", attribution="named"),
    Fault(
        "sources that relay each other",
        "evidence-cycle",
        lambda s: s.set("evidence", "C00002/nis-2024-12-19", relays_id="bureau-2024-12-19"),
        "evidence",
        5,
        "relays_id",
    ),
    _set("a relay that does not carry the claim", "relay-outside-claim", "evidence", "C00008", 12, "relays_id", relays_id="gazette-2024-12-16", attribution="named"),
    Fault(
        "a relay of something later",
        "relay-after-carrier",
        lambda s: s.set("sources", "nis-2024-12-19", published="2024-12-22"),
        "evidence",
        5,
        "relays_id",
    ),
    _set("a claim made after it was printed", "asserted-after-publication", "claims", "C00008", 9, "asserted", asserted="2024-12-25"),
    _set("an end that is not the speaker", "origin-not-speaker", "evidence", "C00007", 11, "source_id", attribution=""),
    Fault(
        "actors that are each other's parents",
        "actor-cycle",
        lambda s: s.set("actors", "bureau", parent_id="bureau"),
        "actors",
        2,
        "parent_id",
    ),
    _set("a symmetric link from the higher id", "link-order", "claim_links", "C00006", 4, "claim_id", claim_id="C00007", other_id="C00006"),
    Fault(
        "a link from the earlier claim",
        "link-order",
        lambda s: s.add("claim_links", claim_id="C00005", relation="doubts", other_id="C00006"),
        "claim_links",
        4,
        "claim_id",
    ),
    Fault(
        "a link stored both ways",
        "link-duplicate",
        lambda s: s.add("claim_links", claim_id="C00007", relation="corroborates", other_id="C00006"),
        "claim_links",
        5,
        "other_id",
    ),
    Fault(
        "an update by another party",
        "update-needs-same-root",
        lambda s: s.add("claim_links", claim_id="C00002", relation="updates", other_id="C00001"),
        "claim_links",
        2,
        "relation",
    ),
    Fault(
        "a misreport of the same number",
        "misreports-needs-difference",
        lambda s: s.set("military_figures", "M00003", indicator_id="casualties", bound="at_least", value="", value_low="30"),
        "claim_links",
        3,
        "relation",
    ),
    Fault(
        "a denial of nothing",
        "denial-without-link",
        lambda s: s.remove("claim_links", "C00003"),
        "claims",
        4,
        "kind",
    ),
    Fault(
        "a confirmation by nothing",
        "credibility-needs-support",
        lambda s: s.set("claims", "C00001", credibility="1"),
        "claims",
        2,
        "credibility",
    ),
    Fault(
        "an agency's text under an outlet's name",
        "reprint-without-agency",
        lambda s: s.set("sources", "gazette-2024-12-18", kind="wire"),
        "sources",
        4,
        "publisher_id",
    ),
]  # fmt: skip

WARNINGS = [
    Fault(
        "a total that falls",
        "cumulative-decrease",
        _add_smaller_total,
        "military_figures",
        7,
        "period_end",
    ),
    _set("a round number called exact", "exact-round-number", "military_figures", "M00003", 4, "bound", value="3000"),
    Fault(
        "a part above its total",
        "parts-and-total",
        _add_larger_part,
        "military_figures",
        7,
        "scope",
    ),
    Fault(
        "an actor nobody mentions",
        "unused-row",
        lambda s: s.add("actors", actor_id="idle", name="Idle", kind="person"),
        "actors",
        4,
        "actor_id",
    ),
    Fault(
        "a claim told twice",
        "near-duplicate-claim",
        lambda s: _add_claim(s, statement="The losses show: that the soldiers were badly prepared!", topic_id="casualties"),
        "claims",
        11,
        "statement",
    ),
]  # fmt: skip


FAULTS = [*PACKAGE, *FILE, *HEADER, *CELL, *KEY, *ROW, *TABLES, *WARNINGS]
