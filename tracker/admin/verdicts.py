"""Verdicts as pages show them: by letter, never by name, until the round is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from unfold.decorators import display

from tracker.actions.rounds import hidden_from
from tracker.admin.at_work import actor, may
from tracker.admin.base import EvidenceAdmin
from tracker.admin.drawings import excerpt
from tracker.domain.judging import GRADES, OUTCOME_LABELS, OutcomeAnswer, State
from tracker.domain.roles import Verb
from tracker.models import Outcome, Verdict
from tracker.models.accounts import User


@dataclass(frozen=True)
class Shown:
    """One verdict with its author hidden behind a letter."""

    author: str
    own: bool
    stage: str
    outcome: str
    grade: int | None
    condition: str
    annulled: str
    rationale: str
    searched: str
    cited: Sequence[Outcome]


def shown(verdicts: Sequence[Verdict], reader: User) -> list[Shown]:
    """The verdicts in the order in which they came; a judge keeps one letter through a round."""
    judges = list(dict.fromkeys(verdict.judge_id for verdict in verdicts))
    letters = {pk: f"Judge {chr(65 + n)}" for n, pk in enumerate(judges)}
    return [_shown(verdict, letters, reader) for verdict in verdicts]


def _shown(verdict: Verdict, letters: dict[int, str], reader: User) -> Shown:
    answer = OutcomeAnswer(verdict.outcome)
    own = verdict.judge_id == reader.pk
    return Shown(
        author="You" if own else letters[verdict.judge_id],
        own=own,
        stage=verdict.get_stage_display(),
        outcome=OUTCOME_LABELS[answer],
        grade=GRADES.get(answer),
        condition=""
        if verdict.condition == "not_applicable"
        else f"Condition: {verdict.condition.replace('_', ' ')}",
        annulled=verdict.annul_reason.replace("_", " "),
        rationale=verdict.rationale,
        searched=verdict.searched,
        cited=list(verdict.cited.all()),
    )


@dataclass(frozen=True)
class Aligned:
    """Each judge's last word side by side, and who relied on which outcome, row by row."""

    columns: Sequence[Shown]
    rows: Sequence[tuple[Outcome, Sequence[bool]]]
    earlier: Sequence[Shown]


def aligned(verdicts: Sequence[Shown]) -> Aligned:
    """The verdicts of a round in columns; what a judge said before they revised stands apart."""
    last = {one.author: one for one in verdicts}
    columns = list(last.values())
    outcomes = {outcome.pk: outcome for one in columns for outcome in one.cited}
    cited = [{outcome.pk for outcome in one.cited} for one in columns]
    return Aligned(
        columns=columns,
        rows=[(outcome, [pk in mine for mine in cited]) for pk, outcome in outcomes.items()],
        earlier=[one for one in verdicts if last[one.author] is not one],
    )


@admin.register(Verdict)
class VerdictAdmin(EvidenceAdmin):
    """Verdicts as far as they may be seen: the same rule as on the round's page."""

    related = ("round__proposition", "judge")
    list_display = ("question", "given", "met", "stage", "author", "submitted_at")
    list_filter = ("outcome", "condition", "stage")
    search_fields = ("round__proposition__statement",)
    ordering = ("-id",)
    fields = (
        "question",
        "given",
        "met",
        "annul_reason",
        "rationale",
        "searched",
        "stage",
        "author",
        "codebook",
        "submitted_at",
    )
    readonly_fields = ("question", "given", "met", "author")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        judge = actor(request)
        vars(request)["reader"] = judge
        answered = Verdict.objects.filter(judge=judge).values("round")
        seen = Q(judge=judge) | Q(round__closed_at__isnull=False)
        past_open = ~Q(round__state=State.OPEN)
        seen |= past_open if may(request, Verb.ADJUDICATE) else past_open & Q(round__in=answered)
        rows = super().get_queryset(request).filter(seen)
        for_whom = judge.pk
        return rows.extra(select={"own": "tracker_verdict.judge_id = %s"}, select_params=[for_whom])

    def sighted(self, rows: QuerySet[Any], judge: User) -> QuerySet[Any]:
        return rows.exclude(round__proposition__in=hidden_from(judge).values("pk"))

    @display(description="Proposition")
    def question(self, verdict: Verdict) -> str:
        return excerpt(verdict.round.proposition.statement, 90)

    @display(description="Verdict")
    def given(self, verdict: Verdict) -> str:
        return OUTCOME_LABELS[OutcomeAnswer(verdict.outcome)]

    @display(description="Condition")
    def met(self, verdict: Verdict) -> str:
        return "" if verdict.condition == "not_applicable" else verdict.get_condition_display()

    @display(description="Judge")
    def author(self, verdict: Any) -> str:
        if verdict.own:
            return "You"
        return str(verdict.judge) if verdict.round.closed_at else "Another judge"
