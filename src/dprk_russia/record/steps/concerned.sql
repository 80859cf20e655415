-- Concerned
-- Whom each claim concerns: the heads of the families of its subject, its object and its participants.
--
-- key: claim_id, root_id
-- claim_id: as claims
-- root_id, side: as families
WITH involved AS (
  SELECT claim_id, subject_id AS actor_id FROM claims
  UNION ALL SELECT claim_id, object_id FROM claims
  UNION ALL SELECT claim_id, actor_id FROM claim_actors WHERE role = 'participant'
)
SELECT DISTINCT involved.claim_id, families.root_id, families.side
FROM involved JOIN families USING (actor_id)
