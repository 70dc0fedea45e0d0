"""Count requests where all servers count together."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from tracker.models import Usage

KEPT = timedelta(hours=2)
COUNT = """
    INSERT INTO tracker_usage (subject, began, used) VALUES (%s, %s, %s)
    ON CONFLICT (subject, began) DO UPDATE SET used = tracker_usage.used + EXCLUDED.used
    RETURNING used
"""


def count_requests(*, subject: str, began: int, number: int) -> int:
    """Adds requests to a caller's window and returns how many there are by now, of all servers."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [subject, began, number])
        row = cursor.fetchone()
    assert row is not None, "what is inserted is returned"
    return int(row[0])


def forget_usage(*, now: datetime) -> int:
    """Deletes the windows that have long closed; returns how many."""
    gone, _ = Usage.objects.filter(began__lt=(now - KEPT).timestamp()).delete()
    return gone
