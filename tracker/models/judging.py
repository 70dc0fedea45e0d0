"""What happened, and how it was judged: shared facts, rounds, verdicts, resolutions."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tracker.domain.deadlines import Precision
from tracker.domain.judging import (
    UNFINISHED,
    AnnulReason,
    ConditionAnswer,
    Method,
    OutcomeAnswer,
    Stage,
    State,
)
from tracker.models.claims import Proposition
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
from tracker.models.documents import Source
from tracker.models.people import Person

USER = settings.AUTH_USER_MODEL


def annul_reason() -> models.TextField[str, str]:
    return models.TextField(choices=[(r.value, r.value) for r in AnnulReason], blank=True)


def annulled_with_reason(name: str) -> models.CheckConstraint:
    """An annulment names its reason; no other answer has one."""
    return models.CheckConstraint(
        condition=(Q(outcome=OutcomeAnswer.ANNULLED) & ~Q(annul_reason=""))
        | (~Q(outcome=OutcomeAnswer.ANNULLED) & Q(annul_reason="")),
        name=name,
    )


@history()
class Outcome(Record):
    """A dated fact with its sources, or the record of a search that found nothing."""

    statement = models.TextField()
    occurred_on = models.DateField(null=True, blank=True)
    occurred_precision = chosen(Precision, default=Precision.DAY)
    occurred_words = words(help_text="The date as the sources give it.")
    known_on = models.DateField(help_text="When it could first be known.")
    found_nothing = models.BooleanField(
        default=False, help_text="A search was made and nothing was found."
    )
    searched = words(help_text="What was searched, where and how.")
    note = words()
    propositions = models.ManyToManyField(Proposition, through="Evidence", related_name="outcomes")
    recorded_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    external_id = words()

    class Meta:
        ordering = ["-known_on", "-id"]
        constraints = [
            one_of("occurred_precision", Precision, "outcome_precision_known"),
            models.CheckConstraint(
                condition=Q(found_nothing=True) | Q(occurred_on__isnull=False),
                name="outcome_dated",
            ),
            models.CheckConstraint(
                condition=Q(occurred_on=None) | Q(known_on__gte=F("occurred_on")),
                name="outcome_known_after_it_occurred",
            ),
            models.CheckConstraint(
                condition=Q(found_nothing=False) | ~Q(searched=""),
                name="outcome_search_recorded",
            ),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~Q(external_id=""),
                name="outcome_external_id_once",
            ),
        ]
        indexes = [
            # read by the list, newest first
            models.Index(fields=["-known_on", "-id"], name="outcome_newest"),
        ]
        triggers = [never_deleted("outcome")]

    def __str__(self) -> str:
        return self.statement


class Citation(Record):
    """A source that reports an outcome, and what was seen of it."""

    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="citations")
    source = models.ForeignKey(Source, models.PROTECT, related_name="citations")
    saw = words(help_text="What the source shows, in a sentence.")

    class Meta:
        ordering = ["outcome", "id"]
        constraints = [
            models.UniqueConstraint(fields=["outcome", "source"], name="citation_once"),
        ]
        triggers = [never_deleted("citation")]

    def __str__(self) -> str:
        return str(self.source)


class Evidence(Record):
    """That an outcome bears on a proposition."""

    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="bearings")
    proposition = models.ForeignKey(Proposition, models.PROTECT, related_name="evidence")

    class Meta:
        ordering = ["proposition", "id"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["outcome", "proposition"], name="evidence_once"),
        ]
        triggers = [never_deleted("evidence")]

    def __str__(self) -> str:
        return str(self.outcome)


class RoundReason(StrEnum):
    DUE = "due"
    EDITOR = "editor"
    APPEAL = "appeal"
    NEW_EVIDENCE = "new_evidence"


class RoundQuerySet(RecordQuerySet["Round"]):
    def under_way(self) -> RoundQuerySet:
        return self.filter(closed_at=None)

    def awaiting(self, judge: models.Model) -> RoundQuerySet:
        """Open rounds in which this person may still answer, and has not."""
        return (
            self.filter(state=State.OPEN)
            .exclude(verdicts__judge=judge)
            .exclude(proposition__claims__coder=judge)
            .exclude(proposition__claims__readings__reader=judge)
        )


@history()
class Round(Record):
    """One judging of a proposition, from blind verdicts to a resolution."""

    proposition = models.ForeignKey(Proposition, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField(default=1)
    reason = chosen(RoundReason, default=RoundReason.EDITOR)
    needed = models.PositiveSmallIntegerField(default=2, help_text="Independent verdicts, 1 to 5.")
    state = chosen(State, default=State.OPEN)
    opened_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    codebook = models.TextField(default="1.0")
    proposition_version = models.PositiveIntegerField(default=1)
    note = words()

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            one_of("reason", RoundReason, "round_reason_known"),
            one_of("state", State, "round_state_known"),
            models.CheckConstraint(condition=Q(needed__range=(1, 5)), name="round_needs_1_to_5"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(UNFINISHED), closed_at=None)
                | (~Q(state__in=sorted(UNFINISHED)) & Q(closed_at__isnull=False)),
                name="round_closed_iff_finished",
            ),
            models.UniqueConstraint(
                fields=["proposition"], condition=Q(closed_at=None), name="round_one_open"
            ),
            models.UniqueConstraint(fields=["proposition", "number"], name="round_number_once"),
        ]
        triggers = [
            never_deleted("round"),
            refusal(
                "round_never_reopened",
                pgtrigger.Update,
                unless="OLD.closed_at IS NULL OR OLD IS NOT DISTINCT FROM NEW",
                message="A closed round stays closed: open a new one.",
            ),
        ]

    def __str__(self) -> str:
        return f"Round {self.number}: {self.proposition}"


VERDICT_IN_OPEN_ROUND = """
    EXISTS (SELECT 1 FROM tracker_round r WHERE r.id = NEW.round_id AND r.closed_at IS NULL)
"""
VERDICT_DUTIES_SEPARATE = """
    EXISTS (SELECT 1 FROM tracker_round r WHERE r.id = NEW.round_id AND r.needed = 1)
    OR NOT EXISTS (
        SELECT 1 FROM tracker_round r
        JOIN tracker_claim c ON c.proposition_id = r.proposition_id
        LEFT JOIN tracker_reading g ON g.claim_id = c.id
        WHERE r.id = NEW.round_id AND NEW.judge_id IN (c.coder_id, g.reader_id)
    )
"""
ADJUDICATOR_IS_FRESH = """
    NEW.stage NOT IN ('adjudication', 'panel') OR NOT EXISTS (
        SELECT 1 FROM tracker_verdict v
        WHERE v.round_id = NEW.round_id AND v.judge_id = NEW.judge_id AND v.stage <> NEW.stage
    )
"""


class Verdict(Record):
    """One judge's answers in a round; never changed, a revision is another verdict."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="verdicts")
    judge = models.ForeignKey(USER, models.PROTECT, related_name="verdicts")
    stage = chosen(Stage, default=Stage.INDEPENDENT)
    condition = chosen(ConditionAnswer, default=ConditionAnswer.NOT_APPLICABLE)
    outcome = chosen(OutcomeAnswer)
    annul_reason = annul_reason()
    rationale = models.TextField()
    searched = words(help_text="What was searched, where nothing was found.")
    cited = models.ManyToManyField(Outcome, blank=True, related_name="cited_in")
    codebook = models.TextField(default="1.0")
    submitted_at = models.DateTimeField()

    class Meta:
        ordering = ["round", "submitted_at", "id"]
        constraints = [
            one_of("stage", Stage, "verdict_stage_known"),
            one_of("condition", ConditionAnswer, "verdict_condition_known"),
            one_of("outcome", OutcomeAnswer, "verdict_outcome_known"),
            annulled_with_reason("verdict_annulled_with_reason"),
            models.CheckConstraint(
                condition=~Q(outcome=OutcomeAnswer.VOID_CONDITION)
                | Q(condition__in=[ConditionAnswer.NOT_MET, ConditionAnswer.UNDETERMINABLE]),
                name="verdict_void_needs_unmet_condition",
            ),
            models.CheckConstraint(condition=~Q(rationale=""), name="verdict_with_rationale"),
            models.UniqueConstraint(
                fields=["round", "judge", "stage"], name="verdict_once_per_judge"
            ),
        ]
        triggers = [
            never_deleted("verdict"),
            immutable("verdict"),
            refusal(
                "verdict_in_open_round",
                pgtrigger.Insert,
                unless=VERDICT_IN_OPEN_ROUND,
                message="This round takes no more verdicts.",
            ),
            refusal(
                "verdict_duties_separate",
                pgtrigger.Insert,
                unless=VERDICT_DUTIES_SEPARATE,
                message="Coder, reader and judge must be different people.",
            ),
            refusal(
                "verdict_adjudicator_fresh",
                pgtrigger.Insert,
                unless=ADJUDICATOR_IS_FRESH,
                message="An adjudicator was not in the round before.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} ({self.get_condition_display()})"


class ResolutionQuerySet(RecordQuerySet["Resolution"]):
    def current(self) -> ResolutionQuerySet:
        return self.filter(superseded_by=None)

    def published(self) -> ResolutionQuerySet:
        return self.exclude(published_at=None)

    def as_of(self, moment: datetime) -> ResolutionQuerySet:
        """Those that stood as published and not yet superseded at this moment."""
        return self.filter(published_at__lte=moment).filter(
            Q(superseded_by=None) | Q(superseded_by__decided_at__gt=moment)
        )

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
    method = chosen(Method)
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
                | (Q(published_by__isnull=False) & Q(published_at__gte=F("decided_at"))),
                name="resolution_published_by_someone",
            ),
            models.UniqueConstraint(
                fields=["proposition"],
                condition=Q(superseded_by=None),
                name="resolution_one_current",
            ),
            models.UniqueConstraint(fields=["proposition", "seq"], name="resolution_seq_once"),
        ]
        triggers = [
            never_deleted("resolution"),
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
