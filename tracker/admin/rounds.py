"""Rounds and verdicts: judging blind, side by side for who adjudicates, settled for all."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from unfold.decorators import display

from tracker.actions.rounds import (
    hidden_from,
    submit_verdict,
    visible_verdicts,
)
from tracker.admin.at_work import actor, may, now
from tracker.admin.ballots import ON_RECORD, VerdictForm
from tracker.admin.bench import bench_of
from tracker.admin.blindness import hidden_sources, is_blinded
from tracker.admin.drawings import excerpt
from tracker.admin.facts import FactForm, record_fact
from tracker.admin.progress import progress_of
from tracker.admin.round_steps import RoundSteps
from tracker.admin.searches import worded_like
from tracker.admin.steps import address, refuse
from tracker.admin.verdicts import aligned, shown
from tracker.domain.errors import TrackerError
from tracker.domain.ids import id_in
from tracker.domain.judging import (
    APART,
    State,
)
from tracker.domain.roles import Verb
from tracker.models import Round
from tracker.models.accounts import User

STATES = {
    "Open": "info",
    "Split": "warning",
    "Adjudication": "warning",
    "Panel": "warning",
    "Agreed": "primary",
    "Settled": "success",
    "Abandoned": "danger",
}


class AwaitingFilter(admin.SimpleListFilter):
    """Whose move it is."""

    title = "waiting for"
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("me", "My verdict"), ("adjudicator", "An adjudicator"), ("editor", "An editor")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "me":
            mine = Round.objects.awaiting(actor(request)).order_by()
            return queryset.filter(pk__in=mine.values("pk"))
        if self.value() == "adjudicator":
            return queryset.filter(closed_at=None, state__in=sorted(APART))
        if self.value() == "editor":
            return queryset.filter(closed_at=None, state=State.AGREED)
        return queryset


@admin.register(Round)
class RoundAdmin(RoundSteps):
    related = ("proposition__condition", "proposition__topic", "opened_by")
    list_display = ("question", "stage", "number", "reason", "needed", "opened_at", "deadline")
    list_filter = (AwaitingFilter, "state", "reason")
    search_fields = ("proposition__statement",)
    ordering = ("-id",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return worded_like(queryset, search_term, "proposition__statement"), False

    def sighted(self, rows: QuerySet[Any], judge: User) -> QuerySet[Any]:
        """Earlier rounds of what is judged anew would give away the answer."""
        hidden = hidden_from(judge).values("pk")
        return rows.exclude(proposition__in=hidden, closed_at__isnull=False)

    @display(description="Proposition")
    def question(self, round: Round) -> str:
        return excerpt(round.proposition.statement, 100)

    @display(description="State", ordering="state", label=STATES)
    def stage(self, round: Round) -> str:
        return round.get_state_display()

    @display(description="Deadline")
    def deadline(self, round: Round) -> Any:
        return round.proposition.deadline

    # --- the page ---

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The question, the evidence and, for who may answer, the two questions."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        round = self.record(request, object_id)
        posted = request.POST if request.method == "POST" else None
        fact = FactForm(posted if posted and "_fact" in posted else None, prefix="fact")
        if fact.is_bound and (answer := record_fact(self, request, round, fact)):
            return answer
        answered = posted if posted and not fact.is_bound else None
        form = VerdictForm(answered, round=round, initial=self._cited(request))
        if form.is_bound and form.is_valid():
            try:
                self._submit(request, round, form.cleaned_data)
            except TrackerError as refusal:
                refuse(form, refusal, {})
            else:
                return self._after(request, round)
        return self._round_page(request, round, form, fact)

    def _round_page(
        self, request: HttpRequest, round: Round, form: VerdictForm, fact: FactForm
    ) -> HttpResponse:
        own = {verdict.stage for verdict in round.verdicts.filter(judge=actor(request))}
        bench = bench_of(round, own, may(request, Verb.JUDGE), may(request, Verb.ADJUDICATE))
        verdicts = visible_verdicts(round, actor(request)).prefetch_related("cited")
        seen = shown(list(verdicts), actor(request))
        blind = bench.question and round.state == State.OPEN
        return self.page(
            request,
            "tracker/round.html",
            excerpt(round.proposition.statement, 80),
            round,
            with_buttons=True,
            round=round,
            proposition=round.proposition,
            outcomes=self._outcomes(request, round),
            bench=bench,
            form=form if bench.question else None,
            fact=fact if not round.closed_at and self.has_record_permission(request) else None,
            progress=progress_of(actor(request), now()) if blind else None,
            verdicts=seen,
            aligned=aligned(seen),
            media=self.media + form.media,
        )

    def _cited(self, request: HttpRequest) -> dict[str, Any]:
        """A fact that was just recorded is relied on, unless the judge thinks again."""
        asked = id_in(request.GET.get("cite", ""))
        return {} if asked is None else {"cited": [asked]}

    def _submit(self, request: HttpRequest, round: Round, data: dict[str, Any]) -> None:
        cited = tuple(outcome.pk for outcome in data.pop("cited"))
        submit_verdict(by=actor(request), now=now(), round=round, cited=cited, **data)

    def _after(self, request: HttpRequest, round: Round) -> HttpResponse:
        """Goes on with the judge's queue, else stays with the round."""
        judge = actor(request)
        follows = Round.objects.awaiting(judge).shuffled_for(judge).first()
        done = "" if follows else " Nothing else waits for you."
        messages.success(request, f"Your verdict is in.{done}")
        wants_next = "_next" in request.POST and follows is not None
        return HttpResponseRedirect(address(follows if wants_next else round))

    def _outcomes(self, request: HttpRequest, round: Round) -> list[dict[str, Any]]:
        """What is on record, each with its sources; where the claim stood is not shown."""
        hidden: set[int] = set()
        if is_blinded(request):
            hidden = set(
                hidden_sources(actor(request))
                .filter(citations__outcome__propositions=round.proposition_id)
                .values_list("pk", flat=True)
            )
        found = round.proposition.outcomes.prefetch_related("citations__source__outlet")
        return [
            {
                "outcome": outcome,
                "when": outcome.occurred_words or outcome.occurred_on,
                "citations": [c for c in outcome.citations.all() if c.source_id not in hidden],
            }
            for outcome in found.order_by(*ON_RECORD)
        ]
