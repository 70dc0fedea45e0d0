"""What the worker is asked to do once more."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tracker.actions.transactions import action
from tracker.domain.errors import Conflict
from tracker.domain.roles import Verb
from tracker.models.accounts import User


@action(Verb.ADMINISTER)
def retry(*, by: User, now: datetime, job: int) -> None:
    """Has the worker do a failed job again, with what it was given then; raises Conflict."""
    found = ProcrastinateJob.objects.select_for_update(of=("self",)).filter(pk=job).first()
    if found is None or found.status != "failed":
        raise Conflict("Only a job that failed is done again: this one did not, or is gone.")
    waiting = ProcrastinateJob.objects.filter(status="todo", queueing_lock=found.queueing_lock)
    if found.queueing_lock and waiting.exists():
        raise Conflict("The same work waits already: it is done when the worker comes to it.")
    app.job_manager.retry_job_by_id(found.pk, retry_at=now)
