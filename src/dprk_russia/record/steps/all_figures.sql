-- All figures
-- Every figure of both domains with its measure, its speaker and the days it speaks of; one row for each figure. What is
-- taken from military_figures is taken from economic_figures alike.
--
-- key: figure_id
-- figure_id, claim_id, source_id, indicator_id, scope, assumption: as military_figures
-- accumulation: as indicators
-- bound, value_low, value, value_high: as military_figures
-- unit, per: as indicators
-- currency, as_stated, method, period_start: as military_figures
-- period_start_from: day. First day that period_start covers. Example: 2024-10-01
-- period_end: as military_figures
-- end_from: day, always. First day on which what is measured may end, as stated: that of the end of its period, or of its
--   assertion if no end is stated. Example: 2024-12-01
-- end_to: day, always. Last day on which what is measured may end, as stated. Example: 2024-12-31
-- asserted_by: as claims
WITH both_domains AS (
  SELECT * FROM economic_figures
  UNION ALL SELECT * FROM military_figures
)
SELECT
  both_domains.figure_id, both_domains.claim_id, both_domains.source_id, both_domains.indicator_id,
  both_domains.scope, both_domains.assumption, indicators.accumulation, both_domains.bound, both_domains.value_low,
  both_domains.value, both_domains.value_high, indicators.unit, indicators.per, both_domains.currency,
  both_domains.as_stated, both_domains.method, both_domains.period_start, both_domains.period_start_from,
  both_domains.period_end, coalesce(both_domains.period_end_from, claims.asserted_from) AS end_from,
  coalesce(both_domains.period_end_to, claims.asserted_to) AS end_to, claims.asserted_by
FROM both_domains JOIN claims USING (claim_id) JOIN indicators USING (indicator_id)
