-- Successors
-- The figures that a later claim of the same party replaced or withdrew with a figure of the same indicator, scope and
-- assumption.
--
-- key: figure_id
-- figure_id: as figures
-- superseded_by: text, always. The latest claim that updates or retracts its claim with a figure of the same measure.
--   Example: C00009
SELECT former.figure_id, max(latter.claim_id) AS superseded_by
FROM claim_links
JOIN figures AS former ON former.claim_id = claim_links.other_id
JOIN figures AS latter ON latter.claim_id = claim_links.claim_id AND latter.indicator_id = former.indicator_id
WHERE
  claim_links.relation IN ('updates', 'retracts')
  AND coalesce(latter.scope, '') = coalesce(former.scope, '')
  AND coalesce(latter.assumption, '') = coalesce(former.assumption, '')
GROUP BY former.figure_id
