"""Idempotency-Key over the wire: one effect, one answer, and no secret that is told twice."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver

from tests.actions.steps import at_once
from tests.api.conftest import API, Door, claim_body
from tests.builders import make_claim, make_resolution, make_user
from tracker.api.receipts import Receipted
from tracker.api.reply_page import ReplyPage
from tracker.models import CalendarFeed, Capture, Claim, Person, Receipt, ReplyLink, Token

pytestmark = pytest.mark.django_db
ADA = {"name": "Ada"}


def keyed(door: Door, path: str, body: Any, key: str = "a1") -> Any:
    sent = json.dumps(body).encode()
    return door.generic(
        "POST", f"{API}/{path}", sent, "application/json", headers={"Idempotency-Key": key}
    )


@pytest.mark.parametrize("key", ["", "a" * 256, "ä", "a\tb"])
def test_a_key_that_is_none_is_refused_by_name(coder: Door, key: str) -> None:
    answer = keyed(coder, "people/", ADA, key)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"
    assert not Person.objects.exists()


def test_a_key_that_went_with_another_request_is_refused(coder: Door) -> None:
    keyed(coder, "people/", ADA)

    for path, body in (("people/", {"name": "Eve"}), ("organisations/", ADA)):
        answer = keyed(coder, path, body)
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert Person.objects.count() == 1


def test_what_was_refused_may_be_mended_under_its_key(coder: Door) -> None:
    assert keyed(coder, "people/", {"name": ""}).status_code == 400
    assert not Receipt.objects.exists()

    assert keyed(coder, "people/", ADA).status_code == 201


def test_the_same_request_is_answered_the_same(coder: Door) -> None:
    first = keyed(coder, "claims/", claim_body())

    again = keyed(coder, "claims/", claim_body())

    assert (again.status_code, again.content) == (201, first.content)
    for name in ("Location", "ETag", "Content-Type", "Cache-Control", "Vary"):
        assert again[name] == first[name]
    assert (first.get("Idempotency-Replayed"), again["Idempotency-Replayed"]) == (None, "true")
    assert Claim.objects.count() == 1


def test_a_step_is_taken_once(editor: Door) -> None:
    claim = make_claim()
    path, body = f"claims/{claim.pk}/withdraw/", {"state": "retracted", "reason": "Taken back."}

    first, again = keyed(editor, path, body), keyed(editor, path, body)

    assert (first.status_code, again.content) == (200, first.content)
    assert again["Idempotency-Replayed"] == "true"


def test_a_file_sent_again_is_one_capture_whatever_divides_the_form(coder: Door) -> None:
    def send(title: str) -> Any:
        page = SimpleUploadedFile("a.txt", b"Aleppo will fall, he said.", "text/plain")
        form = {"file": page, "url": "https://paper.example/a", "title": title}
        where = f"{API}/captures/"
        return coder.post(where, form, format="multipart", headers={"Idempotency-Key": "f"})

    first, again, other = send("Siege"), send("Siege"), send("Other")

    assert (first.status_code, again.content) == (201, first.content)
    assert other.status_code == 422
    assert Capture.objects.count() == 1


def test_what_is_told_once_takes_no_key_and_is_not_done(editor: Door) -> None:
    claim = make_claim()
    settled = make_resolution(proposition=claim.proposition, published=False)
    asked = {"resolution": settled.pk, "person": claim.person_id, "days": 7}
    user = make_user(username="cora", password="long enough a password")

    answers = [
        keyed(editor, "calendars/", {}),
        keyed(editor, "reply-links/", asked),
        keyed(Door(), "tokens/", {"username": user.username, "password": "long enough a password"}),
    ]

    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_refused")
    kept = (CalendarFeed, ReplyLink, Token, Receipt)
    assert not any(noun._default_manager.exists() for noun in kept)


def test_twins_that_come_at_once_are_one_effect(committed: None) -> None:
    user = make_user()
    doors = [Door() for _ in range(4)]
    for door in doors:
        door.force_authenticate(user)

    answers: list[Any] = at_once(*(lambda door=door: keyed(door, "people/", ADA) for door in doors))

    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
    for answer in answers:
        if answer.status_code == 409:
            assert (answer.json()["code"], answer["Retry-After"]) == ("in_progress", "1")
    assert Person.objects.count() == 1


def views(patterns: list[URLPattern | URLResolver]) -> list[type]:
    found: list[type] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found += views(pattern.url_patterns)
        elif cls := getattr(pattern.callback, "cls", None):
            found.append(cls)
    return found


def test_every_address_that_takes_a_post_takes_a_key() -> None:
    posted = {
        view
        for view in views(get_resolver().url_patterns)
        if view.__module__.startswith("tracker.")
        and (hasattr(view, "post") or hasattr(view, "create"))
    }

    # A speaker's page has no user; its link works once as it is.
    assert {view for view in posted if not issubclass(view, Receipted)} == {ReplyPage}
