"""claims:search under the names of Google's Fact Check Tools, so that its clients work unchanged.

The API: https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims/search
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.core import signing
from django.db.models import DateField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from tracker.api.access import sight_of
from tracker.api.base import refuse_unknown_parameters
from tracker.api.bodies import Body
from tracker.domain.claim_reviews import grade_of, graded, label_of, reviewed, shortened
from tracker.domain.judging import GRADES
from tracker.models import Claim, ExternalReview
from tracker.models.claims import Polarity

USUAL, MOST = 10, 100
NEVER = date(1, 1, 1)
SALT = "tracker.fact_checks"
LANGUAGE = "en"  # in which propositions are written
OURS, THEIRS = 1, 0
ASKED = (
    "query",
    "languageCode",
    "reviewPublisherSiteFilter",
    "maxAgeDays",
    "pageSize",
    "pageToken",
)
# What Google's clients send along; a key is no credential here, and is not read.
TOLERATED = ("key", "alt", "prettyPrint", "quotaUser")


class PublisherShape(serializers.Serializer[Any]):
    name = serializers.CharField()
    site = serializers.CharField()


class ClaimReviewFound(serializers.Serializer[Any]):
    publisher = PublisherShape()
    url = serializers.CharField()
    title = serializers.CharField(required=False)
    reviewDate = serializers.DateTimeField(required=False)
    textualRating = serializers.CharField()
    languageCode = serializers.CharField(required=False)


class ReviewedClaimFound(serializers.Serializer[Any]):
    text = serializers.CharField()
    claimant = serializers.CharField(required=False)
    claimDate = serializers.DateTimeField(required=False)
    claimReview = ClaimReviewFound(many=True)


class ClaimsFound(serializers.Serializer[Any]):
    """A page of claims that were reviewed, newest review first."""

    claims = ReviewedClaimFound(many=True, required=False)
    nextPageToken = serializers.CharField(required=False)


class QuestionBody(Body):
    query = serializers.CharField(required=False, allow_blank=True, max_length=1_000)
    languageCode = serializers.CharField(required=False, allow_blank=True, max_length=35)
    reviewPublisherSiteFilter = serializers.CharField(
        required=False, allow_blank=True, max_length=253
    )
    maxAgeDays = serializers.IntegerField(required=False, min_value=0, max_value=36_500)
    pageSize = serializers.IntegerField(required=False, min_value=0, max_value=MOST)
    pageToken = serializers.CharField(required=False, allow_blank=True, max_length=500)


@dataclass(frozen=True)
class Place:
    """Where a claim stands in the answer: newest first, ours before theirs, then by id."""

    day: date
    kind: int
    pk: int

    @property
    def key(self) -> tuple[date, int, int]:
        return self.day, self.kind, self.pk


def _text(longest: int) -> dict[str, Any]:
    return {"type": "string", "maxLength": longest}


def _whole(most: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": 0, "maximum": most}


class ClaimsSearch(APIView):
    """Our published verdicts and the reviews of others that we have taken in."""

    @extend_schema(
        operation_id="claims_search",
        summary="Search reviewed claims, under the names of Google's Fact Check Tools",
        parameters=[
            OpenApiParameter("query", _text(1_000), description="Words, as in a web search."),
            OpenApiParameter("languageCode", _text(35), description="BCP 47 tag, such as en-GB."),
            OpenApiParameter("reviewPublisherSiteFilter", _text(253), description="A host name."),
            OpenApiParameter("maxAgeDays", _whole(36_500), description="Of the review."),
            OpenApiParameter("pageSize", _whole(MOST), description=f"{USUAL}; {MOST} most."),
            OpenApiParameter(
                "pageToken", _text(500), description="nextPageToken of the page before."
            ),
            *(OpenApiParameter(name, str, description="Not read.") for name in TOLERATED),
        ],
        responses={200: ClaimsFound},
    )
    def get(self, request: Request) -> Response:
        refuse_unknown_parameters(request, (*ASKED, *TOLERATED), or_empty=ASKED)
        asked = QuestionBody.read({n: v for n, v in request.query_params.items() if n in ASKED})
        if not asked.get("query") and not asked.get("reviewPublisherSiteFilter"):
            sentence = "Send words to search for, or a publisher's site."
            raise ValidationError({"query": sentence}, code="incomplete")
        size = asked.get("pageSize") or USUAL
        after = _place(asked.get("pageToken", ""))
        found = [*_ours(request, asked, after, size), *_theirs(request, asked, after, size)]
        found.sort(key=lambda one: one[0].key, reverse=True)
        answer: dict[str, Any] = {"claims": [told for _, told in found[:size]]} if found else {}
        if len(found) > size:
            answer["nextPageToken"] = _token(found[size - 1][0])
        return Response(answer)


def _token(place: Place) -> str:
    return signing.dumps([place.day.isoformat(), place.kind, place.pk], salt=SALT)


def _place(token: str) -> Place | None:
    """Returns where a page begins, None for the first; raises ValidationError."""
    if not token:
        return None
    try:
        day, kind, pk = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        sentence = "Send nextPageToken as it came."
        raise ValidationError({"pageToken": sentence}, code="bad_cursor") from error
    return Place(date.fromisoformat(day), kind, pk)


Found = list[tuple[Place, dict[str, Any]]]


def _page(rows: QuerySet[Any], kind: int, asked: Mapping[str, Any], after: Place | None) -> Any:
    """Rows with their `day`, as old as was asked for, from this place on."""
    if days := asked.get("maxAgeDays"):
        rows = rows.filter(day__gte=timezone.now().date() - timedelta(days=days))
    if after:
        same = Q(day=after.day) if kind < after.kind else Q(day=after.day, pk__lt=after.pk)
        older = Q(day__lt=after.day)
        rows = rows.filter(older | same if kind <= after.kind else older)
    return rows.order_by("-day", "-pk")


def _ours(request: Request, asked: Mapping[str, Any], after: Place | None, size: int) -> Found:
    site = urlsplit(request.build_absolute_uri("/")).hostname or ""
    wanted = asked.get("reviewPublisherSiteFilter", "").lower().removeprefix("www.")
    if (wanted and wanted != site.removeprefix("www.")) or not _speaks(asked, LANGUAGE):
        return []
    settled = Claim.objects.ratable().filter(proposition__current_resolution__outcome__in=GRADES)
    rows = (
        sight_of(request)
        .see(settled)
        .annotate(day=TruncDate("proposition__current_resolution__published_at", tzinfo=UTC))
    )
    if asked.get("query"):
        text = SearchVector("quotation__exact", "proposition__statement", config="english")
        rows = rows.annotate(words=text).filter(words=_words(asked))
    rows = rows.annotate(outcome=F("proposition__current_resolution__outcome"))
    rows = rows.select_related("person", "organisation", "proposition")
    page = _page(rows, OURS, asked, after)[: size + 1]
    return [(Place(one.day, OURS, one.pk), _our_claim(one, request, site)) for one in page]


def _our_claim(claim: Any, request: Request, site: str) -> dict[str, Any]:
    denies, statement = claim.polarity == Polarity.DENIES, claim.proposition.statement
    label = label_of(grade_of(graded(claim.outcome) or 0, denies=denies))
    return {
        "text": reviewed(statement, denies=denies),
        "claimant": claim.speaker.name,
        "claimDate": _midnight(claim.said_on),
        "claimReview": [
            {
                "publisher": {"name": settings.TRACKER_PUBLISHER, "site": site},
                "url": reverse("claims-detail", args=[claim.pk], request=request),
                "title": shortened(f"{label}: {statement}", 120),
                "reviewDate": _midnight(claim.day),
                "textualRating": label,
                "languageCode": LANGUAGE,
            }
        ],
    }


def _theirs(request: Request, asked: Mapping[str, Any], after: Place | None, size: int) -> Found:
    never = Value(NEVER, output_field=DateField())
    rows = sight_of(request).see(
        ExternalReview.objects.annotate(day=Coalesce("reviewed_on", never))
    )
    if asked.get("query"):
        text = SearchVector(F("claim_reviewed"), F("claimant"), F("title"), config="english")
        rows = rows.annotate(words=text).filter(words=_words(asked))
    if wanted := asked.get("reviewPublisherSiteFilter"):
        rows = rows.filter(site=wanted.lower().removeprefix("www."))
    if language := asked.get("languageCode"):
        base = language.partition("-")[0].lower()
        rows = rows.filter(Q(language__iexact=base) | Q(language__istartswith=f"{base}-"))
    page = _page(rows, THEIRS, asked, after)[: size + 1]
    return [(Place(one.day, THEIRS, one.pk), _their_claim(one)) for one in page]


def _their_claim(review: ExternalReview) -> dict[str, Any]:
    told = {
        "publisher": {"name": review.publisher, "site": review.site},
        "url": review.url,
        "title": review.title,
        "reviewDate": _midnight(review.reviewed_on),
        "textualRating": review.label,
        "languageCode": review.language,
    }
    claim = {
        "text": review.claim_reviewed,
        "claimant": review.claimant,
        "claimDate": _midnight(review.claimed_on),
        "claimReview": [{name: value for name, value in told.items() if value}],
    }
    return {name: value for name, value in claim.items() if value}


def _words(asked: Mapping[str, Any]) -> SearchQuery:
    return SearchQuery(asked["query"], config="english", search_type="websearch")


def _speaks(asked: Mapping[str, Any], language: str) -> bool:
    wanted = asked.get("languageCode", "").partition("-")[0].lower()
    return wanted in ("", language)


def _midnight(day: date | None) -> str:
    if day is None:
        return ""
    return datetime.combine(day, time(), UTC).isoformat().replace("+00:00", "Z")
