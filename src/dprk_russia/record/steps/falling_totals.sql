-- Falling totals
-- The cumulative totals of the whole that lie below a total that the same speaker gave for a surely earlier day.
--
-- key: figure_id
-- figure_id: as all_figures
SELECT DISTINCT later.figure_id
FROM intervals AS later
JOIN intervals AS earlier ON earlier.series = later.series AND earlier.asserted_by = later.asserted_by
JOIN all_figures ON all_figures.figure_id = later.figure_id
WHERE
  later.accumulation = 'cumulative' AND all_figures.scope IS NULL AND all_figures.assumption IS NULL
  AND later.first_day > earlier.last_day AND later.high < earlier.low
