-- Parties
-- Who stands behind each claim: the heads of the families of its speaker and of the speakers of claims that support it.
-- Media are no parties, since they carry what others say.
--
-- key: claim_id, root_id
-- claim_id: as claims
-- root_id, side: as families
WITH backers AS (
  SELECT claim_id, claim_id AS backer_id FROM claims
  UNION ALL SELECT claim_id, supporter_id FROM support
)
SELECT DISTINCT backers.claim_id, families.root_id, families.side
FROM backers JOIN claims ON claims.claim_id = backers.backer_id
JOIN families ON families.actor_id = claims.asserted_by
WHERE families.side <> 'media'
