"""What runs in the background: a job's name and the action behind it.

Jobs wait in the same database and are deferred inside the transaction that wants them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.worker import Worker

from tracker.actions import (
    anchorings,
    captures,
    deliveries,
    digests,
    imports,
    ranks,
    recaptures,
    receipts,
    rounds,
    tokens,
    usage,
    work,
)
from tracker.actions.digests import SendingFailed
from tracker.models import Capture, Import, Snapshot

KEPT_HOURS = 24 * 30
# A page that does not answer is asked for again after 15 seconds, 4 minutes and 56 minutes. The
# capture itself counts its attempts: it ends, and so does its job.
PATIENCE = RetryStrategy(exponential_wait=15)
# A mail server that refuses is asked again at once, then 10 minutes later, 20 after that: 4 hours.
AGAIN = RetryStrategy(max_attempts=7, linear_wait=600, retry_exceptions=[SendingFailed])


def telling_why(call: Callable[[], Any], context: JobContext, worker: Worker) -> Any:
    """Does a job, and writes down why where it fails: procrastinate keeps only that it did."""
    try:
        return call()
    except Exception as error:
        if context.job.id is not None:
            work.note_failure(job=context.job.id, error=error, now=timezone.now())
        raise


@app.task(retry=PATIENCE)
def capture_page(capture_id: int) -> None:
    """Fetch the page that a capture asks for."""
    captures.perform(capture=Capture.objects.get(pk=capture_id))


@app.task
def reanchor_snapshot(snapshot_id: int) -> None:
    """Compare a capture with the quotations of its page that wait for it."""
    snapshot = Snapshot.objects.get(pk=snapshot_id)
    anchorings.catch_up(snapshot=snapshot, now=timezone.now())


@app.task
def deliver(webhook_id: int) -> None:
    """Send what waits for a webhook."""
    deliveries.deliver_waiting(webhook_id=webhook_id)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="deliver_what_is_due")
def deliver_what_is_due(timestamp: int) -> None:
    """Look for messages to try again, and for those that an import or a dead worker left."""
    deliveries.hurry_all(now=timezone.now())


@app.task
def carry_out_import(import_id: int) -> None:
    """Check a file of claims, and take it into the record."""
    imports.perform(run=Import.objects.get(pk=import_id))


@app.periodic(cron="37 4 * * *")
@app.task(queueing_lock="recapture_stale_pages")
def recapture_stale_pages(timestamp: int) -> None:
    """Ask again for the pages whose last capture is older than the setting allows, if it is set."""
    recaptures.recapture_by_setting(now=timezone.now())


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="open_due_rounds")
def open_due_rounds(timestamp: int) -> None:
    """Open a round for every proposition that has come due."""
    rounds.open_due_rounds(now=timezone.now())


@app.periodic(cron="47 * * * *")
@app.task(queueing_lock="forget_what_has_ended")
def forget_what_has_ended(timestamp: int) -> None:
    """Delete answers that need not be given again, and tokens that nobody can use."""
    now = timezone.now()
    receipts.forget_receipts(now=now)
    tokens.forget_ended_tokens(now=now)
    usage.forget_usage(now=now)
    work.forget_failures()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="keep_ranks", lock="keep_ranks")
def keep_ranks(timestamp: int) -> None:
    """Draw the rank intervals of large fields again, if any tally has moved since."""
    ranks.keep_ranks(now=timezone.now())


@app.periodic(cron="30 5 * * *")
@app.task(queueing_lock="send_digests", retry=AGAIN)
def send_digests(timestamp: int) -> None:
    """Write to everybody for whom something waits; whom it failed for, again."""
    now = timezone.now()
    digests.send_digests(day=now.date(), now=now)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="forget_finished_jobs", pass_context=True)
async def forget_finished_jobs(context: JobContext, timestamp: int) -> None:
    """Delete the jobs that ended a month ago or more, so that the table stays small."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True
    )


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="take_up_abandoned_jobs", pass_context=True)
async def take_up_abandoned_jobs(context: JobContext, timestamp: int) -> None:
    """Do again what a worker that died had in hand."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        await jobs.retry_job(job)
