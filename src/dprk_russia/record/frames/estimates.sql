-- Estimates
-- Every published figure beside its rivals: one row for each figure, by indicator, scope, assumption and the day it speaks
-- of. Figures of claims that misreport another are left out. What is taken from military_figures is taken from
-- economic_figures alike.
--
-- key: figure_id
-- indicator_id, scope, assumption, as_of, speaker, side, bound, value_low, value, value_high, unit, per, currency,
--   as_stated, certainty, method, period_start, period_end, asserted, asserted_by, statement, origins, superseded_by,
--   figure_id, claim_id, source_id, url: as stated_figures
SELECT
  indicator_id, scope, assumption, as_of, speaker, side, bound, value_low, value, value_high, unit, per, currency,
  as_stated, certainty, method, period_start, period_end, asserted, asserted_by, statement, origins, superseded_by,
  figure_id, claim_id, source_id, url
FROM stated_figures
WHERE NOT misreports
ORDER BY indicator_id, scope, assumption, as_of, figure_id
