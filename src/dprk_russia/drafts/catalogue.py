"""The rows a package holds already: which ids are taken, which are meant by a word, and which come next."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, count
from typing import TYPE_CHECKING

from dprk_russia.contract.package import ID_LETTERS
from dprk_russia.tabular.canon import UntidyError, read_rows
from dprk_russia.tabular.nearness import IdIndex, find_nearest
from dprk_russia.tabular.search import normalise, search

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dprk_russia.contract.package import Package
    from dprk_russia.contract.schema import Table

FEWEST_DIGITS = 5
SUGGESTIONS = 5
_LETTERS = re.compile(r"[^\W\d_]+")
# How like two words are that differ in spelling alone, such as defence and defense.
SAME_WORD = 0.8
LABEL_WIDTH = 60


class CatalogueError(Exception):
    """A table cannot be read or added to; the message names it and says what to do."""


class Catalogue:
    """The tables of a package as text, each read when it is first asked for."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._rows: dict[str, list[dict[str, str]]] = {}

    def table(self, name: str) -> Table:
        """Return the table of that name.

        Raises
        ------
        CatalogueError
            If the package has no such table, or none whose file and schema are sound.
        """
        try:
            return self.package.table(name)
        except KeyError:
            raise CatalogueError(
                f"The table {name} cannot be used; run dprk-russia validate to see why."
            ) from None

    def rows(self, name: str) -> Mapping[str, Mapping[str, str]]:
        """Return the rows of a table by the first column of its key.

        Raises
        ------
        CatalogueError
            If the file cannot be read without guessing.
        """
        key = self.table(name).primary_key[0]
        return {row[key]: row for row in self._read(name) if row.get(key)}

    def _read(self, name: str) -> list[dict[str, str]]:
        if name not in self._rows:
            table = self.table(name)
            try:
                header, records = read_rows((self.package.folder / table.path).read_bytes())
            except UntidyError as error:
                raise CatalogueError(describe_untidy(table, error)) from None
            self._rows[name] = [dict(zip(header, cells, strict=True)) for cells in records.values()]
        return self._rows[name]

    def label(self, name: str, row_id: str) -> str:
        """Return what the column after the key says of a row, shortened."""
        text = self.rows(name)[row_id].get(self.table(name).columns[1], "")
        return text if len(text) <= LABEL_WIDTH else f"{text[: LABEL_WIDTH - 1]}…"

    def retired(self, name: str) -> set[str]:
        """Return the ids of a table that were retired."""
        return {row.get("old_id", "") for row in self._read("retired_ids") if row.get("table") == name}

    def suggest(self, name: str, text: str) -> list[str]:
        """Return the ids likeliest to be meant: of rows that hold every word of the text, or else ids spelt alike.

        First come rows with a cell that is the text; then bodies before outlets, words in an earlier column before those
        in a later one, and words as they are spelt before those spelt alike.
        """
        rows, wanted = self.rows(name), normalise(text)
        cells = {row_id: [*map(normalise, row.values())] for row_id, row in rows.items()}
        known = {word for row in cells.values() for cell in row for word in _LETTERS.findall(cell)}

        def respell(word: str) -> str | None:
            return find_nearest(word, (other for other in known if word not in other), SAME_WORD)

        ranks = {
            row_id: (wanted not in cells[row_id], rows[row_id].get("kind") == "media", place)
            for row_id, place in search(cells, text, respell).places.items()
        }
        holding = sorted(ranks, key=lambda row_id: (ranks[row_id], len(row_id)))
        return holding[:SUGGESTIONS] or IdIndex(rows).find_alike(wanted, SUGGESTIONS)

    def propose_id(self, table: Table, cells: Mapping[str, str]) -> str:
        """Return the id of a new row as its table numbers or names them, empty if the cells yield none.

        Claims and figures are numbered; a source is named by publisher and date, with a number if that is taken; an
        actor by its name, even if that is taken, since it may be the same actor.
        """
        if table.name == "actors":
            return _make_slug(cells.get("name", ""))
        slug = f"{cells.get('publisher_id', '')}-{cells.get('published') or 'undated'}"
        return self.find_free_id(table.name, slug)

    def find_free_id(self, name: str, row_id: str) -> str:
        """Return an id like one that is not free: the first that is neither taken nor retired."""
        return next(self.list_free_ids(name, row_id))

    def list_free_ids(self, name: str, row_id: str) -> Iterator[str]:
        """Yield ids like one that is not free, without end."""
        taken = self.rows(name).keys() | self.retired(name)
        ids = (
            self._count_on(name)
            if name in ID_LETTERS
            else chain([row_id], (f"{row_id}-{n}" for n in count(2)))
        )
        return (free for free in ids if free not in taken)

    def _count_on(self, name: str) -> Iterator[str]:
        """Yield the numbers after the highest, as wide as the others."""
        letter = ID_LETTERS[name]
        digits = [row_id[1:] for row_id in self.rows(name) if re.fullmatch(f"{letter}[0-9]{{1,8}}", row_id)]
        width = max(map(len, digits), default=FEWEST_DIGITS)
        return (f"{letter}{n:0{width}}" for n in count(max(map(int, digits), default=0) + 1))


def describe_untidy(table: Table, error: UntidyError) -> str:
    """Return why nothing can be added to a package with such a file, and what to do."""
    return f"{table.path}: {error}. Run dprk-russia tidy, and correct by hand what it leaves as it is."


def _make_slug(name: str) -> str:
    """Return a name in small ASCII letters, digits and hyphens; letters that have no ASCII base are left out."""
    plain = unicodedata.normalize("NFKD", name.replace("'", "")).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain.casefold()))
