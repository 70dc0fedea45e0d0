"""The judging rules: the table of moves, what ballots settle, what a condition does."""

from __future__ import annotations

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import CommentRequired, ForbiddenMove, TrackerError, VerdictInconsistent
from tracker.domain.judging import (
    MOVES,
    OUTCOME_LABELS,
    SPLIT,
    UNFINISHED,
    AnnulReason,
    Ballot,
    ConditionAnswer,
    Consensus,
    Method,
    Move,
    OutcomeAnswer,
    Role,
    State,
    after,
    check,
    condition_from,
    consensus,
    majority,
)

MET, NOT_MET = ConditionAnswer.MET, ConditionAnswer.NOT_MET
PLAIN = ConditionAnswer.NOT_APPLICABLE
O = OutcomeAnswer  # noqa: E741  # a table of outcomes is read down its columns
CONDITIONS = st.sampled_from(ConditionAnswer)
OUTCOMES = st.sampled_from(OutcomeAnswer)


@st.composite
def ballots(draw: st.DrawFn) -> Ballot:
    outcome = draw(OUTCOMES)
    reason = draw(st.sampled_from(AnnulReason)) if outcome is O.ANNULLED else None
    return Ballot(draw(CONDITIONS), outcome, reason)


# --- moves ---------------------------------------------------------------------------

ALLOWED = {
    State.OPEN: {
        Move.AGREE: State.AGREED,
        Move.SPLIT: State.SPLIT,
        Move.ABANDON: State.ABANDONED,
    },
    State.SPLIT: {
        Move.REVISE: State.SPLIT,
        Move.AGREE: State.AGREED,
        Move.ESCALATE: State.ADJUDICATION,
        Move.ADJUDICATE: State.AGREED,
        Move.ABANDON: State.ABANDONED,
    },
    State.ADJUDICATION: {Move.ADJUDICATE: State.AGREED, Move.ABANDON: State.ABANDONED},
    State.PANEL: {Move.VOTE: State.PANEL, Move.AGREE: State.AGREED, Move.ABANDON: State.ABANDONED},
    State.AGREED: {Move.CONTEST: State.PANEL, Move.RESOLVE: State.SETTLED},
    State.SETTLED: {},
    State.ABANDONED: {},
}


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_a_round_moves_as_the_table_allows_and_no_other_way(state: State, move: Move) -> None:
    to = ALLOWED[state].get(move)

    if to is None:
        with pytest.raises(ForbiddenMove, match=str(state)):
            after(state, move)
        return
    assert after(state, move) is to


def test_a_finished_round_moves_no_more() -> None:
    assert {state for state, _ in MOVES} == UNFINISHED


def test_every_round_can_come_to_an_end() -> None:
    ends = {State.SETTLED, State.ABANDONED}
    for _ in State:
        ends |= {state for (state, _), step in MOVES.items() if step.to in ends}

    assert ends == set(State)


@pytest.mark.parametrize("move", [Move.RESOLVE, Move.ABANDON, Move.ADJUDICATE, Move.CONTEST])
def test_what_ends_or_overrules_is_not_for_judges(move: Move) -> None:
    steps = [step for (_, made), step in MOVES.items() if made is move]

    assert steps
    assert all(step.by == {Role.EDITOR, Role.ADMIN} for step in steps)


# --- outcomes ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "grade", "y"),
    [
        (O.CAME_TRUE, 5, 1),
        (O.MOSTLY, 4, 1),
        (O.PARTLY, 3, None),
        (O.MOSTLY_NOT, 2, 0),
        (O.DID_NOT, 1, 0),
        (O.OPEN, None, None),
        (O.VOID_CONDITION, None, None),
        (O.AMBIGUOUS, None, None),
        (O.ANNULLED, None, None),
    ],
)
def test_an_outcome_has_the_grade_and_score_of_the_codebook(
    outcome: OutcomeAnswer, grade: int | None, y: int | None
) -> None:
    assert (outcome.grade, outcome.y) == (grade, y)


def test_every_outcome_has_a_label_that_judges_no_speaker() -> None:
    assert set(OUTCOME_LABELS) == set(OutcomeAnswer)
    for label in OUTCOME_LABELS.values():
        assert not {"right", "wrong", "lie", "honest"} & set(label.lower().split())


# --- one ballot ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ballot", "conditional", "field"),
    [
        pytest.param(Ballot(PLAIN, O.DID_NOT), True, "condition", id="condition unanswered"),
        pytest.param(Ballot(MET, O.DID_NOT), False, "condition", id="condition answered in vain"),
        pytest.param(Ballot(MET, O.VOID_CONDITION), True, "outcome", id="void though met"),
        pytest.param(Ballot(PLAIN, O.VOID_CONDITION), False, "outcome", id="void without one"),
        pytest.param(Ballot(PLAIN, O.ANNULLED), False, "annul_reason", id="annulled for nothing"),
        pytest.param(
            Ballot(PLAIN, O.DID_NOT, AnnulReason.DUPLICATE),
            False,
            "annul_reason",
            id="a reason to annul what is not annulled",
        ),
    ],
)
def test_an_inconsistent_ballot_is_refused(ballot: Ballot, conditional: bool, field: str) -> None:
    with pytest.raises(VerdictInconsistent) as caught:
        check(ballot, conditional=conditional, rationale="Two sources.")

    assert caught.value.field == field


@pytest.mark.parametrize("rationale", ["", "  \n"], ids=repr)
def test_a_ballot_without_reasons_is_refused(rationale: str) -> None:
    with pytest.raises(CommentRequired):
        check(Ballot(PLAIN, O.DID_NOT), conditional=False, rationale=rationale)


@given(ballots())
def test_a_ballot_fits_either_conditional_claims_or_plain_ones(ballot: Ballot) -> None:
    fits = []
    for conditional in (True, False):
        try:
            check(ballot, conditional=conditional, rationale="Two sources.")
            fits.append(conditional)
        except TrackerError as error:
            assert error.field in {"condition", "outcome"}

    void_though_held = ballot.outcome is O.VOID_CONDITION and ballot.condition.holds
    assert fits == ([] if void_though_held else [ballot.condition is not PLAIN])


@pytest.mark.parametrize("outcome", OutcomeAnswer)
@pytest.mark.parametrize("condition", ConditionAnswer)
def test_an_unmet_condition_voids_all_but_an_annulment(
    condition: ConditionAnswer, outcome: OutcomeAnswer
) -> None:
    void = condition in (NOT_MET, ConditionAnswer.UNDETERMINABLE) and outcome is not O.ANNULLED

    assert Ballot(condition, outcome).result is (O.VOID_CONDITION if void else outcome)


# --- what ballots settle -------------------------------------------------------------

NEAR = {
    frozenset({O.CAME_TRUE, O.MOSTLY}): O.MOSTLY,
    frozenset({O.DID_NOT, O.MOSTLY_NOT}): O.MOSTLY_NOT,
}
PAIRS = list(product(OutcomeAnswer, repeat=2))


@pytest.mark.parametrize(("first", "second"), PAIRS, ids=[f"{a}-{b}" for a, b in PAIRS])
def test_two_ballots_settle_as_the_codebook_says(
    first: OutcomeAnswer, second: OutcomeAnswer
) -> None:
    settled = consensus([Ballot(MET, first), Ballot(MET, second)])

    if first is second:
        assert settled == Consensus(Ballot(MET, first), Method.AGREED)
    elif cautious := NEAR.get(frozenset({first, second})):
        assert settled == Consensus(Ballot(MET, cautious), Method.NEAR_AGREED)
    else:
        assert settled == SPLIT


@given(ballots(), ballots())
def test_ballots_that_differ_on_the_condition_are_split(first: Ballot, second: Ballot) -> None:
    assert first.condition is second.condition or consensus([first, second]) == SPLIT


def test_unmet_conditions_agree_whatever_was_said_of_the_outcome() -> None:
    settled = consensus([Ballot(NOT_MET, O.DID_NOT), Ballot(NOT_MET, O.VOID_CONDITION)])

    assert settled == Consensus(Ballot(NOT_MET, O.VOID_CONDITION), Method.AGREED)


def test_a_single_ballot_settles_as_single() -> None:
    ballot = Ballot(PLAIN, O.DID_NOT)

    assert consensus([ballot]) == Consensus(ballot, Method.SINGLE)


def test_judges_who_annul_for_different_reasons_agree_in_either_order() -> None:
    cast = [Ballot(PLAIN, O.ANNULLED, r) for r in (AnnulReason.ENTRY_ERROR, AnnulReason.DUPLICATE)]

    assert consensus(cast) == consensus(cast[::-1])
    assert consensus(cast).ballot == Ballot(PLAIN, O.ANNULLED, AnnulReason.DUPLICATE)


def test_no_ballots_settle_nothing() -> None:
    assert consensus([]) == SPLIT


@given(st.lists(ballots(), min_size=1, max_size=4))
def test_the_order_of_ballots_does_not_matter(cast: list[Ballot]) -> None:
    first = consensus(cast)

    assert all(consensus(order) == first for order in permutations(cast))


@given(st.lists(ballots(), min_size=1, max_size=5))
def test_what_is_settled_is_what_some_judge_answered(cast: list[Ballot]) -> None:
    settled = consensus(cast).ballot

    if settled is not None:
        assert settled.condition in {ballot.condition for ballot in cast}
        assert settled.outcome in {ballot.result for ballot in cast}
        assert {settled.outcome.y} == {ballot.result.y for ballot in cast}


@given(ballots(), st.integers(2, 5))
def test_equal_ballots_agree_on_their_common_result(ballot: Ballot, judges: int) -> None:
    settled = consensus([ballot] * judges)

    expected = Ballot(ballot.condition, ballot.result, ballot.annul_reason)
    assert settled == Consensus(expected, Method.AGREED)


# --- panels --------------------------------------------------------------------------


@given(st.lists(ballots(), min_size=3, max_size=3))
def test_two_of_three_votes_carry_and_else_it_stays_ambiguous(cast: list[Ballot]) -> None:
    votes = [(ballot.condition, ballot.result) for ballot in cast]
    carried = [vote for vote in votes if votes.count(vote) >= 2]

    for order in permutations(cast):
        settled = majority(order)
        assert settled.ballot is not None
        assert settled.method is Method.PANEL
        if carried:
            assert (settled.ballot.condition, settled.ballot.outcome) == carried[0]
        else:
            assert settled.ballot.outcome is O.AMBIGUOUS


@given(st.lists(ballots(), min_size=3, max_size=3))
def test_a_panel_decides_the_same_in_whatever_order_it_votes(cast: list[Ballot]) -> None:
    assert len({majority(order) for order in permutations(cast)}) == 1


# --- conditions of their own ---------------------------------------------------------


@pytest.mark.parametrize("required", [True, False], ids=["must hold", "must fail"])
@pytest.mark.parametrize("judged", ConditionAnswer)
def test_a_condition_without_an_answer_of_its_own_stays_as_judged(
    judged: ConditionAnswer, required: bool
) -> None:
    assert condition_from(judged, None, required=required) is judged
    assert condition_from(judged, O.OPEN, required=required) is judged


@pytest.mark.parametrize(
    ("outcome", "must_hold", "must_fail"),
    [
        (O.CAME_TRUE, "met", "not_met"),
        (O.MOSTLY, "met", "not_met"),
        (O.PARTLY, "undeterminable", "undeterminable"),
        (O.MOSTLY_NOT, "not_met", "met"),
        (O.DID_NOT, "not_met", "met"),
        (O.VOID_CONDITION, "undeterminable", "undeterminable"),
        (O.AMBIGUOUS, "undeterminable", "undeterminable"),
        (O.ANNULLED, "undeterminable", "undeterminable"),
    ],
)
def test_what_became_of_the_condition_decides(
    outcome: OutcomeAnswer, must_hold: str, must_fail: str
) -> None:
    for judged in ConditionAnswer:
        assert condition_from(judged, outcome, required=True) == must_hold
        assert condition_from(judged, outcome, required=False) == must_fail
