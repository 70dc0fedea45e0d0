"""Messages on their way: sent once each, tried again, given up, and never lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.db import transaction

from tests.anchoring import make_event
from tests.builders import CODED
from tests.hooks import PATH, ids, jobs, listening, make_delivery, make_webhook, verified
from tests.intake.servers import Site
from tracker import jobs as doors
from tracker.actions import deliveries
from tracker.actions.deliveries import deliver_waiting, hurry_all, note_attempt, secrets_of
from tracker.actions.events import announce
from tracker.domain.webhooks import DELAYS, GIVEN_UP_AFTER, LEASE
from tracker.intake.posting import NotPosted, Posted
from tracker.models import Delivery, Event, Webhook
from tracker.models.events import EventKind

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    settings.TRACKER_BASE_URL = "https://tracker.example"
    with listening(settings) as found:
        yield found


def hook(site: Site, **fields: Any) -> Webhook:
    return make_webhook(url=site.url(PATH), **fields)


def send(webhook: Webhook, at: datetime | None = None) -> int:
    """Sends what is due, at this moment or at the real one, as the signature's check wants."""
    clock = (lambda: at) if at else (lambda: datetime.now(tz=UTC))
    return deliver_waiting(webhook_id=webhook.pk, clock=clock)


# --- within the transaction ----------------------------------------------------------


def test_what_did_not_happen_leaves_no_event_no_message_and_no_job() -> None:
    make_webhook()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        announce(EventKind.CLAIM_DUE, noun="propositions", record=1, now=CODED)
        raise ZeroDivisionError

    assert (Event.objects.count(), Delivery.objects.count(), jobs()) == (0, 0, [])


def test_where_nobody_listens_nothing_is_deferred(django_assert_num_queries: Any) -> None:
    make_webhook(kinds=["review.split"])

    with django_assert_num_queries(2):
        announce(EventKind.CLAIM_DUE, noun="propositions", record=1, now=CODED)

    assert jobs() == []


def test_whoever_listens_is_told_by_a_job_of_the_same_transaction() -> None:
    active, paused = make_webhook(), make_webhook(state="paused")

    announce(EventKind.CLAIM_DUE, noun="propositions", record=1, now=CODED)

    assert jobs() == [{"webhook_id": active.pk}]
    assert {one.webhook for one in Delivery.objects.all()} == {active, paused}


# --- sent ----------------------------------------------------------------------------


def test_a_message_is_read_by_a_client_of_standard_webhooks(site: Site) -> None:
    webhook = hook(site)
    event = make_event(noun="claims", record=7, kind="claim.created", facts={"a": 1})

    assert send(webhook) == 1

    (secret,) = secrets_of(webhook, NOW)
    assert verified(site, secret)["data"] == {
        "noun": "claims",
        "record": 7,
        "url": "https://tracker.example/api/v1/claims/7/",
        "facts": {"a": 1},
    }
    sent = Delivery.objects.get()
    assert (sent.state, sent.response_status, sent.response_excerpt) == ("delivered", 200, "thanks")
    assert ids(site) == [sent.message_id] == [f"evt_{event.uuid.hex}"]
    webhook.refresh_from_db()
    assert webhook.last_success_at == sent.delivered_at


def test_what_was_taken_is_not_sent_again(site: Site) -> None:
    webhook = hook(site)
    make_event()

    assert (send(webhook), send(webhook), len(site.posted)) == (1, 0, 1)


def test_messages_go_out_oldest_first_and_each_once(site: Site) -> None:
    webhook = hook(site)
    events = [make_event(record=n) for n in (1, 2, 3)]

    assert send(webhook) == 3
    assert ids(site) == [f"evt_{event.uuid.hex}" for event in events]


def test_every_noun_that_is_announced_has_an_address(site: Site) -> None:
    webhook = hook(site)
    nouns = ("claims", "propositions", "quotations", "captures", "rounds", "resolutions")
    for noun in (*nouns, "replies", "webhooks"):
        make_event(noun=noun)

    assert send(webhook) == len(nouns) + 2


def test_for_a_day_after_a_rotation_the_old_key_still_verifies(site: Site) -> None:
    webhook = hook(site, key=2, previous_until=datetime.now(tz=UTC) + timedelta(hours=1))
    make_event()

    send(webhook)

    new, old = secrets_of(webhook, datetime.now(tz=UTC))
    assert verified(site, new) == verified(site, old)
    assert len(secrets_of(webhook, datetime.now(tz=UTC) + timedelta(hours=2))) == 1


# --- not taken -----------------------------------------------------------------------


@pytest.mark.parametrize("status", [302, 404, 500])
def test_what_is_not_taken_is_tried_again_later_under_the_same_id(site: Site, status: int) -> None:
    webhook = hook(site)
    make_event(happened_at=NOW)
    site.put(PATH, b"no", status=status, Location="http://127.0.0.1/")

    assert send(webhook, NOW) == 0

    waits = Delivery.objects.get()
    assert (waits.state, waits.attempts, waits.response_status) == ("waiting", 1, status)
    assert waits.next_attempt_at == NOW + DELAYS[0]
    assert str(status) in waits.error
    assert send(webhook, NOW) == 0
    site.put(PATH, b"ok")
    assert send(webhook, NOW + DELAYS[0]) == 1
    assert ids(site)[0] == ids(site)[1]
    assert [one["status"] for one in Delivery.objects.get().log] == [status, 200]


def test_a_server_that_takes_nothing_is_not_asked_for_every_message(site: Site) -> None:
    webhook = hook(site)
    for n in range(5):
        make_event(record=n + 1)
    site.put(PATH, status=503)

    send(webhook)

    assert len(site.posted) == 1


def test_410_disables_a_webhook_and_says_so_to_the_others(site: Site) -> None:
    webhook, other = hook(site), make_webhook(kinds=["webhook.disabled"])
    make_event()
    site.put(PATH, status=410)

    send(webhook)

    webhook.refresh_from_db()
    assert (webhook.state, "410" in webhook.reason) == ("disabled", True)
    assert Delivery.objects.get(webhook=webhook).state == "failed"
    notice = Event.objects.get(kind="webhook.disabled")
    assert (notice.noun, notice.record) == ("webhooks", webhook.pk)
    assert Delivery.objects.get(event=notice).webhook == other
    make_event(record=2)
    assert webhook.deliveries.count() == 1


def test_after_days_of_failure_alone_a_webhook_is_disabled() -> None:
    waits = make_delivery(next_attempt_at=NOW)
    webhook = waits.webhook
    webhook.failing_since = NOW - GIVEN_UP_AFTER
    webhook.save()

    note_attempt(by=None, now=NOW, delivery=waits, answer=Posted(500, ""))

    webhook.refresh_from_db()
    assert (webhook.state, bool(webhook.reason)) == ("disabled", True)


def test_a_success_forgives_the_failures_before_it() -> None:
    waits = make_delivery(next_attempt_at=NOW)
    note_attempt(by=None, now=NOW, delivery=waits, answer=NotPosted("It cannot be reached."))
    assert Webhook.objects.get().failing_since == NOW

    note_attempt(by=None, now=NOW, delivery=waits, answer=Posted(204, ""))

    assert Webhook.objects.get().failing_since is None
    assert [one["error"] for one in Delivery.objects.get().log] == ["It cannot be reached.", ""]


def test_a_message_is_given_up_after_its_last_attempt() -> None:
    waits = make_delivery(next_attempt_at=NOW, attempts=len(DELAYS) + 1)

    note_attempt(by=None, now=NOW, delivery=waits, answer=Posted(500, ""))

    given_up = Delivery.objects.get()
    assert (given_up.state, given_up.next_attempt_at) == ("failed", None)
    assert Webhook.objects.get().state == "active"


def test_nothing_is_sent_to_a_private_address(settings: Any, site: Site) -> None:
    webhook = hook(site)
    make_event()
    settings.TRACKER_FETCH_ALLOW = []

    send(webhook)

    assert site.posted == []
    assert Delivery.objects.get().error == "Messages go to https addresses."


# --- workers that die ----------------------------------------------------------------


def test_what_a_dead_worker_had_sent_is_sent_again_under_the_same_id(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    webhook = hook(site)
    make_event(happened_at=NOW)

    def killed(**_: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(deliveries, "note_attempt", killed)
        with pytest.raises(SystemExit):
            send(webhook, NOW)
    assert send(webhook, NOW) == 0
    assert send(webhook, NOW + LEASE) == 1

    assert len(site.posted) == 2
    assert ids(site)[0] == ids(site)[1]
    assert Delivery.objects.get().attempts == 2


def test_who_was_taken_for_dead_does_not_undo_what_another_did() -> None:
    lent = make_delivery(next_attempt_at=NOW)
    note_attempt(by=None, now=NOW, delivery=lent, answer=Posted(200, "first"))

    note_attempt(by=None, now=NOW, delivery=lent, answer=Posted(500, "second"))

    assert Delivery.objects.get().response_excerpt == "first"
    assert Webhook.objects.get().failing_since is None


def test_what_is_due_is_found_without_its_job() -> None:
    webhook = make_webhook()
    for n in (1, 2):
        make_event(record=n)

    assert hurry_all(now=NOW) == 1

    assert jobs() == [{"webhook_id": webhook.pk}]


def test_the_jobs_do_what_their_names_say(site: Site) -> None:
    webhook = hook(site)
    make_event()

    doors.deliver_what_is_due(timestamp=0)
    assert jobs() == [{"webhook_id": webhook.pk}]
    doors.deliver(webhook_id=webhook.pk)

    assert len(site.posted) == 1


def test_no_secret_is_written_down(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    webhook = hook(site)
    make_event()

    with caplog.at_level("DEBUG"):
        send(webhook)

    (secret,) = secrets_of(webhook, NOW)
    text = " ".join([caplog.text, *(str(vars(record)) for record in caplog.records)])
    assert secret not in text
    assert site_settings.SECRET_KEY not in text
    assert "webhook attempted" in text
