"""How far a judge has come through today's queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tracker.domain.judging import Stage
from tracker.models import Round, Verdict
from tracker.models.accounts import User

COUNT_UP_TO = 100


@dataclass(frozen=True)
class Progress:
    """Which of how many this one is: `of` is None where more wait than anybody counts."""

    number: int
    of: int | None


def progress_of(judge: User, now: datetime) -> Progress:
    """The place of the next answer among what was answered today and what still waits."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    mine = Verdict.objects.filter(judge=judge, stage=Stage.INDEPENDENT, submitted_at__gte=today)
    done = mine.count()
    waiting = Round.objects.awaiting(judge).order_by()[: COUNT_UP_TO + 1].count()
    return Progress(done + 1, None if waiting > COUNT_UP_TO else done + max(waiting, 1))
