-- Event groups
-- Which dated events are one: claims of the kind event that corroborate each other, directly or through others; one row
-- for each such claim.
--
-- key: claim_id
-- claim_id: as claims
-- event_id: as claims.claim_id of the lowest id among the claims that tell of the event
WITH RECURSIVE events AS (
  SELECT claim_id FROM claims WHERE kind = 'event' AND (period_start IS NOT NULL OR period_end IS NOT NULL)
),
neighbours AS (
  SELECT claim_id, other_id FROM claim_links WHERE relation = 'corroborates'
  UNION ALL SELECT other_id, claim_id FROM claim_links WHERE relation = 'corroborates'
),
reach AS (
  SELECT claim_id, claim_id AS event_id FROM events
  UNION SELECT events.claim_id, reach.event_id
  FROM reach JOIN neighbours USING (claim_id) JOIN events ON events.claim_id = neighbours.other_id
)
SELECT claim_id, min(event_id) AS event_id FROM reach GROUP BY claim_id
