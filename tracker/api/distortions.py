"""Distortions: words of a headline or relay that say something else than was said."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from tracker.actions.distortions import record_distortion
from tracker.api.base import Creates, Noun
from tracker.api.bodies import Body
from tracker.api.fields import Known, Text, Whole, chosen, optional_text
from tracker.api.filters import Filter, Id, OfSource
from tracker.api.pages import Order
from tracker.api.refs import Read, SourceRef, UserRef, link
from tracker.domain.passages import DiffOp, diff
from tracker.models import Distortion, Quotation, Snapshot
from tracker.models.distortions import DistortionPlace


class DiffPieceRead(serializers.Serializer[Any]):
    """A run of words that both have, that only the quotation has, or only the distortion."""

    op = serializers.ChoiceField(choices=[(op.value, op.value) for op in DiffOp])
    text = serializers.CharField()


class QuotedRef(Read):
    class Meta:
        model = Quotation
        fields = ("id", "exact")


class DistortionRead(Read):
    quotation = QuotedRef()
    source: Any = SourceRef(source="snapshot.source")
    diff = serializers.SerializerMethodField(help_text="From what was said to these words.")
    recorded_by = UserRef()
    url = link("distortions")

    class Meta:
        model = Distortion
        fields = (
            "id",
            "uuid",
            "quotation",
            "source",
            "snapshot",
            "place",
            "exact",
            "start",
            "end",
            "diff",
            "note",
            "recorded_by",
            "recorded_at",
            "url",
        )

    @extend_schema_field(DiffPieceRead(many=True))
    def get_diff(self, distortion: Distortion) -> list[dict[str, Any]]:
        return [asdict(piece) for piece in diff(distortion.quotation.exact, distortion.exact)]


class DistortionBody(Body):
    """Words of a snapshot and the quotation that they change; headlines count."""

    quotation = Known(Quotation, help_text="Id of what was said.")
    snapshot = Known(Snapshot, help_text="Id of the text that changes it.")
    exact = Text()
    start = Whole(required=False, allow_null=True, min_value=0, max_value=2**31 - 1)
    end = Whole(required=False, allow_null=True, min_value=0, max_value=2**31 - 1)
    place = chosen(Distortion, "place")
    note = optional_text(help_text="What the change does to the meaning.")


class DistortionFilter(Filter):
    # quotation_id__exact would ask for the words: a quotation has a column of that name.
    quotation = Id(field_name="quotation__id")
    source = OfSource(field_name="snapshot__source", label="Whose text changes the words.")
    claim = Id(method="of_claim", label="Whose quotations are changed.")
    place = django_filters.ChoiceFilter(choices=[(p.value, p.value) for p in DistortionPlace])

    def of_claim(self, queryset: QuerySet[Distortion], name: str, value: int) -> Any:
        said = Quotation.objects.order_by().filter(Q(claims=value) | Q(also_claims=value))
        return queryset.filter(quotation__in=said.values("pk"))


@extend_schema_view(create=extend_schema(summary="Record where words were sharpened"))
class Distortions(Creates, Noun):
    """Words of a headline, relay, paraphrase or caption that change what was said."""

    noun = "distortions"
    queryset = Distortion.objects.select_related(
        "quotation", "snapshot__source", "recorded_by"
    ).defer("snapshot__text")
    serializer_class = DistortionRead
    filterset_class = DistortionFilter
    order = Order(("id",))
    bodies = {"create": DistortionBody}

    def make(self, sent: dict[str, Any]) -> Distortion:
        return record_distortion(**self.act, **sent)
