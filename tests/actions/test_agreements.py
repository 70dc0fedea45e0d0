"""Agreement on the record: counted as codes arrive, of what was coded before anyone talked."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.actions.steps import answer, open_for
from tests.builders import make_claim, make_proposition, make_reading, make_round, make_user
from tests.duties import moved_to
from tracker.actions.agreements import ALL, agreements, differences, recount
from tracker.domain.agreement import Agreement, Level, agreement
from tracker.domain.judging import GRADES, OutcomeAnswer, State
from tracker.models import CodePattern
from tracker.models.agreements import CodedField

pytestmark = pytest.mark.django_db

ANSWERS = ["came_true", "mostly", "partly", "mostly_not", "did_not", "ambiguous", "open"]


def found(field: CodedField, level: Level, queue: str = ALL) -> Agreement:
    (line,) = [
        line
        for line in agreements(seed=1)
        if (line.field, line.agreement.level, line.queue) == (field, level, queue)
    ]
    return line.agreement


@given(st.lists(st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=4), max_size=8))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_counting_as_codes_arrive_is_counting_them_all(units: list[list[str]]) -> None:
    before = transaction.savepoint()
    for codes in units:
        round = open_for(make_proposition(), needed=5)
        for code in codes:
            answer(round, code)

    assert differences() == 0
    if any(len(codes) > 1 for codes in units):
        nominal = found(CodedField.OUTCOME, Level.NOMINAL)
        assert nominal == agreement(units, Level.NOMINAL, seed=1)
        graded = [
            [Fraction(grade) for code in codes if (grade := GRADES.get(OutcomeAnswer(code)))]
            for codes in units
        ]
        assert found(CodedField.OUTCOME, Level.ORDINAL) == agreement(graded, Level.ORDINAL, seed=1)
    transaction.savepoint_rollback(before)


def test_only_what_was_said_before_the_exchange_is_counted() -> None:
    round = open_for(make_proposition())
    first, second = (make_user(role="judge") for _ in range(2))
    answer(round, "came_true", by=first)
    answer(round, "did_not", by=second)
    answer(round, "did_not", by=first)

    (pattern,) = CodePattern.objects.filter(field="outcome")
    assert (pattern.codes, pattern.units) == (["came_true", "did_not"], 1)
    assert differences() == 0


def test_a_condition_counts_where_there_is_one() -> None:
    answer(plain := open_for(make_proposition()))
    answer(plain)
    assert not CodePattern.objects.filter(field="condition").exists()

    hanging = open_for(make_proposition(condition=make_proposition()))
    for met in ("met", "not_met"):
        answer(hanging, "came_true", condition=met)

    assert CodePattern.objects.get(field="condition").codes == ["met", "not_met"]


def test_each_queue_is_counted_by_itself_and_with_all_others() -> None:
    for reason, second in (("due", "came_true"), ("editor", "did_not")):
        round = open_for(make_proposition(), reason=reason)
        answer(round, "came_true")
        answer(round, second)

    assert found(CodedField.OUTCOME, Level.NOMINAL).units == 2
    assert found(CodedField.OUTCOME, Level.NOMINAL, "due").alpha is None
    assert found(CodedField.OUTCOME, Level.NOMINAL, "editor").alpha == 0


def test_readers_are_counted_by_distance() -> None:
    close, apart = make_claim(), make_claim()
    for claim, bests in ((close, (600, 610, 620)), (apart, (100, 120, 140))):
        for best in bests:
            make_reading(claim=claim, low=best, best=best, high=best)

    read = found(CodedField.PROBABILITY, Level.INTERVAL)

    assert (read.units, read.ratings) == (2, 6)
    assert read.alpha is not None
    assert read.alpha > 0.98
    assert differences() == 0


def test_a_lost_count_is_noticed_and_made_good() -> None:
    round = open_for(make_proposition())
    answer(round)
    answer(round)
    CodePattern.objects.update(units=7)

    assert differences() == 2
    recount()

    assert differences() == 0


def test_a_round_that_was_abandoned_still_shows_how_its_judges_agreed() -> None:
    round = make_round(proposition=make_proposition())
    answer(round)
    answer(round)
    round.refresh_from_db()
    moved_to(round, State.SETTLED)

    assert found(CodedField.OUTCOME, Level.NOMINAL).units == 1
