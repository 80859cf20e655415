"""Citations of the data set, its claims and figures, and the sources behind them.

A citation is an item of CSL-JSON, from which every other form is written. Beyond CSL 1.0.2 an item may have a
`translated-title`, which the form of CSL-JSON tells as a note. An item holds no line break and no control character,
whatever the tables hold.
"""

from __future__ import annotations

import json
import re
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from dprk_russia.contract.errors import NotFoundError
from dprk_russia.contract.package import DESCRIPTOR, FIGURES, PackageError, inspect_package
from dprk_russia.contract.schema import get_text, get_url, shorten
from dprk_russia.record.run import Record
from dprk_russia.tabular.frames import as_text
from dprk_russia.tabular.nearness import IdIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from dprk_russia.contract.package import Package

    Item = dict[str, Any]

CITABLE = {"claims": "claim_id"} | dict.fromkeys(FIGURES, "figure_id") | {"sources": "source_id"}


# What each kind of source is in CSL, and the word for it where the type of CSL does not say it.
# An interview is filed as an article, since in CSL the author of an interview is who was asked.
_KINDS: Mapping[str, tuple[str, str]] = {
    "official_statement": ("webpage", ""),
    "briefing": ("speech", "Briefing"),
    "report": ("report", ""),
    "legal_document": ("legislation", ""),
    "dataset": ("dataset", "Data set"),
    "imagery_analysis": ("report", "Imagery analysis"),
    "news": ("article-newspaper", ""),
    "wire": ("article-newspaper", ""),
    "analysis": ("article-magazine", ""),
    "interview": ("article-newspaper", "Interview"),
    "social_media": ("post", "Post"),
    "audio_video": ("broadcast", "Recording"),
    "document": ("document", ""),
    "reference": ("webpage", "Reference work"),
}
_ARTICLES = {"article-newspaper", "article-magazine"}

# Types that BibTeX and biblatex share: biblatex's own (online, report, dataset) are unknown to styles of BibTeX.
_BIBTEX_TYPES = dict.fromkeys(_ARTICLES, "article") | {"report": "techreport"}
_RIS_TYPES = {
    "webpage": "ELEC",
    "post": "ELEC",
    "report": "RPRT",
    "legislation": "STAT",
    "dataset": "DATA",
    "article-newspaper": "NEWS",
    "article-magazine": "MGZN",
    "broadcast": "VIDEO",
}
_MONTHS = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_BREAKS = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
_HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)
_CREATIVE_COMMONS = re.compile(r"CC-(.+)-([0-9.]+)")

# Escaped braces still count as braces in BibTeX; these commands leave them balanced.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "%&#$_"},
    }
)
# Signs that TeX would join into another one.
_LIGATURE = re.compile(
    r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=,)(?=,)|(?<=<)(?=<)|(?<=>)(?=>)|(?<=[?!])(?=`)"
)
_SPECIAL = re.compile(r"[\\{}~^%&#$_]|--|``|''|,,|<<|>>|[?!]`")
# What no address may hold, and what would end a field of BibTeX or begin a command.
_URL = str.maketrans({sign: f"%{ord(sign):02X}" for sign in ' "<>\\^`{|}'})
_KEY = re.compile(r"[^A-Za-z0-9.:_-]")


_FAULTY = "The tables have faults; run dprk-russia validate to see them."


class CitationError(NotFoundError):
    """An id cannot be cited; the message says why and what can be."""


def read_citable_package(folder: Path, ids: Sequence[str] = ()) -> Package:
    """Return the package in `folder`, to cite some ids of it, or the data set, for which its descriptor is enough.

    Raises
    ------
    PackageError
        If there is none, or it has faults in what a citation needs.
    """
    package, findings = inspect_package(folder)
    if any(finding.path == DESCRIPTOR for finding in findings):
        raise PackageError(f"{DESCRIPTOR} has faults; run dprk-russia validate to see them.")
    if ids and findings:
        raise PackageError(_FAULTY)
    return package


def read_record(package: Package) -> Record:
    """Return the record of a package whose tables are read when they are first needed, without validating them."""
    from dprk_russia.tabular.loading import CsvTables

    return Record(CsvTables(package), package)


def gather_items(record: Record, ids: Sequence[str]) -> list[Item]:
    """Return the items that cite some ids, each once, or the data set itself, for which no table is read.

    A claim gives the data set with the claim named, and the sources that carry it, origins first; a figure the same
    with the page that shows it; a source itself.

    Raises
    ------
    CitationError
        If an id is unknown, retired, or of a kind that cannot be cited.
    PackageError
        If a table cannot be read.
    """
    if not ids:
        return [describe_dataset(record.package)]
    try:
        return _RowIndex(record).find_items(ids)
    except CitationError:
        raise
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError) as error:
        # The tables were not validated: whatever is wrong with them shows in one of many ways.
        raise PackageError(_FAULTY) from error


class _RowIndex:
    """The citable rows of a package by id."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.row_numbers = {
            table: {row_id: number for number, row_id in enumerate(record.tables[table][column].tolist())}
            for table, column in CITABLE.items()
        }

    def find_items(self, ids: Iterable[str]) -> list[Item]:
        """Return the items that cite some ids, each once."""
        parts: dict[str, Item | None] = {}
        for row_id in ids:
            parts |= {key: part for key, part in self._list_parts(row_id).items() if key not in parts}
        frames = self.record.tables
        numbers = [self.row_numbers["sources"][key] for key, part in parts.items() if part is None]
        sources = describe_sources(self.record.package, frames, frames["sources"].iloc[numbers])
        return [next(sources) if part is None else part for part in parts.values()]

    def _list_parts(self, row_id: str) -> dict[str, Item | None]:
        """Return what cites an id, by key; sources are left to be described all at once."""
        table = next((table for table, numbers in self.row_numbers.items() if row_id in numbers), None)
        if table is None:
            raise CitationError(self._explain(row_id))
        if table == "sources":
            return {row_id: None}
        if table == "claims":
            part = describe_part(self.record.package, row_id, f"Claim {row_id}")
            return {part["id"]: part, **dict.fromkeys(self._carriers.get(row_id, []))}
        figure = self.record.tables[table].iloc[self.row_numbers[table][row_id]]
        part = describe_part(self.record.package, row_id, f"Figure {row_id} of claim {figure['claim_id']}")
        return {part["id"]: part, figure["source_id"]: None}

    @cached_property
    def _carriers(self) -> Mapping[str, list[str]]:
        """The sources of each claim: where its chains of evidence end, then who carried it on."""
        chains = self.record.frame("chains")
        carries = chains["source_id"].ne(chains["origin_id"])
        ordered = chains.assign(carries=carries).sort_values(["carries", "source_id"])
        return {str(claim): list(own) for claim, own in ordered.groupby("claim_id")["source_id"]}

    def _explain(self, row_id: str) -> str:
        name = shorten(_clean(row_id))
        if retirement := self._find_retirement(row_id):
            return f"{name} {retirement}"
        for table in self.record.package.tables:
            key, *more = table.primary_key
            if not more and self.record.tables[table.name][key].eq(row_id).any():
                return (
                    f"{name} is an id of {table.name}; claims, figures and sources can be cited. "
                    f"dprk-russia describe {name} shows its row."
                )
        nearest = IdIndex(chain(*self.row_numbers.values())).find_nearest(row_id)
        hint = f" Did you mean {_clean(nearest)}?" if nearest else ""
        return f"There is no claim, figure or source {name}.{hint}"

    def _find_retirement(self, row_id: str) -> str | None:
        for row in _list_rows(self.record.tables["retired_ids"]):
            if row["old_id"] == row_id:
                advice = f"cite {row['replaced_by']} instead" if row["replaced_by"] else "nothing replaces it"
                return f"was retired in version {row['retired_in']} ({row['reason']}); {advice}."
        return None


def describe_dataset(package: Package) -> Item:
    """Return the item that cites a package at its version, from its sound descriptor alone."""
    descriptor = package.descriptor
    doi = _DOI.fullmatch(get_text(descriptor, "id"))
    return _drop_empty(
        {
            "id": _clean(f"{package.name}-{package.version}"),
            "type": "dataset",
            "genre": "Data set",
            "title": _clean(package.title),
            "author": list(_list_creators(descriptor)),
            "issued": {"date-parts": [[package.created.year]]} if package.created else None,
            "version": package.version,
            "DOI": _clean(doi.group(1)) if doi else "",
            "URL": get_url(descriptor, "homepage"),
            "note": f"{', '.join(_clean(_name_licence(licence)) for licence in descriptor['licenses'])}.",
        }
    )


def describe_part(package: Package, part_id: str, title: str) -> Item:
    """Return the item that cites one row of a package at its version."""
    whole = describe_dataset(package)
    return whole | {
        "id": f"{whole['id']}-{_clean(part_id)}",
        "title": _clean(title),
        "container-title": whole["title"],
    }


def _list_creators(descriptor: Mapping[str, Any]) -> Iterator[Item]:
    for contributor in descriptor.get("contributors", []):
        roles = contributor.get("roles")
        if isinstance(roles, list) and "creator" in roles:
            family, given, title = (
                _clean(get_text(contributor, key)) for key in ("familyName", "givenName", "title")
            )
            if family and given:
                yield {"family": family, "given": given}
            elif family or title:
                yield {"literal": title or family}


def _name_licence(licence: Mapping[str, Any]) -> str:
    return _CREATIVE_COMMONS.sub(r"CC \1 \2", get_text(licence, "name"))


def describe_sources(
    package: Package, frames: Mapping[str, pd.DataFrame], sources: pd.DataFrame
) -> Iterator[Item]:
    """Yield the items that cite some rows of sources, in their order."""
    names = {actor["actor_id"]: actor["name"] for actor in _list_rows(frames["actors"])}
    readings = package.table("sources").field("read").categories
    unread = next((_clean(reading.label) for reading in readings if reading.value == "no"), "")
    for source in _list_rows(sources):
        publisher = names.get(source["publisher_id"], source["publisher_id"])
        yield _describe_source(source, publisher, unread if source["read"] == "no" else "")


def _describe_source(source: Mapping[str, str], publisher: str, note: str) -> Item:
    kind, genre = _KINDS.get(source["kind"], ("document", ""))
    authors = [name for part in source["author"].split(";") if (name := part.strip())]
    contained = kind in _ARTICLES
    # An article without a byline has no author, and styles know what to do; else the publisher speaks.
    writers = authors or ([] if contained else [publisher])
    return _drop_empty(
        {
            "id": source["source_id"],
            "type": kind,
            "genre": genre,
            "title": source["title"],
            "translated-title": source["title_en"],
            "author": [{"literal": name} for name in writers],
            "container-title": publisher if contained else "",
            "publisher": publisher if authors and not contained else "",
            "issued": _date_parts(source["published"]),
            "language": source["language"],
            "URL": source["url"],
            "archive_location": source["read_at"],
            "accessed": _date_parts(source["read_on"]),
            "note": note,
        }
    )


def _list_rows(frame: pd.DataFrame) -> Iterator[dict[str, str]]:
    texts = frame.select_dtypes(exclude="datetime").items()
    columns = {name: map(_clean, as_text(column).tolist()) for name, column in texts}
    for cells in zip(*columns.values(), strict=True):
        yield {str(name): cell for name, cell in zip(columns, cells, strict=True)}


def _clean(text: str) -> str:
    """Return text on one line, without what would do something to a terminal or a file."""
    plain = text if text.isprintable() else _HARMFUL.sub("\ufffd", _BREAKS.sub(" ", text))
    return plain.strip()


def _date_parts(text: str) -> Item | None:
    """Return a date as CSL takes it apart, as precise as it is published."""
    found = _DATE.fullmatch(text)
    return {"date-parts": [[int(part) for part in found.groups() if part]]} if found else None


def _drop_empty(item: Item) -> Item:
    return {key: value for key, value in item.items() if value or key in {"id", "title"}}


def render_csl(items: Iterable[Item]) -> str:
    """Return items as CSL-JSON, one on each line."""
    lines = [json.dumps(_note_translation(item), ensure_ascii=False) for item in items]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _note_translation(item: Item) -> Item:
    """Return an item of CSL 1.0.2, which has no place for a translated title."""
    if "translated-title" not in item:
        return item
    known = {key: value for key, value in item.items() if key != "translated-title"}
    note = f"English title: {_end(item['translated-title'])}"
    return known | {"note": f"{note} {item['note']}" if "note" in item else note}


def render_text(items: Iterable[Item]) -> str:
    """Return items as plain text, one on each line."""
    return "".join(f"{_write_text(item)}\n" for item in items)


def _write_text(item: Item) -> str:
    names = "; ".join(_name(author) for author in _authors(item))
    works = [" ".join(filter(None, (item["title"], _bracket(item.get("translated-title", "")))))]
    # An article without a byline begins with what it appeared in.
    if "container-title" in item and "author" in item:
        works.append(item["container-title"])
    works[-1] += f" (version {item['version']})" if "version" in item else ""
    works[-1] += f" [{item['genre'].lower()}]" if "genre" in item else ""
    sentences = [f"{names} ({_join_date(item, 'issued', '-') or 'n.d.'})".lstrip(), *works]
    sentences += [item[key] for key in ("publisher", "note") if key in item]
    return " ".join([*map(_end, sentences), *_write_places(item)])


def _bracket(translation: str) -> str:
    """Return a translated title in brackets, in which the compilers put what is their own."""
    bare = not translation or translation[0] + translation[-1] == "[]"
    return translation if bare else f"[{translation}]"


def _write_places(item: Item) -> Iterator[str]:
    if "DOI" in item:
        yield f"https://doi.org/{item['DOI']}"
    if "URL" in item:
        yield item["URL"]
    day, place = _join_date(item, "accessed", "-"), item.get("archive_location")
    if day or place:
        yield f"(read {' '.join(filter(None, (day, place and f'at {place}')))})"


def _end(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…", "。")) else f"{sentence}."


def _authors(item: Item) -> list[Item]:
    """Return who an item is filed under: its authors, else what it appeared in."""
    named: list[Item] = item.get("author", [])
    if named or item["type"] not in _ARTICLES:
        return named
    return [{"literal": item["container-title"]}]


def _name(author: Mapping[str, str]) -> str:
    return author.get("literal") or f"{author['family']}, {author['given']}"


def _join_date(item: Item, key: str, separator: str) -> str:
    parts = item[key]["date-parts"][0] if key in item else []
    return separator.join(f"{part:0{width}}" for part, width in zip(parts, (4, 2, 2), strict=False))


def render_bibtex(items: Iterable[Item]) -> str:
    """Return items as BibTeX that biblatex takes as well: `date`, `urldate` and `titleaddon` are for biblatex."""
    return "\n".join(_write_bibtex(item) for item in items)


def _write_bibtex(item: Item) -> str:
    parts = item["issued"]["date-parts"][0] if "issued" in item else []
    # Only a misc may go without a year.
    kind = _BIBTEX_TYPES.get(item["type"], "misc") if parts else "misc"
    fields = {
        "author": " and ".join(_brace_name(author) for author in _authors(item)),
        # The inner braces keep the letters as published: styles write titles small.
        "title": f"{{{_protect(item['title'])}}}",
        "titleaddon": _escape(item.get("translated-title", "")),
        **_place_bibtex(kind, item),
        "year": f"{parts[0]:04}" if parts else "",
        "month": _MONTHS[parts[1]] if len(parts) > 1 else "",
        "date": _join_date(item, "issued", "-"),
        "language": _escape(item.get("language", "")),
        "doi": item.get("DOI", "").translate(_URL),
        "url": item.get("URL", "").translate(_URL),
        "urldate": _join_date(item, "accessed", "-"),
        "note": _escape(" ".join(_list_notes(item))),
    }
    # The name of a month is a macro of BibTeX, which styles put into words.
    lines = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n"
        for name, value in fields.items()
        if value
    ]
    return f"@{kind}{{{_KEY.sub('-', item['id'])},\n{''.join(lines)}}}\n"


def _place_bibtex(kind: str, item: Item) -> dict[str, str]:
    genre, container = _escape(item.get("genre", "")), _escape(item.get("container-title", ""))
    publisher = _escape(item.get("publisher", ""))
    if kind == "article":
        return {"journal": container}
    if kind == "techreport":
        return {"type": genre, "institution": publisher or _escape(_name(item["author"][0]))}
    version = f"version {_escape(item['version'])}" if "version" in item else ""
    return {"howpublished": ", ".join(filter(None, (genre, container, publisher, version)))}


def _list_notes(item: Item) -> Iterator[str]:
    if "note" in item:
        yield item["note"]
    if "archive_location" in item:
        yield f"Read at {item['archive_location']}"


def _brace_name(author: Mapping[str, str]) -> str:
    """Return a name whose parts BibTeX leaves as they are."""
    parts = [author["literal"]] if "literal" in author else [author["family"], author["given"]]
    return ", ".join(f"{{{_protect(part)}}}" for part in parts)


def _escape(text: str) -> str:
    """Return text that TeX sets as it stands."""
    if not _SPECIAL.search(text):
        return text
    return "{}".join(part.translate(_TEX) for part in _LIGATURE.split(text))


def _protect(text: str) -> str:
    """Return text to be put into braces; a command right after a brace would make an accented letter of it all."""
    escaped = _escape(text)
    return f"{{}}{escaped}" if escaped.startswith("\\") else escaped


def render_ris(items: Iterable[Item]) -> str:
    """Return items as RIS."""
    return "\n".join(_write_ris(item) for item in items)


def _write_ris(item: Item) -> str:
    tags = [
        ("TY", _RIS_TYPES.get(item["type"], "GEN")),
        ("ID", item["id"]),
        *(("AU", _name(author)) for author in item.get("author", [])),
        ("TI", item["title"]),
        ("TT", item.get("translated-title", "")),
        ("T2", item.get("container-title", "")),
        ("PB", item.get("publisher", "")),
        ("M3", item.get("genre", "")),
        ("ET", item.get("version", "")),
        ("PY", _join_date(item, "issued", "-")[:4]),
        ("DA", _join_date(item, "issued", "/")),
        ("LA", item.get("language", "")),
        ("DO", item.get("DOI", "")),
        ("UR", item.get("URL", "")),
        ("Y2", _join_date(item, "accessed", "/")),
        ("AV", item.get("archive_location", "")),
        ("N1", item.get("note", "")),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in tags if value) + "ER  - \n"


FORMATS: Mapping[str, Callable[[Iterable[Item]], str]] = {
    "text": render_text,
    "bibtex": render_bibtex,
    "ris": render_ris,
    "csl": render_csl,
}
