"""What only shows when all rows are seen together, or beside the record: asked as sets."""

from __future__ import annotations

from django.db import connection

from tracker.domain.errors import AlreadyLogged, SeparationOfDuties
from tracker.domain.imports import LineFault

TWICE = """
    SELECT line, first FROM (
        SELECT line, min(line) OVER same AS first FROM stage_claim WHERE external_id <> ''
        WINDOW same AS (PARTITION BY external_id)
    ) rows WHERE line > first ORDER BY line LIMIT %(most)s
"""
UUID_TWICE = """
    SELECT line, first FROM (
        SELECT line, min(line) OVER same AS first FROM stage_claim
        WINDOW same AS (PARTITION BY uuid)
    ) rows WHERE line > first ORDER BY line LIMIT %(most)s
"""
SAID_IN_FILE = """
    SELECT line, first FROM (
        SELECT line, min(line) OVER same AS first FROM stage_claim
        WHERE state = 'frozen' AND revises_id IS NULL
        WINDOW same AS (PARTITION BY proposition_id, person_id, organisation_id)
    ) rows WHERE line > first ORDER BY line LIMIT %(most)s
"""
SAID_ON_RECORD = """
    SELECT s.line, c.id FROM stage_claim s JOIN tracker_claim c
        ON c.proposition_id = s.proposition_id
        AND c.person_id IS NOT DISTINCT FROM s.person_id
        AND c.organisation_id IS NOT DISTINCT FROM s.organisation_id
    WHERE s.state = 'frozen' AND s.revises_id IS NULL
    AND c.state = 'frozen' AND c.revises_id IS NULL
    ORDER BY s.line LIMIT %(most)s
"""
JUDGED = """
    SELECT DISTINCT s.line, 0 FROM stage_claim s
    JOIN tracker_round r ON r.proposition_id = s.proposition_id AND r.needed > 1
    JOIN tracker_verdict v ON v.round_id = r.id AND v.judge_id = s.coder_id
    ORDER BY 1 LIMIT %(most)s
"""
ANSWERS = (
    (TWICE, "external_id", AlreadyLogged, "Line {} has this reference already: give each its own."),
    (UUID_TWICE, "uuid", AlreadyLogged, "Line {} has this uuid already: give each its own."),
    (
        SAID_IN_FILE,
        "proposition",
        AlreadyLogged,
        "Line {} says this already, by the same speaker: leave one out, or log it unfrozen.",
    ),
    (
        SAID_ON_RECORD,
        "proposition",
        AlreadyLogged,
        "Claim {} says this already: add the words to it as a further quotation, or log them as "
        "an update that revises it.",
    ),
    (
        JUDGED,
        "proposition",
        SeparationOfDuties,
        "You have judged this proposition, so that you cannot code claims on it: have a "
        "colleague import them.",
    ),
)


def found_together(most: int) -> list[LineFault]:
    """What is wrong with staged claims as a whole, at most so many of a kind, by line."""
    faults = []
    with connection.cursor() as cursor:
        for question, field, error, sentence in ANSWERS:
            cursor.execute(question, {"most": most})
            faults += [
                LineFault(line, field, error.code, sentence.format(other))
                for line, other in cursor.fetchall()
            ]
    return sorted(faults, key=lambda fault: fault.line)
