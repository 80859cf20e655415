-- Silent
-- Who has published no figure for an indicator although its figures concern them: one row for each indicator and side, by
-- indicator. Concerned are the states and bodies of states that are subject, object or participant of a claim with a figure
-- for it, themselves or by a body of theirs. A figure for a part, or one that was withdrawn, breaks the silence too. A side
-- that made no claim on the topics of these figures has said nothing of them at all.
--
-- key: indicator_id, side
-- indicator_id: as all_figures
-- side: as concerned
-- name: as actors.name of the side
-- claims: integer, always. Number of claims that it made on the topics of these figures, none of them with a figure for the
--   indicator. Example: 9
WITH figures_told AS (
  SELECT all_figures.indicator_id, all_figures.claim_id, claims.topic_id, families.side
  FROM all_figures JOIN claims USING (claim_id) JOIN families ON families.actor_id = claims.asserted_by
),
quiet AS (
  SELECT figures_told.indicator_id, concerned.side
  FROM figures_told JOIN concerned USING (claim_id)
  WHERE concerned.side NOT IN ('media', 'unnamed', 'independent')
  EXCEPT SELECT indicator_id, side FROM figures_told
),
spoken AS (
  SELECT topics_told.indicator_id, families.side, count(*) AS claims
  FROM (SELECT DISTINCT indicator_id, topic_id FROM figures_told) AS topics_told
  JOIN claims USING (topic_id) JOIN families ON families.actor_id = claims.asserted_by
  GROUP BY topics_told.indicator_id, families.side
)
SELECT quiet.indicator_id, quiet.side, actors.name, coalesce(spoken.claims, 0) AS claims
FROM quiet JOIN actors ON actors.actor_id = quiet.side LEFT JOIN spoken USING (indicator_id, side)
ORDER BY quiet.indicator_id, quiet.side
