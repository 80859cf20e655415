-- Timeline
-- The events whose date a page states, each once and by date: claims of the kind event that corroborate each other are one
-- event, told by the earliest of them.
--
-- key: claim_id
-- period_start: partial_date, always. First day as published; the last, where no first one is stated. Example: 2024-10
-- period_end: as claims
-- period_start_from: day, always. First day that period_start covers. Example: 2024-10-01
-- period_end_to: day. Last day that period_end covers. Example: 2024-10-31
-- topic_id, place_id, statement: as claims
-- speaker, speaker_id, side, asserted, asserted_on: as assertions
-- certainty, credibility, claim_id: as claims
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
  coalesce(told.period_start, told.period_end) AS period_start, told.period_end,
  coalesce(told.period_start_from, told.period_end_from) AS period_start_from, told.period_end_to, told.topic_id,
  told.place_id, told.statement, assertions.speaker, assertions.speaker_id, assertions.side, assertions.asserted,
  assertions.asserted_on, told.certainty, told.credibility, told.claim_id, told.claims
FROM told JOIN assertions USING (claim_id)
WHERE told.place_in_event = 1
ORDER BY coalesce(told.period_start_from, told.period_end_from), told.claim_id
