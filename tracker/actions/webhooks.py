"""What may be done with webhooks: make one, change it, turn its key, pause it, say things again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection

from tracker.actions.deliveries import secrets_of
from tracker.actions.events import announce, hurry
from tracker.actions.records import locked, tidy
from tracker.actions.transactions import action
from tracker.domain.errors import Conflict, UnknownValue
from tracker.domain.roles import Verb
from tracker.domain.webhooks import BOTH_KEYS, DeliveryState, NotActive, NotSendable, WebhookState
from tracker.intake.posting import objection_to
from tracker.models import Delivery, Webhook
from tracker.models.accounts import User
from tracker.models.events import SUBSCRIBABLE, EventKind

AGAIN = """
    INSERT INTO tracker_delivery (uuid, event_id, webhook_id, next_attempt_at)
    SELECT gen_random_uuid(), e.id, w.id, %(now)s
    FROM tracker_event e JOIN tracker_webhook w
        ON w.id = %(webhook)s AND (w.kinds = '{}' OR e.kind = ANY (w.kinds))
    WHERE e.happened_at >= %(since)s AND e.kind <> 'webhook.test'
    ORDER BY e.id
    ON CONFLICT ON CONSTRAINT delivery_once_per_event DO UPDATE
        SET state = 'waiting', attempts = 0, next_attempt_at = excluded.next_attempt_at
"""


@dataclass(frozen=True)
class Keyed:
    """A webhook and its new secret, which is shown this once."""

    webhook: Webhook
    secret: str


@action(Verb.CURATE)
def create_webhook(*, by: User, now: datetime, url: str, kinds: Sequence[str] = ()) -> Keyed:
    """Makes an address that is told of events of these kinds, or of all; raises NotSendable."""
    webhook = Webhook(made_by=by, made_at=now, url=_sendable(url), kinds=_known(kinds))
    webhook.save(force_insert=True)
    return Keyed(webhook, secrets_of(webhook, now)[0])


@action(Verb.CURATE)
def change_webhook(
    *,
    by: User,
    webhook: Webhook,
    url: str | None = None,
    kinds: Sequence[str] | None = None,
    reason: str = "",
) -> Webhook:
    """Changes where messages go, or which; what waits goes to the new address."""
    record = locked(webhook)
    if url is not None:
        record.url = _sendable(url)
    if kinds is not None:
        record.kinds = _known(kinds)
    record.save(update_fields=["url", "kinds"])
    return record


@action(Verb.CURATE)
def rotate_secret(*, by: User, now: datetime, webhook: Webhook) -> Keyed:
    """Makes a new secret; for a day messages are signed with the old one, too."""
    record = locked(webhook)
    record.key += 1
    record.previous_until = now + BOTH_KEYS
    record.save(update_fields=["key", "previous_until"])
    return Keyed(record, secrets_of(record, now)[0])


@action(Verb.CURATE)
def pause_webhook(*, by: User, now: datetime, webhook: Webhook, reason: str = "") -> Webhook:
    """Keeps messages back until it is resumed; none is lost."""
    record = _active(webhook)
    record.state = WebhookState.PAUSED
    record.reason = tidy({"reason": reason.strip()})["reason"]
    record.save(update_fields=["state", "reason"])
    return record


@action(Verb.CURATE)
def resume_webhook(*, by: User, now: datetime, webhook: Webhook) -> Webhook:
    """Lets messages go out again, first those that were kept back."""
    record = locked(webhook)
    if record.state == WebhookState.ACTIVE:
        raise Conflict("This webhook is active.", field="webhook", state=record.state)
    record.state, record.reason, record.failing_since = WebhookState.ACTIVE, "", None
    record.save(update_fields=["state", "reason", "failing_since"])
    record.deliveries.waiting().update(attempts=0, next_attempt_at=now)
    hurry(record.pk)
    return record


@action(Verb.CURATE)
def send_test(*, by: User, now: datetime, webhook: Webhook) -> Delivery:
    """Sends a message that says nothing but that it arrives."""
    record = _active(webhook)
    event = announce(EventKind.WEBHOOK_TEST, noun="webhooks", record=record.pk, now=now)
    delivery = Delivery.objects.create(webhook=record, event=event, next_attempt_at=now)
    hurry(record.pk)
    return delivery


@action(Verb.CURATE)
def replay_delivery(*, by: User, now: datetime, delivery: Delivery) -> Delivery:
    """Sends a message once more, under the same `webhook-id`; its attempts begin anew."""
    webhook = _active(delivery.webhook)
    record = locked(delivery)
    record.state, record.attempts, record.next_attempt_at = DeliveryState.WAITING, 0, now
    record.save(update_fields=["state", "attempts", "next_attempt_at"])
    hurry(webhook.pk)
    return record


@action(Verb.CURATE)
def replay_since(*, by: User, now: datetime, webhook: Webhook, since: datetime) -> int:
    """Sends all that happened since a moment, also what was never sent; returns how many."""
    record = _active(webhook)
    if since > now:
        raise UnknownValue("Name a moment that has passed.", field="since")
    with connection.cursor() as cursor:
        cursor.execute(AGAIN, {"now": now, "webhook": record.pk, "since": since})
        found: int = cursor.rowcount
    if found:
        hurry(record.pk)
    return found


def _active(webhook: Webhook) -> Webhook:
    record = locked(webhook)
    if record.state != WebhookState.ACTIVE:
        raise NotActive(field="webhook", state=record.state)
    return record


def _sendable(url: str) -> str:
    text: str = tidy({"url": url.strip()})["url"]
    if why := objection_to(text, allow=settings.TRACKER_FETCH_ALLOW):
        raise NotSendable(why, field="url")
    return text


def _known(kinds: Sequence[str]) -> list[str]:
    for kind in kinds:
        if kind not in SUBSCRIBABLE:
            raise UnknownValue(f"kinds are of: {', '.join(SUBSCRIBABLE)}.", field="kinds")
    return sorted(set(kinds))
