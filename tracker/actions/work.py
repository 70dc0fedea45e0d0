"""What the worker is asked to do once more, and why it failed the first time."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.db.models import Exists, OuterRef
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tracker.actions.transactions import action
from tracker.domain.errors import Conflict, TrackerError
from tracker.domain.roles import Verb
from tracker.models import Failure
from tracker.models.accounts import User

LONGEST = 500
"""Code points of an error that are kept: enough to know it, too few for an article."""


def said(error: BaseException) -> str:
    """An error as a sentence that says what to do: our own speak for themselves."""
    if isinstance(error, TrackerError):
        return error.message
    text = " ".join(f"{type(error).__name__}: {error}".split())[:LONGEST].replace("\0", "")
    if isinstance(error, ObjectDoesNotExist):
        return f"What it was about is not on record ({text}): nothing is left to do."
    if isinstance(error, DatabaseError):
        return f"The database did not do it ({text}). Do it again; if it fails again, look there."
    if isinstance(error, OSError):
        return (
            f"Another machine, or the disk, did not answer ({text}). See that it does, then do it"
            " again."
        )
    return (
        f"The program met what it was not made for ({text}). Doing it again will hardly help:"
        " report it with the worker's log."
    )


def note_failure(*, job: int, error: BaseException, now: datetime) -> None:
    """Writes down why a job failed; what it said before is forgotten."""
    Failure.objects.update_or_create(job=job, defaults={"why": said(error), "at": now})


def forget_failures() -> int:
    """Deletes the reasons of jobs that are forgotten themselves; returns how many."""
    kept = ProcrastinateJob.objects.filter(pk=OuterRef("job"))
    gone, _ = Failure.objects.filter(~Exists(kept)).delete()
    return gone


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
