-- Confirmed claims
-- The claims that two parties or more assert, or that one whom they concern admits.
--
-- key: claim_id
-- claim_id: as claims
SELECT claim_id FROM parties GROUP BY claim_id HAVING count(*) > 1
UNION SELECT claim_id FROM admissions
