"""Rank intervals: drawn on the spot in a small field, by the worker in a large one.

Four thousand draws of 20,000 people take many seconds, and every change of a tally makes new ones.
So a large field shows those of the last draw, and says when that was; a job draws anew whenever
the tallies have moved.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tracker.actions import tallies
from tracker.domain.rank_draws import drawn_ranks
from tracker.domain.thresholds import DEFAULT_SEED
from tracker.models import RankInterval, moments
from tracker.models.tallies import KINDS

AT_ONCE = 1_000
"""The most subjects whose ranks are drawn while somebody waits: about half a second's work."""


@dataclass(frozen=True, slots=True)
class Ranks:
    """Rank intervals by id as text, and as of when they were drawn; None if they never were."""

    by_name: Mapping[str, tuple[int, int]]
    as_of: datetime | None


def ranks_of(kind: str, ids: Collection[str], *, seed: int, under: str) -> Ranks:
    """The rank intervals of these subjects, without a long wait; `under` is a stamp.

    A large field in the past, or of a selection of claims, or with a seed of its own has none.
    """
    if len(tallies.standings_of(kind, under=under).by_name) <= AT_ONCE:
        return Ranks(_drawn(kind, seed, under), moments.moment() or timezone.now())
    if moments.standpoint():
        return Ranks({}, None)
    kept = RankInterval.objects.filter(kind=kind, seed=seed, subject_id__in=[*map(int, ids)])
    rows = kept.values_list("subject_id", "low", "high", "drawn_at")
    found = {str(pk): (low, high) for pk, low, high, _ in rows}
    return Ranks(found, max((at for *_, at in rows), default=None))


def all_ranks(kind: str, *, seed: int) -> Mapping[str, tuple[int, int]]:
    """Everybody's rank interval who has a shrunken score, however long it takes."""
    return _drawn(kind, seed, tallies.stamp())


@tallies.Kept
def _drawn(kind: str, seed: int, stamp: str) -> dict[str, tuple[int, int]]:
    everyone = tallies.standings_of(kind, under=stamp).by_name
    return drawn_ranks(
        {name: own.shrunken for name, own in everyone.items() if own.shrunken is not None},
        seed=seed,
    )


def keep_ranks(*, now: datetime) -> int:
    """Draws the ranks of large fields anew whose tallies have moved; returns rows written."""
    return sum(_kept(kind, now) for kind in KINDS)


def _kept(kind: str, now: datetime) -> int:
    own = RankInterval.objects.filter(kind=kind)
    stamp = tallies.stamp()
    if not stamp or own.filter(stamp=stamp).exists():
        return 0
    everyone = tallies.standings_of(kind, under=stamp).by_name
    rankable = {name for name, standing in everyone.items() if standing.rankable}
    if len(everyone) <= AT_ONCE:
        rankable = set()
    drawn = all_ranks(kind, seed=DEFAULT_SEED) if rankable else {}
    rows = [
        RankInterval(
            kind=kind,
            subject_id=int(name),
            low=drawn[name][0],
            high=drawn[name][1],
            stamp=stamp,
            seed=DEFAULT_SEED,
            drawn_at=now,
        )
        for name in sorted(rankable)
    ]
    with transaction.atomic():
        own.delete()
        return len(RankInterval.objects.bulk_create(rows, batch_size=5_000))
