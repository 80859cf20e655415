"""A package in which a page of every kind has all that it may have, for tests of what pages say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.bench import read_tables

from dprk_russia.checks.faults import Specimen

if TYPE_CHECKING:
    from pathlib import Path

# Rows beside those of the specimen.
ADDED = """
actors  actor_id       name                  short_name  prose_name      native_name  kind           country  parent_id
        kcna           KCNA                  -           -               조선중앙통신     media          KP       north-korea
        pentagon       Pentagon              -           the Pentagon    -            armed_force    US       united-states
        united-states  United States         US          the US          -            state          US       -
        sources-kr     Unnamed Koreans       -           -               -            unnamed_group  KR       -
        japan          Japan                 -           -               日本           state          JP       -

sources  source_id            title                 title_en        publisher_id  kind         published   language  url                          access      read  read_on     reliability
         kcna-2025-04-28      공로                    The merit       kcna          news         2025-04-28  ko        https://kcna.example/28      open        full  2025-05-02  B
         pentagon-2025-01-10  [Answers]             -               pentagon      briefing     2025-01-10  en        https://pentagon.example/10  open        part  2025-05-02  B
         gazette-2025-01-11   "Des centaines"       -               gazette       news         2025-01-11  fr        https://gazette.example/11   paywalled   full  2025-05-02  C
         gazette-undated      Sans date             -               gazette       analysis     -           fr        https://gazette.example/0    open        full  2025-05-02  C
         bureau-2025-01-13    Service counts 300    -               bureau        wire         2025-01-13  en        https://bureau.example/13    open        full  2025-05-02  B
         japan-2025-02        [Notice]              -               japan         dataset      2025-02     ja        https://japan.example/2      open        full  2025-05-02  A
         gazette-lost         Charbon               -               gazette       news         -           fr        -                            not_public  no    -           -
         bureau-lost          Coal by rail          -               bureau        wire         2025-03     en        -                            not_public  no    -           -

topics  topic_id  name      definition
        trade     Trade     Goods and money that cross the border.

parts  part_id      name                    role        definition                        part_of
       officers     Officers                scope       Officers alone.                   kursk
       if-sent      If 15,000 were sent     assumption  15,000 soldiers were sent.        -

places  place_id  name   native_name  country  latitude  longitude  geonames_id
        rajin     Rajin  라진           KP       42.2444   130.2972   2042893

indicators  indicator_id  name              question                                             domain    unit     per  accumulation  definition
            trade-change  Change of trade   By how much did trade change?                        economic  percent  -    change        Growth of trade on the year before.
            wounded       Wounded           How many North Korean soldiers have been wounded?    military  person   -    cumulative    Soldiers wounded.
            tonnes        Coal              How much coal was carried?                           economic  tonne    -    flow          Coal carried to Rajin.

claims  claim_id  statement                                                      topic_id    kind        asserted_by  asserted    certainty       subject_id   object_id  place_id      period_start  period_end  credibility  note
        C00010    At least 300 North Korean soldiers had been killed by 13 January 2025.  casualties  quantity    nis          2025-01-13  likely          north-korea  -          -             -             2025-01-13  3            -
        C00011    Hundreds of North Korean soldiers have been killed or wounded.  casualties  quantity    pentagon     2025-01-10  asserted        north-korea  -          kursk-oblast  -             -           3            -
        C00012    North Korea sent combat units to Kursk oblast.                 casualties  event       north-korea  2025-04-28  asserted        north-korea  russia     kursk-oblast  2024-10       2025-04     1            -
        C00013    Up to 4,000 North Korean soldiers will be killed if 15,000 are sent.  casualties  forecast    sources-kr   2025-01-11  possible        north-korea  -          -             2025          2025        -            A guess.
        C00014    Trade fell by half in 2024 and amounted to 9 billion US dollars.  trade       quantity    japan        2025-02     asserted        north-korea  russia     -             2024          2024        3            -
        C00015    The numbers of North Korean dead cannot be confirmed.          casualties  position    pentagon     2025-01-10  asserted        north-korea  -          -             -             -           -            -
        C00016    No more than 200 North Korean soldiers had been killed.        casualties  quantity    kremlin      2025-01-12  asserted        north-korea  -          -             -             2025-01-13  4            -
        C00017    About 20 officers were among the dead.                         casualties  quantity    nis          2025-01-13  highly_likely   north-korea  -          -             -             2025-01-13  3            -
        C00018    Coal went by rail to Rajin.                                    trade       condition   japan        2025-02     asserted        russia       -          rajin         2024          2025-01     2            -
        C00019    Soldiers were sent.                                            casualties  event       sources-kr   2025-02     hearsay         north-korea  -          -             2024-10-08    2024-10-08  4            -

evidence  claim_id  source_id            relays_id            attribution  rendering           locator   note
          C00010    bureau-2025-01-13    -                    heard        -                   -         Adds that the service was asked.
          C00011    pentagon-2025-01-10  -                    -            -                   -         -
          C00011    gazette-2025-01-11   pentagon-2025-01-10  named        definition_changed  second paragraph  Says killed.
          C00012    kcna-2025-04-28      -                    -            -                   -         -
          C00013    gazette-undated      -                    heard        -                   -         -
          C00014    japan-2025-02        -                    -            -                   -         -
          C00015    pentagon-2025-01-10  -                    -            -                   -         -
          C00016    gazette-2025-01-11   -                    heard        doubted             -         -
          C00017    bureau-2025-01-13    -                    heard        -                   -         -
          C00018    japan-2025-02        -                    -            -                   -         -
          C00018    gazette-lost         japan-2025-02        named        -                   -         -
          C00018    bureau-lost          japan-2025-02        named        -                   -         -
          C00019    gazette-undated      -                    heard        -                   -         -

claim_links  claim_id  relation      other_id  note
             C00010    updates       C00002    -
             C00011    doubts        C00003    -
             C00003    contradicts   C00012    Says that units fought.
             C00015    doubts        C00002    -
             C00010    contradicts   C00016    -
             C00017    derives_from  C00010    -
             C00014    corroborates  C00018    -
             C00008    retracts      C00004    -
             C00015    retracts      C00011    -

claim_actors  claim_id  actor_id  role
              C00010    bureau    spokesperson
              C00012    russia    participant

military_figures  figure_id  claim_id  indicator_id  source_id            as_stated        value_low  value  value_high  bound     method    scope     assumption  period_start  period_end  note
                  M00010     C00010    killed        bureau-2025-01-13    at least 300     300        -      -           at_least  reported  -         -           -             2025-01-13  -
                  M00011     C00011    casualties    pentagon-2025-01-10  hundreds         -          -      -           vague     reported  -         -           -             -           A word of a spokesman.
                  M00012     C00013    killed        gazette-undated      jusqu'à 4.000    -          -      4000        at_most   model     -         if-sent     2025          2025        -
                  M00013     C00016    killed        gazette-2025-01-11   pas plus de 200  -          -      200         at_most   reported  -         -           -             2025-01-13  -
                  M00014     C00017    killed        bureau-2025-01-13    some 20          -          20     -           about     counted   officers  -           -             2025-01-13  -
                  M00016     C00010    killed        bureau-2025-01-13    ten officers     -          10     -           exact     counted   officers  -           -             2025-01-12  -
                  M00015     C00017    wounded       bureau-2025-01-13    one to two       1          -      2           range     counted   -         -           -             2025-01-13  -

economic_figures  figure_id  claim_id  indicator_id  source_id      as_stated  value_low  value        value_high  bound     currency  method               scope  assumption  period_start  period_end  note
                  E00010     C00014    trade         japan-2025-02  90億ドル     -          9000000000   -           exact     USD       official_statistics  -      -           2024          2024        -
                  E00011     C00014    trade-change  japan-2025-02  半減         -          -50          -           about     -         official_statistics  -      -           2024          2024        -
                  E00012     C00014    trade-change  japan-2025-02  12%        -          12           -           exact     -         official_statistics  kursk  -           2023          2023        -

retired_ids  old_id           table    reason     replaced_by  retired_in  note
             gazette-1        sources  withdrawn  -            0.2.0       Never published.
"""


# Why something is graded as it is.
BASES = {
    "claims": ("credibility", "credibility_basis", "One speaker."),
    "sources": ("reliability", "reliability_basis", "Known."),
}


VERSION = "1.2.3"
LICENCES = [
    {"name": "CC-BY-4.0", "title": "Attribution", "path": "https://licences.example/by"},
    {"name": "ODbL-1.0", "path": "https://licences.example/odbl"},
]
CONTRIBUTORS = [
    {"title": "The compilers", "roles": ["creator"]},
    {"title": "Ada Lee", "givenName": "Ada", "familyName": "Lee", "roles": ["creator"]},
    {"title": "The library", "roles": ["publisher"]},
]


def write_scene(folder: Path) -> Specimen:
    """Write the package into a new folder; its version and its day stay the same."""
    scene = Specimen(folder)
    for table, rows in read_tables(ADDED).items():
        grade, basis, why = BASES.get(table, ("", "", ""))
        for row in rows:
            scene.add(table, **row.cells, **({basis: why} if grade in row.cells else {}))
    scene.change_descriptor(
        version=VERSION,
        created="2025-06-01T00:00:00Z",
        homepage="https://data.example/dprk",
        contributors=CONTRIBUTORS,
        licenses=LICENCES,
    )
    return scene
