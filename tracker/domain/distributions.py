"""The Beta distribution, and the order statistics that turn simulated draws into an interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, exp, lgamma, log, log1p
from typing import Protocol, Self, TypeVar

from tracker.domain.thresholds import INTERVAL_LEVEL

Number = int | float | Fraction

_PRECISION = 1e-16
_TINY = 1e-300
_MAX_TERMS = 20_000
_MAX_HALVINGS = 1_100
_NEWTON_STOP = 1e-10
"""Newton's error squares: after a step this small the next would be below rounding."""


class Ordered(Protocol):
    """What sorts, and therefore has percentiles."""

    def __lt__(self, other: Self, /) -> bool: ...


Draw = TypeVar("Draw", bound=Ordered)


@dataclass(frozen=True, slots=True)
class Interval:
    """A lower and an upper limit in the unit of what they bound."""

    low: float
    high: float


def clean(value: Number | None) -> float | None:
    """Returns the number as a float without a negative zero; None stays None."""
    return None if value is None else float(value) + 0.0


def central(draws: Sequence[Draw], level: float = INTERVAL_LEVEL) -> tuple[Draw, Draw]:
    """Returns the draws that cut off (1 - level) / 2 on either side.

    The inverse of the empirical distribution function: always values that were drawn, so ranks
    stay whole. Raises ValueError without draws.
    """
    if not draws:
        raise ValueError("an interval needs at least one draw")
    ordered = sorted(draws)
    tail = (1 - Fraction(str(level))) / 2
    last = len(ordered) - 1
    low = max(0, ceil(tail * len(ordered)) - 1)
    return ordered[low], ordered[last - low]


def beta_cdf(a: float, b: float, x: float) -> float:
    """Returns the regularised incomplete beta function I_x(a, b) for a, b > 0.

    Continued fraction 26.5.8 of Abramowitz & Stegun (1964), summed by the modified Lentz method
    (Thompson & Barnett 1986, J. Comput. Phys. 64:490-509), on the side where it converges fast.
    """
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - _lower_tail(b, a, 1 - x)
    return _lower_tail(a, b, x)


def _lower_tail(a: float, b: float, x: float) -> float:
    front = exp(_log_density(a, b, x) + log(x) + log1p(-x))
    return front * _continued_fraction(a, b, x) / a


def _log_density(a: float, b: float, x: float) -> float:
    return lgamma(a + b) - lgamma(a) - lgamma(b) + (a - 1) * log(x) + (b - 1) * log1p(-x)


def _continued_fraction(a: float, b: float, x: float) -> float:
    c = 1.0
    d = 1.0 / _away_from_zero(1.0 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _MAX_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        step = 1.0
        for term in (even, odd):
            d = 1.0 / _away_from_zero(1.0 + term * d)
            c = _away_from_zero(1.0 + term / c)
            step = c * d
            value *= step
        if abs(step - 1.0) < _PRECISION:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def beta_quantile(a: float, b: float, u: float, *, start: float = 0.0) -> float:
    """Returns the x with I_x(a, b) = u: Newton steps kept inside a bracket that halves.

    `start` is a guess; the mean stands in for one that is not strictly between 0 and 1. The
    upper half is found from the other end, where x keeps its precision.
    """
    if u <= 0:
        return 0.0
    if u >= 1:
        return 1.0
    if u > 0.5:
        return 1.0 - _lower_quantile(b, a, 1 - u, 1 - start)
    return _lower_quantile(a, b, u, start)


def _lower_quantile(a: float, b: float, u: float, start: float) -> float:
    low, high, x = 0.0, 1.0, start if 0 < start < 1 else a / (a + b)
    for _ in range(_MAX_HALVINGS):
        miss = beta_cdf(a, b, x) - u
        low, high = (x, high) if miss < 0 else (low, x)
        density = exp(_log_density(a, b, x))
        step = x - miss / density if density > 0 else low
        if not low < step < high:
            step = (low + high) / 2
            if not low < step < high:
                return x
        elif abs(step - x) <= _NEWTON_STOP * x:
            return step
        x = step
    return x


def beta_shapes(mean: float, sd: float) -> tuple[float, float]:
    """Returns the (a, b) of the Beta with this mean and standard deviation.

    Raises ValueError when no Beta has them: 0 < mean < 1 and 0 < sd^2 < mean (1 - mean).
    """
    spread = mean * (1 - mean)
    if not (0 < mean < 1 and 0 < sd * sd < spread):
        raise ValueError(f"no Beta distribution has mean {mean} and standard deviation {sd}")
    size = spread / (sd * sd) - 1
    return mean * size, (1 - mean) * size
