-- Answer
-- The newest figure of each side for the whole of what an indicator measures: one row for each indicator and side, by
-- indicator, the newest first. Left out are figures for a part or under an assumption, those of claims that misreport another,
-- and those that were superseded or withdrawn. Of a side that says how much there was, what it expects, plans or demands is
-- left out too. Rows of one indicator are no range: they may speak of other days, and with other bounds.
--
-- key: indicator_id, side
-- indicator_id, side, speaker, speaker_id: as stated_figures
-- prose_name: as actors.prose_name of the speaker, maybe
-- kind: as claims
-- as_of, as_of_precision, period_start, bound, number, number_is, value_low, value, value_high, unit, per, currency, as_stated,
--   certainty, asserted_on, first_known, figure_id, claim_id, source_id, url: as stated_figures
WITH candidates AS (
  SELECT
    stated_figures.*, actors.prose_name, claims.kind,
    row_number() OVER (
      PARTITION BY stated_figures.indicator_id, stated_figures.side
      ORDER BY
        claims.kind IN ('forecast', 'intention', 'norm'), stated_figures.as_of DESC, stated_figures.asserted_on DESC,
        stated_figures.figure_id DESC
    ) AS place
  FROM stated_figures JOIN claims USING (claim_id) JOIN actors ON actors.actor_id = stated_figures.speaker_id
  WHERE
    stated_figures.scope IS NULL AND stated_figures.assumption IS NULL
    AND stated_figures.is_current AND NOT stated_figures.misreports
)
SELECT
  indicator_id, side, speaker, speaker_id, prose_name, kind, as_of, as_of_precision, period_start, bound, number, number_is,
  value_low, value, value_high, unit, per, currency, as_stated, certainty, asserted_on, first_known, figure_id, claim_id,
  source_id, url
FROM candidates
WHERE place = 1
ORDER BY indicator_id, as_of DESC, asserted_on DESC, figure_id
