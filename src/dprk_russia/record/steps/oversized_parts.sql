-- Oversized parts
-- The figures for a part that are larger than what the same claim gives for the whole: equal indicator, assumption, period
-- and currency. Shares, changes and rates of parts may be larger.
--
-- key: figure_id
-- figure_id: as all_figures
WITH sizes AS (
  SELECT
    all_figures.figure_id, all_figures.claim_id, all_figures.scope, intervals.low, intervals.high,
    all_figures.indicator_id || '/' || coalesce(all_figures.assumption, '') || '/' || coalesce(all_figures.period_start, '')
    || '/' || coalesce(all_figures.period_end, '') || '/' || coalesce(all_figures.currency, '') AS quantity
  FROM all_figures JOIN intervals USING (figure_id)
  WHERE all_figures.accumulation NOT IN ('share', 'change', 'rate')
),
totals AS (
  SELECT claim_id, quantity, max(high) AS total FROM sizes WHERE scope IS NULL
  GROUP BY claim_id, quantity HAVING count(*) = count(high)
)
SELECT sizes.figure_id FROM sizes JOIN totals USING (claim_id, quantity)
WHERE sizes.scope IS NOT NULL AND sizes.low > totals.total
