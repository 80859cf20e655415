-- Support
-- The pairs of claims that support each other, both ways round: they are linked as corroborating, or figures of theirs
-- agree. A claim that derives from another adds nothing to it, nor that to the claim.
--
-- key: claim_id, supporter_id
-- claim_id: as claims
-- supporter_id: as claims.claim_id of the claim that supports it
WITH pairs AS (
  SELECT claim_id, other_id FROM claim_links WHERE relation = 'corroborates'
  UNION ALL SELECT claim_id, other_id FROM comparisons WHERE verdict = 'agrees'
)
SELECT claim_id, other_id AS supporter_id FROM pairs
UNION SELECT other_id, claim_id FROM pairs
EXCEPT SELECT claim_id, other_id FROM claim_links WHERE relation = 'derives_from'
EXCEPT SELECT other_id, claim_id FROM claim_links WHERE relation = 'derives_from'
