"""Anchorings: where quotations stand in other captures of their page, and what people say of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.actions import anchorings
from tracker.api.base import Noun
from tracker.api.bodies import Body
from tracker.api.distortions import DiffPieceRead, QuotedRef
from tracker.api.fields import Text, optional_text
from tracker.api.filters import Filter, Flag, Id, OfSource
from tracker.api.refs import Read, SourceRef, UserRef, link
from tracker.domain.passages import diff
from tracker.domain.quotes import AnchorState
from tracker.models import Anchoring, Snapshot
from tracker.models.anchorings import ALARMING


class CaptureRef(Read):
    class Meta:
        model = Snapshot
        fields = ("id", "captured_at", "method", "text_sha256")


class AnchoringRead(Read):
    quotation = QuotedRef()
    source: Any = SourceRef(source="snapshot.source")
    snapshot = CaptureRef()
    diff = serializers.SerializerMethodField(help_text="From the quoted words to those found.")
    alarm = serializers.SerializerMethodField(
        help_text="The words changed or vanished, and nobody has looked at it."
    )
    seen_by = UserRef(allow_null=True)
    url = link("anchorings")

    class Meta:
        model = Anchoring
        fields = (
            "id",
            "uuid",
            "quotation",
            "source",
            "snapshot",
            "state",
            "exact",
            "start",
            "end",
            "distance",
            "diff",
            "alarm",
            "anchored_at",
            "seen_by",
            "seen_at",
            "note",
            "url",
        )

    @extend_schema_field(DiffPieceRead(many=True))
    def get_diff(self, anchoring: Anchoring) -> list[dict[str, Any]]:
        return [asdict(piece) for piece in diff(anchoring.quotation.exact, anchoring.exact)]

    def get_alarm(self, anchoring: Anchoring) -> bool:
        return anchoring.state in ALARMING and anchoring.seen_at is None


class SameWords(Body):
    note = optional_text(help_text="Why these are the same words.")


class ChangedWords(Body):
    note = Text(help_text="What the page has changed.")


class AnchoringFilter(Filter):
    quotation = Id(field_name="quotation__id")
    snapshot = Id(field_name="snapshot_id")
    source = OfSource(field_name="snapshot__source", label="Whose capture it is.")
    claim = Id(method="of_claim", label="Whose words are sought.")
    state = django_filters.ChoiceFilter(choices=[(s.value, s.value) for s in AnchorState])
    alarm = Flag(method="alarming", label="Changed or gone, and nobody has looked at it.")

    def of_claim(self, queryset: Any, name: str, value: int) -> QuerySet[Anchoring]:
        found: QuerySet[Anchoring] = queryset.of_claim(int(value))
        return found

    def alarming(self, queryset: Any, name: str, value: bool) -> QuerySet[Anchoring]:
        alarms = Anchoring.objects.alarms().order_by()
        found: QuerySet[Anchoring] = (
            queryset.alarms() if value else queryset.exclude(pk__in=alarms.values("pk"))
        )
        return found


class Anchorings(Noun):
    """What became of each quotation in every other full capture of its page."""

    noun = "anchorings"
    queryset = Anchoring.objects.select_related("quotation", "snapshot__source", "seen_by").defer(
        "snapshot__text"
    )
    serializer_class = AnchoringRead
    filterset_class = AnchoringFilter
    bodies = {"accept": SameWords, "acknowledge": ChangedWords}

    @extend_schema(summary="Take the passage for the quoted words", responses=AnchoringRead)
    @action(methods=["post"], detail=True)
    def accept(self, request: Request, key: str) -> Response:
        found = self.get_object()
        return self.shown(anchorings.accept(**self.act, anchoring=found, **self.sent()))

    @extend_schema(summary="Say that the page changed its words", responses=AnchoringRead)
    @action(methods=["post"], detail=True)
    def acknowledge(self, request: Request, key: str) -> Response:
        found = self.get_object()
        return self.shown(anchorings.acknowledge(**self.act, anchoring=found, **self.sent()))
