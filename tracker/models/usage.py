"""How often somebody has asked, counted by all servers together, window by window."""

from __future__ import annotations

from django.db import models


class Usage(models.Model):
    """Requests of one caller in one window; its table is not logged: a crash forgives them."""

    subject = models.TextField()  # a hash: nobody's address or name is kept
    began = models.BigIntegerField()  # seconds since 1970
    used = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "began"], name="usage_once_per_window"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.used}"
