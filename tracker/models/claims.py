"""What it means: propositions that the world can settle, and who took which stance on them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tracker.domain.deadlines import Basis
from tracker.models.columns import (
    Record,
    RecordQuerySet,
    chosen,
    history,
    never_deleted,
    one_of,
    permille,
    refusal,
    words,
)
from tracker.models.documents import Quotation
from tracker.models.hedges import HedgeTerm
from tracker.models.people import Organisation, Person
from tracker.models.topics import Topic

DATED = [Basis.STATED, Basis.DERIVED, Basis.CONVENTION]


class PropositionQuerySet(RecordQuerySet["Proposition"]):
    def due(self, today: date) -> PropositionQuerySet:
        """Frozen, without a current resolution or an open round, and past deadline or review."""
        return self.unsettled().filter(
            Q(deadline__lt=today) | Q(deadline=None, review_on__lte=today) | Q(event_seen=True)
        )

    def unsettled(self) -> PropositionQuerySet:
        """Frozen, with neither a current resolution nor a round under way."""
        resolved = Q(resolutions__isnull=False, resolutions__superseded_by=None)
        under_way = Q(rounds__closed_at=None, rounds__isnull=False)
        settled = self.model._default_manager.filter(resolved | under_way).values("pk")
        return self.filter(merged_into=None).exclude(frozen_at=None).exclude(pk__in=settled)


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
        ]
        triggers = [
            never_deleted("proposition"),
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
                    SELECT (SELECT max(depth) FROM above) + (SELECT max(depth) FROM below) <= 2
                )""",
                message="Conditions go two levels deep at most.",
            ),
        ]

    def __str__(self) -> str:
        return self.statement


class Kind(StrEnum):
    FORECAST = "forecast"
    CONDITIONAL_FORECAST = "conditional_forecast"
    CAPABILITY_CLAIM = "capability_claim"
    PLEDGE_OR_DENIAL = "pledge_or_denial"
    ASSERTION_OF_FACT = "assertion_of_fact"
    OPINION = "opinion"


SCORED_KINDS = [Kind.FORECAST, Kind.CONDITIONAL_FORECAST]


class Polarity(StrEnum):
    """Whether the hedge words speak of the proposition, of its opposite, or of neither."""

    AFFIRMS = "affirms"
    DENIES = "denies"
    ABSTAINS = "abstains"


class Tier(StrEnum):
    """Where the probability came from, best first."""

    STATED = "stated"
    READERS = "readers"
    LEXICON = "lexicon"


class ClaimState(StrEnum):
    DRAFT = "draft"
    FROZEN = "frozen"
    CONSIDERED = "considered"
    RETRACTED = "retracted"
    MISQUOTE = "misquote"


class Test(StrEnum):
    """The codebook's six tests of a trackable claim."""

    T1 = "T1"
    T2 = "T2"
    T3 = "T3"
    T4 = "T4"
    T5 = "T5"
    T6 = "T6"


CODER_NOT_JUDGE = """
    NEW.proposition_id IS NULL OR NOT EXISTS (
        SELECT 1 FROM tracker_verdict v JOIN tracker_round r ON r.id = v.round_id
        WHERE r.proposition_id = NEW.proposition_id AND v.judge_id = NEW.coder_id AND r.needed > 1
    )
"""


class ClaimQuerySet(RecordQuerySet["Claim"]):
    def spoken_by(self, person: Person) -> ClaimQuerySet:
        """What this person said, under any record merged into theirs."""
        return self.filter(Q(person=person) | Q(person__merged_into=person))

    def drafts(self) -> ClaimQuerySet:
        return self.filter(state=ClaimState.DRAFT)

    def frozen(self) -> ClaimQuerySet:
        return self.filter(state=ClaimState.FROZEN)

    def with_story(self) -> ClaimQuerySet:
        """With all that one line of a list shows."""
        return self.select_related(
            "person",
            "organisation",
            "proposition__topic",
            "proposition__condition",
            "hedge_term__lexicon",
            "quotation__snapshot__source__outlet",
        )


@history()
class Claim(Record):
    """A speaker's stance on a proposition, in exact words, with its hedge."""

    quotation = models.ForeignKey(Quotation, models.PROTECT, related_name="claims")
    further_quotations = models.ManyToManyField(Quotation, blank=True, related_name="also_claims")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="claims")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        help_text="The organisation at the time, or the speaker where no person is.",
    )
    role = words(help_text="The role at the time.")
    proposition = models.ForeignKey(
        Proposition, models.PROTECT, null=True, blank=True, related_name="claims"
    )
    said_on = models.DateField(help_text="Latest day it can have been said.")
    kind = models.TextField(
        choices=[(k.value, k.value.replace("_", " ").capitalize()) for k in Kind], blank=True
    )
    polarity = chosen(Polarity, default=Polarity.AFFIRMS)
    hedge = words(help_text="The exact hedge words.")
    hedge_term = models.ForeignKey(
        HedgeTerm, models.PROTECT, null=True, blank=True, related_name="claims"
    )
    stacked = models.BooleanField(default=False, help_text="More than one hedge was used.")
    p_low = permille()
    p_point = permille()
    p_high = permille()
    p_tier = models.TextField(choices=[(t.value, t.value) for t in Tier], blank=True, default="")
    state = chosen(ClaimState, default=ClaimState.DRAFT)
    state_reason = words()
    failed_test = models.TextField(choices=[(t.value, t.value) for t in Test], blank=True)
    coded_after_outcome = models.BooleanField(
        default=False, help_text="The outcome was known when this was coded."
    )
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="claims")
    codebook = models.TextField(default="1.0", help_text="Version of the codebook.")
    coded_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    external_id = words(help_text="Your own reference; unique where given.")
    note = words()
    revises = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="revised_by"
    )
    distorts = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="distorted_by",
        help_text="The claim whose words this one sharpens or changes.",
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-said_on", "-id"]
        constraints = [
            one_of("kind", Kind, "claim_kind_known", blank=True),
            one_of("polarity", Polarity, "claim_polarity_known"),
            one_of("p_tier", Tier, "claim_tier_known", blank=True),
            one_of("state", ClaimState, "claim_state_known"),
            one_of("failed_test", Test, "claim_failed_test_known", blank=True),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(organisation__isnull=False),
                name="claim_has_speaker",
            ),
            models.CheckConstraint(
                condition=Q(p_point=None, p_low=None, p_high=None, p_tier="")
                | (
                    Q(p_low__gte=0, p_low__lte=F("p_point"))
                    & Q(p_point__lte=F("p_high"), p_high__lte=1000)
                    & ~Q(p_tier="")
                ),
                name="claim_probability_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.FROZEN)
                | (Q(proposition__isnull=False, frozen_at__isnull=False) & ~Q(kind="")),
                name="claim_frozen_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.CONSIDERED) | ~Q(failed_test=""),
                name="claim_considered_names_test",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ClaimState.RETRACTED, ClaimState.MISQUOTE])
                | ~Q(state_reason=""),
                name="claim_withdrawn_with_reason",
            ),
            models.UniqueConstraint(
                fields=["proposition", "person", "organisation"],
                condition=Q(state=ClaimState.FROZEN, revises=None),
                nulls_distinct=False,
                name="claim_once_per_speaker",
            ),
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="claim_external_id_once"
            ),
        ]
        indexes = [
            # read by the list, newest first
            models.Index(fields=["-said_on", "-id"], name="claim_newest"),
            # read by a person's record
            models.Index(fields=["person", "-said_on", "-id"], name="claim_of_person"),
            # read by an organisation's record
            models.Index(fields=["organisation", "-said_on", "-id"], name="claim_of_organisation"),
        ]
        triggers = [
            never_deleted("claim"),
            refusal(
                "claim_not_by_judge",
                pgtrigger.Insert | pgtrigger.UpdateOf("proposition", "coder"),
                unless=CODER_NOT_JUDGE,
                message="Who judged a proposition cannot code claims on it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.organisation}: “{self.quotation.exact[:80]}”"

    @property
    def speaker(self) -> Person | Organisation:
        """Who answers for the words: the person, else the organisation."""
        speaker = self.person or self.organisation
        assert speaker is not None, "the database refuses claims without a speaker"
        return speaker


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


class BenchmarkKind(StrEnum):
    BASE_RATE = "base_rate"
    MARKET = "market"
    CROWD = "crowd"


class Benchmark(Record):
    """A probability that the claim is measured against, fixed without the outcome."""

    proposition = models.ForeignKey(Proposition, models.PROTECT, related_name="benchmarks")
    kind = chosen(BenchmarkKind, default=BenchmarkKind.BASE_RATE)
    p = models.PositiveSmallIntegerField(help_text="Permille.")
    as_of = models.DateField()
    method = models.TextField()
    source = words()
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

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
