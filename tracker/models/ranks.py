"""Rank intervals of large fields, which no reader could wait for."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tracker.models.tallies import KINDS


class RankInterval(models.Model):
    """Between which ranks a subject stood in a draw; each draw replaces all of its kind."""

    kind = models.TextField(choices=[(kind, kind) for kind in KINDS])
    subject_id = models.BigIntegerField()
    low = models.IntegerField(help_text="5 % of draws are better; 1 is the best.")
    high = models.IntegerField(help_text="5 % of draws are worse.")
    stamp = models.UUIDField(help_text="Of the tallies from which it was drawn.")
    seed = models.BigIntegerField()
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [
            # read by every score of a large field
            models.UniqueConstraint(fields=["kind", "subject_id"], name="rank_interval_once"),
            models.CheckConstraint(
                condition=Q(low__gte=1, high__gte=F("low")), name="rank_interval_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.low} to {self.high}"
