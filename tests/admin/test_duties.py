"""Seats and exceptions in the workbench."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.admin.world import make_staff
from tests.duties import make_assignment, make_override
from tracker.models import User


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
