"""Calibration without bins: the CORP reliability curve, its decomposition and its null band.

Dimitriadis, Gneiting & Jordan 2021, "Stable reliability diagrams for probabilistic classifiers",
PNAS 118:e2016191118, doi:10.1073/pnas.2016191118.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import exp, lgamma, log, log1p, sqrt
from random import Random

from tracker.domain.distributions import Interval, central
from tracker.domain.scoring import (
    Counts,
    Row,
    brier,
    merge,
    sum_of_quotients,
    uncertainty,
)
from tracker.domain.thresholds import NULL_DRAWS, NULL_VALUES

_NULL_GRID = NULL_VALUES - 1
_TABLE_WIDTH = 12
"""Standard deviations on either side that a table of binomial probabilities covers."""


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring issued values that share one recalibrated value, hits / n."""

    rows: int
    n: int
    hits: int


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """An issued value p, the frequency q that isotonic regression gives it, and its claims."""

    p: Fraction
    q: Fraction
    n: int


@dataclass(frozen=True, slots=True)
class Corp:
    """Miscalibration (lower is better), discrimination (higher is better), uncertainty, curve."""

    mcb: Fraction
    dsc: Fraction
    unc: Fraction
    curve: tuple[CurvePoint, ...]


@dataclass(frozen=True, slots=True)
class BandPoint:
    """Where a perfectly calibrated speaker's curve lies at p."""

    p: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class NullBand:
    """What a perfectly calibrated speaker with the same p would show by chance alone.

    `share` is the share of such speakers whose MCB is at least the observed one.
    """

    mcb_mean: float
    mcb: Interval
    share: float
    points: tuple[BandPoint, ...]
    draws: int
    seed: int


def pool(rows: Iterable[tuple[int, int]]) -> list[Block]:
    """Returns the blocks of the isotonic regression of hits / n, given as (n, hits) by rising p.

    Pool-adjacent-violators (Ayer et al. 1955, Ann. Math. Statist. 26:641-647). Rates are compared
    by cross-multiplied integers, so nothing is rounded; ties in p must be one row.
    """
    blocks: list[tuple[int, int, int]] = []
    for n, hits in rows:
        size = 1
        while blocks and blocks[-1][2] * n >= hits * blocks[-1][1]:
            rows_before, n_before, hits_before = blocks.pop()
            size, n, hits = size + rows_before, n + n_before, hits + hits_before
        blocks.append((size, n, hits))
    return [Block(*block) for block in blocks]


def corp(counts: Counts) -> Corp | None:
    """Returns the decomposition BS = MCB - DSC + UNC with the reliability curve, exactly.

    Both MCB and DSC are never negative. None without claims.
    """
    score, unc = brier(counts), uncertainty(counts)
    if score is None or unc is None:
        return None
    blocks = pool((row.n, row.hits) for row in counts.rows)
    recalibrated = _recalibrated_score(blocks, counts.n)
    rates = (Fraction(block.hits, block.n) for block in blocks for _ in range(block.rows))
    curve = tuple(
        CurvePoint(Fraction(row.value, counts.scale), q, row.n)
        for row, q in zip(counts.rows, rates, strict=True)
    )
    return Corp(mcb=score - recalibrated, dsc=unc - recalibrated, unc=unc, curve=curve)


def _recalibrated_score(blocks: Sequence[Block], n: int) -> Fraction:
    return sum_of_quotients((b.hits * (b.n - b.hits), b.n) for b in blocks) / n


def null_band(counts: Counts, *, seed: int, draws: int = NULL_DRAWS) -> NullBand | None:
    """Returns the 5-95 % band of curve and MCB if every p were right; None without claims.

    h* ~ Binomial(n, p) per issued value, then the same isotonic regression (the
    paper's consistency resampling). More than 1,001 distinct p are drawn on the permille
    grid. The order of the claims does not matter; the seed does.
    """
    observed = corp(counts)
    if observed is None:
        return None
    grid = _on_grid(counts)
    rng = Random(seed)
    columns = [_binomials(row.n, row.value / grid.scale, draws, rng) for row in grid.rows]
    issued = [row.value / grid.scale for row in grid.rows]
    sizes = [row.n for row in grid.rows]
    scores: list[float] = []
    curves: list[list[float]] = []
    for hits in zip(*columns, strict=True):
        rates = _rates(sizes, hits)
        curves.append(rates)
        scores.append(_mcb(issued, sizes, hits, rates))
    points = []
    for p, rates_at_p in zip(issued, zip(*curves, strict=True), strict=True):
        points.append(BandPoint(p, *central(rates_at_p)))
    at_least = sum(score >= float(observed.mcb) - 1e-12 for score in scores)
    mean = sum(scores) / draws
    return NullBand(mean, Interval(*central(scores)), at_least / draws, tuple(points), draws, seed)


def _on_grid(counts: Counts) -> Counts:
    if len(counts.rows) <= NULL_VALUES:
        return counts
    coarse = (
        Counts(_NULL_GRID, (Row(round(row.value * _NULL_GRID / counts.scale), row.n, row.hits),))
        for row in counts.rows
    )
    return merge(coarse)


def _rates(sizes: Sequence[int], hits: Sequence[int]) -> list[float]:
    rates: list[float] = []
    for block in pool(zip(sizes, hits, strict=True)):
        rates += [block.hits / block.n] * block.rows
    return rates


def _mcb(
    issued: Sequence[float], sizes: Sequence[int], hits: Sequence[int], rates: Sequence[float]
) -> float:
    total = 0.0
    for p, n, h, q in zip(issued, sizes, hits, rates, strict=True):
        total += n * (p * p - q * q) - 2 * h * (p - q)
    return max(0.0, total / sum(sizes))


def _binomials(n: int, p: float, draws: int, rng: Random) -> list[int]:
    """Returns binomial draws by inverting a table of cumulative probabilities.

    Only `random()` is used: it alone is promised to repeat across Python versions.
    """
    if p in (0.0, 1.0):
        return [round(n * p)] * draws
    reach = _TABLE_WIDTH * (sqrt(n * p * (1 - p)) + 1)
    first, last = max(0, int(n * p - reach)), min(n, int(n * p + reach) + 1)
    log_odds = log(p) - log1p(-p)
    base = n * log1p(-p) + lgamma(n + 1)
    masses = (
        exp(base + k * log_odds - lgamma(k + 1) - lgamma(n - k + 1)) for k in range(first, last + 1)
    )
    cumulative = list(accumulate(masses))
    total = cumulative[-1]
    return [first + bisect_left(cumulative, rng.random() * total) for _ in range(draws)]
