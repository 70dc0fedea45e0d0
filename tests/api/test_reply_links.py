"""Reply links: made by editors, shown once, seen by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from tests.api.conftest import Door
from tests.builders import make_claim, make_person, make_resolution
from tests.links import make_link
from tracker.models import Claim, ReplyLink


@pytest.fixture
def claim(db: None) -> Claim:
    return make_claim()


def asked(claim: Claim, **more: Any) -> dict[str, Any]:
    """A request for a link while the reply window is open."""
    resolution = make_resolution(
        proposition=claim.proposition, published=False, decided_at=timezone.now()
    )
    return {"resolution": resolution.pk, "person": claim.person_id, **more}


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"resolution": 10**6}, 422, "resolution"),
        ({"person": None}, 422, "person"),
        ({"days": 0}, 400, "days"),
        ({"days": 91}, 400, "days"),
        ({"email": "ada@press.example"}, 400, "email"),
    ],
    ids=["no resolution", "nobody", "no day", "too long", "an unknown field"],
)
def test_a_link_that_cannot_be_is_refused_by_field(
    editor: Door, claim: Claim, change: dict[str, Any], status: int, field: str
) -> None:
    answer = editor.send("reply-links/", asked(claim, **change))

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (status, field)
    assert not ReplyLink.objects.exists()


def test_who_has_not_spoken_gets_no_link(editor: Door, claim: Claim) -> None:
    answer = editor.send("reply-links/", asked(claim, person=make_person().slug))

    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_speaker")


def test_the_address_is_shown_once(editor: Door, claim: Claim) -> None:
    made = editor.send("reply-links/", asked(claim, sent_to="ada@press.example"))

    address = made.json()["address"]
    token = address.removeprefix("http://testserver/reply/").rstrip("/")
    assert (made.status_code, made["Cache-Control"]) == (201, "no-store")
    assert editor.get(address).status_code == 200
    again = editor.get(made["Location"])
    assert token not in again.content.decode()
    assert again.json()["sent_to"] == "ada@press.example"
    assert token not in editor.read("reply-links/").content.decode()
    assert "token" not in again.json()


def test_the_address_is_of_the_site_where_it_is_known(
    editor: Door, claim: Claim, settings: Any
) -> None:
    settings.TRACKER_BASE_URL = "https://tracker.example"

    made = editor.send("reply-links/", asked(claim)).json()

    assert made["address"].startswith("https://tracker.example/reply/")


def test_a_link_is_revoked_and_says_where_it_stands(editor: Door, claim: Claim) -> None:
    made = editor.send("reply-links/", asked(claim)).json()
    assert made["standing"] == "open"

    revoked = editor.send(f"reply-links/{made['id']}/revoke/")

    assert revoked.json()["standing"] == "revoked"
    assert editor.send(f"reply-links/{made['id']}/revoke/").status_code == 409
    assert editor.get(made["address"]).status_code == 410
    listed = editor.read("reply-links/", revoked="true").json()["results"]
    assert [row["id"] for row in listed] == [made["id"]]
    assert editor.read("reply-links/", used="true").json()["results"] == []


@pytest.mark.parametrize("role", ["coder", "judge", "public"])
def test_only_editors_see_where_links_were_sent(
    door: Callable[[str], Door], settings: Any, role: str
) -> None:
    settings.TRACKER_PUBLIC_READ = True
    link = make_link(sent_to="ada@press.example")

    assert door(role).read(f"reply-links/{link.pk}/").status_code == 404
    assert door(role).read("reply-links/").json()["results"] == []


@pytest.mark.parametrize("role", ["coder", "judge"])
def test_who_does_not_see_a_link_cannot_revoke_it(door: Callable[[str], Door], role: str) -> None:
    link = make_link()

    assert door(role).send(f"reply-links/{link.pk}/revoke/").status_code == 404
    link.refresh_from_db()
    assert link.revoked_at is None
