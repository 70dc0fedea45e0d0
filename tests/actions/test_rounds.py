"""Rounds: judged blind by different people, revised once, adjudicated by someone fresh."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.actions.bad_verdicts import BAD
from tests.actions.steps import answer, judged, open_for, refused, resolved
from tests.builders import (
    JUDGED,
    SAID,
    make_claim,
    make_outcome,
    make_proposition,
    make_reading,
    make_user,
)
from tracker.actions.resolutions import resolve
from tracker.actions.rounds import (
    abandon,
    contest,
    escalate,
    open_due_rounds,
    settled,
    visible_verdicts,
)
from tracker.domain import errors
from tracker.domain.judging import Method
from tracker.models import Round, User

pytestmark = pytest.mark.django_db


def editor() -> User:
    return make_user(role="editor")


def split(**fields: Any) -> Round:
    return judged(make_proposition(**fields), "came_true", "did_not")


def judges_of(round: Round) -> list[User]:
    return [verdict.judge for verdict in round.verdicts.order_by("id")]


# --- opening -------------------------------------------------------------------------


def test_a_round_is_opened_by_editors_for_frozen_wording_and_up_to_five() -> None:
    draft, frozen = make_proposition(frozen=False), make_proposition()
    judge, boss = make_user(role="judge"), editor()

    with refused(errors.NotPermitted):
        open_for(frozen, by=judge)
    with refused(errors.NotReady, "proposition"):
        open_for(draft, by=boss)
    for needed in (0, 6):
        with refused(errors.UnknownValue, "needed"):
            open_for(frozen, by=boss, needed=needed)
    with refused(errors.UnknownValue, "reason"):
        open_for(frozen, by=boss, reason="boredom")

    assert (open_for(frozen, by=boss).needed, frozen.rounds.get().number) == (2, 1)


def test_a_proposition_has_one_open_round_at_a_time() -> None:
    first, boss = open_for(make_proposition()), editor()

    with refused(errors.RoundOpen, "proposition"):
        open_for(first.proposition, by=boss)

    abandon(by=boss, now=JUDGED, round=first, reason="Opened by mistake.")
    assert open_for(first.proposition, by=boss).number == 2


def test_what_is_due_gets_a_round_once() -> None:
    due = {
        make_proposition(),
        make_proposition(deadline=None, review_on=SAID),
        make_proposition(deadline=SAID + timedelta(3650), event_seen=True),
    }
    make_proposition(frozen=False)
    make_proposition(deadline=JUDGED.date())  # its last day still belongs to the claim
    resolved(make_proposition())

    opened = open_due_rounds(now=JUDGED)

    assert {round.proposition for round in opened} == due
    assert {(round.reason, round.opened_by) for round in opened} == {("due", None)}
    assert open_due_rounds(now=JUDGED) == []


# --- who may answer, and how ---------------------------------------------------------


def test_coder_and_reader_of_a_claim_do_not_judge_its_outcome() -> None:
    claim = make_claim(coder=editor())
    reading = make_reading(claim=claim)
    round = open_for(claim.proposition)

    for involved in (claim.coder, reading.reader):
        with refused(errors.SeparationOfDuties, "judge"):
            answer(round, by=involved)


def test_where_one_verdict_is_enough_the_coder_may_give_it() -> None:
    claim = make_claim(coder=editor())
    round = open_for(claim.proposition, needed=1)

    answer(round, by=claim.coder)

    round.refresh_from_db()
    assert (round.state, settled(round).method) == ("agreed", Method.SINGLE)


def test_a_judge_answers_once() -> None:
    round, judge = open_for(make_proposition()), make_user(role="judge")
    answer(round, by=judge)

    with refused(errors.AlreadyJudged, "round"):
        answer(round, "did_not", by=judge)


@pytest.mark.parametrize("case", BAD)
def test_a_verdict_is_refused_whole(case: str) -> None:
    changes, error, field = BAD[case]
    round, judge = open_for(make_proposition()), make_user(role="judge")

    with refused(error, field):
        answer(round, by=judge, **changes)


def test_a_conditional_claim_needs_the_answer_to_its_condition() -> None:
    round = open_for(make_proposition(condition=make_proposition()))
    judge = make_user(role="judge")

    with refused(errors.VerdictInconsistent, "condition"):
        answer(round, by=judge)

    assert answer(round, by=judge, condition="undeterminable").condition == "undeterminable"


def test_evidence_that_is_cited_stands_for_the_search() -> None:
    round, outcome = open_for(make_proposition()), make_outcome()

    verdict = answer(round, "did_not", searched="", cited=[outcome.pk])

    assert list(verdict.cited.all()) == [outcome]


# --- what the verdicts settle --------------------------------------------------------

SETTLED: dict[str, tuple[tuple[str, ...], str, str, str]] = {
    "equal": (("came_true", "came_true"), "agreed", "came_true", "agreed"),
    "4 and 5": (("came_true", "mostly"), "agreed", "mostly", "near_agreed"),
    "1 and 2": (("mostly_not", "did_not"), "agreed", "mostly_not", "near_agreed"),
    "both partly": (("partly", "partly"), "agreed", "partly", "agreed"),
    "three of one score": (("mostly", "came_true", "mostly"), "agreed", "mostly", "near_agreed"),
    "one is enough": (("did_not",), "agreed", "did_not", "single"),
    "3 and 4": (("partly", "mostly"), "split", "", ""),
    "open and did not": (("open", "did_not"), "split", "", ""),
}


@pytest.mark.parametrize("case", SETTLED)
def test_the_last_verdict_needed_agrees_or_splits(case: str) -> None:
    outcomes, state, outcome, method = SETTLED[case]

    round = judged(make_proposition(), *outcomes)

    found = settled(round)
    assert round.state == state
    assert (found.ballot.outcome if found.ballot else "", found.method or "") == (outcome, method)


def test_revisions_after_which_all_say_the_same_agree() -> None:
    round = split()
    one, other = judges_of(round)

    answer(round, "mostly_not", by=one)
    with refused(errors.AlreadyJudged, "round"):
        answer(round, "did_not", by=one)
    answer(round, "did_not", by=other)

    round.refresh_from_db()
    assert round.state == "agreed"
    assert resolve(by=editor(), now=JUDGED, round=round).outcome == "mostly_not"


def test_who_stay_apart_are_adjudicated_by_someone_fresh() -> None:
    round = split()
    for judge, outcome in zip(judges_of(round), ("came_true", "did_not"), strict=True):
        answer(round, outcome, by=judge)
    round.refresh_from_db()
    assert round.state == "adjudication"

    stranger = make_user(role="judge")
    with refused(errors.RoundClosed, "round") as caught:
        answer(round, by=stranger)
    assert caught.value.facts == {"state": "adjudication"}

    verdict = answer(round, "did_not", by=editor())
    round.refresh_from_db()
    assert (verdict.stage, round.state) == ("adjudication", "agreed")
    assert settled(round).method == Method.ADJUDICATED


def test_an_adjudicator_was_not_in_the_round_before() -> None:
    round, boss = open_for(make_proposition()), editor()
    answer(round, by=boss)
    answer(round, "did_not")
    escalate(by=boss, now=JUDGED, round=round)

    with refused(errors.SeparationOfDuties, "judge"):
        answer(round, by=boss)

    assert answer(round, by=editor()).stage == "adjudication"


def test_an_adjudicated_unmet_condition_is_void_like_an_agreed_one() -> None:
    round = judged(make_proposition(condition=make_proposition()), "came_true", "did_not")

    answer(round, "did_not", by=editor(), condition="not_met")

    round.refresh_from_db()
    assert resolve(by=editor(), now=JUDGED, round=round).outcome == "void_condition"


PANELS = {
    "two votes carry": (("did_not", "came_true", "did_not"), "did_not"),
    "without a majority it stays ambiguous": (("did_not", "came_true", "partly"), "ambiguous"),
}


@pytest.mark.parametrize("case", PANELS)
def test_a_contested_round_goes_to_a_panel_of_three_others(case: str) -> None:
    votes, outcome = PANELS[case]
    round, boss = judged(make_proposition(), "came_true", "came_true"), editor()
    contest(by=boss, now=JUDGED, round=round)

    with refused(errors.SeparationOfDuties, "judge"):
        answer(round, by=judges_of(round)[0])
    for vote in votes:
        answer(round, vote)

    round.refresh_from_db()
    found = settled(round)
    assert found.ballot is not None
    assert (round.state, found.ballot.outcome, found.method) == ("agreed", outcome, Method.PANEL)
    with refused(errors.ForbiddenMove, "round"):
        contest(by=boss, now=JUDGED, round=round)


def test_a_panelist_votes_once() -> None:
    round = contest(by=editor(), now=JUDGED, round=judged(make_proposition(), "open", "open"))
    judge = make_user(role="judge")
    answer(round, by=judge)

    with refused(errors.AlreadyJudged, "round"):
        answer(round, by=judge)


# --- the end of a round --------------------------------------------------------------


def test_a_round_is_abandoned_with_a_reason_and_takes_no_late_verdict() -> None:
    round, boss, judge = open_for(make_proposition()), editor(), make_user(role="judge")
    with refused(errors.CommentRequired, "reason"):
        abandon(by=boss, now=JUDGED, round=round, reason=" ")

    abandon(by=boss, now=JUDGED, round=round, reason="Opened by mistake.")

    with refused(errors.RoundClosed, "round"):
        answer(round, by=judge)
    with refused(errors.ForbiddenMove, "round"):
        abandon(by=boss, now=JUDGED, round=round, reason="Again.")


def test_an_agreed_round_takes_no_late_verdict() -> None:
    round, judge = judged(make_proposition(), "open", "open"), make_user(role="judge")

    with refused(errors.RoundClosed, "round"):
        answer(round, by=judge)
    with refused(errors.ForbiddenMove, "round"):
        escalate(by=judge, now=JUDGED, round=round)


def seen(round: Round, *users: User) -> list[int]:
    """How many verdicts each of these people sees."""
    round.refresh_from_db()
    return [visible_verdicts(round, user).count() for user in users]


def test_verdicts_are_blind_until_ones_own_is_in() -> None:
    round, boss = open_for(make_proposition()), editor()
    one, other, stranger = (make_user(role="judge") for _ in range(3))
    people = (one, other, stranger, boss)

    assert seen(round, *people) == [0, 0, 0, 0]
    answer(round, by=one)
    assert seen(round, *people) == [1, 0, 0, 0]
    answer(round, by=other)
    assert seen(round, *people) == [2, 2, 0, 2]
    resolve(by=boss, now=JUDGED, round=Round.objects.get())
    assert seen(round, *people) == [2, 2, 2, 2]


def test_an_editor_who_judges_is_as_blind_as_a_judge() -> None:
    round, boss = open_for(make_proposition(), needed=3), editor()
    answer(round)
    answer(round, by=boss)

    assert list(visible_verdicts(round, boss)) == list(round.verdicts.filter(judge=boss))
