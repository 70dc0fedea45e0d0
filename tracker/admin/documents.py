"""Sources, and the evidence taken from them: snapshots and quotations."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from unfold.decorators import action, display

from tracker.actions.captures import request_capture
from tracker.actions.documents import SourceDraft, file_source
from tracker.actions.people import OrganisationDraft
from tracker.actions.records import edit
from tracker.admin.addresses import Addressed, one_page
from tracker.admin.at_work import actor
from tracker.admin.base import EvidenceAdmin, TrackerAdmin, TrackerForm
from tracker.admin.blindness import hidden_quotations, hidden_sources
from tracker.admin.drawings import excerpt, said_on
from tracker.admin.passages import marked
from tracker.admin.searches import quoted_like, worded_like
from tracker.admin.steps import Step, enact, why
from tracker.admin.story import story_of_words
from tracker.admin.uploads import upload_step
from tracker.domain.roles import Verb
from tracker.models import Quotation, Snapshot, Source
from tracker.models.accounts import User


class SourceForm(TrackerForm):
    reason = why()


@admin.register(Source)
class SourceAdmin(Addressed, TrackerAdmin):
    form = SourceForm
    add_verb = Verb.LOG
    change_verb = Verb.CURATE
    related = ("outlet", "merged_into")
    list_display = ("short_title", "outlet", "published_on", "kind", "selection", "standing")
    list_filter = ("kind", "selection")
    search_fields = ("title",)
    search_help_text = "Words of the title or the address"
    autocomplete_fields = ("outlet",)
    readonly_fields = ("canonical_url", "snapshots_taken")
    ordering = ("-id",)
    actions_detail = ("fetch", "upload", "address", "accept", "merge", "part")
    change_form_template = "tracker/source.html"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fields = ["url", "title", "outlet", "bylines", "published_on", "published_words"]
        fields += ["language", "kind", "selection", "note"]
        if obj is None:
            return fields
        asked = ["reason"] if self.has_change_permission(request, obj) else []
        return [*fields, "canonical_url", "snapshots_taken", *asked]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return worded_like(queryset, search_term, "title", "url"), False

    def sighted(self, rows: QuerySet[Any], judge: User) -> QuerySet[Any]:
        return rows.exclude(pk__in=hidden_sources(judge).values("pk"))

    @display(description="Title", ordering="title")
    def short_title(self, source: Source) -> str:
        return excerpt(source.title, 90)

    @display(description="Snapshots")
    def snapshots_taken(self, source: Source) -> str:
        if source.pk is None:
            return ""
        family = ",".join(str(one.pk) for one in source.family())
        listed = reverse("admin:tracker_snapshot_changelist")
        return format_html('<a href="{}?source__id__in={}">What was captured</a>', listed, family)

    @display(description="Standing", label={"Merged": "warning"})
    def standing(self, source: Source) -> str:
        return "Merged" if source.merged_into_id else ""

    def offered(self, request: HttpRequest, record: Any) -> frozenset[str]:
        """What is settled in the panels below the fields has its buttons there."""
        if record.merged_into_id:
            return frozenset({"part"})
        may_fetch = record.url and not record.captures.under_way().exists()
        return frozenset({"upload", "merge"} | ({"fetch"} if may_fetch else set()))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        if source := options.get("obj"):
            context["page"] = one_page(self, request, source)
            context["may_log"] = self.has_log_permission(request)
            context["may_edit"] = self.has_edit_permission(request)
        return super().render_change_form(request, context, *args, **options)

    @action(description="Upload a file", icon="upload_file", permissions=["log"])
    def upload(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Takes a file of this page from the person's machine."""
        return upload_step(self, request, self.record(request, object_id))

    @action(description="Fetch this page", icon="travel_explore", permissions=["log"])
    def fetch(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks a worker for the page at the source's address."""
        source = self.record(request, object_id)
        step = Step(
            title="Fetch this page",
            button="Fetch it",
            explains=(
                source.url,
                "Its text becomes a snapshot; what the source lacks is filled in from the page.",
            ),
            done="It waits for a worker.",
        )
        return enact(self, request, source, step, request_capture, source=source)

    def file(self, request: HttpRequest, data: dict[str, Any]) -> Source:
        outlet = data["outlet"]
        names = ("url", "title", "published_on", "published_words", "language", "kind")
        draft = SourceDraft(
            outlet=OrganisationDraft(slug=outlet.slug) if outlet else None,
            bylines=tuple(data["bylines"]),
            selection=data["selection"],
            note=data["note"],
            **{name: data[name] for name in names},
        )
        return file_source(by=actor(request), draft=draft)

    def amend(
        self, request: HttpRequest, record: Any, changes: dict[str, Any], reason: str
    ) -> None:
        edit(by=actor(request), record=record, reason=reason, **changes)


@admin.register(Snapshot)
class SnapshotAdmin(EvidenceAdmin):
    """The text of a source as it stood, with its quotations marked."""

    related = ("source__outlet", "captured_by")
    list_display = ("short_title", "captured_at", "method", "completeness", "captured_by")
    list_filter = ("method", "completeness")
    search_fields = ("source__title",)
    ordering = ("-id",)
    fields = ("source", "captured_at", "captured_by", "method", "completeness", "archive_url")
    readonly_fields = ("text_sha256",)
    change_form_template = "tracker/snapshot.html"

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        return lookup == "source__id__in" or super().lookup_allowed(lookup, value, request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("text")

    def sighted(self, rows: QuerySet[Any], judge: User) -> QuerySet[Any]:
        return rows.exclude(source__in=hidden_sources(judge).values("pk"))

    @display(description="Source")
    def short_title(self, snapshot: Snapshot) -> str:
        return excerpt(snapshot.source.title, 90)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        snapshot = options.get("obj")
        if snapshot:
            quotations = list(Quotation.objects.of(snapshot))
            context["pieces"] = marked(snapshot.text, quotations)
            context["may_log"] = self.has_log_permission(request)
        return super().render_change_form(request, context, *args, **options)


@admin.register(Quotation)
class QuotationAdmin(EvidenceAdmin):
    related = ("snapshot__source__outlet",)
    list_display = ("words", "mode", "provenance", "said", "source_title")
    list_filter = ("provenance", "mode", "said_precision")
    search_fields = ("exact",)
    search_help_text = "Whole words of the quotation"
    change_form_template = "tracker/quotation.html"
    ordering = ("-id",)
    fields = (
        ("exact",),
        ("snapshot",),
        ("start", "end"),
        ("prefix", "suffix"),
        ("mode", "channel"),
        ("speaker_words", "role_words"),
        ("said_first", "said_last"),
        ("said_precision", "said_words"),
        ("relayed_from",),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("snapshot__text")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return quoted_like(queryset, search_term), False

    def sighted(self, rows: QuerySet[Any], judge: User) -> QuerySet[Any]:
        return rows.exclude(pk__in=hidden_quotations(judge).values("pk"))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """All, but for the upstream quotation where its words are kept from a judge."""
        upstream = obj.relayed_from_id if obj else None
        seen = self.get_queryset(request).filter(pk=upstream)
        return self.fields if upstream is None or seen.exists() else self.fields[:-1]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        if quotation := options.get("obj"):
            context |= story_of_words(request, quotation)
            context["may_log"] = self.has_log_permission(request)
        return super().render_change_form(request, context, *args, **options)

    @display(description="Words")
    def words(self, quotation: Quotation) -> str:
        return f"“{excerpt(quotation.exact, 90)}”"

    @display(description="Said")
    def said(self, quotation: Quotation) -> str:
        return said_on(quotation)

    @display(description="Source")
    def source_title(self, quotation: Quotation) -> str:
        return excerpt(quotation.snapshot.source.title, 60)
