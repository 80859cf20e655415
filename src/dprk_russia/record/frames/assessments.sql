-- Assessments
-- What the evidence, the links and the figures imply about each claim; one row for each claim. Lists are joined by
-- semicolons.
--
-- key: claim_id
-- claim_id: as claims
-- own_sources, hearers, carriers, carriers_read, origin_read: as source_counts
-- parties: text. Root actors with a name that assert it: the state or body at the head of its speaker's family and of the
--   speakers of claims that are linked as corroborating or whose figures agree. Media are no parties, and a claim derived
--   from this one, or this from it, adds none. Example: south-korea;ukraine
-- corroborating_parties: integer, always. Number of these parties. Example: 2
-- corroborating_unnamed: integer, always. Number of parties without a name, such as unnamed officials, that assert it.
--   Example: 1
-- admitted_by: text. Parties other than its speaker's that assert it although it concerns themselves: as subject, object
--   or participant. Example: north-korea
-- conflicts_with: text. Claims of other speakers whose figures of the same indicator, scope, assumption and currency
--   exclude those of this claim; see disagreements. Example: C00002;C00004
-- agrees_with: text. Claims of other speakers whose figures of the same indicator, scope, assumption and currency speak of
--   the same time and agree with those of this claim. Example: C00131
-- derived_from, denied_by, doubted_by, contradicted_by, updated_by, retracted_by, misreported_by: as reactions, maybe
-- misreported: boolean, always. Whether a carrier changed its value, definition, actors or strength, by the rendering of
--   evidence or by a link. Example: true
-- first_known: as source_counts
WITH lists AS (
  SELECT
    claim_id, max(CASE heading WHEN 'parties' THEN ids END) AS parties,
    max(CASE heading WHEN 'admitted_by' THEN ids END) AS admitted_by,
    max(CASE heading WHEN 'conflicts_with' THEN ids END) AS conflicts_with,
    max(CASE heading WHEN 'agrees_with' THEN ids END) AS agrees_with
  FROM claim_lists GROUP BY claim_id
),
party_counts AS (
  SELECT
    claim_id, count(CASE WHEN side <> 'unnamed' THEN 1 END) AS named,
    count(CASE WHEN side = 'unnamed' THEN 1 END) AS unnamed
  FROM parties GROUP BY claim_id
)
SELECT
  source_counts.claim_id, source_counts.own_sources, source_counts.hearers, source_counts.carriers,
  source_counts.carriers_read, source_counts.origin_read, lists.parties,
  coalesce(party_counts.named, 0) AS corroborating_parties, coalesce(party_counts.unnamed, 0) AS corroborating_unnamed,
  lists.admitted_by, lists.conflicts_with, lists.agrees_with, reactions.derived_from, reactions.denied_by,
  reactions.doubted_by, reactions.contradicted_by, reactions.updated_by, reactions.retracted_by,
  reactions.misreported_by, source_counts.garblings > 0 OR reactions.misreported_by IS NOT NULL AS misreported,
  source_counts.first_known
FROM source_counts LEFT JOIN lists USING (claim_id) LEFT JOIN party_counts USING (claim_id)
LEFT JOIN reactions USING (claim_id)
ORDER BY source_counts.claim_id
