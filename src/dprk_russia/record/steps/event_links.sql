-- Event links
-- Which events corroborate each other: each claim of the kind event beside itself, and beside those that it is linked to,
-- both ways round.
--
-- key: claim_id, other_id
-- claim_id: as claims
-- other_id: as claims.claim_id of the other claim
WITH events AS (
  SELECT claim_id FROM claims WHERE kind = 'event'
),
links AS (
  SELECT claim_links.claim_id, claim_links.other_id
  FROM claim_links JOIN events USING (claim_id) JOIN events AS partners ON partners.claim_id = claim_links.other_id
  WHERE claim_links.relation = 'corroborates'
)
SELECT claim_id, claim_id AS other_id FROM events
UNION SELECT claim_id, other_id FROM links
UNION SELECT other_id, claim_id FROM links
