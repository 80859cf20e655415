-- Figures
-- Every published figure with its claim, its speaker and its page, each column under a name of its own: one row for each
-- figure, those of claims that misreport another included. What is taken from military_figures is taken from
-- economic_figures alike.
--
-- key: figure_id
-- figure_id, indicator_id: as stated_figures
-- indicator: as indicators.name
-- scope, scope_name, assumption, assumption_name, bound, number, number_is, value_low, value, value_high, unit, per,
--   currency, as_stated, method, period_start, period_end, as_of, as_of_precision, note, is_current,
--   misreports, claim_id, statement: as stated_figures
-- topic_id, kind: as claims
-- certainty, credibility, asserted, asserted_on, speaker, speaker_id, side: as stated_figures
-- claim_note: as claims.note of the claim
-- source_id: as stated_figures
-- title: as sources.title of the page
-- publisher: as actors.name of the publisher
-- publisher_id: as sources
-- published: as sources.published of the page
-- url: as stated_figures
SELECT
  stated_figures.figure_id, stated_figures.indicator_id, indicators.name AS indicator, stated_figures.scope,
  stated_figures.scope_name, stated_figures.assumption, stated_figures.assumption_name, stated_figures.bound,
  stated_figures.number, stated_figures.number_is, stated_figures.value_low, stated_figures.value,
  stated_figures.value_high, stated_figures.unit, stated_figures.per,
  stated_figures.currency, stated_figures.as_stated, stated_figures.method, stated_figures.period_start,
  stated_figures.period_end, stated_figures.as_of, stated_figures.as_of_precision, stated_figures.note,
  stated_figures.is_current, stated_figures.misreports, stated_figures.claim_id, stated_figures.statement,
  claims.topic_id, claims.kind, stated_figures.certainty, stated_figures.credibility, stated_figures.asserted,
  stated_figures.asserted_on, stated_figures.speaker, stated_figures.speaker_id, stated_figures.side,
  claims.note AS claim_note, stated_figures.source_id, sources.title, publishers.name AS publisher,
  sources.publisher_id, sources.published, stated_figures.url
FROM stated_figures JOIN indicators USING (indicator_id) JOIN claims USING (claim_id) JOIN sources USING (source_id)
JOIN actors AS publishers ON publishers.actor_id = sources.publisher_id
ORDER BY stated_figures.figure_id
