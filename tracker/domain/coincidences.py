"""Pairs of ratings of one unit, counted, and alpha from them, exactly.

Krippendorff 2011, "Computing Krippendorff's alpha-reliability", University of Pennsylvania.
Any number of raters, missing ratings allowed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import product

Value = Fraction | str
Positions = Mapping[Value, Fraction]
Patterns = Mapping[tuple[Value, ...], int]
"""How many units got just these ratings, in the order of `rank`."""


class Level(StrEnum):
    """How two ratings differ: not at all or fully, by rank, by distance, or in proportion."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


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


def patterns(units: Iterable[Sequence[Value]]) -> Patterns:
    """Returns how many units show which ratings; units with fewer than two show nothing."""
    return Counter(tuple(sorted(ratings, key=rank)) for ratings in units if len(ratings) > 1)


def rank(value: Value) -> tuple[bool, Value]:
    """Returns by what ratings are sorted: numbers first."""
    return isinstance(value, str), value


def coincidences(units: Iterable[Sequence[Value]]) -> Coincidences:
    """Returns the table of the units' ratings; units with fewer than two add nothing."""
    return tabled(patterns(units))


def tabled(counted: Patterns) -> Coincidences:
    """Returns the table of units that are counted by their patterns of ratings."""
    by_size: dict[int, Counter[tuple[Value, Value]]] = {}
    for ratings, units in counted.items():
        pairs = by_size.setdefault(len(ratings), Counter())
        tally = Counter(ratings)
        for (c, n_c), (k, n_k) in product(tally.items(), repeat=2):
            pairs[c, k] += units * n_c * (n_k - (c == k))
    cells: dict[tuple[Value, Value], Fraction] = {}
    for size, pairs in by_size.items():
        for pair, weight in pairs.items():
            if weight:
                cells[pair] = cells.get(pair, Fraction(0)) + Fraction(weight, size - 1)
    ratings_in_all = sum(len(ratings) * units for ratings, units in counted.items())
    return Coincidences(cells, sum(counted.values()), ratings_in_all)


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
