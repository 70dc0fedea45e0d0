"""Snapshots as mementos (RFC 7089): the text as it stood, a TimeGate and a TimeMap per page.

Archived pages are answered as plain text alone: nothing of them ever runs or renders here.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.utils.http import parse_http_date
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from tracker.actions.documents import find_source
from tracker.api.access import sight_of
from tracker.api.base import refuse_unknown_parameters
from tracker.api.fields import find
from tracker.domain.citations import address
from tracker.domain.errors import BadAddress
from tracker.domain.mementos import (
    LINK_FORMAT,
    Memento,
    Places,
    http_date,
    links,
    nearest,
    originals,
    timemap,
    timemap_json,
)
from tracker.models import Snapshot, Source

TEXT = "text/plain; charset=utf-8"
ACCEPT_DATETIME = "Accept-Datetime"
URL = OpenApiParameter(
    "url", str, OpenApiParameter.PATH, description="The page's address, as it is or encoded."
)
HTTP_DATE = (
    r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), (0[1-9]|[12]\d|3[01]) "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} ([01]\d|2[0-3]):[0-5]\d:[0-5]\d GMT$"
)
WHEN = OpenApiParameter(
    ACCEPT_DATETIME,
    {"type": "string", "pattern": HTTP_DATE, "example": "Thu, 31 May 2007 20:35:00 GMT"},
    OpenApiParameter.HEADER,
    description="Such as Thu, 31 May 2007 20:35:00 GMT; left out: the newest.",
)


class Mementos(APIView):
    """What the views of mementos share: which snapshots of a page these eyes may see."""

    def seen(self, source: Source) -> list[Memento]:
        """The snapshots of a source and of those merged into it, in order of time."""
        sight = sight_of(self.request)
        known = Source.objects.filter(pk=source.pk)
        if not sight.see(known).exists():
            return []
        snapshots = sight.see(Snapshot.objects.filter(source__in=known.kin()))
        rows = snapshots.order_by("captured_at", "id").values_list("pk", "captured_at")
        return [self.memento(pk, at) for pk, at in rows]

    def memento(self, pk: int, at: datetime) -> Memento:
        url = reverse("snapshots-text", args=[pk], request=self.request)
        return Memento(url, at)

    def places(self, source: Source) -> Places:
        original = address(source.url)

        def place(name: str, *args: str) -> str:
            stem: str = reverse(name, args=[*args, "x"], request=self.request)
            return stem.removesuffix("x") + original

        return Places(
            original, place("timegate"), place("timemap", "link"), place("timemap", "json")
        )

    def page(self, path: str) -> tuple[Source, list[Memento]]:
        """Returns the source at the address in the path, and its mementos; raises Http404."""
        for url in originals(path, self.request.META.get("QUERY_STRING", "")):
            try:
                source = find_source(url)
            except BadAddress:
                continue
            mementos = self.seen(source) if source else []
            if source and mementos:
                return source, mementos
        raise Http404


class SnapshotText(Mementos):
    """The text of a snapshot as a page of its own."""

    @extend_schema(
        operation_id="snapshots_text",
        summary="Read the text as it stood",
        parameters=[OpenApiParameter("key", str, OpenApiParameter.PATH)],
        responses={(200, "text/plain"): OpenApiTypes.STR},
    )
    def get(self, request: Request, key: str) -> HttpResponse:
        refuse_unknown_parameters(request, ())
        snapshots = Snapshot.objects.select_related("source__merged_into")
        found: Snapshot | None = find(sight_of(request).see(snapshots), key)
        if found is None:
            raise Http404
        source = found.source.merged_into or found.source
        mementos = self.seen(source)
        here = self.memento(found.pk, found.captured_at)
        if here not in mementos:
            raise Http404
        headers = {
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox",
        }
        if source.url:
            headers["Memento-Datetime"] = http_date(found.captured_at)
            headers["Link"] = links(self.places(source), mementos, here)
        return HttpResponse(found.text, content_type=TEXT, headers=headers)


class TimeGate(Mementos):
    """Leads to the snapshot of a page that is nearest to the moment in Accept-Datetime."""

    @extend_schema(
        operation_id="timegate",
        summary="Go to the snapshot nearest to a moment",
        parameters=[URL, WHEN],
        responses={302: OpenApiResponse(description="Location is the snapshot's text.")},
    )
    def get(self, request: Request, url: str) -> HttpResponse:
        moment = _moment(request)
        source, mementos = self.page(url)
        chosen = nearest(mementos, moment)
        link = links(self.places(source), mementos, chosen)
        headers = {"Location": chosen.url, "Vary": "accept-datetime", "Link": link}
        return HttpResponse(status=302, headers=headers)


class TimeMap(Mementos):
    """Lists all snapshots of a page."""

    @extend_schema(
        operation_id="timemap",
        summary="List the snapshots of a page",
        parameters=[
            OpenApiParameter("form", str, OpenApiParameter.PATH, enum=["link", "json"]),
            URL,
        ],
        responses={
            (200, LINK_FORMAT): OpenApiTypes.STR,
            (200, "application/json"): OpenApiTypes.OBJECT,
        },
    )
    def get(self, request: Request, form: str, url: str) -> HttpResponse | Response:
        if form not in ("link", "json"):
            raise Http404
        source, mementos = self.page(url)
        places = self.places(source)
        if form == "json":
            return Response(timemap_json(places, mementos))
        return HttpResponse(timemap(places, mementos), content_type=LINK_FORMAT)


def _moment(request: Request) -> datetime | None:
    given = request.headers.get(ACCEPT_DATETIME)
    if given is None:
        return None
    try:
        return datetime.fromtimestamp(parse_http_date(given), UTC)
    except (ValueError, OverflowError) as error:
        sentence = "Write the moment as HTTP does: Thu, 31 May 2007 20:35:00 GMT."
        # 30 February is written as it should be, but is no day.
        code = "no_such_day" if re.match(HTTP_DATE, given) else "bad_datetime"
        raise ValidationError({ACCEPT_DATETIME: sentence}, code=code) from error
