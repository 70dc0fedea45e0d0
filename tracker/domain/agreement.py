"""How far independent judges, readers or coders agree beyond chance: Krippendorff's alpha.

Krippendorff 2011, "Computing Krippendorff's alpha-reliability", University of Pennsylvania;
Hayes & Krippendorff 2007, Commun. Methods Meas. 1:77-89, doi:10.1080/19312450709336664.
Only codes made before any discussion belong here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.coincidences import (
    Coincidences,
    Level,
    Patterns,
    Value,
    alpha,
    check_values,
    coincidences,
    patterns,
    tabled,
)
from tracker.domain.distributions import Interval
from tracker.domain.resampling import bootstrap
from tracker.domain.thresholds import ALPHA_RELY, ALPHA_TENTATIVE, BOOTSTRAP_DRAWS

__all__ = [
    "Agreement",
    "Coincidences",
    "Level",
    "Reading",
    "agreement",
    "agreement_of",
    "alpha",
    "check_values",
    "coincidences",
    "reading",
]


class Reading(StrEnum):
    """What an alpha permits (Krippendorff 2004, HCR 30:411-433)."""

    RELY = "rely"
    TENTATIVE = "tentative"
    NO_RANKING = "no_ranking"
    UNDEFINED = "undefined"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Alpha with what it rests on and its 90 % bootstrap interval over units."""

    alpha: float | None
    level: Level
    units: int
    ratings: int
    interval: Interval | None
    seed: int


def agreement(
    units: Iterable[Sequence[Value]], level: Level, *, seed: int, draws: int = BOOTSTRAP_DRAWS
) -> Agreement:
    """Returns alpha with its interval: 5-95 % over resamples of the units that can be paired.

    Resamples in which alpha is undefined are left out; the interval is None when more than half
    are. The order of units and of raters does not matter. Raises ValueError as `alpha` does.
    """
    return agreement_of(patterns(units), level, seed=seed, draws=draws)


def agreement_of(
    counted: Patterns, level: Level, *, seed: int, draws: int = BOOTSTRAP_DRAWS
) -> Agreement:
    """Returns the same of units that are counted by their patterns of ratings."""
    table = tabled(counted)
    value = alpha(table, level)
    interval = None if value is None else bootstrap(counted, level, seed, draws)
    point = None if value is None else float(value)
    return Agreement(point, level, table.units, table.ratings, interval, seed)


def reading(value: float | None) -> Reading:
    """Returns what the alpha permits: from .80 rely, from .667 tentative, below no ranking."""
    if value is None:
        return Reading.UNDEFINED
    if value >= ALPHA_RELY:
        return Reading.RELY
    return Reading.TENTATIVE if value >= ALPHA_TENTATIVE else Reading.NO_RANKING
