"""Ranks drawn by numpy are those that the formula draws one by one."""

from __future__ import annotations

from random import Random
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.rank_draws import drawn_ranks, normal_quantiles
from tracker.domain.ranking import SMALLEST, Shrunken, rank_intervals

FIELDS = st.dictionaries(
    st.text(), st.tuples(st.floats(-1, 1), st.sampled_from([0.0, 0.01, 0.3])), max_size=8
)
EDGES = [SMALLEST, 1e-300, 1e-12, 0.0749, 0.075, 0.5, 0.925, 0.9251, 1 - 1e-12, 1 - 2.0**-53]


def test_nobody_to_rank_gives_no_ranks() -> None:
    assert drawn_ranks({}, seed=1) == {}


@settings(deadline=None, max_examples=60)
@given(FIELDS, st.integers(0, 2**64), st.integers(1, 70))
def test_they_are_the_ranks_of_the_reference(
    table: dict[str, tuple[float, float]], seed: int, draws: int
) -> None:
    speakers = {name: Shrunken(score, sd, 0.5) for name, (score, sd) in table.items()}

    found = drawn_ranks(speakers, seed=seed, draws=draws)

    assert found == rank_intervals(speakers, seed=seed, draws=draws)


@pytest.mark.parametrize("people", [150, 1_300])
def test_so_they_are_where_the_draws_fill_several_rows(people: int) -> None:
    numbers = Random(people)
    speakers = {
        f"{at:04}": Shrunken(numbers.gauss(0, 0.05), numbers.uniform(0, 0.05), 0.5)
        for at in range(people)
    }

    found = drawn_ranks(speakers, seed=7, draws=300)

    assert found == rank_intervals(speakers, seed=7, draws=300)


def test_the_quantile_is_that_of_the_standard_library() -> None:
    numbers = Random(2)
    p = [*EDGES, *(numbers.random() for _ in range(20_000))]

    found = normal_quantiles(np.array(p))

    expected = np.array([NormalDist().inv_cdf(each) for each in p])
    centre = np.abs(np.array(p) - 0.5) <= 0.425
    assert np.max(np.abs(found - expected) / np.maximum(1, np.abs(expected))) < 1e-15
    assert (found[centre] == expected[centre]).mean() > 0.99
