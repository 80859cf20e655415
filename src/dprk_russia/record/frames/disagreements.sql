-- Disagreements
-- Pairs of claims that cannot both stand, or of which one speaks against the other; one row for each pair and reason.
-- Figures of two speakers with the same indicator, scope, assumption and currency exclude each other if they are disjoint
-- although they speak of days no more than 14 apart, totals of days known to the month, or if a cumulative total lies below
-- one for a surely earlier day. About allows ten percent.
--
-- topic_id: as claims
-- how: text, always. Relation of the first claim to the other as in claim_links, or figures where their figures exclude
--   each other. Example: denies
-- indicator_id: as all_figures.indicator_id of the figures that exclude each other, maybe
-- scope: as all_figures.scope of the figures that exclude each other
-- scope_name: as parts.name of the scope, maybe
-- assumption: as all_figures.assumption of the figures that exclude each other
-- assumption_name: as parts.name of the assumption, maybe
-- claim_id: as claims
-- speaker, speaker_id, side, asserted, asserted_on: as assertions
-- as_stated: as all_figures, maybe
-- statement: as claims
-- other_id: as claims.claim_id of the other claim
-- other_speaker: as assertions.speaker of the other claim
-- other_speaker_id: as assertions.speaker_id of the other claim
-- other_side: as assertions.side of the other claim
-- other_asserted: as assertions.asserted of the other claim
-- other_asserted_on: as assertions.asserted_on of the other claim
-- other_as_stated: as all_figures.as_stated of the other claim, maybe
-- other_statement: as claims.statement of the other claim
WITH pairs AS (
  SELECT relation AS how, claim_id, other_id, NULL AS figure_id, NULL AS other_figure_id FROM claim_links
  WHERE relation IN ('contradicts', 'denies', 'doubts', 'misreports', 'retracts')
  UNION ALL SELECT 'figures', claim_id, other_id, figure_id, other_figure_id FROM comparisons WHERE verdict = 'conflicts'
)
SELECT
  claims.topic_id, pairs.how, figures.indicator_id, figures.scope, scopes.name AS scope_name, figures.assumption,
  assumptions.name AS assumption_name, pairs.claim_id, assertions.speaker, assertions.speaker_id, assertions.side,
  assertions.asserted, assertions.asserted_on, figures.as_stated, claims.statement, pairs.other_id,
  other_assertions.speaker AS other_speaker, other_assertions.speaker_id AS other_speaker_id,
  other_assertions.side AS other_side, other_assertions.asserted AS other_asserted,
  other_assertions.asserted_on AS other_asserted_on, other_figures.as_stated AS other_as_stated,
  other_claims.statement AS other_statement
FROM pairs JOIN claims USING (claim_id) JOIN assertions USING (claim_id)
JOIN claims AS other_claims ON other_claims.claim_id = pairs.other_id
JOIN assertions AS other_assertions ON other_assertions.claim_id = pairs.other_id
LEFT JOIN all_figures AS figures USING (figure_id)
LEFT JOIN all_figures AS other_figures ON other_figures.figure_id = pairs.other_figure_id
LEFT JOIN parts AS scopes ON scopes.part_id = figures.scope
LEFT JOIN parts AS assumptions ON assumptions.part_id = figures.assumption
ORDER BY
  claims.topic_id, pairs.claim_id, pairs.other_id, pairs.how, figures.indicator_id, pairs.figure_id, pairs.other_figure_id
