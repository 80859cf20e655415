"""The rule that a figure has the numbers and the bound of its words. How words are read is tried in `tests/numerals`."""

from __future__ import annotations

from rules.bench import Case

HEAD = """
    sources     source_id     language
                en            en
                ko            ko
                other         hu
                none          -
    indicators  indicator_id  unit
                killed        person
                share         percent
                road          metre
                open          -
"""


def _list_number_cases(table: str) -> Case:
    return Case(
        "number-not-in-words",
        f"the numbers of {table} are those of its words",
        f"""{HEAD}
        {table}  source_id  indicator_id  as_stated                  value_low  value    value_high  bound     method
                 en         killed        about 1,200 men            -          1200     -           about     reported  #
                 en         killed        about 1,200 men            -          1100     -           about     reported
                     ! as_stated: The words say about 1,200, the row 1,100.
                 ko         killed        천2백 명                    -          1200     -           exact     reported  #
                 ko         killed        천2백 명                    -          1100     -           exact     reported
                     ! as_stated: The words say 1,200 (천2백), the row 1,100.
                 en         killed        two men and nine dogs      -          2        -           exact     reported  #
                 en         killed        two men and nine dogs      -          9        -           exact     reported  #
                 en         killed        two men and nine dogs      -          8        -           exact     reported
                     ! as_stated: The words say 9 (nine), the row 8.
                 en         killed        hundreds of men            -          100      -           about     reported  # no number
                 en         killed        1,200 men                  -          -        -           vague     reported  # none either
                 en         killed        1,200 men                  -          5        -           exact     converted   #
                 en         killed        1,200 men                  -          5        -           exact     equivalent   #
                 en         killed        1,200 men                  -          5        -           exact     model     !
                 en         killed        1,200 men                  -          5        -           exact     -         !
                 en         killed        5 to 7 million             5000000    -        7000000     range     reported  #
                 en         killed        5 to 7 million             5000000    -        8000000     range     reported
                     ! as_stated: The words say 5,000,000 to 7,000,000 (5 to 7 million), the row 5,000,000 to 8,000,000.
                 en         killed        5 to 7 million             4000000    -        7000000     range     reported  !
                 en         killed        5 to 7, or rather 6        5          6        7           range     reported  #
                 en         killed        5 to 7, or rather 6        5          5.5      7           range     reported  !
                 en         killed        5 to 7                     7          -        5           range     reported  # in no order
                 en         killed        5 to 7                     9          -        -           range     reported  # no range
                 en         share         half of them               -          50       -           about     reported  #
                 en         share         half of them               -          51       -           about     reported
                     ! as_stated: The words say 50 (half), the row 51.
                 en         share         a third                    -          33       -           about     reported  #
                 en         share         a third                    -          33.3     -           about     reported  #
                 en         share         a third                    -          33.33    -           about     reported  #
                 en         share         a third                    -          33.333   -           about     reported  !
                 en         share         a third                    -          34       -           about     reported  !
                 en         killed        5 men and 900 dogs         6          -        800         range     reported
                     ! as_stated: The words say 900, the row 6 to 800.
                 en         killed        half of them               -          50       -           about     reported
                     ! as_stated: The words say 0.5 (half), the row 50.
                 en         share         fell by 51.2 percent       -          -51.2    -           exact     reported  #
                 en         share         fell by at least 0.5 percent  -       -        -0.5        at_most   reported  #
                 en         share         at least 0.5 percent       0.5        -        -           at_least  reported  #
                 en         killed        at least 0 men             0          -        -           at_least  reported  #
                 en         share         fell by 5 to 7 percent     -7         -        -5          range     reported  #
                 en         share         a third to a half          33         -        50          range     reported  #
                 en         share         a third to a half          34         -        50          range     reported  !
                 en         road          a road of 3 km             -          3000     -           about     reported  #
                 en         killed        a road of 3 km             -          3000     -           about     reported  !
                 other      killed        mintegy 1200               -          5        -           about     reported  # not read
                 none       killed        about 1,200                -          5        -           about     reported  # not read
                 none       killed        천2백 명                    -          5        -           about     reported  !
                 gone       killed        about 1,200                -          5        -           about     reported  #
                 en         open          about 1,200                -          5        -           about     reported  #
                 en         gone          about 1,200                -          5        -           about     reported  #
                 en         killed        -                          -          5        -           about     reported  #
                 en         killed        about 1,200                -          5        -           -         reported  #
                 en         killed        5 to 8                     9          -        5           range     reported  # out of order
        """,
    )


def _list_bound_cases(table: str) -> Case:
    return Case(
        "number-not-in-words",
        f"the bound of {table} is that of its words",
        f"""{HEAD}
        {table}  source_id  indicator_id  as_stated                  value_low  value    value_high  bound
                 en         killed        over 5,000                 5000       -        -           at_least  #
                 en         killed        over 5,000                 -          5000     -           exact
                     ! as_stated: The words say at least 5,000 (over 5,000), the row exactly 5,000.
                 en         killed        over 5,000                 -          5000     -           about     !
                 en         killed        over 5,000                 -          -        5000        at_most   !
                 en         killed        over 5,000                 5000       -        -           vague     !
                 en         killed        5,000 men                  -          5000     -           exact     #
                 en         killed        5,000 men                  -          5000     -           about     #
                 en         killed        5,000 men                  5000       -        -           at_least
                     ! as_stated: The words say 5,000, the row at least 5,000.
                 en         killed        nearly 5,000               -          5000     -           about     #
                 en         killed        nearly 5,000               -          5000     -           exact     !
                 en         killed        up to 5,000                -          -        5000        at_most   #
                 en         killed        up to 5,000                5000       -        -           at_least  !
                 en         killed        over 300, up to 300        -          300      -           exact
                     ! as_stated: The words say at least 300 (over 300), the row exactly 300.
                 en         killed        300 or more men            -          300      -           exact
                     ! as_stated: The words say at least 300 (300 or more), the row exactly 300.
                 en         killed        over 300 dead, 27 wounded  300        -        -           at_least  #
                 en         killed        over 300 dead, 27 wounded  27         -        -           at_least  !
                 en         killed        5 to over 7                5          -        -           at_least  #
                 en         killed        5 to 7                     5          -        -           at_least  !
                 en         share         more than 56% fewer        -          -        -56         at_most   #
                 en         share         more than 56% fewer        -56        -        -           at_least
                     ! as_stated: The words say at least 56 (more than 56), the row at most 56.
                 en         share         up to 56% fewer            -56        -        -           at_least  #
        """,
    )


def _list_note_cases(table: str) -> Case:
    return Case(
        "number-not-in-words",
        f"a note of {table} that names the number or the bound explains it, and an assumption one end of a range",
        f"""{HEAD}
        {table}  source_id  indicator_id  as_stated          value_low  value    value_high  bound     assumption  note
                 en         killed        two units of 600   -          1200     -           about     -           Twice 600.           #
                 en         killed        two units of 600   -          1200     -           about     -           1,200 in all.        #
                 en         killed        two units of 600   -          1200     -           about     -           Sum of 3 counts.     !
                 en         killed        two units of 600   -          1200     -           about     -           About that many.     !
                 en         killed        over 5,000         -          5000     -           exact     -           The cap is exact.    #
                 en         killed        over 5,000         -          5000     -           exact     -           'Over' is 'during'.  #
                 en         killed        over 5,000         -          5000     -           exact     -           It says 5,000.       !
                 en         killed        over 5,000         -          -        5000        at_most   -           At most that many.   #
                 en         killed        5 to 7             -          5        -           about     fewest      -                    #
                 en         killed        5 to 7             -          7        -           exact     most        -                    #
                 en         killed        5 to 7             -          6        -           about     most        -                    !
                 en         killed        5 to 7             5          -        -           at_least  fewest      -                    !
                 en         killed        5 to 7             -          5        -           about     -           -
                     ! as_stated: The words say 5 to 7, the row 5.
                 en         killed        over 5             -          6        -           about     most        -                    !
        """,
    )


CASES = [
    case
    for table in ("economic_figures", "military_figures")
    for case in (_list_number_cases(table), _list_bound_cases(table), _list_note_cases(table))
]
