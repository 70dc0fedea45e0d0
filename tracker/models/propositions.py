"""What the world can settle: propositions with criteria, conditions and deadlines."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from tracker.domain.deadlines import Basis
from tracker.models.accounting import RECONSIDERED, RESTING, accounting
from tracker.models.claim_indexes import REWORDED, indexing
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
from tracker.models.topics import Topic

OVERDUE, SOON = timedelta(weeks=4), timedelta(days=7)
DATED = [Basis.STATED, Basis.DERIVED, Basis.CONVENTION]


# Conditions go two levels deep, and each may have been merged into another.
WAYS_TO_CONDITIONS = (
    "condition",
    "condition__merged_into",
    "condition__condition",
    "condition__condition__merged_into",
    "condition__merged_into__condition",
)


class PropositionQuerySet(RecordQuerySet["Proposition"]):
    def resting_on(self, given: models.QuerySet[Any, Any]) -> PropositionQuerySet:
        """Those of which `given` has the ids, and all that hang on one of them as a condition."""
        found = Q(pk__in=given)
        for way in WAYS_TO_CONDITIONS:
            found |= Q(**{f"{way}__in": given})
        return self.filter(found)

    def due(self, today: date) -> PropositionQuerySet:
        """Frozen, without a current resolution or an open round, and past deadline or review."""
        return self.unsettled().filter(
            Q(deadline__lt=today) | Q(deadline=None, review_on__lte=today) | Q(event_seen=True)
        )

    def overdue(self, today: date) -> PropositionQuerySet:
        """Those due whose deadline passed four weeks ago: whoever should judge them has not."""
        return self.due(today).filter(deadline__lt=today - OVERDUE).order_by()

    def due_soon(self, today: date) -> PropositionQuerySet:
        """Those whose deadline is today or within a week."""
        week = (today, today + SOON)
        return self.unsettled().filter(deadline__range=week, event_seen=False).order_by()

    def unsettled(self) -> PropositionQuerySet:
        """Frozen, with neither a current resolution nor a round under way."""
        resolved = Q(resolutions__isnull=False, resolutions__superseded_by=None)
        under_way = Q(rounds__closed_at=None, rounds__isnull=False)
        # NOT EXISTS, twice: NOT IN would gather all that was ever settled first.
        itself = self.model._default_manager.filter(pk=OuterRef("pk"))
        free = self.filter(~Exists(itself.filter(resolved)), ~Exists(itself.filter(under_way)))
        return free.filter(merged_into=None).exclude(frozen_at=None)


@history()
class Proposition(Record):
    """One neutral sentence in positive form that the world can make wrong, and how to tell."""

    statement = models.TextField()
    criteria = words(help_text="What world would make it wrong?")
    resolution_sources = words(help_text="Where a judge looks first.")
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="propositions"
    )
    condition = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="consequences"
    )
    condition_required = models.BooleanField(
        default=True, help_text="The condition must come true (or, unticked, must fail)."
    )
    condition_words = words(help_text="The condition in the speaker's words.")
    deadline = models.DateField(null=True, blank=True)
    deadline_basis = chosen(Basis, default=Basis.NONE)
    deadline_words = words(help_text="The words that the deadline came from.")
    deadline_reason = words(help_text="How it was derived.")
    review_on = models.DateField(null=True, blank=True)
    event_seen = models.BooleanField(default=False, help_text="The event was seen: judge it now.")
    specificity = models.PositiveSmallIntegerField(null=True, blank=True, help_text="0 to 3.")
    difficulty = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 to 5.")
    importance = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 to 3.")
    note = words()
    version = models.PositiveIntegerField(default=1)
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by_set"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from"
    )

    objects = PropositionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            one_of("deadline_basis", Basis, "proposition_basis_known"),
            models.CheckConstraint(
                condition=Q(deadline_basis__in=DATED, deadline__isnull=False)
                | (~Q(deadline_basis__in=DATED) & Q(deadline=None)),
                name="proposition_deadline_iff_basis",
            ),
            models.CheckConstraint(
                condition=Q(frozen_at=None)
                | Q(deadline__isnull=False)
                | Q(review_on__isnull=False),
                name="proposition_deadline_or_review",
            ),
            models.CheckConstraint(
                condition=Q(condition=None) | ~Q(condition=F("id")),
                name="proposition_not_own_condition",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="proposition_not_own_merger"
            ),
            models.CheckConstraint(
                condition=~Q(supersedes=F("id")), name="proposition_not_own_successor"
            ),
            models.CheckConstraint(
                condition=Q(specificity=None) | Q(specificity__lte=3),
                name="proposition_specificity_0_3",
            ),
            models.CheckConstraint(
                condition=Q(difficulty=None) | Q(difficulty__range=(1, 5)),
                name="proposition_difficulty_1_5",
            ),
            models.CheckConstraint(
                condition=Q(importance=None) | Q(importance__range=(1, 3)),
                name="proposition_importance_1_3",
            ),
        ]
        indexes = [
            # read by the due queue
            models.Index(fields=["deadline", "id"], name="proposition_by_deadline"),
            # read by the search for propositions that say the same
            GinIndex(
                fields=["statement"], name="proposition_statement_trgm", opclasses=["gin_trgm_ops"]
            ),
        ]
        triggers = [
            never_deleted("proposition"),
            indexing("proposition_indexes_claims", REWORDED),
            accounting("proposition_accounts_claims", RECONSIDERED, RESTING),
            refusal(
                "proposition_frozen_wording",
                pgtrigger.Update,
                unless="""OLD.frozen_at IS NULL OR (
                    OLD.statement, OLD.criteria, OLD.condition_id, OLD.condition_required,
                    OLD.deadline, OLD.deadline_basis, OLD.frozen_at
                ) IS NOT DISTINCT FROM (
                    NEW.statement, NEW.criteria, NEW.condition_id, NEW.condition_required,
                    NEW.deadline, NEW.deadline_basis, NEW.frozen_at
                )""",
                message="A frozen proposition keeps its wording.",
            ),
            refusal(
                "proposition_condition_depth",
                pgtrigger.Insert | pgtrigger.Update,
                unless="""NEW.condition_id IS NULL OR (
                    WITH RECURSIVE above(id, condition_id, depth) AS (
                        SELECT id, condition_id, 1 FROM tracker_proposition
                        WHERE id = NEW.condition_id
                        UNION ALL
                        SELECT p.id, p.condition_id, depth + 1 FROM tracker_proposition p
                        JOIN above ON p.id = above.condition_id WHERE depth < 4
                    ), below(id, depth) AS (
                        SELECT NEW.id, 0
                        UNION ALL
                        SELECT p.id, depth + 1 FROM tracker_proposition p
                        JOIN below ON p.condition_id = below.id WHERE depth < 4
                    )
                    SELECT coalesce((SELECT max(depth) FROM above), 1)
                        + (SELECT max(depth) FROM below) <= 2
                )""",
                message="Conditions go two levels deep at most.",
                # Two transactions at once could build a circle of which each sees but one half.
                first="""
            IF NEW.condition_id IS NOT NULL THEN
                PERFORM pg_advisory_xact_lock(hashtext('proposition_condition_depth'));
            END IF;""",
            ),
        ]

    def __str__(self) -> str:
        return self.statement


class BenchmarkKind(StrEnum):
    BASE_RATE = "base_rate"
    MARKET = "market"
    CROWD = "crowd"


@history()
class Benchmark(Record):
    """A probability that the claim is measured against, fixed without the outcome."""

    proposition = models.ForeignKey(Proposition, models.PROTECT, related_name="benchmarks")
    kind = chosen(BenchmarkKind, default=BenchmarkKind.BASE_RATE)
    p = models.PositiveSmallIntegerField(help_text="Permille.")
    as_of = models.DateField()
    method = models.TextField()
    source = words()
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = RecordQuerySet["Benchmark"].as_manager()

    class Meta:
        ordering = ["proposition", "-as_of"]
        constraints = [
            one_of("kind", BenchmarkKind, "benchmark_kind_known"),
            models.CheckConstraint(condition=Q(p__lte=1000), name="benchmark_in_range"),
        ]
        triggers = [
            never_deleted("benchmark"),
            refusal(
                "benchmark_immutable",
                pgtrigger.Update,
                unless="OLD IS NOT DISTINCT FROM NEW",
                message="A benchmark never changes: add a newer one.",
            ),
            refusal(
                "benchmark_before_outcome",
                pgtrigger.Insert,
                unless="""NOT EXISTS (
                    SELECT 1 FROM tracker_evidence e JOIN tracker_outcome o ON o.id = e.outcome_id
                    WHERE e.proposition_id = NEW.proposition_id AND o.known_on <= NEW.as_of
                )""",
                message="A base rate must be older than the outcome.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.p} permille"
