"""Rounds in the workbench: judging, adjudicating, settling."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff
from tracker.models import Resolution, Round, User, Verdict


def page_of(round: Round) -> str:
    return reverse("admin:tracker_round_change", args=[round.pk])


def step(name: str, round: Round) -> str:
    return reverse(f"admin:tracker_round_{name}", args=[round.pk])


def seat(user: User | None = None) -> Client:
    client = Client()
    client.force_login(user or make_staff("judge"))
    return client


def ballot(**given: Any) -> dict[str, Any]:
    return {"outcome": "came_true", "rationale": "Two sources report it.", **given}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"rationale": ""}, "rationale"),
        ({"outcome": ""}, "outcome"),
        ({"outcome": "did_not"}, "searched"),
        ({"outcome": "annulled"}, "annul_reason"),
        ({"outcome": "void_condition"}, "outcome"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value.values()),
)
def test_an_incomplete_verdict_stays_on_the_page(given: dict[str, Any], field: str) -> None:
    page = seat().post(page_of(builders.make_round()), ballot(**given))

    assert field in page.context["form"].errors
    assert not Verdict.objects.exists()


def test_coders_do_not_judge(coder: Client) -> None:
    page = coder.get(page_of(builders.make_round()))

    assert page.context["form"] is None
    assert "Judges are at work." in page.content.decode()


@pytest.mark.django_db
def test_whoever_coded_the_claim_is_refused() -> None:
    judge = make_staff("judge")
    claim = builders.make_claim(coder=judge)

    page = seat(judge).post(page_of(builders.make_round(proposition=claim.proposition)), ballot())

    assert "others judge it" in page.content.decode()


@pytest.mark.django_db
def test_a_key_ticks_the_outcome_that_it_stands_beside() -> None:
    round = builders.make_round()
    days = (date(2026, 7, 9), date(2026, 7, 5), date(2026, 7, 7))
    known = [builders.make_outcome(proposition=round.proposition, known_on=on) for on in days]

    page = seat(make_staff("judge")).get(page_of(round))

    first_known = [known[1].pk, known[2].pk, known[0].pk]
    assert [line["outcome"].pk for line in page.context["outcomes"]] == first_known
    assert [int(str(pk)) for pk, _ in page.context["form"].fields["cited"].choices] == first_known


@pytest.mark.django_db
def test_a_judge_answers_once_and_waits_for_the_other() -> None:
    round = builders.make_round()
    outcome = builders.make_outcome(proposition=round.proposition)
    judge = seat()

    judge.post(page_of(round), ballot(cited=[outcome.pk]))

    verdict = Verdict.objects.get()
    assert list(verdict.cited.all()) == [outcome]
    page = judge.get(page_of(round))
    assert page.context["form"] is None
    assert [shown.author for shown in page.context["verdicts"]] == ["You"]


@pytest.mark.django_db
def test_a_conditional_proposition_is_asked_for_its_condition_first() -> None:
    proposition = builders.make_proposition(condition=builders.make_proposition())
    round = builders.make_round(proposition=proposition)
    judge = seat()
    page = judge.get(page_of(round)).content.decode()
    assert page.index("Was the condition met?") < page.index("2. What happened?")

    judge.post(page_of(round), ballot(condition="not_met", outcome="void_condition"))

    assert Verdict.objects.get().condition == "not_met"


@pytest.mark.django_db
def test_after_a_verdict_the_queue_goes_on() -> None:
    first, second = builders.make_round(), builders.make_round()

    answer = seat().post(page_of(first), ballot(_next="1"))

    assert answer.headers["Location"] == page_of(second)


def test_a_split_round_is_adjudicated_without_names(editor: Client) -> None:
    round = builders.make_round()
    for name, answer in (("Jonas", "came_true"), ("Judith", "partly")):
        judge = make_staff("judge", first_name=name, last_name="Judge")
        seat(judge).post(page_of(round), ballot(outcome=answer))
    page = editor.get(page_of(round)).content.decode()
    assert "Judge A" in page
    assert "Judge B" in page
    assert "Jonas" not in page
    assert "Adjudicate" in page

    editor.post(page_of(round), ballot(outcome="partly"))

    assert Round.objects.get().state == "agreed"


@pytest.mark.parametrize("name", ["resolve", "abandon", "contest"])
@pytest.mark.django_db
def test_judges_do_not_settle(name: str) -> None:
    assert seat().post(step(name, builders.make_round())).status_code == 403


def test_nothing_is_resolved_before_verdicts_settle_it(editor: Client) -> None:
    editor.post(step("resolve", builders.make_round()))

    assert not Resolution.objects.exists()


def test_verdicts_that_agree_are_resolved(editor: Client) -> None:
    round = builders.make_round()
    for _ in range(2):
        seat().post(page_of(round), ballot())

    answer = editor.post(step("resolve", round), {"rationale": "Both agree."})

    resolution = Resolution.objects.get()
    assert answer.headers["Location"].endswith(f"/resolution/{resolution.pk}/change/")
    assert resolution.outcome == "came_true"


def test_abandoning_needs_a_reason(editor: Client) -> None:
    round = builders.make_round()
    editor.post(step("abandon", round), {"reason": ""})
    assert Round.objects.get().state == "open"

    editor.post(step("abandon", round), {"reason": "Opened by mistake."})

    assert Round.objects.get().state == "abandoned"


@pytest.mark.django_db
def test_a_split_round_is_escalated_by_its_judges() -> None:
    round = builders.make_round(state="split")

    seat().post(step("escalate", round))

    assert Round.objects.get().state == "adjudication"


def test_an_agreed_round_is_contested_before_a_panel(editor: Client) -> None:
    round = builders.make_round(state="agreed")

    editor.post(step("contest", round))

    assert Round.objects.get().state == "panel"


@pytest.mark.parametrize(("waiting", "state"), [("adjudicator", "split"), ("editor", "agreed")])
def test_rounds_are_listed_by_whose_move_it_is(editor: Client, waiting: str, state: str) -> None:
    builders.make_round()
    round = builders.make_round(state=state)

    page = editor.get(reverse("admin:tracker_round_changelist"), {"waiting": waiting})

    assert list(page.context["cl"].result_list) == [round]
