-- Comparisons
-- The rivals that agree or conflict. They conflict if they exclude each other at the same time, or if a total falls; they
-- agree if they speak of the same time and are close. Of the rest nothing can be said.
--
-- key: figure_id, other_figure_id
-- figure_id, other_figure_id, claim_id, other_id: as rivals
-- verdict: text, always. agrees or conflicts. Example: agrees
SELECT
  figure_id, other_figure_id, claim_id, other_id,
  CASE WHEN disjoint THEN 'conflicts' ELSE 'agrees' END AS verdict
FROM rivals
WHERE (same_time AND (disjoint OR close)) OR falls
