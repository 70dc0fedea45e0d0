"""Rank intervals: drawn at once in a small field, kept between draws in a large one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.scoring import make_ranked_people
from tracker.actions import ranks, tallies
from tracker.actions.ranks import keep_ranks
from tracker.actions.scores import Record, Subject, record_of, records, report_on
from tracker.domain.thresholds import DEFAULT_SEED
from tracker.models import Person, RankInterval, ScoreItem
from tracker.models.moments import reading
from tracker.models.selections import Selection

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 1, 13, tzinfo=UTC)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> list[Person]:
    """Three ranked people, where more than one may not be drawn at once."""
    monkeypatch.setattr(ranks, "AT_ONCE", 1)
    return make_ranked_people()


def rank_of(record: Record) -> tuple[int, int] | None:
    assert record.score is not None
    return record.score.rank


def test_a_small_field_is_drawn_at_once_and_nothing_is_kept() -> None:
    people = make_ranked_people()

    record = record_of(Subject.PEOPLE, people[0].pk)

    assert rank_of(record) == (1, 1)
    assert record.ranked_as_of is not None
    assert abs(record.ranked_as_of - record.as_of).total_seconds() < 60
    assert keep_ranks(now=NOON) == 0


def test_a_large_field_has_no_ranks_before_the_first_draw(large: list[Person]) -> None:
    record = record_of(Subject.PEOPLE, large[0].pk)

    assert (rank_of(record), record.ranked_as_of) == (None, None)


def test_a_draw_is_kept_with_its_time_and_seed(large: list[Person]) -> None:
    assert keep_ranks(now=NOON) == 3

    found = records(Subject.PEOPLE)

    drawn_in_full = {s.speaker: s.rank for s in report_on(Subject.PEOPLE).speakers}
    assert {str(one.id): rank_of(one) for one in found} == drawn_in_full
    assert {one.ranked_as_of for one in found} == {NOON}
    assert set(RankInterval.objects.values_list("seed", flat=True)) == {DEFAULT_SEED}


def test_nothing_is_drawn_again_until_a_tally_moves(large: list[Person]) -> None:
    keep_ranks(now=NOON)
    assert keep_ranks(now=LATER) == 0

    ScoreItem.objects.filter(person=large[2]).delete()
    before = record_of(Subject.PEOPLE, large[0].pk)
    written = keep_ranks(now=LATER)

    after = record_of(Subject.PEOPLE, large[0].pk)
    assert (rank_of(before), before.ranked_as_of) == ((1, 1), NOON)
    assert written == RankInterval.objects.filter(drawn_at=LATER).count()
    assert not RankInterval.objects.filter(drawn_at=NOON).exists()
    assert after.ranked_as_of in (LATER, None)


def test_one_page_asks_for_its_own_ranks_alone(
    large: list[Person], django_assert_num_queries: Callable[..., Any]
) -> None:
    keep_ranks(now=NOON)
    stamp, whose = tallies.stamp(), [str(large[1].pk)]
    with django_assert_num_queries(1):
        found = ranks.ranks_of("person", whose, seed=DEFAULT_SEED, under=stamp)

    assert set(found.by_name) == {str(large[1].pk)}


def test_a_large_field_of_chosen_claims_has_no_ranks(large: list[Person]) -> None:
    keep_ranks(now=NOON)

    with reading(only=Selection(hindsight=False)):
        record = record_of(Subject.PEOPLE, large[0].pk)

    assert (rank_of(record), record.ranked_as_of) == (None, None)


def test_another_seed_has_no_kept_ranks(large: list[Person]) -> None:
    keep_ranks(now=NOON)

    (record,) = records(Subject.PEOPLE, only=large[0].pk, seed=5)

    assert rank_of(record) is None
