"""How often codes agreed before anyone discussed them, counted by the database as they arrive.

Krippendorff's table of coincidences adds up units; its bootstrap needs the units themselves. Most
units look alike (two judges, a handful of answers), so what is kept is how many units show one
pattern of codes: both follow from it exactly.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class CodePattern(models.Model):
    """How many units of one field, codebook and queue got just these codes, sorted."""

    field = models.TextField(help_text="condition, outcome or probability.")
    codebook = models.TextField()
    queue = models.TextField(help_text="Why the round was opened; for readings: readings.")
    codes = ArrayField(models.TextField(), help_text="One per coder, sorted.")
    units = models.PositiveIntegerField()

    class Meta:
        ordering = ["field", "codebook", "queue", "codes"]
        constraints = [
            models.UniqueConstraint(
                fields=["field", "codebook", "queue", "codes"], name="code_pattern_once"
            ),
            models.CheckConstraint(condition=Q(units__gte=0), name="code_pattern_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {' '.join(self.codes)} ({self.units})"
