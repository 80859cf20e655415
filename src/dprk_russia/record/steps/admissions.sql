-- Admissions
-- The parties behind a claim whom it concerns themselves, as subject, object or participant, other than its speaker's own.
--
-- key: claim_id, root_id
-- claim_id: as claims
-- root_id: as families
WITH involved AS (
  SELECT claim_id, subject_id AS actor_id FROM claims
  UNION ALL SELECT claim_id, object_id FROM claims
  UNION ALL SELECT claim_id, actor_id FROM claim_actors WHERE role = 'participant'
)
SELECT DISTINCT parties.claim_id, parties.root_id
FROM parties JOIN involved USING (claim_id) JOIN claims USING (claim_id)
JOIN families ON families.actor_id = involved.actor_id AND families.root_id = parties.root_id
JOIN families AS speakers ON speakers.actor_id = claims.asserted_by
WHERE speakers.root_id <> parties.root_id
