"""Calendars of what comes due: one private address a person, and what stands behind it."""

from __future__ import annotations

from datetime import UTC, datetime, time
from hashlib import sha256
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tracker.actions import calendars
from tracker.actions.links import Purpose, hash_of
from tracker.api.base import Noun, refuse_unknown_parameters
from tracker.api.bodies import NoBody
from tracker.api.filters import Filter, Flag
from tracker.api.refs import Read, UserRef, link
from tracker.api.reply_links import ONCE, at
from tracker.domain.calendars import calendar
from tracker.models import CalendarFeed, Proposition

MEDIA_TYPE = "text/calendar"
DUE = "due-calendar"


class CalendarRead(Read):
    user = UserRef()
    url = link("calendars")

    class Meta:
        model = CalendarFeed
        fields: tuple[str, ...] = (
            "id",
            "uuid",
            "user",
            "made_at",
            "revoked_at",
            "last_read_at",
            "url",
        )


class CalendarMade(CalendarRead):
    address = serializers.SerializerMethodField(help_text=ONCE)

    class Meta(CalendarRead.Meta):
        fields = (*CalendarRead.Meta.fields, "address")

    def get_address(self, feed: CalendarFeed) -> str:
        return str(self.context["address"])


class CalendarFilter(Filter):
    revoked = Flag(field_name="revoked_at", lookup_expr="isnull", exclude=True)


class Calendars(Noun):
    """Private addresses of calendars: one's own, and for editors whose are out."""

    noun = "calendars"
    queryset = CalendarFeed.objects.select_related("user")
    serializer_class = CalendarRead
    filterset_class = CalendarFilter
    told_once = ("create",)
    bodies = {"create": NoBody, "revoke": NoBody}

    @extend_schema(
        summary="Make your calendar's address; it revokes the old", responses={201: CalendarMade}
    )
    def create(self, request: Request) -> Response:
        self.sent()
        issued = calendars.make_calendar(**self.act)
        shown = self.get_serializer_context() | {"address": at(request, DUE, issued.token)}
        where = at(request, "calendars-detail", issued.link.pk)
        body = CalendarMade(issued.link, context=shown).data
        return Response(body, status=201, headers={"Location": where, "Cache-Control": "no-store"})

    @extend_schema(summary="Revoke an address", responses={200: CalendarRead})
    @action(methods=["post"], detail=True)
    def revoke(self, request: Request, key: str) -> Response:
        found = self.get_object()
        self.sent()
        return self.shown(calendars.revoke_calendar(**self.act, feed=found))


class Due(APIView):
    """The calendar behind an address; it takes no login, so that calendar programs can follow."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        hash_of(kwargs["token"], Purpose.CALENDAR)
        refuse_unknown_parameters(request, ())

    @extend_schema(
        operation_id="due_calendar",
        summary="Read your calendar",
        parameters=[OpenApiParameter("token", str, OpenApiParameter.PATH)],
        responses={
            (200, MEDIA_TYPE): OpenApiResponse(OpenApiTypes.STR, description="iCalendar."),
            304: OpenApiResponse(description="Nothing has changed."),
        },
    )
    def get(self, request: Request, token: str) -> HttpResponse:
        now = timezone.now()
        feed = calendars.find_calendar(token, now=now)

        def address_of(proposition: Proposition) -> str:
            return at(request, "admin:tracker_proposition_change", proposition.pk)

        entries = calendars.entries_for(feed.user, now=now, address_of=address_of)
        body = calendar(entries)
        response = HttpResponse(body, content_type=f"{MEDIA_TYPE}; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="due.ics"'
        return _conditional(request, response, [entry.changed_at for entry in entries], now)


def _conditional(
    request: Request, response: HttpResponse, changes: list[datetime], now: datetime
) -> HttpResponse:
    """Answers 304 to who has it; the day counts as a change, for what falls out of the window."""
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    today = datetime.combine(now.date(), time(), UTC)
    changed = int(max([today, *changes]).timestamp())
    found = get_conditional_response(request, etag, changed, response) or response
    assert isinstance(found, HttpResponse), "Django answers with a response"
    found["ETag"] = etag
    found["Last-Modified"] = http_date(changed)
    found["Cache-Control"] = "private, no-cache"
    found["Referrer-Policy"] = "no-referrer"
    found["X-Robots-Tag"] = "noindex"
    return found
