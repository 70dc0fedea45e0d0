"""What hedge words mean to readers: versioned, frozen lexicons."""

from __future__ import annotations

from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import F, Q

from tracker.domain import hedges
from tracker.domain.hedges import DefaultMode, KindCode
from tracker.models.columns import (
    Record,
    RecordQuerySet,
    chosen,
    never_deleted,
    one_of,
    refusal,
    words,
)


class LexiconQuerySet(RecordQuerySet["Lexicon"]):
    def latest_frozen(self) -> Lexicon | None:
        """The newest lexicon that may be scored with."""
        return self.exclude(frozen_at=None).order_by("-frozen_at", "-id").first()


class Lexicon(Record):
    """A published reading of hedge words; once frozen, never changed."""

    version = models.TextField(unique=True)
    title = models.TextField()
    source = words()
    frozen_at = models.DateTimeField(null=True, blank=True)

    objects = LexiconQuerySet.as_manager()

    class Meta:
        ordering = ["-frozen_at"]
        triggers = [
            never_deleted("lexicon"),
            refusal(
                "lexicon_frozen",
                pgtrigger.Update,
                unless="OLD.frozen_at IS NULL OR OLD IS NOT DISTINCT FROM NEW",
                message="A frozen lexicon never changes: publish a new version.",
            ),
        ]

    def __str__(self) -> str:
        return f"Lexicon {self.version}"


TERM_OPEN = """
    EXISTS (SELECT 1 FROM tracker_lexicon l WHERE l.id = NEW.lexicon_id AND l.frozen_at IS NULL)
"""


class HedgeTerm(Record):
    """One phrase with its band, its source and the kind of that source."""

    lexicon = models.ForeignKey(Lexicon, models.PROTECT, related_name="terms")
    phrase = models.TextField()
    low = models.PositiveSmallIntegerField(help_text="Permille, 10th percentile.")
    point = models.PositiveSmallIntegerField(help_text="Permille, median.")
    high = models.PositiveSmallIntegerField(help_text="Permille, 90th percentile.")
    score_p = models.PositiveSmallIntegerField(help_text="Permille, mean: what is scored.")
    score_sd = models.FloatField(help_text="Spread among readers, 0 to 1.")
    respondents = models.PositiveIntegerField(null=True)
    source = models.TextField()
    licence = words()
    kind = models.TextField(help_text="The source's kind, as published.")
    kind_code = chosen(KindCode)
    base_phrase = words()
    mode = chosen(DefaultMode)
    note = words()

    objects = RecordQuerySet["HedgeTerm"].as_manager()

    class Meta:
        ordering = ["lexicon", "point", "phrase"]
        constraints = [
            models.UniqueConstraint(fields=["lexicon", "phrase"], name="hedge_term_once"),
            models.CheckConstraint(
                condition=Q(low__lte=F("point"), point__lte=F("high"), high__lte=1000),
                name="hedge_term_in_order",
            ),
            models.CheckConstraint(condition=Q(score_p__lte=1000), name="hedge_term_score_range"),
            one_of("kind_code", KindCode, "hedge_term_kind_known"),
            one_of("mode", DefaultMode, "hedge_term_mode_known"),
        ]
        triggers = [
            never_deleted("hedge_term"),
            refusal(
                "hedge_term_immutable",
                pgtrigger.Update,
                unless="OLD IS NOT DISTINCT FROM NEW",
                message="A hedge term never changes: publish a new lexicon.",
            ),
            refusal(
                "hedge_term_before_freeze",
                pgtrigger.Insert,
                unless=TERM_OPEN,
                message="A frozen lexicon takes no new terms.",
            ),
        ]

    def __str__(self) -> str:
        return self.phrase

    def value(self) -> hedges.HedgeTerm:
        """The term as the domain reads it."""
        return hedges.HedgeTerm(
            phrase=self.phrase,
            point=self.point,
            low=self.low,
            high=self.high,
            n=self.respondents,
            source=self.source,
            kind=self.kind,
            kind_code=hedges.KindCode(self.kind_code),
            score_p=self.score_p,
            score_p_exact=Decimal(self.score_p) / 1000,
            score_sd=Decimal(str(self.score_sd)),
            default_mode=hedges.DefaultMode(self.mode),
            base_phrase=self.base_phrase,
            note=self.note,
            licence_note=self.licence,
        )
