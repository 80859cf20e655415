"""Rules on ids, dates to come, and rows that nothing refers to."""

from __future__ import annotations

from datetime import date

from rules.bench import Case

FOREIGN_KEYS = [
    Case(
        "foreign-key",
        "a reference that is filled names a row of its own table",
        """
        topics       topic_id
                     arms
        actors       actor_id  parent_id
                     gazette   land       ! parent_id: actors has no row land.
                     north     -          #
                     south     north      #
                     bank      arms       ! parent_id: actors has no row arms.
        claims       claim_id  topic_id   asserted_by  subject_id  object_id  place_id
                     C00001    arms       gazette      north       south      -         #
                     C00002    losses     gazette      north       south      -
                         ! topic_id: topics has no row losses.
                     C00003    arms       nobody       north       south      -
                         ! asserted_by: actors has no row nobody.
                     C00004    arms       gazette      nobody      south      -
                         ! subject_id: actors has no row nobody.
                     C00005    arms       gazette      north       nobody     -
                         ! object_id: actors has no row nobody.
                     C00006    arms       gazette      north       south      kursk
                         ! place_id: places has no row kursk.
        claim_links  claim_id  relation   other_id
                     C00001    doubts     C00002       #
                     C00001    doubts     C99999       ! other_id: claims has no row C99999.
        parts        part_id   part_of
                     kursk     russia     ! part_of: parts has no row russia.
                     rylsk     kursk      #
        """,
    ),
    Case(
        "foreign-key",
        "an id of a row that could not be taken apart is known",
        """
        actors  actor_id  parent_id
                gazette   land       # the row of land is malformed
                north     sea        ! parent_id: actors has no row sea.
        """,
        strays={"actors": frozenset({"land"})},
    ),
    Case(
        "foreign-key",
        "a table that could not be read is not missed",
        """
        claims  claim_id  topic_id  asserted_by
                C00001    arms      nobody       ! asserted_by: actors has no row nobody.
        """,
        unread=("topics",),
    ),
    Case(
        "foreign-key",
        "as many ids may be unknown as are badly written in their own table",
        """
        actors  actor_id  parent_id
                a         land       #
                b         land       # it is one id, though it is named twice
                c         -          #
        """,
        unknown={"actors.actor_id": 1},
        skipped={
            "foreign-key": "1 rows may break this rule; 1 references that would decide it are not known"
        },
    ),
    Case(
        "foreign-key",
        "more ids are unknown than are badly written",
        """
        actors  actor_id  parent_id
                a         land       !
                b         sea        !
        """,
        unknown={"actors.actor_id": 1},
    ),
    Case(
        "foreign-key",
        "rows that repeat a key have their references checked as well",
        """
        actors  actor_id  parent_id
                a         -          #
                a         land       ! parent_id: actors has no row land.
                a         a          #
        """,
    ),
]

RETIRED = [
    *(
        Case(
            "retired-id-reused",
            f"an id of {table} that was retired stands there no more",
            f"""
            {table}      {key}
                         x1   ! {key}: x1 was retired.
                         x2   # retired in another table
                         x3   # never retired
            retired_ids  old_id  table
                         x1      {table}  #
                         x2      {other}  #
                         x1      {other}  # as others of this name may be
                         -       {table}  #
            """,
        )
        for table, key, other in (
            ("claims", "claim_id", "topics"),
            ("economic_figures", "figure_id", "military_figures"),
            ("military_figures", "figure_id", "economic_figures"),
            ("actors", "actor_id", "topics"),
            ("parts", "part_id", "topics"),
            ("indicators", "indicator_id", "topics"),
            ("places", "place_id", "topics"),
            ("sources", "source_id", "topics"),
            ("topics", "topic_id", "places"),
        )
    ),
    Case(
        "retired-id-reused",
        "each row that has a retired id is told, those that repeat it too",
        """
        topics       topic_id  name
                     arms      Arms      !
                     arms      Arms too  !
                     -         None      #
        retired_ids  old_id    table
                     arms      topics    #
        """,
    ),
]

CYCLES = [
    Case(
        "actor-cycle",
        "a family has a head; of a circle the first row is told, with all who are in it",
        """
        actors  actor_id  parent_id
                a         a          ! parent_id: a is its own parent.
                b         c          ! parent_id: These actors are each other's parents: b, c.
                c         b          #
                d         b          # below a circle, not in it
                e         f          ! parent_id: These actors are each other's parents: e, f, g.
                f         g          #
                g         e          #
                h         -          #
                i         h          #
                j         i          #
                k         gone       # who is not known has no parents
        """,
    ),
    Case(
        "actor-cycle",
        "the first row of a circle is told though another leads into it",
        """
        actors  actor_id  parent_id
                a         c          # leads into a circle
                b         d          ! parent_id: These actors are each other's parents: b, d.
                c         d          #
                d         b          #
        """,
    ),
]


def _list_future(table: str, key: str, column: str) -> Case:
    return Case(
        "future-date",
        f"{table}.{column} may be the day after that of the package, and a month or year may have begun",
        f"""
        {table}  {key}  {column}
                 a      2024-12-20  #
                 b      2024-12-21  # it is tomorrow already elsewhere
                 c      2024-12-22  ! {column}: 2024-12-22 is later than the package of 2024-12-20.
                 d      2025-12-01  !
                 e      2024-12     #
                 f      2025-01     !
                 g      2024        #
                 h      2025        !
                 i      -           #
        """,
        created=date(2024, 12, 20),
    )


FUTURE = [
    *(
        _list_future(table, key, column)
        for table, key, column in (
            ("claims", "claim_id", "asserted"),
            ("sources", "source_id", "published"),
        )
    ),
    Case(
        "future-date",
        "a page may have been read on the day after that of the package",
        """
        sources  source_id  read_on
                 a          2024-12-20  #
                 b          2024-12-21  #
                 c          2024-12-22  ! read_on: 2024-12-22 is later than the package of 2024-12-20.
                 d          -           #
        """,
        created=date(2024, 12, 20),
    ),
    Case(
        "future-date",
        "without a day of the package nothing lies in its future",
        """
        claims  claim_id  asserted
                C00001    2999-01-01  #
        """,
        created=None,
    ),
]

UNUSED = [
    Case(
        "unused-row",
        "each row of a catalogue is referred to by some column",
        """
        topics            topic_id
                          used             #
                          idle             ! topic_id: No row refers to idle.
                          -                # what is missing is reported itself
        places            place_id
                          used             #
                          idle             ! place_id: No row refers to idle.
        indicators        indicator_id
                          economic         #
                          military         #
                          idle             ! indicator_id: No row refers to idle.
        parts             part_id    part_of
                          aid        grain     #
                          grain      -         #
                          front      -         #
                          least      -         #
                          most       -         #
                          idle       -         ! part_id: No row refers to idle.
        sources           source_id  publisher_id
                          carrier    publisher     #
                          relayed    publisher     #
                          page       publisher     # shows an economic figure
                          map        publisher     # shows a military figure
                          idle       publisher     ! source_id: No row refers to idle.
        actors            actor_id   parent_id
                          speaker    parent        #
                          parent     -             #
                          subject    -             #
                          object     -             #
                          publisher  -             #
                          helper     -             #
                          idle       -             ! actor_id: No row refers to idle.
                          vain       vain          # who names itself is named
        claims            claim_id  topic_id   place_id  asserted_by  subject_id  object_id
                          C00001    used       used      speaker      subject     object
        claim_actors      claim_id  actor_id
                          C00001    helper
        evidence          claim_id  source_id  relays_id
                          C00001    carrier    relayed
        economic_figures  figure_id  indicator_id  source_id  scope  assumption
                          E00001     economic      page       aid    least
        military_figures  figure_id  indicator_id  source_id  scope  assumption
                          M00001     military      map        front  most
        """,
    ),
    Case(
        "unused-row",
        "as many rows may be unused as references are not known",
        """
        topics  topic_id
                a         #
                b         #
        """,
        unknown={"claims.topic_id": 2},
        skipped={"unused-row": "2 rows may break this rule; 2 references that would decide it are not known"},
    ),
    Case(
        "unused-row",
        "the unknown cells of all columns that refer to a table are counted together",
        """
        sources  source_id
                 a          !
                 b          !
                 c          !
        """,
        unknown={"evidence.source_id": 1, "evidence.relays_id": 1, "claims.topic_id": 9},
    ),
    Case(
        "unused-row",
        "what is not used cannot be told where a table was not read",
        """
        topics  topic_id
                a         #
        """,
        unread=("claims", "claim_actors"),
        skipped={
            f"unused-row of {table}": "claim_actors, claims could not be read"
            for table in ("actors", "indicators", "parts", "places", "sources", "topics")
        },
    ),
]

CASES = [*FOREIGN_KEYS, *RETIRED, *CYCLES, *FUTURE, *UNUSED]
