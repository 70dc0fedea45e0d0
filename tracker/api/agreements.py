"""How far judges and readers agree, per field, codebook and queue."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tracker.actions.agreements import Line, agreements
from tracker.api.access import MayEnter
from tracker.api.base import refuse_unknown_parameters
from tracker.api.formats import ByRequest
from tracker.api.tables import READ_AS
from tracker.domain.agreement import Level, Reading
from tracker.domain.score_wire import agreement_json
from tracker.models.agreements import CodedField


class AgreementRead(serializers.Serializer[Any]):
    """Alpha of one field, with all that it rests on."""

    field = serializers.ChoiceField(choices=[(f.value, f.value) for f in CodedField])
    codebook = serializers.CharField()
    queue = serializers.CharField(help_text="Why rounds were opened; readings; or all.")
    alpha = serializers.FloatField(allow_null=True, help_text="Null where no two codes differ.")
    level = serializers.ChoiceField(choices=[(level.value, level.value) for level in Level])
    units = serializers.IntegerField(help_text="That two or more have coded.")
    ratings = serializers.IntegerField()
    interval = serializers.ListField(child=serializers.FloatField(), allow_null=True)
    interval_level = serializers.FloatField()
    reading = serializers.ChoiceField(
        choices=[(r.value, r.value) for r in Reading], help_text="What such an alpha permits."
    )
    seed = serializers.IntegerField(help_text="Of the bootstrap.")


class Agreements(APIView):
    """Krippendorff's alpha of the codes that were given before anyone saw another's."""

    permission_classes = (MayEnter,)
    renderer_classes = READ_AS
    content_negotiation_class = ByRequest

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown_parameters(request, ())

    @extend_schema(
        operation_id="agreement",
        summary="Read how far coders agree",
        responses={200: AgreementRead(many=True)},
    )
    def get(self, request: Request) -> Response:
        return Response([shown(line) for line in agreements()])


def shown(line: Line) -> dict[str, Any]:
    """Returns a line under the names of the wire."""
    return {
        "field": line.field.value,
        "codebook": line.codebook,
        "queue": line.queue,
        **agreement_json(line.agreement),
    }
