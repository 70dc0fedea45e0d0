"""Verdicts as pages show them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff
from tests.duties import moved_to
from tracker.admin.verdicts import aligned, shown
from tracker.domain.judging import OutcomeAnswer, Stage, State
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


def test_a_judge_s_last_word_stands_beside_the_other_s_and_evidence_in_rows() -> None:
    round = builders.make_round()
    one, two = (builders.make_outcome(proposition=round.proposition) for _ in range(2))
    first = builders.make_verdict(round=round, outcome=OutcomeAnswer.CAME_TRUE)
    second = builders.make_verdict(round=round, outcome=OutcomeAnswer.DID_NOT)
    first.cited.add(one)
    second.cited.add(one, two)
    moved_to(round, State.SPLIT)
    revised = builders.make_verdict(
        round=round, judge=first.judge, stage=Stage.REVISED, outcome=OutcomeAnswer.PARTLY
    )

    found = aligned(shown([first, second, revised], builders.make_user(role="editor")))

    assert [(c.author, c.outcome) for c in found.columns] == [
        ("Judge A", "Partly came true"),
        ("Judge B", "Did not come true"),
    ]
    assert {outcome.pk: list(who) for outcome, who in found.rows} == {
        one.pk: [False, True],
        two.pk: [False, True],
    }
    assert [c.outcome for c in found.earlier] == ["Came true"]
