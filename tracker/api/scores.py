"""Scores: every figure with its n, its interval and what was left out; never sorted into a rank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from tracker.actions.peers import peers_of
from tracker.actions.scores import Record, Subject, counted, record_of, records
from tracker.api.access import sight_of
from tracker.api.base import refuse_unknown_parameters
from tracker.api.fields import find
from tracker.api.finished import finished
from tracker.api.formats import ByRequest
from tracker.api.moments import AS_OF, PARAMETER, as_of, hindsight_of
from tracker.api.pages import CURSOR_SHAPE, LIMIT, PARAMETERS, KeysetPagination, Order
from tracker.api.score_json import ScoreFull, ScorePage, line
from tracker.api.selections import FILTERS, NAMES, Asked, asked_of
from tracker.api.tables import READ_AS
from tracker.api.wire import JSONRenderer
from tracker.domain.errors import NotPermitted
from tracker.domain.score_wire import peers_json
from tracker.models import Organisation, Person, Topic
from tracker.models.moments import reading

NOUNS: Mapping[Subject, type[Model]] = {
    Subject.PEOPLE: Person,
    Subject.ORGANISATIONS: Organisation,
    Subject.TOPICS: Topic,
    Subject.OUTLETS: Organisation,
}
KEY = OpenApiParameter("key", str, OpenApiParameter.PATH, description="Id, uuid or slug.")
KIND = OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=[s.value for s in Subject])


class ScoreView(APIView):
    """What the views of scores share: which subject, who may see it, of which claims and when."""

    parameters: ClassVar[tuple[str, ...]] = (*NAMES, PARAMETER)
    renderer_classes: Any = READ_AS
    content_negotiation_class: Any = ByRequest

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

    @cached_property
    def asked(self) -> Asked:
        """Which claims are counted; raises ValidationError, and NotPermitted as `moment` does."""
        asked = asked_of(self.request)
        if asked.narrow:
            self._refuse_the_blind(asked.narrow)
        return asked

    @cached_property
    def moment(self) -> datetime | None:
        """The moment that is asked about, None if it is now.

        Raises NotPermitted for a judge with answers to give: the scores before and after a claim
        was logged, or those of one topic and one day, tell who made it.
        """
        moment = as_of(self.request)
        if moment:
            self._refuse_the_blind(PARAMETER)
        return moment

    def _refuse_the_blind(self, parameter: str) -> None:
        if hindsight_of(self.request).propositions:
            raise NotPermitted(
                "Scores stay closed to you until your verdicts are in.", field=parameter
            )

    @contextmanager
    def then(self) -> Iterator[None]:
        """Reads everything inside as of the moment, and of the claims, that are asked about.

        Raises NotPermitted for a judge with answers to give: the Brier score of one claim is its p.
        """
        moment, only = self.moment, self.asked.only
        self._refuse_the_blind("")
        with reading(moment, only):
            yield

    def line(self, record: Record, subject: Any) -> dict[str, Any]:
        """Returns a record under the names of the wire, with the claims that it counts."""
        return line(record, self.subject(record.subject, subject), self.asked.shown)

    def subject(self, kind: Subject, found: Any) -> dict[str, Any]:
        """Returns who it is, and where to find out more."""
        noun = "organisations" if kind is Subject.OUTLETS else kind.value
        return {
            "kind": kind.value,
            "id": found.pk,
            "slug": found.slug,
            "name": found.name,
            "url": reverse(f"{noun}-detail", args=[found.pk], request=self.request),
        }


class ScoreKinds(ScoreView):
    """Whose scores there are."""

    parameters = ()
    renderer_classes = (JSONRenderer,)

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
    parameters = (*NAMES, PARAMETER, *PARAMETERS)

    @extend_schema(
        operation_id="scores_list",
        summary="List the scores of one kind",
        parameters=[
            KIND,
            *FILTERS,
            AS_OF,
            OpenApiParameter("limit", LIMIT, description="Rows on a page."),
            OpenApiParameter("cursor", CURSOR_SHAPE, description="Follow `next` and `previous`."),
        ],
        responses={200: ScorePage},
    )
    @finished
    def get(self, request: Request, kind: str) -> Response:
        subject, seen = self.subjects(kind)
        pages = KeysetPagination()
        with self.then():
            shown = pages.paginate_queryset(counted(subject, seen), request, view=self)
            found = {line.id: line for line in records(subject, only=[s.pk for s in shown])}
        return pages.get_paginated_response([self.line(found[s.pk], s) for s in shown])


class ScoreOf(ScoreView):
    """One subject's score; a record that was merged answers with its winner's."""

    @extend_schema(
        operation_id="scores_of",
        summary="Read one score",
        parameters=[KIND, KEY, *FILTERS, AS_OF],
        responses={200: ScoreFull},
    )
    def get(self, request: Request, kind: str, key: str) -> Response:
        subject, seen = self.subjects(kind)
        with self.then():
            found = self.named(seen, key)
            record = record_of(subject, found.pk)
            peers = peers_of(subject, found.pk)
        return Response({**self.line(record, found), "peers": peers_json(peers)})
