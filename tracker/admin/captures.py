"""Captures: which pages were asked for, what became of each, and another try."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.decorators import action, display

from tracker.actions.captures import retry_capture, withdraw_capture
from tracker.admin.base import EvidenceAdmin
from tracker.admin.blindness import hidden_sources
from tracker.admin.bookmarklet import bookmarklet
from tracker.admin.drawings import excerpt
from tracker.admin.searches import worded_like
from tracker.admin.steps import ReasonForm, Step, enact
from tracker.admin.uploads import upload_step
from tracker.domain.captures import MOVES, CaptureStatus
from tracker.models import Capture
from tracker.models.accounts import User

STATUSES = {
    "Queued": "info",
    "Running": "info",
    "Ok": "success",
    "Failed": "danger",
    "Blocked": "danger",
    "Withdrawn": "warning",
}


@admin.register(Capture)
class CaptureAdmin(EvidenceAdmin):
    related = ("source", "snapshot__source", "requested_by")
    list_display = ("short_title", "method", "standing", "why", "requested_at", "finished_at")
    list_filter = ("status", "method")
    search_fields = ("source__title",)
    search_help_text = "Words of the source's title"
    ordering = ("-id",)
    fields = (
        ("source", "snapshot"),
        ("requested_url", "final_url"),
        ("method", "status"),
        ("attempts", "http_status"),
        ("reason",),
        ("mime", "size"),
        ("fingerprint",),
        ("requested_by", "requested_at", "finished_at"),
    )
    readonly_fields = ("fingerprint",)
    actions_detail = ("retry", "original", "withdraw", "hide")
    actions_list = ("article", "upload")
    list_before_template = "tracker/bookmarklet.html"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, below a link that logs from any web page for whoever may log."""
        link = bookmarklet(request) if self.has_log_permission(request) else ""
        context = {**(extra_context or {}), "bookmarklet": link}
        found: HttpResponse = super().changelist_view(request, context)
        return found

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        return lookup == "source__id__exact" or super().lookup_allowed(lookup, value, request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("snapshot__text")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return worded_like(queryset, search_term, "source__title"), False

    def sighted(self, rows: QuerySet[Any], judge: User) -> QuerySet[Any]:
        return rows.exclude(source__in=hidden_sources(judge).values("pk"))

    @display(description="Source")
    def short_title(self, capture: Capture) -> str:
        return excerpt(capture.source.title, 70)

    @display(description="Status", ordering="status", label=STATUSES)
    def standing(self, capture: Capture) -> str:
        return capture.get_status_display()

    @display(description="SHA-256 of the bytes")
    def fingerprint(self, capture: Capture) -> SafeString:
        return format_html('<span class="t-hash">{}</span>', capture.bytes_sha256 or "none")

    @display(description="Reason")
    def why(self, capture: Capture) -> str:
        return excerpt(capture.reason, 120)

    # --- buttons ---

    def offered(self, request: HttpRequest, record: Any) -> frozenset[str]:
        if record.status == CaptureStatus.OK:
            return frozenset({"original", "hide"})
        buttons = {CaptureStatus.QUEUED: "retry", CaptureStatus.WITHDRAWN: "withdraw"}
        moves = MOVES[CaptureStatus(record.status)] - {record.status}
        waits = record.status == CaptureStatus.RUNNING
        return frozenset() if waits else frozenset(buttons[to] for to in moves & buttons.keys())

    @action(description="Retry", icon="refresh", permissions=["log"])
    def retry(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Puts the page into the queue again."""
        record = self.record(request, object_id)
        step = Step(
            title="Retry",
            button="Fetch it again",
            explains=(record.requested_url, record.reason),
            done="It waits for a worker.",
        )
        return enact(self, request, record, step, retry_capture, capture=record)

    @action(description="Give up", icon="block", permissions=["log"])
    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Marks a page that is not to be fetched."""
        record = self.record(request, object_id)
        step = Step(
            title="Give up",
            button="Give up",
            explains=(record.requested_url, record.reason),
            done="Given up.",
            danger=True,
        )
        return enact(self, request, record, step, withdraw_capture, ReasonForm, capture=record)

    @action(description="Withdraw the bytes", icon="visibility_off", permissions=["edit"])
    def hide(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Hides the bytes of a page that was kept; their hash and the text stay."""
        record = self.record(request, object_id)
        step = Step(
            title="Withdraw the bytes",
            button="Withdraw them",
            explains=(
                f"They are handed out no more, by no capture: {record.bytes_sha256}.",
                "Their hash and the snapshot stay on record.",
            ),
            done="Withdrawn.",
            danger=True,
        )
        return enact(self, request, record, step, withdraw_capture, ReasonForm, capture=record)

    @action(description="Download the bytes", icon="download", permissions=["log"])
    def original(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Hands the page out as it was captured, by the API's own rule."""
        record = self.record(request, object_id)
        return HttpResponseRedirect(reverse("captures-original", args=[record.pk]))

    @action(description="New article", icon="add", permissions=["log"])
    def article(self, request: HttpRequest) -> HttpResponse:
        """Leads to where an article is pasted, uploaded, fetched or brought by the bookmarklet."""
        return HttpResponseRedirect(reverse("admin:tracker_claim_add"))

    @action(description="Upload a file", icon="upload_file", permissions=["log"])
    def upload(self, request: HttpRequest) -> HttpResponse:
        """Takes a file of a page that may be new."""
        return upload_step(self, request)
