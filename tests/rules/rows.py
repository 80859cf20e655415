"""Rules that one row breaks by itself: every combination that a rule tells apart."""

from __future__ import annotations

from rules.bench import Case

FIGURES = ("economic_figures", "military_figures")


def _list_value_order(table: str) -> Case:
    return Case(
        "value-order",
        f"numbers of {table} do not fall from the lower bound to the upper one; what is empty is in no order",
        f"""
        {table}  value_low  value  value_high
                 1          2      3             # they rise
                 2          2      2             # all are equal
                 3          2      -
                     ! value_low: The lower bound, value and upper bound are not in order.
                 3          2      4             !
                 -          3      2             !
                 1          3      2             !
                 3          -      2             !
                 2          2      1             !
                 2          1      1             !
                 2          2      -             #
                 -          2      2             #
                 2          -      2             #
                 -5         -4     -3            #
                 -3         -      -4            !
                 0.1        0.2    0.15          !
                 -          -      -             #
                 9          -      -             #
        """,
    )


def _list_bound_values(table: str) -> Case:
    return Case(
        "bound-values",
        f"the bound of {table} decides which numbers are given, if there are any",
        f"""
        {table}  bound     value_low  value  value_high
                 exact     -          5      -             # the value alone
                 exact     4          5      -             ! bound: The numbers given do not fit the bound.
                 exact     -          5      6             !
                 exact     4          -      6             !
                 exact     4          5      6             !
                 exact     4          -      -             !
                 exact     -          -      6             !
                 exact     -          -      -             # another rule demands a number
                 about     -          5      -             #
                 about     4          5      -             !
                 about     -          5      6             !
                 about     4          -      -             !
                 about     -          -      6             !
                 about     4          -      6             !
                 about     -          -      -             #
                 at_least  4          -      -             # the lower bound alone
                 at_least  -          5      -             !
                 at_least  4          5      -             !
                 at_least  4          -      6             !
                 at_least  -          -      6             !
                 at_least  -          -      -             #
                 at_most   -          -      6             # the upper bound alone
                 at_most   -          5      -             !
                 at_most   -          5      6             !
                 at_most   4          -      6             !
                 at_most   4          -      -             !
                 at_most   -          -      -             #
                 range     4          -      6             # both bounds
                 range     4          5      6             # and perhaps a value
                 range     4          5      -             !
                 range     -          5      6             !
                 range     4          -      -             !
                 range     -          -      6             !
                 range     -          5      -             !
                 range     -          -      -             #
                 vague     -          -      -             # any number or none
                 vague     4          -      -             #
                 vague     -          5      -             #
                 vague     -          -      6             #
                 vague     4          5      6             #
                 -         4          5      -             # a bound that is missing is reported itself
        """,
    )


def _list_figure_without_number(table: str) -> Case:
    return Case(
        "figure-without-number",
        f"a figure of {table} has one number of three unless it is vague",
        f"""
        {table}  bound     value_low  value  value_high
                 exact     -          -      -             ! value: The figure has no number.
                 about     -          -      -             !
                 at_least  -          -      -             !
                 at_most   -          -      -             !
                 range     -          -      -             !
                 vague     -          -      -             #
                 -         -          -      -             # a bound that is missing is reported itself
                 exact     4          -      -             #
                 exact     -          5      -             #
                 exact     -          -      6             #
                 exact     -          0      -             # nought is a number
        """,
    )


def _list_period_order(table: str) -> Case:
    return Case(
        "period-order",
        f"a period of {table} does not end before it starts, as far as the dates tell",
        f"""
        {table}  period_start  period_end
                 2024-12-14    2024-12-15  #
                 2024-12-14    2024-12-14  # it may last a day
                 2024-12-14    2024-12-13  ! period_end: The period ends before it starts.
                 2024-12-14    2024-12     # the month may end later
                 2024-12-14    2024        #
                 2024-12-31    2024        # on the last day of the year
                 2024-12       2024-12-01  # the month may have begun
                 2024-12       2024-11-30  !
                 2024          2024-01-01  #
                 2024          2023-12-31  !
                 2024          2023        !
                 2024-02       2024-02     #
                 2024-02       2024-01     !
                 2024-12-14    -           #
                 -             2024-12-13  #
                 -             -           #
        """,
    )


CASES = [
    *map(_list_value_order, FIGURES),
    *map(_list_bound_values, FIGURES),
    *map(_list_figure_without_number, FIGURES),
    *map(_list_period_order, ("claims", *FIGURES)),
    Case(
        "read-needs-day",
        "a read source has a day, an unread one neither day nor copy",
        """
        sources  read  read_on     read_at
                 full  2025-01-02  -              #
                 full  2025-01-02  https://copy/  #
                 full  -           -
                     ! read_on: The columns read, read_on and read_at do not fit each other.
                 full  -           https://copy/  !
                 part  2025-01-02  -              #
                 part  2025-01-02  https://copy/  #
                 part  -           -              !
                 part  -           https://copy/  !
                 no    -           -              #
                 no    2025-01-02  -              !
                 no    -           https://copy/  !
                 no    2025-01-02  https://copy/  !
                 -     2025-01-02  -              # what is missing is reported itself
                 -     -           https://copy/  #
                 -     -           -              #
        """,
    ),
    Case(
        "not-public-needs-no-url",
        "only a source that is not public has no address",
        """
        sources  access        url
                 not_public    -           #
                 not_public    https://a/  ! url: The source is not public and has an address.
                 open          https://a/  #
                 registration  https://a/  #
                 paywalled     https://a/  #
                 open          -           # print has no address either
                 -             https://a/  # what is missing is reported itself
        """,
    ),
    Case(
        "basis-required",
        "a read source has a grade and its basis, an unread one neither",
        """
        sources  read  reliability  reliability_basis
                 full  B            Why.               #
                 full  B            -                  ! reliability: {sources}
                 full  -            Why.               !
                 full  -            -                  !
                 part  B            Why.               #
                 part  B            -                  !
                 part  -            Why.               !
                 part  -            -                  !
                 no    -            -                  #
                 no    B            Why.               !
                 no    B            -                  !
                 no    -            Why.               !
                 -     B            Why.               # what is missing is reported itself
                 -     B            -                  #
                 -     -            Why.               #
                 -     -            -                  #
        """.replace(
            "{sources}", "Whether the source was read, its reliability and the basis do not fit each other."
        ),
    ),
    Case(
        "basis-required",
        "the grade of a claim and its basis stand together",
        """
        claims  credibility  credibility_basis
                3            Why.               #
                3            -
                    ! credibility_basis: Of credibility and its basis one is missing.
                -            Why.               !
                -            -                  #
        """,
    ),
    Case(
        "credibility-not-for-opinion",
        "assessments, forecasts and positions have no grade",
        """
        claims  kind        credibility
                assessment  3            ! credibility: An opinion has a credibility.
                forecast    3            !
                position    3            !
                assessment  -            #
                forecast    -            #
                position    -            #
                event       3            #
                quantity    3            #
                condition   3            #
                norm        3            #
                intention   3            #
                denial      3            #
                -           3            # what is missing is reported itself
        """,
    ),
    Case(
        "self-link",
        "a link leads to another claim",
        """
        claim_links  claim_id  relation      other_id
                     C00001    doubts        C00001    ! other_id: The claim is linked to itself.
                     C00001    corroborates  C00001    !
                     C00001    doubts        C00002    #
                     C00002    doubts        C00001    #
                     C00001    doubts        -         #
                     -         doubts        C00001    #
                     -         doubts        -         # nothing is not the same as nothing
        """,
    ),
    *(
        Case(
            "converted-needs-original",
            f"a converted figure of {table} has a note, whatever it says",
            f"""
            {table}  method      note
                     converted   From dollars.  #
                     converted   -              ! note: The figure was converted and its note is empty.
                     reported    -              #
                     equivalent  -              #
                     -           -              # what is missing is reported itself
            """,
        )
        for table in FIGURES
    ),
    *(
        Case(
            "figure-id-letter",
            f"ids of {table} begin with {letter}",
            f"""
            {table}  figure_id
                     {letter}00001  #
                     {other}00002  ! figure_id: {other}00002 does not begin with {letter}.
                     -       # what is missing is reported itself
            """,
        )
        for table, letter, other in (("economic_figures", "E", "M"), ("military_figures", "M", "E"))
    ),
]
