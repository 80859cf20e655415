-- Event groups
-- Which events are one: those that corroborate each other, directly or through others; one row for each such claim.
--
-- key: claim_id
-- claim_id: as claims
-- event_id: as claims.claim_id of the lowest id among the claims that tell of the event
WITH RECURSIVE reach AS (
  SELECT claim_id, other_id AS event_id FROM event_links
  UNION SELECT event_links.other_id, reach.event_id FROM reach JOIN event_links USING (claim_id)
)
SELECT claim_id, min(event_id) AS event_id FROM reach GROUP BY claim_id
