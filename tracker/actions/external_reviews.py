"""What may be done with reviews of others: take them in, say what they speak of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.actions.records import locked, tidy
from tracker.actions.transactions import action
from tracker.domain.external_reviews import Review
from tracker.domain.roles import Verb
from tracker.models import Claim, ExternalReview, Proposition
from tracker.models.accounts import User


@dataclass(frozen=True)
class Taken:
    """A review on record, and what became of it: made, updated or recognised."""

    review: ExternalReview
    status: str


@action(Verb.LOG)
def take_reviews(*, by: User, now: datetime, reviews: Sequence[Review]) -> list[Taken]:
    """Takes all of them in; one that is on record by site, address and claim is not made twice.

    What its publisher has changed since is changed here, too; the history keeps what it was.
    """
    return [_taken(by, now, review) for review in reviews]


def _taken(by: User, now: datetime, review: Review) -> Taken:
    named = {"site": review.site, "url": review.url, "claim_reviewed": review.claim}
    told = {
        "publisher": review.publisher,
        "label": review.label,
        "value": review.value,
        "reviewed_on": review.reviewed_on,
        "language": review.language,
        "title": review.title,
        "claimant": review.claimant,
        "claimed_on": review.claimed_on,
    }
    named, told = tidy(named), tidy(told)
    defaults = {**told, "imported_by": by, "imported_at": now}
    record, made = ExternalReview.objects.get_or_create(**named, defaults=defaults)
    if made:
        return Taken(record, "made")
    changed = [name for name, value in told.items() if getattr(record, name) != value]
    for name in changed:
        setattr(record, name, told[name])
    if changed:
        record.save(update_fields=changed)
    return Taken(record, "updated" if changed else "recognised")


@action(Verb.CURATE)
def link_review(
    *,
    by: User,
    review: ExternalReview,
    claim: Claim | None = None,
    proposition: Proposition | None = None,
    reason: str = "",
) -> ExternalReview:
    """Says which claim or proposition of ours it speaks of; neither takes the link away."""
    record = locked(review)
    record.claim = claim
    record.proposition = proposition or (claim.proposition if claim else None)
    record.save(update_fields=["claim", "proposition"])
    return record
