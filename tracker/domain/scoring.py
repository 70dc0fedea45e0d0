"""From issued probabilities and outcomes to scores, exactly: integers in, rationals out.

Every score is a function of `Counts`: for each distinct issued value how many claims and how many
came true. The database counts on the permille grid (scale 1000); a spreadsheet is counted at the
precision that it gives. Lower is better unless a docstring says otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import copysign, fsum, lcm, log, sqrt

from tracker.domain.thresholds import LOG_CLIP


@dataclass(frozen=True, slots=True)
class Forecast:
    """One resolved claim: p and base rate in 0..1, y is 1, 0 or None for void.

    Raises ValueError outside those ranges.
    """

    speaker: str
    event: str
    p: Fraction
    y: int | None
    base_rate: Fraction | None = None
    phrase: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.p <= 1:
            raise ValueError("p must be between 0 and 1")
        if self.base_rate is not None and not 0 <= self.base_rate <= 1:
            raise ValueError("base_rate must be between 0 and 1")
        if self.y not in (0, 1, None):
            raise ValueError("y must be 0, 1 or empty")


@dataclass(frozen=True, slots=True)
class Row:
    """One issued value, value / scale, with its number of claims and of hits."""

    value: int
    n: int
    hits: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Claims and hits per distinct issued value, ascending; values are in units of 1 / scale."""

    scale: int
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, table: Mapping[int, tuple[int, int]], *, scale: int = 1000) -> Counts:
        """Returns the counts of {value: (n, hits)}; raises ValueError for impossible ones."""
        for value, (n, hits) in table.items():
            if not (0 <= value <= scale and 0 <= hits <= n):
                raise ValueError(f"impossible count: value {value} of {scale}, {hits} of {n}")
        return cls(scale, tuple(Row(v, *table[v]) for v in sorted(table) if table[v][0]))

    @property
    def n(self) -> int:
        return sum(row.n for row in self.rows)

    @property
    def hits(self) -> int:
        return sum(row.hits for row in self.rows)


@dataclass(frozen=True, slots=True)
class Murphy:
    """Reliability (lower is better), resolution (higher is better) and uncertainty."""

    rel: Fraction
    res: Fraction
    unc: Fraction


@dataclass(frozen=True, slots=True)
class Bounds:
    """The best and the worst Brier score that a range of p leaves open."""

    best: Fraction
    worst: Fraction


def count(forecasts: Iterable[Forecast]) -> Counts:
    """Returns the counts of the scored forecasts at their own precision; voids are left out."""
    scored = [(forecast.p, forecast.y) for forecast in forecasts if forecast.y is not None]
    scale = lcm(*{p.denominator for p, _ in scored})
    table: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for p, y in scored:
        tally = table[p.numerator * (scale // p.denominator)]
        tally[0] += 1
        tally[1] += y
    return Counts(scale, tuple(Row(value, *table[value]) for value in sorted(table)))


def merge(shards: Iterable[Counts]) -> Counts:
    """Returns the counts of all shards together; scores of the whole follow from it exactly."""
    parts = list(shards)
    scale = lcm(*(part.scale for part in parts))
    table: dict[int, tuple[int, int]] = {}
    for part in parts:
        for row in part.rows:
            value = row.value * (scale // part.scale)
            n, hits = table.get(value, (0, 0))
            table[value] = (n + row.n, hits + row.hits)
    return Counts.of(table, scale=scale)


def sum_of_quotients(pairs: Iterable[tuple[int, int]]) -> Fraction:
    """Returns the exact sum of numerator / denominator.

    Terms with one denominator are added first and the rest pairwise, with one reduction at the
    end: a thousand different denominators stay a matter of milliseconds.
    """
    numerators: dict[int, int] = defaultdict(int)
    for numerator, denominator in pairs:
        numerators[denominator] += numerator
    terms = [(numerator, denominator) for denominator, numerator in sorted(numerators.items())]
    while len(terms) > 1:
        last = terms[-1:] if len(terms) % 2 else []
        halves = zip(terms[0::2], terms[1::2], strict=False)
        terms = [(a * d + c * b, b * d) for (a, b), (c, d) in halves] + last
    return Fraction(*terms[0]) if terms else Fraction(0)


def brier(counts: Counts) -> Fraction | None:
    """Returns the mean squared error of p, 0..1 (Brier 1950, MWR 78:1-3, has twice that)."""
    if not counts.rows:
        return None
    top = counts.scale
    total = sum(
        row.hits * (top - row.value) ** 2 + (row.n - row.hits) * row.value**2 for row in counts.rows
    )
    return Fraction(total, top * top * counts.n)


def log_score(counts: Counts) -> float | None:
    """Returns the mean of -ln p of what happened, with p clipped (Good 1952, JRSS B 14:107-114).

    A secondary column only: the clip makes it improper at the ends.
    """
    if not counts.rows:
        return None
    terms = []
    for row in counts.rows:
        p = clipped(Fraction(row.value, counts.scale))
        terms += [row.hits * log(p), (row.n - row.hits) * log(1 - p)]
    return -fsum(terms) / counts.n


def clipped(p: Fraction) -> float:
    """Returns p as a float within the limits of the log score."""
    low, high = LOG_CLIP
    return min(max(float(p), low), high)


def uncertainty(counts: Counts) -> Fraction | None:
    """Returns o (1 - o), the Brier score of always saying the observed rate."""
    if not counts.rows:
        return None
    return Fraction(counts.hits * (counts.n - counts.hits), counts.n**2)


def skill(counts: Counts) -> Fraction | None:
    """Returns 1 - BS / UNC (higher is better); None when all outcomes are equal.

    Shown, never ranked: a ratio of means is not additive.
    """
    score, unc = brier(counts), uncertainty(counts)
    return 1 - score / unc if score is not None and unc else None


def murphy(counts: Counts) -> Murphy | None:
    """Returns the decomposition BS = REL - RES + UNC over the issued values, exactly.

    Murphy 1973, J. Appl. Meteor. 12:595-600; over issued values and not over bins, because bins
    break the identity (Stephenson, Coelho & Jolliffe 2008, Wea. Forecasting 23:752-757).
    """
    score, unc = brier(counts), uncertainty(counts)
    if score is None or unc is None:
        return None
    squares = sum_of_quotients((row.hits**2, row.n) for row in counts.rows)
    res = squares / counts.n - Fraction(counts.hits, counts.n) ** 2
    return Murphy(rel=score + res - unc, res=res, unc=unc)


def murphy_corrected(counts: Counts) -> Murphy | None:
    """Returns the decomposition with the small-sample bias taken out; None below two claims.

    Ferro & Fricker 2012, QJRMS 138:1954-1960, doi:10.1002/qj.1924. A negative reliability is
    reported as 0, so the identity need not hold.
    """
    raw = murphy(counts)
    if raw is None or counts.n < 2:
        return None
    within = sum_of_quotients(
        (row.hits * (row.n - row.hits), row.n * (row.n - 1)) for row in counts.rows if row.n > 1
    )
    bias, between = within / counts.n, raw.unc / (counts.n - 1)
    return Murphy(max(raw.rel - bias, Fraction(0)), raw.res - bias + between, raw.unc + between)


def spiegelhalter_z(counts: Counts) -> float | None:
    """Returns Z, standard normal if p is calibrated (Spiegelhalter 1986, Stat. Med. 5:421-433).

    None when every p is 0, 1/2 or 1, where the statistic has no variance.
    """
    top = counts.scale
    excess = sum(
        (row.hits * top - row.n * row.value) * (top - 2 * row.value) for row in counts.rows
    )
    variance = sum(
        row.n * (top - 2 * row.value) ** 2 * row.value * (top - row.value) for row in counts.rows
    )
    return copysign(sqrt(Fraction(excess**2, variance)), excess) + 0.0 if variance else None


def auc(counts: Counts) -> Fraction | None:
    """Returns the probability that a hit had the higher p, ties half (higher is better).

    Hanley & McNeil 1982, Radiology 143:29-36; None when all outcomes are equal.
    """
    hits, misses = counts.hits, counts.n - counts.hits
    if not hits or not misses:
        return None
    twice, below = 0, 0
    for row in counts.rows:
        twice += row.hits * (2 * below + row.n - row.hits)
        below += row.n - row.hits
    return Fraction(twice, 2 * hits * misses)


def improvement(p: Fraction, y: int, base_rate: Fraction) -> Fraction:
    """Returns (b - y)^2 - (p - y)^2: how much better than the base rate (higher is better)."""
    return (base_rate - y) ** 2 - (p - y) ** 2


def interval_bounds(low: Fraction, high: Fraction, y: int) -> Bounds:
    """Returns the Brier scores at the ends of a range of p.

    A range is never collapsed silently: no real-valued strictly proper score exists for it
    (Seidenfeld, Schervish & Kadane 2012, Int. J. Approx. Reasoning 53:1248-1261).
    """
    if not 0 <= low <= high <= 1:
        raise ValueError("a range of p needs 0 <= low <= high <= 1")
    return Bounds((1 - high) ** 2, (1 - low) ** 2) if y else Bounds(low**2, high**2)


def vagueness(spreads: Iterable[float]) -> float | None:
    """Returns the mean variance of readers' p, which no outcome can change; None without any.

    E(P - y)^2 = (mean - y)^2 + variance: what the words cost on average, beside the score.
    """
    variances = [sd * sd for sd in spreads]
    return fsum(variances) / len(variances) if variances else None
