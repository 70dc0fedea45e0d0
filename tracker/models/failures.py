"""Why jobs of the worker failed: procrastinate keeps that they did, not why."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Failure(models.Model):
    """Why a job failed the last time that it did, in words for who looks after it."""

    job = models.BigIntegerField(primary_key=True)  # in a table of procrastinate's, which forgets
    why = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="failure_says_why"),
        ]

    def __str__(self) -> str:
        return f"job {self.job}: {self.why}"
