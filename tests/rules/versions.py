"""Rules between versions: ids stay, mean what they meant, and the version says how much has changed."""

from __future__ import annotations

from rules.bench import VersionCase

VANISHED = [
    VersionCase(
        "id-vanished",
        "an id that goes is recorded, under its own table",
        before="""
        topics       topic_id
                     kept      #
                     recorded  #
                     gone      ! topic_id: gone stood in topics and is gone without a record.
                     moved     ! topic_id: moved stood in topics and is gone without a record.
        retired_ids  old_id    table
        """,
        after="""
        topics       topic_id
                     kept
                     new
        retired_ids  old_id    table
                     recorded  topics
                     moved     places
        """,
    ),
    VersionCase(
        "id-vanished",
        "every table of ids is held to it, and rows without ids may go",
        before="""
        claims            claim_id
                          C00001     ! claim_id: C00001 stood in claims and is gone without a record.
        sources           source_id
                          a          ! source_id: a stood in sources and is gone without a record.
        military_figures  figure_id
                          M00001
                              ! figure_id: M00001 stood in military_figures and is gone without a record.
        evidence          claim_id   source_id
                          C00001     a          #
        claim_links       claim_id   relation  other_id
                          C00001     doubts    C00002    #
        """,
        after="""
        claims            claim_id
        sources           source_id
        military_figures  figure_id
        evidence          claim_id   source_id
        claim_links       claim_id   relation  other_id
        """,
    ),
    VersionCase(
        "id-vanished",
        "all ids of a table that goes go with it",
        before="""
        topics  topic_id
                a         ! topic_id: a stood in topics and is gone without a record.
        """,
        after="""
        places  place_id
        """,
    ),
    VersionCase(
        "id-vanished",
        "the record of a retired id stays, unless its row comes back",
        before="""
        topics       topic_id
        retired_ids  old_id  table
                     kept    topics  #
                     lost    topics  ! old_id: lost of topics was retired, and the record of it is gone.
                     back    topics  # the row itself is back, which is another rule
                     other   places  ! old_id: other of places was retired, and the record of it is gone.
        """,
        after="""
        topics       topic_id
                     back
                     other
        retired_ids  old_id  table
                     kept    topics
        """,
    ),
    VersionCase(
        "id-vanished",
        "records can only be missed in a table that could be compared",
        before="""
        topics       topic_id
        retired_ids  old_id  table
                     lost    topics  #
        """,
        after="""
        topics       topic_id
        retired_ids  old_id  table
        """,
        unread=("retired_ids",),
    ),
    VersionCase(
        "id-vanished",
        "records that go with their table are lost",
        before="""
        topics       topic_id
        retired_ids  old_id  table
                     lost    topics  ! old_id: lost of topics was retired, and the record of it is gone.
        """,
        after="""
        topics       topic_id
        """,
    ),
]

REUSED = [
    VersionCase(
        "id-reused",
        "another statement, speaker and day are another claim; two of them are not",
        before="""
        claims  claim_id  statement                       asserted_by  asserted
                C00001    Thirty soldiers were killed.    hur          2024-12-16  #
                C00002    Thirty soldiers were killed.    hur          2024-12-16  #
                C00003    Thirty soldiers were killed.    hur          2024-12-16  #
                C00004    Thirty soldiers were killed.    hur          2024-12-16  #
                C00005    Thirty soldiers were killed.    hur          2024-12-16  #
                C00006    Thirty soldiers were killed.    hur          -           #
                C00007    Thirty soldiers were killed.    hur          2024-12-16  #
        """,
        after="""
        claims  claim_id  statement                       asserted_by  asserted
                C00001    Rockets went to Rason.          nis          2024-10-01  ! statement: {message}
                C00002    Rockets went to Rason.          nis          2024-12-16  #
                C00003    Rockets went to Rason.          hur          2024-10-01  #
                C00004    Thirty soldiers were killed.    nis          2024-10-01  #
                C00005    Thirty soldiers were wounded.   nis          2024-10-01  # a text that was corrected
                C00006    Rockets went to Rason.          nis          2024-10-01  # a day that was added
                C00007    Rockets went to Rason.          nis          -           # a day that was taken away
        """.replace(
            "{message}",
            "C00001 names something else than before: statement, asserted_by and asserted are others.",
        ),
    ),
    VersionCase(
        "id-reused",
        "a source is another with another title and address, or title, publisher and day",
        before="""
        sources  source_id  title                url                  publisher_id  published
                 a          Answer to the press  https://a.example/1  kremlin       2024-12-17  #
                 b          Answer to the press  https://a.example/1  kremlin       2024-12-17  #
                 c          Answer to the press  https://a.example/1  kremlin       2024-12-17  #
                 d          Answer to the press  https://a.example/1  kremlin       2024-12-17  #
                 e          Answer to the press  https://a.example/1  kremlin       2024-12-17  #
                 f          Answer to the press  -                    kremlin       2024-12-17  #
        """,
        after="""
        sources  source_id  title                url                  publisher_id  published
                 a          Timetable of trains  https://a.example/2  kremlin       2024-12-17
                     ! title: {first}
                 b          Timetable of trains  https://a.example/1  railway       2025-01-01
                     ! title: {second}
                 c          Timetable of trains  https://a.example/1  kremlin       2025-01-01  #
                 d          Timetable of trains  https://a.example/1  railway       2024-12-17  #
                 e          Answers to the press  https://a.example/2  railway       2025-01-01  #
                 f          Timetable of trains  https://a.example/2  kremlin       2024-12-17  #
        """.replace("{first}", "a names something else than before: title and url are others.").replace(
            "{second}", "b names something else than before: title, publisher_id and published are others."
        ),
    ),
    *(
        VersionCase(
            "id-reused",
            f"a row of {table} is another if {one} and {other} are",
            before=f"""
            {table}  {key}  {one}      {other}
                     x1     {was[0]}   {was[1]}  #
                     x2     {was[0]}   {was[1]}  #
                     x3     {was[0]}   {was[1]}  #
            """,
            after=f"""
            {table}  {key}  {one}      {other}
                     x1     {now[0]}   {now[1]}
                         ! {one}: x1 names something else than before: {one} and {other} are others.
                     x2     {now[0]}   {was[1]}  #
                     x3     {was[0]}   {now[1]}  #
            """,
        )
        for table, key, one, other, was, now in (
            ("actors", "actor_id", "name", "kind", ("The Gazette", "media"), ("Rosneft", "company")),
            (
                "indicators",
                "indicator_id",
                "definition",
                "unit",
                ("Soldiers killed.", "person"),
                ("Trade.", "money"),
            ),
            (
                "economic_figures",
                "figure_id",
                "claim_id",
                "indicator_id",
                ("C00001", "arms"),
                ("C00002", "trade"),
            ),
            (
                "military_figures",
                "figure_id",
                "claim_id",
                "indicator_id",
                ("C00001", "dead"),
                ("C00002", "wounded"),
            ),
            ("topics", "topic_id", "name", "definition", ("Arms", "Munitions."), ("Visits", "Guests.")),
            ("parts", "part_id", "name", "definition", ("Kursk", "Kursk alone."), ("By sea", "On ships.")),
            ("places", "place_id", "name", "country", ("Kursk", "RU"), ("Rason", "KP")),
            ("places", "place_id", "name", "native_name", ("Kursk", "Курск"), ("Rason", "라선")),
        )
    ),
    VersionCase(
        "id-reused",
        "ids and codes have no spelling to correct, and texts have one whatever stands between the words",
        before="""
        military_figures  figure_id  claim_id  indicator_id
                          M00001     C00001    killed-in-kursk  #
        topics            topic_id   name      definition
                          a          Arms      Munitions given to Russia.  #
                          b          Arms      Munitions given to Russia.  #
        """,
        after="""
        military_figures  figure_id  claim_id  indicator_id
                          M00001     C00002    killed-in-kurs  ! claim_id: {message}
        topics            topic_id   name      definition
                          a          ARMS!     Munitions, given to Russia  #
                          b          Visits    Munitions given to Russians  #
        """.replace(
            "{message}", "M00001 names something else than before: claim_id and indicator_id are others."
        ),
    ),
    VersionCase(
        "id-reused",
        "of texts that share two fifths of their trigrams one is a correction of the other",
        before="""
        topics  topic_id  name  definition
                a         abcd  Munitions.  #
                b         abcd  Munitions.  #
                c         abcd  Munitions.  #
        """,
        after="""
        topics  topic_id  name          definition
                a         abcx          Visits.  # of four and four two are shared
                b         abcxyz        Visits.  # of four and six two are shared
                c         abcdefghijkl  Visits.  ! name: {message}
        """.replace("{message}", "c names something else than before: name and definition are others."),
    ),
    VersionCase(
        "id-reused",
        "of long texts the first thousand letters are compared",
        before=f"""
        topics  topic_id  name              definition
                a         {"x" * 999}y      Munitions.  #
                b         {"x" * 1000}y     Munitions.  #
        """,
        after="""
        topics  topic_id  name  definition
                a         xxy   Visits.  # the letter that is compared last is the same
                b         xx    Visits.  # the first letter that is another is not compared
        """,
    ),
    VersionCase(
        "id-reused",
        "rows without ids of their own name nothing",
        before="""
        evidence     claim_id  source_id  locator
                     C00001    a          page 1   #
        retired_ids  old_id    table
                     C00001    evidence   #
        """,
        after="""
        evidence     claim_id  source_id  locator
                     C00001    a          elsewhere  #
        retired_ids  old_id    table
                     C00001    evidence   #
        """,
    ),
    VersionCase(
        "id-reused",
        "an id that was retired stands nowhere in its table again",
        before="""
        topics       topic_id
        places       place_id
        retired_ids  old_id    table
                     back      topics  #
                     other     topics  #
                     gone      topics  #
        """,
        after="""
        topics       topic_id
                     new       #
                     back      ! topic_id: back was retired in an earlier version and stands in topics again.
        places       place_id
                     other     # as another table may name it
        retired_ids  old_id    table
                     back      topics  #
        """,
    ),
]

TOPIC = """
        topics  topic_id  name
                a         Arms  #
        """
CORRECTED = TOPIC.replace("Arms", "Munitions")
MORE = f"{TOPIC}        b         Visits\n"
NONE = """
        topics  topic_id  name
        """


def _list_steps() -> list[VersionCase]:
    """Return the smallest version that each step allows, and the greatest that it does not."""
    steps = (
        ("nothing", TOPIC, TOPIC),
        ("a correction", TOPIC, CORRECTED),
        ("a row that is added", TOPIC, MORE),
        ("a row that is removed", TOPIC, NONE),
    )
    kinds = ("none", "patch", "minor", "major")
    too_small = {
        "1.2.3": ("1.2.2", "1.2.3", "1.2.99", "1.99.99"),
        "0.2.3": ("0.2.2", "0.2.3", "0.2.3", "0.2.99"),
    }
    enough = {
        "1.2.3": ("1.2.3", "1.2.4", "1.3.0", "2.0.0"),
        "0.2.3": ("0.2.3", "0.2.4", "0.2.4", "0.3.0"),
    }
    cases = []
    for old, versions in enough.items():
        for (what, before, after), kind, small, large in zip(
            steps, kinds, too_small[old], versions, strict=True
        ):
            told = (
                f"The version is {small}, which is before {old}."
                if kind == "none"
                else f"The version is {small}; a {kind} step from {old} leads to {large}."
            )
            cases += [
                VersionCase(
                    "version-too-small",
                    f"for {what} {small} does not follow {old}",
                    before,
                    after,
                    (old, small),
                    f'{told} Set "version" to "{large}" or a higher one.',
                ),
                VersionCase(
                    "version-too-small", f"for {what} {large} follows {old}", before, after, (old, large)
                ),
            ]
    return cases


STEPS = [
    *_list_steps(),
    *(
        VersionCase("version-too-small", f"{new} is higher than {old} demands", TOPIC, CORRECTED, (old, new))
        for old, new in (("1.2.3", "1.2.10"), ("1.2.9", "1.2.10"), ("1.9.0", "1.10.0"), ("9.0.0", "10.0.0"))
    ),
    *(
        VersionCase("version-too-small", f"{old} and {new} cannot be compared", TOPIC, CORRECTED, (old, new))
        for old, new in (("1.2", "1.2.3"), ("1.2.3", "1.2"))
    ),
]

CASES = [*VANISHED, *REUSED, *STEPS]
