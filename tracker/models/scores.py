"""What follows from the record: what became of each claim, score items, published tables."""

from __future__ import annotations

from enum import StrEnum

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from tracker.domain.judging import ConditionAnswer, Method, OutcomeAnswer
from tracker.models.claims import Claim, Tier
from tracker.models.columns import Record, RecordQuerySet, immutable, never_deleted, one_of
from tracker.models.hedges import Lexicon
from tracker.models.people import Organisation, Person
from tracker.models.propositions import Proposition
from tracker.models.resolutions import Resolution
from tracker.models.tallies import carried
from tracker.models.topics import Topic


class CurrentResolution(models.Model):
    """The one view that every statistic reads: published, current, conditions applied."""

    id = models.BigIntegerField(primary_key=True)
    proposition = models.OneToOneField(
        Proposition, models.DO_NOTHING, related_name="current_resolution"
    )
    condition = models.TextField(choices=[(c.value, c.value) for c in ConditionAnswer])
    outcome = models.TextField(choices=[(o.value, o.value) for o in OutcomeAnswer])
    y = models.SmallIntegerField(null=True)
    method = models.TextField(choices=[(m.value, m.value) for m in Method])
    decided_at = models.DateTimeField()
    published_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "tracker_current_resolution"

    def __str__(self) -> str:
        return self.get_outcome_display()


class Account(StrEnum):
    """What became of a claim that left the drafts; only `scored` enters a score."""

    SCORED = "scored"
    OPEN = "open"
    VOID = "void"
    AMBIGUOUS = "ambiguous"
    PARTLY = "partly"
    ANNULLED = "annulled"
    UNSCORED_KIND = "unscored_kind"
    ABSTAINED = "abstained"
    NO_PROBABILITY = "no_probability"
    VERDICT_ONLY = "verdict_only"
    PARAPHRASE = "paraphrase"
    VAGUE = "vague"
    UPDATE = "update"
    WITHDRAWN = "withdrawn"


class ClaimAccount(models.Model):
    """One line per frozen or withdrawn claim: its account, and what a score would rest on."""

    claim = models.OneToOneField(Claim, models.DO_NOTHING, primary_key=True, related_name="account")
    proposition = models.ForeignKey(Proposition, models.DO_NOTHING, related_name="+")
    person = models.ForeignKey(Person, models.DO_NOTHING, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.DO_NOTHING, null=True, related_name="+")
    topic = models.ForeignKey(Topic, models.DO_NOTHING, null=True, related_name="+")
    outlet = models.ForeignKey(Organisation, models.DO_NOTHING, null=True, related_name="+")
    tier = models.TextField()
    hindsight = models.BooleanField()
    account = models.TextField(choices=[(a.value, a.value.replace("_", " ")) for a in Account])

    class Meta:
        managed = False
        db_table = "tracker_claim_account"

    def __str__(self) -> str:
        return self.account


class ScoreItemQuerySet(models.QuerySet["ScoreItem"]):
    """Questions to score items; fixtures find one by its claim's permanent uuid."""

    def get_by_natural_key(self, claim: str) -> ScoreItem:
        return self.get(claim__uuid=claim)


class ScoreItem(models.Model):
    """One claim's probability against one resolution's outcome; derived, never edited."""

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="score_item")
    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="score_items")
    proposition = models.ForeignKey(Proposition, models.PROTECT, related_name="score_items")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="score_items")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="score_items"
    )
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="score_items")
    outlet = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="outlet_score_items"
    )
    p = models.PositiveSmallIntegerField(help_text="Permille.")
    y = models.PositiveSmallIntegerField(help_text="1 it happened, 0 it did not.")
    tier = models.TextField(choices=[(t.value, t.value) for t in Tier])
    base_rate = models.PositiveSmallIntegerField(null=True, help_text="Permille.")
    lexicon = models.ForeignKey(Lexicon, models.PROTECT, null=True, related_name="+")
    phrase = models.TextField(blank=True, default="")
    flagged = models.BooleanField(default=False, help_text="A possibility word such as might.")
    hindsight = models.BooleanField(default=False, help_text="Coded after the outcome.")

    objects = ScoreItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(p__lte=1000), name="score_item_p_in_range"),
            models.CheckConstraint(condition=Q(y__lte=1), name="score_item_y_0_or_1"),
            one_of("tier", Tier, "score_item_tier_known"),
        ]
        triggers = [
            immutable("score_item"),
            pgtrigger.Trigger(
                name="score_item_counted",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_rows"),
                func=carried("new_rows", 1),
            ),
            pgtrigger.Trigger(
                name="score_item_uncounted",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                referencing=pgtrigger.Referencing(old="old_rows"),
                func=carried("old_rows", -1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.p} permille, {self.y}"

    def natural_key(self) -> tuple[str]:
        return self.claim.natural_key()


SUBJECTS = ["people", "organisations", "topics", "outlets"]


class ScoreRun(Record):
    """A published table of scores, with all that is needed to compute it again."""

    title = models.TextField()
    subject = models.TextField(
        choices=[(kind, kind) for kind in SUBJECTS], default="people", help_text="Whose scores."
    )
    method_version = models.TextField()
    lexicon = models.ForeignKey(Lexicon, models.PROTECT, null=True, related_name="+")
    as_of = models.DateTimeField()
    seed = models.BigIntegerField()
    input_sha256 = models.TextField()
    table = models.JSONField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    objects = RecordQuerySet["ScoreRun"].as_manager()

    class Meta:
        ordering = ["-published_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject__in=SUBJECTS), name="score_run_subject_known"
            ),
        ]
        triggers = [never_deleted("score_run"), immutable("score_run")]

    def __str__(self) -> str:
        return f"{self.title} ({self.as_of:%Y-%m-%d})"
