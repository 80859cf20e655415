"""One fault for every way a rule can be broken: a single edit of the specimen, and the one finding it must yield."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from dprk_russia.checks.faults.specimen import Specimen

ROWS = Path(__file__).parent / "rows.jsonl"


@dataclass(frozen=True)
class Fault:
    """An edit and the finding it yields: rule, file without ending, physical line, column."""

    name: str
    rule: str
    edit: Callable[[Specimen], object]
    table: str
    line: int | None
    column: str | None = None


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


def _read_rows() -> list[Fault]:
    """Return the faults of cells and rows, which are a few edits each; `rows.jsonl` tells them."""
    told = map(json.loads, ROWS.read_text(encoding="utf-8").splitlines())
    return [Fault(edit=partial(_edit_rows, fault.pop("edits")), **fault) for fault in told]


def _edit_rows(edits: list[list[Any]], specimen: Specimen) -> None:
    """Apply edits, each a method of the specimen with its arguments, the last of which may be cells by column."""
    for method, *arguments in edits:
        row = [argument for argument in arguments if isinstance(argument, str)]
        cells = arguments[-1] if len(row) < len(arguments) else {}
        getattr(specimen, method)(*row, **cells)


FAULTS = [*PACKAGE, *FILE, *HEADER, *_read_rows()]
