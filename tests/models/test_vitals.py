"""What a watch asks: jobs and their lag, workers, claims and open rounds, by one query."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import make_round
from tests.refusals import sql
from tracker.models.vitals import vitals

pytestmark = pytest.mark.django_db
WAITING = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, scheduled_at)
    VALUES ('default', 'tracker.jobs.open_due_rounds', '{}', 'todo', now() - interval '1 hour'),
        ('default', 'tracker.jobs.open_due_rounds', '{}', 'todo', now() + interval '1 hour')
"""


def test_an_idle_installation_waits_for_nothing() -> None:
    now = vitals()

    assert (now.waiting, now.oldest, now.doing, now.failed, now.workers) == (0, 0, 0, 0, 0)
    assert now.rounds == {}


def test_the_oldest_job_that_could_begin_says_how_late_we_are(
    django_assert_num_queries: Any,
) -> None:
    sql(WAITING)
    make_round()

    with django_assert_num_queries(1):
        now = vitals()

    assert now.waiting == 1
    assert now.oldest >= 3600
    assert now.rounds == {"open": 1}


def test_a_worker_that_fell_silent_is_not_alive() -> None:
    sql(
        "INSERT INTO procrastinate_workers (last_heartbeat)"
        " VALUES (now()), (now() - interval '1 minute')"
    )

    assert vitals().workers == 1
