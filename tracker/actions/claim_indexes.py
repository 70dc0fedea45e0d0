"""The lines by which claims are found, computed again where triggers were passed by."""

from __future__ import annotations

from django.db import connection

from tracker.models.claim_indexes import ENTRIES


def rebuild() -> int:
    """Brings every line in line with its claim; returns how many were missing or wrong."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO tracker_claimindex AS held (claim_id, due_on, words)
                {ENTRIES.format(claims="tracker_claim")}
                ON CONFLICT (claim_id) DO UPDATE
                SET due_on = EXCLUDED.due_on, words = EXCLUDED.words
                WHERE (held.due_on, held.words) IS DISTINCT FROM (EXCLUDED.due_on, EXCLUDED.words)
            """
        )
        return int(cursor.rowcount)
