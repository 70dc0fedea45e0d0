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


@pytest.fixture(autouse=True)
def empty_queue(own_cluster: Cluster) -> None:
    ask(own_cluster, "TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


def test_jobs_that_ended_long_ago_are_forgotten_and_recent_ones_kept(own_cluster: Cluster) -> None:
    (old,) = ask(own_cluster, ADD, "old", "todo", LONG_AGO)
    ask(own_cluster, "UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", *old)
    ask(own_cluster, "UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", *old)
    ask(own_cluster, "UPDATE procrastinate_events SET at = %s WHERE job_id = %s", LONG_AGO, *old)
    ask(own_cluster, ADD, "tracker.jobs.forget_finished_jobs", "todo", None)

    work(own_cluster)

    assert statuses(own_cluster, "old") == []
    assert "succeeded" in statuses(own_cluster, "tracker.jobs.forget_finished_jobs")


def test_what_a_dead_worker_had_in_hand_is_done_again(own_cluster: Cluster) -> None:
    task = "tracker.jobs.forget_finished_jobs"
    (worker,) = ask(
        own_cluster,
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id",
        LONG_AGO,
    )
    (job,) = ask(own_cluster, ADD, task, "todo", None)
    ask(
        own_cluster,
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s",
        *worker,
        *job,
    )
    ask(own_cluster, ADD, "tracker.jobs.take_up_abandoned_jobs", "todo", None)

    work(own_cluster)

    assert statuses(own_cluster, task)[0] == "succeeded"


def test_the_worker_sends_the_days_reminders(own_cluster: Cluster) -> None:
    ask(own_cluster, ADD, "tracker.jobs.send_digests", "todo", None)

    work(own_cluster)

    assert statuses(own_cluster, "tracker.jobs.send_digests") == ["succeeded"]


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


def test_the_worker_fetches_and_says_why_it_does_not(own_cluster: Cluster) -> None:
    ((capture,),) = ask(own_cluster, CAPTURE)
    ask(
        own_cluster,
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
        " VALUES ('default', 'tracker.jobs.capture_page',"
        " jsonb_build_object('capture_id', %s::bigint), 'todo') RETURNING id",
        capture,
    )
    ask(
        own_cluster,
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) VALUES"
        """ ('default', 'tracker.jobs.reanchor_snapshot', '{"snapshot_id": 0}', 'todo')""",
    )

    work(own_cluster)

    assert statuses(own_cluster, "tracker.jobs.reanchor_snapshot") == ["failed"]
    ((why,),) = ask(own_cluster, "SELECT why FROM tracker_failure")
    assert "not on record" in why
    ((status, reason),) = ask(own_cluster, "SELECT status, reason FROM tracker_capture")
    assert (status, statuses(own_cluster, "tracker.jobs.capture_page")) == (
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


def test_old_pages_are_asked_for_again_only_where_the_setting_says_so(own_cluster: Cluster) -> None:
    task = "tracker.jobs.recapture_stale_pages"
    ask(own_cluster, ADD, task, "todo", None)

    work(own_cluster)

    assert "succeeded" in statuses(own_cluster, task)
    assert "failed" not in statuses(own_cluster, task)


def test_the_worker_looks_whether_ranks_must_be_drawn_again(own_cluster: Cluster) -> None:
    task = "tracker.jobs.keep_ranks"
    ask(own_cluster, ADD, task, "todo", None)

    work(own_cluster)

    assert "succeeded" in statuses(own_cluster, task)
    assert "failed" not in statuses(own_cluster, task)
