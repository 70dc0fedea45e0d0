"""A claim's days in their order: said, coded, frozen, due, known, judged, published, disputed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Min

from tracker.models import Claim, Dispute, Resolution


@dataclass(frozen=True)
class Moment:
    """One day of a claim's life; `ahead` where it has yet to come."""

    on: date
    label: str
    note: str = ""
    ahead: bool = False


def timeline_of(claim: Claim, resolutions: Sequence[Resolution], today: date) -> list[Moment]:
    """The days of a claim, first to last, in two queries."""
    found = [*_coding(claim), *_waiting(claim), *_judging(resolutions)]
    moments = [Moment(on, label, note, ahead=on > today) for on, label, note in found]
    return sorted(moments, key=lambda one: one.on)


def _coding(claim: Claim) -> Iterator[tuple[date, str, str]]:
    yield claim.said_on, "Said", claim.quotation.said_words
    yield claim.coded_at.date(), "Coded", ""
    if claim.frozen_at:
        yield claim.frozen_at.date(), "Frozen", ""


def _waiting(claim: Claim) -> Iterator[tuple[date, str, str]]:
    proposition = claim.proposition
    if proposition is None:
        return
    if proposition.deadline:
        yield proposition.deadline, "Due", proposition.get_deadline_basis_display().lower()
    elif proposition.review_on:
        yield proposition.review_on, "Look again", "no deadline"
    known = proposition.outcomes.filter(found_nothing=False).aggregate(on=Min("known_on"))["on"]
    if known:
        yield known, "First known", "an outcome is on record"


def _judging(resolutions: Iterable[Resolution]) -> Iterator[tuple[date, str, str]]:
    for one in resolutions:
        again = f"resolution {one.seq}" if one.seq > 1 else ""
        yield one.decided_at.date(), "Judged", again
        if one.published_at:
            yield one.published_at.date(), "Published", again
        else:
            yield one.reply_until.date(), "Reply until", ""
    pks = [one.pk for one in resolutions]
    for dispute in Dispute.objects.filter(resolution__in=pks).order_by("filed_at") if pks else ():
        yield dispute.filed_at.date(), "Disputed", dispute.get_ruling_display().lower()
