"""What happened that others may want to hear of: an outbox of thin, lasting announcements."""

from __future__ import annotations

from enum import StrEnum

import pgtrigger
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
    WEBHOOK_DISABLED = "webhook.disabled"
    WEBHOOK_TEST = "webhook.test"


SUBSCRIBABLE = [kind.value for kind in EventKind if kind is not EventKind.WEBHOOK_TEST]
"""A test goes to the one webhook that is tested."""
# By trigger, so that no way of filing events goes past it: an import files thousands at once.
FANS_OUT = pgtrigger.Trigger(
    name="event_fans_out",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=pgtrigger.Referencing(new="new_rows"),
    func="""
        INSERT INTO tracker_delivery (uuid, event_id, webhook_id, next_attempt_at)
        SELECT gen_random_uuid(), e.id, w.id, e.happened_at
        FROM new_rows e JOIN tracker_webhook w
            ON w.state <> 'disabled' AND (w.kinds = '{}' OR e.kind = ANY (w.kinds))
        WHERE e.kind <> 'webhook.test'
        ORDER BY e.id, w.id;
        RETURN NULL;
    """,
)


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
        triggers = [never_deleted("event"), immutable("event"), FANS_OUT]

    def __str__(self) -> str:
        return f"{self.kind}: {self.noun} {self.record}"
