"""What readers may do: say what the words mean, before the outcome is known."""

from __future__ import annotations

from datetime import datetime

from tracker.actions import scores
from tracker.actions.hedging import apply_probability
from tracker.actions.records import locked
from tracker.actions.transactions import action
from tracker.domain.errors import ProbabilityOutOfRange
from tracker.domain.roles import Verb
from tracker.models import Claim, Reading
from tracker.models.accounts import User


@action(Verb.READ_WORDS)
def read_words(
    *,
    by: User,
    now: datetime,
    claim: Claim,
    low: int,
    best: int,
    high: int,
    own_belief: int | None = None,
) -> Reading:
    """Keeps one reader's best, low and high in permille; three make the inferred probability."""
    if not 0 <= low <= best <= high <= 1000:
        raise ProbabilityOutOfRange(field="best")
    if own_belief is not None and not 0 <= own_belief <= 1000:
        raise ProbabilityOutOfRange("The own belief runs from 0 to 1.", field="own_belief")
    record = locked(claim)
    reading = Reading.objects.create(
        claim=record,
        reader=by,
        low=low,
        best=best,
        high=high,
        own_belief=own_belief,
        read_at=now,
    )
    apply_probability(record)
    record.save(update_fields=["p_low", "p_point", "p_high", "p_tier"])
    if record.proposition_id:
        scores.rescore([record.proposition_id])
    return reading
