-- Source counts
-- How many publications carry each claim, from how many origins, and since when; one row for each claim.
--
-- key: claim_id
-- claim_id: as claims
-- origins: integer, always. Number of ends of the chains of evidence: the sources that heard or first published it.
--   Example: 1
-- carriers: integer, always. Number of sources that carry it, origins included. Example: 3
-- echo: number, always. Carriers for each origin. Example: 3
-- departures: integer, always. Number of carriers that changed something: those with a rendering in evidence. Example: 2
-- garblings: integer, always. Number of carriers that changed its value, definition, actors or strength. Example: 1
-- first_known: day. Last day that the earliest date of publication allows. Example: 2024-12-16
SELECT
  chains.claim_id, count(DISTINCT chains.origin_id) AS origins, count(*) AS carriers,
  cast(count(*) AS DOUBLE) / count(DISTINCT chains.origin_id) AS echo,
  count(chains.rendering) AS departures,
  count(
    CASE WHEN chains.rendering IN ('value_changed', 'definition_changed', 'entity_garbled', 'strengthened') THEN 1 END
  ) AS garblings,
  min(sources.published_to) AS first_known
FROM chains JOIN sources USING (source_id)
GROUP BY chains.claim_id
