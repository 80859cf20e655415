-- Timeline
-- The events whose date a page states, each once and by date: claims of the kind event that corroborate each other are one
-- event, told by the earliest of them.
--
-- key: claim_id
-- start: partial_date, always. First day as published; the last, where no first one is stated. Example: 2024-10
-- period_end: as claims
-- start_from: day, always. First day that start covers. Example: 2024-10-01
-- period_end_to: day. Last day that period_end covers. Example: 2024-10-31
-- topic_id, place_id, statement: as claims
-- speaker: as actors.name of the speaker
-- asserted, certainty, credibility, claim_id: as claims
-- claims: text, always. All claims that tell of the event, the earliest first, joined by semicolons. Example: C00006;C00007
WITH told AS (
  SELECT
    claims.*, row_number() OVER (event ORDER BY claims.asserted_from, claims.claim_id) AS place_in_event,
    group_concat(claims.claim_id, ';') OVER (
      event ORDER BY claims.asserted_from, claims.claim_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS claims
  FROM claims JOIN event_groups USING (claim_id)
  WINDOW event AS (PARTITION BY event_groups.event_id)
)
SELECT
  coalesce(told.period_start, told.period_end) AS start, told.period_end,
  coalesce(told.period_start_from, told.period_end_from) AS start_from, told.period_end_to, told.topic_id,
  told.place_id, told.statement, actors.name AS speaker, told.asserted, told.certainty, told.credibility,
  told.claim_id, told.claims
FROM told JOIN actors ON actors.actor_id = told.asserted_by
WHERE told.place_in_event = 1
ORDER BY start_from, told.claim_id
