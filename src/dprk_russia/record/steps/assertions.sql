-- Assertions
-- The day of each assertion, and who made it; one row for each claim.
--
-- key: claim_id
-- claim_id: as claims
-- speaker: as actors.name of the speaker
-- speaker_id: as claims.asserted_by
-- side: as families
-- asserted: as claims
-- asserted_on: day, always. Last day on which it can have been asserted: that of its date, or that of the first publication
--   that carries it where this is earlier. Example: 2024-12-23
SELECT
  claims.claim_id, actors.name AS speaker, claims.asserted_by AS speaker_id, families.side, claims.asserted,
  CASE
    WHEN source_counts.first_known < claims.asserted_to THEN source_counts.first_known ELSE claims.asserted_to
  END AS asserted_on
FROM claims JOIN actors ON actors.actor_id = claims.asserted_by
JOIN families ON families.actor_id = claims.asserted_by
LEFT JOIN source_counts ON source_counts.claim_id = claims.claim_id
