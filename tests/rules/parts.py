"""Rules on parts: their roles, how they lie within each other, and whether they are parts."""

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
    yield Case(
        "scope-of-whole",
        f"no scope holds all others of an indicator of {table}",
        f"""
        parts       part_id  part_of
                    food     -
                    grain    food
                    wheat    grain
                    arms     -
                    circle   circle
        indicators  indicator_id
                    a
                    b
                    c
                    d
                    e
                    f
                    g
                    h
        {table}     indicator_id  scope
                    a             food      ! scope: food holds every other scope of a, so it is the whole.
                    a             grain     #
                    a             wheat     # within it through another
                    a             food      !
                    b             food      # beside the whole
                    b             grain     #
                    b             -         #
                    c             food      # beside another part
                    c             grain     #
                    c             arms      #
                    d             food      # alone
                    d             food      #
                    e             grain     # what holds both is no scope of the indicator
                    e             wheat     #
                    f             food      # beside what is not known
                    f             gone      #
                    g             circle    # beside what has no end
                    g             food      #
                    h             circle    #
                    h             -         #
                    gone          food      #
                    gone          grain     #
        """,
    )
    yield from _list_numbers(table)


def _list_numbers(table: str) -> Iterator[Case]:
    said = "has this number of the same speaker, from another page, in another series."
    claims = """
        actors      actor_id
                    nis
                    hur
        indicators  indicator_id  unit
                    killed        person
                    wounded       person
                    arms          item
                    open          -
        sources     source_id  language
                    page       en
                    map        en
        parts       part_id
                    kursk
                    most
        claims      claim_id  asserted_by  asserted
                    C1        nis          2024-12-16
                    C2        nis          2024-12-16
                    C3        nis          2024-12-17
                    C4        hur          2024-12-16
                    C5        nis          -
                    C6        gone         2024-12-16
    """
    yield Case(
        "number-in-two-series",
        f"one number of one day stands in one series of {table}",
        claims
        + f"""
        {table}     figure_id  claim_id  indicator_id  source_id  scope  assumption  value  bound  as_stated
                    1          C1        killed        page       -      -           30     about  some thirty      #
                    2          C2        killed        map        kursk  -           30     about  30 fell
                        ! figure_id: 1 {said}
                    3          C1        killed        map        -      most        30     about  they lost 30
                        ! figure_id: 1 {said}
                    4          C2        killed        map        -      -           30     about  30 in all        # of the same series
                    5          C2        killed        page       kursk  -           30     about  30 there         # from the same page
                    6          C2        killed        map        kursk  -           31     about  31 fell          # another number
                    7          C2        killed        map        kursk  -           30     exact  30 dead          # another bound
                    8          C3        killed        map        kursk  -           30     about  30 here          # of another day
                    9          C4        killed        map        kursk  -           30     about  30 of them       # of another speaker
                    10         C2        wounded       map        -      -           30     about  30 hurt          # another measure
                    11         C2        killed        gone       kursk  -           30     about  30 gone          # from a page that is not known
                    12         C2        killed        map        gone   -           30     about  30 somewhere     # of a part that is not known
                    13         C2        killed        map        kursk  gone        30     about  30 perhaps       #
                    14         C2        gone          map        kursk  -           30     about  30 of what       #
                    15         gone      killed        map        kursk  -           30     about  30 by whom       #
                    16         C6        killed        map        kursk  -           30     about  30 by him        #
                    17         C1        wounded       page       -      -           60     about  some sixty       # in two series alone
                    18         C2        wounded       map        kursk  -           60     about  60 there
                        ! figure_id: 17 {said}
        """,
    )
    yield Case(
        "number-in-two-series",
        f"figures of {table} without a day, words or a number are not compared by them",
        claims
        + f"""
        {table}     figure_id  claim_id  indicator_id  source_id  scope  value  bound  as_stated
                    1          C5        killed        page       -      30     about  some thirty     #
                    2          C5        killed        map        kursk  30     about  30 fell         #
                    3          C1        wounded       page       -      -      vague  some            #
                    4          C2        wounded       map        kursk  -      vague  some too        #
                    5          C1        arms          page       -      40     about  -               #
                    6          C2        arms          map        kursk  40     about  -               #
                    -          C1        arms          page       -      50     about  50 guns         #
                    8          C2        arms          map        kursk  50     about  50 guns         #
        """,
    )
    yield Case(
        "number-in-two-series",
        f"one number in the same words stands in one series of {table}",
        claims
        + f"""
        {table}     figure_id  claim_id  indicator_id  source_id  scope  currency  value_low  bound     as_stated
                    1          C1        killed        page       -      -         30         at_least  at least 30 fell    #
                    2          C3        killed        map        kursk  -         30         at_least  at least thirty fell
                        ! figure_id: 1 {said}
                    3          C3        wounded       map        -      -         30         at_least  over 30 fell
                        ! figure_id: 1 {said}
                    4          C3        arms          map        -      -         30         at_least  at least 30 fell    # another unit
                    5          C3        killed        map        kursk  -         30         at_least  at least 30 died    # other words
                    6          C4        killed        map        kursk  -         30         at_least  at least 30 fell    # of another speaker
                    7          C3        killed        page       kursk  -         30         at_least  at least 30 fell    # from the same page
                    8          C3        killed        map        kursk  EUR       30         at_least  at least 30 fell    # another currency
                    9          C1        killed        page       -      -         40         at_least  40                  #
                    10         C3        killed        map        kursk  -         40         at_least  40                  # without words
                    11         C1        open          page       -      -         50         at_least  at least 50 fell    #
                    12         C3        killed        map        kursk  -         50         at_least  at least 50 fell    # what 11 counts is not known
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
