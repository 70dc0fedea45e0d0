"""Records that say the same: proposed by one person, confirmed or rejected by another."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tracker.models.claims import Claim
from tracker.models.columns import (
    Record,
    RecordQuerySet,
    chosen,
    history,
    never_deleted,
    one_of,
    words,
)
from tracker.models.propositions import Proposition

USER = settings.AUTH_USER_MODEL


class DuplicateState(StrEnum):
    PROPOSED = "proposed"
    MERGED = "merged"
    REJECTED = "rejected"


class DuplicateQuerySet(RecordQuerySet["Duplicate"]):
    def undecided(self) -> DuplicateQuerySet:
        """Proposed merges that wait for a second person."""
        return self.filter(state=DuplicateState.PROPOSED)


@history()
class Duplicate(Record):
    """A pair of propositions, or of claims, held to be one; `kept` outlives `dropped`."""

    kept_proposition = models.ForeignKey(
        Proposition, models.PROTECT, null=True, blank=True, related_name="+"
    )
    dropped_proposition = models.ForeignKey(
        Proposition, models.PROTECT, null=True, blank=True, related_name="duplicates"
    )
    kept_claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="+")
    dropped_claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, blank=True, related_name="duplicates"
    )
    state = chosen(DuplicateState, default=DuplicateState.PROPOSED)
    likeness = models.FloatField(null=True, blank=True, help_text="Trigram similarity, 0 to 1.")
    reason = models.TextField(help_text="Why they are held to be one.")
    proposed_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = words()

    objects = DuplicateQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            one_of("state", DuplicateState, "duplicate_state_known"),
            models.CheckConstraint(
                condition=Q(
                    kept_proposition__isnull=False,
                    dropped_proposition__isnull=False,
                    kept_claim=None,
                    dropped_claim=None,
                )
                | Q(
                    kept_proposition=None,
                    dropped_proposition=None,
                    kept_claim__isnull=False,
                    dropped_claim__isnull=False,
                ),
                name="duplicate_is_one_pair",
            ),
            models.CheckConstraint(
                condition=~Q(kept_proposition=F("dropped_proposition"))
                & ~Q(kept_claim=F("dropped_claim")),
                name="duplicate_not_of_itself",
            ),
            models.CheckConstraint(
                condition=Q(state=DuplicateState.PROPOSED, decided_by=None, decided_at=None)
                | (
                    ~Q(state=DuplicateState.PROPOSED)
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                name="duplicate_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="duplicate_confirmed_by_another",
            ),
            models.UniqueConstraint(
                fields=["dropped_proposition"],
                condition=Q(state=DuplicateState.PROPOSED),
                name="duplicate_one_proposal_per_proposition",
            ),
            models.UniqueConstraint(
                fields=["dropped_claim"],
                condition=Q(state=DuplicateState.PROPOSED),
                name="duplicate_one_proposal_per_claim",
            ),
        ]
        triggers = [never_deleted("duplicate")]

    def __str__(self) -> str:
        return f"{self.dropped_proposition or self.dropped_claim} ({self.state})"
