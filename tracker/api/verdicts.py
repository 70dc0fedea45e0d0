"""Verdicts: one judge's two answers in a round, never changed."""

from __future__ import annotations

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema, extend_schema_view

from tracker.actions import rounds
from tracker.api.base import Creates, Noun
from tracker.api.bodies import Body
from tracker.api.examples import VERDICT, sent
from tracker.api.fields import Known, Several, Text, chosen, key, optional_text
from tracker.api.fieldsets import blanked
from tracker.api.filters import Filter, Id
from tracker.api.refs import Read, UserRef, link
from tracker.domain.judging import OutcomeAnswer, Stage
from tracker.models import Round, Verdict


class VerdictRead(Read):
    judge = UserRef(
        allow_null=True,
        help_text="Of others' verdicts the names are told once the round is closed.",
    )
    url = link("verdicts")

    class Meta:
        model = Verdict
        fields = (
            "id",
            "uuid",
            "round",
            "judge",
            "stage",
            "condition",
            "outcome",
            "annul_reason",
            "rationale",
            "searched",
            "cited",
            "codebook",
            "submitted_at",
            "url",
        )

    def to_representation(self, instance: Verdict) -> Any:
        found = super().to_representation(instance)
        named = instance.round.closed_at or instance.judge == self.context["sight"].user
        return found if named else blanked(found, {"judge": None})


class VerdictBody(Body):
    """Two answers: was the condition met, and what became of the event."""

    outcome = chosen(Verdict, "outcome")
    condition = chosen(Verdict, "condition", required=False)
    annul_reason = chosen(Verdict, "annul_reason", required=False, allow_blank=True)
    rationale = Text()
    searched = optional_text(help_text="What was searched, where nothing was found.")
    cited = Several(child=key(), help_text="Ids of outcomes.")
    stage = chosen(Verdict, "stage", required=False, allow_blank=True)


class VerdictInRound(VerdictBody):
    round = Known(Round, help_text="Id.")


class VerdictFilter(Filter):
    round = Id(field_name="round_id")
    proposition = Id(field_name="round__proposition_id")
    stage = django_filters.ChoiceFilter(choices=[(s.value, s.value) for s in Stage])
    outcome = django_filters.ChoiceFilter(choices=[(o.value, o.value) for o in OutcomeAnswer])


@extend_schema_view(
    create=extend_schema(
        summary="Answer in a round", examples=sent(It_came_true={"round": 1, **VERDICT})
    )
)
class Verdicts(Creates, Noun):
    """Your own verdicts, and others' as far as the round has come."""

    noun = "verdicts"
    queryset = Verdict.objects.select_related("judge", "round").prefetch_related("cited")
    serializer_class = VerdictRead
    filterset_class = VerdictFilter
    bodies = {"create": VerdictInRound}

    def make(self, sent: dict[str, Any]) -> Verdict:
        return rounds.submit_verdict(**self.act, **sent)
