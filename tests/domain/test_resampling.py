"""The bootstrap of alpha: the same by its seed, and for many units as for few."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from tracker.domain import resampling
from tracker.domain.coincidences import Level, Patterns
from tracker.domain.distributions import Interval

AGREEING: Patterns = {
    (Fraction(1), Fraction(1)): 300,
    (Fraction(1), Fraction(2)): 90,
    (Fraction(2), Fraction(2)): 250,
    (Fraction(2), Fraction(5)): 40,
    (Fraction(5), Fraction(5)): 120,
}


def interval(counted: Patterns, level: Level, seed: int = 1) -> Interval:
    found = resampling.bootstrap(counted, level, seed, 400)
    assert found is not None
    return found


def test_where_alpha_is_mostly_undefined_there_is_no_interval() -> None:
    assert resampling.bootstrap({("a", "a"): 3}, Level.NOMINAL, 1, 50) is None


@pytest.mark.parametrize("level", Level)
def test_the_same_seed_gives_the_same_interval(level: Level) -> None:
    assert interval(AGREEING, level) == interval(AGREEING, level)
    assert interval(AGREEING, level) != interval(AGREEING, level, seed=2)


@pytest.mark.parametrize("level", Level)
def test_many_units_drawn_by_pattern_vary_as_few_drawn_one_by_one(
    level: Level, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = interval(AGREEING, level)
    monkeypatch.setattr(resampling, "MANY", 1)
    by_pattern = interval(AGREEING, level)

    width = exact.high - exact.low
    assert by_pattern.low == pytest.approx(exact.low, abs=width / 4)
    assert by_pattern.high == pytest.approx(exact.high, abs=width / 4)


def test_a_million_units_cost_no_more_than_their_patterns() -> None:
    many = {pattern: units * 10_000 for pattern, units in AGREEING.items()}

    found = interval(many, Level.ORDINAL)

    assert 0 < found.high - found.low < 0.01


@pytest.mark.parametrize("mean", [1, 7, 49, 50, 4_000])
def test_draws_are_poisson(mean: int) -> None:
    random = Random(5)
    draws = [resampling._poisson(mean, random) for _ in range(4_000)]

    average = sum(draws) / len(draws)
    variance = sum((n - average) ** 2 for n in draws) / len(draws)
    assert average == pytest.approx(mean, rel=0.05)
    assert variance == pytest.approx(mean, rel=0.12)
