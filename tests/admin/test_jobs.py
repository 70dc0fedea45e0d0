"""Jobs in the workbench: what went wrong, and once more."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import builders
from tests.admin.world import make_staff
from tracker.actions.work import note_failure
from tracker.admin.jobs import WORDS, named

pytestmark = pytest.mark.django_db
LIST = "admin:procrastinate_procrastinatejob_changelist"


def make_job(status: str = "failed", **args: int) -> ProcrastinateJob:
    """A row of the worker's own table, as the worker leaves it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs"
            " (queue_name, task_name, priority, args, status, attempts) VALUES"
            " ('default', 'tracker.jobs.capture_page', 0, %s::jsonb, 'todo', 3) RETURNING id",
            [str(args).replace("'", '"')],
        )
        (key,) = cursor.fetchone() or (0,)
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status WHERE id = %s",
            [status, key],
        )
    return ProcrastinateJob.objects.get(pk=key)


def retry(job: ProcrastinateJob) -> str:
    return reverse("admin:procrastinate_procrastinatejob_retry", args=[job.pk])


def test_every_state_of_a_job_has_its_word() -> None:
    assert set(WORDS) == set(ProcrastinateJob.STATUSES)
    assert named("tracker.jobs.capture_page") == "Capture page"


def test_an_editor_sees_no_jobs(editor: Client) -> None:
    assert editor.get(reverse(LIST)).status_code == 403
    assert editor.post(retry(make_job())).status_code in (403, 404)


def test_a_job_that_did_not_fail_is_not_done_again(client: Client) -> None:
    client.force_login(make_staff("admin"))
    job = make_job("succeeded")

    page = client.post(retry(job)).content.decode()

    assert "Only a job that failed is done again" in page


def test_an_empty_list_of_jobs_says_how_the_worker_is_started(client: Client) -> None:
    client.force_login(make_staff("admin"))

    assert "manage.py work" in client.get(reverse(LIST)).content.decode()


def test_the_list_says_why_each_job_failed(client: Client) -> None:
    capture = builders.make_capture(status="failed", reason="The page is gone (404).")
    make_job(capture_id=capture.pk)
    noted, other = make_job(snapshot_id=1), make_job(snapshot_id=2)
    note_failure(job=noted.pk, error=OSError("no route"), now=timezone.now())
    client.force_login(make_staff("admin"))

    page = client.get(reverse(LIST)).content.decode()

    assert "The page is gone (404)." in page
    assert f"capture {capture.pk}" in page
    assert "See that it does, then do it again." in page
    assert f"look for job {other.pk}" in page


def test_a_failed_job_is_done_again(client: Client) -> None:
    client.force_login(make_staff("admin"))
    job = make_job()
    assert "The worker takes it up at once" in client.get(retry(job)).content.decode()

    client.post(retry(job))

    job.refresh_from_db()
    assert job.status == "todo"
