"""Topics: a tree."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.db.models.functions import Lower
from drf_spectacular.utils import extend_schema, extend_schema_view

from tracker.actions import propositions, records
from tracker.api.base import Changes, Creates, Noun
from tracker.api.bodies import Body, Change
from tracker.api.fields import Known, Slug, Text, Whole, find, optional_text
from tracker.api.filters import Filter
from tracker.api.pages import Order
from tracker.api.refs import Read, TopicRef, link
from tracker.models import Topic


class TopicRead(Read):
    parent: Any = TopicRef(allow_null=True)
    url = link("topics")

    class Meta:
        model = Topic
        fields = ("id", "uuid", "slug", "name", "parent", "judges", "note", "url")


class TopicBody(Body):
    name = Text()
    slug = Slug()
    parent: Any = Known(Topic, required=False, allow_null=True, help_text="Id or slug.")
    note = optional_text()


class TopicChange(Change):
    name = Text()
    parent: Any = Known(Topic, allow_null=True)
    judges = Whole(
        allow_null=True,
        min_value=1,
        max_value=5,
        help_text="Verdicts that a round needs here and below; null: as above.",
    )
    note = optional_text()


class TopicFilter(Filter):
    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label="In the name.")
    within = django_filters.CharFilter(method="below", label="Id or slug of a wider topic.")

    def below(self, queryset: QuerySet[Topic], name: str, value: str) -> QuerySet[Topic]:
        return queryset.filter(pk__in=subtree(value))


def subtree(given: str) -> QuerySet[Topic, Any]:
    """Returns the ids of the topic of this id or slug and of all below it."""
    topic = find(Topic.objects.all(), given)
    found = Topic.objects.within(topic) if topic else Topic.objects.none()
    return found.order_by().values("pk")


@extend_schema_view(
    create=extend_schema(summary="File a topic"),
    partial_update=extend_schema(summary="Change a topic"),
)
class Topics(Creates, Changes, Noun):
    """What propositions are about."""

    noun = "topics"
    queryset = Topic.objects.annotate(sort_name=Lower("name")).select_related("parent")
    serializer_class = TopicRead
    filterset_class = TopicFilter
    order = Order(("sort_name", "id"), descending=False)
    bodies = {"create": TopicBody, "partial_update": TopicChange}

    def make(self, sent: dict[str, Any]) -> Topic:
        return propositions.file_topic(by=self.by, **sent)

    def change(self, topic: Topic, reason: str, changes: dict[str, Any]) -> Topic:
        return records.edit(by=self.by, record=topic, reason=reason, **changes)
