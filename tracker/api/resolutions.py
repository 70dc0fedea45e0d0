"""Resolutions, with what their speakers replied and who disputed them."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.actions import resolutions
from tracker.api.base import Creates, Noun
from tracker.api.bodies import Body
from tracker.api.fields import Known, Text, Truth, optional_text
from tracker.api.filters import Filter, Flag, Id
from tracker.api.moments import Recalled
from tracker.api.refs import PersonRef, PropositionRef, Read, UserRef, link
from tracker.api.topics import subtree
from tracker.domain.judging import JUDGED_BY, ConditionAnswer, Method, OutcomeAnswer
from tracker.models import Dispute, Person, Reply, Resolution, Round
from tracker.models.resolutions import Ruling


class ReplyRead(Read):
    person = PersonRef(allow_null=True)
    url = link("replies")

    class Meta:
        model = Reply
        fields = ("id", "uuid", "resolution", "person", "author", "text", "received_at", "url")


class ResolutionRead(Read):
    proposition = PropositionRef()
    y = serializers.SerializerMethodField(help_text="1 it happened, 0 it did not, null unscored.")
    judged_by = serializers.SerializerMethodField(help_text="The method in words.")
    decided_by = UserRef()
    published_by = UserRef(allow_null=True)
    replies = ReplyRead(many=True)
    url = link("resolutions")

    class Meta:
        model = Resolution
        fields = (
            "id",
            "uuid",
            "proposition",
            "round",
            "seq",
            "condition",
            "outcome",
            "annul_reason",
            "y",
            "method",
            "judged_by",
            "rationale",
            "change_reason",
            "occurred_on",
            "late",
            "decided_by",
            "decided_at",
            "reply_until",
            "published_at",
            "published_by",
            "override_reason",
            "superseded_by",
            "replies",
            "url",
        )

    def get_judged_by(self, resolution: Resolution) -> str:
        return JUDGED_BY[Method(resolution.method)]

    def get_y(self, resolution: Resolution) -> int | None:
        holds = ConditionAnswer(resolution.condition).holds
        return OutcomeAnswer(resolution.outcome).y if holds else None


class Settlement(Body):
    """What an editor adds to the verdicts."""

    rationale = optional_text(help_text="Left out: the judges' own.")
    change_reason = optional_text(help_text="Why it replaces the resolution before it.")
    occurred_on = serializers.DateField(required=False, allow_null=True)
    late = Truth(required=False, help_text="It happened after the deadline.")


class ResolutionBody(Settlement):
    round = Known(Round, help_text="Id.")


class Publication(Body):
    override_reason = optional_text(help_text="Why before the reply window is over.")


class ResolutionFilter(Filter):
    proposition = Id(field_name="proposition_id")
    claim = Id(field_name="proposition__claims")
    topic = django_filters.CharFilter(method="about", label="Id or slug; with all below it.")
    outcome = django_filters.ChoiceFilter(choices=[(o.value, o.value) for o in OutcomeAnswer])
    method = django_filters.ChoiceFilter(choices=[(m.value, m.value) for m in Method])
    published = Flag(field_name="published_at", lookup_expr="isnull", exclude=True)
    current = Flag(field_name="superseded_by", lookup_expr="isnull")
    decided_from = django_filters.DateFilter(field_name="decided_at", lookup_expr="date__gte")
    decided_to = django_filters.DateFilter(field_name="decided_at", lookup_expr="date__lte")
    published_from = django_filters.DateFilter(field_name="published_at", lookup_expr="date__gte")
    published_to = django_filters.DateFilter(field_name="published_at", lookup_expr="date__lte")

    def about(self, queryset: QuerySet[Resolution], name: str, value: str) -> QuerySet[Resolution]:
        return queryset.filter(proposition__topic__in=subtree(value))


@extend_schema_view(create=extend_schema(summary="Resolve a round by its verdicts"))
class Resolutions(Creates, Recalled):
    """What rounds settled; a change is a new resolution that supersedes the old."""

    noun = "resolutions"
    queryset = Resolution.objects.select_related(
        "proposition", "decided_by", "published_by"
    ).prefetch_related("replies__person")
    serializer_class = ResolutionRead
    filterset_class = ResolutionFilter
    bodies = {"create": ResolutionBody, "publish": Publication}

    def make(self, sent: dict[str, Any]) -> Resolution:
        return resolutions.resolve(**self.act, **sent)

    @extend_schema(summary="Publish", responses={200: ResolutionRead})
    @action(methods=["post"], detail=True)
    def publish(self, request: Request, key: str) -> Response:
        found = self.get_object()
        return self.shown(resolutions.publish(**self.act, resolution=found, **self.sent()))


class ReplyBody(Body):
    resolution = Known(Resolution, help_text="Id.")
    author = Text(help_text="As they sign.")
    text = Text()
    person = Known(Person, required=False, allow_null=True, help_text="Id or slug.")


class ReplyFilter(Filter):
    resolution = Id(field_name="resolution_id")


@extend_schema_view(create=extend_schema(summary="Keep a speaker's reply verbatim"))
class Replies(Creates, Noun):
    """What the named speakers answered."""

    noun = "replies"
    queryset = Reply.objects.select_related("person")
    serializer_class = ReplyRead
    filterset_class = ReplyFilter
    bodies = {"create": ReplyBody}

    def make(self, sent: dict[str, Any]) -> Reply:
        return resolutions.record_reply(**self.act, **sent)


class DisputeRead(Read):
    ruled_by = UserRef(allow_null=True)
    url = link("disputes")

    class Meta:
        model = Dispute
        fields = (
            "id",
            "uuid",
            "resolution",
            "ground",
            "text",
            "filed_by",
            "filed_at",
            "ruling",
            "ruling_reason",
            "ruled_by",
            "ruled_at",
            "new_round",
            "url",
        )


class DisputeBody(Body):
    resolution = Known(Resolution, help_text="Id.")
    ground = Text()
    text = Text()
    filed_by = Text(help_text="As they sign.")


class RulingBody(Body):
    ruling = serializers.ChoiceField(
        choices=[(r.value, r.value) for r in (Ruling.UPHELD, Ruling.REJECTED)]
    )
    reason = Text()


class DisputeFilter(Filter):
    resolution = Id(field_name="resolution_id")
    ruling = django_filters.ChoiceFilter(choices=[(r.value, r.value) for r in Ruling])


@extend_schema_view(create=extend_schema(summary="File an appeal"))
class Disputes(Creates, Noun):
    """Appeals against published resolutions."""

    noun = "disputes"
    queryset = Dispute.objects.select_related("ruled_by")
    serializer_class = DisputeRead
    filterset_class = DisputeFilter
    bodies = {"create": DisputeBody, "rule": RulingBody}

    def make(self, sent: dict[str, Any]) -> Dispute:
        return resolutions.file_dispute(**self.act, **sent)

    @extend_schema(summary="Rule on an appeal", responses={200: DisputeRead})
    @action(methods=["post"], detail=True)
    def rule(self, request: Request, key: str) -> Response:
        found = self.get_object()
        return self.shown(resolutions.rule_on(**self.act, dispute=found, **self.sent()))
