"""Rounds and verdicts: one open round, verdicts that stay, duties that stay apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import models

from tests.builders import (
    JUDGED,
    make_claim,
    make_outcome,
    make_proposition,
    make_reading,
    make_round,
    make_user,
    make_verdict,
)
from tests.duties import make_override
from tests.refusals import refused
from tracker.domain.judging import (
    MOVES,
    STAGES,
    UNFINISHED,
    ConditionAnswer,
    OutcomeAnswer,
    Stage,
    State,
)
from tracker.models import Round, Verdict
from tracker.models.rounds import CitedOutcome

pytestmark = pytest.mark.django_db


def two_rounds(**fields: Any) -> None:
    proposition = make_proposition()
    make_round(proposition=proposition, **fields)
    make_round(proposition=proposition, **fields)


def judge_twice() -> None:
    first = make_verdict()
    make_verdict(round=first.round, judge=first.judge)


def cite_twice() -> None:
    through: type[models.Model] = Verdict.cited.through
    ids = {"verdict_id": make_verdict().pk, "outcome_id": make_outcome().pk}
    through._default_manager.bulk_create([through(**ids), through(**ids)])


REFUSED: dict[str, Callable[[], Any]] = {
    "round_reason_known": lambda: make_round(reason="whim"),
    "round_state_known": lambda: make_round(state="asleep", closed_at=JUDGED),
    "round_one_open": two_rounds,
    "round_number_once": lambda: two_rounds(state=State.ABANDONED, number=1),
    # Only a closed round is loaded with its verdicts, whatever their stage.
    "verdict_stage_known": lambda: make_verdict(
        stage="rumour", round=make_round(state=State.SETTLED, closed_at=JUDGED), submitted_at=JUDGED
    ),
    "verdict_condition_known": lambda: make_verdict(condition="perhaps"),
    "verdict_outcome_known": lambda: make_verdict(outcome="perhaps"),
    "verdict_with_rationale": lambda: make_verdict(rationale=""),
    "verdict_once_per_judge": judge_twice,
    "tracker_verdict_cited_verdict_id_outcome_id_fe476068_uniq": cite_twice,
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_by_name(name: str) -> None:
    with refused(name):
        REFUSED[name]()


# --- rounds --------------------------------------------------------------------------


@pytest.mark.parametrize("needed", [0, 6])
def test_a_round_needs_one_to_five_judges(needed: int) -> None:
    with refused("round_needs_1_to_5"):
        make_round(needed=needed)


@pytest.mark.parametrize("state", State)
def test_a_round_is_closed_if_and_only_if_it_is_finished(state: State) -> None:
    closed = None if state in UNFINISHED else JUDGED

    with refused("round_closed_iff_finished"):
        make_round(state=state, closed_at=None if closed else JUDGED)

    assert make_round(state=state, closed_at=closed).state == state


@pytest.mark.parametrize(
    "change",
    [{"state": State.OPEN, "closed_at": None}, {"needed": 1}, {"note": "Again."}],
    ids=["reopened", "needed", "note"],
)
def test_a_closed_round_stays_closed(change: dict[str, Any]) -> None:
    round = make_round(state=State.SETTLED)

    with refused("round_never_reopened"):
        Round.objects.filter(pk=round.pk).update(**change)


def test_a_closed_round_may_be_followed_by_another() -> None:
    first = make_round(state=State.ABANDONED)

    second = make_round(proposition=first.proposition)

    assert second.number == 2
    assert Round.objects.under_way().get() == second


@pytest.mark.parametrize("part", ["judge", "coder", "reader", "nobody"])
def test_a_round_awaits_only_those_without_a_part_in_it(part: str) -> None:
    reading = make_reading()
    round = make_round(proposition=reading.claim.proposition)
    people = {
        "judge": make_verdict(round=round).judge,
        "coder": reading.claim.coder,
        "reader": reading.reader,
        "nobody": make_user(role="judge"),
    }

    awaited = Round.objects.awaiting(people[part]).exists()

    assert awaited is (part == "nobody")


# --- verdicts ------------------------------------------------------------------------

UNMET = {ConditionAnswer.NOT_MET, ConditionAnswer.UNDETERMINABLE}


@pytest.mark.parametrize("condition", ConditionAnswer)
def test_only_an_unmet_condition_voids(condition: ConditionAnswer) -> None:
    void = {"outcome": OutcomeAnswer.VOID_CONDITION, "condition": condition}

    if condition in UNMET:
        assert make_verdict(**void).pk
        return
    with refused("verdict_void_needs_unmet_condition"):
        make_verdict(**void)


@pytest.mark.parametrize("outcome", OutcomeAnswer)
def test_an_annulment_and_nothing_else_names_its_reason(outcome: OutcomeAnswer) -> None:
    annulled = outcome is OutcomeAnswer.ANNULLED
    answer = {"outcome": outcome, "condition": ConditionAnswer.NOT_MET}

    with refused("verdict_annulled_with_reason"):
        make_verdict(**answer, annul_reason="" if annulled else "duplicate")

    assert make_verdict(**answer, annul_reason="duplicate" if annulled else "").pk


@pytest.mark.parametrize("state", [State.SETTLED, State.ABANDONED])
def test_a_closed_round_takes_no_verdict(state: State) -> None:
    round = make_round(state=state, closed_at=JUDGED)

    with refused("verdict_in_open_round"):
        make_verdict(round=round, submitted_at=JUDGED + timedelta(seconds=1))


def test_a_closed_round_is_loaded_with_the_verdicts_of_its_time() -> None:
    round = make_round(state=State.SETTLED, closed_at=JUDGED)

    assert make_verdict(round=round, submitted_at=JUDGED).round == round


@pytest.mark.parametrize("stage", Stage)
def test_who_coded_a_claim_cannot_judge_it_at_any_stage(stage: Stage) -> None:
    claim = make_claim()
    round = bring(make_round(proposition=claim.proposition), stage)

    with refused("verdict_duties_separate"):
        make_verdict(round=round, judge=claim.coder, stage=stage)


def test_who_coded_one_of_many_claims_cannot_judge_their_proposition() -> None:
    first = make_claim()
    second = make_claim(proposition=first.proposition)
    round = make_round(proposition=first.proposition)

    for coder in (first.coder, second.coder):
        with refused("verdict_duties_separate"):
            make_verdict(round=round, judge=coder)


def test_where_one_judge_is_enough_the_coder_may_judge() -> None:
    claim = make_claim()
    round = make_round(proposition=claim.proposition, needed=1)

    assert make_verdict(round=round, judge=claim.coder).pk


# Where a round stands when it takes a verdict of this stage, and how it gets there.
WAY = {
    Stage.INDEPENDENT: [],
    Stage.REVISED: [State.SPLIT],
    Stage.ADJUDICATION: [State.SPLIT, State.ADJUDICATION],
    Stage.PANEL: [State.AGREED, State.PANEL],
}


def bring(round: Round, stage: Stage) -> Round:
    """The same round where it takes a verdict of this stage."""
    for state in WAY[stage]:
        if round.state != state:
            Round.objects.filter(pk=round.pk).update(state=state)
            round.refresh_from_db()
    return round


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("state", sorted(UNFINISHED))
def test_a_round_takes_only_the_verdicts_of_where_it_stands(state: State, stage: Stage) -> None:
    round = make_round(state=state)

    if stage in STAGES.get(state, frozenset()):
        assert make_verdict(round=round, stage=stage).pk
        return
    with refused("verdict_stage_fits_state"):
        make_verdict(round=round, stage=stage)


@pytest.mark.parametrize("to", State)
@pytest.mark.parametrize("state", sorted(UNFINISHED))
def test_a_round_moves_as_the_table_says(state: State, to: State) -> None:
    round = make_round(state=state)
    found = Round.objects.filter(pk=round.pk)
    change = {"state": to, "closed_at": None if to in UNFINISHED else JUDGED}

    if to == state or to in {step.to for (at, _), step in MOVES.items() if at is state}:
        assert found.update(**change) == 1
        return
    with refused("round_moves_by_table"):
        found.update(**change)


LATER = [
    (Stage.INDEPENDENT, Stage.ADJUDICATION),
    (Stage.INDEPENDENT, Stage.PANEL),
    (Stage.REVISED, Stage.ADJUDICATION),
    (Stage.ADJUDICATION, Stage.PANEL),
]


@pytest.mark.parametrize(("earlier", "stage"), LATER)
def test_an_adjudicator_was_not_in_the_round_before(earlier: Stage, stage: Stage) -> None:
    round = bring(make_round(), earlier)
    first = make_verdict(round=round, stage=earlier)

    bring(round, stage)

    with refused("verdict_adjudicator_fresh"):
        make_verdict(round=round, judge=first.judge, stage=stage)

    assert make_verdict(round=round, stage=stage).pk


def test_a_judge_may_revise_once_and_a_fresh_one_adjudicate() -> None:
    first = make_verdict()
    round = bring(first.round, Stage.REVISED)
    make_verdict(round=round, judge=first.judge, stage=Stage.REVISED)

    with refused("verdict_once_per_judge"):
        make_verdict(round=round, judge=first.judge, stage=Stage.REVISED)

    assert make_verdict(round=bring(round, Stage.ADJUDICATION), stage=Stage.ADJUDICATION).pk


def test_an_editor_may_except_one_person_from_one_duty() -> None:
    claim = make_claim()
    round = make_round(proposition=claim.proposition)
    with refused("verdict_duties_separate"):
        make_verdict(round=round, judge=claim.coder)

    make_override(round=round, judge=claim.coder)

    assert make_verdict(round=round, judge=claim.coder).pk


# --- links ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("cited_outcome_immutable", lambda rows: rows.update(outcome=make_outcome())),
        ("cited_outcome_never_deleted", lambda rows: rows.delete()),
    ],
    ids=["changed", "taken away"],
)
def test_what_a_verdict_cites_stays(name: str, change: Callable[[Any], Any]) -> None:
    verdict = make_verdict()
    verdict.cited.add(make_outcome())

    with refused(name):
        change(CitedOutcome.objects.filter(verdict=verdict))
