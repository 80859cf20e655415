-- Successors
-- The figures that a later claim of the same party replaced or withdrew with a figure of the same indicator, scope,
-- assumption and currency.
--
-- key: figure_id
-- figure_id: as all_figures
-- superseded_by: text, always. The latest claim that updates or retracts its claim with a figure of the same measure.
--   Example: C00009
-- superseded_on: as assertions.asserted_on of the latest claim that does so
WITH successions AS (
  SELECT
    former.figure_id, latter.claim_id AS superseded_by, assertions.asserted_on AS superseded_on,
    row_number() OVER (
      PARTITION BY former.figure_id ORDER BY assertions.asserted_on DESC, latter.claim_id DESC
    ) AS place
  FROM claim_links
  JOIN all_figures AS former ON former.claim_id = claim_links.other_id
  JOIN all_figures AS latter ON latter.claim_id = claim_links.claim_id AND latter.indicator_id = former.indicator_id
  JOIN assertions ON assertions.claim_id = latter.claim_id
  WHERE
    claim_links.relation IN ('updates', 'retracts')
    AND coalesce(latter.scope, '') = coalesce(former.scope, '')
    AND coalesce(latter.assumption, '') = coalesce(former.assumption, '')
    AND coalesce(latter.currency, '') = coalesce(former.currency, '')
)
SELECT figure_id, superseded_by, superseded_on FROM successions WHERE place = 1
