from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom
from statsmodels.stats.proportion import proportion_confint

from tracker.domain.shares import base_rates, share_estimate, share_interval, shares_of

shares = st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(("hits", "n"), [(-1, 3), (4, 3)], ids=["negative", "more-than-all"])
def test_an_impossible_share_is_refused(hits, n):
    with pytest.raises(ValueError, match="between 0 and n"):
        share_interval(hits, n)


def test_no_claims_have_no_interval():
    assert share_interval(0, 0) is None


@pytest.mark.parametrize("counts", [{}, {"came_true": 0, "did_not": 0}], ids=["none", "zero"])
def test_without_answers_there_are_no_shares(counts):
    assert shares_of(counts) == {}


def test_each_answer_has_its_share_of_all():
    found = shares_of({"came_true": 3, "mostly": 0, "did_not": 1})

    assert [share.n for share in found.values()] == [3, 0, 1]
    assert sum(share.share for share in found.values()) == 1
    assert found["came_true"].interval == share_interval(3, 4)
    assert found["mostly"].interval.low >= 0


@given(shares)
def test_jeffreys_agrees_with_statsmodels(share):
    hits, n = share
    low, high = proportion_confint(hits, n, alpha=0.1, method="jeffreys")

    found = share_interval(hits, n)

    assert found.low == pytest.approx(low, abs=1e-12)
    assert found.high == pytest.approx(high, abs=1e-12)


def coverage(limits, n):
    """Mean over p, uniform on 0..1, of the chance that the interval holds p."""
    p = (np.arange(2000) + 0.5) / 2000
    held = [(low <= p) & (p <= high) for low, high in limits]
    return np.mean(sum(binom.pmf(hits, n, p) * held[hits] for hits in range(n + 1)))


def test_at_three_claims_wald_holds_the_truth_half_the_time_and_jeffreys_when_it_says():
    """Brown, Cai & DasGupta 2001: nominal 95 %; Wald at n = 3 covers .496 on average over p."""
    wald = [proportion_confint(hits, 3, alpha=0.05, method="normal") for hits in range(4)]
    rates, errors = np.arange(4) / 3, np.sqrt(np.arange(4) / 3 * (1 - np.arange(4) / 3) / 3)
    unclipped = [(m - 1.959964 * s, m + 1.959964 * s) for m, s in zip(rates, errors, strict=True)]
    jeffreys = [share_interval(hits, 3, level=0.95) for hits in range(4)]

    assert coverage(wald, 3) == pytest.approx(0.496, abs=0.001)
    assert coverage(unclipped, 3) == pytest.approx(0.496, abs=0.001)
    assert coverage([(i.low, i.high) for i in jeffreys], 3) > 0.95


@pytest.mark.parametrize(
    ("hits", "n", "estimate"), [(0, 0, (1, 2)), (0, 3, (1, 8)), (3, 3, (7, 8))], ids=str
)
def test_the_estimate_never_claims_certainty(hits, n, estimate):
    assert share_estimate(hits, n) == Fraction(*estimate)


def test_an_event_alone_has_an_even_base_rate():
    assert base_rates([Fraction(1)]) == [Fraction(1, 2)]
    assert base_rates([]) == []


def test_the_base_rate_leaves_its_own_event_out():
    assert base_rates([Fraction(1), Fraction(1), Fraction(0), Fraction(1)]) == [
        Fraction(5, 8),
        Fraction(5, 8),
        Fraction(7, 8),
        Fraction(5, 8),
    ]


@given(st.lists(st.integers(0, 1), min_size=1))
def test_the_base_rate_is_the_jeffreys_mean_of_the_others(outcomes):
    rates = base_rates([Fraction(y) for y in outcomes])

    assert rates == [share_estimate(sum(outcomes) - y, len(outcomes) - 1) for y in outcomes]
