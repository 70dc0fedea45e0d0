"""Webhooks in the workbench: for editors, the secret once, messages sent again by a button."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.admin.world import make_staff
from tests.hooks import make_delivery, make_webhook
from tracker.models import Delivery, Webhook

pytestmark = pytest.mark.django_db
LIST, NEW = "admin:tracker_webhook_changelist", "admin:tracker_webhook_add"
URL = "https://press.example/hook"


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(make_staff(role))
    return client


@pytest.mark.parametrize("role", ["coder", "judge"])
def test_only_editors_come_in(role: str) -> None:
    client, message = signed_in(role), make_delivery()

    for name, pk in (("webhook", message.webhook_id), ("delivery", message.pk)):
        assert client.get(reverse(f"admin:tracker_{name}_changelist")).status_code == 403
        assert client.get(reverse(f"admin:tracker_{name}_change", args=[pk])).status_code == 403
    assert client.post(reverse(NEW), {"url": URL}).status_code == 403


def test_an_address_that_nothing_is_sent_to_is_refused_beside_its_field() -> None:
    page = signed_in("editor").post(reverse(NEW), {"url": "https://127.0.0.1/"})

    assert "leads to this machine" in page.content.decode()
    assert not Webhook.objects.exists()


def test_a_webhook_is_made_and_its_secret_shown_once() -> None:
    client = signed_in("editor")
    assert client.get(reverse(NEW)).status_code == 200

    page = client.post(reverse(NEW), {"url": URL, "kinds": ["claim.due"]})

    (secret,) = re.findall(r"whsec_[\w+/=]+", page.content.decode())
    assert "no-store" in page["Cache-Control"]
    assert Webhook.objects.get().kinds == ["claim.due"]
    where = reverse("admin:tracker_webhook_change", args=[Webhook.objects.get().pk])
    assert secret not in client.get(where).content.decode()
    assert URL in client.get(reverse(LIST)).content.decode()


@pytest.mark.parametrize(
    ("button", "state"), [("pause", "paused"), ("resume", "active"), ("test", "active")]
)
def test_buttons_do_what_they_say(button: str, state: str) -> None:
    client = signed_in("editor")
    webhook = make_webhook(state="paused" if button == "resume" else "active")
    where = reverse(f"admin:tracker_webhook_{button}", args=[webhook.pk])
    assert client.get(where).status_code == 200

    client.post(where)

    webhook.refresh_from_db()
    assert webhook.state == state
    assert Delivery.objects.count() == (button == "test")


def test_a_new_secret_is_shown_once_too() -> None:
    client, webhook = signed_in("editor"), make_webhook()

    page = client.post(reverse("admin:tracker_webhook_rotate", args=[webhook.pk]))

    assert "whsec_" in page.content.decode()
    assert Webhook.objects.get().key == 2


def test_a_message_is_sent_again_by_a_button() -> None:
    client = signed_in("editor")
    failed = make_delivery(state="failed", next_attempt_at=None, error="The server did not.")
    listed = client.get(reverse("admin:tracker_delivery_changelist")).content.decode()
    assert "The server did not." in listed

    client.post(reverse("admin:tracker_delivery_again", args=[failed.pk]))

    assert Delivery.objects.get().state == "waiting"


def test_an_address_is_changed_beside_its_field_or_refused() -> None:
    client, webhook = signed_in("editor"), make_webhook()
    where = reverse("admin:tracker_webhook_edit", args=[webhook.pk])
    assert webhook.url in client.get(where).content.decode()
    refused = client.post(where, {"url": "https://127.0.0.1/"}).content.decode()
    assert "leads to this machine" in refused

    client.post(where, {"url": URL + "/new", "kinds": ["claim.due"]})

    webhook.refresh_from_db()
    assert (webhook.url, webhook.kinds) == (URL + "/new", ["claim.due"])


def test_what_happened_since_a_moment_is_sent_again_and_listed_by_its_webhook() -> None:
    client, sent, other = signed_in("editor"), make_delivery(), make_webhook()
    Delivery.objects.filter(pk=sent.pk).update(state="failed", next_attempt_at=None)
    where = reverse("admin:tracker_webhook_replay", args=[sent.webhook_id])
    assert "moment that has passed" in client.post(where, {"since": "2999-01-01"}).content.decode()

    told = client.post(where, {"since": "2000-01-01"}, follow=True).content.decode()

    assert "Messages on their way: 1." in told
    assert Delivery.objects.get(webhook=sent.webhook).state == "waiting"
    for webhook, n in ((sent.webhook_id, 1), (other.pk, 0)):
        button = reverse("admin:tracker_webhook_deliveries", args=[webhook])
        listed = client.get(button, follow=True)
        assert listed.context["cl"].result_count == n
