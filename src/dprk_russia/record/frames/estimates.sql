-- Estimates
-- Every published figure beside its rivals: one row for each figure, by indicator, scope, assumption, currency and the day it
-- speaks of. Figures of claims that misreport another are left out. Those that were superseded or withdrawn stand here too,
-- since they show how an estimate grew: keep the rows of is_current for the newest of each speaker. Amounts of different
-- currencies are not comparable. What is taken from military_figures is taken from economic_figures alike.
--
-- key: figure_id
-- indicator_id, scope, scope_name, assumption, assumption_name, as_of, as_of_precision, speaker, speaker_id, side,
--   bound, number, number_is, value_low, value, value_high, unit, per, currency, as_stated, certainty, credibility,
--   method, period_start, period_end, asserted, asserted_on, statement, origin_read, first_known, conflicts_with,
--   agrees_with, derived_from, denied_by, doubted_by, contradicted_by, retracted_by, misreported_by, superseded_by,
--   superseded_on, is_current, note, figure_id, claim_id, source_id, url: as stated_figures
SELECT
  indicator_id, scope, scope_name, assumption, assumption_name, as_of, as_of_precision, speaker, speaker_id, side,
  bound, number, number_is, value_low, value, value_high, unit, per, currency, as_stated, certainty, credibility,
  method, period_start, period_end, asserted, asserted_on, statement, origin_read, first_known, conflicts_with,
  agrees_with, derived_from, denied_by, doubted_by, contradicted_by, retracted_by, misreported_by, superseded_by,
  superseded_on, is_current, note, figure_id, claim_id, source_id, url
FROM stated_figures
WHERE NOT misreports
ORDER BY indicator_id, scope, assumption, currency, as_of, figure_id
