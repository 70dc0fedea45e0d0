"""Asking the worker once more."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.utils import timezone

from tests import builders
from tests.admin.test_jobs import make_job
from tracker.actions.work import forget_failures, note_failure, retry, said
from tracker.domain.errors import Conflict, NotFound, TrackerError
from tracker.models import Failure

pytestmark = pytest.mark.django_db


def test_only_an_administrator_asks_again() -> None:
    with pytest.raises(TrackerError):
        retry(by=builders.make_user(role="editor"), now=timezone.now(), job=make_job().pk)


def test_a_job_that_is_gone_is_not_done_again() -> None:
    with pytest.raises(Conflict, match="is gone"):
        retry(by=builders.make_user(role="admin"), now=timezone.now(), job=999_999)


def test_a_failed_job_waits_again_with_what_it_was_given() -> None:
    job = make_job(capture_id=7)

    retry(by=builders.make_user(role="admin"), now=timezone.now(), job=job.pk)

    job.refresh_from_db()
    assert (job.status, job.args) == ("todo", {"capture_id": 7})


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (NotFound("There is no such page."), "There is no such page."),
        (OperationalError("statement timeout"), "Do it again; if it fails again, look there."),
        (ConnectionRefusedError("mail"), "See that it does, then do it again."),
        (KeyError("x\0" * 900), "report it with the worker's log."),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_failure_says_what_to_do(error: Exception, told: str) -> None:
    assert said(error).endswith(told)
    assert "\0" not in said(error)
    assert len(said(error)) < 700


def test_the_last_failure_of_a_job_is_kept_as_long_as_the_job() -> None:
    job = make_job().pk
    for number in (job, job, 999_999):
        note_failure(job=number, error=NotFound("Gone."), now=timezone.now())

    assert forget_failures() == 1

    assert Failure.objects.get().job == job
