"""The buttons of a claim's page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff
from tracker.models import Claim, Reading, Round


def step(name: str, claim: Claim) -> str:
    return reverse(f"admin:tracker_claim_{name}", args=[claim.pk])


def coded(**given: Any) -> dict[str, Any]:
    return {"kind": "forecast", "polarity": "affirms", "hedge": "likely", **given}


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("code", "judge"),
        ("freeze", "judge"),
        ("withdraw", "judge"),
        ("open_round", "coder"),
        ("open_round", "judge"),
    ],
)
def test_a_button_is_for_its_roles_only(client: Client, db: None, name: str, role: str) -> None:
    client.force_login(make_staff(role))

    assert client.post(step(name, builders.make_claim())).status_code == 403


def test_looking_at_a_step_changes_nothing(coder: Client) -> None:
    claim = builders.make_claim(frozen=False)

    assert coder.get(step("freeze", claim)).status_code == 200
    assert Claim.objects.get().state == "draft"


def test_freezing_says_what_is_missing(coder: Client) -> None:
    claim = builders.make_claim(frozen=False)

    page = coder.post(step("freeze", claim))

    assert "Name the proposition that the claim speaks to." in page.content.decode()
    assert Claim.objects.get().state == "draft"


def test_a_draft_is_coded_then_frozen(coder: Client) -> None:
    claim = builders.make_claim(frozen=False)
    meaning = {"statement": "It falls.", "criteria": "It stands.", "deadline": "2026-07-01"}

    coder.post(step("code", claim), coded(**meaning))
    coder.post(step("freeze", claim))

    claim = Claim.objects.get()
    assert (claim.state, claim.p_tier) == ("frozen", "lexicon")
    assert claim.proposition is not None
    assert claim.proposition.frozen_at is not None


def test_coding_again_keeps_the_proposition(coder: Client) -> None:
    proposition = builders.make_proposition(frozen=False)
    claim = builders.make_claim(frozen=False, proposition=proposition, kind="forecast")
    page = coder.get(step("code", claim))
    assert page.context["form"].initial["known_proposition"] == proposition.pk

    coder.post(step("code", claim), coded(known_proposition=proposition.pk, role="Fellow"))

    claim = Claim.objects.get()
    assert (claim.proposition, claim.role) == (proposition, "Fellow")


def test_a_frozen_claim_is_not_coded_again(coder: Client) -> None:
    claim = builders.make_claim()

    page = coder.post(step("code", claim), coded(hedge="unlikely"))

    assert "takes notes only" in page.content.decode()


@pytest.mark.parametrize("state", ["retracted", "misquote"])
def test_withdrawing_needs_a_reason(coder: Client, state: str) -> None:
    claim = builders.make_claim()
    coder.post(step("withdraw", claim), {"state": state, "reason": ""})
    assert Claim.objects.get().state == "frozen"

    coder.post(step("withdraw", claim), {"state": state, "reason": "He wrote to us."})

    assert (Claim.objects.get().state, Claim.objects.get().state_reason) == (
        state,
        "He wrote to us.",
    )


def test_an_editor_opens_one_round(editor: Client) -> None:
    claim = builders.make_claim()

    editor.post(step("open_round", claim))
    again = editor.post(step("open_round", claim))

    assert "already has an open round" in again.content.decode()
    assert Round.objects.count() == 1


def test_a_reader_reads_the_words_once(client: Client, db: None) -> None:
    client.force_login(make_staff("judge"))
    claim = builders.make_claim()
    reading = {"low": "0.5", "best": "0.65", "high": "0.8"}

    page = client.post(step("read", claim), {**reading, "low": "0.9"})
    assert page.status_code == 200
    client.post(step("read", claim), reading)

    kept = Reading.objects.get()
    assert (kept.low, kept.best, kept.high) == (500, 650, 800)


def test_only_buttons_that_make_sense_are_offered(editor: Client) -> None:
    def offered(claim: Claim) -> list[str]:
        page = editor.get(reverse("admin:tracker_claim_change", args=[claim.pk]))
        return [button["title"] for button in page.context["buttons"]]

    assert offered(builders.make_claim(frozen=False))[:2] == ["Code", "Freeze"]
    assert offered(builders.make_claim())[0] == "Open a round"
    assert offered(builders.make_claim(state="misquote", state_reason="No.")) == []
