-- Families
-- The head of each actor's family, which is the state or body it belongs to in the end, and the side it speaks for; one row
-- for each actor. Actors whose parents form a circle have no head and no row.
--
-- key: actor_id
-- actor_id: as actors
-- root_id: as actors.actor_id of the head of the family
-- side: text, always. The root actor of the speaker where that is a state or a body of states; otherwise media, unnamed or
--   independent. Example: south-korea
WITH RECURSIVE climb AS (
  SELECT actor_id, actor_id AS root_id FROM actors WHERE parent_id IS NULL
  UNION ALL SELECT actors.actor_id, climb.root_id FROM climb JOIN actors ON actors.parent_id = climb.actor_id
)
SELECT
  climb.actor_id, climb.root_id,
  CASE
    WHEN roots.kind IN ('state', 'intergovernmental') THEN climb.root_id
    WHEN roots.kind = 'media' THEN 'media'
    WHEN roots.kind = 'unnamed_group' THEN 'unnamed'
    ELSE 'independent'
  END AS side
FROM climb JOIN actors AS roots ON roots.actor_id = climb.root_id
