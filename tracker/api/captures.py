"""Captures: pages asked for by their address, and what became of each."""

from __future__ import annotations

from typing import Any

import django_filters
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.actions import captures, custody, proposals
from tracker.api.base import Creates, Noun
from tracker.api.bodies import Body, NoBody
from tracker.api.fields import Known, Several, Text, optional_text
from tracker.api.filters import Filter, Flag, OfSource
from tracker.api.pages import Order
from tracker.api.refs import Read, SourceRef, UserRef, link
from tracker.api.schema import ProblemSchema
from tracker.api.uploads import UploadBody, UploadParser
from tracker.api.wire import JSONParser
from tracker.domain.captures import CaptureStatus
from tracker.models import Capture, Source

ENDINGS = {"text/html": ".html", "text/plain": ".txt", "application/pdf": ".pdf"}


class CaptureRead(Read):
    source: Any = SourceRef()
    requested_by = UserRef()
    url = link("captures")

    class Meta:
        model = Capture
        fields: tuple[str, ...] = (
            "id",
            "uuid",
            "source",
            "method",
            "requested_url",
            "final_url",
            "status",
            "reason",
            "attempts",
            "http_status",
            "mime",
            "bytes_sha256",
            "size",
            "snapshot",
            "requested_by",
            "requested_at",
            "finished_at",
            "url",
        )


class DifferenceRead(serializers.Serializer[Any]):
    """What is on file, and what the page says."""

    filed = serializers.JSONField(help_text="Text, or a list of names.")
    page = serializers.JSONField(help_text="Text, or a list of names.")


class CaptureFull(CaptureRead):
    found = serializers.JSONField(
        help_text="What the page says of itself: title, bylines, published_on, outlet, language, "
        "address; `addresses` that people decide on; of an archive, its link and time."
    )
    differs = serializers.SerializerMethodField(
        help_text="By field, where the page says something else than what is on file."
    )

    class Meta(CaptureRead.Meta):
        fields = (*CaptureRead.Meta.fields, "found", "differs")

    @extend_schema_field(serializers.DictField(child=DifferenceRead()))
    def get_differs(self, capture: Capture) -> dict[str, Any]:
        found = proposals.proposed(capture)
        return {one.field: {"filed": one.filed, "page": one.page} for one in found}


class Acceptance(Body):
    fields: Any = Several(child=Text(), required=True)
    reason = optional_text(help_text="Why; kept in the source's history.")


class CaptureBody(Body):
    source: Any = Known(Source, help_text="Id.")
    url = optional_text(help_text="Where to fetch it, if not at the source's own address.")


class GivingUp(Body):
    reason = Text()


class CaptureFilter(Filter):
    source = OfSource(field_name="source")
    status = django_filters.ChoiceFilter(choices=[(s.value, s.value) for s in CaptureStatus])
    ended = Flag(field_name="finished_at", lookup_expr="isnull", exclude=True)


@extend_schema_view(
    create=extend_schema(
        summary="Ask for the page of a source, or upload it",
        request={"application/json": CaptureBody, "multipart/form-data": UploadBody},
        responses={201: CaptureFull},
    ),
    retrieve=extend_schema(responses=CaptureFull),
)
class Captures(Creates, Noun):
    """Pages captured by their address, which a worker does, or uploaded; failures say why."""

    noun = "captures"
    queryset = Capture.objects.select_related(
        "source__outlet", "source__merged_into__outlet", "requested_by"
    )
    serializer_class = CaptureRead
    full_serializer_class = CaptureFull
    filterset_class = CaptureFilter
    parser_classes = (JSONParser, UploadParser)
    order = Order(("id",))
    bodies = {
        "create": CaptureBody,
        "retry": NoBody,
        "withdraw": GivingUp,
        "accept": Acceptance,
    }

    def create(self, request: Request) -> Response:
        if (request.content_type or "").startswith("multipart/"):
            file = self.sent(UploadBody)
            return self.shown(custody.upload(**self.act, file=file), status=201)
        return super().create(request)

    def make(self, sent: dict[str, Any]) -> Capture:
        return captures.request_capture(**self.act, **sent)

    @extend_schema(summary="Try a failed capture again", responses={200: CaptureFull})
    @action(methods=["post"], detail=True, parser_classes=(JSONParser,))
    def retry(self, request: Request, key: str) -> Response:
        found = self.get_object()
        self.sent()
        return self.shown(captures.retry_capture(**self.act, capture=found))

    @extend_schema(
        summary="Give a capture up, or hide the bytes of one that was kept",
        responses={200: CaptureFull},
    )
    @action(methods=["post"], detail=True, parser_classes=(JSONParser,))
    def withdraw(self, request: Request, key: str) -> Response:
        found = self.get_object()
        return self.shown(captures.withdraw_capture(**self.act, capture=found, **self.sent()))

    @extend_schema(summary="Take over what the page says of itself", responses={200: CaptureFull})
    @action(methods=["post"], detail=True, parser_classes=(JSONParser,))
    def accept(self, request: Request, key: str) -> Response:
        found = self.get_object()
        return self.shown(proposals.accept(**self.act, capture=found, **self.sent()))

    @extend_schema(
        summary="The bytes as they were captured",
        responses={
            (200, "application/octet-stream"): OpenApiTypes.BINARY,
            (410, "application/problem+json"): ProblemSchema,
        },
    )
    @action(methods=["get"], detail=True, url_path="bytes", tabled=False)
    def original(self, request: Request, key: str) -> HttpResponse:
        found = self.get_object()
        data = custody.bytes_of(by=self.by, capture=found)
        name = f"capture-{found.pk}{ENDINGS.get(found.mime, '.bin')}"
        return HttpResponse(
            data,
            content_type="application/octet-stream",
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "X-Content-Type-Options": "nosniff",
                # What is withdrawn tomorrow must not be handed out by a cache.
                "Cache-Control": "private, no-store",
            },
        )
