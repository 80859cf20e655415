-- Figure lists
-- The figures of other speakers that agree or conflict with each figure, in order and joined by semicolons; one row for each
-- figure that has any.
--
-- key: figure_id
-- figure_id: as all_figures
-- conflicts_with: text. Figures of other speakers of the same indicator, scope, assumption and currency that exclude it.
--   Example: M00002;M00004
-- agrees_with: text. Figures of other speakers of the same indicator, scope, assumption and currency that speak of the same
--   time and agree with it. Example: M00131
WITH pairs AS (
  SELECT figure_id, verdict, other_figure_id FROM comparisons
  UNION ALL SELECT other_figure_id, verdict, figure_id FROM comparisons
),
lists AS (
  SELECT
    figure_id, verdict,
    group_concat(other_figure_id, ';') OVER (
      PARTITION BY figure_id, verdict ORDER BY other_figure_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS ids
  FROM pairs
)
SELECT
  figure_id, max(CASE verdict WHEN 'conflicts' THEN ids END) AS conflicts_with,
  max(CASE verdict WHEN 'agrees' THEN ids END) AS agrees_with
FROM lists GROUP BY figure_id
