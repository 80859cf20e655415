-- Timeline
-- The events, each once and by date: claims of the kind event that corroborate each other are one event, told by the earliest
-- of them that states when it happened. An event of which none does stands at the date on which it was first told.
--
-- key: claim_id
-- period_start: partial_date, always. First day as published; the last, where no first one is stated; that on which the event
--   was told, where neither is. Example: 2024-10
-- period_end: as claims
-- period_start_from: day, always. First day that period_start covers. Example: 2024-10-01
-- period_end_to: day. Last day that period_end covers. Example: 2024-10-31
-- is_dated: boolean, always. Whether it is stated when the event happened, to the day, the month or the year. Example: true
-- topic_id, place_id, statement: as claims
-- speaker, speaker_id, side, asserted, asserted_on: as assertions
-- certainty, credibility, claim_id: as claims
-- claims: text, always. All claims that tell of the event, the earliest first, joined by semicolons. Example: C00006;C00007
WITH told AS (
  SELECT
    claims.*, coalesce(claims.period_start, claims.period_end) IS NOT NULL AS is_dated,
    row_number() OVER (
      event ORDER BY
        coalesce(claims.period_start, claims.period_end) IS NULL, claims.asserted_from, claims.claim_id
    ) AS place_in_event,
    group_concat(claims.claim_id, ';') OVER (
      event ORDER BY claims.asserted_from, claims.claim_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS claims
  FROM claims JOIN event_groups USING (claim_id)
  WINDOW event AS (PARTITION BY event_groups.event_id)
),
dated AS (
  SELECT
    told.*, coalesce(period_start, period_end, asserted) AS first_stated,
    coalesce(period_start_from, period_end_from, asserted_from) AS first_day
  FROM told WHERE place_in_event = 1
)
SELECT
  dated.first_stated AS period_start, dated.period_end, dated.first_day AS period_start_from, dated.period_end_to,
  dated.is_dated, dated.topic_id, dated.place_id, dated.statement, assertions.speaker, assertions.speaker_id,
  assertions.side, assertions.asserted, assertions.asserted_on, dated.certainty, dated.credibility, dated.claim_id,
  dated.claims
FROM dated JOIN assertions USING (claim_id)
ORDER BY dated.first_day, dated.claim_id
