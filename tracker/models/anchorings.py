"""Where quotations stand in later texts of their page: found again, changed, or gone."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from tracker.domain.quotes import AnchorState
from tracker.models.columns import (
    Record,
    RecordQuerySet,
    chosen,
    history,
    never_deleted,
    one_of,
    refusal,
    words,
)
from tracker.models.documents import Quotation, Snapshot

USER = settings.AUTH_USER_MODEL
ALARMING = [AnchorState.CHANGED, AnchorState.ORPHAN]
STANDING = [AnchorState.EXACT, AnchorState.MOVED, AnchorState.CONFIRMED]


class AnchoringQuerySet(RecordQuerySet["Anchoring"]):
    def alarms(self) -> AnchoringQuerySet:
        """Quotations whose words changed or vanished, which nobody has looked at yet."""
        return self.filter(state__in=ALARMING, seen_at=None)

    def of_claim(self, claim: int) -> AnchoringQuerySet:
        """Those of the quotations of this claim, the first one and the further ones."""
        said = Quotation.objects.order_by().filter(Q(claims=claim) | Q(also_claims=claim))
        return self.filter(quotation__in=said.values("pk"))


@history()
class Anchoring(Record):
    """What became of one quotation in one other snapshot of its source."""

    quotation = models.ForeignKey(Quotation, models.PROTECT, related_name="anchorings")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="anchorings")
    state = chosen(AnchorState)
    start = models.PositiveIntegerField(
        null=True, blank=True, help_text="In code points, inclusive; of the proposal, if changed."
    )
    end = models.PositiveIntegerField(null=True, blank=True, help_text="In code points, exclusive.")
    exact = words(help_text="The words that stand there.")
    distance = models.PositiveIntegerField(
        default=0, help_text="Edits from the quoted words to these."
    )
    anchored_at = models.DateTimeField()
    seen_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)
    note = words(help_text="What the person who looked at it says of the change.")

    objects = AnchoringQuerySet.as_manager()

    class Meta:
        ordering = ["-anchored_at", "-id"]
        constraints = [
            one_of("state", AnchorState, "anchoring_state_known"),
            models.UniqueConstraint(
                fields=["quotation", "snapshot"], name="anchoring_once_per_snapshot"
            ),
            models.CheckConstraint(
                condition=Q(state=AnchorState.ORPHAN, start=None, end=None, exact="")
                | (
                    ~Q(state=AnchorState.ORPHAN)
                    & Q(start__isnull=False, end__isnull=False, start__lt=models.F("end"))
                ),
                name="anchoring_place_unless_orphan",
            ),
            models.CheckConstraint(
                condition=Q(seen_by=None, seen_at=None)
                | Q(seen_by__isnull=False, seen_at__isnull=False),
                name="anchoring_seen_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state=AnchorState.CONFIRMED) | Q(seen_by__isnull=False),
                name="anchoring_confirmed_by_someone",
            ),
        ]
        indexes = [
            # read by the queue of alarms
            models.Index(
                fields=["-id"],
                condition=Q(state__in=ALARMING, seen_at=None),
                name="anchoring_alarms",
            ),
        ]
        triggers = [
            never_deleted("anchoring"),
            refusal(
                "anchoring_word_for_word",
                pgtrigger.Insert | pgtrigger.Update,
                unless="""
                    NEW.start IS NULL OR NEW.exact = (
                        SELECT substr(s.text, NEW.start + 1, NEW."end" - NEW.start)
                        FROM tracker_snapshot s WHERE s.id = NEW.snapshot_id
                    )
                """,
                message="The snapshot does not say that there.",
            ),
            refusal(
                "anchoring_in_same_source",
                pgtrigger.Insert,
                unless="""
                    (SELECT coalesce(o.merged_into_id, o.id) FROM tracker_snapshot s
                     JOIN tracker_source o ON o.id = s.source_id WHERE s.id = NEW.snapshot_id)
                    = (SELECT coalesce(o.merged_into_id, o.id) FROM tracker_quotation q
                       JOIN tracker_snapshot s ON s.id = q.snapshot_id
                       JOIN tracker_source o ON o.id = s.source_id WHERE q.id = NEW.quotation_id)
                """,
                message="The snapshot is of another source.",
            ),
            refusal(
                "anchoring_seen_once",
                pgtrigger.Update,
                unless="OLD.seen_at IS NULL OR OLD IS NOT DISTINCT FROM NEW",
                message="Someone has looked at this change already.",
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.quotation.exact[:60]}” ({self.state})"
