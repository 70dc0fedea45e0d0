"""Receipts: what was answered to a request that may be sent again, kept for a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

from tracker.models.accounts import User

KEPT = timedelta(hours=24)


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    """Questions about receipts."""

    def ended(self, now: datetime) -> ReceiptQuerySet:
        return self.filter(made_at__lte=now - KEPT)


class Receipt(models.Model):
    """An answer under the key that its sender chose; `fingerprint` is of what was sent."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.TextField()
    fingerprint = models.TextField()
    status = models.SmallIntegerField()
    headers = models.JSONField()
    body = models.BinaryField()
    made_at = models.DateTimeField(db_index=True)  # the hourly job reads it, to forget

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="receipt_once_per_key"),
            models.CheckConstraint(
                condition=models.Q(status__gte=200, status__lt=300), name="receipt_of_success"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.key}"
