"""Exports: claims, codes, resolutions as tables, or all in one package, by the API's rule."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.forms import Media
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tracker.admin.steps import choice, day
from tracker.models import Claim, Organisation, Person, Proposition, Source, Topic
from tracker.models.claims import ClaimState, Kind

EVERYTHING = "all"
WHAT = {
    "claims": "Claims, as an import takes them",
    "codes": "Codes: what each reader and judge answered on their own",
    "resolutions": "Resolutions: how propositions were resolved",
    EVERYTHING: "Everything: all three in both formats, with their hashes (zip)",
}
FORMATS = {
    "csv": "CSV, for spreadsheets",
    "jsonl": "JSON Lines, for programs",
}
ANY = ("", "any")
ONLY_CLAIMS = "Filters are for claims: take it away, or export claims."


def found(model: Any, label: str, field: Any) -> forms.ModelChoiceField[Any]:
    """One record, looked up as it is typed."""
    widget = AutocompleteSelect(field, admin.site)
    return forms.ModelChoiceField(
        model._default_manager.all(), label=label, required=False, widget=widget
    )


class ExportForm(forms.Form):
    """What is taken away, as what, and which claims; names are those of the API's filters."""

    what = choice("What", list(WHAT.items()), required=True)
    shape = choice("Format", list(FORMATS.items()))
    speaker = found(Person, "Speaker", Claim._meta.get_field("person"))
    outlet = found(Organisation, "Outlet", Source._meta.get_field("outlet"))
    topic = found(Topic, "Topic", Proposition._meta.get_field("topic"))
    state = choice("State", [ANY, *((s.value, s.value) for s in ClaimState if s != "merged")])
    kind = choice("Kind", [ANY, *((k.value, k.value.replace("_", " ")) for k in Kind)])
    resolved = choice("Resolved", [ANY, ("true", "published"), ("false", "not yet")])
    said_from = day("Said from")
    said_to = day("Said until")

    def filters(self) -> dict[str, Any]:
        """What was asked of the claims, as the API names it."""
        given = {
            name: value
            for name, value in self.cleaned_data.items()
            if value not in (None, "") and name not in ("what", "shape")
        }
        return {name: getattr(value, "pk", value) for name, value in given.items()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("said_from"), data.get("said_to")
        if first and last and first > last:
            self.add_error("said_to", "The last day lies before the first.")
        if data.get("what") != "claims":
            for name in self.filters():
                self.add_error(name, ONLY_CLAIMS)
        return data

    def address(self) -> str:
        """Where the API gives exactly this."""
        what, shape = self.cleaned_data["what"], self.cleaned_data["shape"] or "csv"
        name = "all.zip" if what == EVERYTHING else f"{what}.{shape}"
        query = urlencode(self.filters())
        return reverse(f"exports-{name}") + (f"?{query}" if query else "")


def export_page(page: Any, request: HttpRequest) -> HttpResponse:
    """Asks what is to be taken away; what was asked for well comes from the API, as it is seen."""
    form = ExportForm(request.GET if "what" in request.GET else None, initial={"shape": "csv"})
    if form.is_bound and form.is_valid():
        return HttpResponseRedirect(form.address())
    shown: HttpResponse = page.page(
        request,
        "tracker/exports.html",
        "Exports",
        form=form,
        board=reverse("admin:tracker_scoreboard"),
        media=page.media + form.media + Media(js=["tracker/exports.js"]),
    )
    return shown
