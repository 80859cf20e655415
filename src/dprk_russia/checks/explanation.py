"""Rules explained: what each demands, how to keep it, and a breach of it taken from the faults."""

from __future__ import annotations

import difflib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from dprk_russia.checks.faults import FAULTS, VERSION_FAULTS, Fault, Specimen
from dprk_russia.checks.validation import validate, validate_change
from dprk_russia.contract.errors import NotFoundError, explain_missing
from dprk_russia.contract.findings import RULES
from dprk_russia.contract.package import read_for_comparison
from dprk_russia.tabular.nearness import suggest
from dprk_russia.versions.changes import compare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dprk_russia.contract.findings import Finding

WIDTH = 150


def list_rules() -> str:
    """Return every rule with what it demands, by the group it belongs to."""
    lines = []
    width = max(len(rule.id) for rule in RULES.values())
    for group in dict.fromkeys(rule.group for rule in RULES.values()):
        lines.append(f"{group}:")
        lines += [
            f"  {rule.id:<{width}}  {'(warning) ' if rule.severity == 'warning' else ''}{rule.sentence}"
            for rule in RULES.values()
            if rule.group == group
        ]
    return "\n".join(lines)


def explain_rule(name: str) -> str:
    """Return what a rule demands and how it is broken.

    Raises
    ------
    NotFoundError
        If there is no such rule; the message names the nearest.
    """
    if name not in RULES:
        hint = suggest(name, RULES, "dprk-russia rules lists them.")
        raise NotFoundError(f"There is no rule {name}. {hint}")
    rule = RULES[name]
    lines = [f"{rule.id} ({rule.severity}, {rule.group})", "", rule.sentence, rule.hint]
    fault = next((fault for fault in [*FAULTS, *VERSION_FAULTS] if fault.rule == rule.id), None)
    return "\n".join([*lines, *(_show(fault) if fault else ())])


def _show(fault: Fault) -> Iterator[str]:
    """Yield the lines a fault changes, right and wrong, and the finding it yields."""
    with tempfile.TemporaryDirectory() as folder:
        right, wrong = Specimen(Path(folder) / "right"), Specimen(Path(folder) / "wrong")
        fault.advance(right)
        fault.edit(wrong)
        yield from ("", f"Example: {fault.name}")
        before, after = _read_lines(right.folder), _read_lines(wrong.folder)
        for path in sorted(before.keys() | after.keys()):
            yield from _compare(path, before.get(path, []), after.get(path, []))
        try:
            breaches = find_breaches(fault, wrong)
        except ModuleNotFoundError as error:
            yield f"  What is found cannot be shown: {explain_missing(error)}"
            return
        for finding in breaches:
            place = f"{finding.path}:{finding.line}" if finding.line else finding.path
            yield f"  found  {place}: {finding.message} {finding.hint}"


def find_breaches(fault: Fault, specimen: Specimen) -> tuple[Finding, ...]:
    """Return what is found in a specimen that a fault was put into: by itself, or as the next version of a sound one."""
    if not fault.sound:
        return validate(specimen.folder).findings
    with tempfile.TemporaryDirectory() as folder:
        sound = Specimen(Path(folder) / "sound")
        comparison = compare(read_for_comparison(sound.folder), read_for_comparison(specimen.folder))
        return validate_change(comparison).findings


def _read_lines(folder: Path) -> dict[str, list[str]]:
    """Return the lines of each file in a folder, by its path there."""
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {
        path.relative_to(folder).as_posix(): content.decode(errors="backslashreplace").split("\n")
        for path, content in files.items()
    }


def _compare(path: str, right: list[str], wrong: list[str]) -> Iterator[str]:
    changes = [line for line in difflib.ndiff(right, wrong) if line[0] in "-+"] if right != wrong else []
    for change in changes[:4]:
        label = "right" if change[0] == "-" else "wrong"
        yield f"  {label}  {path}: {_shorten(change[2:])}"


def _shorten(text: str) -> str:
    shown = text.encode("unicode_escape").decode() if not text.isprintable() else text
    return shown if len(shown) <= WIDTH else f"{shown[:WIDTH]}…"
