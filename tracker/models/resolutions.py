"""What was settled: append-only resolutions, with replies and disputes."""

from __future__ import annotations

from enum import StrEnum

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tracker.domain.judging import (
    JUDGED_BY,
    ConditionAnswer,
    Method,
    OutcomeAnswer,
)
from tracker.models.accounting import RESOLVED, RESOLVED_ANEW, RESTING, accounting
from tracker.models.columns import (
    Record,
    RecordQuerySet,
    chosen,
    history,
    immutable,
    never_deleted,
    one_of,
    refusal,
    words,
)
from tracker.models.people import Person
from tracker.models.propositions import Proposition
from tracker.models.rounds import Round, annul_reason, annulled_with_reason

USER = settings.AUTH_USER_MODEL


class ResolutionQuerySet(RecordQuerySet["Resolution"]):
    def current(self) -> ResolutionQuerySet:
        return self.filter(superseded_by=None)

    def published(self) -> ResolutionQuerySet:
        return self.exclude(published_at=None)

    def awaiting_publication(self) -> ResolutionQuerySet:
        return self.current().filter(published_at=None)


RESOLUTION_UNCHANGED = """
    (to_jsonb(OLD) - 'superseded_by_id' - 'published_at' - 'published_by_id' - 'override_reason')
    = (to_jsonb(NEW) - 'superseded_by_id' - 'published_at' - 'published_by_id' - 'override_reason')
    AND (OLD.superseded_by_id IS NULL OR OLD.superseded_by_id = NEW.superseded_by_id)
    AND (OLD.published_at IS NULL OR (OLD.published_at, OLD.published_by_id, OLD.override_reason)
         IS NOT DISTINCT FROM (NEW.published_at, NEW.published_by_id, NEW.override_reason))
"""


class Resolution(Record):
    """What a round settled; append-only: a change is a new one that supersedes the old."""

    proposition = models.ForeignKey(Proposition, models.PROTECT, related_name="resolutions")
    round = models.OneToOneField(Round, models.PROTECT, null=True, related_name="resolution")
    seq = models.PositiveSmallIntegerField(default=1)
    condition = chosen(ConditionAnswer, default=ConditionAnswer.NOT_APPLICABLE)
    outcome = chosen(OutcomeAnswer)
    annul_reason = annul_reason()
    method = models.TextField(
        choices=[(m.value, JUDGED_BY[m].capitalize()) for m in Method],
        help_text="Who judged, and how they came to it.",
    )
    rationale = models.TextField()
    change_reason = words(help_text="Why it replaces the resolution before it.")
    occurred_on = models.DateField(null=True, blank=True)
    late = models.BooleanField(default=False, help_text="It happened, but after the deadline.")
    decided_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    reply_until = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    override_reason = words(help_text="Why it was published before the reply window ended.")
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            one_of("condition", ConditionAnswer, "resolution_condition_known"),
            one_of("outcome", OutcomeAnswer, "resolution_outcome_known"),
            one_of("method", Method, "resolution_method_known"),
            annulled_with_reason("resolution_annulled_with_reason"),
            models.CheckConstraint(
                condition=Q(seq=1) | ~Q(change_reason=""), name="resolution_change_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | (
                    Q(published_by__isnull=False, published_at__isnull=False)
                    & Q(published_at__gte=F("decided_at"))
                ),
                name="resolution_published_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(superseded_by=F("id")), name="resolution_not_own_successor"
            ),
            models.UniqueConstraint(
                fields=["proposition"],
                condition=Q(superseded_by=None),
                name="resolution_one_current",
            ),
            models.UniqueConstraint(fields=["proposition", "seq"], name="resolution_seq_once"),
        ]
        indexes = [
            # read by the feeds, newest first
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(published_at__isnull=False),
                name="resolution_newest",
            ),
            # read by the home page, week by week
            models.Index(fields=["decided_at"], name="resolution_by_week"),
            # read by the editors' queues of what is not yet published
            models.Index(
                fields=["-id"],
                condition=Q(published_at=None, superseded_by=None),
                name="resolution_awaiting",
            ),
            # read by every score, which says how much of it only one person judged
            models.Index(
                fields=["id"], condition=Q(method=Method.SINGLE), name="resolution_single"
            ),
        ]
        triggers = [
            never_deleted("resolution"),
            accounting("resolution_accounts_claims", RESOLVED, RESTING, made=True),
            accounting("resolution_accounts_claims_anew", RESOLVED_ANEW, RESTING),
            refusal(
                "resolution_append_only",
                pgtrigger.Update,
                unless=RESOLUTION_UNCHANGED,
                message="A resolution never changes: a new one supersedes it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.proposition}"


class Reply(Record):
    """What the named speaker answered, printed verbatim beside the verdict."""

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="replies")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    author = models.TextField(help_text="Who replied, as they sign.")
    text = models.TextField()
    received_at = models.DateTimeField()
    recorded_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    objects = RecordQuerySet["Reply"].as_manager()

    class Meta:
        ordering = ["received_at"]
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="reply_says_something"),
        ]
        triggers = [never_deleted("reply"), immutable("reply")]

    def __str__(self) -> str:
        return f"{self.author}, {self.received_at:%Y-%m-%d}"


class Ruling(StrEnum):
    PENDING = "pending"
    UPHELD = "upheld"
    REJECTED = "rejected"


@history()
class Dispute(Record):
    """An appeal against a resolution: its ground, the ruling and the fresh round it led to."""

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="disputes")
    ground = models.TextField()
    text = models.TextField()
    filed_by = models.TextField(help_text="Who appeals, as they sign.")
    filed_at = models.DateTimeField()
    ruling = chosen(Ruling, default=Ruling.PENDING)
    ruling_reason = words()
    ruled_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    ruled_at = models.DateTimeField(null=True, blank=True)
    new_round = models.OneToOneField(
        Round, models.PROTECT, null=True, blank=True, related_name="dispute"
    )

    objects = RecordQuerySet["Dispute"].as_manager()

    class Meta:
        ordering = ["-filed_at"]
        constraints = [
            one_of("ruling", Ruling, "dispute_ruling_known"),
            models.CheckConstraint(
                condition=Q(ruling=Ruling.PENDING, ruled_by=None, ruled_at=None)
                | (
                    ~Q(ruling=Ruling.PENDING)
                    & ~Q(ruling_reason="")
                    & Q(ruled_by__isnull=False, ruled_at__isnull=False)
                ),
                name="dispute_ruled_with_reason",
            ),
        ]
        triggers = [
            never_deleted("dispute"),
            refusal(
                "dispute_ruled_once",
                pgtrigger.Update,
                unless="OLD.ruling = 'pending' OR OLD IS NOT DISTINCT FROM NEW",
                message="A ruling stands.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ground}: {self.resolution}"
