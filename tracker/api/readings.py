"""Readings: what readers take the words to mean, blind to the outcome and to each other."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view

from tracker.actions import readings
from tracker.api.base import Creates, Noun
from tracker.api.bodies import Body
from tracker.api.fields import Known, Probability
from tracker.api.fieldsets import blanked
from tracker.api.filters import Filter, Id
from tracker.api.refs import Read, UserRef, link
from tracker.models import Claim, Reading


class ReadingRead(Read):
    reader = UserRef()
    low = Probability()
    best = Probability()
    high = Probability()
    own_belief = Probability(allow_null=True, help_text="Shown to the reader alone.")
    url = link("readings")

    class Meta:
        model = Reading
        fields = (
            "id",
            "uuid",
            "claim",
            "reader",
            "low",
            "best",
            "high",
            "own_belief",
            "read_at",
            "url",
        )

    def to_representation(self, instance: Reading) -> Any:
        found = super().to_representation(instance)
        own = instance.reader_id == self.context["request"].user.pk
        return found if own else blanked(found, {"own_belief": None})


class ReadingBody(Body):
    claim = Known(Claim, help_text="Id.")
    low = Probability()
    best = Probability()
    high = Probability()
    own_belief = Probability(required=False, allow_null=True)


class ReadingFilter(Filter):
    claim = Id(field_name="claim_id")


@extend_schema_view(create=extend_schema(summary="Say what the words mean"))
class Readings(Creates, Noun):
    """Readers' probabilities; others' are shown once your own is in."""

    noun = "readings"
    queryset = Reading.objects.select_related("reader")
    serializer_class = ReadingRead
    filterset_class = ReadingFilter
    bodies = {"create": ReadingBody}

    def make(self, sent: dict[str, Any]) -> Reading:
        return readings.read_words(**self.act, **sent)
