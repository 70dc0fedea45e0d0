"""What is announced: within the transaction of what happened, so that neither stands alone."""

from __future__ import annotations

from datetime import datetime

from tracker.models import Event
from tracker.models.events import EventKind


def announce(kind: EventKind, *, noun: str, record: int, now: datetime, **facts: object) -> Event:
    """Puts one event into the outbox: the collection and id of its record, and ids and states.

    Never words: whoever hears of it asks for the record, and sees of it what they may.
    """
    return Event.objects.create(kind=kind, noun=noun, record=record, facts=facts, happened_at=now)
