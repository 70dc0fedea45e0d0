"""Who judges in a round: assigned judges, and exceptions from the separation of duties."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tracker.models.columns import (
    Record,
    RecordQuerySet,
    history,
    immutable,
    never_deleted,
)
from tracker.models.rounds import Round

USER = settings.AUTH_USER_MODEL


class AssignmentQuerySet(RecordQuerySet["Assignment"]):
    def standing(self) -> AssignmentQuerySet:
        return self.filter(released_at=None)


@history()
class Assignment(Record):
    """A seat in a round: an editor's choice, or a judge's own from the queue."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="assignments")
    judge = models.ForeignKey(USER, models.PROTECT, related_name="assignments")
    assigned_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    released_at = models.DateTimeField(
        null=True, blank=True, help_text="When the seat was given back."
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "judge"],
                condition=Q(released_at=None),
                name="assignment_once_per_judge",
            ),
        ]
        triggers = [never_deleted("assignment")]

    def __str__(self) -> str:
        return f"{self.judge}: {self.round}"


class Override(Record):
    """An editor's reasoned leave for one person to judge in spite of an earlier duty."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="overrides")
    judge = models.ForeignKey(USER, models.PROTECT, related_name="+")
    reason = models.TextField()
    granted_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()

    objects = RecordQuerySet["Override"].as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "judge"], name="override_once_per_judge"),
            models.CheckConstraint(condition=~Q(reason=""), name="override_with_reason"),
            models.CheckConstraint(
                condition=~Q(granted_by=F("judge")), name="override_not_for_oneself"
            ),
        ]
        triggers = [never_deleted("override"), immutable("override")]

    def __str__(self) -> str:
        return f"{self.judge}: {self.reason}"
