"""Webhooks by the API: for editors, the secret once, messages with what became of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.anchoring import make_event
from tests.api.conftest import Door
from tests.hooks import PATH, listening, make_delivery, make_webhook, verified
from tracker.actions.deliveries import deliver_waiting
from tracker.models import Webhook

URL = "https://press.example/hook"


@pytest.mark.parametrize("role", ["coder", "judge"])
@pytest.mark.parametrize("noun", ["webhooks", "deliveries"])
def test_nobody_else_learns_that_there_are_any(
    door: Callable[[str], Door], role: str, noun: str
) -> None:
    made = make_delivery()
    pk = made.pk if noun == "deliveries" else made.webhook_id
    client = door(role)

    assert client.read(f"{noun}/").json()["results"] == []
    assert client.read(f"{noun}/{pk}/").status_code == 404


def test_the_public_learns_of_none_either(public: Door) -> None:
    made = make_delivery()

    assert public.read("deliveries/").json()["results"] == []
    assert public.read(f"webhooks/{made.webhook_id}/").status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 400, "url"),
        ({"url": "https://127.0.0.1/"}, 422, "url"),
        ({"url": URL, "kinds": ["claim.liked"]}, 400, "kinds.0"),
        ({"url": URL, "kinds": "claim.due"}, 400, "kinds"),
        ({"url": URL, "secret": "mine"}, 400, "secret"),
        ({"url": "https://press.example/\x00"}, 400, "url"),
    ],
)
def test_what_cannot_be_a_webhook_is_refused_by_field(
    editor: Door, body: dict[str, Any], status: int, field: str
) -> None:
    answer = editor.send("webhooks/", body)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (status, field)
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("role", ["coder", "judge"])
def test_only_editors_make_one(door: Callable[[str], Door], role: str) -> None:
    assert door(role).send("webhooks/", {"url": URL}).status_code == 403


def test_a_secret_is_shown_once(editor: Door) -> None:
    answer = editor.send("webhooks/", {"url": URL, "kinds": ["claim.due"]})

    made = answer.json()
    assert (answer.status_code, answer["Cache-Control"]) == (201, "no-store")
    assert made["secret"].startswith("whsec_")
    again = editor.get(answer["Location"]).json()
    assert "secret" not in again
    assert (again["url"], again["kinds"], again["state"]) == (URL, ["claim.due"], "active")


def test_a_new_secret_is_shown_once_too(editor: Door) -> None:
    old = editor.send("webhooks/", {"url": URL}).json()

    new = editor.send(f"webhooks/{old['id']}/rotate/").json()

    assert new["secret"] not in ("", old["secret"])
    assert new["previous_until"]


def test_a_webhook_is_changed_paused_and_resumed(editor: Door) -> None:
    where = f"webhooks/{make_webhook().pk}/"

    changed = editor.change(where, {"kinds": ["claim.due"]}).json()
    paused = editor.send(f"{where}pause/", {"reason": "They move."}).json()
    twice = editor.send(f"{where}pause/")
    resumed = editor.send(f"{where}resume/").json()

    assert (changed["kinds"], changed["url"]) == (["claim.due"], URL)
    assert (paused["state"], paused["reason"]) == ("paused", "They move.")
    assert (twice.status_code, twice.json()["code"]) == (409, "not_active")
    assert (resumed["state"], resumed["reason"]) == ("active", "")


def test_a_test_arrives_and_its_answer_is_shown(editor: Door, settings: Any) -> None:
    with listening(settings) as site:
        made = editor.send("webhooks/", {"url": site.url(PATH)}).json()
        sent = editor.send(f"webhooks/{made['id']}/test/").json()
        deliver_waiting(webhook_id=made["id"])

        assert verified(site, made["secret"])["type"] == "webhook.test"
    shown = editor.read(f"deliveries/{sent['id']}/").json()
    assert (shown["state"], shown["response_status"]) == ("delivered", 200)
    assert (shown["response_excerpt"], len(shown["log"])) == ("thanks", 1)


def test_messages_are_found_by_webhook_and_state_and_sent_again(editor: Door) -> None:
    failed = make_delivery(state="failed", next_attempt_at=None)
    make_delivery()

    found = editor.read("deliveries/", state="failed", webhook=failed.webhook_id).json()["results"]
    again = editor.send(f"deliveries/{failed.pk}/replay/").json()

    assert [one["id"] for one in found] == [failed.pk]
    assert (again["state"], again["message_id"]) == ("waiting", failed.message_id)


def test_everything_since_a_moment_is_sent_again(editor: Door) -> None:
    now = timezone.now()
    make_event(happened_at=now - timedelta(hours=1))
    webhook = make_webhook()
    where = f"webhooks/{webhook.pk}/replay/"

    assert editor.send(where, {"since": "yesterday"}).status_code == 400
    assert editor.send(where, {"since": (now + timedelta(days=1)).isoformat()}).status_code == 422
    answer = editor.send(where, {"since": (now - timedelta(hours=2)).isoformat()})

    assert answer.json() == {"messages": 1}
