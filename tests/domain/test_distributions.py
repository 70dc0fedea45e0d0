from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from tracker.domain.distributions import beta_cdf, beta_quantile, beta_shapes, central, clean

SHAPES = [(0.5, 0.5), (0.5, 12.5), (1, 1), (1.37, 7), (3.5, 590), (100.5, 0.5), (1000.5, 200.5)]
shapes = st.floats(0.3, 500)


@pytest.mark.parametrize(("a", "b"), SHAPES, ids=str)
@pytest.mark.parametrize("u", [1e-4, 0.025, 0.05, 0.5, 0.9, 0.975, 0.9999])
def test_quantile_and_distribution_agree_with_scipy(a, b, u):
    x = beta.ppf(u, a, b)

    assert beta_quantile(a, b, u) == pytest.approx(x, abs=1e-12)
    assert beta_cdf(a, b, x) == pytest.approx(beta.cdf(x, a, b), abs=1e-12)


@given(shapes, shapes, st.floats(0.001, 0.999))
def test_the_distribution_undoes_the_quantile(a, b, u):
    x = beta_quantile(a, b, u)

    assert 0 <= x <= 1
    if 1e-6 < x < 1 - 1e-6:
        assert beta_cdf(a, b, x) == pytest.approx(u, abs=1e-9)


@given(shapes, shapes, st.floats(0.001, 0.999), st.floats(-1, 2))
def test_a_guess_changes_nothing_but_the_way(a, b, u, start):
    assert beta_quantile(a, b, u, start=start) == pytest.approx(beta_quantile(a, b, u), abs=1e-12)


@pytest.mark.parametrize(
    ("u", "x"), [(0, 0), (-1, 0), (1, 1), (2, 1)], ids=["zero", "below", "one", "above"]
)
def test_outside_the_open_unit_interval_the_ends_answer(u, x):
    assert beta_quantile(2, 3, u) == x
    assert beta_cdf(2, 3, u) == x


@pytest.mark.parametrize(
    ("mean", "sd"), [(0, 0.1), (1, 0.1), (0.5, 0.5), (0.5, 0)], ids=["at-0", "at-1", "wide", "none"]
)
def test_no_beta_has_an_impossible_mean_and_spread(mean, sd):
    with pytest.raises(ValueError, match="no Beta distribution"):
        beta_shapes(mean, sd)


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_shapes_have_the_mean_and_spread_asked_for(mean, share):
    sd = share * (mean * (1 - mean)) ** 0.5

    a, b = beta_shapes(mean, sd)

    assert beta(a, b).mean() == pytest.approx(mean)
    assert beta(a, b).std() == pytest.approx(sd)


def test_an_interval_of_no_draws_is_refused():
    with pytest.raises(ValueError, match="at least one draw"):
        central([])


def test_the_central_ninety_percent_leave_out_five_on_either_side():
    assert central(range(1, 101)) == (5, 96)
    assert central([7]) == (7, 7)
    assert central(list(range(1, 101))[::-1], 0.5) == (25, 76)


@pytest.mark.parametrize("value", [-0.0, 0, Fraction(0)], ids=["float", "int", "fraction"])
def test_zero_has_no_sign(value):
    assert str(clean(value)) == "0.0"


def test_what_is_undefined_stays_undefined():
    assert clean(None) is None
