"""`?topic=`, `?said_from=`, `?tier=` ...: which claims a score counts, and how that is told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from tracker.api.access import sight_of
from tracker.api.fields import find
from tracker.api.moments import DAY
from tracker.models import Lexicon, Topic
from tracker.models.claims import Kind, Tier
from tracker.models.selections import Selection

Choice = TypeVar("Choice", bound=StrEnum)

HINDSIGHT = OpenApiParameter(
    "hindsight", bool, description="With claims coded after the outcome was known; default true."
)
FILTERS = (
    OpenApiParameter(
        "topic", str, description="Id or slug: claims on this topic and all below it."
    ),
    OpenApiParameter("said_from", date, description="Said on this day or later."),
    OpenApiParameter("said_to", date, description="Said on this day or earlier."),
    OpenApiParameter(
        "resolved_from",
        date,
        description="With a resolution that was published on this day (UTC) or later.",
    ),
    OpenApiParameter("resolved_to", date, description="... on this day (UTC) or earlier."),
    OpenApiParameter("claim_kind", str, enum=[k.value for k in Kind], description="Kind of claim."),
    OpenApiParameter(
        "lexicon", str, description="Version: claims whose p was read off this lexicon."
    ),
    OpenApiParameter(
        "tier", str, enum=[t.value for t in Tier], description="Where the p came from."
    ),
    HINDSIGHT,
)
NAMES = tuple(parameter.name for parameter in FILTERS)
SPANS = (("said_from", "said_to"), ("resolved_from", "resolved_to"))


class SelectionRead(serializers.Serializer[Any]):
    """Which claims were counted; null where nothing was asked."""

    topic = serializers.CharField(allow_null=True, help_text="Slug: this topic and all below it.")
    said_from = serializers.DateField(allow_null=True)
    said_to = serializers.DateField(allow_null=True)
    resolved_from = serializers.DateField(allow_null=True)
    resolved_to = serializers.DateField(allow_null=True)
    claim_kind = serializers.ChoiceField(
        choices=[(k.value, k.value) for k in Kind], allow_null=True
    )
    lexicon = serializers.CharField(allow_null=True, help_text="Version.")
    tier = serializers.ChoiceField(choices=[(t.value, t.value) for t in Tier], allow_null=True)
    hindsight = serializers.BooleanField(help_text="Claims coded after the outcome count, too.")


@dataclass(frozen=True)
class Asked:
    """What was asked for: as the scores take it, and as it is said back."""

    only: Selection
    shown: dict[str, Any]

    @property
    def narrow(self) -> str:
        """The first parameter that asks for some claims only, coded in hindsight or not; or ""."""
        named = (name for name in NAMES if name != HINDSIGHT.name and self.shown[name] is not None)
        return next(named, "")


def asked_of(request: Request) -> Asked:
    """Returns the selection that a request asks for.

    Raises ValidationError that names every parameter with a value that it cannot have.
    """
    given = _Given(request)
    topic, lexicon = given.topic(), given.lexicon()
    days = {name: given.day(name) for span in SPANS for name in span}
    kind, tier = given.choice("claim_kind", Kind), given.choice("tier", Tier)
    hindsight = given.hindsight()
    for first, last in SPANS:
        begin, end = days[first], days[last]
        if begin and end and begin > end:
            given.unmet[first] = f"{first} lies after {last}."
    if given.faults or given.unmet:
        code = "invalid" if given.faults else "unknown"
        raise ValidationError({**given.faults, **given.unmet}, code=code)
    only = Selection(
        topic=topic.pk if topic else None,
        claim_kind=kind,
        lexicon=lexicon.pk if lexicon else None,
        tier=tier,
        hindsight=hindsight,
        **days,
    )
    shown = {
        "topic": topic.slug if topic else None,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "claim_kind": kind.value if kind else None,
        "lexicon": lexicon.version if lexicon else None,
        "tier": tier.value if tier else None,
        "hindsight": hindsight,
    }
    return Asked(only, shown)


@dataclass
class _Given:
    """The parameters of a request, read one by one; what is wrong with them is collected."""

    request: Request
    faults: dict[str, str] = field(default_factory=dict)
    unmet: dict[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str | None:
        found: str | None = self.request.query_params.get(name)
        return found

    def topic(self) -> Topic | None:
        given = self.value("topic")
        if given is None:
            return None
        found: Topic | None = find(sight_of(self.request).see(Topic.objects.all()), given)
        if found is None:
            self.unmet["topic"] = "There is no such topic: give its id or slug."
        return found

    def lexicon(self) -> Lexicon | None:
        given = self.value("lexicon")
        if given is None:
            return None
        known = Lexicon.objects.exclude(frozen_at=None)
        found = None if "\0" in given else known.filter(version=given).first()
        if found is None:
            self.unmet["lexicon"] = "There is no such lexicon: give the version of a frozen one."
        return found

    def day(self, name: str) -> date | None:
        given = self.value(name)
        if given is None:
            return None
        try:
            if re.fullmatch(DAY, given, re.ASCII):
                return date.fromisoformat(given)
        except ValueError:  # the calendar has no such day
            pass
        self.faults[name] = f"{name} is a date such as 2016-06-21."
        return None

    def choice(self, name: str, among: type[Choice]) -> Choice | None:
        given = self.value(name)
        if given is None:
            return None
        if given in set(among):
            return among(given)
        self.faults[name] = f"{name} is one of: {', '.join(among)}."
        return None

    def hindsight(self) -> bool:
        given = (self.value("hindsight") or "true").lower()
        if given not in ("true", "false"):
            self.faults["hindsight"] = "hindsight is true or false."
        return given != "false"
