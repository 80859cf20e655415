-- Stated figures
-- Every published figure with its speaker and its page, those of claims that misreport another included; one row for each
-- figure.
--
-- key: figure_id
-- indicator_id, scope, assumption, as_of: as figures
-- speaker: as actors.name of the speaker
-- side: as families
-- bound, value_low, value, value_high, unit, per, currency, as_stated: as figures
-- certainty: as claims
-- method, period_start, period_end: as figures
-- asserted, asserted_by, statement: as claims
-- origins: as source_counts
-- superseded_by: as successors, maybe
-- figure_id, claim_id, source_id: as figures
-- url: url. Address of the page that was read, or else at the publisher. Example: https://www.nis.go.kr/
-- misreports: boolean, always. Whether its claim misreports another. Example: false
SELECT
  figures.indicator_id, figures.scope, figures.assumption, figures.as_of, actors.name AS speaker, families.side,
  figures.bound, figures.value_low, figures.value, figures.value_high, figures.unit, figures.per, figures.currency,
  figures.as_stated, claims.certainty, figures.method, figures.period_start, figures.period_end, claims.asserted,
  claims.asserted_by, claims.statement, source_counts.origins, successors.superseded_by, figures.figure_id,
  figures.claim_id, figures.source_id, coalesce(sources.read_at, sources.url) AS url,
  figures.claim_id IN (SELECT claim_id FROM claim_links WHERE relation = 'misreports') AS misreports
FROM figures JOIN claims USING (claim_id) JOIN source_counts USING (claim_id) JOIN sources USING (source_id)
JOIN actors ON actors.actor_id = claims.asserted_by
JOIN families ON families.actor_id = claims.asserted_by
LEFT JOIN successors USING (figure_id)
