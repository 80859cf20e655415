-- Figure notes
-- What the compilers note on figures; one row for each figure with a note. Rules, which read no notes, rest on all_figures
-- alone.
--
-- key: figure_id
-- figure_id, note: as military_figures
SELECT figure_id, note FROM economic_figures WHERE note IS NOT NULL
UNION ALL SELECT figure_id, note FROM military_figures WHERE note IS NOT NULL
