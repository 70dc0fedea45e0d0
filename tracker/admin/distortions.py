"""Distortions: a list, a page each, and a form to record one beside what was said."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from unfold.decorators import display

from tracker.actions.distortions import record_distortion
from tracker.admin.at_work import actor, now
from tracker.admin.base import EvidenceAdmin
from tracker.admin.coding import worded
from tracker.admin.drawings import excerpt
from tracker.admin.passages import sharpening, sighted
from tracker.admin.searches import worded_like
from tracker.admin.steps import address, choice, prose, refuse
from tracker.admin.story import passage_of
from tracker.domain.errors import TrackerError
from tracker.domain.ids import id_in
from tracker.domain.roles import Verb
from tracker.models import Distortion, Quotation, Snapshot
from tracker.models.accounts import User
from tracker.models.distortions import DistortionPlace


class DistortionForm(forms.Form):
    """Which words stand for the quotation, where, and what the change does."""

    quotation = forms.ModelChoiceField(
        Quotation.objects.all(), label="What was said", help_text="Search by its words."
    )
    place = choice("Where the changed words stand", worded(DistortionPlace), required=True)
    snapshot = forms.ModelChoiceField(
        Snapshot.objects.defer("text"),
        label="In which text",
        help_text="The quotation's own, unless another page changed the words.",
    )
    exact = prose("The words there", help_text="Word for word; headlines count.")
    note = prose("What the change does", required=False)
    start = forms.IntegerField(required=False)

    def clean_exact(self) -> str:
        return str(self.cleaned_data["exact"]).replace("\r\n", "\n")


@admin.register(Distortion)
class DistortionAdmin(EvidenceAdmin):
    """Words that say something else than the quotation for which they stand."""

    add_verb = Verb.LOG
    related = ("quotation", "snapshot__source__outlet", "recorded_by")
    list_display = ("words", "said", "place", "source_title", "recorded_at")
    list_filter = ("place",)
    search_fields = ("exact",)
    search_help_text = "Words of the distortion"
    ordering = ("-id",)
    fields = (("quotation",), ("snapshot", "place"), ("exact",), ("note",))
    readonly_fields = ("recorded_by", "recorded_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("snapshot__text")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return worded_like(queryset, search_term, "exact"), False

    def sighted(self, rows: QuerySet[Any], judge: User) -> QuerySet[Any]:
        return sighted(rows, judge)

    @display(description="Changed words")
    def words(self, distortion: Distortion) -> str:
        return f"“{excerpt(distortion.exact, 80)}”"

    @display(description="What was said")
    def said(self, distortion: Distortion) -> str:
        return f"“{excerpt(distortion.quotation.exact, 80)}”"

    @display(description="Source")
    def source_title(self, distortion: Distortion) -> str:
        return excerpt(distortion.snapshot.source.title, 60)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The difference, and where both stand."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        record = self.record(request, object_id)
        return self.page(
            request,
            "tracker/distortion.html",
            f"“{excerpt(record.exact, 60)}”",
            record,
            line=sharpening(record),
            distortion=record,
        )

    # --- recording one ---

    def adding(self, request: HttpRequest) -> HttpResponse:
        """Asks for the changed words, beside the quotation that `?quotation=` names if it does."""
        quotation = _asked(request)
        posted = request.POST if request.method == "POST" else None
        form = self._with_search(DistortionForm(_with_nearest(posted), initial=_given(quotation)))
        nearest = None
        if posted is not None and form.is_valid():
            try:
                made = record_distortion(by=actor(request), now=now(), **form.cleaned_data)
            except TrackerError as refusal:
                refuse(form, refusal, {"start": "exact"})
                nearest = refusal.facts.get("nearest")
            else:
                return self._recorded(request, made)
        return self.page(
            request,
            "tracker/distort.html",
            "Record a distortion",
            form=form,
            quotation=quotation,
            passage=passage_of(quotation) if quotation else None,
            nearest=nearest,
            pressed="_save",
            takes="It records the words of the text.",
            media=self.media + form.media,
        )

    def _recorded(self, request: HttpRequest, made: Distortion) -> HttpResponse:
        messages.success(request, "Recorded beside what was said.")
        claim = made.quotation.claims.order_by("pk").first()
        return HttpResponseRedirect(address(claim or made))

    def _with_search(self, form: DistortionForm) -> DistortionForm:
        """Gives the form the search for quotations and texts that are on record."""
        for name in ("quotation", "snapshot"):
            field: Any = form.fields[name]
            widget = AutocompleteSelect(Distortion._meta.get_field(name), self.admin_site)
            field.widget, widget.choices = widget, field.choices
        if "quotation" in form.initial:
            form.fields["quotation"].widget = forms.HiddenInput()
        return form


def _given(quotation: Quotation | None) -> dict[str, Any]:
    """What the form begins with."""
    place = {"place": DistortionPlace.HEADLINE}
    if quotation is None:
        return place
    return {**place, "quotation": quotation.pk, "snapshot": quotation.snapshot_id}


def _asked(request: HttpRequest) -> Quotation | None:
    """The quotation in question, if the address names one.

    Only those who may log come here, and they see all of them.
    """
    asked = id_in(request.GET.get("quotation", ""))
    found = Quotation.objects.filter(pk=asked) if asked else Quotation.objects.none()
    return found.select_related("snapshot__source__outlet").first()


def _with_nearest(posted: Any) -> Any:
    """What was sent, with the words of the nearest passage where they were accepted."""
    if posted is None or "_take" not in posted:
        return posted
    taken = posted.copy()
    taken["exact"] = posted.get("nearest_exact", "")
    taken["start"] = posted.get("nearest_start", "")
    return taken
