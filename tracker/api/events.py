"""Events: what happened, newest first, for editors and the servers that they run."""

from __future__ import annotations

import django_filters

from tracker.api.base import Noun
from tracker.api.filters import Filter, Id
from tracker.api.refs import Read, link
from tracker.models import Event
from tracker.models.events import EventKind


class EventRead(Read):
    url = link("events")

    class Meta:
        model = Event
        fields = ("id", "uuid", "kind", "noun", "record", "facts", "happened_at", "url")


class EventFilter(Filter):
    kind = django_filters.ChoiceFilter(choices=[(k.value, k.value) for k in EventKind])
    noun = django_filters.CharFilter(field_name="noun", label="The collection of the record.")
    record = Id(field_name="record")
    since = django_filters.IsoDateTimeFilter(
        field_name="happened_at", lookup_expr="gte", label="Moment, with its time zone."
    )


class Events(Noun):
    """What happened to which record: ids and states, never words; editors and admins only."""

    noun = "events"
    queryset = Event.objects.all()
    serializer_class = EventRead
    filterset_class = EventFilter
