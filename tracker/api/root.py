"""Where to begin: the nouns with their addresses; and where there is nothing."""

from __future__ import annotations

from typing import Any, NoReturn

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from tracker.api.base import refuse_unknown_parameters

PLACES = (
    "people",
    "organisations",
    "sources",
    "captures",
    "snapshots",
    "quotations",
    "anchorings",
    "distortions",
    "topics",
    "propositions",
    "claims",
    "duplicates",
    "readings",
    "outcomes",
    "rounds",
    "assignments",
    "overrides",
    "verdicts",
    "resolutions",
    "replies",
    "reply-links",
    "disputes",
    "calendars",
    "external-reviews",
    "events",
    "webhooks",
    "deliveries",
    "lexicons",
    "score-runs",
    "imports",
)


class Root(APIView):
    """The nouns and their addresses."""

    permission_classes = (AllowAny,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown_parameters(request, ())

    @extend_schema(
        summary="List the nouns",
        responses={200: {"type": "object", "additionalProperties": {"type": "string"}}},
    )
    def get(self, request: Request) -> Response:
        lists = {noun: reverse(f"{noun}-list", request=request) for noun in PLACES}
        others = {
            "agreement": reverse("agreement", request=request),
            "scores": reverse("scores", request=request),
            "exports": reverse("exports", request=request),
            "tokens": reverse("tokens", request=request),
            "schema": reverse("schema", request=request),
            "docs": reverse("docs", request=request),
        }
        return Response({**lists, **others})


class Nowhere(APIView):
    """Answers for every address that is none, in the shape of all other refusals."""

    permission_classes = (AllowAny,)
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> NoReturn:
        raise Http404
