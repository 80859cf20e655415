"""Rules on dates that texts name, and on dates that stand in several places."""

from rules.bench import Case

PERIODS = [
    Case(
        "day-without-period",
        "what a statement dates to a day has a period",
        """
        claims  claim_id  kind        period_start  period_end  statement
                C01       event       -             -           On 16 December they fell.
                    ! period_end: The statement of C01 names a day, and its period is empty.
                C02       condition   -             -           They stood there by 3 May 2025.           !
                C03       norm        -             -           Before 31 December 2026 it is finished.   !
                C04       denial      -             -           As of 2 June none had come.               !
                C05       event       2024-12-16    -           On 16 December they fell.                 #
                C06       event       -             2024-12-16  On 16 December they fell.                 #
                C07       quantity    -             -           On 16 December ten fell.                  # the figure has it
                C08       assessment  -             -           On 16 December they were ill prepared.    #
                C09       event       -             -           In December 2024 they fell.               # no day
                C10       event       -             -           On the 16 Mayors they fell.               #
                C11       event       -             -           They fought under the treaty of 19 June.  # it names the treaty
                C12       event       -             -           In half 3 May rallies they marched.       !
                C13       event       -             -           There is proof 3 May was quiet.           !
                C14       event       -             -           If 3 May is meant they came.              !
                C15       event       -             -           16 December was the day.                  !
                C16       -           -             -           On 16 December they fell.                 #
                C17       event       -             -           -                                         # reported itself
        """,
    ),
    *(
        Case(
            "day-without-period",
            f"{month} is a month",
            f"""
            claims  claim_id  kind   statement
                    C01       event  On 16 {month} they fell.   !
                    C02       event  On 16 {month}s they fell.  #
            """,
        )
        for month in (
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        )
    ),
    *(
        Case(
            "year-without-period",
            f"a row of {table} has a period if its claim names a year",
            f"""
            claims   claim_id  statement
                     C01       In 1966 ten pilots came.
                     C02       Ten pilots came.
                     C03       In 2023 or 2024 ten pilots came.
                     C04       Of 2023 and 12024 rounds and 1899 guns ten were lost.
                     C05       Of 12024 rounds and 1899 guns ten were lost.
                     C06       -
            {table}  figure_id  claim_id  period_start  period_end  note
                     x01        C01       -             -           -
                         ! period_end: The statement of C01 names a year, and the period of the figure is empty.
                     x02        C01       1966          -           -                  #
                     x03        C01       -             1966        -                  #
                     x04        C02       -             -           -                  #
                     x05        C03       -             -           Made in 2024.      # it says of what
                     x06        C03       -             -           Made in 2022.      !
                     x07        C04       -             -           -                  !
                     x08        C05       -             -           -                  #
                     x09        C06       -             -           -                  #
                     x10        C99       -             -           -                  #
            """,
        )
        for table in ("economic_figures", "military_figures")
    ),
]  # fmt: skip

ASSERTED = [
    Case(
        "asserted-too-coarse",
        "a claim has the date of its speaker's own publication",
        """
        actors    actor_id  parent_id
                  hur       -
                  nis       -
        sources   source_id  publisher_id  published
                  day        hur           2024-12-16
                  first      hur           2024-12-01
                  lost       lost          2024-12-16
                  later      hur           2024-12-18
                  month      hur           2024-12
                  year       hur           2024
                  undated    hur           -
                  other      nis           2024-12-16
        claims    claim_id  asserted_by  asserted
                  C01       hur          2024-12     ! asserted: The speaker published C01 on 2024-12-16, and 2024-12 is coarser.
                  C02       hur          2024        ! asserted: The speaker published C02 on 2024-12, and 2024 is coarser.
                  C03       hur          2024-12-16  #
                  C04       hur          2024-12     # of the month itself
                  C05       hur          2024-12     # published before
                  C06       nis          2024-12     # another's publication
                  C07       hur          2024-12     # it follows another
                  C08       hur          2024-12     # without a date
                  C09       nobody       2024-12     # who speaks is not known
                  C10       hur          2024        ! asserted: The speaker published C10 on 2024-12-16, and 2024 is coarser.
                  C11       hur          2024-11     # published after
                  C12       hur          -           # reported itself
                  C13       hur          2024-12     ! asserted: The speaker published C13 on 2024-12-01, and 2024-12 is coarser.
                  C14       hur          2025        # published before
                  C15       nobody       2024-12     # who speaks is not known
        evidence  claim_id  source_id  relays_id
                  C01       day        -
                  C02       month      -
                  C03       day        -
                  C04       month      -
                  C05       year       -
                  C06       day        -
                  C07       day        other
                  C07       other      -
                  C08       undated    -
                  C09       gone       -
                  C10       later      -
                  C10       day        -
                  C11       day        -
                  C12       day        -
                  C13       first      -
                  C14       day        -
                  C15       lost       -
        """,
    ),
]

IDS = [
    Case(
        "source-id-date",
        "the date in an id does not contradict that of publication",
        """
        sources  source_id             published   note
                 bureau-2024-12-16     2024-12-16  -                                #
                 bureau-2024-12-16-2   2024-12-16  -                                #
                 bureau-2024-12-16-ua  2024-12-16  -                                #
                 bureau-2024-12-17     2024-12-16  -
                     ! published: The id says 2024-12-17, and 2024-12-16 is the date of publication.
                 bureau-2024-11        2024-12-16  -                                !
                 bureau-2023-words     2024-12-16  -                                !
                 bureau-2024-12        2024-12-16  -                                # coarser
                 bureau-2024-12-18     2024-12     -                                # finer
                 bureau-2024           2024-12     -                                #
                 bureau-undated        2024-12     -                                ! published: The id says undated, and 2024-12 is the date of publication.
                 bureau-undated-2      -           -                                #
                 bureau-2022-01        -           -                                #
                 bureau-76849          2024-12     -                                # no date
                 bureau-2024-13        2024-12     -                                # a year and a number
                 bureau-20241          2023        -                                # no year
                 bureau2022-12         2024-12     -                                #
                 bureau-2024-12-01     2024-11-30  The id has 1 December 2024.      #
                 bureau-2024-12-02     2024-11-30  The id has 2024-12-02.           #
                 bureau-2024-12-03     2024-11-30  The id has 4 December 2024.      !
                 bureau-2025-01        2024-11-30  The id has January 2025.         #
                 bureau-2025           2024-11-30  The id has 2025.                 #
                 bureau-undated-3      2024-11-30  Still called undated.            #
                 bureau-undated-4      2024-11-30  It has a date.                   !
        """,
    ),
]

CASES = [*PERIODS, *ASSERTED, *IDS]
