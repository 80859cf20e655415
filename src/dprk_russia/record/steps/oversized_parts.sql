-- Oversized parts
-- The figures for a part that are larger than what the same claim gives for the whole: equal indicator, assumption, period
-- and currency. Shares, changes and rates of parts may be larger.
--
-- key: figure_id
-- figure_id: as figures
WITH sizes AS (
  SELECT
    figures.figure_id, figures.claim_id, figures.scope, intervals.low, intervals.high,
    figures.indicator_id || '/' || coalesce(figures.assumption, '') || '/' || coalesce(figures.period_start, '')
    || '/' || coalesce(figures.period_end, '') || '/' || coalesce(figures.currency, '') AS quantity
  FROM figures JOIN intervals USING (figure_id)
  WHERE figures.accumulation NOT IN ('share', 'change', 'rate')
),
totals AS (
  SELECT claim_id, quantity, max(high) AS total FROM sizes WHERE scope IS NULL
  GROUP BY claim_id, quantity HAVING count(*) = count(high)
)
SELECT sizes.figure_id FROM sizes JOIN totals USING (claim_id, quantity)
WHERE sizes.scope IS NOT NULL AND sizes.low > totals.total
