"""Shares of few: intervals and base rates that stay sensible at n = 0, 1 and 3."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from tracker.domain.distributions import Interval, beta_quantile
from tracker.domain.thresholds import INTERVAL_LEVEL

KEPT = 4_096
"""Intervals of so many shares are kept: pages of scores ask for the same few again and again."""


@lru_cache(maxsize=KEPT)
def share_interval(hits: int, n: int, level: float = INTERVAL_LEVEL) -> Interval | None:
    """Returns the Jeffreys interval of a share: quantiles of Beta(hits + 1/2, n - hits + 1/2).

    Brown, Cai & DasGupta 2001, Statist. Sci. 16:101-133: never +-2 sd, which at n = 3 covers
    .496 and not .95. None at n = 0; raises ValueError unless 0 <= hits <= n.
    """
    if not 0 <= hits <= n:
        raise ValueError("hits must be between 0 and n")
    if not n:
        return None
    a, b, tail = hits + 0.5, n - hits + 0.5, (1 - level) / 2
    return Interval(beta_quantile(a, b, tail), beta_quantile(a, b, 1 - tail))


def share_estimate(hits: int, n: int) -> Fraction:
    """Returns (hits + 1/2) / (n + 1), the Jeffreys mean, which is 1/2 where nothing is known."""
    return Fraction(2 * hits + 1, 2 * n + 2)


def base_rates(outcomes: Sequence[Fraction]) -> list[Fraction]:
    """Returns per event the rate of the others, (h + 1/2) / (n + 1): leave one event out.

    `outcomes` are the events' y, 0..1 (a mean where claims on one event disagree); an event alone
    gets 1/2. Each event counts once, however often it was spoken of.
    """
    others, hits = len(outcomes) - 1, sum(outcomes)
    return [(hits - own + Fraction(1, 2)) / (others + 1) for own in outcomes]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of all, which part that is, and between what its true size may lie."""

    n: int
    share: Fraction
    interval: Interval


def shares_of(counts: Mapping[str, int]) -> dict[str, Share]:
    """Returns the share of each of several answers; empty without any.

    Answers are counted, never averaged: their codes are an order, not a number.
    """
    total = sum(counts.values())
    found = {}
    for name, n in counts.items():
        interval = share_interval(n, total)
        if interval is not None:
            found[name] = Share(n, Fraction(n, total), interval)
    return found
