"""Rounds: a proposition under judgement, and the steps that lead to a resolution."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.actions import resolutions, rounds
from tracker.api.base import Creates, Noun
from tracker.api.bodies import Body, NoBody
from tracker.api.examples import VERDICT, sent
from tracker.api.fields import Known, Text, Whole, chosen
from tracker.api.fieldsets import blanked
from tracker.api.filters import Filter, Flag, Id
from tracker.api.refs import PropositionRef, Read, link
from tracker.api.resolutions import ResolutionRead, Resolutions, Settlement
from tracker.api.verdicts import VerdictBody, VerdictRead, Verdicts
from tracker.domain.judging import State, moves_from
from tracker.domain.roles import Verb, permitted
from tracker.models import Proposition, Round

QUEUE = 50


class RoundRead(Read):
    proposition = PropositionRef()
    moves = serializers.SerializerMethodField(help_text="What you may decide upon now.")
    url = link("rounds")

    class Meta:
        model = Round
        fields = (
            "id",
            "uuid",
            "proposition",
            "proposition_version",
            "number",
            "reason",
            "needed",
            "state",
            "opened_at",
            "closed_at",
            "codebook",
            "note",
            "moves",
            "url",
        )

    def get_moves(self, round: Round) -> list[str]:
        return sorted(moves_from(State(round.state), self.context["sight"].roles))

    def to_representation(self, instance: Round) -> Any:
        found = super().to_representation(instance)
        masked = self.context["sight"].masks([instance.proposition_id])
        return blanked(found, {"note": ""}) if masked else found


class RoundBody(Body):
    proposition = Known(Proposition, help_text="Id.")
    reason = chosen(Round, "reason", required=False)
    needed = Whole(required=False, allow_null=True, min_value=1, max_value=5, help_text="Verdicts.")


class Abandonment(Body):
    reason = Text()


class RoundFilter(Filter):
    proposition = Id(field_name="proposition_id")
    state = django_filters.ChoiceFilter(choices=[(s.value, s.value) for s in State])
    open = Flag(field_name="closed_at", lookup_expr="isnull")
    awaiting_me = Flag(method="waits", label="In which you may still answer, and have not.")

    def waits(self, queryset: QuerySet[Round], name: str, value: bool) -> QuerySet[Round]:
        if not self.request.user.is_authenticated:
            return queryset.none()
        waiting = Round.objects.awaiting(self.request.user).order_by().values("pk")
        return queryset.filter(pk__in=waiting) if value else queryset.exclude(pk__in=waiting)


@extend_schema_view(create=extend_schema(summary="Open a round"))
class Rounds(Creates, Noun):
    """Judgings of propositions; judges see no speaker, outlet, quotation, hedge or probability."""

    noun = "rounds"
    queryset = Round.objects.select_related("proposition")
    serializer_class = RoundRead
    filterset_class = RoundFilter
    bodies = {
        "create": RoundBody,
        "judge": VerdictBody,
        "escalate": NoBody,
        "contest": NoBody,
        "abandon": Abandonment,
        "resolve": Settlement,
    }

    def make(self, sent: dict[str, Any]) -> Round:
        return rounds.open_round(**self.act, **sent)

    @extend_schema(
        summary="List the verdicts that you may see", responses={200: VerdictRead(many=True)}
    )
    @action(methods=["get"], detail=True, pagination_class=None, filterset_class=None)
    def verdicts(self, request: Request, key: str) -> Response:
        records = self.sight.see(Verdicts.queryset.filter(round=self.get_object()))
        context = self.get_serializer_context()
        ordered = records.order_by("submitted_at", "id")
        return Response(Verdicts.present(list(ordered), context, full=False))

    @extend_schema(
        summary="Answer in a round",
        responses={201: VerdictRead},
        examples=sent(It_came_true=VERDICT),
    )
    @verdicts.mapping.post
    def judge(self, request: Request, key: str) -> Response:
        found = self.get_object()
        verdict = rounds.submit_verdict(**self.act, round=found, **self.sent())
        return self.shown(verdict, Verdicts, status=201)

    @extend_schema(summary="Send a split round to an adjudicator", responses={200: RoundRead})
    @action(methods=["post"], detail=True)
    def escalate(self, request: Request, key: str) -> Response:
        found = self.get_object()
        self.sent()
        return self.shown(rounds.escalate(**self.act, round=found))

    @extend_schema(summary="Send an agreed round to a panel of three", responses={200: RoundRead})
    @action(methods=["post"], detail=True)
    def contest(self, request: Request, key: str) -> Response:
        found = self.get_object()
        self.sent()
        return self.shown(rounds.contest(**self.act, round=found))

    @extend_schema(summary="Close a round without a resolution", responses={200: RoundRead})
    @action(methods=["post"], detail=True)
    def abandon(self, request: Request, key: str) -> Response:
        found = self.get_object()
        return self.shown(rounds.abandon(**self.act, round=found, **self.sent()))

    @extend_schema(
        summary="List your queue",
        description="The rounds that await you, seats first, then in an order that is yours alone.",
        responses={200: RoundRead(many=True)},
    )
    @action(methods=["get"], detail=False, pagination_class=None, filterset_class=None)
    def queue(self, request: Request) -> Response:
        waiting: list[Round] = []
        if permitted(Verb.JUDGE, self.sight.roles):
            mine = Round.objects.awaiting(self.by).shuffled_for(self.by)
            waiting = list(mine.select_related("proposition")[:QUEUE])
        return Response(self.present(waiting, self.get_serializer_context(), full=False))

    @extend_schema(summary="Resolve by the verdicts", responses={201: ResolutionRead})
    @action(methods=["post"], detail=True)
    def resolve(self, request: Request, key: str) -> Response:
        found = self.get_object()
        resolution = resolutions.resolve(**self.act, round=found, **self.sent())
        return self.shown(resolution, Resolutions, status=201)
