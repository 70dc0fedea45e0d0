"""The buttons of a round: seats, exceptions, and the moves that the table offers."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff
from tests.duties import moved_to
from tracker.domain.judging import State
from tracker.models import Assignment, Override, Round, User


def step(name: str, round: Round) -> str:
    return reverse(f"admin:tracker_round_{name}", args=[round.pk])


def seat(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        (State.OPEN, {"Assign a judge", "Make an exception", "Abandon"}),
        (State.SPLIT, {"Escalate", "Make an exception", "Abandon"}),
        (State.ADJUDICATION, {"Make an exception", "Abandon"}),
        (State.PANEL, {"Make an exception", "Abandon"}),
        (State.AGREED, {"Resolve", "Contest"}),
        (State.SETTLED, set()),
    ],
)
def test_an_editor_is_offered_what_the_table_allows(state: State, buttons: set[str]) -> None:
    round = moved_to(builders.make_round(), state)
    page = seat(make_staff("editor")).get(reverse("admin:tracker_round_change", args=[round.pk]))

    titles = {button["title"] for button in page.context["buttons"]}
    assert titles - {"Take a seat"} == buttons


@pytest.mark.django_db
def test_a_judge_takes_a_seat_and_gives_it_back() -> None:
    judge, round = make_staff("judge"), builders.make_round()
    client = seat(judge)
    assert "Nobody else can take it" in client.get(step("take_seat", round)).content.decode()

    client.post(step("take_seat", round))
    assert Assignment.objects.standing().get().judge == judge
    client.post(step("leave_seat", round))

    assert not Assignment.objects.standing().exists()


@pytest.mark.django_db
def test_an_editor_assigns_a_judge_and_is_told_who_cannot_be() -> None:
    claim = builders.make_claim(coder=make_staff("judge"))
    round = builders.make_round(proposition=claim.proposition)
    client, free = seat(make_staff("editor")), make_staff("judge")

    refused = client.post(step("assign", round), {"judge": claim.coder_id})
    assert "coded or read a claim" in refused.content.decode()
    client.post(step("assign", round), {"judge": free.pk})

    assert Assignment.objects.get().judge == free


@pytest.mark.django_db
def test_an_exception_is_an_editors_and_takes_a_reason() -> None:
    claim = builders.make_claim(coder=make_staff("judge"))
    round = builders.make_round(proposition=claim.proposition)
    client = seat(make_staff("editor"))

    client.post(step("override", round), {"judge": claim.coder_id, "reason": ""})
    assert not Override.objects.exists()
    client.post(step("override", round), {"judge": claim.coder_id, "reason": "Alone."})

    assert Override.objects.get().reason == "Alone."
    listed = client.get(reverse("admin:tracker_override_changelist")).content.decode()
    assert "Alone." in listed
