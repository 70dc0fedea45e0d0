"""How much a score owes to how the claims were read: the same score, computed otherwise.

Every variation is computed over everybody, because the base rate and the field move with it; the
database groups the claims anew for each, and what comes back is as large as the tallies are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from django.db import connection

from tracker.actions import tallies
from tracker.actions.scores import Subject
from tracker.domain.ranking import EventSums, Improvement, Tier, improvement_of, tier
from tracker.domain.tallied import Standings
from tracker.models import Lexicon
from tracker.models.moments import reading
from tracker.models.selections import EVERYTHING, Selection
from tracker.models.variations import Reread, Variation

MOST_LEXICONS = 5
"""Other lexicons that are tried, the newest first: each costs as much as a table."""


class Variant(StrEnum):
    """What is done otherwise."""

    AS_SCORED = "as_scored"
    OTHER_LEXICON = "other_lexicon"
    LOW = "low_reading"
    HIGH = "high_reading"
    HALF_HORIZON = "half_horizon"
    DOUBLE_HORIZON = "double_horizon"
    GRADED = "graded_outcomes"
    FORESIGHT = "without_hindsight"


REREAD = {
    Variant.LOW: Reread.LOW,
    Variant.HIGH: Reread.HIGH,
    Variant.HALF_HORIZON: Reread.HALF_HORIZON,
    Variant.DOUBLE_HORIZON: Reread.DOUBLE_HORIZON,
    Variant.GRADED: Reread.GRADED,
}


@dataclass(frozen=True)
class Line:
    """The score under one variant; `changed` counts the claims that are read otherwise.

    Of the whole table `tier` is None, and `moved` counts those whose tier is another; of one
    subject it is 1 or 0.
    """

    variant: Variant
    lexicon: str
    n: int
    events: int
    brier: Fraction | None
    improvement: Improvement
    tier: Tier | None
    changed: int
    moved: int


@dataclass(frozen=True)
class _Run:
    variant: Variant
    standings: Standings
    changed: int
    lexicon: str = ""


def sensitivity(
    subject: Subject,
    pk: int | None = None,
    *,
    then: datetime | None = None,
    only: Selection = EVERYTHING,
) -> list[Line]:
    """The score of one subject, or of all together, as it is and under each variant.

    Horizons are re-judged from the record alone: a proposition whose deadline is a convention, and
    of which it is known on which day the event occurred, is held against half or double the time
    from the first day on which a frozen claim on it was said. All others stay as they were judged.
    Must be asked in the present; `then` and `only` are those of `moments.reading`.
    """
    runs = _runs(subject, pk, then, only)
    first = next(runs)
    return [_line(first, first, pk), *(_line(run, first, pk) for run in runs)]


def _runs(
    subject: Subject, pk: int | None, then: datetime | None, only: Selection
) -> Iterator[_Run]:
    """Yields what is scored as it is first, and then every variant of it."""
    with reading(then, only):
        others = _other_lexicons()
        yield _Run(Variant.AS_SCORED, tallies.standings_of(subject.kind), 0)
    for lexicon in others:
        varied = Variation(Reread.LEXICON, lexicon.pk)
        with reading(then, only, varied):
            found = tallies.standings_of(subject.kind)
            changed = _changed(subject.kind, pk)
        yield _Run(Variant.OTHER_LEXICON, found, changed, lexicon.version)
    for variant, way in REREAD.items():
        with reading(then, only, Variation(way)):
            found, changed = tallies.standings_of(subject.kind), _changed(subject.kind, pk)
        yield _Run(variant, found, changed)
    with reading(then, only):
        late = _late(subject.kind, pk)
    with reading(then, replace(only, hindsight=False)):
        yield _Run(Variant.FORESIGHT, tallies.standings_of(subject.kind), late)


def _other_lexicons() -> list[Lexicon]:
    """The frozen lexicons under which some claim could read otherwise, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT lexicon_id FROM tracker_scoreitem")
        used = {pk for (pk,) in cursor.fetchall() if pk is not None}
    frozen = Lexicon.objects.exclude(frozen_at=None).order_by("-frozen_at", "-id")
    return [lexicon for lexicon in frozen if used - {lexicon.pk}][:MOST_LEXICONS]


def _changed(kind: str, pk: int | None) -> int:
    return _counted(kind, pk, "changed")


def _late(kind: str, pk: int | None) -> int:
    return _counted(kind, pk, "hindsight")


def _counted(kind: str, pk: int | None, column: str) -> int:
    whose = f"{kind}_id IS NOT NULL" if pk is None else f"{kind}_id = {int(pk)}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FILTER (WHERE {column}) FROM tracker_scoreitem WHERE {whose}"
        )
        found: int = cursor.fetchone()[0]
    return found


def _line(run: _Run, first: _Run, pk: int | None) -> Line:
    now, before = _tiers(run.standings), _tiers(first.standings)
    sums, brier, name = run.standings.together, run.standings.brier, None
    moved = sum(now.get(who, Tier.CLAIMS_ONLY) != before[who] for who in before)
    if pk is not None:
        own = run.standings.by_name.get(str(pk))
        sums, brier = (own.sums, own.brier) if own else (EventSums(), None)
        name = now.get(str(pk), Tier.CLAIMS_ONLY)
        moved = int(name != before.get(str(pk), Tier.CLAIMS_ONLY))
    return Line(
        variant=run.variant,
        lexicon=run.lexicon,
        n=sums.n,
        events=sums.events,
        brier=brier,
        improvement=improvement_of(sums),
        tier=name,
        changed=run.changed,
        moved=moved,
    )


def _tiers(standings: Standings) -> dict[str, Tier]:
    return {name: tier(own.sums.events, own.shrunken) for name, own in standings.by_name.items()}
