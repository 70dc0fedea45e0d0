"""What claims are about: a tree of topics."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from tracker.models.columns import Record, RecordQuerySet, history, words


class TopicQuerySet(RecordQuerySet["Topic"]):
    def judges_of(self, topic: Topic) -> int | None:
        """How many verdicts a round needs: what the topic says, else the nearest above it."""
        above = """
            WITH RECURSIVE above(id, parent_id, judges, step) AS (
                SELECT id, parent_id, judges, 0 FROM tracker_topic WHERE id = %s
                UNION
                SELECT t.id, t.parent_id, t.judges, step + 1
                FROM tracker_topic t JOIN above a ON t.id = a.parent_id
                WHERE a.judges IS NULL AND step < 50
            ) SELECT id FROM above WHERE judges IS NOT NULL
        """
        found = self.filter(pk__in=RawSQL(above, [topic.pk])).first()
        return found.judges if found else None

    def within(self, topic: Topic) -> Self:
        """The topic and all that lies below it."""
        below = """
            WITH RECURSIVE below(id) AS (
                SELECT %s::bigint
                UNION
                SELECT t.id FROM tracker_topic t JOIN below b ON t.parent_id = b.id
            ) SELECT id FROM below
        """
        return self.filter(pk__in=RawSQL(below, [topic.pk]))


@history()
class Topic(Record):
    """A subject, under a wider one or at the top."""

    slug = models.SlugField(max_length=200, unique=True)
    name = models.TextField()
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    note = words()
    judges = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Verdicts that a round needs here and below, 1 to 5; empty: as above.",
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="topic_not_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(judges=None) | Q(judges__range=(1, 5)), name="topic_judges_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return self.name
