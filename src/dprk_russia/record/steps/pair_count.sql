-- Pair count
-- How many pairs of figures stand in the same series; one row. Beyond a limit they are not compared.
--
-- pairs: integer, always. Number of pairs. Example: 8000
SELECT coalesce(sum(size * (size - 1)), 0) / 2 AS pairs
FROM (SELECT count(*) AS size FROM intervals GROUP BY series) AS series_sizes
