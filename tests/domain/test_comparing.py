"""Two subjects told apart, or not: laws of the difference, and how often its interval holds."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.comparing import Difference, Order, Spoken, difference, order_of
from tracker.domain.distributions import Interval
from tracker.domain.ranking import cluster_variance, event_sums

UNIT = 1000
events = st.dictionaries(
    st.sampled_from("abcdefghij"),
    st.lists(st.integers(-1000, 1000), min_size=1, max_size=4),
    min_size=3,
)


def spoken(said: dict[str, list[int]]) -> dict[str, Spoken]:
    return {event: Spoken(len(ds), Fraction(sum(ds), UNIT)) for event, ds in said.items()}


def found(low: float, high: float) -> Difference:
    return Difference((low + high) / 2, 1.0, Interval(low, high), 5, 5, 0)


# --- too few -------------------------------------------------------------------------


@pytest.mark.parametrize("few", [0, 1, 2])
def test_below_three_events_of_either_nothing_is_said(few: int) -> None:
    many = {str(n): Spoken(1, Fraction(n, 10)) for n in range(5)}
    less = {str(n): Spoken(1, Fraction(1, 10)) for n in range(few)}

    for a, b in ((many, less), (less, many)):
        gap = difference(a, b)
        assert (gap.mean, gap.se, gap.interval) == (None, None, None)
        assert gap.shared == few
        assert order_of(gap, 1.0) == Order.TOO_FEW


def test_without_readers_nothing_is_said() -> None:
    assert order_of(found(0.1, 0.2), None) == Order.TOO_FEW


# --- laws ----------------------------------------------------------------------------


@given(events)
def test_nobody_differs_from_oneself(said: dict[str, list[int]]) -> None:
    gap = difference(spoken(said), spoken(said))

    assert (gap.mean, gap.se, gap.interval) == (0.0, 0.0, Interval(0.0, 0.0))
    assert gap.events_a == gap.events_b == gap.shared == len(said)


@given(events, events)
def test_from_the_other_side_the_difference_is_turned_round(
    one: dict[str, list[int]], other: dict[str, list[int]]
) -> None:
    there, back = difference(spoken(one), spoken(other)), difference(spoken(other), spoken(one))

    assert there.mean is not None
    assert back.mean is not None
    assert there.interval is not None
    assert back.interval is not None
    assert (there.mean, there.se, there.shared) == (-back.mean, back.se, back.shared)
    assert (there.interval.low, there.interval.high) == (-back.interval.high, -back.interval.low)


@given(events)
def test_against_one_who_never_varies_the_error_is_ones_own(said: dict[str, list[int]]) -> None:
    """On the same events, so that the number of clusters is one's own, too."""
    still = {event: Spoken(2, Fraction(1, 2)) for event in said}
    sums = event_sums(((event, d) for event, ds in said.items() for d in ds), unit=UNIT)
    own = cluster_variance(sums)

    gap = difference(spoken(said), still)

    assert own is not None
    assert gap.se == pytest.approx(float(own / UNIT**2) ** 0.5, abs=1e-12)


def test_the_shock_of_a_shared_event_goes_out_of_the_difference() -> None:
    shocks = [Fraction(n, 10) for n in (-9, 4, 7, -3, 1)]
    a = {str(n): Spoken(1, shock + Fraction(1, 5)) for n, shock in enumerate(shocks)}
    b = {str(n): Spoken(1, shock) for n, shock in enumerate(shocks)}
    elsewhere = {f"other {n}": Spoken(1, shock) for n, shock in enumerate(shocks)}

    assert difference(a, b).interval == Interval(0.2, 0.2)
    apart = difference(a, elsewhere)
    assert apart.se is not None
    assert apart.se > 0.3


# --- coverage ------------------------------------------------------------------------


def field(rng: Random, shared: int, alone: int) -> tuple[dict[str, Spoken], dict[str, Spoken]]:
    """Two subjects whose true means differ by .05; events have shocks, claims their own."""
    shocks: dict[str, float] = {}

    def record(name: str, mean: float) -> dict[str, Spoken]:
        said = {}
        names = [f"both {n}" for n in range(shared)] + [f"{name} {n}" for n in range(alone)]
        for event in names:
            shock = shocks.setdefault(event, rng.gauss(0, 0.15))
            n = rng.randint(1, 3)
            total = sum(mean + shock + rng.gauss(0, 0.1) for _ in range(n))
            said[event] = Spoken(n, Fraction(round(total * 10**6), 10**6))
        return said

    return record("a", 0.10), record("b", 0.05)


@pytest.mark.parametrize(
    ("shared", "alone"), [(40, 0), (20, 20), (0, 40)], ids=["all shared", "half", "none shared"]
)
def test_nine_of_ten_intervals_hold_the_true_difference(shared: int, alone: int) -> None:
    rng, held, tries = Random(7), 0, 400
    for _ in range(tries):
        interval = difference(*field(rng, shared, alone)).interval
        assert interval is not None
        held += interval.low <= 0.05 <= interval.high

    # Four binomial standard errors about the promised .90.
    assert 0.84 <= held / tries <= 0.96


# --- words ---------------------------------------------------------------------------

ORDERS: dict[str, tuple[tuple[float, float], float, Order]] = {
    "clear, and readers agree": ((0.1, 0.3), 0.95, Order.A_ABOVE),
    "clear the other way": ((-0.3, -0.1), 0.05, Order.B_ABOVE),
    "clear, but readers differ": ((0.1, 0.3), 0.94, Order.NOT_DISTINGUISHABLE),
    "readers agree, but it may be chance": ((-0.1, 0.3), 1.0, Order.NOT_DISTINGUISHABLE),
    "readers say the opposite": ((0.1, 0.3), 0.0, Order.NOT_DISTINGUISHABLE),
    "it may be nothing at all": ((0.0, 0.3), 1.0, Order.NOT_DISTINGUISHABLE),
}


@pytest.mark.parametrize("case", ORDERS)
def test_one_stands_above_the_other_only_if_both_the_interval_and_the_readers_say_so(
    case: str,
) -> None:
    limits, share, order = ORDERS[case]

    assert order_of(found(*limits), share) == order
