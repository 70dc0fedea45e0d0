"""Asking a speaker for their reply in the workbench."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import builders
from tests.admin.world import make_staff
from tests.links import issue, make_link
from tracker.admin.reply_links import speakers_of
from tracker.models import Claim, ReplyLink, Resolution

pytestmark = pytest.mark.django_db


def waiting(claim: Claim) -> Resolution:
    """An unpublished resolution of the claim whose reply window is open."""
    return builders.make_resolution(
        proposition=claim.proposition, published=False, decided_at=timezone.now()
    )


def ask(resolution: Resolution) -> str:
    return reverse("admin:tracker_resolution_ask", args=[resolution.pk])


def speaker(claim: Claim) -> str:
    return f"person-{claim.person_id}"


@pytest.mark.parametrize("role", ["coder", "judge"])
def test_only_editors_ask_and_see_links(client: Client, role: str) -> None:
    client.force_login(make_staff(role))
    link = make_link()
    pages = [
        ask(waiting(builders.make_claim())),
        reverse("admin:tracker_replylink_changelist"),
        reverse("admin:tracker_replylink_change", args=[link.pk]),
        reverse("admin:tracker_replylink_revoke", args=[link.pk]),
    ]

    assert {client.get(page).status_code for page in pages} == {403}


def test_a_link_is_shown_once_with_a_letter_round_it(editor: Client) -> None:
    claim = builders.make_claim(person=builders.make_person(name="Ada {Analyst}"))
    resolution = waiting(claim)

    page = editor.post(
        ask(resolution), {"speaker": speaker(claim), "days": "", "sent_to": "ada@press.example"}
    )

    text = html.unescape(page.content.decode())
    found = re.findall(r"http://testserver(/reply/[\w.-]+/)", text)
    assert len(found) == 2
    assert len(set(found)) == 1
    assert "no-store" in page["Cache-Control"]
    assert "Dear Ada (Analyst)," in text
    assert editor.get(found[0]).status_code == 200
    link = ReplyLink.objects.get()
    assert link.expires_at == resolution.reply_until
    for address in (
        reverse("admin:tracker_replylink_change", args=[link.pk]),
        reverse("admin:tracker_replylink_history", args=[link.pk]),
        reverse("admin:tracker_resolution_change", args=[resolution.pk]),
    ):
        again = editor.get(address).content.decode()
        assert found[0] not in again
        assert link.token_hash not in again


def test_who_asks_too_late_is_told_to_say_for_how_long(editor: Client) -> None:
    claim = builders.make_claim()
    resolution = builders.make_resolution(proposition=claim.proposition)

    page = editor.post(ask(resolution), {"speaker": speaker(claim), "days": ""})

    assert "The reply window is over" in str(page.context["form"].errors["days"])
    editor.post(ask(resolution), {"speaker": speaker(claim), "days": "3"})
    assert ReplyLink.objects.get().expires_at > timezone.now() + timedelta(days=2)


def test_a_resolution_without_a_speaker_offers_no_link(editor: Client) -> None:
    resolution = waiting(builders.make_claim(frozen=False, proposition=builders.make_proposition()))

    page = editor.get(reverse("admin:tracker_resolution_change", args=[resolution.pk]))

    assert "Ask for a reply" not in page.content.decode()


def test_speakers_go_by_their_standing_names() -> None:
    winner = builders.make_person()
    claim = builders.make_claim(person=builders.make_person(merged_into=winner))
    institute = builders.make_organisation()
    builders.make_claim(proposition=claim.proposition, person=winner)
    builders.make_claim(proposition=claim.proposition, person=None, organisation=institute)

    assert list(speakers_of(waiting(claim)).values()) == [winner, institute]


def test_a_link_is_revoked_while_it_is_open(editor: Client) -> None:
    link = issue(now=timezone.now(), days=3).link
    revoke = reverse("admin:tracker_replylink_revoke", args=[link.pk])
    page = reverse("admin:tracker_replylink_change", args=[link.pk])
    assert revoke in editor.get(page).content.decode()

    editor.post(revoke)

    assert ReplyLink.objects.get().revoked_at is not None
    assert revoke not in editor.get(page).content.decode()
    assert "has been revoked" in editor.post(revoke).content.decode()


def test_what_a_speaker_replied_is_read_before_it_is_published(editor: Client) -> None:
    resolution = waiting(builders.make_claim())
    builders.make_reply(resolution=resolution, text="I said <if>.")

    page = editor.get(reverse("admin:tracker_resolution_publish", args=[resolution.pk]))

    assert "The analyst replied: “I said &lt;if&gt;.”" in page.content.decode()
