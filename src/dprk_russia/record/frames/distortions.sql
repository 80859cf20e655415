-- Distortions
-- What carriers changed: one row for each publication that departs from a claim that it carries, by the rendering of its
-- evidence, or that carries another claim which misreports it; by claim and source. What it was stands in statement; what it
-- became in misreport, where the wrong version is a claim of its own, and else in note. Who only doubts a claim changes nothing.
--
-- key: claim_id, source_id
-- claim_id: as claims
-- speaker, speaker_id, side, asserted, asserted_on: as assertions
-- statement: as claims
-- rendering: as evidence
-- note: text. How the page departs from the claim, in the compilers' words. Example: Nearly
-- misreport_id: as claims.claim_id of the first claim of the page that gives a wrong version, maybe
-- misreport: as claims.statement of that claim, maybe
-- source_id: as sources
-- title, published: as sources
-- publisher: as actors.name of the publisher
-- publisher_id: as sources
-- url: url. Address of the page that was read, or else at the publisher. Example: https://www.nis.go.kr/
-- relays_id: as evidence
-- origin_id: as chains
WITH pages AS (
  SELECT evidence.*, chains.origin_id FROM evidence JOIN chains USING (claim_id, source_id)
),
changed AS (SELECT * FROM pages WHERE rendering <> 'doubted'),
wrong AS (
  SELECT
    claim_links.other_id AS claim_id, pages.source_id, pages.relays_id, pages.origin_id, claim_links.note,
    claim_links.claim_id AS misreport_id,
    row_number() OVER (PARTITION BY claim_links.other_id, pages.source_id ORDER BY claim_links.claim_id) AS place
  FROM claim_links JOIN pages USING (claim_id)
  WHERE claim_links.relation = 'misreports'
),
departures AS (
  SELECT claim_id, source_id FROM changed
  UNION SELECT claim_id, source_id FROM wrong
)
SELECT
  departures.claim_id, assertions.speaker, assertions.speaker_id, assertions.side, assertions.asserted, assertions.asserted_on,
  claims.statement, changed.rendering, coalesce(changed.note, wrong.note) AS note, wrong.misreport_id,
  misreports.statement AS misreport, departures.source_id, sources.title, sources.published, publishers.name AS publisher,
  sources.publisher_id, coalesce(sources.read_at, sources.url) AS url,
  coalesce(changed.relays_id, wrong.relays_id) AS relays_id, coalesce(changed.origin_id, wrong.origin_id) AS origin_id
FROM departures JOIN assertions USING (claim_id) JOIN claims USING (claim_id) JOIN sources USING (source_id)
JOIN actors AS publishers ON publishers.actor_id = sources.publisher_id
LEFT JOIN changed USING (claim_id, source_id)
LEFT JOIN wrong USING (claim_id, source_id)
LEFT JOIN claims AS misreports ON misreports.claim_id = wrong.misreport_id
WHERE coalesce(wrong.place, 1) = 1
ORDER BY departures.claim_id, departures.source_id
