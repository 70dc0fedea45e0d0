"""Webhooks: who may make them, how keys turn, what is said again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.anchoring import make_event
from tests.builders import CODED, make_user
from tests.hooks import jobs, make_delivery, make_webhook
from tracker.actions.deliveries import secrets_of
from tracker.actions.webhooks import (
    change_webhook,
    create_webhook,
    pause_webhook,
    replay_delivery,
    replay_since,
    resume_webhook,
    rotate_secret,
    send_test,
)
from tracker.domain.errors import Conflict, NotPermitted, TrackerError, UnknownValue
from tracker.domain.webhooks import NotActive, NotSendable
from tracker.models import Delivery, User, Webhook

pytestmark = pytest.mark.django_db
URL = "https://press.example/hook"


@pytest.fixture
def editor(db: None) -> User:
    return make_user(role="editor")


@pytest.mark.parametrize("role", ["coder", "judge", ""])
def test_only_editors_make_webhooks(role: str) -> None:
    with pytest.raises(NotPermitted):
        create_webhook(by=make_user(role=role), now=CODED, url=URL)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"url": "https://127.0.0.1/"}, NotSendable),
        ({"url": "http://press.example/"}, NotSendable),
        ({"url": "https://169.254.169.254/"}, NotSendable),
        ({"kinds": ["claim.liked"]}, UnknownValue),
        ({"kinds": ["webhook.test"]}, UnknownValue),
    ],
)
def test_what_cannot_be_told_or_sent_is_refused(
    editor: User, fields: dict[str, Any], error: type[TrackerError]
) -> None:
    with pytest.raises(error) as refusal:
        create_webhook(by=editor, now=CODED, **{"url": URL, **fields})

    assert refusal.value.field in fields
    assert not Webhook.objects.exists()


def test_a_webhook_is_made_with_a_secret_that_is_not_stored(editor: User) -> None:
    made = create_webhook(by=editor, now=CODED, url=f" {URL} ", kinds=["claim.due", "claim.due"])

    row = Webhook.objects.values().get()
    assert made.secret.startswith("whsec_")
    assert made.secret not in str(row)
    assert (row["url"], row["kinds"], row["state"]) == (URL, ["claim.due"], "active")


def test_what_waits_goes_to_the_new_address(editor: User) -> None:
    waits = make_delivery()

    change_webhook(by=editor, webhook=waits.webhook, url="https://other.example/", kinds=[])

    assert Delivery.objects.get().webhook.url == "https://other.example/"
    with pytest.raises(NotSendable):
        change_webhook(by=editor, webhook=waits.webhook, url="https://10.0.0.1/")


def test_a_new_secret_leaves_the_old_one_in_force_for_a_day(editor: User) -> None:
    made = create_webhook(by=editor, now=CODED, url=URL)

    turned = rotate_secret(by=editor, now=CODED, webhook=made.webhook)

    assert secrets_of(turned.webhook, CODED) == [turned.secret, made.secret]
    assert secrets_of(turned.webhook, CODED + timedelta(days=1)) == [turned.secret]


def test_a_paused_webhook_keeps_what_happens_until_it_is_resumed(editor: User) -> None:
    webhook = make_webhook()
    pause_webhook(by=editor, now=CODED, webhook=webhook, reason="Their server moves.")
    make_event()
    assert not Delivery.objects.due(CODED).exists()

    resume_webhook(by=editor, now=CODED, webhook=webhook)

    assert Delivery.objects.due(CODED).count() == 1
    assert jobs() == [{"webhook_id": webhook.pk}]
    with pytest.raises(Conflict):
        resume_webhook(by=editor, now=CODED, webhook=webhook)


def test_a_disabled_webhook_is_resumed_with_a_clean_slate(editor: User) -> None:
    webhook = make_webhook(state="disabled", reason="Gone.", failing_since=CODED)
    waits = make_delivery(webhook=webhook, attempts=9)

    resume_webhook(by=editor, now=CODED, webhook=webhook)

    webhook.refresh_from_db()
    waits.refresh_from_db()
    assert (webhook.state, webhook.reason, webhook.failing_since) == ("active", "", None)
    assert waits.attempts == 0


@pytest.mark.parametrize(
    "act",
    [
        lambda by, webhook: send_test(by=by, now=CODED, webhook=webhook),
        lambda by, webhook: pause_webhook(by=by, now=CODED, webhook=webhook),
        lambda by, webhook: replay_since(by=by, now=CODED, webhook=webhook, since=CODED),
        lambda by, webhook: replay_delivery(
            by=by, now=CODED, delivery=make_delivery(webhook=webhook)
        ),
    ],
    ids=["test", "pause", "replay since", "replay"],
)
def test_nothing_is_sent_by_a_webhook_that_is_paused(
    editor: User, act: Callable[[User, Webhook], Any]
) -> None:
    with pytest.raises(NotActive):
        act(editor, make_webhook(state="paused"))


def test_a_test_goes_to_the_one_webhook_that_is_tested(editor: User) -> None:
    webhook, _other = make_webhook(kinds=["claim.due"]), make_webhook()

    sent = send_test(by=editor, now=CODED, webhook=webhook)

    assert list(Delivery.objects.all()) == [sent]
    assert (sent.event.kind, sent.event.record) == ("webhook.test", webhook.pk)
    assert jobs() == [{"webhook_id": webhook.pk}]


def test_a_message_is_sent_again_under_its_id(editor: User) -> None:
    done = make_delivery(state="delivered", next_attempt_at=None, delivered_at=CODED, attempts=3)

    again = replay_delivery(by=editor, now=CODED, delivery=done)

    assert (again.state, again.attempts, again.message_id) == ("waiting", 0, done.message_id)
    assert jobs() == [{"webhook_id": done.webhook_id}]


def test_everything_since_a_moment_is_sent_again_even_what_never_was(editor: User) -> None:
    before = make_event(happened_at=CODED - timedelta(days=1))
    events = [make_event(kind=kind) for kind in ("claim.due", "review.split", "webhook.test")]
    webhook = make_webhook(kinds=["claim.due"])
    done = make_delivery(
        event=events[0],
        webhook=webhook,
        state="failed",
        next_attempt_at=None,
    )
    later = make_event(happened_at=CODED + timedelta(hours=1))

    count = replay_since(by=editor, now=CODED + timedelta(days=1), webhook=webhook, since=CODED)

    waiting = Delivery.objects.waiting().order_by("event__id")
    assert count == 2
    assert [one.event for one in waiting] == [events[0], later]
    assert done in waiting
    assert before not in [one.event for one in waiting]


def test_the_future_cannot_be_replayed(editor: User) -> None:
    with pytest.raises(UnknownValue):
        replay_since(
            by=editor, now=CODED, webhook=make_webhook(), since=CODED + timedelta(seconds=1)
        )
