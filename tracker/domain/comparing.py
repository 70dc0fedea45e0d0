"""Two subjects side by side: whether one stands above the other, and who would say so.

Events that both spoke to are paired: what such an event adds to one mean it adds to the other, so
its shock goes out of the difference instead of counting twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt

from tracker.domain.distributions import Interval
from tracker.domain.readers import may_say_above
from tracker.domain.thresholds import INTERVAL_Z, MIN_EVENTS_FOR_A_NUMBER


class Order(StrEnum):
    """What may be said of two subjects."""

    A_ABOVE = "a_above_b"
    B_ABOVE = "b_above_a"
    NOT_DISTINGUISHABLE = "not_distinguishable"
    TOO_FEW = "too_few_events"


ORDER_WORDS: Mapping[Order, str] = {
    Order.A_ABOVE: "{a} stands above {b}",
    Order.B_ABOVE: "{b} stands above {a}",
    Order.NOT_DISTINGUISHABLE: "{a} and {b} cannot be told apart",
    Order.TOO_FEW: "too few resolved events to compare {a} and {b}",
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A subject's claims on one event: how many, and their summed improvement."""

    n: int
    total: Fraction


Events = Mapping[str, Spoken]


@dataclass(frozen=True, slots=True)
class Difference:
    """a's mean improvement minus b's, with its error clustered by event.

    The numbers are None below three events of either.
    """

    mean: float | None
    se: float | None
    interval: Interval | None
    events_a: int
    events_b: int
    shared: int


def difference(a: Events, b: Events) -> Difference:
    """Returns the difference of two means over claims, each event of both being one cluster.

    With u_g = (s_ag - n_ag m_a) / N_a - (s_bg - n_bg m_b) / N_b, SE^2 = G/(G-1) sum_g u_g^2 over
    the G events of either: the cluster-robust variance of a contrast of two means (Liang & Zeger
    1986, Biometrika 73:13-22).
    """
    shared = len(a.keys() & b.keys())
    if min(len(a), len(b)) < MIN_EVENTS_FOR_A_NUMBER:
        return Difference(None, None, None, len(a), len(b), shared)
    own, other = _influences(a), _influences(b)
    none = Fraction(0)
    events = sorted(a.keys() | b.keys())
    squares = sum((own.get(g, none) - other.get(g, none)) ** 2 for g in events)
    centre = float(_mean(a) - _mean(b))
    se = sqrt(Fraction(len(events), len(events) - 1) * squares)
    reach = INTERVAL_Z * se
    interval = Interval(centre - reach, centre + reach)
    return Difference(centre, se, interval, len(a), len(b), shared)


def _mean(events: Events) -> Fraction:
    return sum((spoken.total for spoken in events.values()), Fraction(0)) / _claims(events)


def _claims(events: Events) -> int:
    return sum(spoken.n for spoken in events.values())


def _influences(events: Events) -> dict[str, Fraction]:
    """Returns what each event moves the mean by."""
    mean, n = _mean(events), _claims(events)
    return {event: (spoken.total - spoken.n * mean) / n for event, spoken in events.items()}


def order_of(found: Difference, share: float | None) -> Order:
    """Returns what may be said, given the share of readers who put a above b.

    One stands above the other only when the interval excludes 0 and enough readers agree.
    """
    if found.interval is None or share is None:
        return Order.TOO_FEW
    if found.interval.low > 0 and may_say_above(share):
        return Order.A_ABOVE
    if found.interval.high < 0 and may_say_above(1 - share):
        return Order.B_ABOVE
    return Order.NOT_DISTINGUISHABLE
