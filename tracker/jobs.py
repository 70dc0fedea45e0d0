"""What runs in the background: a job's name and the action behind it.

Jobs wait in the same database and are deferred inside the transaction that wants them.
"""

from __future__ import annotations

from procrastinate import JobContext
from procrastinate.contrib.django import app

KEPT_HOURS = 24 * 30


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="forget_finished_jobs", pass_context=True)
async def forget_finished_jobs(context: JobContext, timestamp: int) -> None:
    """Delete jobs that finished a month ago or more, so that the table stays small."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True
    )
