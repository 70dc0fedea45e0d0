"""A fact that a judge records without leaving the question: what happened, when, who reports it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from tracker.actions.documents import SourceDraft
from tracker.actions.outcomes import CitationDraft, record_outcome
from tracker.actions.people import OrganisationDraft
from tracker.admin.at_work import actor
from tracker.admin.steps import address, day, line, prose, refuse
from tracker.domain.errors import TrackerError
from tracker.models import Round

KNOWN_AS = {"occurred_on": "occurred", "citations": "url", "organisation": "outlet"}


class FactForm(forms.Form):
    """One fact with one source."""

    statement = prose("What happened", help_text="One neutral sentence.")
    occurred = line("When", help_text="2016-12-22, 2016-12 or 2016-12-13/2016-12-22.")
    known_on = day("Known on", help_text="Else the day it happened.")
    url = line("Where it is reported: address", required=False)
    title = line("Title", required=False)
    outlet = line("Outlet", required=False)
    saw = line("What it shows", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("url") and not data.get("title"):
            self.add_error("url", "Give the address or the title of a source: a fact needs one.")
        return data

    def citation(self) -> CitationDraft:
        data = self.cleaned_data
        outlet = OrganisationDraft(data["outlet"], kind="media") if data["outlet"] else None
        title = data["title"] or data["url"]
        return CitationDraft(SourceDraft(url=data["url"], title=title, outlet=outlet), data["saw"])


def record_fact(
    admin: Any, request: HttpRequest, round: Round, form: FactForm
) -> HttpResponse | None:
    """Records the fact for the proposition and returns to the round; None where it is refused."""
    if not admin.has_record_permission(request):
        raise PermissionDenied
    if not form.is_valid():
        return None
    try:
        made = record_outcome(
            by=actor(request),
            statement=form.cleaned_data["statement"],
            occurred_on=form.cleaned_data["occurred"],
            known_on=form.cleaned_data["known_on"],
            citations=(form.citation(),),
            propositions=(round.proposition_id,),
        )
    except TrackerError as refusal:
        refuse(form, refusal, KNOWN_AS)
        return None
    messages.success(request, "The fact is on record, and you rely on it unless you untick it.")
    return HttpResponseRedirect(f"{address(round)}?cite={made.pk}")
