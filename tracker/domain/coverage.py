"""How often intervals hold what they promise: 90 % of them should contain the truth.

Speakers with known true means are invented, their events drawn, and the same code that scores
real claims draws their intervals. Claims on one event share that event's shock, so an error that
took claims for independent would show here at once.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from random import Random
from statistics import NormalDist

from tracker.domain.ranking import (
    EventSums,
    Shrunken,
    event_sums,
    field_of,
    improvement_of,
    rank_intervals,
    shrink,
)
from tracker.domain.shares import share_interval
from tracker.domain.thresholds import INTERVAL_Z, RANK_DRAWS

_STANDARD = NormalDist()
_UNIT = 10**6
_MU, _BETWEEN, _EVENT, _CLAIM = 0.05, 0.08, 0.15, 0.10
_MOST_CLAIMS = 3
_SMALLEST = 2.0**-54


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of `tried` intervals of one kind at this many events, the share that held the truth."""

    name: str
    events: int
    share: float
    tried: int


def simulated_coverage(
    *, events: int, speakers: int, rounds: int, seed: int, draws: int = RANK_DRAWS
) -> list[Coverage]:
    """Returns the coverage of each kind of interval over fields of invented speakers.

    Raises ValueError unless there are two events and two speakers to compare.
    """
    if events < 2 or speakers < 2:
        raise ValueError("coverage needs at least two events and two speakers")
    rng = Random(seed)
    held: dict[str, list[bool]] = defaultdict(list)
    for _ in range(rounds):
        truths = [_MU + _BETWEEN * _normal(rng) for _ in range(speakers)]
        sums = [_record(truth, events, rng) for truth in truths]
        _score_intervals(truths, sums, held)
        _field_intervals(truths, sums, held, rng.randrange(2**31), draws)
        _share_intervals(events, speakers, rng, held)
    return [Coverage(name, events, sum(of) / len(of), len(of)) for name, of in held.items()]


def _normal(rng: Random) -> float:
    return _STANDARD.inv_cdf(rng.random() or _SMALLEST)


def _record(truth: float, events: int, rng: Random) -> EventSums:
    """Returns one speaker's events: each with a shock of its own and one to three claims."""
    claims = []
    for event in range(events):
        shock = truth + _EVENT * _normal(rng)
        for _ in range(rng.randint(1, _MOST_CLAIMS)):
            claims.append((str(event), round(_UNIT * (shock + _CLAIM * _normal(rng)))))
    return event_sums(claims, unit=_UNIT)


def _score_intervals(
    truths: list[float], sums: list[EventSums], held: dict[str, list[bool]]
) -> None:
    for truth, own in zip(truths, sums, strict=True):
        interval = improvement_of(own).interval
        if interval is not None:
            held["improvement, clustered"].append(interval.low <= truth <= interval.high)


def _field_intervals(
    truths: list[float],
    sums: list[EventSums],
    held: dict[str, list[bool]],
    seed: int,
    draws: int,
) -> None:
    """Adds shrunken scores and ranks; a field in which nothing varies has neither."""
    field = field_of(sums)
    shrunken: dict[str, Shrunken] = {}
    for at, own in enumerate(sums):
        found = shrink(own, field)
        if found is not None:
            shrunken[str(at)] = found
    for name, own_score in shrunken.items():
        reach = INTERVAL_Z * own_score.sd
        held["shrunken score"].append(abs(truths[int(name)] - own_score.score) <= reach)
    best_first = sorted(range(len(truths)), key=lambda at: -truths[at])
    intervals = rank_intervals(shrunken, seed=seed, draws=draws)
    for rank, at in enumerate(best_first, start=1):
        if str(at) in intervals:
            low, high = intervals[str(at)]
            held["rank"].append(low <= rank <= high)


def _share_intervals(n: int, times: int, rng: Random, held: dict[str, list[bool]]) -> None:
    """Adds Jeffreys intervals of shares, the true ones drawn evenly."""
    for _ in range(times):
        truth = rng.random()
        interval = share_interval(sum(rng.random() < truth for _ in range(n)), n)
        if interval is not None:
            held["share (Jeffreys)"].append(interval.low <= truth <= interval.high)
