-- Carrier days
-- Since which day each publication is known to carry a claim; one row for each. Whoever took the claim from it shows that it
-- was there before, so it is known from the first day of these, if it has no date of its own or one known to the month alone.
-- The first day of all its carriers is that on which a claim became known: first_known. A claim none of whose carriers has a
-- date has no such day.
--
-- key: claim_id, source_id
-- claim_id, source_id: as evidence
-- known_on: day. Last day that the date of publication allows, its own or that of the first publication that took the claim
--   from it, directly or through others. Example: 2024-12-16
WITH RECURSIVE told AS (
  SELECT evidence.claim_id, evidence.source_id, evidence.relays_id, sources.published_to
  FROM evidence JOIN sources USING (source_id)
  UNION SELECT evidence.claim_id, evidence.source_id, evidence.relays_id, told.published_to
  FROM told JOIN evidence ON evidence.claim_id = told.claim_id AND evidence.source_id = told.relays_id
)
SELECT claim_id, source_id, min(published_to) AS known_on FROM told GROUP BY claim_id, source_id
