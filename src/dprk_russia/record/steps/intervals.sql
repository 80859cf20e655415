-- Intervals
-- The figures that can be compared, which are those with a number, each as the interval that it allows and the days it
-- speaks of. Days are counted, so that they can be subtracted; an end that is empty is open.
--
-- key: figure_id
-- figure_id, claim_id, asserted_by, accumulation: as all_figures
-- series: text, always. What is compared with each other: indicator, scope, assumption and currency. Example: kpa-killed///
-- start_day: integer. First day of its period. Example: 2460584
-- first_day: integer, always. First day it may speak of. Example: 2460667
-- last_day: integer, always. Last day it may speak of. Example: 2460667
-- has_end: boolean, always. Whether it states the end of its period. Example: true
-- low: number. The lower end; empty for an upper bound alone. Example: 990
-- high: number. The upper end; empty for a lower bound alone. Example: 1210
-- closed_low: number, always. The lower end, where an open one is put at a part of the upper end. Example: 990
-- closed_high: number, always. The upper end, where an open one is put at a multiple of the lower end. Example: 1210
WITH margins AS (
  SELECT figure_id, CASE WHEN bound = 'about' THEN abs(value) * about ELSE 0 END AS margin, open_factor
  FROM all_figures CROSS JOIN thresholds
),
ends AS (
  SELECT
    all_figures.*, margins.open_factor,
    CASE bound WHEN 'at_most' THEN NULL ELSE coalesce(value_low, value - margin) END AS low,
    CASE bound WHEN 'at_least' THEN NULL ELSE coalesce(value_high, value + margin) END AS high
  FROM all_figures JOIN margins USING (figure_id)
)
SELECT
  figure_id, claim_id, asserted_by, accumulation,
  indicator_id || '/' || coalesce(scope, '') || '/' || coalesce(assumption, '') || '/' || coalesce(currency, '') AS series,
  cast(julianday(period_start_from) AS INTEGER) AS start_day, cast(julianday(end_from) AS INTEGER) AS first_day,
  cast(julianday(end_to) AS INTEGER) AS last_day, period_end IS NOT NULL AS has_end,
  low, high, coalesce(low, high / open_factor) AS closed_low, coalesce(high, low * open_factor) AS closed_high
FROM ends
WHERE (low IS NOT NULL OR bound = 'at_most') AND (high IS NOT NULL OR bound = 'at_least')
