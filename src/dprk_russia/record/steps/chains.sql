-- Chains
-- Each publication that carries a claim, with the publication in which its chain of evidence ends: the one that heard the
-- claim or published it first. Publications that relay each other in a circle have no end and no row.
--
-- key: claim_id, source_id
-- claim_id, source_id: as evidence
-- origin_id: as sources.source_id of the end of the chain
-- attribution, rendering: as evidence
WITH RECURSIVE follow AS (
  SELECT claim_id, source_id, source_id AS origin_id, attribution, rendering FROM evidence WHERE relays_id IS NULL
  UNION ALL SELECT evidence.claim_id, evidence.source_id, follow.origin_id, evidence.attribution, evidence.rendering
  FROM follow JOIN evidence ON evidence.claim_id = follow.claim_id AND evidence.relays_id = follow.source_id
)
SELECT claim_id, source_id, origin_id, attribution, rendering FROM follow
