"""Scores as pictures: SVG that stands alone, prints, and says in words what it shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from tracker.actions import scores
from tracker.api.moments import AS_OF, PARAMETER
from tracker.api.scores import HINDSIGHT, KIND, ScoreView
from tracker.domain.calibration_picture import calibration_svg
from tracker.domain.caterpillar import Order, Standing, Standings, caterpillar_svg

MEDIA_TYPE = "image/svg+xml"
PICTURE = {(200, MEDIA_TYPE): OpenApiResponse(OpenApiTypes.STR, description="An SVG picture.")}


class OnePicture(BaseContentNegotiation):
    """A picture has one shape, whatever the client would rather have; errors stay JSON."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


class Picture(ScoreView):
    """A score drawn."""

    content_negotiation_class = OnePicture

    def drawn(self, svg: str) -> HttpResponse:
        return HttpResponse(svg, content_type=f"{MEDIA_TYPE}; charset=utf-8")


class CalibrationPicture(Picture):
    """How often what a subject said came true, beside a perfectly calibrated speaker's band."""

    parameters = (PARAMETER,)

    @extend_schema(
        operation_id="scores_calibration_picture",
        summary="Draw one subject's calibration",
        parameters=[KIND, AS_OF, OpenApiParameter("key", str, OpenApiParameter.PATH)],
        responses=PICTURE,
    )
    def get(self, request: Request, kind: str, key: str) -> HttpResponse:
        subject, seen = self.subjects(kind)
        with self.then():
            found = self.named(seen, key)
            shown = scores.calibration_of(subject, found.pk, str(found))
        return self.drawn(calibration_svg(shown))


class CaterpillarPicture(Picture):
    """Everybody's improvement with interval and reader band, by tier and name, never by rank."""

    @extend_schema(
        operation_id="scores_caterpillar_picture",
        summary="Draw the scores of one kind",
        parameters=[KIND, HINDSIGHT, AS_OF],
        responses=PICTURE,
    )
    def get(self, request: Request, kind: str) -> HttpResponse:
        subject, seen = self.subjects(kind)
        with self.then():
            lines = scores.records(subject, hindsight=self.hindsight())
            names = {record.pk: str(record) for record in seen.filter(pk__in=[r.id for r in lines])}
        rows = [
            replace(Standing.of(line.score), name=names[line.id])
            for line in lines
            if line.score and line.id in names
        ]
        shown = Standings.of(f"Scores of {subject.value}", rows, order=Order.TIERS)
        return self.drawn(caterpillar_svg(shown))
