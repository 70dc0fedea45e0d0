"""`?as_of=`: the record as it stood at an earlier moment, under today's rules of who sees what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.access import sight_of
from tracker.api.base import Noun
from tracker.api.sight import Records, Sight
from tracker.models import Claim, Proposition
from tracker.models.moments import standing_at

PARAMETER = "as_of"
AS_OF = OpenApiParameter(
    PARAMETER,
    {"anyOf": [{"type": "string", "format": form} for form in ("date", "date-time")]},
    description="A moment in the past: answers as the record stood then. A date, which means the "
    "end of that day in UTC, or a date and time with its zone.",
)
DAY = r"\d{4}-\d{2}-\d{2}"
TIME = r"[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})"


def as_of(request: Request) -> datetime | None:
    """Returns the moment that is asked about, None if it is now; raises ValidationError."""
    given = request.query_params.get(PARAMETER)
    if given is None:
        return None
    moment = moment_of(given)
    if moment is None:
        sentence = (
            "as_of is a date such as 2016-06-21, or a date and time with its zone such as "
            "2016-06-21T12:00:00Z (in an address, + is written %2B)."
        )
        raise ValidationError({PARAMETER: sentence}, code="invalid")
    if moment > timezone.now():
        sentence = "as_of lies in the future: a date alone means the end of that day in UTC."
        raise ValidationError({PARAMETER: sentence}, code="in_the_future")
    return moment


def moment_of(given: str) -> datetime | None:
    """Returns the moment that a text names, or None; a date alone names the end of its day."""
    try:
        if re.fullmatch(DAY, given, re.ASCII):
            day = datetime.fromisoformat(given).replace(tzinfo=UTC)
            return day + timedelta(days=1, microseconds=-1)
        if re.fullmatch(DAY + TIME, given, re.ASCII):
            return datetime.fromisoformat(given).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    return None


@dataclass(frozen=True)
class Hindsight(Sight):
    """One person's view of the past: what they may not see today was hidden then, too.

    Propositions await their answer today, whatever was under judgement then; a claim that speaks
    to one of these is hidden even where it spoke to another before.
    """

    propositions: tuple[int, ...] = ()
    claims: tuple[int, ...] = ()

    def see(self, records: Records) -> Records:
        seen = super().see(records)
        return seen.exclude(pk__in=self.claims) if records.model is Claim else seen

    def under_judgement(self) -> Records:
        return Proposition.objects.filter(pk__in=self.propositions).order_by().values("pk")


def hindsight_of(request: Request) -> Hindsight:
    """Returns what this request may see of the past; must be asked in the present."""
    now = sight_of(request)
    if not now.judges:
        return Hindsight(now.user, now.roles)
    hidden = tuple(now.under_judgement().values_list("pk", flat=True))
    claims = Claim.objects.filter(proposition__in=hidden).order_by().values_list("pk", flat=True)
    return Hindsight(now.user, now.roles, hidden, tuple(claims))


class Recalled(Noun):
    """A noun whose list and records can also be read as they stood at an earlier moment."""

    hindsight: Hindsight | None = None

    @property
    def sight(self) -> Sight:
        return self.hindsight or super().sight

    def _parameters(self) -> set[str]:
        read = {PARAMETER} if self.action in ("list", "retrieve") else set()
        return super()._parameters() | read

    @extend_schema(parameters=[AS_OF])
    def list(self, request: Request) -> Response:
        with standing_at(self._then()):
            return super().list(request)

    @extend_schema(parameters=[AS_OF])
    def retrieve(self, request: Request, key: str) -> Response:
        with standing_at(self._then()):
            return super().retrieve(request, key)

    def _then(self) -> datetime | None:
        moment = as_of(self.request)
        if moment:
            self.hindsight = hindsight_of(self.request)
        return moment
