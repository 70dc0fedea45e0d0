"""What others found of claims: their ratings, with their labels verbatim, never our verdicts."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q

from tracker.models.claims import Claim
from tracker.models.columns import Record, RecordQuerySet, history, never_deleted, words
from tracker.models.propositions import Proposition

USER = settings.AUTH_USER_MODEL


@history()
class ExternalReview(Record):
    """One review by another publisher, linked to what it speaks of here, if somebody has."""

    publisher = models.TextField(help_text="As it calls itself.")
    site = models.TextField(help_text="Its host name, without www.")
    url = models.TextField(help_text="Of the review.")
    claim_reviewed = models.TextField()
    label = models.TextField(help_text="The rating in the publisher's own words.")
    value = models.FloatField(
        null=True, blank=True, help_text="0 false to 1 true, by the label, else by the number."
    )
    reviewed_on = models.DateField(null=True, blank=True)
    language = words(help_text="BCP 47 tag.")
    title = words()
    claimant = words()
    claimed_on = models.DateField(null=True, blank=True)
    claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, blank=True, related_name="external_reviews"
    )
    proposition = models.ForeignKey(
        Proposition, models.PROTECT, null=True, blank=True, related_name="external_reviews"
    )
    imported_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()

    objects = RecordQuerySet["ExternalReview"].as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "url", "claim_reviewed"], name="external_review_once"
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=0, value__lte=1),
                name="external_review_value_0_to_1",
            ),
            models.CheckConstraint(
                condition=~Q(label="") & ~Q(claim_reviewed=""), name="external_review_says_what"
            ),
        ]
        indexes = [
            # read by claims:search
            GinIndex(
                SearchVector(F("claim_reviewed"), F("claimant"), F("title"), config="english"),
                name="external_review_words",
            ),
        ]
        triggers = [never_deleted("external_review")]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.label}"
