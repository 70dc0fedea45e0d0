"""Small numbers: who may be told from the base rate, and from whom, given few events.

Twenty quotations about one siege are one observation, so errors are clustered by event, means are
shrunk towards the field, and nobody is ranked whose mean is mostly noise.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import fsum, sqrt
from random import Random
from statistics import NormalDist

from tracker.domain.distributions import Interval, central
from tracker.domain.scoring import sum_of_quotients
from tracker.domain.thresholds import (
    INTERVAL_Z,
    MIN_EVENTS_FOR_A_NUMBER,
    MIN_EVENTS_FOR_A_TIER,
    MIN_RELIABILITY,
    RANK_DRAWS,
    TIER_PROBABILITY,
)

_STANDARD = NormalDist()
SMALLEST = 2.0**-54
"""Half the step of `random()`: keeps a draw of exactly 0 inside the normal quantile's domain."""


class Tier(StrEnum):
    """What may be said of a speaker; never a place from 1 to N."""

    CLAIMS_ONLY = "claims_only"
    UNRANKED = "unranked"
    BETTER = "better"
    NOT_DISTINGUISHABLE = "not_distinguishable"
    WORSE = "worse"


TIER_WORDS: Mapping[Tier, str] = {
    Tier.CLAIMS_ONLY: "too few resolved events for a number: read the claims",
    Tier.UNRANKED: "not enough evidence to rank",
    Tier.BETTER: "better than the base rate",
    Tier.NOT_DISTINGUISHABLE: "not distinguishable from the base rate",
    Tier.WORSE: "worse than the base rate",
}


@dataclass(frozen=True, slots=True)
class EventSums:
    """What one speaker's standard error and shrinkage need; sums of disjoint events just add.

    Per event g with n_g claims and s_g their summed improvement, in units of 1 / unit: n = sum n_g,
    total = sum s_g, squares = sum s_g^2, cross = sum s_g n_g, sizes = sum n_g^2, claim_squares =
    sum d_i^2 over claims, means = sum s_g / n_g, mean_squares = sum (s_g / n_g)^2.
    """

    unit: int = 1
    n: int = 0
    events: int = 0
    total: int = 0
    squares: int = 0
    cross: int = 0
    sizes: int = 0
    claim_squares: int = 0
    means: Fraction = Fraction(0)
    mean_squares: Fraction = Fraction(0)

    def __add__(self, other: EventSums) -> EventSums:
        """Returns the sums over both; raises ValueError when the units differ."""
        if self.unit != other.unit:
            raise ValueError("sums in different units do not add")
        return EventSums(
            self.unit,
            self.n + other.n,
            self.events + other.events,
            self.total + other.total,
            self.squares + other.squares,
            self.cross + other.cross,
            self.sizes + other.sizes,
            self.claim_squares + other.claim_squares,
            self.means + other.means,
            self.mean_squares + other.mean_squares,
        )


@dataclass(frozen=True, slots=True)
class Improvement:
    """Mean improvement over the base rate (higher is better) with its errors and interval."""

    mean: float | None
    se_naive: float | None
    se_cluster: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Field:
    """The speakers together: variance within and between them, and their common mean."""

    s2: float | None
    tau2: float | None
    mu: float | None


@dataclass(frozen=True, slots=True)
class Shrunken:
    """One speaker's mean drawn towards the field, with its posterior sd and reliability."""

    score: float
    sd: float
    reliability: float | None


def event_sums(claims: Iterable[tuple[str, int]], *, unit: int = 1) -> EventSums:
    """Returns the sums of one speaker's (event, improvement in units of 1 / unit) pairs."""
    by_event: dict[str, list[int]] = defaultdict(list)
    for event, d in claims:
        by_event[event].append(d)
    tallies = ((len(ds), sum(ds), sum(d * d for d in ds)) for ds in by_event.values())
    return sums_of_tallies(tallies, unit=unit)


def sums_of_tallies(tallies: Iterable[tuple[int, int, int]], *, unit: int = 1) -> EventSums:
    """Returns the sums of one speaker's events, each given as (n_g, s_g, sum of squared d_i)."""
    rows = [tally for tally in tallies if tally[0]]
    return EventSums(
        unit=unit,
        n=sum(n for n, _, _ in rows),
        events=len(rows),
        total=sum(s for _, s, _ in rows),
        squares=sum(s * s for _, s, _ in rows),
        cross=sum(s * n for n, s, _ in rows),
        sizes=sum(n * n for n, _, _ in rows),
        claim_squares=sum(q for _, _, q in rows),
        means=sum_of_quotients((s, n) for n, s, _ in rows),
        mean_squares=sum_of_quotients((s * s, n * n) for n, s, _ in rows),
    )


def cluster_variance(sums: EventSums) -> Fraction | None:
    """Returns SE^2 of the mean over claims, clustered by event, times unit^2.

    G/(G-1) sum_g (sum_{i in g} (d_i - mean))^2 / N^2, the cluster-robust variance of a constant
    (Liang & Zeger 1986, Biometrika 73:13-22) from sums alone. None below two events.
    """
    g, n = sums.events, sums.n
    if g < 2:
        return None
    mean = Fraction(sums.total, n)
    spread = sums.squares - 2 * mean * sums.cross + mean * mean * sums.sizes
    return Fraction(g, g - 1) * spread / (n * n)


def improvement_of(sums: EventSums) -> Improvement:
    """Returns mean, naive and clustered error, and the interval from the clustered one.

    Every part is None where it is undefined: the mean without claims, the naive error below two
    claims, the clustered error and the interval below two events.
    """
    if not sums.n:
        return Improvement(None, None, None, None)
    mean = Fraction(sums.total, sums.n)
    naive, clustered = None, cluster_variance(sums)
    if sums.n > 1:
        naive = (sums.claim_squares - mean * sums.total) / (sums.n * (sums.n - 1))
    centre = float(mean / sums.unit)
    se = _root(clustered, sums.unit)
    interval = None
    if se is not None:
        interval = Interval(centre - INTERVAL_Z * se, centre + INTERVAL_Z * se)
    return Improvement(centre, _root(naive, sums.unit), se, interval)


def _root(variance: Fraction | None, unit: int) -> float | None:
    return None if variance is None else sqrt(variance / unit**2)


def field_of(speakers: Iterable[EventSums]) -> Field:
    """Returns pooled within variance s2, between variance tau2 and mean mu of event means.

    tau2 is DerSimonian & Laird's (1986, Controlled Clin. Trials 7:177-188) with v_j = s2 / n_j,
    multiplied through by s2 so that it also holds at s2 = 0. s2 is None when nobody has two events;
    tau2 is None then, and with one speaker; mu is None when nothing weighs the speakers.
    """
    present = [sums for sums in speakers if sums.events]
    freedom = sum(sums.events - 1 for sums in present)
    if not freedom:
        return Field(None, None, None)
    means = [_event_mean(sums) for sums in present]
    sizes = [sums.events for sums in present]
    s2 = fsum(_within_squares(sums) for sums in present) / freedom
    if len(present) == 1:
        return Field(s2, None, means[0])
    tau2 = _between_variance(means, sizes, s2)
    return Field(s2, tau2, _common_mean(means, sizes, s2, tau2))


def _event_mean(sums: EventSums) -> float:
    return float(sums.means / (sums.events * sums.unit))


def _within_squares(sums: EventSums) -> float:
    return float((sums.mean_squares - sums.means**2 / sums.events) / sums.unit**2)


def _between_variance(means: list[float], sizes: list[int], s2: float) -> float:
    if len(set(means)) == 1:
        return 0.0
    total = sum(sizes)
    centre = fsum(n * mean for n, mean in zip(sizes, means, strict=True)) / total
    q = fsum(n * (mean - centre) ** 2 for n, mean in zip(sizes, means, strict=True))
    scale = total - sum(n * n for n in sizes) / total
    return max(0.0, (q - (len(means) - 1) * s2) / scale)


def _common_mean(means: list[float], sizes: list[int], s2: float, tau2: float) -> float:
    if not s2 and not tau2:
        return means[0]
    weights = [1 / (tau2 + s2 / n) for n in sizes]
    return fsum(w * mean for w, mean in zip(weights, means, strict=True)) / fsum(weights)


def shrink(sums: EventSums, field: Field) -> Shrunken | None:
    """Returns mu + B (m - mu) with B = tau2 / (tau2 + s2 / n) and sd sqrt(tau2 (1 - B)).

    None where the field or the speaker has no such figure; B is None where nothing varies at all.
    """
    if field.s2 is None or field.tau2 is None or field.mu is None or not sums.events:
        return None
    noise = field.s2 / sums.events
    if not noise and not field.tau2:
        return Shrunken(field.mu, 0.0, None)
    reliability = field.tau2 / (field.tau2 + noise)
    score = field.mu + reliability * (_event_mean(sums) - field.mu)
    return Shrunken(score, sqrt(field.tau2 * (1 - reliability)), reliability)


def may_be_ranked(events: int, shrunken: Shrunken | None) -> bool:
    """Returns whether a tier and a rank interval may be shown at all."""
    if shrunken is None or shrunken.reliability is None or events < MIN_EVENTS_FOR_A_TIER:
        return False
    return shrunken.reliability >= MIN_RELIABILITY


def tier(events: int, shrunken: Shrunken | None) -> Tier:
    """Returns the words that this many events and this reliability allow."""
    if events < MIN_EVENTS_FOR_A_NUMBER:
        return Tier.CLAIMS_ONLY
    if shrunken is None or not may_be_ranked(events, shrunken):
        return Tier.UNRANKED
    probability = probability_above(shrunken, 0.0)
    if probability >= TIER_PROBABILITY:
        return Tier.BETTER
    return Tier.WORSE if probability <= 1 - TIER_PROBABILITY else Tier.NOT_DISTINGUISHABLE


def probability_above(shrunken: Shrunken, reference: float) -> float:
    """Returns the posterior probability that the speaker's true mean exceeds the reference."""
    if shrunken.sd > 0:
        return _STANDARD.cdf((shrunken.score - reference) / shrunken.sd)
    return 0.5 if shrunken.score == reference else float(shrunken.score > reference)


def rank_intervals(
    speakers: Mapping[str, Shrunken], *, seed: int, draws: int = RANK_DRAWS
) -> dict[str, tuple[int, int]]:
    """Returns per speaker the 5-95 % interval of the rank, 1 the best, over normal draws.

    Goldstein & Spiegelhalter 1996, JRSS A 159:385-443. Speakers are drawn in the order of their
    names, so the order of the table does not matter; only `random()` is used, which alone is
    promised to repeat across Python versions.
    """
    names = sorted(speakers)
    posteriors = [(-speakers[name].score, speakers[name].sd) for name in names]
    quantile, uniform = _STANDARD.inv_cdf, Random(seed).random
    # Two bytes a rank where they suffice: twenty thousand speakers draw eighty million ranks.
    ranks = [array("H" if len(names) < 2**16 else "L") for _ in names]
    for _ in range(draws):
        drawn = [centre + sd * quantile(uniform() or SMALLEST) for centre, sd in posteriors]
        best_first = sorted(range(len(names)), key=drawn.__getitem__)
        for rank, speaker in enumerate(best_first, start=1):
            ranks[speaker].append(rank)
    return {name: central(own) for name, own in zip(names, ranks, strict=True)}
