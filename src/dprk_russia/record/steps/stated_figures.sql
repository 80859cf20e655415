-- Stated figures
-- Every published figure with its speaker and its page, what stands for and against it, those of claims that misreport
-- another included; one row for each figure.
--
-- key: figure_id
-- indicator_id, scope: as all_figures
-- scope_name: as parts.name of the scope, maybe
-- assumption: as all_figures
-- assumption_name: as parts.name of the assumption, maybe
-- as_of, as_of_precision: as figure_days
-- speaker, speaker_id, side: as assertions
-- bound: as all_figures
-- number: number. The number to plot: the value, or else the one bound that was said. Empty for a range without a best value,
--   since its middle was said by nobody, and for what is vague. Example: 3000
-- number_is: text. What the number is: value, low where it is the bound of at least, or high where it is that of at most.
--   Example: low
-- value_low, value, value_high, unit, per, currency, as_stated: as all_figures
-- certainty: as claims
-- credibility: as claims
-- method, period_start, period_end: as all_figures
-- asserted, asserted_on: as assertions
-- statement: as claims
-- origin_read, first_known: as source_counts
-- conflicts_with, agrees_with: as figure_lists, maybe
-- derived_from, denied_by, doubted_by, contradicted_by, retracted_by, misreported_by: as reactions, maybe
-- superseded_by, superseded_on: as successors, maybe
-- is_current: boolean, always. Whether it was neither superseded nor withdrawn with its claim. Example: true
-- note: as figure_notes, maybe
-- figure_id, claim_id, source_id: as all_figures
-- url: url. Address of the page that was read, or else at the publisher. Example: https://www.nis.go.kr/
-- misreports: boolean, always. Whether its claim misreports another. Example: false
SELECT
  all_figures.indicator_id, all_figures.scope, scopes.name AS scope_name, all_figures.assumption,
  assumptions.name AS assumption_name, figure_days.as_of, figure_days.as_of_precision,
  assertions.speaker, assertions.speaker_id, assertions.side, all_figures.bound,
  CASE
    WHEN all_figures.value IS NOT NULL THEN all_figures.value
    WHEN all_figures.bound = 'at_least' THEN all_figures.value_low
    WHEN all_figures.bound = 'at_most' THEN all_figures.value_high
  END AS number,
  CASE
    WHEN all_figures.value IS NOT NULL THEN 'value'
    WHEN all_figures.bound = 'at_least' THEN 'low'
    WHEN all_figures.bound = 'at_most' THEN 'high'
  END AS number_is,
  all_figures.value_low, all_figures.value, all_figures.value_high, all_figures.unit, all_figures.per,
  all_figures.currency, all_figures.as_stated, claims.certainty, claims.credibility, all_figures.method,
  all_figures.period_start, all_figures.period_end, assertions.asserted, assertions.asserted_on, claims.statement,
  source_counts.origin_read, source_counts.first_known, figure_lists.conflicts_with, figure_lists.agrees_with,
  reactions.derived_from, reactions.denied_by, reactions.doubted_by, reactions.contradicted_by, reactions.retracted_by,
  reactions.misreported_by, successors.superseded_by, successors.superseded_on,
  successors.superseded_by IS NULL AND reactions.retracted_by IS NULL AS is_current,
  figure_notes.note, all_figures.figure_id, all_figures.claim_id, all_figures.source_id,
  coalesce(sources.read_at, sources.url) AS url,
  all_figures.claim_id IN (SELECT claim_id FROM claim_links WHERE relation = 'misreports') AS misreports
FROM all_figures JOIN figure_days USING (figure_id) JOIN claims USING (claim_id) JOIN assertions USING (claim_id)
JOIN source_counts USING (claim_id) JOIN sources USING (source_id)
LEFT JOIN figure_lists USING (figure_id) LEFT JOIN reactions USING (claim_id) LEFT JOIN successors USING (figure_id)
LEFT JOIN figure_notes USING (figure_id) LEFT JOIN parts AS scopes ON scopes.part_id = all_figures.scope
LEFT JOIN parts AS assumptions ON assumptions.part_id = all_figures.assumption
