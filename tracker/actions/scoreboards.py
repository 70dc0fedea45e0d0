"""Everybody's score on one board: by tier and name, page by page, never in the order of score."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from tracker.actions import tallies
from tracker.actions.pictures import Picture, one, standing
from tracker.actions.scores import Record, Subject, records
from tracker.domain.caterpillar import (
    TIER_ORDER,
    Order,
    Standing,
    Standings,
    caterpillar_svg,
    caterpillar_table,
)
from tracker.domain.ranking import Tier, tier
from tracker.models import AccountTally, moments
from tracker.models.scores import Account

ROWS = 25


@dataclass(frozen=True)
class Row:
    """One subject of the board, with the record behind its line."""

    record: Record
    standing: Standing

    @property
    def claims(self) -> int:
        """How many claims there are to read, whatever became of them."""
        return sum(self.record.accounts.values())


@dataclass(frozen=True)
class Board:
    """One page of the board; `counts` say how many subjects each tier holds on all pages."""

    subject: Subject
    rows: Sequence[Row]
    counts: Mapping[Tier, int]
    page: int
    pages: int

    @property
    def picture(self) -> Picture:
        """The caterpillar plot of this page."""
        part = f" ({self.page} of {self.pages})" if self.pages > 1 else ""
        title = f"Scores of {self.subject.value}{part}"
        shown = Standings.of(title, [row.standing for row in self.rows], order=Order.TIERS)
        return one(title, caterpillar_svg(shown), caterpillar_table(shown))


def scoreboard(
    subject: Subject,
    seen: QuerySet[Any],
    *,
    only: Tier | None = None,
    page: int = 1,
) -> Board:
    """One page of all those seen who have a frozen claim; a page too far is the last one.

    Tiers come from the tallies of all; reader bands are drawn for those on the page.
    """
    tiers = _tiers(subject)
    names = _names(subject, seen, tiers)
    held = {pk: tiers.get(pk, Tier.CLAIMS_ONLY) for pk in names}
    chosen = sorted(
        (pk for pk in names if only in (None, held[pk])),
        key=lambda pk: (TIER_ORDER.index(held[pk]), names[pk].casefold(), names[pk], pk),
    )
    pages = max(1, -(-len(chosen) // ROWS))
    page = min(max(page, 1), pages)
    shown = chosen[(page - 1) * ROWS : page * ROWS]
    found = records(subject, only=set(shown)) if shown else []
    by_id = {record.id: record for record in found}
    rows = [Row(by_id[pk], standing(by_id[pk], names[pk])) for pk in shown if pk in by_id]
    counts = {each: sum(one is each for one in held.values()) for each in TIER_ORDER}
    return Board(subject, rows, counts, page, pages)


def _tiers(subject: Subject) -> dict[int, Tier]:
    """What may be said of each subject with a scored claim."""
    everyone = tallies.standings_of(subject.kind).by_name
    return {int(name): tier(own.sums.events, own.shrunken) for name, own in everyone.items()}


def _names(subject: Subject, seen: QuerySet[Any], scored: Collection[int]) -> dict[int, str]:
    """The names of those seen who have a scored claim, or a frozen one at least.

    Of a part of the claims, those of whom that part gives any account.
    """
    counted = AccountTally.objects.filter(kind=subject.kind).exclude(account=Account.WITHDRAWN)
    spoken: Any = counted.values("subject_id")
    if moments.standpoint():
        spoken = tallies.subjects_of(subject.kind)
    listed = seen.filter(Q(pk__in=list(scored)) | Q(pk__in=spoken)).order_by()
    if subject is not Subject.TOPICS:
        listed = listed.filter(merged_into=None)
    return dict(listed.values_list("pk", "name"))
