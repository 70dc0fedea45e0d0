"""Seats and exceptions: who may judge where, and who says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import override_settings

from tests.actions.steps import answer, open_for, refused, resolved
from tests.builders import (
    JUDGED,
    make_claim,
    make_proposition,
    make_reading,
    make_round,
    make_topic,
    make_user,
    make_verdict,
)
from tests.duties import make_override, moved_to
from tracker.actions.duties import assign, grant_override, release, take_seat
from tracker.actions.resolutions import resolve
from tracker.domain import errors
from tracker.domain.judging import State
from tracker.models import Assignment, Round, User

pytestmark = pytest.mark.django_db

SOON = JUDGED + timedelta(hours=1)


def judge() -> User:
    return make_user(role="judge")


def editor() -> User:
    return make_user(role="editor")


def give(round: Round, to: User, *, by: User | None = None) -> Assignment:
    return assign(by=by or editor(), now=JUDGED, round=round, judge=to)


# --- seats ---------------------------------------------------------------------------


def test_seats_are_given_by_editors_to_judges_without_another_duty() -> None:
    claim = make_claim()
    round = make_round(proposition=claim.proposition)
    claim.coder.groups.set(judge().groups.all())
    reader = make_reading(claim=claim, reader=judge()).reader
    first, boss, coder = judge(), editor(), make_user()

    with refused(errors.NotPermitted):
        give(round, first, by=first)
    with refused(errors.NotPermitted, "judge"):
        give(round, coder, by=boss)
    for busy in (claim.coder, reader):
        with refused(errors.SeparationOfDuties, "judge"):
            give(round, busy, by=boss)

    assert give(round, first, by=boss).assigned_by == boss


def test_a_seat_is_for_one_and_the_seats_are_as_many_as_the_verdicts() -> None:
    round, first, second, third = make_round(), judge(), judge(), judge()
    boss = editor()
    give(round, first, by=boss)
    with refused(errors.Conflict, "judge"):
        give(round, first, by=boss)
    take_seat(by=second, now=JUDGED, round=round)

    with refused(errors.SeatsTaken, "round"):
        take_seat(by=third, now=JUDGED, round=round)
    with refused(errors.SeatsTaken, "round"):
        answer(round, by=third)

    assert answer(round, by=second).judge == second
    assert not Round.objects.awaiting(third).exists()
    assert Round.objects.awaiting(first).get() == round


def test_who_answers_without_a_seat_takes_a_free_one() -> None:
    round, first = make_round(), judge()

    answer(round, by=first)

    assert round.assignments.standing().get().judge == first


def test_a_seat_is_given_back_by_its_judge_or_an_editor_before_the_verdict() -> None:
    round, first, other = make_round(), judge(), judge()
    seat = give(round, first)
    with refused(errors.NotPermitted, "assignment"):
        release(by=other, now=SOON, assignment=seat)

    release(by=first, now=SOON, assignment=seat)

    with refused(errors.Conflict, "assignment"):
        release(by=first, now=SOON, assignment=seat)
    answer(round, by=other)
    held = round.assignments.standing().get()
    with refused(errors.AlreadyJudged, "assignment"):
        release(by=other, now=SOON, assignment=held)


def test_seats_are_for_open_rounds() -> None:
    round, first = moved_to(make_round(), State.SPLIT), judge()

    with refused(errors.RoundClosed, "round"):
        take_seat(by=first, now=JUDGED, round=round)


def test_every_judge_has_an_order_of_their_own_with_their_seats_first() -> None:
    rounds = [make_round() for _ in range(12)]
    judges = [judge() for _ in range(4)]
    take_seat(by=judges[0], now=JUDGED, round=rounds[-1])

    def order(one: User) -> list[int]:
        found = Round.objects.awaiting(one).shuffled_for(one)
        return list(found.values_list("pk", flat=True))

    assert order(judges[0])[0] == rounds[-1].pk
    assert all(sorted(order(one)) == [round.pk for round in rounds] for one in judges)
    assert len({tuple(order(one)) for one in judges}) == len(judges)
    assert order(judges[1]) == order(judges[1])


# --- exceptions ----------------------------------------------------------------------


def test_an_exception_is_an_editors_for_somebody_else_with_a_reason() -> None:
    claim = make_claim()
    round, boss, idle = make_round(proposition=claim.proposition), editor(), judge()

    with refused(errors.NotPermitted):
        grant_override(by=idle, now=JUDGED, round=round, judge=claim.coder, reason="Alone.")
    with refused(errors.SeparationOfDuties, "judge"):
        grant_override(by=boss, now=JUDGED, round=round, judge=boss, reason="Alone.")
    with refused(errors.CommentRequired, "reason"):
        grant_override(by=boss, now=JUDGED, round=round, judge=claim.coder, reason=" ")
    with refused(errors.Conflict, "judge"):
        grant_override(by=boss, now=JUDGED, round=round, judge=idle, reason="Alone.")

    grant_override(by=boss, now=JUDGED, round=round, judge=claim.coder, reason="Alone.")

    with refused(errors.Conflict, "judge"):
        grant_override(by=boss, now=JUDGED, round=round, judge=claim.coder, reason="Alone.")


def test_a_closed_round_gets_no_exception() -> None:
    claim = make_claim()
    round = moved_to(make_round(proposition=claim.proposition), State.ABANDONED)
    boss = editor()

    with refused(errors.RoundClosed, "round"):
        grant_override(by=boss, now=JUDGED, round=round, judge=claim.coder, reason="Alone.")


def test_who_is_excepted_judges_and_has_the_round_in_their_queue() -> None:
    coder = judge()
    claim = make_claim(coder=coder)
    round = make_round(proposition=claim.proposition)
    with refused(errors.SeparationOfDuties, "judge"):
        answer(round, by=coder)
    assert not Round.objects.awaiting(coder).exists()

    make_override(round=round, judge=coder)

    assert Round.objects.awaiting(coder).get() == round
    assert answer(round, by=coder).judge == coder


def test_an_appeal_is_not_offered_to_who_judged_before() -> None:
    proposition = make_proposition()
    before = resolved(proposition).round.verdicts.first().judge
    appeal = open_for(proposition, reason="appeal")

    with refused(errors.SeparationOfDuties, "judge"):
        answer(appeal, by=before)

    assert not Round.objects.awaiting(before).exists()
    assert Round.objects.awaiting(judge()).get() == appeal


# --- how many ------------------------------------------------------------------------


def test_a_topic_sets_how_many_judge_here_and_below() -> None:
    war = make_topic(judges=3)
    siege = make_topic(parent=war)
    alone = make_topic(parent=siege, judges=1)
    with override_settings(TRACKER_JUDGES=4):
        needed = [
            open_for(make_proposition(topic=topic)).needed for topic in (None, war, siege, alone)
        ]

    assert needed == [4, 3, 3, 1]


def test_with_one_judge_the_coder_judges_and_nothing_is_hidden_from_them() -> None:
    coder = judge()
    claim = make_claim(coder=coder)
    round = open_for(claim.proposition, needed=1)

    assert Round.objects.awaiting(coder).get() == round
    answer(round, by=coder)

    assert resolve(by=editor(), now=JUDGED, round=round).method == "single"


def test_a_verdict_on_record_counts_as_a_duty_in_an_appeal_only() -> None:
    proposition = make_proposition()
    before = make_verdict(round=make_round(proposition=proposition)).judge
    moved_to(proposition.rounds.get(), State.ABANDONED)

    again = open_for(proposition, reason="new_evidence")

    assert answer(again, by=before).judge == before
