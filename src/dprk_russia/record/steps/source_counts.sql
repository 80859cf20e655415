-- Source counts
-- How many publications carry each claim, how their chains end, and since when it is known; one row for each claim. All
-- carriers of a claim carry one act of speech: that many heard it confirms that it was said, not that it is so.
--
-- key: claim_id
-- claim_id: as claims
-- own_sources: integer, always. Number of the speaker's own publications at the ends of its chains. Example: 1
-- hearers: integer, always. Number of sources at the ends of its chains that heard the speaker themselves. Example: 2
-- carriers: integer, always. Number of sources that carry it, the ends of chains included. Example: 3
-- carriers_read: integer, always. Number of these that the compilers read, whole or in part. Example: 2
-- origin_read: boolean, always. Whether a source at the end of one of its chains was read. Example: true
-- departures: integer, always. Number of carriers that changed something: those with a rendering in evidence. Example: 2
-- garblings: integer, always. Number of carriers that changed its value, definition, actors or strength. Example: 1
-- first_known: day. Last day that the earliest date of publication allows. Example: 2024-12-16
SELECT
  chains.claim_id,
  count(CASE WHEN chains.source_id = chains.origin_id AND chains.attribution IS NULL THEN 1 END) AS own_sources,
  count(CASE WHEN chains.attribution = 'heard' THEN 1 END) AS hearers,
  count(*) AS carriers,
  count(CASE WHEN sources.read <> 'no' THEN 1 END) AS carriers_read,
  count(CASE WHEN chains.source_id = chains.origin_id AND sources.read <> 'no' THEN 1 END) > 0 AS origin_read,
  count(chains.rendering) AS departures,
  count(
    CASE WHEN chains.rendering IN ('value_changed', 'definition_changed', 'entity_garbled', 'strengthened') THEN 1 END
  ) AS garblings,
  min(sources.published_to) AS first_known
FROM chains JOIN sources ON sources.source_id = chains.source_id
GROUP BY chains.claim_id
