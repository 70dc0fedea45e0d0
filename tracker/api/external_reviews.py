"""Reviews of others: taken in as ClaimReview, listed with their publishers' own labels."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from tracker.actions.external_reviews import Taken, link_review, take_reviews
from tracker.api.base import Changes, Noun
from tracker.api.bodies import Change
from tracker.api.fields import Known
from tracker.api.filters import Filter, Id
from tracker.api.pages import Order
from tracker.api.refs import Read
from tracker.api.wire import JSONParser
from tracker.domain.external_reviews import MOST, read_reviews
from tracker.models import Claim, ExternalReview, Proposition

DOCUMENT = {
    "description": "A ClaimReview, a list of them, a graph, or a DataFeed.",
    "oneOf": [
        {"type": "object", "additionalProperties": True},
        {"type": "array", "items": {"type": "object", "additionalProperties": True}},
    ],
}


class LinkedDataParser(JSONParser):
    media_type = "application/ld+json"


class ExternalReviewRead(Read):
    """A rating by another publisher; never a verdict of ours."""

    class Meta:
        model = ExternalReview
        fields = (
            "id",
            "uuid",
            "publisher",
            "site",
            "url",
            "claim_reviewed",
            "label",
            "value",
            "reviewed_on",
            "language",
            "title",
            "claimant",
            "claimed_on",
            "claim",
            "proposition",
            "imported_at",
        )


class ReviewTaken(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    status = serializers.CharField(help_text="made, updated or recognised")
    url = serializers.URLField(help_text="Its address here.")


class ReviewsTaken(serializers.Serializer[Any]):
    """What became of a document."""

    reviews = ReviewTaken(many=True)


class ReviewLink(Change):
    """Which claim or proposition of ours it speaks of."""

    claim: Any = Known(Claim, allow_null=True, help_text="Id.")
    proposition: Any = Known(Proposition, allow_null=True, help_text="Id.")


class ExternalReviewFilter(Filter):
    claim = Id(field_name="claim_id")
    proposition = Id(field_name="proposition_id")
    site = django_filters.CharFilter(help_text="Host name of the publisher.")


@extend_schema_view(
    create=extend_schema(
        summary="Take in reviews of others",
        description=f"ClaimReview as JSON-LD, {MOST} at once at the most, all or none. One that "
        "is on record by site, address and claim is recognised.",
        request={"application/ld+json": DOCUMENT, "application/json": DOCUMENT},
        responses={200: ReviewsTaken, 201: ReviewsTaken},
    ),
    partial_update=extend_schema(summary="Say what it speaks of"),
)
class ExternalReviews(Changes, Noun):
    """Ratings by other publishers, in their own words; judges do not see them."""

    noun = "external-reviews"
    queryset = ExternalReview.objects.all()
    serializer_class = ExternalReviewRead
    filterset_class = ExternalReviewFilter
    parser_classes = (JSONParser, LinkedDataParser)
    order = Order(("id",))
    bodies = {"partial_update": ReviewLink}

    def create(self, request: Request) -> Response:
        reviews = read_reviews(request.data)
        taken = take_reviews(by=self.by, now=timezone.now(), reviews=reviews)
        made = any(one.status == "made" for one in taken)
        body = {"reviews": [self._row(one) for one in taken]}
        return Response(body, status=201 if made else 200)

    def _row(self, taken: Taken) -> dict[str, Any]:
        where = reverse("external-reviews-detail", args=[taken.review.pk], request=self.request)
        return {"id": taken.review.pk, "status": taken.status, "url": where}

    def change(
        self, review: ExternalReview, reason: str, changes: dict[str, Any]
    ) -> ExternalReview:
        return link_review(by=self.by, review=review, reason=reason, **changes)
