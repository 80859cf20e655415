"""The page on which readers ask in SQL, with questions to begin with."""

from __future__ import annotations

from dprk_russia.site.content import Page

READY = (
    (
        "Which questions do most sides answer?",
        """SELECT indicator_id, count(DISTINCT side) AS sides, count(*) AS figures
FROM estimates
WHERE scope IS NULL AND assumption IS NULL
GROUP BY indicator_id
ORDER BY sides DESC, figures DESC
LIMIT 20""",
    ),
    (
        "Who said what about one measure, and when?",
        """SELECT as_of, speaker, side, bound, number, as_stated, claim_id
FROM estimates
WHERE indicator_id = (SELECT indicator_id FROM estimates GROUP BY indicator_id ORDER BY count(DISTINCT side) DESC LIMIT 1)
ORDER BY as_of""",
    ),
    (
        "Which claims are denied, and by whom?",
        """SELECT denials.asserted, denied.statement, deniers.name AS denied_by, denials.claim_id
FROM claim_links
JOIN claims AS denials ON denials.claim_id = claim_links.claim_id
JOIN claims AS denied ON denied.claim_id = claim_links.other_id
JOIN actors AS deniers ON deniers.actor_id = denials.asserted_by
WHERE claim_links.relation = 'denies'
ORDER BY denials.asserted DESC""",
    ),
    (
        "Which publishers altered most of what they carried?",
        """SELECT actors.name, count(*) AS carried, count(evidence.rendering) AS altered
FROM evidence
JOIN sources ON sources.source_id = evidence.source_id
JOIN actors ON actors.actor_id = sources.publisher_id
GROUP BY actors.actor_id
HAVING carried >= 10
ORDER BY 1.0 * altered / carried DESC
LIMIT 20""",
    ),
    (
        "What cannot both stand?",
        """SELECT how, speaker, statement, other_speaker, other_statement
FROM disagreements
LIMIT 100""",
    ),
    (
        "Which tables and views are there?",
        "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name",
    ),
)


def write() -> Page:
    """Return the page on which readers ask in SQL."""
    return Page("sql.html", "sql.html", "Ask in SQL", "The whole record as a database in the browser.", READY)
