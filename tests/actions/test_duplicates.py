"""Duplicates: proposed by one, confirmed by another, merged without losing a word."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import Group

from tests.actions.steps import refused
from tests.builders import (
    JUDGED,
    make_claim,
    make_organisation,
    make_person,
    make_proposition,
    make_round,
    make_user,
)
from tests.pairs import proposed, reworded, twins
from tracker.actions.duplicates import confirm, reject
from tracker.domain.errors import (
    CommentRequired,
    Conflict,
    NotPermitted,
    RoundOpen,
    SeparationOfDuties,
    UnknownValue,
)
from tracker.models import Proposition
from tracker.models.duplicates import DuplicateState

pytestmark = pytest.mark.django_db


# --- proposing -----------------------------------------------------------------------


def test_a_proposal_says_why() -> None:
    pair, user = reworded(), make_user()

    with refused(CommentRequired, "reason"):
        proposed(*pair, by=user, reason=" ")


def test_a_judge_proposes_nothing() -> None:
    pair, judge = reworded(), make_user(role="judge")

    with refused(NotPermitted):
        proposed(*pair, by=judge)


def test_a_claim_is_no_duplicate_of_a_proposition_or_of_itself() -> None:
    claim, user = make_claim(), make_user()

    with refused(UnknownValue, "dropped"):
        proposed(claim.proposition, claim, by=user)
    with refused(Conflict, "dropped"):
        proposed(claim, claim, by=user)


def test_a_pair_is_proposed_once_whichever_way_round() -> None:
    first, second = reworded()
    made = proposed(first, second)
    user = make_user()

    for pair in ((first, second), (second, first)):
        with refused(Conflict, "dropped") as caught:
            proposed(*pair, by=user)
        assert caught.value.facts["duplicate"] == made.pk


def test_what_stands_against_a_merge_is_said_when_it_is_proposed() -> None:
    kept, dropped = reworded()
    make_round(proposition=dropped)
    user = make_user()

    with refused(RoundOpen, "proposition"):
        proposed(kept, dropped, by=user)

    assert proposed(dropped, kept).likeness == pytest.approx(1.0)


def test_of_two_claims_the_first_utterance_is_kept() -> None:
    shared = {"person": make_person(), "proposition": make_proposition()}
    later = make_claim(**shared, organisation=make_organisation(), said_on=date(2026, 2, 1))
    earlier = make_claim(**shared, said_on=date(2026, 1, 2))

    made = proposed(later, earlier)

    assert (made.kept_claim, made.dropped_claim) == (earlier, later)


def test_of_two_claims_of_one_day_the_first_logged_is_kept() -> None:
    first, second = twins()

    assert proposed(second, first).kept_claim == first


def test_who_is_to_judge_one_of_them_learns_nothing_from_a_merge() -> None:
    user = make_user(role="judge")
    user.groups.add(Group.objects.get(name="coder"))
    judged, other = reworded()
    claims = twins(proposition=judged)
    make_round(proposition=judged)

    for pair in ((other, judged), claims):
        with refused(SeparationOfDuties, "duplicate"):
            proposed(*pair, by=user)


# --- deciding ------------------------------------------------------------------------


def test_nobody_decides_what_they_proposed() -> None:
    user = make_user()
    made = proposed(*reworded(), by=user)

    with refused(SeparationOfDuties, "duplicate"):
        confirm(by=user, now=JUDGED, duplicate=made)
    with refused(SeparationOfDuties, "duplicate"):
        reject(by=user, now=JUDGED, duplicate=made, reason="No.")


def test_who_is_to_judge_one_of_them_decides_nothing() -> None:
    user = make_user(role="judge")
    user.groups.add(Group.objects.get(name="coder"))
    made = proposed(*twins())
    make_round(proposition=made.kept_claim.proposition if made.kept_claim else None)

    with refused(SeparationOfDuties, "duplicate"):
        confirm(by=user, now=JUDGED, duplicate=made)


def test_a_rejection_says_why_and_leaves_both() -> None:
    first, second = reworded()
    made, user = proposed(first, second), make_user()
    with refused(CommentRequired, "reason"):
        reject(by=user, now=JUDGED, duplicate=made, reason="")

    kept = reject(by=user, now=JUDGED, duplicate=made, reason="Another summer.")

    assert (kept.state, kept.decision_reason) == (DuplicateState.REJECTED, "Another summer.")
    assert not Proposition.objects.exclude(merged_into=None).exists()


@pytest.mark.parametrize("decide", [confirm, partial(reject, reason="No.")])
def test_what_was_decided_stays_decided(decide: Any) -> None:
    made = proposed(*reworded())
    confirm(by=make_user(), now=JUDGED, duplicate=made)
    user = make_user()

    with refused(Conflict, "duplicate"):
        decide(by=user, now=JUDGED, duplicate=made)


def test_what_came_between_proposal_and_confirmation_stops_the_merge() -> None:
    first, second = reworded()
    made, user = proposed(first, second), make_user()
    make_round(proposition=second)

    with refused(RoundOpen, "proposition"):
        confirm(by=user, now=JUDGED, duplicate=made)
