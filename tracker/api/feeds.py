"""Atom feeds of claims, resolutions and corrections, for whoever may read these by the API."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db.models import DateTimeField, Max, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from tracker.api.access import sight_of
from tracker.api.base import refuse_unknown_parameters
from tracker.api.filters import keys
from tracker.api.topics import subtree
from tracker.domain.claim_reviews import shortened
from tracker.domain.feeds import MEDIA_TYPE, Entry, Feed, lasting, to_atom
from tracker.models import Claim, Organisation, Person, Resolution
from tracker.models.claims import ClaimState

MOST = 50
TITLE = 120  # characters
WITHDRAWN = (ClaimState.RETRACTED, ClaimState.MISQUOTE)
FILTERS = ("person", "organisation", "topic")


class FeedOf(APIView):
    """The newest 50; a correction issues its entry anew. The lists tell what is older."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown_parameters(request, FILTERS)

    @extend_schema(
        operation_id="feed",
        summary="Follow claims, resolutions or corrections",
        parameters=[
            OpenApiParameter(
                "name", str, OpenApiParameter.PATH, enum=["claims", "resolutions", "corrections"]
            ),
            OpenApiParameter("person", str, description="Id or slug."),
            OpenApiParameter("organisation", str, description="Id or slug."),
            OpenApiParameter("topic", str, description="Id or slug; with all below it."),
        ],
        responses={
            (200, MEDIA_TYPE): OpenApiResponse(OpenApiTypes.STR, description="Atom."),
            304: OpenApiResponse(description="Nothing has changed."),
        },
    )
    def get(self, request: Request, name: str) -> HttpResponse:
        if name not in SOURCES:
            raise Http404
        entries = sorted(SOURCES[name](request, _claims(request)), key=_newest)
        feed = Feed(
            address=request.build_absolute_uri(),
            title=f"{settings.TRACKER_PUBLISHER}: {name}",
            author=settings.TRACKER_PUBLISHER,
            entries=tuple(entries[:MOST]),
        )
        return _conditional(request, feed)


def _newest(entry: Entry) -> tuple[float, str]:
    return -entry.updated.timestamp(), str(entry.uuid)


def _conditional(request: Request, feed: Feed) -> HttpResponse:
    """Answers 304 to who has it."""
    body = to_atom(feed)
    etag, changed = f'"{sha256(body).hexdigest()[:32]}"', int(feed.updated.timestamp())
    response = HttpResponse(body, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    found = get_conditional_response(request, etag, None, response) or response
    assert isinstance(found, HttpResponse), "Django answers with a response"
    found["ETag"], found["Last-Modified"] = etag, http_date(changed)
    found["Cache-Control"] = "private, no-cache"
    found["Vary"] = "Authorization, Cookie"
    return found


def _claims(request: Request) -> QuerySet[Claim]:
    """The claims of which is told: what these eyes may see, of whom and what was asked."""
    asked = request.query_params
    claims = sight_of(request).see(Claim.objects.exclude(frozen_at=None))
    if "person" in asked:
        claims = claims.filter(person__in=keys(Person, asked["person"]))
    if "organisation" in asked:
        claims = claims.filter(organisation__in=keys(Organisation, asked["organisation"]))
    if "topic" in asked:
        claims = claims.filter(proposition__topic__in=subtree(asked["topic"]))
    return claims


def _changed(claims: QuerySet[Claim]) -> QuerySet[Any]:
    """With the moment of their last change, as their history knows it."""
    history: Any = Claim.pgh_event_models["insert"]  # type: ignore[attr-defined]  # by pghistory
    events = history.objects.filter(pgh_obj=OuterRef("pk")).order_by().values("pgh_obj")
    last = events.annotate(last=Max("pgh_created_at")).values("last")
    told = claims.annotate(changed_at=Subquery(last, output_field=DateTimeField()))
    return told.select_related("person", "organisation", "quotation", "proposition__topic")


def _of_claims(request: Request, claims: QuerySet[Claim]) -> list[Entry]:
    """The newest, and those that were withdrawn since: their entries are issued anew."""
    newest = list(_changed(claims).order_by("-id")[:MOST])
    withdrawn = _changed(claims.filter(state__in=WITHDRAWN)).order_by("-changed_at")[:MOST]
    told = {claim.pk: claim for claim in (*newest, *withdrawn)}
    return [_claim(request, claim) for claim in told.values()]


def _of_resolutions(request: Request, claims: QuerySet[Claim]) -> list[Entry]:
    found = _published(request, claims).filter(superseded_by=None)[:MOST]
    return [_resolution(request, one, lasts=True) for one in found]


def _of_corrections(request: Request, claims: QuerySet[Claim]) -> list[Entry]:
    """Resolutions that replaced another, and claims that were withdrawn."""
    revised = _published(request, claims).exclude(change_reason="")[:MOST]
    withdrawn = _changed(claims.filter(state__in=WITHDRAWN)).order_by("-changed_at")[:MOST]
    resolutions = [_resolution(request, one, lasts=False) for one in revised]
    return resolutions + [_claim(request, claim) for claim in withdrawn]


def _published(request: Request, claims: QuerySet[Claim]) -> QuerySet[Any]:
    """Published resolutions, the newest first, of the claims that were asked for."""
    found = sight_of(request).see(Resolution.objects.published())
    if any(name in request.query_params for name in FILTERS):
        found = found.filter(proposition__in=claims.order_by().values("proposition"))
    return found.select_related("proposition__topic").order_by("-published_at", "-id")


SOURCES: dict[str, Callable[[Request, QuerySet[Claim]], list[Entry]]] = {
    "claims": _of_claims,
    "resolutions": _of_resolutions,
    "corrections": _of_corrections,
}


def _claim(request: Request, claim: Any) -> Entry:
    withdrawn = f"{claim.get_state_display()}: " if claim.state in WITHDRAWN else ""
    words, statement = claim.quotation.exact, claim.proposition.statement
    reason = f"\n\n{claim.state_reason}" if withdrawn else ""
    topic = claim.proposition.topic
    return Entry(
        uuid=claim.uuid,
        title=shortened(f"{withdrawn}{claim.speaker}: “{words}”", TITLE),
        text=f"“{words}”\n\n{statement}{reason}",
        address=reverse("claims-detail", args=[claim.pk], request=request),
        published=claim.frozen_at,
        updated=max(claim.frozen_at, claim.changed_at or claim.frozen_at),
        categories=(claim.kind, *((topic.name,) if topic else ())),
    )


def _resolution(request: Request, resolution: Any, *, lasts: bool) -> Entry:
    """An entry whose id is that of whatever settles the proposition, or of this version alone."""
    what = resolution.proposition
    revised = f"Revised: {resolution.change_reason}\n\n" if resolution.change_reason else ""
    return Entry(
        uuid=lasting(what.uuid, "resolution") if lasts else resolution.uuid,
        title=shortened(f"{resolution.get_outcome_display()}: {what.statement}", TITLE),
        text=f"{revised}{what.statement}\n\n{resolution.rationale}",
        address=reverse("resolutions-detail", args=[resolution.pk], request=request),
        published=resolution.published_at,
        updated=resolution.published_at,
        categories=(resolution.outcome, *((what.topic.name,) if what.topic else ())),
    )
