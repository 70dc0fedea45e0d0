"""What a merge would do is looked at first; what stands against it is said in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.builders import (
    make_benchmark,
    make_claim,
    make_organisation,
    make_outcome,
    make_person,
    make_proposition,
    make_reading,
    make_resolution,
    make_round,
    make_user,
    make_verdict,
)
from tests.pairs import reworded, twins
from tracker.actions.mergers import plan_for_claims, plan_for_propositions
from tracker.actions.scores import rescore
from tracker.domain.judging import OutcomeAnswer, State
from tracker.models import Claim, Proposition

pytestmark = pytest.mark.django_db
Claims = tuple[Claim, Claim]
Propositions = tuple[Proposition, Proposition]


# --- claims that stay apart ----------------------------------------------------------


def merged_before() -> Claims:
    first, second = twins()
    Claim.objects.filter(pk=second.pk).update(merged_into=first, state="merged")
    second.refresh_from_db()
    return first, second


def linked(column: str) -> Claims:
    first, second = twins()
    Claim.objects.filter(pk=second.pk).update(**{column: first})
    second.refresh_from_db()
    return first, second


def first_a_draft() -> Claims:
    first, second = twins()
    Claim.objects.filter(pk=first.pk).update(state="draft")
    first.refresh_from_db()
    return first, second


def withdrawn() -> Claims:
    first, second = twins()
    Claim.objects.filter(pk=second.pk).update(state="retracted", state_reason="No.")
    second.refresh_from_db()
    return first, second


def of_two_minds() -> Claims:
    first, second = twins()
    Claim.objects.filter(pk=second.pk).update(polarity="denies")
    second.refresh_from_db()
    return first, second


def of_two_speakers() -> Claims:
    shared = make_proposition()
    return make_claim(proposition=shared), make_claim(proposition=shared)


def of_two_propositions() -> Claims:
    person = make_person()
    return make_claim(person=person), make_claim(person=person)


APART: dict[str, tuple[Callable[[], Claims], str]] = {
    "two speakers": (of_two_speakers, "merge their records first"),
    "two propositions": (of_two_propositions, "speak to two propositions"),
    "affirmed and denied": (of_two_minds, "Leave them apart"),
    "merged before": (merged_before, "was merged into claim"),
    "withdrawn": (withdrawn, "is retracted"),
    "an update": (lambda: linked("revises"), "on purpose"),
    "a distortion": (lambda: linked("distorts"), "on purpose"),
    "the first a draft": (first_a_draft, "freeze it, then merge"),
}


@pytest.mark.parametrize("case", APART)
def test_claims_that_are_two_stay_apart(case: str) -> None:
    make, sentence = APART[case]

    plan = plan_for_claims(*make())

    assert sentence in plan.obstacles[0].message
    assert plan.obstacles[0].conflict


def test_a_person_under_two_merged_records_is_one_speaker() -> None:
    winner, proposition = make_person(), make_proposition()
    first = make_claim(person=winner, proposition=proposition)
    second = make_claim(person=make_person(merged_into=winner), proposition=proposition)

    assert plan_for_claims(first, second).obstacles == ()


def test_the_plan_says_what_leaves_the_scores() -> None:
    first, second = twins()
    make_resolution(proposition=first.proposition)
    rescore()
    Claim.objects.filter(pk=second.pk).update(p_low=600, p_point=600, p_high=600)
    second.refresh_from_db()

    notes = " ".join(plan_for_claims(first, second).notes)

    assert f"Claim {second.pk} leaves the scores; claim {first.pk} counts." in notes
    assert "surer or less sure" in notes


# --- propositions that stay apart ----------------------------------------------------


def merged_away() -> Propositions:
    kept, dropped = reworded()
    dropped.merged_into = make_proposition()
    dropped.save()
    return kept, dropped


def kept_a_draft() -> Propositions:
    return make_proposition(frozen=False), make_proposition()


def another_condition() -> Propositions:
    return make_proposition(condition=make_proposition()), make_proposition()


def the_opposite_condition() -> Propositions:
    condition = make_proposition()
    return (
        make_proposition(condition=condition),
        make_proposition(condition=condition, condition_required=False),
    )


def being_judged() -> Propositions:
    kept, dropped = reworded()
    make_round(proposition=dropped)
    return kept, dropped


def resolved_apart() -> Propositions:
    kept, dropped = reworded()
    make_resolution(proposition=kept)
    make_resolution(proposition=dropped, outcome=OutcomeAnswer.DID_NOT)
    return kept, dropped


def judged_by(judged: int, duty: str) -> Propositions:
    """One judged by somebody who coded, or read, a claim on the other."""
    pair, busy = reworded(), make_user(role="judge")
    round = make_round(proposition=pair[judged])
    make_verdict(round=round, judge=busy)
    round.state, round.closed_at = State.ABANDONED, round.opened_at
    round.save()
    other = pair[1 - judged]
    if duty == "coded":
        make_claim(proposition=other, coder=busy)
    else:
        make_reading(claim=make_claim(proposition=other), reader=busy)
    return pair


def said_after_the_deadline() -> Propositions:
    kept = make_proposition(deadline=date(2026, 1, 31))
    dropped = make_proposition(deadline=date(2026, 6, 30))
    make_claim(proposition=dropped, said_on=date(2026, 2, 1))
    return kept, dropped


def affirmed_and_denied() -> Propositions:
    kept, dropped = reworded()
    person = make_person()
    make_claim(proposition=kept, person=person)
    make_claim(proposition=dropped, person=person, polarity="denies")
    return kept, dropped


DIFFERENT: dict[str, tuple[Callable[[], Propositions], str]] = {
    "merged before": (merged_away, "was merged into proposition"),
    "a draft": (kept_a_draft, "freeze it first"),
    "another condition": (another_condition, "merge these first"),
    "the opposite condition": (the_opposite_condition, "same condition"),
    "being judged": (being_judged, "resolve or abandon its round first"),
    "resolved apart": (resolved_apart, "judged anew first"),
    "kept judged by a coder": (lambda: judged_by(0, "coded"), "their own coding"),
    "kept judged by a reader": (lambda: judged_by(0, "read"), "their own coding"),
    "dropped judged by a coder": (lambda: judged_by(1, "coded"), "their own coding"),
    "said after the deadline": (said_after_the_deadline, "after the deadline 2026-01-31"),
    "affirmed and denied": (affirmed_and_denied, "One speaker cannot do both"),
}


@pytest.mark.parametrize("case", DIFFERENT)
def test_propositions_that_are_two_stay_apart(case: str) -> None:
    make, sentence = DIFFERENT[case]

    plan = plan_for_propositions(*make())

    assert [one.message for one in plan.obstacles if sentence in one.message]


def test_where_one_verdict_is_enough_its_judge_may_have_coded() -> None:
    kept, dropped = reworded()
    blogger = make_user(role="editor")
    round = make_round(proposition=kept, needed=1)
    make_verdict(round=round, judge=blogger)
    make_claim(proposition=dropped, coder=blogger)

    assert plan_for_propositions(kept, dropped).obstacles == ()


def test_the_plan_says_what_moves_what_meets_and_what_no_longer_counts() -> None:
    kept, dropped = make_proposition(), make_proposition(deadline=date(2026, 9, 30))
    person = make_person()
    later = make_claim(proposition=kept, person=person, said_on=date(2026, 2, 1))
    earlier = make_claim(proposition=dropped, person=person, said_on=date(2026, 1, 1))
    alone = make_claim(proposition=dropped, organisation=make_organisation())
    fact = make_outcome(proposition=dropped)
    make_benchmark(proposition=dropped, as_of=date(2025, 1, 1))
    make_resolution(proposition=dropped)
    hanging = make_proposition(frozen=False, condition=dropped)

    plan = plan_for_propositions(kept, dropped)

    assert plan.obstacles == ()
    assert plan.moved == (earlier, alone)
    assert [(pair.later, pair.earlier) for pair in plan.merged] == [(later, earlier)]
    assert plan.outcomes == (fact,)
    assert plan.conditional == (hanging,)
    told = " ".join(plan.notes)
    assert f"What hangs on proposition {dropped.pk} is void or not by proposition" in told
    assert f"The resolution of proposition {dropped.pk} stays on its page" in told
    assert "judged by 2026-06-30 instead of 2026-09-30" in told
    assert f"Base rates of proposition {dropped.pk} stay there" in told


def test_claims_that_met_before_are_left_to_a_proposal_of_their_own() -> None:
    kept, dropped = reworded()
    twins(proposition=kept)
    make_claim(proposition=dropped)

    assert plan_for_propositions(kept, dropped).merged == ()
