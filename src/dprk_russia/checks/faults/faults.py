"""The faults: for every way a rule can be broken the edits of the specimen that do it, and the one finding they yield."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dprk_russia.checks.faults.specimen import Specimen

# A method of the specimen with its arguments, of which the last may be an object of arguments by name.
Edit = list[Any]


@dataclass(frozen=True)
class Fault:
    """Edits and the finding they yield: rule, file without ending, physical line, column, what is said if no date is told.

    A fault of a next version has `sound` edits too, which make the same step without the fault. What is `given` the specimen
    has with and without the fault.
    """

    name: str
    rule: str
    table: str
    edits: Sequence[Edit]
    line: int | None = None
    column: str | None = None
    message: str | None = None
    sound: Sequence[Edit] = ()
    given: Sequence[Edit] = ()

    def edit(self, specimen: Specimen) -> None:
        """Put the fault into a specimen."""
        _apply([*self.given, *self.edits], specimen)

    def advance(self, specimen: Specimen) -> None:
        """Make the step of the fault without it."""
        _apply([*self.given, *self.sound], specimen)


def _apply(edits: Sequence[Edit], specimen: Specimen) -> None:
    for method, *arguments in edits:
        named = arguments.pop() if isinstance(arguments[-1], dict) else {}
        getattr(specimen, method)(*arguments, **named)


_LINES = (Path(__file__).parent / "faults.jsonl").read_text(encoding="utf-8").splitlines()
_ALL = [Fault(**json.loads(line)) for line in _LINES]
FAULTS = [fault for fault in _ALL if not fault.sound]
VERSION_FAULTS = [fault for fault in _ALL if fault.sound]
