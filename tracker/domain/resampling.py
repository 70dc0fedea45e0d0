"""How far alpha would move in other samples of units: Hayes & Krippendorff's bootstrap over units.

Units are drawn by their pattern of ratings. Few are drawn exactly. Of many, each pattern is drawn
by itself, as often as a Poisson variable says: for large samples the same (Chamandy et al. 2012,
"Estimating uncertainty for massive data streams", Google), at a cost that does not depend on how
many units there are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, combinations
from math import exp, sqrt
from random import Random

from tracker.domain.coincidences import Level, Patterns, Value, rank
from tracker.domain.distributions import Interval, central

MANY = 2_000
"""From so many units on, patterns are drawn by themselves."""
COMMON = 50
"""From so many units of a pattern on, Poisson's curve is the normal one."""


def bootstrap(counted: Patterns, level: Level, seed: int, draws: int) -> Interval | None:
    """Returns the 5-95 % interval of alpha over resampled units; None where it is undefined."""
    kinds = sorted(counted, key=lambda ratings: [rank(value) for value in ratings])
    sampler = _Resampler(kinds, level)
    counts = [counted[ratings] for ratings in kinds]
    sampled = _exactly if sum(counts) < MANY else _by_pattern
    values: list[float] = []
    for drawn in sampled(counts, Random(seed), draws):
        resampled = sampler.alpha(drawn)
        if resampled is not None:
            values.append(resampled)
    return Interval(*central(values)) if 2 * len(values) >= draws else None


def _exactly(counts: Sequence[int], random: Random, draws: int) -> Iterator[Counter[int]]:
    """Yields as many units as there are, drawn with replacement, by their pattern's place."""
    cumulative = list(accumulate(counts))
    size, uniform = cumulative[-1], random.random
    for _ in range(draws):
        yield Counter(bisect_right(cumulative, int(uniform() * size)) for _ in range(size))


def _by_pattern(counts: Sequence[int], random: Random, draws: int) -> Iterator[Counter[int]]:
    """Yields about as many units as there are, each pattern as often as its own chance says."""
    for _ in range(draws):
        yield Counter(
            {place: n for place, count in enumerate(counts) if (n := _poisson(count, random))}
        )


def _poisson(mean: int, random: Random) -> int:
    if mean >= COMMON:
        return max(0, round(random.gauss(mean, sqrt(mean))))
    floor, product, n = exp(-mean), random.random(), 0
    while product > floor:
        product *= random.random()
        n += 1
    return n


class _Resampler:
    """Alpha of many resamples in floats: the same sums as `alpha`, taken unit by unit.

    Do = sum_u spread(u) / (m_u - 1) and De = spread(all) / (n - 1), where spread is the sum of
    n_c n_k delta^2(c, k).
    """

    def __init__(self, kinds: Sequence[tuple[Value, ...]], level: Level) -> None:
        values = sorted({value for ratings in kinds for value in ratings}, key=rank)
        places = {value: place for place, value in enumerate(values)}
        self.level = level
        self.sizes = [len(ratings) for ratings in kinds]
        self.kinds = [
            list(Counter(places[value] for value in ratings).items()) for ratings in kinds
        ]
        self.numbers = [0.0 if isinstance(value, str) else float(value) for value in values]
        self.fixed: list[float] = []
        if level is not Level.ORDINAL:
            self.fixed = self._within(range(len(kinds)), self.numbers)

    def alpha(self, drawn: Mapping[int, int]) -> float | None:
        """Returns alpha when kind k of unit was drawn drawn[k] times; None when undefined."""
        margins = [0] * len(self.numbers)
        for kind, times in drawn.items():
            for place, n in self.kinds[kind]:
                margins[place] += times * n
        given = [(place, n) for place, n in enumerate(margins) if n]
        if len(given) < 2:
            return None
        if self.level is Level.ORDINAL:
            within = self._within(drawn, positions := _middle_ranks(margins))
        else:
            within, positions = [self.fixed[kind] for kind in drawn], self.numbers
        observed = sum(w * times for w, times in zip(within, drawn.values(), strict=True))
        expected = _float_spread(given, positions, self.level)
        return 1 - (sum(margins) - 1) * observed / expected if expected > 0 else None

    def _within(self, kinds: Iterable[int], positions: Sequence[float]) -> list[float]:
        return [
            _float_spread(self.kinds[kind], positions, self.level) / (self.sizes[kind] - 1)
            for kind in kinds
        ]


def _middle_ranks(margins: Sequence[int]) -> list[float]:
    return [below - n / 2 for below, n in zip(accumulate(margins), margins, strict=True)]


def _float_spread(
    counts: Sequence[tuple[int, int]], positions: Sequence[float], level: Level
) -> float:
    total = sum(n for _, n in counts)
    if level is Level.NOMINAL:
        return float(total * total - sum(n * n for _, n in counts))
    if level is Level.RATIO:
        return 2 * sum(
            n_c * n_k * ((positions[c] - positions[k]) / (positions[c] + positions[k])) ** 2
            for (c, n_c), (k, n_k) in combinations(counts, 2)
        )
    centre = sum(n * positions[place] for place, n in counts) / total
    return 2 * total * sum(n * (positions[place] - centre) ** 2 for place, n in counts)
