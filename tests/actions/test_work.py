"""Asking the worker once more."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests import builders
from tests.admin.test_jobs import make_job
from tracker.actions.work import retry
from tracker.domain.errors import Conflict, TrackerError

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
