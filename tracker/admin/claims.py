"""Claims: the list, the form that logs one, the page that tells its story."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from tracker.actions.claims import code_claim, freeze_claim, log_claim, missing, withdraw_claim
from tracker.actions.readings import read_words
from tracker.actions.rounds import open_round
from tracker.admin.at_work import actor, now
from tracker.admin.base import TrackerAdmin
from tracker.admin.blindness import hidden_claims
from tracker.admin.coding import KNOWN_AS, CodingForm, MeaningForm
from tracker.admin.drawings import excerpt, percent
from tracker.admin.hints import hedges_in, names_like
from tracker.admin.logging_form import LogForm
from tracker.admin.searches import said_by_or_like
from tracker.admin.steps import (
    ReasonForm,
    Step,
    address,
    choice,
    permille,
    probability,
    refuse,
    take,
)
from tracker.admin.story import passage_of, story_of
from tracker.domain.errors import TrackerError
from tracker.domain.judging import OUTCOME_LABELS, OutcomeAnswer
from tracker.domain.roles import Verb
from tracker.models import Claim, Proposition, Resolution, Snapshot
from tracker.models.accounts import User
from tracker.models.claims import ClaimState

STATES = {"Draft": "warning", "Frozen": "info", "Retracted": "danger", "Misquote": "danger"}
OUTCOMES = {"Came true": "success", "Mostly came true": "success", "Did not come true": "danger"}
OUTCOMES |= {"Mostly did not": "danger", "Partly came true": "warning"}


class WithdrawForm(ReasonForm):
    """Which of the two it is, and why."""

    state = choice(
        "What happened",
        [("retracted", "The speaker took it back"), ("misquote", "They never said it so")],
        required=True,
    )
    field_order = ("state", "reason")


class ReadingForm(forms.Form):
    """What the words mean to one reader."""

    low = probability("At least", required=True)
    best = probability("Best", required=True)
    high = probability("At most", required=True)
    own_belief = probability(
        "What do you believe yourself?", help_text="Kept apart, never shown to others."
    )


@admin.register(Claim)
class ClaimAdmin(TrackerAdmin):
    add_verb = Verb.LOG
    related = (
        "person",
        "organisation",
        "proposition__topic",
        "proposition__condition",
        "hedge_term__lexicon",
        "quotation__snapshot__source__outlet",
    )
    list_display = ("words", "speaker_name", "said_on", "p", "stage", "became", "due", "outlet")
    list_filter = ("state", "kind", "p_tier", "coded_after_outcome", "polarity")
    search_fields = ("quotation__exact", "person__name", "organisation__name")
    search_help_text = "A name, or words of the quotation"
    ordering = ("-said_on", "-id")
    actions_detail = ("code", "freeze", "open_round", "read", "withdraw")

    # --- the list ---

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return said_by_or_like(queryset, search_term), False

    def sighted(self, rows: QuerySet[Any], judge: User) -> QuerySet[Any]:
        return rows.exclude(pk__in=hidden_claims(judge).values("pk"))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list; what became of a page of claims is asked once."""
        response = super().changelist_view(request, extra_context)
        listed = getattr(response, "context_data", None) or {}
        if "cl" not in listed:
            return response
        claims = list(listed["cl"].result_list)
        asked = {claim.proposition_id for claim in claims} - {None}
        settled = Resolution.objects.current().published().filter(proposition__in=asked)
        became = dict(settled.values_list("proposition", "outcome"))
        for claim in claims:
            claim.became = became.get(claim.proposition_id)
        listed["cl"].result_list = claims
        return response

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        opened = request.resolver_match and "object_id" in request.resolver_match.kwargs
        return rows if opened else rows.defer("quotation__snapshot__text")

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

    @display(description="Outlet")
    def outlet(self, claim: Claim) -> Any:
        return claim.quotation.snapshot.source.outlet

    # --- logging ---

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One page from article to deadline; an error leaves everything as it was typed."""
        if not self.has_add_permission(request):
            return self._denied()
        posted = request.POST if request.method == "POST" else None
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
                return self._logged(request, claim)
        context = {
            **self.admin_site.each_context(request),
            "title": "Log a claim",
            "opts": self.opts,
            "form": form,
            "nearest": nearest,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "tracker/log.html", context)

    def _denied(self) -> HttpResponse:
        raise PermissionDenied

    def _logged(self, request: HttpRequest, claim: Claim) -> HttpResponse:
        lacks = missing(claim)
        kept = "Logged and frozen." if claim.state == ClaimState.FROZEN else "Logged as a draft."
        messages.success(request, " ".join([kept, *lacks]))
        if "_next" in request.POST:
            here = reverse("admin:tracker_claim_add")
            return HttpResponseRedirect(f"{here}?snapshot={claim.quotation.snapshot_id}")
        return HttpResponseRedirect(address(claim))

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
        )

    def hedges_view(self, request: HttpRequest, model_admin: Any = None) -> HttpResponse:
        """The hedges in some words, each with its band, as a piece of a page."""
        if not self.has_add_permission(request):
            return self._denied()
        found = hedges_in(request.GET.get("words", "")[:5000])
        return TemplateResponse(request, "tracker/hedges.html", {"found": found})

    def names_view(self, request: HttpRequest, model_admin: Any = None) -> HttpResponse:
        """Names that begin a field's suggestions."""
        if not self.has_add_permission(request):
            return self._denied()
        term = request.GET.get("q", "")[:100]
        return JsonResponse({"names": names_like(request.GET.get("kind", ""), term)})

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
            return self._denied()
        claim = self.record(request, object_id)
        buttons = self.get_actions_detail(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            **story_of(request, claim),
            "title": f"{claim.speaker}, {claim.said_on}",
            "opts": self.opts,
            "claim": claim,
            "original": claim,
            "object": claim,
            "media": self.media,
            "actions_detail": self._get_actions_navigation(
                self.actions_detail, buttons, object_id
            ),
        }
        return TemplateResponse(request, "tracker/claim.html", context)

    def offered(self, request: HttpRequest, record: Any) -> frozenset[str]:
        if record.state == ClaimState.DRAFT:
            return frozenset({"code", "freeze", "read", "withdraw"})
        if record.state == ClaimState.FROZEN:
            return frozenset({"open_round", "read", "withdraw"})
        return frozenset()

    @action(description="Code", icon="edit", permissions=["code"], variant=ActionVariant.PRIMARY)
    def code(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What the words mean."""
        claim = self.record(request, object_id)
        form = type("ThisCodingForm", (CodingForm,), {})
        base: Any = form
        widget = AutocompleteSelect(Claim._meta.get_field("proposition"), self.admin_site)
        base.base_fields["known_proposition"].widget = widget
        step = Step(
            title=f"Code: {excerpt(claim.quotation.exact, 60)}",
            button="Save",
            done="Coded.",
            template="tracker/code.html",
            context={"claim": claim, "passage": passage_of(claim.quotation)},
        )

        def act(data: dict[str, Any]) -> Claim:
            return code_claim(
                by=actor(request), now=now(), claim=claim, **coded(claim, data, base)
            )

        return take(
            self, request, claim, step, act, base, initial=as_coded(claim), known_as=KNOWN_AS
        )

    @action(description="Freeze", icon="lock", permissions=["code"])
    def freeze(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Fixes what the claim means."""
        claim = self.record(request, object_id)
        lacks = missing(claim)
        step = Step(
            title="Freeze the claim",
            button="Freeze",
            explains=(
                f"“{claim.quotation.exact}”",
                "Proposition, criteria, condition and deadline can never change afterwards. "
                "Freeze before anyone looks up the outcome.",
                *(f"Missing: {lack}" for lack in lacks),
            ),
            done="The claim is frozen.",
        )
        by = actor(request)
        return take(
            self, request, claim, step, lambda _: freeze_claim(by=by, now=now(), claim=claim)
        )

    @action(description="Open a round", icon="gavel", permissions=["edit"], url_path="open-round")
    def open_round(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lets judges answer the claim's proposition, blind."""
        claim = self.record(request, object_id)
        step = Step(
            title="Open a round",
            button="Open the round",
            explains=(
                f"“{claim.proposition}”",
                "Judges answer without seeing who said it, or each other's verdicts.",
            ),
            done="The round is open.",
        )
        by = actor(request)
        return take(
            self,
            request,
            claim,
            step,
            lambda _: open_round(by=by, now=now(), proposition=claim.proposition),
        )

    @action(description="Read the words", icon="visibility", permissions=["read_words"])
    def read(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """One reader's low, best and high."""
        claim = self.record(request, object_id)
        step = Step(
            title="What do the words mean to you?",
            button="Keep my reading",
            explains=(
                f"“{claim.quotation.exact}”",
                f"How likely does the speaker say it is that: {claim.proposition or 'it happens'}",
                "Answer from the words alone. Three readings make an inferred probability.",
            ),
            done="Your reading is kept.",
        )

        def act(data: dict[str, Any]) -> None:
            numbers: Any = {name: permille(value) for name, value in data.items()}
            read_words(by=actor(request), now=now(), claim=claim, **numbers)

        return take(self, request, claim, step, act, ReadingForm)

    @action(
        description="Retract or misquote",
        icon="undo",
        permissions=["code"],
        variant=ActionVariant.DANGER,
    )
    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Marks the claim; it stays visible, with the reason."""
        claim = self.record(request, object_id)
        step = Step(
            title="Retract, or mark as a misquote",
            button="Mark it",
            explains=(
                f"“{claim.quotation.exact}”",
                "The claim stays visible, marked, with your reason. A misquote leaves the scores.",
            ),
            done="The claim is marked.",
            danger=True,
        )

        def act(data: dict[str, Any]) -> Claim:
            return withdraw_claim(by=actor(request), claim=claim, **data)

        return take(self, request, claim, step, act, WithdrawForm)


def as_coded(claim: Claim) -> dict[str, Any]:
    """What the coding form begins with."""
    stated = claim.p_tier == "stated"
    numbers = {
        name: getattr(claim, name) / 1000
        for name in ("p_low", "p_point", "p_high")
        if stated and getattr(claim, name) is not None
    }
    names = ("kind", "polarity", "hedge", "role", "note", "coded_after_outcome")
    return {
        **{name: getattr(claim, name) for name in names},
        **numbers,
        "known_proposition": claim.proposition_id,
        "hedge_term": claim.hedge_term.phrase if claim.hedge_term else "",
    }


def coded(claim: Claim, data: dict[str, Any], form_class: type[MeaningForm]) -> dict[str, Any]:
    """The changes that a filled-in coding form asks for."""
    form = form_class()
    form.cleaned_data = data
    changes = {**form.hedging(), **{n: data[n] for n in ("role", "note", "reason", "failed_test")}}
    changes["coded_after_outcome"] = data["coded_after_outcome"]
    draft = form.proposition_draft()
    known: Proposition | None = data["known_proposition"]
    if draft and (known is None or known.pk != claim.proposition_id):
        changes["proposition"] = draft
    return changes
