-- Reactions
-- What links set beside each claim: the claims that deny, doubt, contradict, update, retract or misreport it, and those from
-- which it derives; one row for each claim that has any. Lists are in order and joined by semicolons.
--
-- key: claim_id
-- claim_id: as claims
-- derived_from: text. Claims it is computed from or rests on. Example: C00078;C00082
-- denied_by: text. Claims that reject it. Example: C00003
-- doubted_by: text. Claims that call it unconfirmed, too high or unproven. Example: C00140
-- contradicted_by: text. Claims beside which it cannot be true. Example: C00012
-- updated_by: text. Later claims of its own party with a newer value. Example: C00009
-- retracted_by: text. Later claims with which its own party withdraws it. Example: C00150
-- misreported_by: text. Claims of carriers that give a wrong version of it. Example: C00004
WITH items AS (
  SELECT other_id AS claim_id, relation, claim_id AS item FROM claim_links WHERE relation <> 'derives_from'
  UNION SELECT claim_id, relation, other_id FROM claim_links WHERE relation IN ('contradicts', 'derives_from')
),
lists AS (
  SELECT
    claim_id, relation,
    group_concat(item, ';') OVER (
      PARTITION BY claim_id, relation ORDER BY item ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS ids
  FROM items
)
SELECT
  claim_id, max(CASE relation WHEN 'derives_from' THEN ids END) AS derived_from,
  max(CASE relation WHEN 'denies' THEN ids END) AS denied_by,
  max(CASE relation WHEN 'doubts' THEN ids END) AS doubted_by,
  max(CASE relation WHEN 'contradicts' THEN ids END) AS contradicted_by,
  max(CASE relation WHEN 'updates' THEN ids END) AS updated_by,
  max(CASE relation WHEN 'retracts' THEN ids END) AS retracted_by,
  max(CASE relation WHEN 'misreports' THEN ids END) AS misreported_by
FROM lists WHERE relation <> 'corroborates'
GROUP BY claim_id
