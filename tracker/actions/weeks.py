"""How much was logged and how much was resolved, week by week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

WEEKS = 12
MOST = 10_000
"""Counted no further in any one week: an import of a million must not slow the home page down."""

# A claim is resolved when its proposition gets a resolution, not when that one is superseded.
COUNTED = """
    SELECT w.monday,
        (SELECT count(*) FROM (
            SELECT 1 FROM tracker_claim c
            WHERE c.coded_at >= w.monday AND c.coded_at < w.monday + 7 LIMIT %(most)s
        ) logged),
        (SELECT count(*) FROM (
            SELECT 1 FROM tracker_resolution r JOIN tracker_claim c USING (proposition_id)
            WHERE r.decided_at >= w.monday AND r.decided_at < w.monday + 7
                AND NOT EXISTS (SELECT 1 FROM tracker_resolution p WHERE p.superseded_by_id = r.id)
            LIMIT %(most)s
        ) resolved)
    FROM (
        SELECT day::date AS monday
        FROM generate_series(%(first)s::date, %(last)s::date, interval '7 days') day
    ) w ORDER BY w.monday
"""


@dataclass(frozen=True)
class Week:
    """The week that begins on this Monday; no count is above MOST."""

    monday: date
    logged: int
    resolved: int

    @property
    def name(self) -> str:
        """The ISO week: 2026-W48."""
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02}"


def weekly(today: date) -> list[Week]:
    """The last WEEKS weeks, this one included, oldest first."""
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=WEEKS - 1)
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"first": first, "last": monday, "most": MOST})
        return [Week(*row) for row in cursor.fetchall()]
