"""Claims: the list, and the page that tells a claim's story."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from unfold.decorators import display

from tracker.admin.alike import page_of as duplicates_of
from tracker.admin.blindness import hidden_claims
from tracker.admin.claim_filters import AccountFilter, OfFilter
from tracker.admin.claim_logging import ClaimLogging
from tracker.admin.drawings import dated, excerpt, percent, said_on
from tracker.admin.searches import said_by_or_like
from tracker.admin.story import story_of
from tracker.domain.judging import OUTCOME_LABELS, OutcomeAnswer
from tracker.models import Claim, Resolution
from tracker.models.accounts import User
from tracker.models.claims import ClaimState

STATES = {"Draft": "warning", "Frozen": "info", "Retracted": "danger", "Misquote": "danger"}
STATES |= {"Merged": "success"}
OUTCOMES = {"Came true": "success", "Mostly came true": "success", "Did not come true": "danger"}
OUTCOMES |= {"Mostly did not": "danger", "Partly came true": "warning"}


@admin.register(Claim)
class ClaimAdmin(ClaimLogging):
    related = (
        "person",
        "organisation",
        "proposition__topic",
        "proposition__condition",
        "hedge_term__lexicon",
        "quotation__snapshot__source__outlet",
    )
    list_display = ("words", "speaker_name", "said", "p", "stage", "became", "due")
    list_filter = (
        OfFilter,
        "state",
        "kind",
        "p_tier",
        "coded_after_outcome",
        "polarity",
        AccountFilter,
    )
    search_fields = ("quotation__exact", "person__name", "organisation__name")
    search_help_text = "A name, or words of the claim"
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

    @display(description="Said", ordering="said_on")
    def said(self, claim: Claim) -> str:
        """The day or the interval, and the text's own words for it."""
        return said_on(claim.quotation)

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
    def due(self, claim: Claim) -> str:
        """The day, and the words that it was read from."""
        meant = claim.proposition
        return dated(meant.deadline, None, meant.deadline_words) if meant else ""

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
            media=self.media + Media(css={"all": ["tracker/judging.css", "tracker/claim.css"]}),
            **story_of(request, claim),
            **duplicates_of(request, claim),
        )
