"""What is announced: within the transaction of what happened, so that neither stands alone."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django import app

from tracker.models import Event
from tracker.models.events import EventKind

JOB = "tracker.jobs.deliver"


def announce(kind: EventKind, *, noun: str, record: int, now: datetime, **facts: object) -> Event:
    """Puts one event into the outbox: the collection and id of its record, and ids and states.

    Never words: whoever hears of it asks for the record, and sees of it what they may.
    """
    event = Event.objects.create(kind=kind, noun=noun, record=record, facts=facts, happened_at=now)
    for webhook in event.deliveries.due(now).values_list("webhook", flat=True):
        hurry(webhook)
    return event


def hurry(webhook: int) -> None:
    """Has the worker send what waits for a webhook now, and not only when it next looks."""
    app.configure_task(JOB).defer(webhook_id=webhook)
