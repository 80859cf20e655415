"""Rules on doubles."""

from rules.bench import Case

CLAIMS = [
    *(
        Case(
            "near-duplicate-claim",
            f"{word} adds nothing to what is asserted",
            f"""
            actors  actor_id
                    hur
            claims  claim_id  asserted_by  asserted    statement
                    C00001    hur          2024-12-16  Fell thirty soldiers.          #
                    C00002    hur          2024-12-16  Thirty soldiers {word} fell.   !
                    C00003    hur          2024-12-16  Thirty soldiers {word}x fell.  #
            """,
        )
        for word in (
            "a", "an", "and", "are", "be", "been", "had", "has", "have", "is", "it", "its", "of", "that", "the",
            "their", "they", "was", "were", "which",
        )
    ),
    Case(
        "near-duplicate-claim",
        "one speaker says the same of the same time once, whatever stands between the letters",
        """
        actors  actor_id
                hur
                nis
        claims  claim_id  asserted_by  period_start  period_end  statement
                C00001    hur          -             -           Thirty soldiers fell.              #
                C00002    hur          -             -           Thirty soldiers fell!
                    ! statement: C00001, of the same speaker, has the same words.
                C00003    hur          -             -           thirty, SOLDIERS -- fell           !
                C00004    hur          -             -           Thirtysoldiers fell.               !
                C00005    hur          -             -           Thirty soldiers felt.              #
                C00006    nis          -             -           Thirty soldiers fell.              #
                C00007    hur          2024-12       -           Thirty soldiers fell.              #
                C00008    hur          -             2024-12     Thirty soldiers fell.              #
                C00009    hur          2024-12       2024-12     Thirty soldiers fell.              #
                C00010    hur          2024-12       2024-12     Thirty soldiers fell               !
                C00011    nobody       -             -           Thirty soldiers fell.              # who speaks is not known
                C00012    nobody       -             -           Thirty soldiers fell.              #
                C00013    hur          -             -           -                                  # reported itself
                C00014    hur          -             -           -                                  #
                C00015    hur          -             -           30 soldiers fell.                  #
                C00016    hur          -             -           31 soldiers fell.                  #
                C00017    hur          -             -           Погибли тридцать солдат.           #
                C00018    hur          -             -           ПОГИБЛИ: тридцать солдат           !
                C00019    hur          -             -           Погибли тридцать солдаты.          #
        """,
    ),
    Case(
        "near-duplicate-claim",
        "the same words in the same order are the same claim, whatever its subject is said to be",
        """
        actors  actor_id
                hur
                north
                south
        claims  claim_id  asserted_by  subject_id  asserted    period_end  statement
                C00001    hur          north       2024-12-16  2024-12     Thirty soldiers fell.   #
                C00002    hur          south       2024-12-17  2024-12     Thirty soldiers fell!   !
                C00003    hur          south       2024-12-16  2024-11     Thirty soldiers fell!   !
                C00004    hur          south       2024-12-18  2024-10     Thirty soldiers fell!   #
        """,
    ),
    Case(
        "near-duplicate-claim",
        "statements that open alike are compared to their end",
        """
        actors  actor_id
                hur
        claims  claim_id  asserted_by  statement
                C00001    hur          At least thirty North Korean soldiers were killed or wounded in Kursk oblast.   #
                C00002    hur          At least thirty North Korean soldiers were killed or wounded in Sudzha.         #
                C00003    hur          At least, thirty North Korean soldiers were killed or wounded in Kursk oblast!  !
                C00004    hur          At least thirty North Korean soldiers, were killed; or wounded in: Sudzha       !
        """,
    ),
    Case(
        "near-duplicate-claim",
        "the same words stand in any order, but for those without which a sentence asserts the same",
        """
        actors  actor_id
                hur
                north
                south
        claims  claim_id  asserted_by  subject_id  asserted    period_end  statement
                C00001    hur          north       2024-12-16  2024-12     North Korea has sent arms to Russia.       #
                C00002    hur          north       2024-12-16  2024-11     To Russia, North Korea's sent the arms
                    ! statement: C00001, of the same speaker, has the same words.
                C00003    hur          north       2024-12-17  2024-12     Arms were sent: North Korea to Russia.     !
                C00004    hur          north       2024-12-17  2024-11     To Russia were sent arms, North Korea.     !
                C00005    hur          north       2024-12-18  2024-10     North Korea sent arms to Russia.           # of another time
                C00006    hur          south       2024-12-16  2024-12     Russia sent arms to North Korea.           # of another subject
                C00007    hur          north       2024-12-16  2024-12     North Korea has not sent arms to Russia.   #
                C00008    hur          north       2024-12-16  2024-12     North Korea has sent arms/shells to Russia.  #
                C00009    hur          north       2024-12-16  2024-12     Shells, arms North Korea sent to Russia --  !
                C00010    hur          north       -           2024-09     North Korea is a friend.                   #
                C00011    hur          north       -           2024-08     A friend is North Korea.                   # no day
                C00012    hur          north       2024-12-16  2024-12     -                                          # reported itself
                C00013    hur          north       2024-12-16  2024-12     30 of 100 fell.                            #
                C00014    hur          north       2024-12-16  2024-12     100 of 300 fell.                           #
        """,
    ),
    *(
        Case(
            "near-duplicate-claim",
            f"a figure of {table} stands once for one speaker and day",
            f"""
            actors      actor_id
                        hur
                        nis
            indicators  indicator_id
                        killed
                        wounded
            claims      claim_id  asserted_by  asserted    statement
                        C00001    hur          2024-12-16  Thirty fell.             #
                        C00002    hur          2024-12-16  Of many thirty are dead.
                            ! statement: C00001, of the same speaker and day, has the same figure.
                        C00003    hur          2024-12-17  Dead are thirty.         # on another day
                        C00004    nis          2024-12-16  Thirty have died.        # by another speaker
                        C00005    hur          2024-12-16  Thirty are hurt.         # of another measure
                        C00006    hur          2024-12-16  Thirty or more fell.     # of another bound
                        C00007    hur          2024-12-16  In Kursk thirty fell.    # of a part
                        C00008    hur          2024-12-16  In May thirty fell.      # of another time
                        C00009    hur          2024-12-16  Many fell.               # without a number
                        C00010    hur          2024-12-16  Very many fell.          #
                        C00011    hur          -           Thirty fell again.       # on no day
                        C00012    hur          -           Thirty fell once more.   #
                        C00013    nobody       2024-12-16  Thirty fell, it seems.   # by whom is not known
                        C00014    nobody       2024-12-16  Thirty fell, I hear.     #
                        C00015    nis          2024-12-16  Ten and ten.             # has another figure twice
                        C00016    hur          2024-12-16  Who was it?              # measure not known
                        C00017    hur          2024-12-16  What was it?             #
            {table}     figure_id  claim_id  indicator_id  value  value_low  bound     scope  period_end
                        x01        C00001    killed        30     -          exact     -      2024-12
                        x02        C00002    killed        30     -          exact     -      2024-12
                        x03        C00003    killed        30     -          exact     -      2024-12
                        x04        C00004    killed        30     -          exact     -      2024-12
                        x05        C00005    wounded       30     -          exact     -      2024-12
                        x06        C00006    killed        -      30         at_least  -      2024-12
                        x07        C00007    killed        30     -          exact     kursk  2024-12
                        x08        C00008    killed        30     -          exact     -      2024-05
                        x09        C00009    killed        -      -          vague     -      2024-12
                        x10        C00010    killed        -      -          vague     -      2024-12
                        x11        C00011    killed        30     -          exact     -      2024-12
                        x12        C00012    killed        30     -          exact     -      2024-12
                        x13        C00013    killed        30     -          exact     -      2024-12
                        x14        C00014    killed        30     -          exact     -      2024-12
                        x15        C00015    killed        10     -          exact     -      2024-12
                        x16        C00015    killed        10     -          exact     -      2024-12
                        x17        C00016    -             7      -          exact     -      2024-12
                        x18        C00017    -             7      -          exact     -      2024-12
            """,
        )
        for table in ("economic_figures", "military_figures")
    ),
]  # fmt: skip

SOURCES = [
    Case(
        "near-duplicate-source",
        "a page is one source, however its address is written",
        """
        sources  source_id  url
                 a1         https://bureau.example/news/a?id=1                 #
                 a2         http://www.bureau.example:80/news/a?id=1&utm_source=x
                     ! url: a1 is the same page.
                 a3         HTTPS://Bureau.Example/news/%61/?id=1#comments
                     ! url: a2 is the same page.
                 a4         https://bureau.example/news/a?id=2                 # another parameter
                 a5         https://bureau.example/news/A?id=1                 # another path
                 a6         https://bureau.example:8080/news/a?id=1            # another port
                 a7         https://bureau.example/news/a                      #
                 b1         https://m.bureau.example/news/a?id=1               # another host
                 c1         https://data.example/#/Table                       #
                 c2         https://data.example/#/Chart                       # another route
                 d1         -                                                  #
                 d2         -                                                  #
        """,
    ),
    Case(
        "near-duplicate-source",
        "editions of one page are published days apart",
        """
        sources  source_id  url                    published
                 a1         https://a.example/p/   2024-12-16  #
                 a2         https://a.example/p    2024-12-17  ! url: a1 is the same page.
                 a3         https://a.example/p    2024-12-19  #
                 a4         http://a.example/p     2025        #
                 a5         https://a.example/p#x  2025-07     ! url: a4 is the same page.
                 a6         https://a.example/p#y  2025-12-31  ! url: a5 is the same page.
                 b1         https://b.example/p/   -           ! url: b3 is the same page.
                 b2         https://b.example/p    2024        #
                 b3         https://b.example/p/   2026        #
                 b4         https://b.example/p#p  -           ! url: b1 is the same page.
        """,
    ),
    Case(
        "near-duplicate-source",
        "the unique key speaks of the same address on the same date",
        """
        sources  source_id  url                  published
                 a1         https://a.example/p  2024-12-16  #
                 a2         https://a.example/p  2024-12-16  # told by the rule unique-key
                 b1         https://b.example/p  -           #
                 b2         https://b.example/p  -           !
        """,
    ),
]

CASES = [*CLAIMS, *SOURCES]
