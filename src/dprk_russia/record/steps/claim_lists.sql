-- Claim lists
-- The parties behind each claim, and the claims whose figures agree or conflict with its own, in order and joined by
-- semicolons.
--
-- key: claim_id, heading
-- claim_id: as claims
-- heading: text, always. How they bear on it: parties, admitted_by, agrees_with or conflicts_with. Example: parties
-- ids: text, always. The ids of the actors or claims. Example: C00002;C00004
WITH items AS (
  SELECT claim_id, 'parties' AS heading, root_id AS item FROM parties WHERE side <> 'unnamed'
  UNION SELECT claim_id, 'admitted_by', root_id FROM admissions
  UNION SELECT claim_id, verdict || '_with', other_id FROM comparisons
  UNION SELECT other_id, verdict || '_with', claim_id FROM comparisons
)
SELECT DISTINCT
  claim_id, heading,
  group_concat(item, ';') OVER (
    PARTITION BY claim_id, heading ORDER BY item ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
  ) AS ids
FROM items
