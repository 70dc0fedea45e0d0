"""Who is told what happens: addresses of other servers, and every message to them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tracker.domain.webhooks import DeliveryState, WebhookState
from tracker.models.columns import (
    Record,
    RecordQuerySet,
    chosen,
    history,
    never_deleted,
    one_of,
    words,
)
from tracker.models.events import SUBSCRIBABLE, Event

USER = settings.AUTH_USER_MODEL


@history(exclude=["failing_since", "last_success_at"])
class Webhook(Record):
    """An address that is told of events; its secret is derived, never stored."""

    url = models.TextField(help_text="Where messages are sent.")
    kinds = ArrayField(
        models.TextField(),
        default=list,
        blank=True,
        help_text="Which events; none named means all.",
    )
    state = chosen(WebhookState, default=WebhookState.ACTIVE)
    reason = words(help_text="Why it is paused or disabled.")
    key = models.PositiveIntegerField(default=1, help_text="How often its secret was made.")
    previous_until = models.DateTimeField(
        null=True, blank=True, help_text="Until when messages are signed with the old key, too."
    )
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(null=True, blank=True)

    objects = RecordQuerySet["Webhook"].as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            one_of("state", WebhookState, "webhook_state_known"),
            models.CheckConstraint(
                condition=Q(kinds__contained_by=SUBSCRIBABLE), name="webhook_kinds_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=WebhookState.DISABLED) | ~Q(reason=""),
                name="webhook_disabled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(previous_until=None) | Q(key__gt=1), name="webhook_old_key_was_made"
            ),
        ]
        triggers = [never_deleted("webhook")]

    def __str__(self) -> str:
        return self.url


class DeliveryQuerySet(RecordQuerySet["Delivery"]):
    def waiting(self) -> DeliveryQuerySet:
        """Those that have not been taken and are not given up."""
        return self.filter(state=DeliveryState.WAITING)

    def due(self, now: datetime) -> DeliveryQuerySet:
        """Those to be tried now; what is paused or disabled waits."""
        return self.waiting().filter(next_attempt_at__lte=now, webhook__state=WebhookState.ACTIVE)


class Delivery(Record):
    """One message to one webhook: where it stands, and what came of every attempt."""

    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="deliveries")
    event = models.ForeignKey(Event, models.PROTECT, related_name="deliveries")
    state = chosen(DeliveryState, default=DeliveryState.WAITING, db_default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="Since it was last put into the queue."
    )
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    response_status = models.PositiveSmallIntegerField(null=True, blank=True)
    response_excerpt = models.TextField(blank=True, default="", db_default="")
    error = models.TextField(
        blank=True, default="", db_default="", help_text="Why the last attempt failed."
    )
    log = models.JSONField(
        default=list,
        db_default=models.Value([], output_field=models.JSONField()),
        blank=True,
        help_text="Every attempt: when, with which answer or error.",
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "deliveries"
        constraints = [
            one_of("state", DeliveryState, "delivery_state_known"),
            models.UniqueConstraint(fields=["event", "webhook"], name="delivery_once_per_event"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.WAITING, next_attempt_at__isnull=False)
                | (~Q(state=DeliveryState.WAITING) & Q(next_attempt_at=None)),
                name="delivery_waits_for_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.DELIVERED) | Q(delivered_at__isnull=False),
                name="delivery_taken_at_a_moment",
            ),
        ]
        indexes = [
            # read by the worker: what is to be tried now?
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state=DeliveryState.WAITING),
                name="delivery_due",
            ),
            # read by the list of one webhook, newest first
            models.Index(F("webhook"), F("id").desc(), name="delivery_of_webhook"),
        ]

    def __str__(self) -> str:
        return f"{self.event} to {self.webhook}"

    @property
    def message_id(self) -> str:
        """The `webhook-id`, the same at every attempt and for every webhook."""
        return f"evt_{self.event.uuid.hex}"
