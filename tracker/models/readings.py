"""What readers take the words to mean, blind to the outcome."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tracker.models.agreements import READING_CODES, counted
from tracker.models.claims import Claim
from tracker.models.columns import (
    Record,
    RecordQuerySet,
    never_deleted,
    permille,
    refusal,
)

READER_SEPARATE = """
    NOT EXISTS (SELECT 1 FROM tracker_claim c WHERE c.id = NEW.claim_id
                AND c.coder_id = NEW.reader_id)
"""
READER_NOT_JUDGE = """
    NOT EXISTS (
        SELECT 1 FROM tracker_claim c
        JOIN tracker_round r ON r.proposition_id = c.proposition_id
        JOIN tracker_verdict v ON v.round_id = r.id
        WHERE c.id = NEW.claim_id AND v.judge_id = NEW.reader_id
    )
"""
READING_BEFORE_OUTCOME = """
    NOT EXISTS (SELECT 1 FROM tracker_claim c
                JOIN tracker_resolution r ON r.proposition_id = c.proposition_id
                WHERE c.id = NEW.claim_id)
"""


class Reading(Record):
    """What one reader takes the words to mean, as probabilities, blind to the outcome."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="readings")
    low = models.PositiveSmallIntegerField(help_text="Permille.")
    best = models.PositiveSmallIntegerField(help_text="Permille.")
    high = models.PositiveSmallIntegerField(help_text="Permille.")
    own_belief = permille(help_text="What the reader believes; never shown to others.")
    read_at = models.DateTimeField()

    objects = RecordQuerySet["Reading"].as_manager()

    class Meta:
        ordering = ["claim", "read_at"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "reader"], name="reading_once_per_reader"),
            models.CheckConstraint(
                condition=Q(low__lte=F("best"), best__lte=F("high"), high__lte=1000),
                name="reading_in_order",
            ),
            models.CheckConstraint(
                condition=Q(own_belief=None) | Q(own_belief__lte=1000),
                name="reading_belief_in_range",
            ),
        ]
        triggers = [
            counted("reading_codes_counted", READING_CODES, "claim_id"),
            never_deleted("reading"),
            refusal(
                "reading_immutable",
                pgtrigger.Update,
                unless="OLD IS NOT DISTINCT FROM NEW",
                message="A reading never changes.",
            ),
            refusal(
                "reading_not_by_coder",
                pgtrigger.Insert,
                unless=READER_SEPARATE,
                message="The coder of a claim cannot read its words.",
            ),
            refusal(
                "reading_not_by_judge",
                pgtrigger.Insert,
                unless=READER_NOT_JUDGE,
                message="Who judged a proposition cannot read its claims.",
            ),
            refusal(
                "reading_before_outcome",
                pgtrigger.Insert,
                unless=READING_BEFORE_OUTCOME,
                message="Readings close once the outcome is known.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.low}-{self.best}-{self.high} permille"
