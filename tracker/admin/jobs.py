"""Jobs: what the worker has done and has yet to do, what went wrong, and once more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob
from unfold.decorators import action, display

from tracker.actions.work import retry
from tracker.admin.at_work import may
from tracker.admin.base import EvidenceAdmin
from tracker.admin.steps import Step, enact
from tracker.domain.judging import Role
from tracker.domain.roles import Verb
from tracker.models import Capture, Failure

admin.site.unregister(ProcrastinateJob)

WORDS = {
    "todo": "Waiting",
    "doing": "Running",
    "succeeded": "Done",
    "failed": "Failed",
    "cancelled": "Cancelled",
    "aborted": "Stopped",
}
LABELS = {"Waiting": "info", "Running": "info", "Done": "success", "Failed": "danger"}
ELSEWHERE = "The worker died before it could say why: do it again, or look for job {} in its log."


def named(task: str) -> str:
    """A task's name as people say it: tracker.jobs.capture_page is "Capture page"."""
    return task.rpartition(".")[2].replace("_", " ").capitalize()


def reasons(jobs: Iterable[Any]) -> dict[int, str]:
    """Why each failed job failed: as its capture says, else as the worker noted it."""
    failed = {job.pk: job.args.get("capture_id") for job in jobs if job.status == "failed"}
    if not failed:
        return {}
    noted = dict(Failure.objects.filter(pk__in=failed).values_list("pk", "why"))
    kept = {capture for capture in failed.values() if capture}
    told = dict(Capture.objects.filter(pk__in=kept).values_list("pk", "reason"))
    return {
        job: told.get(capture or 0) or noted.get(job) or ELSEWHERE.format(job)
        for job, capture in failed.items()
    }


@admin.register(ProcrastinateJob)
class JobAdmin(EvidenceAdmin):
    """What the worker has done and has yet to do."""

    view_roles = frozenset({Role.ADMIN})
    list_display = ("task", "stage", "about", "due", "last", "attempts", "why")
    list_filter = ("status",)
    search_fields = ("task_name",)
    search_help_text = "Words of the task, such as capture"
    fields = ("task", "stage", "about", "due", "attempts", "why", "course")
    readonly_fields = fields
    ordering = ("-id",)
    actions_detail = ("retry",)

    def dressed(self, rows: list[Any]) -> list[Any]:
        """Jobs with their newest event, and with the reason of those that failed."""
        events = ProcrastinateEvent.objects.filter(job__in=rows).order_by("job", "-id")
        newest = dict(events.distinct("job").values_list("job", "at"))
        why = reasons(rows)
        for job in rows:
            job.last_at, job.why = newest.get(job.pk), why.get(job.pk, "")
        return rows

    def has_administer_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return may(request, Verb.ADMINISTER)

    def offered(self, request: HttpRequest, record: Any) -> frozenset[str]:
        return frozenset({"retry"}) if record.status == "failed" else frozenset()

    @action(description="Do it again", icon="replay", permissions=["administer"])
    def retry(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Puts a failed job back into the queue."""
        job = self.record(request, object_id)
        step = Step(
            title=f"Do job {job.pk} again",
            button="Do it again",
            explains=(
                f"“{named(job.task_name)}” failed after {job.attempts}"
                f" attempt{'' if job.attempts == 1 else 's'}."
                f" {reasons([job]).get(job.pk, '')}",
                "The worker takes it up at once, with what it was given then.",
            ),
            done="It waits for the worker.",
        )
        return enact(self, request, job, step, retry, stay=True, job=job.pk)

    @display(description="What")
    def task(self, job: Any) -> str:
        return named(job.task_name)

    @display(description="State", ordering="status", label=LABELS)
    def stage(self, job: Any) -> str:
        return WORDS[job.status]

    @display(description="Of")
    def about(self, job: Any) -> str:
        told = {name.removesuffix("_id"): value for name, value in job.args.items()}
        return ", ".join(f"{name} {value}" for name, value in told.items() if name != "timestamp")

    @display(description="Due")
    def due(self, job: Any) -> Any:
        return job.scheduled_at

    @display(description="Last change")
    def last(self, job: Any) -> Any:
        return job.last_at

    @display(description="Why")
    def why(self, job: Any) -> str:
        return job.why if hasattr(job, "why") else reasons([job]).get(job.pk, "")

    @display(description="Course")
    def course(self, job: Any) -> str:
        """What became of the job, event by event."""
        events = ProcrastinateEvent.objects.filter(job=job).order_by("id")[:50]
        told = ((f"{event.at:%Y-%m-%d %H:%M:%S}", event.type.replace("_", " ")) for event in events)
        return format_html("<ol>{}</ol>", format_html_join("", "<li>{} {}</li>", told))
