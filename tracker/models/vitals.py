"""What a watch asks of the database: jobs, claims, rounds; from an index or an estimate."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.db import connection

SILENT = 30  # seconds after which procrastinate takes a worker for dead


@dataclass(frozen=True)
class Vitals:
    """Jobs that could begin, the age of the oldest in seconds, and the rest in numbers."""

    waiting: int
    oldest: float
    doing: int
    failed: int
    workers: int
    claims: int  # PostgreSQL's own estimate
    rounds: dict[str, int]  # those that are open, by state


QUESTION = f"""
    WITH due AS (
        SELECT COALESCE(j.scheduled_at, e.at) AS since
        FROM procrastinate_jobs j
        LEFT JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
        WHERE j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at <= now())
    )
    SELECT (SELECT count(*) FROM due),
        COALESCE((SELECT EXTRACT(epoch FROM now() - min(since)) FROM due), 0)::float8,
        (SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'),
        (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'),
        (SELECT count(*) FROM procrastinate_workers
         WHERE last_heartbeat > now() - interval '{SILENT} seconds'),
        (SELECT GREATEST(reltuples, 0)::bigint FROM pg_class
         WHERE oid = 'tracker_claim'::regclass),
        (SELECT COALESCE(jsonb_object_agg(state, n), '{{}}') FROM
         (SELECT state, count(*) AS n FROM tracker_round WHERE closed_at IS NULL GROUP BY 1) open)
"""


def vitals() -> Vitals:
    """Returns how the installation stands, by one query."""
    with connection.cursor() as cursor:
        cursor.execute(QUESTION)
        row = cursor.fetchone()
    assert row is not None, "a SELECT without FROM has a row"
    waiting, oldest, doing, failed, workers, claims, rounds = row
    return Vitals(waiting, oldest, doing, failed, workers, claims, json.loads(rounds))
