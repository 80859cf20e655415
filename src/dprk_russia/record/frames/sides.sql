-- Sides
-- Who belongs to which side: one row for each actor, by side and family.
--
-- key: actor_id
-- actor_id, name, kind, parent_id: as actors
-- root_id: as families
-- root: as actors.name of the head of the family
-- side: as families
SELECT
  families.actor_id, actors.name, actors.kind, actors.parent_id, families.root_id, roots.name AS root, families.side
FROM families JOIN actors USING (actor_id)
JOIN actors AS roots ON roots.actor_id = families.root_id
ORDER BY families.side, families.root_id, families.actor_id
