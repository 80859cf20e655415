"""Rules between versions: ids stay, mean what they meant, and the version says how much has changed."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from dprk_russia.checks.rules.kinds import SearchRule
from dprk_russia.contract.package import DESCRIPTOR
from dprk_russia.contract.schema import shorten
from dprk_russia.versions.changes import RETIRED, Step, has_ids, list_retired

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dprk_russia.contract.findings import Finding, Rule
    from dprk_russia.contract.schema import Table
    from dprk_russia.versions.changes import Change, Comparison

# What a row means, by table: if all columns of one of these groups say something else, the id names something else.
# A text that was merely corrected does not count; an id, a code, a date or an address has no spelling to correct.
IDENTITIES: dict[str, tuple[tuple[str, ...], ...]] = {
    "claims": (("statement", "asserted_by", "asserted"),),
    "sources": (("title", "url"), ("title", "publisher_id", "published")),
    "actors": (("name", "kind"),),
    "indicators": (("definition", "unit"),),
    "economic_figures": (("claim_id", "indicator_id"),),
    "military_figures": (("claim_id", "indicator_id"),),
    "topics": (("name", "definition"),),
    "parts": (("name", "definition"),),
    "places": (("name", "country"), ("name", "native_name")),
}
# Of texts that share this part of their trigrams one is a correction of the other.
ALIKE = 0.4
# So many letters of a text are compared.
MAX_COMPARED = 1_000


def _check_vanished(rule: Rule, comparison: Comparison) -> Iterator[Finding]:
    """Find ids that went without a record, and records of retired ids that went themselves."""
    after = list_retired(comparison.after)
    for change in comparison.rows:
        table = comparison.table(change.table)
        if change.kind == "removed" and has_ids(table) and (table.name, change.row_id) not in after:
            message = f"{shorten(change.row_id)} stood in {table.name} and is gone without a record."
            yield _report(rule, table, message, row_id=change.row_id)
    for name, old_id, line in _list_retired_before(comparison):
        if (name, old_id) not in after and line is None:
            message = f"{shorten(old_id)} of {shorten(name)} was retired, and the record of it is gone."
            table, row_id = comparison.table(RETIRED), f"{old_id}/{name}"
            yield _report(rule, table, message, column="old_id", row_id=row_id)


def _check_reused(rule: Rule, comparison: Comparison) -> Iterator[Finding]:
    """Find ids that name another thing than before, and retired ids that name one again."""
    for name, rows in _group_changes(comparison).items():
        table, lines = comparison.table(name), _find_lines(comparison, name)
        for row_id, changed in rows.items():
            group = next((group for group in IDENTITIES[name] if _differ(table, changed, group)), None)
            if group:
                told = f"{', '.join(group[:-1])} and {group[-1]}"
                message = f"{shorten(row_id)} names something else than before: {told} are others."
                place = {"line": lines[row_id], "column": group[0], "value": changed[group[0]].new}
                yield _report(rule, table, message, row_id=row_id, **place)
    for name, old_id, line in _list_retired_before(comparison):
        if line is not None:
            message = f"{shorten(old_id)} was retired in an earlier version and stands in {name} again."
            yield _report(rule, comparison.table(name), message, line=line, row_id=old_id, value=old_id)


def _report(rule: Rule, table: Table, message: str, **place: Any) -> Finding:
    """Return a finding on a row, in the column of its id unless another is given."""
    return rule.found(
        message, **{"path": table.path, "table": table.name, "column": table.primary_key[0]} | place
    )


def _group_changes(comparison: Comparison) -> dict[str, defaultdict[str, dict[str, Change]]]:
    """Return the changes of cells from which a row has its identity, by table, row and column."""
    cells: defaultdict[str, defaultdict[str, dict[str, Change]]] = defaultdict(lambda: defaultdict(dict))
    for change in comparison.rows:
        if change.column and change.table in IDENTITIES:
            cells[change.table][change.row_id][change.column] = change
    return cells


def _list_retired_before(comparison: Comparison) -> Iterator[tuple[str, str, int | None]]:
    """Yield the table of each id that was retired before, the id, and the line of its row now, if it has one."""
    find_lines = cache(partial(_find_lines, comparison))
    for name, old_id in list_retired(comparison.before):
        yield name, old_id, find_lines(name).get(old_id)


def _find_lines(comparison: Comparison, name: str) -> dict[str, int]:
    """Return the line of each row of the new version by its id; none for a table without ids."""
    frame = comparison.after.get(name)
    if frame is None or not has_ids(comparison.table(name)):
        return {}
    ids = frame[comparison.table(name).primary_key[0]]
    return dict(zip(ids.tolist(), ids.index.tolist(), strict=True))


def _differ(table: Table, changed: Mapping[str, Change], group: tuple[str, ...]) -> bool:
    """Tell whether all columns of a group held something before and hold something else now."""
    for column in group:
        change = changed.get(column)
        if change is None or not change.old or not change.new:
            return False
        field = table.field(column)
        if field.form == "text" and not field.pattern and _alike(change.old, change.new):
            return False
    return True


def _alike(one: str, other: str) -> bool:
    """Tell whether one text is a correction of the other: whether most of their trigrams are the same."""
    trigrams, others = _take_trigrams(one), _take_trigrams(other)
    return 2 * len(trigrams & others) >= ALIKE * (len(trigrams) + len(others))


def _take_trigrams(text: str) -> set[str]:
    words = re.findall(r"\w+", text[:MAX_COMPARED].casefold())
    plain = f" {' '.join(words)} "
    return {plain[at : at + 3] for at in range(len(plain) - 2)}


def _check_version(rule: Rule, comparison: Comparison) -> Iterator[Finding]:
    if comparison.suffices:
        return
    old, new, smallest = comparison.old.version, comparison.new.version, comparison.smallest
    if comparison.step is Step.NONE:
        message = f"The version is {new}, which is before {old}."
    else:
        message = (
            f"The version is {new}; a {comparison.step.name.lower()} step from {old} leads to {smallest}."
        )
    hint = f'Set "version" to "{smallest}" or a higher one.'
    yield rule.found(message, path=DESCRIPTOR, value=new, hint=hint)


RETIREMENT = ("retired_ids.table", "retired_ids.old_id")
VERSION_RULES = (
    SearchRule("id-vanished", RETIREMENT, _check_vanished),
    SearchRule(
        "id-reused",
        RETIREMENT
        + tuple(
            f"{table}.{column}"
            for table, groups in IDENTITIES.items()
            for column in dict.fromkeys(chain(*groups))
        ),
        _check_reused,
    ),
    SearchRule("version-too-small", (), _check_version),
)
