"""Seats and exceptions in the workbench."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff
from tests.duties import make_assignment, make_override
from tracker.models import Assignment, Override, Round, User


def step(name: str, round: Round) -> str:
    return reverse(f"admin:tracker_round_{name}", args=[round.pk])


def seat(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.django_db
def test_a_judge_sees_their_own_seats_and_no_exception() -> None:
    judge = make_staff("judge")
    make_assignment(judge=judge)
    make_assignment()
    make_override()

    page = seat(judge).get(reverse("admin:tracker_assignment_changelist"))

    assert page.context["cl"].result_count == 1
    assert seat(judge).get(reverse("admin:tracker_override_changelist")).status_code == 403


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
