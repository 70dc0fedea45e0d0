"""Words that sharpen or change what was said: headlines and relays, linked to the original."""

from __future__ import annotations

from enum import StrEnum

import pgtrigger
from django.conf import settings
from django.db import models

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
from tracker.models.documents import Quotation, Snapshot


class DistortionPlace(StrEnum):
    """Where the changed words stand."""

    HEADLINE = "headline"
    RELAY = "relay"
    PARAPHRASE = "paraphrase"
    CAPTION = "caption"


@history()
class Distortion(Record):
    """Words of a snapshot that say something else than the quotation they stand for."""

    quotation = models.ForeignKey(
        Quotation, models.PROTECT, related_name="distortions", help_text="What was said."
    )
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, related_name="distortions", help_text="What changed it."
    )
    start = models.PositiveIntegerField(help_text="In code points, inclusive.")
    end = models.PositiveIntegerField(help_text="In code points, exclusive.")
    exact = models.TextField()
    place = chosen(DistortionPlace)
    note = words(help_text="What the change does to the meaning.")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = RecordQuerySet["Distortion"].as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            one_of("place", DistortionPlace, "distortion_place_known"),
            models.UniqueConstraint(
                fields=["quotation", "snapshot", "start", "end"], name="distortion_once"
            ),
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end")), name="distortion_start_before_end"
            ),
        ]
        triggers = [
            never_deleted("distortion"),
            refusal(
                "distortion_word_for_word",
                pgtrigger.Insert | pgtrigger.Update,
                unless="""
                    NEW.exact = (
                        SELECT substr(s.text, NEW.start + 1, NEW."end" - NEW.start)
                        FROM tracker_snapshot s WHERE s.id = NEW.snapshot_id
                    )
                """,
                message="The snapshot does not say that there.",
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.exact[:80]}” ({self.place})"
