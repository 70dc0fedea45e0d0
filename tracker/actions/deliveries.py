"""How messages go out: taken by one worker at a time, sent outside every transaction, noted.

A message counts as sent only once its answer is noted. A worker that dies in between leaves it to
the next one, so it may arrive twice, but never not at all; its `webhook-id` stays the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tracker.actions.events import announce, hurry
from tracker.actions.records import locked
from tracker.actions.transactions import action
from tracker.domain.roles import Verb
from tracker.domain.webhooks import (
    GIVEN_UP_AFTER,
    GONE,
    LEASE,
    LONGEST_EXCERPT,
    PATIENCE,
    DeliveryState,
    WebhookState,
    headers_of,
    message,
    next_attempt,
    refusal_of,
    secret_of,
)
from tracker.intake.posting import NotPosted, Posted, post
from tracker.models import Delivery, Webhook
from tracker.models.accounts import User
from tracker.models.events import EventKind

Clock: TypeAlias = Callable[[], datetime]
logger = logging.getLogger(__name__)

WENT = "The server says that it wants no more (410)."
FAILED_LONG = f"Nothing was taken for {GIVEN_UP_AFTER.days} days."


def hurry_all(*, now: datetime) -> int:
    """Has everything sent that is due, webhook by webhook; returns how many have such."""
    due = Delivery.objects.due(now).order_by().values_list("webhook", flat=True).distinct()
    webhooks = list(due)
    for webhook in webhooks:
        hurry(webhook)
    return len(webhooks)


def deliver_waiting(*, webhook_id: int, clock: Clock = timezone.now) -> int:
    """Sends what is due to a webhook, oldest first, until an attempt fails; returns how many were.

    A server that does not take one message is left alone until the next look, however many wait.
    """
    sent = 0
    while delivery := _take(webhook_id, clock()):
        answer = _sent(delivery, clock())
        noted = note_attempt(by=None, now=clock(), delivery=delivery, answer=answer)
        if noted.state != DeliveryState.DELIVERED:
            break
        sent += 1
    return sent


def _take(webhook_id: int, now: datetime) -> Delivery | None:
    """The message that is next, lent to this worker; others pass it by until the lease is over."""
    with transaction.atomic():
        due = Delivery.objects.due(now).filter(webhook=webhook_id)
        free = due.select_for_update(skip_locked=True, of=("self",))
        found = free.select_related("webhook", "event").order_by("next_attempt_at", "id").first()
        if found:
            found.attempts += 1
            found.next_attempt_at = now + LEASE
            found.save(update_fields=["attempts", "next_attempt_at"])
    return found


def secrets_of(webhook: Webhook, now: datetime) -> list[str]:
    """The secrets with which messages are signed now: the newest first."""
    both = webhook.previous_until is not None and webhook.previous_until > now
    keys = [webhook.key, webhook.key - 1] if both else [webhook.key]
    return [secret_of(settings.SECRET_KEY, webhook.uuid, key) for key in keys]


def _sent(delivery: Delivery, now: datetime) -> Posted | NotPosted:
    event, webhook = delivery.event, delivery.webhook
    where = reverse(f"{event.noun}-detail", args=[event.record])
    body = message(
        event.kind,
        happened_at=event.happened_at,
        noun=event.noun,
        record=event.record,
        url=f"{settings.TRACKER_BASE_URL}{where}",
        facts=event.facts,
    )
    secrets = secrets_of(webhook, now)
    headers = headers_of(body, message_id=delivery.message_id, at=now, secrets=secrets)
    try:
        return post(
            webhook.url,
            body,
            headers,
            seconds=PATIENCE,
            allow=settings.TRACKER_FETCH_ALLOW,
            longest=LONGEST_EXCERPT,
        )
    except NotPosted as error:
        return error


@action(Verb.CURATE)
def note_attempt(
    *, by: User | None, now: datetime, delivery: Delivery, answer: Posted | NotPosted
) -> Delivery:
    """Keeps what came of an attempt: taken, to be tried again, or given up."""
    webhook = locked(delivery.webhook)
    record = locked(delivery)
    if record.state != DeliveryState.WAITING:
        return record  # another worker, who took this one for dead, was faster
    status = answer.status if isinstance(answer, Posted) else None
    error = refusal_of(status) if status is not None else str(answer)
    record.response_status, record.error = status, error
    record.response_excerpt = answer.excerpt if isinstance(answer, Posted) else ""
    record.log = [*record.log, {"at": now.isoformat(), "status": status, "error": error}]
    again = None if status == GONE else next_attempt(record.attempts, now)
    if not error:
        record.state, record.next_attempt_at = DeliveryState.DELIVERED, None
        record.delivered_at = now
    else:
        record.state = DeliveryState.WAITING if again else DeliveryState.FAILED
        record.next_attempt_at = again
    record.save()
    _note_health(webhook, now, status, error)
    facts = {"webhook": webhook.pk, "delivery": record.pk, "status": status}
    logger.info("webhook attempted", extra=facts)
    return record


def _note_health(webhook: Webhook, now: datetime, status: int | None, error: str) -> None:
    """Keeps how a webhook fares, and switches it off where nobody takes anything any more."""
    if not error:
        webhook.failing_since, webhook.last_success_at = None, now
        webhook.save(update_fields=["failing_since", "last_success_at"])
        return
    webhook.failing_since = webhook.failing_since or now
    why = WENT if status == GONE else ""
    if now - webhook.failing_since >= GIVEN_UP_AFTER:
        why = why or FAILED_LONG
    ends = bool(why) and webhook.state != WebhookState.DISABLED
    if ends:
        webhook.state, webhook.reason = WebhookState.DISABLED, why
    webhook.save(update_fields=["failing_since", "state", "reason"])
    if ends:  # now that it is off, the news of it goes to the others
        announce(EventKind.WEBHOOK_DISABLED, noun="webhooks", record=webhook.pk, now=now)
