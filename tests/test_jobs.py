"""Background jobs, done by the real worker in a database of its own."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import psycopg
import pytest
from django.conf import settings
from procrastinate.contrib.django import app

from tests.builders import TEXT, make_quotation, make_snapshot
from tests.templates import environment_of
from tracker import jobs
from tracker.actions import anchorings, captures
from tracker.embedded.cluster import DATABASE, USER, Cluster

ADD = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, scheduled_at)
    VALUES ('default', %s, '{"timestamp": 0}', %s::procrastinate_job_status, %s) RETURNING id
"""
LONG_AGO = "2020-01-01"


def ask(cluster: Cluster, sql: str, *values: Any) -> list[Any]:
    address = f"host='{cluster.ensure()}' user={USER} dbname={DATABASE}"
    with psycopg.connect(address, autocommit=True) as connection:
        cursor = connection.execute(sql.encode(), values)
        return cursor.fetchall() if cursor.description else []


def work(cluster: Cluster) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "work", "--one-shot"],
        cwd=settings.BASE_DIR,
        env=environment_of(cluster.folder.parent),
        check=True,
        capture_output=True,
    )


def statuses(cluster: Cluster, task: str) -> list[str]:
    rows = ask(cluster, "SELECT status::text FROM procrastinate_jobs WHERE task_name = %s", task)
    return [row[0] for row in rows]


@pytest.fixture
def cluster(own_cluster: Cluster) -> Cluster:
    """One with nothing to do."""
    ask(own_cluster, "TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
    return own_cluster


@pytest.mark.long
def test_jobs_that_ended_long_ago_are_forgotten_and_recent_ones_kept(cluster: Cluster) -> None:
    (old,) = ask(cluster, ADD, "old", "todo", LONG_AGO)
    ask(cluster, "UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", *old)
    ask(cluster, "UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", *old)
    ask(cluster, "UPDATE procrastinate_events SET at = %s WHERE job_id = %s", LONG_AGO, *old)
    ask(cluster, ADD, "tracker.jobs.forget_finished_jobs", "todo", None)

    work(cluster)

    assert statuses(cluster, "old") == []
    assert "succeeded" in statuses(cluster, "tracker.jobs.forget_finished_jobs")


@pytest.mark.long
def test_what_a_dead_worker_had_in_hand_is_done_again(cluster: Cluster) -> None:
    task = "tracker.jobs.forget_finished_jobs"
    (worker,) = ask(
        cluster,
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id",
        LONG_AGO,
    )
    (job,) = ask(cluster, ADD, task, "todo", None)
    ask(
        cluster,
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s",
        *worker,
        *job,
    )
    ask(cluster, ADD, "tracker.jobs.take_up_abandoned_jobs", "todo", None)

    work(cluster)

    assert statuses(cluster, task)[0] == "succeeded"


@pytest.mark.long
def test_the_worker_sends_the_days_reminders(cluster: Cluster) -> None:
    ask(cluster, ADD, "tracker.jobs.send_digests", "todo", None)

    work(cluster)

    assert statuses(cluster, "tracker.jobs.send_digests") == ["succeeded"]


CAPTURE = """
    WITH coder AS (
        INSERT INTO tracker_user (
            password, is_superuser, username, first_name, last_name, email,
            is_staff, is_active, date_joined
        ) VALUES ('', false, 'coder', '', '', '', false, true, now()) RETURNING id
    ), source AS (
        INSERT INTO tracker_source (
            uuid, url, canonical_url, title, bylines, published_words, language, kind,
            selection, note
        ) VALUES (
            gen_random_uuid(), '', '', 'A', '{}', '', 'en', 'report', 'census', ''
        ) RETURNING id
    )
    INSERT INTO tracker_capture (
        uuid, source_id, requested_url, final_url, status, reason, attempts, mime,
        bytes_sha256, requested_by_id, requested_at, method, found
    ) SELECT gen_random_uuid(), source.id, 'http://127.0.0.1/a', '', 'queued', '', 0, '',
        '', coder.id, now(), 'fetch', '{}' FROM source, coder
    RETURNING id
"""


@pytest.mark.long
def test_the_worker_fetches_and_says_why_it_does_not(cluster: Cluster) -> None:
    ((capture,),) = ask(cluster, CAPTURE)
    ask(
        cluster,
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
        " VALUES ('default', 'tracker.jobs.capture_page',"
        " jsonb_build_object('capture_id', %s::bigint), 'todo') RETURNING id",
        capture,
    )
    ask(
        cluster,
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) VALUES"
        """ ('default', 'tracker.jobs.reanchor_snapshot', '{"snapshot_id": 0}', 'todo')""",
    )

    work(cluster)

    assert statuses(cluster, "tracker.jobs.reanchor_snapshot") == ["failed"]
    ((why,),) = ask(cluster, "SELECT why FROM tracker_failure")
    assert "not on record" in why
    ((status, reason),) = ask(cluster, "SELECT status, reason FROM tracker_capture")
    assert (status, statuses(cluster, "tracker.jobs.capture_page")) == (
        "blocked",
        ["succeeded"],
    )
    assert "leads to this machine" in reason


@pytest.mark.django_db
def test_what_actions_leave_to_the_worker_is_known_to_it() -> None:
    known = set(app.tasks)

    assert {anchorings.JOB, captures.JOB} <= known


@pytest.mark.django_db
def test_a_capture_that_was_left_to_the_worker_is_compared_with_its_quotations() -> None:
    quotation = make_quotation()
    newer = make_snapshot(text="Updated. " + TEXT, source=quotation.snapshot.source)

    jobs.reanchor_snapshot(newer.pk)

    assert quotation.anchorings.get().state == "moved"


@pytest.mark.long
def test_old_pages_are_asked_for_again_only_where_the_setting_says_so(cluster: Cluster) -> None:
    task = "tracker.jobs.recapture_stale_pages"
    ask(cluster, ADD, task, "todo", None)

    work(cluster)

    assert "succeeded" in statuses(cluster, task)
    assert "failed" not in statuses(cluster, task)


@pytest.mark.long
def test_the_worker_looks_whether_ranks_must_be_drawn_again(cluster: Cluster) -> None:
    task = "tracker.jobs.keep_ranks"
    ask(cluster, ADD, task, "todo", None)

    work(cluster)

    assert "succeeded" in statuses(cluster, task)
    assert "failed" not in statuses(cluster, task)
