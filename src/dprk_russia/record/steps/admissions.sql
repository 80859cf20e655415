-- Admissions
-- The parties behind a claim whom it concerns themselves, other than its speaker's own.
--
-- key: claim_id, root_id
-- claim_id: as claims
-- root_id: as families
SELECT parties.claim_id, parties.root_id
FROM parties JOIN concerned USING (claim_id, root_id) JOIN claims USING (claim_id)
JOIN families AS speakers ON speakers.actor_id = claims.asserted_by
WHERE speakers.root_id <> parties.root_id
