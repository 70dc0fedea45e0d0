"""What the server draws: the same for the same seed, and as frequent as it should be."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.refusals import sql
from tracker.management.dice import Dice

pytestmark = pytest.mark.django_db
DRAWS = 4_000


def drawn(expression: str) -> list[float]:
    rows = f"SELECT {expression} FROM generate_series(1, {DRAWS}) k ORDER BY k"
    return [float(value) for (value,) in sql(rows)]


def test_another_seed_question_or_row_is_another_number() -> None:
    first = drawn(Dice(1).chance("rain", "k"))

    assert first == drawn(Dice(1).chance("rain", "k"))
    assert len(set(first)) == DRAWS
    assert not set(first) & set(drawn(Dice(2).chance("rain", "k")))
    assert not set(first) & set(drawn(Dice(1).chance("snow", "k")))


def test_chances_lie_evenly_between_0_and_1() -> None:
    found = sorted(drawn(Dice(1).chance("rain", "k")))

    assert 0 <= found[0] < found[-1] < 1
    # Kolmogorov and Smirnov: a larger distance happens once in ten thousand seeds.
    assert max(abs(u - k / DRAWS) for k, u in enumerate(found)) < 2.23 / DRAWS**0.5


def test_whole_numbers_reach_both_ends() -> None:
    assert set(drawn(Dice(1).whole("die", "k", 6))) == {1, 2, 3, 4, 5, 6}


def test_normal_numbers_have_mean_0_and_deviation_1() -> None:
    found = drawn(Dice(1).normal("error", "k"))
    mean = sum(found) / DRAWS
    variance = sum((value - mean) ** 2 for value in found) / DRAWS

    assert abs(mean) < 4 / DRAWS**0.5
    assert abs(variance - 1) < 4 * (2 / DRAWS) ** 0.5


def test_the_second_is_drawn_half_as_often_as_the_first() -> None:
    found = drawn(Dice(1).zipf("word", "k", 1_000))

    assert min(found) == 1
    assert max(found) <= 1_000
    assert found.count(1) > 1.3 * found.count(2) > 1.3 * found.count(4)


def test_identities_are_of_version_4() -> None:
    ((uuid,),) = sql(f"SELECT {Dice(1).uuid('claim', '7')}")

    assert UUID(str(uuid)).version == 4
