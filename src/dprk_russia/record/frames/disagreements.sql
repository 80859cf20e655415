-- Disagreements
-- Pairs of claims that cannot both stand, or of which one speaks against the other; one row for each pair and reason.
-- Figures of two speakers with the same indicator, scope, assumption and currency exclude each other if they are disjoint
-- although they speak of days no more than 14 apart, totals of days known to the month, or if a cumulative total lies below
-- one for a surely earlier day. About allows ten percent.
--
-- topic_id: as claims
-- how: text, always. Relation of the first claim to the other as in claim_links, or figures where their figures exclude
--   each other. Example: denies
-- indicator_id: as figures.indicator_id of the figures that exclude each other, maybe
-- claim_id: as claims
-- speaker: as actors.name of the speaker
-- asserted: as claims
-- as_stated: as figures, maybe
-- statement: as claims
-- other_id: as claims.claim_id of the other claim
-- other_speaker: as actors.name of the other speaker
-- other_asserted: as claims.asserted of the other claim
-- other_as_stated: as figures.as_stated of the other claim, maybe
-- other_statement: as claims.statement of the other claim
WITH pairs AS (
  SELECT relation AS how, claim_id, other_id, NULL AS figure_id, NULL AS other_figure_id FROM claim_links
  WHERE relation IN ('contradicts', 'denies', 'doubts', 'misreports', 'retracts')
  UNION ALL SELECT 'figures', claim_id, other_id, figure_id, other_figure_id FROM comparisons WHERE verdict = 'conflicts'
)
SELECT
  claims.topic_id, pairs.how, figures.indicator_id, pairs.claim_id, speakers.name AS speaker, claims.asserted,
  figures.as_stated, claims.statement, pairs.other_id, other_speakers.name AS other_speaker,
  other_claims.asserted AS other_asserted, other_figures.as_stated AS other_as_stated, other_claims.statement AS other_statement
FROM pairs JOIN claims USING (claim_id)
JOIN claims AS other_claims ON other_claims.claim_id = pairs.other_id
JOIN actors AS speakers ON speakers.actor_id = claims.asserted_by
JOIN actors AS other_speakers ON other_speakers.actor_id = other_claims.asserted_by
LEFT JOIN figures USING (figure_id)
LEFT JOIN figures AS other_figures ON other_figures.figure_id = pairs.other_figure_id
ORDER BY
  claims.topic_id, pairs.claim_id, pairs.other_id, pairs.how, figures.indicator_id, pairs.figure_id, pairs.other_figure_id
