-- Figure days
-- The day that each figure speaks of, and how precisely it is stated; one row for each figure.
--
-- key: figure_id
-- figure_id: as all_figures
-- as_of: day, always. Last day the figure can speak of: that of the end of its period, or of its assertion if no end is
--   stated. It is not after the first publication of its claim, unless a forecast, an intention or a norm looks ahead to it,
--   and not before its period begins. Example: 2024-12-23
-- as_of_precision: text, always. Whether that day is stated to the day, the month or the year. Example: day
WITH stated AS (
  SELECT
    all_figures.figure_id, all_figures.period_start_from, all_figures.end_to,
    CASE
      WHEN all_figures.period_end IS NULL OR claims.kind NOT IN ('forecast', 'intention', 'norm')
        THEN source_counts.first_known
    END AS known_by,
    length(coalesce(all_figures.period_end, claims.asserted)) AS letters
  FROM all_figures JOIN claims USING (claim_id) LEFT JOIN source_counts USING (claim_id)
),
capped AS (
  SELECT
    figure_id, period_start_from, CASE WHEN known_by < end_to THEN known_by ELSE end_to END AS last_day, letters
  FROM stated
)
SELECT
  figure_id, CASE WHEN period_start_from > last_day THEN period_start_from ELSE last_day END AS as_of,
  CASE letters WHEN 4 THEN 'year' WHEN 7 THEN 'month' ELSE 'day' END AS as_of_precision
FROM capped
