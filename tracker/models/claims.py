"""What it means: who took which stance on a proposition, in which words."""

from __future__ import annotations

from enum import StrEnum

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tracker.domain.provenance import Grade
from tracker.models.accounting import FILED, RECODED, THEMSELVES, accounting
from tracker.models.claim_indexes import ADDED, MOVED, NEW, indexing
from tracker.models.columns import (
    Record,
    RecordQuerySet,
    chosen,
    history,
    immutable,
    never_deleted,
    one_of,
    permille,
    refusal,
    words,
)
from tracker.models.documents import Quotation
from tracker.models.hedges import HedgeTerm
from tracker.models.people import Organisation, Person
from tracker.models.propositions import Proposition


class Kind(StrEnum):
    FORECAST = "forecast"
    CONDITIONAL_FORECAST = "conditional_forecast"
    CAPABILITY_CLAIM = "capability_claim"
    PLEDGE_OR_DENIAL = "pledge_or_denial"
    ASSERTION_OF_FACT = "assertion_of_fact"
    OPINION = "opinion"


SCORED_KINDS = [Kind.FORECAST, Kind.CONDITIONAL_FORECAST]


TRACED = [Grade.A, Grade.B, Grade.C]


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
    MERGED = "merged"


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

    def ratable(self) -> ClaimQuerySet:
        """Those of which a grade of their proposition says what became: the codebook's rule.

        Forecasts that take a stance, in words that are the speaker's, on what is not vague.
        """
        scored = self.frozen().filter(kind__in=SCORED_KINDS, quotation__provenance__in=TRACED)
        vague = Q(polarity=Polarity.ABSTAINS) | Q(proposition__specificity=0)
        return scored.exclude(vague)

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
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from"
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
                    # NULL in a comparison would pass the check: all three must be there.
                    Q(p_low__isnull=False, p_point__isnull=False, p_high__isnull=False)
                    & Q(p_low__lte=F("p_point"), p_point__lte=F("p_high"), p_high__lte=1000)
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
            models.CheckConstraint(condition=~Q(revises=F("id")), name="claim_not_own_revision"),
            models.CheckConstraint(condition=~Q(distorts=F("id")), name="claim_not_own_distortion"),
            models.CheckConstraint(
                condition=Q(state=ClaimState.MERGED, merged_into__isnull=False)
                | (~Q(state=ClaimState.MERGED) & Q(merged_into=None)),
                name="claim_merged_iff_into_another",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="claim_not_own_merger"),
        ]
        indexes = [
            # read by the list, newest first
            models.Index(fields=["-said_on", "-id"], name="claim_newest"),
            # read by a person's record
            models.Index(fields=["person", "-said_on", "-id"], name="claim_of_person"),
            # read by the lists of drafts and of what was withdrawn
            models.Index(
                fields=["-said_on", "-id"],
                condition=~Q(state=ClaimState.FROZEN),
                name="claim_not_frozen",
            ),
            # read by the home page, week by week
            models.Index(fields=["coded_at"], name="claim_by_week"),
            # read by an organisation's record
            models.Index(fields=["organisation", "-said_on", "-id"], name="claim_of_organisation"),
            # read by the list of what was coded last, or first
            models.Index(fields=["coded_at", "id"], name="claim_by_coding"),
            # read by the list of claims with one hedge
            models.Index(fields=["hedge"], condition=~Q(hedge=""), name="claim_by_hedge"),
        ]
        triggers = [
            never_deleted("claim"),
            indexing("claim_indexed", NEW, made=True),
            indexing("claim_indexed_again", MOVED),
            accounting("claim_accounted", FILED, THEMSELVES, made=True),
            accounting("claim_accounted_again", RECODED, THEMSELVES),
            refusal(
                "claim_not_by_judge",
                pgtrigger.Insert | pgtrigger.UpdateOf("proposition_id", "coder_id"),
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


@history()
class FurtherQuotation(Claim.further_quotations.through):  # type: ignore[misc,name-defined]  # made by Django
    """The link from a claim to one more of its quotations: added, never changed or taken away."""

    class Meta:
        proxy = True
        triggers = [
            never_deleted("further_quotation"),
            immutable("further_quotation"),
            indexing("further_quotation_indexes_claim", ADDED, made=True),
        ]
