-- Echoes
-- The claims that many publications carry, though each was said once; the loudest first, one row for each claim. An echo has
-- three carriers or more that were read. Those that heard the same speech, or the speaker's own page, do not confirm each
-- other: who does is told in assessments.
--
-- key: claim_id
-- claim_id: as claims
-- speaker, speaker_id, side, asserted, asserted_on: as assertions
-- statement: as claims
-- carriers, carriers_read, departures: as source_counts
-- published_in: text. The speaker's own publications at the ends of its chains, joined by semicolons.
--   Example: ua-hur-2024-12-16
-- heard_by: text. The sources at the ends of its chains that heard the speaker themselves, joined by semicolons.
--   Example: gazette-2024-12-16
WITH ends AS (
  SELECT
    claim_id, attribution,
    group_concat(source_id, ';') OVER (
      PARTITION BY claim_id, attribution ORDER BY source_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS ids
  FROM chains
  WHERE source_id = origin_id
),
lists AS (
  SELECT
    claim_id, max(CASE WHEN attribution IS NULL THEN ids END) AS published_in,
    max(CASE WHEN attribution = 'heard' THEN ids END) AS heard_by
  FROM ends GROUP BY claim_id
)
SELECT
  claim_id, assertions.speaker, assertions.speaker_id, assertions.side, assertions.asserted, assertions.asserted_on,
  claims.statement, source_counts.carriers, source_counts.carriers_read, source_counts.departures, lists.published_in,
  lists.heard_by
FROM claims JOIN assertions USING (claim_id) JOIN source_counts USING (claim_id) JOIN lists USING (claim_id)
CROSS JOIN thresholds
WHERE source_counts.carriers_read >= echo_carriers
ORDER BY source_counts.carriers_read DESC, source_counts.carriers DESC, claim_id
