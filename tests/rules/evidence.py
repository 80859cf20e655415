"""Rules on evidence: who carries a claim, who relays whom, and when."""

from __future__ import annotations

from rules.bench import Case

CARRIED = [
    Case(
        "claim-without-evidence",
        "each claim has a row of evidence, whatever its source",
        """
        claims    claim_id
                  C00001    #
                  C00002    ! claim_id: No row of evidence carries C00002.
                  C00003    # its source is not known
                  -         # what is missing is reported itself
        sources   source_id
                  a
        evidence  claim_id  source_id
                  C00001    a
                  C00003    gone
        """,
    ),
    Case(
        "claim-without-evidence",
        "evidence in a row that could not be taken apart counts",
        """
        claims    claim_id
                  C00001    # its evidence is malformed
                  C00002    !
                  C00003    #
        evidence  claim_id
                  C00003
        """,
        strays={"evidence": frozenset({"C00001"})},
    ),
    Case(
        "claim-without-evidence",
        "as many claims may lack evidence as rows of evidence have an unknown claim",
        """
        claims  claim_id
                C00001    #
        """,
        unknown={"evidence.claim_id": 1},
        skipped={
            "claim-without-evidence": (
                "1 rows may break this rule; 1 references that would decide it are not known"
            )
        },
    ),
    Case(
        "claim-without-evidence",
        "more claims lack evidence than rows of it have an unknown claim, and then all are told",
        """
        claims  claim_id
                C00001    !
                C00002    !
        """,
        unknown={"evidence.claim_id": 1, "evidence.source_id": 9},
    ),
    Case(
        "claim-without-read-evidence",
        "of the sources of a claim one was read, in full or in part",
        """
        claims    claim_id
                  C00001    # read in full
                  C00002    # read in part
                  C00003    ! claim_id: None of the sources that carry C00003 was read.
                  C00004    # one of two was read
                  C00005    !
                  C00006    # without any evidence is another rule
                  C00007    # whether it was read is not known
                  C00008    # which source is not known
        sources   source_id  read
                  full       full
                  part       part
                  no         no
                  not        no
                  open       -
        evidence  claim_id   source_id
                  C00001     full
                  C00002     part
                  C00003     no
                  C00004     no
                  C00004     full
                  C00005     no
                  C00005     not
                  C00007     open
                  C00008     gone
        """,
    ),
    Case(
        "claim-without-read-evidence",
        "evidence in a row that could not be taken apart is not known to be read",
        """
        claims  claim_id
                C00001    !
                C00002    #
        """,
        strays={"evidence": frozenset({"C00001"})},
    ),
    *(
        Case(
            "claim-without-read-evidence",
            f"an unknown cell of {column} may be the source that was read",
            """
            claims    claim_id
                      C00001    #
            sources   source_id  read
                      no         no
            evidence  claim_id   source_id
                      C00001     no
            """,
            unknown={column: 1},
            skipped={
                "claim-without-read-evidence": (
                    "1 rows may break this rule; 1 references that would decide it are not known"
                )
            },
        )
        for column in ("evidence.claim_id", "evidence.source_id")
    ),
]

RELAYS = [
    Case(
        "relay-outside-claim",
        "who is relayed for a claim carries it too",
        """
        claims    claim_id
                  C00001
                  C00002
                  C00003
        sources   source_id
                  a
                  b
                  c
        evidence  claim_id  source_id  relays_id
                  C00001    a          -          #
                  C00001    b          a          #
                  C00001    c          c          # a circle is another rule
                  C00002    c          a          ! relays_id: a is not itself evidence of C00002.
                  C00002    b          c          #
                  C00003    a          b          #
                  C00003    b          gone       # what is not known is reported itself
                  gone      b          a          #
        """,
    ),
    *(
        Case(
            "relay-outside-claim",
            f"an unknown cell of {column} may be the row that is lacking",
            """
            claims    claim_id
                      C00001
            sources   source_id
                      a
                      b
            evidence  claim_id  source_id  relays_id
                      C00001    b          a          #
            """,
            unknown={column: 1},
            skipped={
                "relay-outside-claim": "1 rows may break this rule; 1 references that would decide it are not known"
            },
        )
        for column in ("evidence.claim_id", "evidence.source_id")
    ),
    Case(
        "evidence-cycle",
        "a chain for a claim ends; of a circle the first row is told, with all who are in it",
        """
        claims    claim_id
                  C00001
                  C00002
                  C00003
        sources   source_id
                  a
                  b
                  c
                  d
        evidence  claim_id  source_id  relays_id
                  C00001    a          a          ! relays_id: a relays itself.
                  C00001    b          a          # follows a circle
                  C00002    a          c          ! relays_id: These sources relay each other: a, b, c.
                  C00002    b          a          #
                  C00002    c          b          #
                  C00002    d          b          #
                  C00003    a          b          # one way here, the other way for another claim
                  C00003    b          -          #
                  C00003    c          a          #
        """,
    ),
    Case(
        "relay-after-carrier",
        "a source may relay what appeared up to a day later, as dates differ around the world",
        """
        sources   source_id  published
                  day-15     2024-12-15
                  day-16     2024-12-16
                  day-17     2024-12-17
                  december   2024-12
                  january    2025-01
                  new-year   2025-01-01
                  second     2025-01-02
                  year       2024
                  undated    -
        evidence  claim_id  source_id  relays_id
                  C00001    day-17     day-15     #
                  C00002    day-16     day-16     # on the same day
                  C00003    day-16     day-17     # a day later
                  C00004    day-15     day-17
                      ! relays_id: day-15 was published before day-17, which it relays.
                  C00005    december   new-year   # it may have appeared on the last day of December
                  C00006    december   second     !
                  C00007    year       second     !
                  C00008    day-15     december   # it may have appeared on the first day of December
                  C00009    day-17     january    !
                  C00010    undated    day-17     #
                  C00011    day-15     undated    #
                  C00012    day-15     gone       #
        """,
    ),
]

ASSERTED = [
    Case(
        "asserted-after-publication",
        "a claim may be dated up to a day later than the first source that carries it",
        """
        claims    claim_id  asserted
                  C00001    2024-12-15  #
                  C00002    2024-12-16  # a day later
                  C00003    2024-12-17
                      ! asserted: C00003 was asserted after a source that carries it was published.
                  C00004    2024-12-17
                      ! asserted: C00004 was asserted after a source that carries it was published.
                  C00005    2024-12     # it may have been asserted on the first day of December
                  C00006    2025        !
                  C00007    2025-01-01  # the source may have appeared on the last day of December
                  C00008    2025-01-02  !
                  C00009    2025-01-02  # when its source appeared is not known
                  C00010    2025-01-02  # it has no source
                  C00011    -           #
        sources   source_id  published
                  early      2024-12-15
                  late       2024-12-20
                  december   2024-12
                  undated    -
        evidence  claim_id   source_id
                  C00001     early
                  C00002     early
                  C00003     early
                  C00004     late
                  C00004     early
                  C00005     early
                  C00006     late
                  C00007     december
                  C00008     december
                  C00009     undated
                  C00011     early
        """,
    )
]

ORIGINS = [
    Case(
        "origin-not-speaker",
        "a chain ends at the speaker's family or at an outlet that heard it",
        """
        actors    actor_id  parent_id
                  gazette   -
                  lost-1    lost-2
                  lost-2    lost-1
                  ministry  state
                  service   ministry
                  state     -
        claims    claim_id  asserted_by
                  C00001    service
                  C00002    gazette
                  C00003    lost-1
                  C00004    nobody
        sources   source_id  publisher_id
                  hidden     nobody
                  lost       lost-2
                  ministry   ministry
                  page-1     gazette
                  page-2     gazette
                  page-3     gazette
                  page-4     gazette
                  page-5     gazette
                  page-6     gazette
                  service    service
                  state      state
        evidence  claim_id  source_id  relays_id  attribution
                  C00001    service    -          -            # the speaker's own page
                  C00001    ministry   -          -            # pages of its family
                  C00001    state      -          named        #
                  C00001    page-1     -          -            ! source_id: {message}
                  C00001    page-2     -          named        !
                  C00001    page-3     -          inferred     !
                  C00001    page-4     -          heard        #
                  C00001    page-5     service    named        # not the end of the chain
                  C00001    page-6     gone       -            # whom it relays is not known
                  C00001    hidden     -          -            # who published it is not known
                  C00001    gone       -          -            #
                  C00001    lost       -          -            # in a circle no one is the head
                  C00002    page-1     -          -            #
                  C00002    state      -          -            !
                  C00003    page-1     -          -            #
                  C00004    page-1     -          -            #
                  gone      page-1     -          -            #
        """.replace(
            "{message}",
            "page-1 ends the chain of C00001, but its publisher is not the speaker and did not hear it.",
        ),
    ),
    Case(
        "origin-not-speaker",
        "an unknown cell of relays_id may be whom the source relays",
        """
        actors    actor_id
                  a
                  b
        claims    claim_id  asserted_by
                  C00001    a
        sources   source_id  publisher_id
                  of-b       b
        evidence  claim_id  source_id
                  C00001    of-b       #
        """,
        unknown={"evidence.relays_id": 1},
        skipped={
            "origin-not-speaker": "1 rows may break this rule; 1 references that would decide it are not known"
        },
    ),
    Case(
        "reprint-without-agency",
        "who publishes news of its own publishes no agency's text",
        """
        actors   actor_id
                 gazette
                 agency
                 journal
        sources  source_id  publisher_id  kind
                 a          agency        wire      #
                 b          agency        wire      #
                 c          agency        report    # other texts make no outlet
                 d          gazette       news      #
                 e          gazette       wire
                     ! publisher_id: e is entered as an agency's text, but gazette publishes news of its own.
                 f          gazette       report    #
                 g          gazette       wire      !
                 h          journal       news      #
                 i          nobody        wire      # who published it is not known
                 j          nobody        news      #
                 k          -             wire      #
                 l          agency        -         #
        """,
    ),
]

HEARD = [
    Case(
        "copy-as-origin",
        "where no actor is known none is known to copy",
        """
        actors    actor_id
        sources   source_id  publisher_id  reliability
                  copy       gone          E
        claims    claim_id
                  C01
        evidence  claim_id  source_id  relays_id  attribution
                  C01       copy       -          heard        #
        """,
    ),
    Case(
        "copy-as-origin",
        "an outlet that copies more often than not heard nobody",
        """
        sources   source_id  publisher_id  reliability
                  copy1      copier        E
                  copy2      copier        E
                  fine       copier        B
                  unread     copier        -
                  half1      half          E
                  half2      half          D
                  good       bureau        B
                  ungraded   nobody        -
                  lost       -             E
        actors    actor_id
                  copier
                  half
                  bureau
                  nobody
        evidence  claim_id  source_id  relays_id  attribution
                  C01       copy1      -          heard
                      ! attribution: copy1 heard C01, and most pages of its publisher are copies.
                  C02       fine       -          heard        !
                  C03       unread     -          heard        !
                  C04       copy1      -          -            # the speaker's own
                  C05       copy1      good       named        #
                  C06       half1      -          heard        # half of them
                  C07       good       -          heard        #
                  C08       ungraded   -          heard        #
                  C09       lost       -          heard        #
                  C10       gone       -          heard        #
                  C11       copy1      good       heard        # no end
        """,
    ),
    Case(
        "own-and-heard",
        "a source is a speaker's own for every claim, or for none",
        """
        actors    actor_id
                  kim
                  kcna
        claims    claim_id  asserted_by
                  C01       kim
                  C02       kim
                  C03       kcna
                  C04       kim
                  C05       kim
                  C06       nobody
                  C07       nobody
        sources   source_id
                  speech
                  report
                  letter
                  article
        evidence  claim_id  source_id  relays_id  attribution
                  C01       speech     -          -            #
                  C01       article    speech     -            # no end, so not the speaker's own
                  C02       article    -          heard        #
                  C02       speech     -          heard
                      ! attribution: speech heard C02, and is the own publication of its speaker for another claim.
                  C03       speech     -          heard        # another speaker
                  C04       report     -          heard        # another source
                  C05       report     -          heard        #
                  C04       letter     -          -            #
                  C05       letter     speech     heard        # no end
                  C04       speech     report     -            #
                  C06       report     -          -            # who speaks is not known
                  C07       report     -          heard        #
        """,
    ),
    *(
        Case(
            rule,
            f"an unknown cell of {column} may tell that it is no end",
            """
            actors    actor_id
                      copier
            claims    claim_id  asserted_by
                      C01       copier
                      C02       copier
            sources   source_id  publisher_id  reliability
                      copy       copier        E
            evidence  claim_id   source_id     attribution
                      C01        copy          -            #
                      C02        copy          heard        #
            """,
            unknown={f"evidence.{column}": 1},
            skipped={rule: "1 rows may break this rule; 1 references that would decide it are not known"},
        )
        for rule, column in (
            ("copy-as-origin", "relays_id"),
            ("own-and-heard", "relays_id"),
            ("own-and-heard", "attribution"),
        )
    ),
]

OUTLETS = [
    Case(
        "outlet-outside-chain",
        "an outlet that a note names published evidence of the claim",
        """
        actors    actor_id     kind    name               aliases
                  reuters      media   Reuters            -
                  interfax     media   Interfax           -
                  interfax-ua  media   Interfax-Ukraine   -
                  barrons      media   Barron's           -
                  afp          media   Agence France      AFP;France Presse
                  afp-news     media   AFP News           AFP
                  radio        media   Radio & TV         -
                  times        media   The Korea Times    -
                  times-jp     media   Korea Times        Times of Korea
                  pentagon     agency  Pentagon           -
                  nameless     media   -                  Gazette
                  dashes       media   —                  ;—
        sources   source_id    publisher_id
                  page         nameless
                  wire         reuters
                  later        afp
                  japan        times-jp
                  lost         -
        claims    claim_id
                  C01
                  C02
                  C03
                  C04
                  C05
                  C06
                  C07
                  C08
                  C09
                  C10
                  C11
                  C12
                  C13
        evidence  claim_id  source_id  note
                  C01       page       Follows Reuters.
                      ! note: The note names Reuters, which published no evidence of C01.
                  C02       page       Follows Reuters.                  # there it is
                  C02       wire       -                                 #
                  C03       page       After Reuters and Interfax-Ukraine.
                      ! note: The note names Interfax-Ukraine, which published no evidence of C03.
                  C03       wire       Reuters itself.                   #
                  C04       page       By way of Barron's/AFP too.
                      ! note: The note names Agence France, which published no evidence of C04.
                  C05       page       As France Presse has it.          #
                  C05       later      -                                 #
                  C06       page       In The Korea Times.
                      ! note: The note names The Korea Times, which published no evidence of C06.
                  C07       page       In Korea Times, as in Times of Korea.  #
                  C07       japan      -                                 #
                  C08       page       After the Pentagon.               # no outlet
                  C09       page       In reuters, or Reuterswerk.       #
                  C10       page       -                                 #
                  C11       lost       After Reuters.                    !
                  C12       page       After (Reuters), in France.       !
                  C13       page       Reuters's own words.              !
                  C14       page       After Reuters.                    # which claim is not known
                  C01       later      After the Gazette — or not.       #
                  C13       later      After Radio & TV.
                      ! note: The note names Radio & TV, which published no evidence of C13.
        """,
    ),
]

CASES = [*CARRIED, *RELAYS, *ASSERTED, *ORIGINS, *HEARD, *OUTLETS]
