"""Intervals and ranks hold the truth as often as they say, in worlds where it is known."""

import numpy as np

from tracker.domain.ranking import (
    Shrunken,
    event_sums,
    improvement_of,
    rank_intervals,
)
from tracker.domain.thresholds import INTERVAL_Z


def test_rank_intervals_hold_the_true_rank_nine_times_in_ten():
    """Twenty speakers whose true means come from the model: 300 fields, nominal level 90 %."""
    rng, held = np.random.default_rng(1), []
    for seed in range(300):
        scores, sds = rng.normal(0, 1, 20), np.full(20, 0.7)
        truth = np.argsort(np.argsort(-rng.normal(scores, sds))) + 1
        table = {f"{at:02}": Shrunken(scores[at], sds[at], 0.5) for at in range(20)}
        ranks = rank_intervals(table, seed=seed, draws=200)
        held += [low <= truth[at] <= high for at, (low, high) in enumerate(ranks.values())]

    assert 0.89 <= np.mean(held) <= 0.96


def test_clustered_intervals_hold_the_true_mean_nine_times_in_ten():
    """Forty events, one to eight claims each, that share their event's luck; nominal 90 %."""
    rng, held, naive = np.random.default_rng(2), [], []
    for _ in range(400):
        sizes, luck = rng.integers(1, 9, 40), rng.normal(0, 100, 40)
        pairs = [
            (str(g), round(luck[g] + noise))
            for g in range(40)
            for noise in rng.normal(0, 30, sizes[g])
        ]
        found = improvement_of(event_sums(pairs))
        held.append(found.interval.low <= 0 <= found.interval.high)
        naive.append(abs(found.mean) <= INTERVAL_Z * found.se_naive)

    assert 0.85 <= np.mean(held) <= 0.94
    assert np.mean(naive) < 0.65
