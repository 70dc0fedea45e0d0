"""Outcomes: dated facts with their sources, shared by all propositions that they bear on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import Prefetch, prefetch_related_objects
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.actions import outcomes
from tracker.actions.outcomes import CitationDraft
from tracker.api.base import Creates, Noun, Records
from tracker.api.bodies import Body
from tracker.api.drafts import SourceBody
from tracker.api.examples import OUTCOME, sent
from tracker.api.fields import Known, Several, Text, Truth, key, optional_text
from tracker.api.fieldsets import blanked
from tracker.api.filters import Filter, Flag, Id
from tracker.api.pages import Order
from tracker.api.refs import Read, SourceRef, link
from tracker.models import Citation, Outcome, Proposition, Source


class CitationRead(Read):
    source: Any = SourceRef()

    class Meta:
        model = Citation
        fields = ("id", "source", "saw")


class OutcomeRead(Read):
    citations = CitationRead(many=True)
    propositions = serializers.SerializerMethodField(help_text="Ids of those it bears on.")
    url = link("outcomes")

    class Meta:
        model = Outcome
        fields = (
            "id",
            "uuid",
            "statement",
            "occurred_on",
            "occurred_precision",
            "occurred_words",
            "known_on",
            "found_nothing",
            "searched",
            "note",
            "citations",
            "propositions",
            "external_id",
            "url",
        )

    def get_propositions(self, outcome: Outcome) -> list[int]:
        return sorted(bearing.proposition_id for bearing in outcome.bearings.all())

    def to_representation(self, instance: Outcome) -> Any:
        found = super().to_representation(instance)
        # A coder's remark could tell a judge who spoke.
        masked = self.context["sight"].masks(self.get_propositions(instance))
        return blanked(found, {"note": ""}) if masked else found


class CitationBody(Body):
    """A source of the outcome, and what it shows in a sentence."""

    source: Any = SourceBody()
    saw = optional_text()

    makes = CitationDraft


class OutcomeBody(Body):
    statement = Text()
    occurred_on = optional_text(help_text="2016-04-10, 2016-04 or 2016-04-09/2016-04-10.")
    known_on = serializers.DateField(
        required=False, allow_null=True, help_text="Left out: the last day it can have occurred."
    )
    citations = Several(child=CitationBody())
    propositions = Several(child=key(), help_text="Ids of those it bears on.")
    found_nothing = Truth(required=False)
    searched = optional_text(help_text="What was searched, where and how.")
    note = optional_text()
    external_id = optional_text()


class Bearing(Body):
    proposition = Known(Proposition, help_text="Id.")


class OutcomeFilter(Filter):
    q = django_filters.CharFilter(
        field_name="statement", lookup_expr="icontains", label="In the statement."
    )
    proposition = Id(field_name="bearings__proposition_id")
    known_from = django_filters.DateFilter(field_name="known_on", lookup_expr="gte")
    known_to = django_filters.DateFilter(field_name="known_on", lookup_expr="lte")
    found_nothing = Flag()
    external_id = django_filters.CharFilter()


@extend_schema_view(
    create=extend_schema(summary="Record an outcome", examples=sent(A_fact_with_its_source=OUTCOME))
)
class Outcomes(Creates, Noun):
    """What happened, or that a search found nothing; newest first."""

    noun = "outcomes"
    queryset = Outcome.objects.prefetch_related("bearings")
    serializer_class = OutcomeRead
    filterset_class = OutcomeFilter
    order = Order(("known_on", "id"))
    bodies = {"create": OutcomeBody, "bear_on": Bearing}

    @classmethod
    def present(cls, records: Records, context: Mapping[str, Any], *, full: bool) -> list[Any]:
        """Returns them with those citations whose source this person may see."""
        seen = context["sight"].see(Source.objects.order_by()).values("pk")
        cited = Citation.objects.filter(source__in=seen).select_related("source")
        found = list(records)
        prefetch_related_objects(found, Prefetch("citations", cited))
        return super().present(found, context, full=full)

    def make(self, sent: dict[str, Any]) -> Outcome:
        return outcomes.record_outcome(by=self.by, **sent)

    @extend_schema(summary="Say that it bears on a proposition", responses={200: OutcomeRead})
    @action(methods=["post"], detail=True, url_path="bear-on")
    def bear_on(self, request: Request, key: str) -> Response:
        outcome = self.get_object()
        outcomes.bear_on(by=self.by, outcome=outcome, **self.sent())
        return self.shown(outcome)
