-- Echoes
-- The claims that more sources carry than heard or first published them, the loudest first; one row for each claim.
--
-- key: claim_id
-- claim_id, asserted_by, statement: as claims
-- origins, carriers, echo, departures: as source_counts
-- origin_ids: text, always. The sources at the ends of its chains, joined by semicolons. Example: ua-hur-2024-12-16
WITH origins AS (
  SELECT DISTINCT
    claim_id,
    group_concat(origin_id, ';') OVER (
      PARTITION BY claim_id ORDER BY origin_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS origin_ids
  FROM chains
  WHERE source_id = origin_id
)
SELECT
  claim_id, claims.asserted_by, claims.statement, source_counts.origins, source_counts.carriers,
  source_counts.echo, source_counts.departures, origins.origin_ids
FROM claims JOIN source_counts USING (claim_id) JOIN origins USING (claim_id)
WHERE source_counts.carriers > source_counts.origins
ORDER BY source_counts.echo DESC, claim_id
