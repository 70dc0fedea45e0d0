"""Scores: every figure with its n, its interval and what was left out; never sorted into a rank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from tracker.actions import scores
from tracker.actions.scores import Record, Subject
from tracker.api.access import sight_of
from tracker.api.base import refuse_unknown_parameters
from tracker.api.fields import find
from tracker.api.moments import AS_OF, PARAMETER, as_of, hindsight_of
from tracker.api.pages import MOST, PARAMETERS, USUAL, KeysetPagination, Order
from tracker.domain import score_wire
from tracker.domain.errors import NotPermitted
from tracker.domain.ranking import TIER_WORDS, Tier
from tracker.domain.thresholds import INTERVAL_LEVEL
from tracker.models import Organisation, Person, Topic
from tracker.models.moments import standing_at

NOUNS: Mapping[Subject, type[Model]] = {
    Subject.PEOPLE: Person,
    Subject.ORGANISATIONS: Organisation,
    Subject.TOPICS: Topic,
    Subject.OUTLETS: Organisation,
}
NOTHING: Mapping[str, Any] = {
    "n": 0,
    "events": 0,
    "brier": None,
    "improvement": dict.fromkeys(("mean", "se_naive", "se_cluster", "low", "high")),
    "shrunken": None,
    "reliability": None,
    "rank": None,
    "tier": Tier.CLAIMS_ONLY.value,
    "tier_words": TIER_WORDS[Tier.CLAIMS_ONLY],
    "shrunken_sd": None,
    "reader_band": None,
}


def _number(meaning: str) -> serializers.FloatField:
    return serializers.FloatField(allow_null=True, help_text=meaning)


class ScoreSubject(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=[(s.value, s.value) for s in Subject])
    id = serializers.IntegerField()
    slug = serializers.CharField()
    name = serializers.CharField()
    url = serializers.URLField()


class ImprovementShape(serializers.Serializer[Any]):
    mean = _number("Brier improvement over the base rate; higher is better.")
    se_naive = _number("As if claims were independent.")
    se_cluster = _number("Clustered by event.")
    low = _number("Lower end of the interval.")
    high = _number("Upper end of the interval.")


class BandShape(serializers.Serializer[Any]):
    mean = _number("Of the Brier score over readers of the hedge words.")
    low = _number("5 % of readers.")
    high = _number("95 % of readers.")
    readers = serializers.IntegerField()
    seed = serializers.IntegerField()


class ScoreRead(serializers.Serializer[Any]):
    """One subject's score, with all that it rests on."""

    subject = ScoreSubject()
    n = serializers.IntegerField(help_text="Scored claims.")
    events = serializers.IntegerField(help_text="Propositions that they speak to.")
    brier = _number("0 to 1, lower is better.")
    improvement = ImprovementShape()
    shrunken = _number("The improvement shrunk towards the field.")
    shrunken_sd = _number("Its posterior standard deviation.")
    reliability = _number("0 to 1.")
    rank = serializers.ListField(
        child=serializers.FloatField(), allow_null=True, help_text="90 % interval of ranks."
    )
    tier = serializers.ChoiceField(choices=[(t.value, t.value) for t in Tier])
    tier_words = serializers.CharField()
    reader_band = BandShape(allow_null=True)
    accounts = serializers.DictField(
        child=serializers.IntegerField(), help_text="What became of every claim: void, open, ..."
    )
    probability_tiers = serializers.DictField(
        child=serializers.IntegerField(), help_text="Where the scored numbers came from."
    )
    possibility_words = serializers.IntegerField(help_text="Scored claims that say could or might.")
    single_judge_not_blind = serializers.IntegerField(
        help_text="Scored claims that only one person judged."
    )
    coded_after_outcome = serializers.IntegerField(help_text="Claims.")
    lexicons = serializers.ListField(child=serializers.CharField())
    method = serializers.CharField()
    interval_level = serializers.FloatField()
    seed = serializers.IntegerField()
    as_of = serializers.DateTimeField()


class ScorePage(serializers.Serializer[Any]):
    results = ScoreRead(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


HINDSIGHT = OpenApiParameter(
    "hindsight", bool, description="With claims coded after the outcome was known; default true."
)
KIND = OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=[s.value for s in Subject])


class ScoreView(APIView):
    """What the views of scores share: which subject, who may see it, with hindsight or without."""

    parameters: ClassVar[tuple[str, ...]] = ("hindsight", PARAMETER)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown_parameters(request, self.parameters)

    def subjects(self, kind: str) -> tuple[Subject, QuerySet[Any]]:
        """Returns the kind and its records; 404 where there is no such kind."""
        if kind not in set(Subject):
            raise Http404
        noun = NOUNS[Subject(kind)]
        return Subject(kind), sight_of(self.request).see(noun._default_manager.all())

    def named(self, seen: QuerySet[Any], key: str) -> Any:
        """Returns the record of this id, uuid or slug, or the one it was merged into; or 404."""
        found = find(seen, key)
        if found is None:
            raise Http404
        return getattr(found, "merged_into", None) or found

    @contextmanager
    def then(self) -> Iterator[None]:
        """Reads everything inside as of the moment that is asked about.

        Raises NotPermitted for a judge with answers to give: the scores before and after a claim
        was logged tell who made it, and that of one claim alone how surely.
        """
        moment = as_of(self.request)
        if hindsight_of(self.request).propositions:
            raise NotPermitted("Scores stay closed to you until your verdicts are in.")
        with standing_at(moment):
            yield

    def hindsight(self) -> bool:
        given = self.request.query_params.get("hindsight", "true").lower()
        if given not in ("true", "false"):
            raise ValidationError({"hindsight": "hindsight is true or false."}, code="invalid")
        return given == "true"

    def line(self, record: Record, subject: Any) -> dict[str, Any]:
        """Returns a record under the names of the wire; what is undefined is null."""
        found = score_wire.speaker_json(record.score) if record.score else dict(NOTHING)
        found.pop("speaker", None)
        found.pop("void", None)
        noun = "organisations" if record.subject is Subject.OUTLETS else record.subject.value
        return {
            "subject": {
                "kind": record.subject.value,
                "id": subject.pk,
                "slug": subject.slug,
                "name": subject.name,
                "url": reverse(f"{noun}-detail", args=[subject.pk], request=self.request),
            },
            **found,
            "accounts": dict(sorted(record.accounts.items())),
            "probability_tiers": dict(sorted(record.tiers.items())),
            "possibility_words": record.flagged,
            "single_judge_not_blind": record.one_judge,
            "coded_after_outcome": record.hindsight,
            "lexicons": list(record.lexicons),
            "method": record.method,
            "interval_level": INTERVAL_LEVEL,
            "seed": record.seed,
            "as_of": record.as_of.isoformat(),
        }


class ScoreKinds(ScoreView):
    """Whose scores there are."""

    parameters = ()

    @extend_schema(
        operation_id="scores_kinds",
        summary="List the tables",
        responses={200: {"type": "object", "additionalProperties": {"type": "string"}}},
    )
    def get(self, request: Request) -> Response:
        return Response(
            {
                kind.value: reverse("scores-table", args=[kind.value], request=request)
                for kind in Subject
            }
        )


class ScoreTable(ScoreView):
    """Everybody's scores in the order of their ids: never in one that looks like a rank."""

    noun = "scores"
    order = Order(("id",), descending=False)
    parameters = ("hindsight", PARAMETER, *PARAMETERS)

    @extend_schema(
        operation_id="scores_list",
        summary="List the scores of one kind",
        parameters=[
            KIND,
            HINDSIGHT,
            AS_OF,
            OpenApiParameter("limit", int, description=f"Rows, up to {MOST}; {USUAL} by default."),
            OpenApiParameter("cursor", str, description="Follow `next` and `previous`."),
        ],
        responses={200: ScorePage},
    )
    def get(self, request: Request, kind: str) -> Response:
        subject, seen = self.subjects(kind)
        pages = KeysetPagination()
        with self.then():
            found = {line.id: line for line in scores.records(subject, hindsight=self.hindsight())}
            shown = pages.paginate_queryset(seen.filter(pk__in=found), request, view=self)
        return pages.get_paginated_response([self.line(found[s.pk], s) for s in shown])


class ScoreOf(ScoreView):
    """One subject's score; a record that was merged answers with its winner's."""

    @extend_schema(
        operation_id="scores_of",
        summary="Read one score",
        parameters=[KIND, HINDSIGHT, AS_OF, OpenApiParameter("key", str, OpenApiParameter.PATH)],
        responses={200: ScoreRead},
    )
    def get(self, request: Request, kind: str, key: str) -> Response:
        subject, seen = self.subjects(kind)
        with self.then():
            found = self.named(seen, key)
            record = scores.record_of(subject, found.pk, hindsight=self.hindsight())
        return Response(self.line(record, found))
