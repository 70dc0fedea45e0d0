"""Verdicts as pages show them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff
from tracker.admin.verdicts import shown
from tracker.models import Verdict

pytestmark = pytest.mark.django_db
LIST = "admin:tracker_verdict_changelist"


def listed(role: str, verdict: Verdict) -> bool:
    client = Client()
    client.force_login(make_staff(role))
    return verdict in client.get(reverse(LIST)).context["cl"].result_list


@pytest.mark.parametrize("role", ["coder", "judge", "editor", "admin"])
def test_nobody_sees_another_verdict_of_an_open_round(role: str) -> None:
    assert not listed(role, builders.make_verdict())


@pytest.mark.parametrize(
    ("role", "sees"), [("coder", False), ("judge", False), ("editor", True), ("admin", True)]
)
def test_a_split_round_is_seen_by_who_may_adjudicate(role: str, sees: bool) -> None:
    verdict = builders.make_verdict(round=builders.make_round())
    verdict.round.state = "split"
    verdict.round.save(update_fields=["state"])

    assert listed(role, verdict) is sees


def test_a_judge_sees_their_own() -> None:
    judge = make_staff("judge")
    verdict = builders.make_verdict(judge=judge)
    client = Client()
    client.force_login(judge)

    page = client.get(reverse("admin:tracker_verdict_change", args=[verdict.pk]))

    assert "You" in page.content.decode()


def test_judges_are_letters_and_oneself_is_you() -> None:
    judge = make_staff("judge")
    round = builders.make_round()
    verdicts = [builders.make_verdict(round=round), builders.make_verdict(round=round, judge=judge)]

    assert [one.author for one in shown(verdicts, judge)] == ["Judge A", "You"]
