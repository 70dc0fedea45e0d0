"""Propositions: what the world can settle, without a word of who said it or how surely."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.actions import propositions
from tracker.actions.propositions import PropositionDraft
from tracker.api.access import sight_of
from tracker.api.base import Changes, Creates, Noun
from tracker.api.bodies import Body, Change, NoBody
from tracker.api.drafts import PropositionBody
from tracker.api.duplicates import LikePropositions, StandingPropositions
from tracker.api.fields import Known, Probability, Text, Truth, chosen, optional_text, scale
from tracker.api.fieldsets import blanked
from tracker.api.filters import Flag, Id
from tracker.api.refs import PropositionRef, Read, TopicRef, link
from tracker.api.topics import subtree
from tracker.models import Benchmark, Proposition, Resolution, Topic

# The speaker's words and the coder's remarks could tell a judge who spoke.
TELLING = ("condition_words", "deadline_words", "deadline_reason", "note")


class PropositionRead(Read):
    topic = TopicRef(allow_null=True)
    condition = PropositionRef(allow_null=True)
    url = link("propositions")

    class Meta:
        model = Proposition
        fields = (
            "id",
            "uuid",
            "statement",
            "criteria",
            "resolution_sources",
            "topic",
            "condition",
            "condition_required",
            "condition_words",
            "deadline",
            "deadline_basis",
            "deadline_words",
            "deadline_reason",
            "review_on",
            "event_seen",
            "specificity",
            "difficulty",
            "importance",
            "note",
            "version",
            "frozen_at",
            "supersedes",
            "merged_into",
            "url",
        )

    def to_representation(self, instance: Proposition) -> Any:
        found = super().to_representation(instance)
        masked = self.context["sight"].masks([instance.pk])
        return blanked(found, dict.fromkeys(TELLING, "")) if masked else found


class PropositionChange(Change):
    statement = Text()
    criteria = optional_text()
    resolution_sources = optional_text()
    topic = Known(Topic, allow_null=True, help_text="Id or slug.")
    condition = Known(Proposition, allow_null=True, help_text="Id.")
    condition_required = Truth()
    condition_words = optional_text()
    deadline = serializers.DateField(allow_null=True)
    deadline_basis = chosen(Proposition, "deadline_basis")
    deadline_words = optional_text()
    deadline_reason = optional_text()
    review_on = serializers.DateField(allow_null=True)
    specificity = scale(0, 3)
    difficulty = scale(1, 5)
    importance = scale(1, 3)
    note = optional_text()


class BenchmarkRead(Read):
    p = Probability()

    class Meta:
        model = Benchmark
        fields = ("id", "uuid", "kind", "p", "as_of", "method", "source")


class BenchmarkBody(Body):
    """A probability to measure claims against, older than the outcome."""

    kind = chosen(Benchmark, "kind", required=False)
    p = Probability()
    as_of = serializers.DateField()
    method = Text()
    source: Any = optional_text()


class PropositionFilter(StandingPropositions):
    q = django_filters.CharFilter(
        field_name="statement", lookup_expr="icontains", label="In the statement."
    )
    topic = django_filters.CharFilter(method="about", label="Id or slug; with all below it.")
    frozen = Flag(field_name="frozen_at", lookup_expr="isnull", exclude=True)
    due = Flag(method="is_due", label="Waits for a round today.")
    resolved = Flag(method="is_resolved", label="Has a published resolution.")
    conditional = Flag(field_name="condition", lookup_expr="isnull", exclude=True)
    condition = Id(field_name="condition_id")
    deadline_from = django_filters.DateFilter(field_name="deadline", lookup_expr="gte")
    deadline_to = django_filters.DateFilter(field_name="deadline", lookup_expr="lte")

    def about(
        self, queryset: QuerySet[Proposition], name: str, value: str
    ) -> QuerySet[Proposition]:
        return queryset.filter(topic__in=subtree(value))

    def is_resolved(
        self, queryset: QuerySet[Proposition], name: str, value: bool
    ) -> QuerySet[Proposition]:
        # Only what the asker may see counts: a judge learns nothing from what is left out.
        settled = sight_of(self.request).see(Resolution.objects.published())
        known = settled.order_by().values("proposition")
        return queryset.filter(pk__in=known) if value else queryset.exclude(pk__in=known)

    def is_due(
        self, queryset: QuerySet[Proposition], name: str, value: bool
    ) -> QuerySet[Proposition]:
        due = Proposition.objects.due(timezone.now().date()).order_by().values("pk")
        return queryset.filter(pk__in=due) if value else queryset.exclude(pk__in=due)


@extend_schema_view(
    create=extend_schema(summary="File a proposition"),
    partial_update=extend_schema(summary="Change a proposition that is not frozen"),
)
class Propositions(LikePropositions, Creates, Changes, Noun):
    """Neutral sentences in positive form; judges see no speaker, outlet, hedge or probability."""

    noun = "propositions"
    queryset = Proposition.objects.select_related("topic", "condition")
    serializer_class = PropositionRead
    filterset_class = PropositionFilter
    bodies = {
        "create": PropositionBody,
        "partial_update": PropositionChange,
        "freeze": NoBody,
        "event_seen": NoBody,
        "add_benchmark": BenchmarkBody,
    }

    def make(self, draft: PropositionDraft) -> Proposition:
        return propositions.file_proposition(by=self.by, draft=draft)

    def change(self, record: Proposition, reason: str, changes: dict[str, Any]) -> Proposition:
        return propositions.edit_proposition(
            by=self.by, proposition=record, reason=reason, **changes
        )

    @extend_schema(summary="Fix the wording", responses={200: PropositionRead})
    @action(methods=["post"], detail=True)
    def freeze(self, request: Request, key: str) -> Response:
        record = self.get_object()
        self.sent()
        return self.shown(propositions.freeze_proposition(**self.act, proposition=record))

    @extend_schema(summary="Say that the event was seen", responses={200: PropositionRead})
    @action(methods=["post"], detail=True, url_path="event-seen")
    def event_seen(self, request: Request, key: str) -> Response:
        record = self.get_object()
        self.sent()
        return self.shown(propositions.see_event(by=self.by, proposition=record))

    @extend_schema(summary="List the benchmarks", responses={200: BenchmarkRead(many=True)})
    @action(methods=["get"], detail=True, pagination_class=None, filterset_class=None)
    def benchmarks(self, request: Request, key: str) -> Response:
        record = self.get_object()
        # A base rate is a probability: a judge answers without one.
        found = [] if self.sight.masks([record.pk]) else record.benchmarks.all()
        return Response(BenchmarkRead(found, many=True).data)

    @extend_schema(summary="Fix a base rate, market or crowd", responses={201: BenchmarkRead})
    @benchmarks.mapping.post
    def add_benchmark(self, request: Request, key: str) -> Response:
        record = self.get_object()
        made = propositions.add_benchmark(by=self.by, proposition=record, **self.sent())
        return Response(BenchmarkRead(made).data, status=201)
