"""Rules on figures: where they are read, what they measure, and whether they are likely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.bench import Case

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE_UNKNOWN = "1 rows may break this rule; 1 references that would decide it are not known"


def _list_cases(table: str, other: str, domain: str, foreign: str) -> Iterator[Case]:
    """Yield the cases of the rules that each table of figures must keep."""
    yield Case(
        "figure-source-not-evidence",
        f"the source of a figure of {table} was read for its claim",
        f"""
        claims    claim_id
                  C00001
                  C00002
        sources   source_id  read
                  full       full
                  part       part
                  no         no
                  idle       full
        evidence  claim_id   source_id
                  C00001     full
                  C00001     no
                  C00001     part
                  C00002     idle
        {table}   claim_id   source_id
                  C00001     full       #
                  C00001     part       #
                  C00001     no         ! source_id: no is not a read source that carries C00001.
                  C00001     idle       ! source_id: idle is not a read source that carries C00001.
                  C00002     full       ! source_id: full is not a read source that carries C00002.
                  C00002     idle       #
                  gone       full       # what is not known is reported itself
                  C00001     gone       #
        """,
    )
    for column in ("claim_id", "source_id"):
        yield Case(
            "figure-source-not-evidence",
            f"an unknown cell of evidence.{column} may be the page of a figure of {table}",
            f"""
            claims   claim_id
                     C00001
            sources  source_id  read
                     full       full
            {table}  claim_id   source_id
                     C00001     full       #
            """,
            unknown={f"evidence.{column}": 1},
            skipped={"figure-source-not-evidence": ONE_UNKNOWN},
        )
    yield Case(
        "one-figure-per-measure",
        f"figures of one claim in {table} differ in more than their numbers and pages",
        f"""
        claims      claim_id
                    C00001
                    C00002
        {table}     figure_id  claim_id  indicator_id  source_id  scope  assumption  currency  period_start  period_end
                    1          C00001    killed        a          -      -           -         -             -           #
                    2          C00001    killed        a          -      -           -         -             -
                        ! figure_id: {{message}}
                    3          C00001    killed        b          -      -           -         -             -
                        ! figure_id: {{message}}
                    4          C00002    killed        a          -      -           -         -             -           #
                    5          C00001    wounded       a          -      -           -         -             -           #
                    6          C00001    killed        a          kursk  -           -         -             -           #
                    7          C00001    killed        a          -      most        -         -             -           #
                    8          C00001    killed        a          -      -           EUR       -             -           #
                    9          C00001    killed        a          -      -           USD       -             -           #
                    10         C00001    killed        a          -      -           USD       -             -
                        ! figure_id: {{message}}
                    11         C00001    killed        a          -      -           -         2024          -           #
                    12         C00001    killed        a          -      -           -         -             2024        #
                    13         C00001    killed        a          kursk  most        -         2024          2024        #
                    14         C00001    killed        a          kursk  most        -         2024          2024
                        ! figure_id: {{message}}
                    15         C00001    -             a          -      -           -         -             -           #
                    16         C00001    -             a          -      -           -         -             -           #
                    17         gone      killed        a          -      -           -         -             -           #
                    18         gone      killed        a          -      -           -         -             -           #
        {other}     figure_id  claim_id  indicator_id  source_id
                    21         C00001    killed        a          # the other table is another
        """.replace("{message}", "C00001 has another figure of killed for the same period."),
    )
    yield Case(
        "one-figure-per-measure",
        f"a figure of {table} that its claim has alone is none twice",
        f"""
        claims   claim_id
                 C00001
                 C00002
        {table}  figure_id  claim_id  indicator_id
                 1          C00001    killed        #
                 2          C00002    killed        #
        """,
    )
    yield Case(
        "indicator-domain",
        f"indicators of figures of {table} are {domain}",
        f"""
        indicators  indicator_id  domain
                    own           {domain}
                    strange       {foreign}
                    open          -
        {table}     indicator_id
                    own           #
                    strange       ! indicator_id: strange belongs to the other table.
                    open          #
                    gone          #
        """,
    )
    yield Case(
        "money-needs-currency",
        f"figures of {table} have a currency exactly when they are money",
        f"""
        indicators  indicator_id  unit
                    trade         money
                    killed        person
                    rate          percent
                    open          -
        {table}     indicator_id  currency
                    trade         USD       #
                    trade         -         ! currency: trade is money and the currency is empty.
                    killed        -         #
                    killed        EUR       ! currency: killed is not money and has the currency EUR.
                    rate          KPW       !
                    open          EUR       # what it measures is not known
                    open          -         #
                    gone          EUR       #
                    gone          -         #
        """,
    )
    yield Case(
        "money-needs-currency",
        f"a wrong cell in the column may be the currency that a figure of {table} lacks",
        f"""
        indicators  indicator_id  unit
                    trade         money
                    killed        person
        {table}     indicator_id  currency
                    trade         -         #
                    killed        EUR       !
        """,
        unknown={f"{table}.currency": 1},
        skipped={"money-needs-currency": ONE_UNKNOWN},
    )
    yield Case(
        "share-range",
        f"each number of a share in {table} lies between 0 and 100, ends included",
        f"""
        indicators  indicator_id  accumulation
                    share         share
                    change        change
                    rate          rate
                    open          -
        {table}     indicator_id  value_low  value  value_high
                    share         0          50     100         #
                    share         -          0      -           #
                    share         -          100    -           #
                    share         -          100.1  -
                        ! value: A share lies between 0 and 100 percent.
                    share         -          -0.1   -           !
                    share         -1         -      50          !
                    share         50         -      101         !
                    share         101        -      -           !
                    share         -          -      -5          !
                    share         -          -      -           #
                    change        -          -5     -           #
                    rate          -          500    -           #
                    open          -          500    -           #
                    gone          -          500    -           #
        """,
    )
    yield Case(
        "exact-round-number",
        f"a number of {table} from 100 on with two digits or fewer before its noughts is seldom exact",
        f"""
        {table}  as_stated  bound     value    method
                 hundred    exact     100      reported
                     ! bound: hundred is round, and its bound is exact.
                 less       exact     99       reported              # too small to be round
                 least      exact     90       reported              #
                 ten        exact     10       reported              #
                 none       exact     0        reported              #
                 debt       exact     -1000    reported              #
                 one more   exact     101      reported              #
                 two        exact     110      reported              !
                 three      exact     111      reported              #
                 hundreds   exact     900      reported              !
                 two        exact     990      reported              !
                 three      exact     999      reported              #
                 large      exact     1200     reported              !
                 larger     exact     1230     reported              #
                 largest    exact     12000000 reported              !
                 broken     exact     100.5    reported              #
                 about      about     100      reported              #
                 range      range     100      reported              #
                 unknown    -         100      reported              #
                 nothing    exact     -        reported              #
                 model      exact     100      model                 !
                 how        exact     100      -                     !
                 offices    exact     100      official_statistics   #
                 mirrors    exact     100      mirror_statistics     #
                 agreed     exact     100      negotiated            #
                 counted    exact     100      counted               #
        """.replace("12000000 reported", "12000000  reported"),
    )
    yield Case(
        "cumulative-decrease",
        f"a total of {table} does not lie below one that the same speaker gave for an earlier day",
        f"""
        actors      actor_id
                    hur
                    nis
        indicators  indicator_id  accumulation
                    killed        cumulative
                    wounded       flow
        claims      claim_id      asserted_by  asserted
                    C00001        hur          2024-12-16
                    C00002        hur          2024-12-20
                    C00003        nis          2024-12-20
        {table}     figure_id     claim_id     indicator_id  value  bound  period_end
                    1             C00001       killed        50     exact  2024-12-16  #
                    2             C00002       killed        40     exact  2024-12-20
                        ! period_end: {{message}}
                    3             C00003       killed        30     exact  2024-12-20  # another speaker
                    4             C00001       wounded       50     exact  2024-12-16  #
                    5             C00002       wounded       40     exact  2024-12-20  # no total
        """.replace("{message}", "The same speaker gave a higher total of killed for an earlier day."),
    )
    yield Case(
        "exact-round-number",
        f"of a number of {table} whose words name a bound another rule speaks",
        f"""
        sources  source_id  language
                 en         en
        {table}  source_id  as_stated       bound  value  method
                 en         5,000           exact  5000   reported  ! bound: 5,000 is round, and its bound is exact.
                 en         over 5,000      exact  5000   reported  #
                 en         5,000 to 6,000  exact  5000   reported  #
                 gone       over 5,000      exact  5000   reported  !
                 en         -               exact  5000   reported  !
        """,
    )
    yield Case(
        "parts-and-total",
        f"a part of a total in {table} is not larger than the total of the same claim",
        f"""
        actors      actor_id
                    hur
        indicators  indicator_id  accumulation
                    killed        cumulative
        claims      claim_id      asserted_by  asserted
                    C00001        hur          2024-12-16
                    C00002        hur          2024-12-16
        {table}     figure_id     claim_id     indicator_id  value  bound  scope
                    1             C00001       killed        50     exact  -      #
                    2             C00001       killed        50     exact  kursk  #
                    3             C00001       killed        51     exact  sudzha
                        ! scope: The part sudzha is larger than the total of the same claim.
                    4             C00002       killed        60     exact  kursk  # another claim
        """,
    )


CASES = [
    *_list_cases("economic_figures", "military_figures", "economic", "military"),
    *_list_cases("military_figures", "economic_figures", "military", "economic"),
    Case(
        "quantity-without-figure",
        "a quantity has a figure in one of the two tables",
        """
        claims            claim_id  kind
                          C00001    quantity  # has an economic figure
                          C00002    quantity  # has a military one
                          C00003    quantity  # has both
                          C00004    quantity  ! kind: C00004 is a quantity without a figure.
                          C00005    event     #
                          C00006    -         #
                          -         quantity  # reported itself
        economic_figures  figure_id  claim_id
                          E00001     C00001
                          E00002     C00003
        military_figures  figure_id  claim_id
                          M00001     C00002
                          M00002     C00003
        """,
    ),
    *(
        Case(
            "quantity-without-figure",
            f"an unknown cell of {table}.claim_id may be the claim that lacks a figure",
            """
            claims  claim_id  kind
                    C00001    quantity  #
            """,
            unknown={f"{table}.claim_id": 1},
            skipped={"quantity-without-figure": ONE_UNKNOWN},
        )
        for table in ("economic_figures", "military_figures")
    ),
]
