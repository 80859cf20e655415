"""Rules on parts: their roles, and how they lie within each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.contract.package import FIGURES
from rules.bench import Case

if TYPE_CHECKING:
    from collections.abc import Iterator


def _list_cases(table: str) -> Iterator[Case]:
    """Yield the cases of the rules on the parts that figures of a table name."""
    yield Case(
        "part-role",
        f"scope and assumption of figures of {table} name parts of their role",
        f"""
        parts    part_id  role
                 kursk    scope
                 most     assumption
                 open     -
        {table}  scope    assumption
                 kursk    most        #
                 -        -           #
                 most     -           ! scope: most is a part that has not the role scope.
                 -        kursk       ! assumption: kursk is a part that has not the role assumption.
                 open     open        # what role they have is not known
                 gone     gone        #
        """,
    )


CASES = [
    *(case for table in FIGURES for case in _list_cases(table)),
    Case(
        "part-role",
        "a part lies within one of its own role",
        """
        parts  part_id  role        part_of
               kursk    scope       russia      #
               russia   scope       -           #
               fewest   assumption  least       #
               least    assumption  -           #
               town     scope       least       ! part_of: town is part of least, which has another role.
               most     assumption  kursk       ! part_of: most is part of kursk, which has another role.
               open     -           kursk       # what role it has is not known
               lower    scope       open        #
               lost     scope       gone        #
        """,
    ),
    Case(
        "part-cycle",
        "a part lies within others, and not within itself",
        """
        parts  part_id  part_of
               a        a          ! part_of: a is a part of itself.
               b        c          ! part_of: These parts lie within each other: b, c.
               c        b          #
               d        b          # within a circle, not in it
               e        f          #
               f        -          #
        """,
    ),
]
