"""Seats in rounds, and leave to judge in spite of an earlier duty."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.actions import duties
from tracker.api.base import Creates, Noun
from tracker.api.bodies import Body, NoBody
from tracker.api.fields import Known, Text
from tracker.api.filters import Filter, Flag, Id
from tracker.api.refs import Read, UserRef, link
from tracker.models import Assignment, Override, Round, User


class Colleague(Known):
    """A person of the staff, by id or user name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(User, **options)

    def to_internal_value(self, data: Any) -> Any:
        # No user name holds what cannot be printed, and PostgreSQL could not be asked for it.
        name = data if isinstance(data, str) and data.isprintable() else ""
        return User.objects.filter(username=name).first() or super().to_internal_value(data)


class AssignmentRead(Read):
    judge = UserRef()
    assigned_by = UserRef()
    url = link("assignments")

    class Meta:
        model = Assignment
        fields = (
            "id",
            "uuid",
            "round",
            "judge",
            "assigned_by",
            "assigned_at",
            "released_at",
            "url",
        )


class AssignmentBody(Body):
    round = Known(Round, help_text="Id.")
    judge = Colleague(required=False, help_text="Id or user name; left out: yourself.")


class AssignmentFilter(Filter):
    round = Id(field_name="round_id")
    judge = Id(field_name="judge_id")
    standing = Flag(field_name="released_at", lookup_expr="isnull")


@extend_schema_view(create=extend_schema(summary="Take a seat in a round, or give a judge one"))
class Assignments(Creates, Noun):
    """Who has a seat in which round; judges see their own."""

    noun = "assignments"
    queryset = Assignment.objects.select_related("judge", "assigned_by")
    serializer_class = AssignmentRead
    filterset_class = AssignmentFilter
    bodies = {"create": AssignmentBody, "release": NoBody}

    def make(self, sent: dict[str, Any]) -> Assignment:
        if sent.get("judge", self.by).pk == self.by.pk:
            return duties.take_seat(**self.act, round=sent["round"])
        return duties.assign(**self.act, **sent)

    @extend_schema(summary="Give a seat back", responses={200: AssignmentRead})
    @action(methods=["post"], detail=True)
    def release(self, request: Request, key: str) -> Response:
        found = self.get_object()
        self.sent()
        return self.shown(duties.release(**self.act, assignment=found))


class OverrideRead(Read):
    judge = UserRef()
    granted_by = UserRef()
    url = link("overrides")

    class Meta:
        model = Override
        fields = ("id", "uuid", "round", "judge", "reason", "granted_by", "granted_at", "url")


class OverrideBody(Body):
    round = Known(Round, help_text="Id.")
    judge = Colleague(help_text="Id or user name.")
    reason = Text(help_text="Why no other judge can be found.")


class OverrideFilter(Filter):
    round = Id(field_name="round_id")
    judge = Id(field_name="judge_id")


@extend_schema_view(create=extend_schema(summary="Let a person judge in spite of an earlier duty"))
class Overrides(Creates, Noun):
    """Every exception that an editor made from the separation of duties, with its reason."""

    noun = "overrides"
    queryset = Override.objects.select_related("judge", "granted_by")
    serializer_class = OverrideRead
    filterset_class = OverrideFilter
    bodies = {"create": OverrideBody}

    def make(self, sent: dict[str, Any]) -> Override:
        return duties.grant_override(**self.act, **sent)
