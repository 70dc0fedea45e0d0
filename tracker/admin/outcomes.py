"""Outcomes: dated facts with their sources, shared by the propositions that they bear on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html_join
from unfold.decorators import display
from unfold.widgets import UnfoldAdminExpandableTextareaWidget

from tracker.actions.documents import SourceDraft
from tracker.actions.outcomes import CitationDraft, record_outcome
from tracker.actions.people import OrganisationDraft
from tracker.actions.records import edit
from tracker.admin.at_work import actor
from tracker.admin.base import TrackerAdmin, TrackerForm
from tracker.admin.blindness import hidden_sources, is_blinded
from tracker.admin.drawings import dated, excerpt
from tracker.admin.searches import worded_like
from tracker.admin.steps import day, line, prose
from tracker.domain.ids import id_in
from tracker.domain.roles import Verb
from tracker.models import Evidence, Outcome, Proposition, Round

CITATIONS = 3


class OutcomeForm(TrackerForm):
    """A new fact: what happened, when, where it is reported, what it bears on."""

    known_as = {
        "propositions": "bears_on",
        "title": "source_1_title",
        "url": "source_1_url",
        "occurred_on": "occurred",
    }
    statement = prose("What happened", help_text="One neutral sentence.")
    occurred = line(
        "When", required=False, help_text="2016-12-22, 2016-12, 2016 or 2016-12-13/2016-12-22"
    )
    known_on = day("Known on", help_text="When it could first be known; else the day it happened.")
    found_nothing = forms.BooleanField(
        required=False, label="Searched, found nothing", help_text="No evidence is not “did not”."
    )
    searched = prose("What was searched", required=False, help_text="Where and how.")
    bears_on = forms.ModelMultipleChoiceField(
        Proposition.objects.all(), required=False, label="Bears on"
    )
    note = prose("Note", required=False)

    class Meta:
        model = Outcome
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number in range(1, CITATIONS + 1):
            self.fields[f"source_{number}_url"] = line(f"Source {number}: address", required=False)
            self.fields[f"source_{number}_title"] = line("Title", required=False)
            self.fields[f"source_{number}_outlet"] = line("Outlet", required=False)
            self.fields[f"source_{number}_saw"] = line("What it shows", required=False)

    def citations(self) -> tuple[CitationDraft, ...]:
        """The sources that were filled in."""
        given = (
            {part: self.cleaned_data[f"source_{n}_{part}"] for part in PARTS}
            for n in range(1, CITATIONS + 1)
        )
        return tuple(
            CitationDraft(
                source=SourceDraft(
                    url=one["url"],
                    title=one["title"] or one["url"],
                    outlet=OrganisationDraft(one["outlet"], kind="media")
                    if one["outlet"]
                    else None,
                ),
                saw=one["saw"],
            )
            for one in given
            if one["url"] or one["title"]
        )


NOTHING = "Nothing found"
PARTS = ("url", "title", "outlet", "saw")


class OutcomeChangeForm(TrackerForm):
    reason = forms.CharField(
        required=False,
        help_text="Why it changes; kept in the history.",
        widget=UnfoldAdminExpandableTextareaWidget,
    )


@admin.register(Outcome)
class OutcomeAdmin(TrackerAdmin):
    add_verb = Verb.RECORD
    change_verb = Verb.CURATE
    list_display = ("short", "happened_on", "known_on", "search")
    list_filter = ("found_nothing", "occurred_precision")
    search_fields = ("statement",)
    ordering = ("-id",)
    readonly_fields = ("happened_on", "known_on", "found_nothing", "sources", "bearing")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return worded_like(queryset, search_term, "statement"), False

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> Any:
        if obj is not None:
            options["form"] = OutcomeChangeForm
            return super().get_form(request, obj, change, **options)
        form: Any = type("NewOutcomeForm", (OutcomeForm,), {})
        remote = Evidence._meta.get_field("proposition")
        widget = AutocompleteSelectMultiple(remote, self.admin_site)
        form.base_fields["bears_on"].widget = widget
        form.refusal = vars(request).get("refusal")
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            rows = [
                row
                for n in range(1, CITATIONS + 1)
                for row in (
                    f"source_{n}_url",
                    (f"source_{n}_title", f"source_{n}_outlet"),
                    f"source_{n}_saw",
                )
            ]
            return [
                (None, {"fields": ["statement", "occurred", "known_on", "bears_on"]}),
                ("Where it is reported", {"fields": rows}),
                ("If nothing was found", {"fields": ["found_nothing", "searched", "note"]}),
            ]
        asked = ["reason"] if self.has_change_permission(request, obj) else []
        fields = ["statement", "happened_on", "known_on", "sources", "bearing", "found_nothing"]
        # A coder's remark could tell a judge who spoke.
        note = [] if is_blinded(request) else ["note"]
        return [(None, {"fields": [*fields, "searched", *note, *asked]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if obj is None else self.readonly_fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        asked = id_in(request.GET.get("proposition", ""))
        return {} if asked is None else {"bears_on": [asked]}

    def file(self, request: HttpRequest, data: dict[str, Any]) -> Outcome:
        return record_outcome(
            by=actor(request),
            statement=data["statement"],
            occurred_on=data["occurred"],
            known_on=data["known_on"],
            citations=data["citations"],
            propositions=tuple(proposition.pk for proposition in data["bears_on"]),
            found_nothing=data["found_nothing"],
            searched=data["searched"],
            note=data["note"],
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            form.cleaned_data["citations"] = form.citations()
        super().save_model(request, obj, form, change)

    def amend(
        self, request: HttpRequest, record: Any, changes: dict[str, Any], reason: str
    ) -> None:
        edit(by=actor(request), record=record, reason=reason, **changes)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Returns to the round from which the outcome was added."""
        asked = id_in(request.GET.get("round", ""))
        if asked and Round.objects.filter(pk=asked).exists():
            return HttpResponseRedirect(reverse("admin:tracker_round_change", args=[asked]))
        response: HttpResponse = super().response_add(request, obj, post_url_continue)
        return response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        hidden = hidden_sources(actor(request)).values("pk") if is_blinded(request) else None
        vars(request)["hidden_sources"] = hidden
        if options.get("obj"):
            options["obj"].shown = self._citations(options["obj"], hidden)
        return super().render_change_form(request, context, *args, **options)

    def _citations(self, outcome: Outcome, hidden: Any) -> list[Any]:
        citations = outcome.citations.select_related("source__outlet")
        return list(citations if hidden is None else citations.exclude(source__in=hidden))

    @display(description="What happened", ordering="statement")
    def short(self, outcome: Outcome) -> str:
        return excerpt(outcome.statement, 110)

    @display(description="When", ordering="occurred_on")
    def happened_on(self, outcome: Outcome) -> str:
        """The day, and the date as the sources give it where that says more."""
        day, words = outcome.occurred_on, outcome.occurred_words
        return dated(day, None, "" if day and words == day.isoformat() else words)

    @display(description="Search", label={NOTHING: "warning"})
    def search(self, outcome: Outcome) -> str:
        return NOTHING if outcome.found_nothing else ""

    @display(description="Sources")
    def sources(self, outcome: Outcome) -> str:
        rows = (
            (reverse("admin:tracker_source_change", args=[one.source_id]), one.source, one.saw)
            for one in getattr(outcome, "shown", ())
        )
        return format_html_join("", '<p><a class="t-link" href="{}">{}</a><br>{}</p>', rows)

    @display(description="Bears on")
    def bearing(self, outcome: Outcome) -> str:
        rows = (
            (reverse("admin:tracker_proposition_change", args=[one.pk]), one.statement)
            for one in outcome.propositions.all()
        )
        return format_html_join("", '<p><a class="t-link" href="{}">{}</a></p>', rows)
