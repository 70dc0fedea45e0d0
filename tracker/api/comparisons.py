"""Two subjects side by side: what may be said of their order, and on what it rests."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.actions.comparisons import Comparison, compare
from tracker.actions.scores import Subject
from tracker.api.moments import AS_OF
from tracker.api.score_json import ScoreRead, number
from tracker.api.scores import KIND, ScoreView
from tracker.api.selections import FILTERS
from tracker.domain.comparing import ORDER_WORDS, Order
from tracker.domain.distributions import clean
from tracker.domain.score_wire import difference_json

SIDES = ("a", "b")
BOTH = tuple(
    OpenApiParameter(side, str, required=True, description="Id, uuid or slug.") for side in SIDES
)


class DifferenceShape(serializers.Serializer[Any]):
    mean = number("Improvement of a minus that of b; null below three events of either.")
    se_cluster = number("Clustered by event; an event of both is one.")
    low = number("Lower end of the interval.")
    high = number("Upper end of the interval.")


class AgreementShape(serializers.Serializer[Any]):
    share_a_above_b = number("Of the readers of the hedge words, ties half.")
    readers = serializers.IntegerField()
    seed = serializers.IntegerField()


class ComparisonRead(serializers.Serializer[Any]):
    """Two scores, their difference, and what may be said of it."""

    a = ScoreRead()
    b = ScoreRead()
    shared_events = serializers.IntegerField(help_text="To which both spoke.")
    difference = DifferenceShape()
    readers = AgreementShape()
    order = serializers.ChoiceField(
        choices=[(o.value, o.value) for o in Order],
        help_text="One above the other only if 95 % of readers agree and the interval excludes 0.",
    )
    order_words = serializers.CharField()


class ScoreComparison(ScoreView):
    """Whether one subject stands above another; `/scores/compare/?kind=` is the same."""

    parameters = (*ScoreView.parameters, *SIDES)

    @extend_schema(
        operation_id="scores_compare",
        summary="Compare two subjects of one kind",
        parameters=[KIND, *BOTH, *FILTERS, AS_OF],
        responses={200: ComparisonRead},
    )
    def get(self, request: Request, kind: str) -> Response:
        return self.compared(kind)

    def compared(self, kind: str) -> Response:
        subject, seen = self.subjects(kind)
        given = self._sides()
        with self.then():
            a, b = (self._named(seen, side, given[side]) for side in SIDES)
            found = compare(subject, a.pk, b.pk)
        return Response(self._shown(found, a, b))

    def _sides(self) -> dict[str, str]:
        given = {side: self.request.query_params.get(side, "") for side in SIDES}
        missing = {side: "Name both subjects, by id or slug." for side in SIDES if not given[side]}
        if missing:
            raise ValidationError(missing, code="required")
        return given

    def _named(self, seen: Any, side: str, key: str) -> Any:
        try:
            return self.named(seen, key)
        except Http404:
            sentence = "There is no such subject: give an id or a slug."
            raise ValidationError({side: sentence}, code="unknown") from None

    def _shown(self, found: Comparison, a: Any, b: Any) -> dict[str, Any]:
        return {
            "a": self.line(found.a, a),
            "b": self.line(found.b, b),
            "shared_events": found.difference.shared,
            "difference": difference_json(found.difference),
            "readers": {
                "share_a_above_b": clean(found.share),
                "readers": found.readers,
                "seed": found.seed,
            },
            "order": found.order.value,
            "order_words": ORDER_WORDS[found.order].format(a=a.name, b=b.name),
        }


class AnyComparison(ScoreComparison):
    """The same for a kind that is named among the parameters."""

    parameters = (*ScoreComparison.parameters, "kind")

    @extend_schema(
        operation_id="scores_compare_any",
        summary="Compare two subjects of the kind that is named",
        parameters=[
            OpenApiParameter("kind", str, required=True, enum=[s.value for s in Subject]),
            *BOTH,
            *FILTERS,
            AS_OF,
        ],
        responses={200: ComparisonRead},
    )
    def get(self, request: Request) -> Response:  # type: ignore[override]  # has no kind in its path
        kind = request.query_params.get("kind", "")
        if kind not in set(Subject):
            sentence = f"kind is one of: {', '.join(Subject)}."
            raise ValidationError({"kind": sentence}, code="invalid_choice")
        return self.compared(kind)
