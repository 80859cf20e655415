"""Rules on claims that are linked, denied, confirmed or told twice."""

from __future__ import annotations

from rules.bench import Case

ONE_UNKNOWN = "1 rows may break this rule; 1 references that would decide it are not known"
ASYMMETRIC = ("denies", "doubts", "updates", "retracts", "misreports", "derives_from")

DUPLICATES = [
    Case(
        "link-duplicate",
        "two claims are linked once in one way, whichever is named first",
        """
        claims       claim_id
                     C00001
                     C00002
                     C00003
        claim_links  claim_id  relation      other_id
                     C00001    corroborates  C00002    #
                     C00002    corroborates  C00001
                         ! other_id: C00002 and C00001 are already linked in this way.
                     C00001    contradicts   C00002
                         ! other_id: C00001 and C00002 are already linked in this way.
                     C00002    contradicts   C00001    !
                     C00001    corroborates  C00003    # another pair
                     C00002    corroborates  C00003    #
                     C00001    doubts        C00002    # another way
                     C00002    doubts        C00001    !
                     C00001    denies        C00002    #
                     C00003    contradicts   C00003    # linked to itself is another rule
                     C00003    corroborates  C00003    #
                     C00001    updates       gone      # what is not known is reported itself
                     C00001    updates       lost      #
                     gone      updates       C00001    #
                     lost      updates       C00001    #
                     C00001    -             C00003    #
                     C00003    -             C00001    #
        """,
    ),
]

ORDER = [
    Case(
        "link-order",
        "a symmetric link starts from the lower id",
        """
        claims       claim_id
                     C00001
                     C00002
                     C00003
        claim_links  claim_id  relation      other_id
                     C00001    corroborates  C00002    #
                     C00003    corroborates  C00001    ! claim_id: A symmetric link starts from the lower id.
                     C00003    contradicts   C00002    !
                     C00002    corroborates  C00001    # told already as a duplicate
                     C00003    corroborates  C00003    #
                     C00003    doubts        C00001    #
                     C00009    corroborates  C00001    # what is not known is reported itself
                     C00003    corroborates  C00000    #
                     C00003    -             C00001    #
        """,
    ),
    *(
        Case(
            "link-order",
            f"a claim that {relation} another is dated no more than a day before it",
            f"""
            claims       claim_id  asserted
                         C00001    2024-12-15
                         C00002    2024-12-16
                         C00003    2024-12-17
                         C00004    2024-12
                         C00005    2025-01
                         C00006    2025-01-02
                         C00007    -
            claim_links  claim_id  relation    other_id
                         C00002    {relation}  C00001    #
                         C00001    {relation}  C00002    # told already if it were a duplicate
                         C00001    {relation}  C00003
                             ! claim_id: C00001 was asserted before C00003, to which it reacts.
                         C00004    {relation}  C00005    # the last day of December is the day before
                         C00004    {relation}  C00006    !
                         C00001    {relation}  C00004    # the first day of December is earlier
                         C00003    {relation}  C00005    !
                         C00001    {relation}  C00007    #
                         C00007    {relation}  C00005    #
                         C00001    {relation}  C00009    #
            """,
        )
        for relation in ASYMMETRIC
    ),
    *(
        Case(
            "link-order",
            f"{relation} is no reaction, so the earlier claim may come first",
            f"""
            claims       claim_id  asserted
                         C00001    2024-12-15
                         C00002    2025-12-16
            claim_links  claim_id  relation    other_id
                         C00001    {relation}  C00002    #
            """,
        )
        for relation in ("corroborates", "contradicts")
    ),
    Case(
        "link-order",
        "a claim may react to one of the day after",
        """
        claims       claim_id  asserted
                     C00001    2024-12-15
                     C00002    2024-12-16
                     C00003    2024-12-17
        claim_links  claim_id  relation  other_id
                     C00001    doubts    C00002    #
                     C00001    denies    C00003    !
        """,
    ),
]

PARTIES = [
    *(
        Case(
            "update-needs-same-root",
            f"a party {relation} claims of its own family",
            f"""
            actors       actor_id  parent_id
                         gazette   -
                         service   ministry
                         ministry  state
                         state     -
                         lost-1    lost-2
                         lost-2    lost-1
            claims       claim_id  asserted_by
                         C00001    service
                         C00002    service
                         C00003    state
                         C00004    gazette
                         C00005    lost-1
                         C00006    nobody
            claim_links  claim_id  relation    other_id
                         C00002    {relation}  C00001    #
                         C00003    {relation}  C00001    #
                         C00004    {relation}  C00001    ! relation: {{message}}
                         C00001    {relation}  C00004    !
                         C00005    {relation}  C00001    # in a circle no one is the head
                         C00001    {relation}  C00005    #
                         C00006    {relation}  C00001    # what is not known is reported itself
                         C00001    {relation}  C00009    #
            """.replace("{message}", "The speakers of C00004 and C00001 belong to different parties."),
        )
        for relation in ("updates", "retracts")
    ),
    *(
        Case(
            "update-needs-same-root",
            f"anyone {relation} a claim",
            f"""
            actors       actor_id
                         state
                         gazette
            claims       claim_id  asserted_by
                         C00001    state
                         C00002    gazette
            claim_links  claim_id  relation    other_id
                         C00002    {relation}  C00001    #
            """,
        )
        for relation in ("corroborates", "contradicts", "denies", "doubts", "misreports", "derives_from")
    ),
]

MISREPORTS = [
    Case(
        "misreports-needs-difference",
        "who misreports is the publisher and says something else",
        """
        actors            actor_id
                          gazette
                          hur
        indicators        indicator_id
                          killed
        claims            claim_id   asserted_by
                          C00001     hur
                          C00002     gazette
                          C00003     gazette
                          C00004     hur
                          C00005     nobody
                          C00006     gazette
                          C00007     gazette
        sources           source_id  publisher_id
                          page       gazette
                          hidden     nobody
                          post       hur
        evidence          claim_id   source_id
                          C00001     page
                          C00002     page
                          C00003     page
                          C00004     page
                          C00005     page
                          C00006     hidden
                          C00007     post
        economic_figures  figure_id  claim_id  indicator_id  value  bound
                          E00001     C00001    killed        5      exact
                          E00002     C00003    killed        5      exact
                          E00003     C00004    killed        5      exact
        military_figures  figure_id  claim_id  indicator_id  value  bound
                          M00001     C00002    killed        6      exact
                          M00002     C00005    killed        6      exact
                          M00003     C00006    killed        6      exact
                          M00004     C00009    killed        5      exact
        claim_links       claim_id   relation    other_id
                          C00001     misreports  C00002
                              ! relation: The speaker of C00001 published none of the sources that carry it.
                          C00002     misreports  C00001    # another number
                          C00003     misreports  C00001
                              ! relation: C00003 has the same figures as C00001, so it reports it rightly.
                          C00003     doubts      C00001    # another way
                          C00003     misreports  C00002    #
                          C00004     misreports  C00001
                              ! relation: The speaker of C00004 published none of the sources that carry it.
                          C00007     misreports  C00001
                              ! relation: The speaker of C00007 published none of the sources that carry it.
                          C00005     misreports  C00001    # who speaks is not known
                          C00006     misreports  C00001    # who published it is not known
                          C00009     misreports  C00001    # what is not known is reported itself
                          C00003     misreports  C00009    #
        """,
    ),
    Case(
        "misreports-needs-difference",
        "a report without figures is not known to be right",
        """
        actors       actor_id
                     gazette
        claims       claim_id   asserted_by
                     C00001     gazette
                     C00002     gazette
                     C00003     gazette
        sources      source_id  publisher_id
                     page       gazette
        evidence     claim_id   source_id
                     C00001     page
                     C00002     page
                     C00003     page
        military_figures  figure_id  claim_id  value
                          M00001     C00003    5
        claim_links  claim_id   relation    other_id
                     C00002     misreports  C00001    #
                     C00003     misreports  C00001    #
                     C00002     misreports  C00003    #
        """,
    ),
    *(
        Case(
            "misreports-needs-difference",
            f"another {column} is a difference",
            f"""
            actors            actor_id
                              gazette
            indicators        indicator_id
                              killed
            claims            claim_id   asserted_by
                              C00001     gazette
                              C00002     gazette
                              C00003     gazette
            sources           source_id  publisher_id
                              page       gazette
            evidence          claim_id   source_id
                              C00001     page
                              C00002     page
                              C00003     page
            military_figures  figure_id  claim_id  {column}
                              M00001     C00001    {one}
                              M00002     C00002    {other}
                              M00003     C00003    {one}
            claim_links       claim_id   relation    other_id
                              C00002     misreports  C00001    #
                              C00003     misreports  C00001    !
            """,
        )
        for column, one, other in (
            ("indicator_id", "killed", "wounded"),
            ("scope", "kursk", "sudzha"),
            ("scope", "x", "-"),
            ("assumption", "most", "least"),
            ("value_low", "5", "6"),
            ("value", "5", "6"),
            ("value_high", "5", "6"),
            ("bound", "exact", "about"),
        )
    ),
    *(
        Case(
            "misreports-needs-difference",
            f"another {column} is no difference",
            f"""
            actors            actor_id
                              gazette
            claims            claim_id   asserted_by
                              C00001     gazette
                              C00002     gazette
            sources           source_id  publisher_id
                              page       gazette
            evidence          claim_id   source_id
                              C00001     page
                              C00002     page
            military_figures  figure_id  claim_id  value  {column}
                              M00001     C00001    5      {one}
                              M00002     C00002    5      {other}
            claim_links       claim_id   relation    other_id
                              C00002     misreports  C00001    !
            """,
        )
        for column, one, other in (
            ("as_stated", "five", "cinq"),
            ("method", "reported", "counted"),
            ("period_end", "2024", "2025"),
            ("currency", "USD", "EUR"),
        )
    ),
    Case(
        "misreports-needs-difference",
        "several figures are compared as a whole, in any order and of both tables",
        """
        actors            actor_id
                          gazette
        claims            claim_id   asserted_by
                          C00001     gazette
                          C00002     gazette
                          C00003     gazette
                          C00004     gazette
        sources           source_id  publisher_id
                          page       gazette
        evidence          claim_id   source_id
                          C00001     page
                          C00002     page
                          C00003     page
                          C00004     page
        economic_figures  figure_id  claim_id  value
                          E00001     C00001    7
                          E00002     C00004    7
        military_figures  figure_id  claim_id  value
                          M00001     C00001    5
                          M00002     C00001    6
                          M00003     C00002    5
                          M00004     C00002    6
                          M00005     C00003    6
                          M00006     C00003    5
                          M00007     C00003    7
                          M00008     C00004    5
                          M00009     C00004    6
        claim_links       claim_id   relation    other_id
                          C00002     misreports  C00001    # one is missing
                          C00003     misreports  C00001    !
                          C00004     misreports  C00001    !
        """,
    ),
]

DENIALS = [
    Case(
        "denial-without-link",
        "a denial denies something",
        """
        claims       claim_id  kind
                     C00001    denial   #
                     C00002    denial   ! kind: C00002 denies, but links to nothing it denies.
                     C00003    denial   ! kind: C00003 denies, but links to nothing it denies.
                     C00004    denial   # what it denies is not known
                     C00005    event    #
                     C00006    -        #
        claim_links  claim_id  relation  other_id
                     C00001    denies    C00002
                     C00003    doubts    C00001
                     C00004    denies    gone
                     C00005    denies    C00003
        """,
    ),
    *(
        Case(
            "denial-without-link",
            f"an unknown cell of claim_links.{column} may be the link that is missing",
            """
            claims  claim_id  kind
                    C00001    denial  #
            """,
            unknown={f"claim_links.{column}": 1},
            skipped={"denial-without-link": ONE_UNKNOWN},
        )
        for column in ("claim_id", "relation")
    ),
    Case(
        "denial-without-link",
        "an unknown other end of a link says nothing of who denies",
        """
        claims  claim_id  kind
                C00001    denial  !
        """,
        unknown={"claim_links.other_id": 1},
    ),
]

SUPPORT = [
    Case(
        "credibility-needs-support",
        "confirmed is what its speaker did or wrote, what two parties say, and what one admits",
        """
        actors       actor_id   parent_id  kind
                     agency     -          state
                     bank       agency     bank
                     institute  -          research_organisation
                     lost-1     lost-2     person
                     lost-2     lost-1     person
                     state      -          state
                     union      -          state
        claims       claim_id   asserted_by  subject_id  object_id  credibility
                     C00001     agency       state       -          1            ! credibility: {message}
                     C00002     agency       state       -          2            # not called confirmed
                     C00003     agency       state       -          -            #
                     C00004     agency       agency      -          1            # its own act
                     C00005     bank         agency      -          1            # an act of its family
                     C00006     agency       bank        -          1            #
                     C00007     agency       state       -          1            # two parties agree
                     C00008     union        state       -          2            #
                     C00009     agency       state       -          1            # its own legal document
                     C00010     agency       state       -          1            # its own data
                     C00011     agency       state       -          1
                         ! its own report is no document
                     C00012     agency       state       -          1            ! the document of another
                     C00013     agency       state       -          1            # the state admits it
                     C00014     state        agency      -          2            #
                     C00015     lost-1       lost-1      -          1            # whose party is not known
                     C00016     nobody       nobody      -          1            # who is not known
                     C00017     bank         state       -          1            # a document of its family
                     C00018     lost-1       state       -          1            #
                     C00019     agency       nobody      -          1            # of somebody not known
                     C00020     agency       state       lost-1     1            #
                     C00021     lost-1       state       -          1            #
                     C00022     agency       state       -          1            #
                     C00023     agency       state       -          1            #
                     C00024     agency       state       -          1            #
                     C00025     lost-1       state       -          -            #
                     C00026     -            -           -          1            !
                     C00027     -            state       -          1            !
        claim_actors  claim_id  actor_id     role
                     C00022     lost-1       participant
        sources      source_id  publisher_id  kind
                     law        agency        legal_document
                     data       agency        dataset
                     report     agency        report
                     foreign    union         legal_document
                     lost       lost-2        legal_document
                     blank      -             legal_document
        evidence     claim_id   source_id
                     C00009     law
                     C00010     data
                     C00011     report
                     C00012     foreign
                     C00017     law
                     C00018     lost
                     C00019     gone
                     C00023     lost
                     C00027     blank
        claim_links  claim_id   relation      other_id
                     C00007     corroborates  C00008
                     C00013     corroborates  C00014
                     C00024     corroborates  C00025
        """.replace("{message}", "C00001 is called confirmed, but nothing in the data confirms it.")
        .replace("its own report is no document", "")
        .replace("the document of another", ""),
    ),
    *(
        Case(
            "credibility-needs-support",
            f"an unknown cell of {column} may be what confirms it",
            """
            actors  actor_id  kind
                    agency    state
                    state     state
            claims  claim_id  asserted_by  subject_id  credibility
                    C00001    agency       state       1            #
            """,
            unknown={column: 1},
            skipped={"credibility-needs-support": ONE_UNKNOWN},
        )
        for column in (
            "actors.parent_id", "actors.kind",
            "claims.asserted_by", "claims.asserted", "claims.subject_id", "claims.object_id",
            "claim_actors.actor_id", "claim_actors.role",
            "claim_links.claim_id", "claim_links.relation", "claim_links.other_id",
            "evidence.claim_id", "evidence.source_id",
            "sources.publisher_id", "sources.kind",
            "indicators.accumulation",
            *(
                f"{table}.{column}"
                for table in ("economic_figures", "military_figures")
                for column in (
                    "claim_id", "indicator_id", "scope", "assumption", "value_low", "value", "value_high", "bound",
                    "currency", "period_start", "period_end",
                )
            ),
        )
    ),
    *(
        Case(
            "credibility-needs-support",
            f"an unknown cell of {column} cannot confirm it",
            """
            actors  actor_id  kind
                    agency    state
                    state     state
            claims  claim_id  asserted_by  subject_id  credibility
                    C00001    agency       state       1            !
            """,
            unknown={column: 1},
        )
        for column in ("claims.statement", "sources.read", "evidence.relays_id", "military_figures.method")
    ),
]  # fmt: skip

CASES = [*DUPLICATES, *ORDER, *PARTIES, *MISREPORTS, *DENIALS, *SUPPORT]
