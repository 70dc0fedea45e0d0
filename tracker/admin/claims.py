"""Claims: the list, the form that logs one, the page that tells its story."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.decorators import display

from tracker.actions.captures import request_capture
from tracker.actions.claims import log_claim, missing
from tracker.admin.alike import met
from tracker.admin.alike import page_of as duplicates_of
from tracker.admin.at_work import actor, now
from tracker.admin.blindness import hidden_claims
from tracker.admin.bookmarklet import bookmarklet
from tracker.admin.claim_steps import ClaimSteps
from tracker.admin.coding import KNOWN_AS
from tracker.admin.drawings import excerpt, percent
from tracker.admin.hints import hedges_in, names_like
from tracker.admin.logging_form import BUTTONS, LogForm, pressed, unwrapped, with_nearest
from tracker.admin.searches import said_by_or_like
from tracker.admin.steps import (
    address,
    refuse,
)
from tracker.admin.story import story_of
from tracker.domain.errors import TrackerError
from tracker.domain.judging import OUTCOME_LABELS, OutcomeAnswer
from tracker.domain.roles import Verb
from tracker.models import Claim, Resolution, Snapshot
from tracker.models.accounts import User
from tracker.models.claims import ClaimState

STATES = {"Draft": "warning", "Frozen": "info", "Retracted": "danger", "Misquote": "danger"}
STATES |= {"Merged": "success"}
OUTCOMES = {"Came true": "success", "Mostly came true": "success", "Did not come true": "danger"}
OUTCOMES |= {"Mostly did not": "danger", "Partly came true": "warning"}


@admin.register(Claim)
class ClaimAdmin(ClaimSteps):
    add_verb = Verb.LOG
    related = (
        "person",
        "organisation",
        "proposition__topic",
        "proposition__condition",
        "hedge_term__lexicon",
        "quotation__snapshot__source__outlet",
    )
    list_display = ("words", "speaker_name", "said_on", "p", "stage", "became", "due")
    list_filter = ("state", "kind", "p_tier", "coded_after_outcome", "polarity")
    search_fields = ("quotation__exact", "person__name", "organisation__name")
    search_help_text = "A name, or words of the quotation"
    ordering = ("-said_on", "-id")

    # --- the list ---

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return said_by_or_like(queryset, search_term), False

    def sighted(self, rows: QuerySet[Any], judge: User) -> QuerySet[Any]:
        return rows.exclude(pk__in=hidden_claims(judge).values("pk"))

    def dressed(self, rows: list[Any]) -> list[Any]:
        """Claims with what became of them, asked once."""
        asked = {claim.proposition_id for claim in rows} - {None}
        settled = Resolution.objects.current().published().filter(proposition__in=asked)
        became = dict(settled.values_list("proposition", "outcome"))
        for claim in rows:
            claim.became = became.get(claim.proposition_id)
        return rows

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        opened = request.resolver_match and "object_id" in request.resolver_match.kwargs
        if opened:
            return rows
        if "state__exact" not in request.GET:
            rows = rows.exclude(state=ClaimState.MERGED)
        return rows.defer("quotation__snapshot__text")

    @display(description="Quotation")
    def words(self, claim: Claim) -> str:
        return f"“{excerpt(claim.quotation.exact, 80)}”"

    @display(description="Speaker")
    def speaker_name(self, claim: Claim) -> str:
        return str(claim.speaker)

    @display(description="p", ordering="p_point")
    def p(self, claim: Claim) -> str:
        return percent(claim.p_point)

    @display(description="State", ordering="state", label=STATES)
    def stage(self, claim: Claim) -> str:
        return claim.get_state_display()

    @display(description="Outcome", label=OUTCOMES)
    def became(self, claim: Claim) -> str:
        outcome = getattr(claim, "became", None)
        return OUTCOME_LABELS[OutcomeAnswer(outcome)] if outcome else ""

    @display(description="Deadline")
    def due(self, claim: Claim) -> Any:
        return claim.proposition.deadline if claim.proposition else None

    # --- logging ---

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One page from article to deadline; an error leaves everything as it was typed."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        posted = with_nearest(request.POST) if request.method == "POST" else None
        form = self._with_search(LogForm(posted, initial=self._from_snapshot(request)))
        nearest = None
        if posted is not None and form.is_valid():
            try:
                claim = log_claim(
                    by=actor(request), now=now(), draft=form.draft(freeze="_freeze" in posted)
                )
            except TrackerError as refusal:
                refuse(form, refusal, KNOWN_AS)
                nearest = refusal.facts.get("nearest")
            else:
                return self._logged(request, claim, form)
        button = pressed(posted) if posted else ""
        return self.page(
            request,
            "tracker/log.html",
            "Log a claim",
            form=form,
            nearest=nearest,
            pressed=button,
            takes=BUTTONS.get(button, ""),
            bookmarklet=bookmarklet(request),
            media=self.media + form.media,
        )

    def _logged(self, request: HttpRequest, claim: Claim, form: LogForm) -> HttpResponse:
        lacks = missing(claim)
        kept = "Logged and frozen." if claim.state == ClaimState.FROZEN else "Logged as a draft."
        told = unwrapped(claim.quotation.snapshot, form.cleaned_data["url"])
        messages.success(request, " ".join([kept, *told, *lacks]))
        if form.cleaned_data["fetch"]:
            self._fetch(request, claim)
        if pressed(form.data) == "_next":
            here = reverse("admin:tracker_claim_add")
            return HttpResponseRedirect(f"{here}?snapshot={claim.quotation.snapshot_id}")
        return HttpResponseRedirect(address(claim))

    def _fetch(self, request: HttpRequest, claim: Claim) -> None:
        """Asks for the whole page; what stands against it never stands against the claim."""
        source = claim.quotation.snapshot.source
        try:
            request_capture(by=actor(request), now=now(), source=source)
        except TrackerError as refusal:
            messages.warning(request, f"The page is not fetched. {refusal.message}")

    def _from_snapshot(self, request: HttpRequest) -> dict[str, Any]:
        """The article as it is on record, so that the next quotation needs no copying."""
        asked = request.GET.get("snapshot", "")
        found = Snapshot.objects.filter(pk=asked) if asked.isdigit() else Snapshot.objects.none()
        snapshot = found.select_related("source__outlet").first()
        if snapshot is None:
            return {}
        source = snapshot.source
        return {
            "url": source.url,
            "title": source.title,
            "outlet": source.outlet or "",
            "published_on": source.published_on,
            "source_kind": source.kind,
            "bylines": "; ".join(source.bylines),
            "text": snapshot.text,
            "excerpt": snapshot.completeness == "excerpt",
        }

    def _with_search(self, form: Any) -> Any:
        """Gives the form the search for propositions that are on record."""
        field = form.fields["known_proposition"]
        field.widget = AutocompleteSelect(Claim._meta.get_field("proposition"), self.admin_site)
        field.widget.choices = field.choices
        return form

    def get_custom_urls(self) -> Any:
        return (
            ("hedges/", "tracker_claim_hedges", self.hedges_view),
            ("names/", "tracker_claim_names", self.names_view),
            ("met/", "tracker_claim_met", self.met_view),
        )

    def hedges_view(self, request: HttpRequest, model_admin: Any = None) -> HttpResponse:
        """The hedges in some words, each with its band, as a piece of a page."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        found = hedges_in(request.GET.get("words", "")[:5000])
        return TemplateResponse(request, "tracker/hedges.html", {"found": found})

    def names_view(self, request: HttpRequest, model_admin: Any = None) -> HttpResponse:
        """Names that begin a field's suggestions."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        term = request.GET.get("q", "")[:100]
        return JsonResponse({"names": names_like(request.GET.get("kind", ""), term)})

    def met_view(self, request: HttpRequest, model_admin: Any = None) -> HttpResponse:
        """Propositions on record that say what is being written, as a piece of a page."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        found = met(request.GET.get("words", "")[:5000])
        return TemplateResponse(request, "tracker/met.html", {"found": found})

    # --- the page ---

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The claim's story; buttons lead to what may be done with it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        claim = self.record(request, object_id)
        title = f"{claim.speaker}, {claim.said_on}"
        return self.page(
            request,
            "tracker/claim.html",
            title,
            claim,
            claim=claim,
            with_buttons=True,
            may_log=self.has_log_permission(request),
            **story_of(request, claim),
            **duplicates_of(request, claim),
        )
