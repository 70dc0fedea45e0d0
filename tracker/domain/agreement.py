"""How far independent judges, readers or coders agree beyond chance: Krippendorff's alpha.

Krippendorff 2011, "Computing Krippendorff's alpha-reliability", University of Pennsylvania;
Hayes & Krippendorff 2007, Commun. Methods Meas. 1:77-89, doi:10.1080/19312450709336664.
Any number of raters, missing ratings allowed; only codes made before any discussion belong here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate, combinations, product
from random import Random

from tracker.domain.distributions import Interval, central
from tracker.domain.thresholds import ALPHA_RELY, ALPHA_TENTATIVE, BOOTSTRAP_DRAWS

Value = Fraction | str
Positions = Mapping[Value, Fraction]


class Level(StrEnum):
    """How two ratings differ: not at all or fully, by rank, by distance, or in proportion."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


class Reading(StrEnum):
    """What an alpha permits (Krippendorff 2004, HCR 30:411-433)."""

    RELY = "rely"
    TENTATIVE = "tentative"
    NO_RANKING = "no_ranking"
    UNDEFINED = "undefined"


@dataclass(frozen=True, slots=True)
class Coincidences:
    """The V x V table of pairs of ratings of one unit; tables of disjoint units add and subtract.

    A unit with m ratings adds n_c (n_k - [c = k]) / (m - 1) to cell (c, k); `units` and `ratings`
    count what can be paired at all.
    """

    cells: Mapping[tuple[Value, Value], Fraction]
    units: int = 0
    ratings: int = 0

    def __add__(self, other: Coincidences) -> Coincidences:
        """Returns the table over both sets of units."""
        return self._combined(other, 1)

    def __sub__(self, other: Coincidences) -> Coincidences:
        """Returns the table without the other's units."""
        return self._combined(other, -1)

    def _combined(self, other: Coincidences, sign: int) -> Coincidences:
        cells = dict(self.cells)
        for pair, weight in other.cells.items():
            cells[pair] = cells.get(pair, Fraction(0)) + sign * weight
        kept = {pair: weight for pair, weight in cells.items() if weight}
        units, ratings = self.units + sign * other.units, self.ratings + sign * other.ratings
        return Coincidences(kept, units, ratings)

    @property
    def margins(self) -> dict[Value, Fraction]:
        """How often each value was given, among ratings that can be paired."""
        totals: dict[Value, Fraction] = {}
        for (value, _), weight in self.cells.items():
            totals[value] = totals.get(value, Fraction(0)) + weight
        return totals


@dataclass(frozen=True, slots=True)
class Agreement:
    """Alpha with what it rests on and its 90 % bootstrap interval over units."""

    alpha: float | None
    level: Level
    units: int
    ratings: int
    interval: Interval | None
    seed: int


def coincidences(units: Iterable[Sequence[Value]]) -> Coincidences:
    """Returns the table of the units' ratings; units with fewer than two add nothing."""
    by_size: dict[int, Counter[tuple[Value, Value]]] = {}
    n_units, n_ratings = 0, 0
    for ratings in units:
        if len(ratings) < 2:
            continue
        n_units, n_ratings = n_units + 1, n_ratings + len(ratings)
        pairs = by_size.setdefault(len(ratings), Counter())
        tally = Counter(ratings)
        for (c, n_c), (k, n_k) in product(tally.items(), repeat=2):
            pairs[c, k] += n_c * (n_k - (c == k))
    cells: dict[tuple[Value, Value], Fraction] = {}
    for size, pairs in by_size.items():
        for pair, weight in pairs.items():
            if weight:
                cells[pair] = cells.get(pair, Fraction(0)) + Fraction(weight, size - 1)
    return Coincidences(cells, n_units, n_ratings)


def alpha(table: Coincidences, level: Level) -> Fraction | None:
    """Returns 1 - Do / De, exactly.

    None, not 1, when all ratings are equal or no unit has two. Raises ValueError for ratings that
    do not fit the level.
    """
    margins = table.margins
    check_values(margins, level)
    positions = _positions(margins, level)
    expected = _spread(margins, positions, level)
    if not expected:
        return None
    observed = sum(
        weight * _difference(c, k, positions, level) for (c, k), weight in table.cells.items()
    )
    return 1 - (table.ratings - 1) * observed / expected


def check_values(values: Iterable[Value], level: Level) -> None:
    """Raises ValueError unless each value fits the level: numbers, from 0 up for ratio."""
    if level is Level.NOMINAL:
        return
    for value in values:
        if isinstance(value, str):
            raise ValueError(f"{level} ratings must be numbers, not {value!r}")
        if level is Level.RATIO and value < 0:
            raise ValueError(f"ratio ratings must not be negative: {float(value):g}")


def _positions(margins: Mapping[Value, Fraction | int], level: Level) -> dict[Value, Fraction]:
    """Returns where each value stands: its number, or for ordinal ratings its middle rank."""
    if level is Level.NOMINAL:
        return {}
    numbers = sorted(value for value in margins if isinstance(value, Fraction))
    if level is not Level.ORDINAL:
        return {value: value for value in numbers}
    positions: dict[Value, Fraction] = {}
    below = Fraction(0)
    for value in numbers:
        positions[value] = below + Fraction(margins[value]) / 2
        below += margins[value]
    return positions


def _difference(c: Value, k: Value, positions: Positions, level: Level) -> Fraction:
    """Returns the squared difference delta^2 of Krippendorff 2011, section D."""
    if c == k:
        return Fraction(0)
    if level is Level.NOMINAL:
        return Fraction(1)
    distance = positions[c] - positions[k]
    if level is Level.RATIO:
        return (distance / (positions[c] + positions[k])) ** 2
    return distance**2


def _spread(counts: Mapping[Value, Fraction | int], positions: Positions, level: Level) -> Fraction:
    """Returns the sum of n_c n_k delta^2(c, k) over all ordered pairs."""
    total = Fraction(sum(counts.values()))
    if level is Level.NOMINAL:
        return total**2 - sum(n * n for n in counts.values())
    if level is Level.RATIO:
        pairs = ((c, k) for c in counts for k in counts)
        return Fraction(
            sum(counts[c] * counts[k] * _difference(c, k, positions, level) for c, k in pairs)
        )
    first = sum((n * positions[value] for value, n in counts.items()), Fraction(0))
    second = sum((n * positions[value] ** 2 for value, n in counts.items()), Fraction(0))
    return 2 * (total * second - first**2)


def agreement(
    units: Iterable[Sequence[Value]], level: Level, *, seed: int, draws: int = BOOTSTRAP_DRAWS
) -> Agreement:
    """Returns alpha with its interval: 5-95 % over resamples of the units that can be paired.

    Resamples in which alpha is undefined are left out; the interval is None when more than half
    are. The order of units and of raters does not matter. Raises ValueError as `alpha` does.
    """
    paired = [tuple(sorted(ratings, key=_order)) for ratings in units if len(ratings) > 1]
    table = coincidences(paired)
    value = alpha(table, level)
    interval = None
    if value is not None:
        interval = _bootstrap(Counter(paired), level, seed, draws)
    point = None if value is None else float(value)
    return Agreement(point, level, table.units, table.ratings, interval, seed)


def _order(value: Value) -> tuple[bool, Value]:
    return isinstance(value, str), value


def _bootstrap(
    patterns: Counter[tuple[Value, ...]], level: Level, seed: int, draws: int
) -> Interval | None:
    """Returns the interval over resampled units, which are drawn by their pattern of ratings."""
    kinds = sorted(patterns, key=lambda ratings: [_order(value) for value in ratings])
    sampler = _Resampler(kinds, level)
    cumulative = list(accumulate(patterns[ratings] for ratings in kinds))
    size, uniform = cumulative[-1], Random(seed).random
    values: list[float] = []
    for _ in range(draws):
        drawn = Counter(bisect_right(cumulative, int(uniform() * size)) for _ in range(size))
        resampled = sampler.alpha(drawn)
        if resampled is not None:
            values.append(resampled)
    return Interval(*central(values)) if 2 * len(values) >= draws else None


class _Resampler:
    """Alpha of many resamples in floats: the same sums as `alpha`, taken unit by unit.

    Do = sum_u spread(u) / (m_u - 1) and De = spread(all) / (n - 1), where spread is the sum of
    n_c n_k delta^2(c, k).
    """

    def __init__(self, kinds: Sequence[tuple[Value, ...]], level: Level) -> None:
        values = sorted({value for ratings in kinds for value in ratings}, key=_order)
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


def reading(value: float | None) -> Reading:
    """Returns what the alpha permits: from .80 rely, from .667 tentative, below no ranking."""
    if value is None:
        return Reading.UNDEFINED
    if value >= ALPHA_RELY:
        return Reading.RELY
    return Reading.TENTATIVE if value >= ALPHA_TENTATIVE else Reading.NO_RANKING
