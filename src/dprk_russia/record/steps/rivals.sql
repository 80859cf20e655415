-- Rivals
-- The pairs of figures in which different speakers, in different claims, measure the same: equal indicator, scope,
-- assumption and currency; each pair once, the lower id first.
--
-- key: figure_id, other_figure_id
-- figure_id: as all_figures
-- other_figure_id: as all_figures.figure_id of the other figure
-- claim_id: as all_figures
-- other_id: as all_figures.claim_id of the other figure
-- same_time: boolean. Whether they speak of the same time: levels and totals, of days no more than 14 apart that are each
--   known to the month; others, of periods that begin and end no more than 14 days apart, or, where one has no period, of
--   the year before it was asserted. Example: true
-- disjoint: boolean. Whether their intervals have no number in common. Example: false
-- close: boolean, always. Whether their intervals have a number in common when open ends are closed. Example: true
-- falls: boolean. Whether a cumulative total for a surely later day lies below one for an earlier day. Example: false
WITH ranges AS (SELECT * FROM intervals)  -- named, so that SQLite makes it once where it is a view
SELECT
  one.figure_id, other.figure_id AS other_figure_id, one.claim_id, other.claim_id AS other_id,
  CASE
    WHEN one.accumulation IN ('stock', 'cumulative')
      THEN
        abs(one.last_day - other.last_day) <= near_days
        AND one.last_day - one.first_day < vague_days AND other.last_day - other.first_day < vague_days
    ELSE (
      abs(one.last_day - other.last_day) <= near_days AND (
        abs(one.start_day - other.start_day) <= near_days OR coalesce(one.start_day, other.start_day) IS NULL
      )
    )
    OR (NOT one.has_end AND one.last_day - other.last_day BETWEEN 0 AND year_days)
    OR (NOT other.has_end AND other.last_day - one.last_day BETWEEN 0 AND year_days)
  END AS same_time,
  one.high < other.low OR other.high < one.low AS disjoint,
  one.closed_low <= other.closed_high AND other.closed_low <= one.closed_high AS close,
  one.accumulation = 'cumulative' AND (
    (one.first_day > other.last_day AND one.high < other.low)
    OR (other.first_day > one.last_day AND other.high < one.low)
  ) AS falls
FROM ranges AS one JOIN ranges AS other ON other.series = one.series AND other.figure_id > one.figure_id
CROSS JOIN thresholds
WHERE one.claim_id <> other.claim_id AND one.asserted_by <> other.asserted_by
