"""What happened: dated facts with their sources, shared by propositions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tracker.domain.deadlines import Precision
from tracker.models.columns import (
    Record,
    RecordQuerySet,
    chosen,
    history,
    never_deleted,
    one_of,
    words,
)
from tracker.models.documents import Source
from tracker.models.propositions import Proposition

USER = settings.AUTH_USER_MODEL


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

    objects = RecordQuerySet["Outcome"].as_manager()

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

    objects = RecordQuerySet["Citation"].as_manager()

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

    objects = RecordQuerySet["Evidence"].as_manager()

    class Meta:
        ordering = ["proposition", "id"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["outcome", "proposition"], name="evidence_once"),
        ]
        triggers = [never_deleted("evidence")]

    def __str__(self) -> str:
        return str(self.outcome)
