"""Captures: pages asked for by their address, and what became of each."""

from __future__ import annotations

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.actions import captures
from tracker.api.base import Body, Creates, NoBody, Noun
from tracker.api.fields import Known, Text, optional_text
from tracker.api.filters import Filter, Flag, Id
from tracker.api.pages import Order
from tracker.api.refs import Read, SourceRef, UserRef, link
from tracker.domain.captures import CaptureStatus
from tracker.models import Capture, Source


class CaptureRead(Read):
    source: Any = SourceRef()
    requested_by = UserRef()
    url = link("captures")

    class Meta:
        model = Capture
        fields = (
            "id",
            "uuid",
            "source",
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


class CaptureBody(Body):
    source: Any = Known(Source, help_text="Id.")
    url = optional_text(help_text="Where to fetch it, if not at the source's own address.")


class GivingUp(Body):
    reason = Text()


class CaptureFilter(Filter):
    source = Id(field_name="source_id")
    status = django_filters.ChoiceFilter(choices=[(s.value, s.value) for s in CaptureStatus])
    ended = Flag(field_name="finished_at", lookup_expr="isnull", exclude=True)


@extend_schema_view(create=extend_schema(summary="Ask for the page of a source"))
class Captures(Creates, Noun):
    """Pages asked for by their address; a worker fetches them, and each failure says why."""

    noun = "captures"
    queryset = Capture.objects.select_related("source", "requested_by")
    serializer_class = CaptureRead
    filterset_class = CaptureFilter
    order = Order(("id",))
    bodies = {"create": CaptureBody, "retry": NoBody, "withdraw": GivingUp}

    def make(self, sent: dict[str, Any]) -> Capture:
        return captures.request_capture(**self.act, **sent)

    @extend_schema(summary="Try a failed capture again", responses={200: CaptureRead})
    @action(methods=["post"], detail=True)
    def retry(self, request: Request, key: str) -> Response:
        found = self.get_object()
        self.sent()
        return self.shown(captures.retry_capture(**self.act, capture=found))

    @extend_schema(summary="Give a capture up", responses={200: CaptureRead})
    @action(methods=["post"], detail=True)
    def withdraw(self, request: Request, key: str) -> Response:
        found = self.get_object()
        return self.shown(captures.withdraw_capture(**self.act, capture=found, **self.sent()))
