"""Webhooks and their messages: what the database refuses, and what it files by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.anchoring import make_event
from tests.builders import CODED
from tests.hooks import make_delivery, make_webhook
from tests.refusals import refused
from tracker.models import Delivery, Event
from tracker.models.events import EventKind

pytestmark = pytest.mark.django_db


def webhook_twice() -> None:
    make_webhook(uuid=make_webhook().uuid)


def delivery_twice() -> None:
    make_delivery(uuid=make_delivery().uuid)


def told_twice() -> None:
    first = make_delivery()
    Delivery.objects.create(event=first.event, webhook=first.webhook, next_attempt_at=CODED)


REFUSED: dict[str, Callable[[], Any]] = {
    "webhook_state_known": lambda: make_webhook(state="asleep"),
    "webhook_kinds_known": lambda: make_webhook(kinds=["claim.liked"]),
    "webhook_disabled_with_reason": lambda: make_webhook(state="disabled"),
    "webhook_old_key_was_made": lambda: make_webhook(previous_until=CODED),
    "webhook_never_deleted": lambda: make_webhook().delete(),
    "tracker_webhook_uuid_key": webhook_twice,
    "tracker_webhook_key_check": lambda: make_webhook(key=-1),
    "tracker_delivery_attempts_check": lambda: make_delivery(attempts=-1),
    "tracker_delivery_response_status_check": lambda: make_delivery(response_status=-1),
    "tracker_delivery_uuid_key": delivery_twice,
    "delivery_state_known": lambda: make_delivery(state="lost", next_attempt_at=None),
    "delivery_once_per_event": told_twice,
    "delivery_waits_for_a_moment": lambda: make_delivery(next_attempt_at=None),
    "delivery_taken_at_a_moment": lambda: make_delivery(state="delivered", next_attempt_at=None),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_by_name(name: str) -> None:
    with refused(name):
        REFUSED[name]()


def test_the_database_files_a_message_for_whoever_wants_it() -> None:
    """The trigger is `event_fans_out`."""
    everything, due = make_webhook(), make_webhook(kinds=["claim.due"])
    paused = make_webhook(state="paused")
    for other in ({"kinds": ["review.split"]}, {"state": "disabled", "reason": "Gone."}):
        make_webhook(**other)

    event = make_event(kind="claim.due")

    told = Delivery.objects.filter(event=event).order_by("id")
    assert [one.webhook for one in told] == [everything, due, paused]
    first = told[0]
    assert (first.state, first.attempts, first.log) == ("waiting", 0, [])
    assert first.next_attempt_at == event.happened_at


def test_many_events_at_once_are_filed_by_one_statement(django_assert_num_queries: Any) -> None:
    make_webhook()
    many = [
        Event(kind=EventKind.CLAIM_CREATED, noun="claims", record=n, happened_at=CODED)
        for n in range(1, 201)
    ]

    with django_assert_num_queries(1):
        Event.objects.bulk_create(many)

    assert Delivery.objects.count() == 200


def test_a_test_is_told_to_nobody_else() -> None:
    make_webhook()

    make_event(kind="webhook.test", noun="webhooks")

    assert not Delivery.objects.exists()


def test_only_what_waits_at_an_active_webhook_is_due() -> None:
    paused = make_delivery(webhook=make_webhook(state="paused"))
    failed = make_delivery(state="failed", next_attempt_at=None)
    due = make_delivery()

    assert not {paused, failed} & set(Delivery.objects.due(CODED))
    assert due in Delivery.objects.due(CODED)
    assert str(due) == "claim.due: propositions 1 to https://press.example/hook"
