"""Imports: files of claims in bulk, how far each is, and what its lines lack."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldBooleanWidget

from tracker.actions.imports import cancel_import, request_import, retry_import
from tracker.admin.at_work import actor, may, now
from tracker.admin.base import EvidenceAdmin
from tracker.admin.packages import export_page
from tracker.admin.steps import Step, enact, take, wide
from tracker.domain.import_columns import CLAIMS, USUAL
from tracker.domain.imports import MOVES, ImportFormat, ImportState
from tracker.domain.roles import Verb
from tracker.models import Import
from tracker.models.accounts import User

STATES = {
    "Queued": "info",
    "Running": "info",
    "Checked": "success",
    "Done": "success",
    "Refused": "danger",
    "Failed": "danger",
    "Cancelled": "warning",
}
ENDINGS = {"jsonl": ImportFormat.JSONL, "ndjson": ImportFormat.JSONL, "zip": ImportFormat.EXPORT}
SHOWN = 20


class FileOfClaims(forms.Form):
    """A file of claims, checked first unless it is said otherwise."""

    file = forms.FileField(
        widget=wide(UnfoldAdminFileFieldWidget()),
        help_text="CSV, JSON Lines or an export of ours (zip); 2 GB at most.",
        allow_empty_file=True,
    )
    dry_run = forms.BooleanField(
        label="Only check it",
        required=False,
        initial=True,
        widget=UnfoldBooleanWidget(),
        help_text="Every line is checked, nothing is written; the same file can follow for real.",
    )


@admin.register(Import)
class ImportAdmin(EvidenceAdmin):
    related = ("requested_by",)
    list_display = ("name", "standing", "progress", "rows_written", "faults_found", "requested_at")
    list_filter = ("state", "dry_run")
    ordering = ("-id",)
    fields = (
        ("filename", "format"),
        ("state", "dry_run"),
        ("reason",),
        ("progress",),
        ("rows_read", "rows_checked"),
        ("rows_written", "rows_there"),
        ("first_faults",),
        ("requested_by", "requested_at"),
        ("started_at", "finished_at"),
    )
    readonly_fields = ("progress", "first_faults")
    actions_detail = ("real", "again", "faults", "cancel")
    actions_list = ("upload", "template")

    class Media:
        js = ("tracker/imports.js",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """One's own imports; editors see all."""
        rows = super().get_queryset(request)
        return rows if may(request, Verb.CURATE) else rows.filter(requested_by=request.user)

    def sighted(self, rows: QuerySet[Any], judge: User) -> QuerySet[Any]:
        return rows.filter(requested_by=judge)

    @display(description="File")
    def name(self, run: Import) -> str:
        return run.filename or f"Import {run.pk}"

    @display(description="State", ordering="state", label=STATES)
    def standing(self, run: Import) -> str:
        return run.get_state_display()

    @display(description="Progress")
    def progress(self, run: Import) -> SafeString:
        """How far it is; the page's script keeps it up to date while the import runs."""
        ended = run.finished_at is not None
        written = run.rows_written or run.rows_there
        return format_html(
            '<span class="t-import" data-import="{}" data-ended="{}"><progress max="{}" '
            'value="{}" aria-label="Rows checked and written"></progress> <span>{}</span></span>',
            reverse("imports-detail", args=[run.pk]),
            "yes" if ended else "",
            max(1, 2 * run.rows_read),
            run.rows_checked + (run.rows_checked if run.state == ImportState.CHECKED else written),
            f"{run.rows_checked} checked, {run.rows_written} written, {run.rows_there} there",
        )

    @display(description="What is wrong")
    def first_faults(self, run: Import) -> SafeString:
        """The first lines at fault; the button above gives all of them as a table."""
        found = list(run.faults.all()[:SHOWN])
        if not found:
            return format_html("<span>{}</span>", "Nothing was found wrong.")
        lines = format_html_join(
            "",
            "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
            ((fault.line or "", fault.field, fault.message) for fault in found),
        )
        head = "<tr><th>Line</th><th>Column</th><th>What to do</th></tr>"
        more = run.faults_found - len(found)
        rest = f"and {more} more: download them all." if more > 0 else ""
        return format_html('<table class="t-faults">' + head + "{}</table> {}", lines, rest)

    # --- buttons ---

    def offered(self, request: HttpRequest, record: Any) -> frozenset[str]:
        moves = MOVES[ImportState(record.state)]
        found = {"faults"} if record.faults_found else set()
        if ImportState.QUEUED in moves:
            found |= {"real"} if record.state == ImportState.CHECKED else {"again"}
        return frozenset(found | ({"cancel"} if ImportState.CANCELLED in moves else set()))

    @action(description="Import a file", icon="upload_file", permissions=["log"])
    def upload(self, request: HttpRequest) -> HttpResponse:
        """Takes a file of claims, to check it or to import it."""
        usual = ", ".join(f"{name} ({_says(name)})" for name in USUAL[:8])
        step = Step(
            title="Import claims from a file",
            button="Send it",
            explains=(
                "Every line is checked before the first is written; all are written, or none.",
                f"Columns are named by their place in a claim: {usual} The template has the "
                "usual ones, the API's documentation all.",
                "A claim whose external_id is on record with the same content is passed over.",
            ),
            done="A worker has it in hand; this page tells how far it is.",
        )

        def act(data: dict[str, Any]) -> Import:
            file = data["file"]
            ending = file.name.rpartition(".")[2].casefold()
            return request_import(
                by=actor(request),
                now=now(),
                file=file,
                size=file.size,
                format=ENDINGS.get(ending, ImportFormat.CSV),
                filename=file.name,
                dry_run=data["dry_run"],
            )

        return take(self, request, None, step, act, FileOfClaims)

    @action(description="Template", icon="table", permissions=["log"])
    def template(self, request: HttpRequest) -> HttpResponse:
        """Hands out an empty table with the usual columns."""
        name = 'attachment; filename="claims.csv"'
        return HttpResponse(
            ",".join(USUAL) + "\n",
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": name},
        )

    def get_custom_urls(self) -> Any:
        return (("exports/", "tracker_exports", self.exports_view),)

    def exports_view(self, request: HttpRequest, model_admin: Any = None) -> HttpResponse:
        """The record as files, for whoever may see it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return export_page(self, request)

    @action(description="Import it for real", icon="play_arrow", permissions=["log"])
    def real(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Imports the file that was found sound."""
        return self._again(request, object_id, "Import it for real")

    @action(description="Try again", icon="refresh", permissions=["log"])
    def again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Imports the same file again, now that what it lacked may be on record."""
        return self._again(request, object_id, "Try again")

    def _again(self, request: HttpRequest, object_id: str, title: str) -> HttpResponse:
        record = self.record(request, object_id)
        step = Step(
            title=title,
            button=title,
            explains=(f"{record.filename}: {record.rows_read} rows.", record.reason),
            done="A worker has it in hand.",
        )
        return enact(self, request, record, step, retry_import, run=record)

    @action(description="Download what is wrong", icon="download", permissions=["log"])
    def faults(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Hands out every line at fault as a table."""
        record = self.record(request, object_id)
        return HttpResponseRedirect(reverse("imports-faults", args=[record.pk]))

    @action(description="Cancel", icon="block", permissions=["log"])
    def cancel(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Gives up a file that no worker has begun."""
        record = self.record(request, object_id)
        step = Step(
            title="Cancel the import",
            button="Cancel it",
            explains=(f"{record.filename}: nothing of it is written.", "It can be sent again."),
            done="Cancelled.",
            danger=True,
        )
        return enact(self, request, record, step, cancel_import, run=record)


def _says(name: str) -> str:
    column = CLAIMS.column(name)
    return column.says.rstrip(".") if column and column.says else "text"
