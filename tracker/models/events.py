"""What happened that others may want to hear of: an outbox of thin, lasting announcements."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from tracker.models.columns import Record, RecordQuerySet, immutable, never_deleted, one_of


class EventKind(StrEnum):
    """The names under which webhooks announce an event."""

    CLAIM_CREATED = "claim.created"
    CLAIM_DUE = "claim.due"
    QUOTATION_CHANGED = "quotation.changed"
    QUOTATION_ORPHANED = "quotation.orphaned"
    CAPTURE_FAILED = "capture.failed"
    REVIEW_SPLIT = "review.split"
    RESOLUTION_PUBLISHED = "resolution.published"
    RESOLUTION_REVISED = "resolution.revised"
    REPLY_RECEIVED = "reply.received"


class Event(Record):
    """One announcement: what happened, to which record, when; details are asked for by id."""

    kind = models.TextField(choices=[(k.value, k.value) for k in EventKind])
    noun = models.TextField(help_text="The collection of the record, as in its address.")
    record = models.BigIntegerField(help_text="Its id.")
    facts = models.JSONField(default=dict, blank=True, help_text="Ids and states, never words.")
    happened_at = models.DateTimeField()

    objects = RecordQuerySet["Event"].as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [one_of("kind", EventKind, "event_kind_known")]
        indexes = [
            # read by whoever follows one record
            models.Index(fields=["noun", "record", "-id"], name="event_of_record"),
        ]
        triggers = [never_deleted("event"), immutable("event")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.noun} {self.record}"
