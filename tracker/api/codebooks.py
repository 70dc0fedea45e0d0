"""The codebook at its public, versioned address: a page for people, the same as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpResponseRedirect
from django.template.loader import render_to_string
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from tracker.actions.codebooks import find_codebook, versions
from tracker.api.base import refuse_unknown_parameters
from tracker.api.formats import PARAMETER, ByRequest
from tracker.api.wire import JSONRenderer
from tracker.domain.codebooks import CORRECTIONS, CURRENT

HEADERS = {
    "Cache-Control": "public, max-age=3600",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Vary": "Accept",
}
FORMATS = ("json", "html")
FORMAT = OpenApiParameter(
    PARAMETER, str, enum=list(FORMATS), description="The shape; overrides Accept."
)


class RuleShape(serializers.Serializer[Any]):
    key = serializers.CharField(help_text="The anchor under which it can be linked.")
    title = serializers.CharField()
    text = serializers.CharField()


class SectionShape(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    lead = serializers.CharField()
    rules = RuleShape(many=True)


class CodedFieldShape(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    required: Any = serializers.BooleanField(help_text="Before a claim can be frozen.")
    scale = serializers.CharField()
    text = serializers.CharField()


class VersionShape(serializers.Serializer[Any]):
    version = serializers.CharField()
    url = serializers.URLField()


class CodebookRead(serializers.Serializer[Any]):
    """One version of the protocol by which claims are coded and judged."""

    version = serializers.CharField()
    adopted = serializers.DateField()
    summary = serializers.CharField()
    sections = SectionShape(many=True)
    fields: Any = CodedFieldShape(many=True)
    versions = VersionShape(many=True)
    url = serializers.URLField()


class CodebookPage(BaseRenderer):
    """The same for people; a refusal is JSON."""

    media_type = "text/html"
    format = "html"
    charset = "utf-8"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        if (renderer_context or {})["response"].exception:
            return JSONRenderer().render(data)
        return render_to_string("tracker/codebook.html", data).encode()


class CodebookOf(APIView):
    """One version of the codebook; it never changes, and takes no login."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    content_negotiation_class = ByRequest
    renderer_classes = (JSONRenderer, CodebookPage)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown_parameters(request, {PARAMETER})
        if request.query_params.get(PARAMETER, "json") not in FORMATS:
            sentence = f"format is one of: {', '.join(FORMATS)}."
            raise ValidationError({PARAMETER: sentence}, code="unknown_format")

    @extend_schema(
        operation_id="codebook",
        summary="Read a version of the codebook",
        parameters=[OpenApiParameter("version", str, OpenApiParameter.PATH), FORMAT],
        responses={
            (200, "application/json"): CodebookRead,
            (200, "text/html"): {"type": "string"},
        },
    )
    def get(self, request: Request, version: str) -> Response:
        if version not in versions():
            raise Http404
        others = [{"version": one, "url": address_of(request, one)} for one in versions()]
        body = {
            **asdict(find_codebook(version)),
            "versions": others,
            "url": address_of(request, version),
        }
        return Response(body, headers=HEADERS)


def address_of(request: Request | None, version: str, section: str = "") -> str:
    """Returns where a version of the codebook is read, or one of its sections."""
    found = reverse("codebook", args=[version], request=request)
    return f"{found}#{section}" if section else found


def current(request: Request) -> HttpResponseRedirect:
    """Leads to the codebook that is in use."""
    return HttpResponseRedirect(address_of(None, CURRENT))


def corrections(request: Request) -> HttpResponseRedirect:
    """Leads to the corrections policy that is in force."""
    return HttpResponseRedirect(address_of(None, CURRENT, CORRECTIONS))
