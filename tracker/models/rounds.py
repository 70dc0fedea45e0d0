"""How it is judged: rounds of blind verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import MD5, Cast, Concat

from tracker.domain.judging import (
    MOVES,
    STAGES,
    UNFINISHED,
    AnnulReason,
    ConditionAnswer,
    OutcomeAnswer,
    Stage,
    State,
)
from tracker.models.accounts import User
from tracker.models.agreements import VERDICT_CODES, counted
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
from tracker.models.outcomes import Outcome
from tracker.models.propositions import Proposition

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


def pairs(found: Iterable[tuple[str, str]]) -> str:
    """The SQL list of these pairs, each once and in order, so that it never changes by chance."""
    return ", ".join(f"('{one}', '{other}')" for one, other in sorted(set(found)))


class RoundReason(StrEnum):
    DUE = "due"
    EDITOR = "editor"
    APPEAL = "appeal"
    NEW_EVIDENCE = "new_evidence"


class RoundQuerySet(RecordQuerySet["Round"]):
    def under_way(self) -> RoundQuerySet:
        return self.filter(closed_at=None)

    def awaiting(self, judge: User) -> RoundQuerySet:
        """Open rounds in which this person may still answer, and has not."""
        asked = Proposition.objects.order_by()
        free = (
            ~Q(proposition__in=asked.filter(claims__coder=judge).values("pk"))
            & ~Q(proposition__in=asked.filter(claims__readings__reader=judge).values("pk"))
            & ~Q(
                reason=RoundReason.APPEAL,
                proposition__in=asked.filter(rounds__verdicts__judge=judge).values("pk"),
            )
        )
        excepted = Q(needed=1) | Q(pk__in=self._those(overrides__judge=judge))
        unanswered = self.under_way().filter(state=State.OPEN).exclude(verdicts__judge=judge)
        return unanswered.filter(free | excepted, self._seat_for(judge))

    def _seat_for(self, judge: User) -> Q:
        """A seat of their own, or one that is free."""
        held = Count("assignments", filter=Q(assignments__released_at=None))
        free = self.model._default_manager.order_by().alias(held=held).filter(held__lt=F("needed"))
        own = self._those(assignments__judge=judge, assignments__released_at=None)
        return Q(pk__in=free.values("pk")) | Q(pk__in=own)

    def _those(self, **facts: object) -> QuerySet[Round, Any]:
        return self.model._default_manager.order_by().filter(**facts).values("pk")

    def shuffled_for(self, judge: User) -> RoundQuerySet:
        """Own seats first, then in an order by chance that is this judge's and stays the same.

        Judges who all began at the top would all know what came before what.
        """
        own = self._those(assignments__judge=judge, assignments__released_at=None)
        seated = Case(When(pk__in=own, then=0), default=1)
        drawn = MD5(Concat(Cast("uuid", models.TextField()), Value(f"/{judge.pk}")))
        return self.order_by(seated, drawn, "id")


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
            refusal(
                "round_moves_by_table",
                pgtrigger.Update,
                unless=f"""OLD.state = NEW.state OR OLD.closed_at IS NOT NULL
                    OR (OLD.state, NEW.state) IN ({
                    pairs((state, step.to) for (state, _), step in MOVES.items())
                })""",
                message="A round does not move that way.",
            ),
        ]

    def __str__(self) -> str:
        return f"Round {self.number}: {self.proposition}"


STAGE_FITS_STATE = f"""
    EXISTS (SELECT 1 FROM tracker_round r WHERE r.id = NEW.round_id
            AND (r.closed_at IS NOT NULL OR (r.state, NEW.stage) IN ({
    pairs((state, stage) for state, stages in STAGES.items() for stage in stages)
})))
"""
VERDICT_IN_OPEN_ROUND = """
    EXISTS (SELECT 1 FROM tracker_round r WHERE r.id = NEW.round_id
            AND (r.closed_at IS NULL OR NEW.submitted_at <= r.closed_at))
"""
VERDICT_DUTIES_SEPARATE = """
    EXISTS (SELECT 1 FROM tracker_round r WHERE r.id = NEW.round_id AND r.needed = 1)
    OR EXISTS (SELECT 1 FROM tracker_override o
               WHERE o.round_id = NEW.round_id AND o.judge_id = NEW.judge_id)
    OR NOT EXISTS (
        SELECT 1 FROM tracker_round r
        JOIN tracker_claim c ON c.proposition_id = r.proposition_id
        LEFT JOIN tracker_reading g ON g.claim_id = c.id
        WHERE r.id = NEW.round_id AND NEW.judge_id IN (c.coder_id, g.reader_id)
    )
"""
ADJUDICATOR_IS_FRESH = """
    NOT EXISTS (
        SELECT 1 FROM tracker_verdict v
        WHERE v.round_id = NEW.round_id AND v.judge_id = NEW.judge_id AND v.stage <> NEW.stage
        AND (NEW.stage IN ('adjudication', 'panel') OR v.stage IN ('adjudication', 'panel'))
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

    objects = RecordQuerySet["Verdict"].as_manager()

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
            counted("verdict_codes_counted", VERDICT_CODES, "round_id"),
            never_deleted("verdict"),
            immutable("verdict"),
            refusal(
                "verdict_in_open_round",
                pgtrigger.Insert,
                unless=VERDICT_IN_OPEN_ROUND,
                message="This round takes no more verdicts.",
            ),
            refusal(
                "verdict_stage_fits_state",
                pgtrigger.Insert,
                unless=STAGE_FITS_STATE,
                message="The round takes no verdict of this stage where it stands.",
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


class CitedOutcome(Verdict.cited.through):  # type: ignore[misc,name-defined]  # made by Django
    """The link from a verdict to an outcome that it cites: as immutable as the verdict."""

    class Meta:
        proxy = True
        triggers = [never_deleted("cited_outcome"), immutable("cited_outcome")]
